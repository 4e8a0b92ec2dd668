"""Withdrawing: it works when nothing else does, and it lasts."""

from __future__ import annotations

import datetime as dt
import errno
import gzip
import os
import shutil
import stat
from pathlib import Path

import pytest

from publishing.errors import BuildError, LeakError, PublishingError
from publishing.release import swap
from publishing.release.build import build
from publishing.release.withdrawal import public_id_of, withdraw
from publishing.site import public_record
from tests.support.building import AS_OF, build_small, planting, withdraw_small
from tests.support.cases import write_case
from tests.support.paths import contents

ON = dt.date(2025, 3, 5)


def shown(out: Path) -> list[str]:
    return [review.public_id for review in public_record.load_public_record(out / "markdown")[0]]


def mentions(out: Path, words: bytes) -> set[str]:
    files = contents(out).items()
    return {name for name, data in files if words in (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)}


def test_a_review_goes_and_a_notice_comes(real_house: Path) -> None:
    """Page, record, lists, search, data and feeds: only the notice and the withdrawals' record and feed know of it."""
    out = real_house / "build"
    result = withdraw("amber-kettle-21", "victim-request", real_house / "reviews", out, ON)
    assert result.public_id == "2025-001"
    assert result.warnings == ()
    assert shown(out) == ["2025-002"]
    assert "withdrawn" in (out / "site/reviews/2025-001/index.html").read_text(encoding="utf-8")
    assert not (out / "markdown/data/reviews/2025-001.json").exists()
    assert mentions(out, b"decided within one working day") == set()
    left = {name for name in mentions(out, b"2025-001") if "data/feeds/withdrawals." not in name}
    assert not [name for name in left if "/lessons/" in name or "/data/reviews" in name or "feed" in name]
    assert sorted(path.name for path in real_house.iterdir()) == [".build.candour-reserve", "build", "reviews"]


def test_a_printed_report_goes_with_a_review_that_it_quotes(house: Path) -> None:
    """A withdrawal waits for no browser: files go that the site had, so whoever withdraws is told to remove them from the server."""
    printed = house / "build" / "site" / "trends" / "2025" / "trends-and-lessons-2025.pdf"
    printed.parent.mkdir(parents=True, exist_ok=True)
    printed.write_bytes(b"%PDF-1.4")
    result = withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    assert not printed.exists()
    assert "remove from the web server what is gone from it" in result.message


def addresses(out: Path) -> set[str]:
    return {path.relative_to(out / "site").parent.as_posix() for path in (out / "site").rglob("index.html")}


def test_every_address_still_leads_somewhere(real_house: Path) -> None:
    """Lists, and old addresses of lists, whose last review went: after the withdrawal and after the next build."""
    out = real_house / "build"
    before = addresses(out)
    (theme, *_) = public_record.load_public_record(out / "markdown")[0][0].facts.themes
    assert f"themes/{theme}" in before
    for public_id in shown(out):
        withdraw(public_id, "legal", real_house / "reviews", out, ON)
    assert shown(out) == []
    assert before <= addresses(out)
    page = (out / "site/themes" / theme / "index.html").read_text(encoding="utf-8")
    assert "Nothing that is published now stands here" in page
    build(real_house / "reviews", out, ON)
    assert before <= addresses(out)


def test_it_needs_no_reviews_folder(house: Path) -> None:
    """The public reference is enough; that nobody could be searched for is said."""
    shutil.rmtree(house / "reviews")
    result = withdraw_small("2025-001", "legal", None, house / "build", ON)
    assert any("searched for nobody" in warning for warning in result.warnings)
    assert shown(house / "build") == ["2025-002"]


def test_no_other_case_needs_to_be_sound(house: Path) -> None:
    """Broken YAML, a broken register, a broken signature elsewhere: it is taken down all the same."""
    reviews = house / "reviews"
    write_case(reviews, "broken-05", public_id="2025-005", register="people: [")
    (reviews / "walnut-anchor-08/review.md").write_bytes(b"\x00\xff")
    (reviews / "walnut-anchor-08/signed.json").write_text("{")
    result = withdraw_small("amber-kettle-21", "error", reviews, house / "build", ON)
    assert shown(house / "build") == ["2025-002"]
    assert any(warning.startswith("broken-05: its register cannot be read") for warning in result.warnings)


def test_its_own_folder_may_be_gone_while_another_case_is_broken(house: Path) -> None:
    """What stands published is enough, and no later build brings it back."""
    reviews = house / "reviews"
    shutil.rmtree(reviews / "amber-kettle-21")
    broken = write_case(reviews, "broken-05", public_id="2025-005")
    (broken / "review.md").write_text("---\n: [\n", encoding="utf-8")
    withdraw_small("2025-001", "victim-request", reviews, house / "build", ON)
    assert shown(house / "build") == ["2025-002"]


def test_the_case_itself_may_be_broken(house: Path) -> None:
    """Its public reference is read from what was signed, or from a line of its front matter."""
    folder = house / "reviews/amber-kettle-21"
    (folder / "signed.json").write_text("{")
    (folder / "review.md").write_text('---\n: [\npublic_id: "2025-001"\n')
    assert public_id_of(folder) == "2025-001"
    withdraw_small("amber-kettle-21", "error", house / "reviews", house / "build", ON)
    assert shown(house / "build") == ["2025-002"]


def test_no_later_build_brings_it_back(house: Path) -> None:
    """Not a build of the same cases, and not one over a restored old build/."""
    reviews, out = house / "reviews", house / "build"
    old = Path(shutil.copytree(out, house / "old"))
    withdraw_small("amber-kettle-21", "legal", reviews, out, ON)
    assert build_small(reviews, out, ON).withdrawn == ("2025-001",)
    shutil.rmtree(out)
    old.rename(out)
    result = build_small(reviews, out, ON)
    assert (result.published, result.withdrawn) == (("2025-002",), ("2025-001",))
    assert ("amber-kettle-21", "withdrawn") in result.left_out
    assert shown(out) == ["2025-002"]


def test_a_withdrawal_without_the_reviews_folder_reaches_it_at_the_next_build(house: Path) -> None:
    """The published record is enough, and the build writes it into the reviews folder for good."""
    reviews, out = house / "reviews", house / "build"
    withdraw_small("2025-001", "legal", None, out, ON)
    assert build_small(reviews, out, ON).withdrawn == ("2025-001",)
    shutil.rmtree(out)
    assert build_small(reviews, out, ON).published == ("2025-002",)


def test_status_withdrawn_takes_a_published_page_down(house: Path) -> None:
    """Somebody edits the front matter: the page goes, and its notice gives no reason."""
    path = house / "reviews/amber-kettle-21/review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("status: approved", "status: withdrawn"), encoding="utf-8")
    result = build_small(house / "reviews", house / "build", ON)
    assert (result.published, result.withdrawn) == (("2025-002",), ("2025-001",))
    later = build_small(house / "reviews", house / "build", dt.date(2025, 4, 1))
    assert later.withdrawn == ("2025-001",)
    assert public_record.load_public_record(house / "build/markdown")[1][0].on == ON


def test_withdrawing_twice_changes_nothing(house: Path) -> None:
    """The first day and reason stand."""
    withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    before = contents(house / "build")
    again = withdraw_small("amber-kettle-21", "error", house / "reviews", house / "build", dt.date(2025, 4, 1))
    assert "withdrawn before" in again.message
    assert any("the reason given then stands (a legal reason)" in warning for warning in again.warnings)
    assert contents(house / "build") == before


def test_before_anything_is_published_it_is_kept_for_later(house: Path) -> None:
    """Where nothing stands, the record alone is written, and no build publishes the review."""
    shutil.rmtree(house / "build")
    result = withdraw_small("amber-kettle-21", "legal", house / "reviews", house / "build", ON)
    assert "no later build will publish 2025-001" in result.message
    assert build_small(house / "reviews", house / "build", AS_OF).published == ("2025-002",)


def test_a_site_without_its_records_is_no_success(house: Path) -> None:
    """The page stands and nothing is left to write the site from: an error says so, and the next build takes it down."""
    reviews, out = house / "reviews", house / "build"
    shutil.rmtree(out / "markdown")
    with pytest.raises(PublishingError, match=r"2025-001: IT WAS NOT TAKEN DOWN\..*candour build"):
        withdraw_small("2025-001", "legal", reviews, out, ON)
    assert build_small(reviews, out, ON).withdrawn == ("2025-001",)
    assert "withdrawn" in (out / "site/reviews/2025-001/index.html").read_text(encoding="utf-8").lower()


def test_the_first_reason_stands_where_the_notice_is_still_to_come(house: Path) -> None:
    """Withdrawn before anything stood, published from elsewhere, and withdrawn again: notice and record agree."""
    reviews, out = house / "reviews", house / "build"
    out.rename(house / "aside")
    withdraw_small("amber-kettle-21", "legal", reviews, out, ON)
    (house / "aside").rename(out)
    again = withdraw_small("amber-kettle-21", "error", reviews, out, ON)
    assert any("the reason given then stands (a legal reason)" in warning for warning in again.warnings)
    assert [w.reason for w in public_record.load_public_record(out / "markdown")[1]] == ["legal"]


@pytest.mark.parametrize("name", ["nobody", "2025-999", "../build", ""])
def test_an_unknown_review_is_an_error(house: Path, name: str) -> None:
    """A typing mistake takes nothing down."""
    before = contents(house)
    with pytest.raises(PublishingError, match="neither a case"):
        withdraw_small(name, "legal", house / "reviews", house / "build", ON)
    assert contents(house) == before


@pytest.mark.parametrize("reason", ["because", "not-stated"])
def test_a_reason_must_be_one_of_the_four(house: Path, reason: str) -> None:
    """The message lists them."""
    with pytest.raises(PublishingError, match="victim-request, legal, identification-risk, error"):
        withdraw_small("2025-001", reason, house / "reviews", house / "build", ON)


def test_an_unreadable_record_stops_a_build_and_no_withdrawal(house: Path) -> None:
    """A build could bring a page back; a withdrawal only takes one away."""
    record = house / "reviews/withdrawals.yml"
    record.write_text("withdrawals: [")
    with pytest.raises(BuildError, match=r"withdrawals\.yml in the reviews folder cannot be read"):
        build_small(house / "reviews", house / "build", AS_OF)
    result = withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    assert any("withdrawals.yml" in warning for warning in result.warnings)
    assert shown(house / "build") == ["2025-002"]


def test_a_new_leak_stops_a_withdrawal_and_an_old_one_does_not(house: Path) -> None:
    """What is public already is warned of: it must not hinder taking something away."""
    register = house / "reviews/walnut-anchor-08/register.yml"
    register.write_text(register.read_text(encoding="utf-8") + "organisations: [The assessment was not]\n")
    result = withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    assert any(warning.startswith("already public before this withdrawal") for warning in result.warnings)
    before = contents(house / "build")
    publish = planting(lambda folder: (folder / "new.html").write_text("<p>Ffion Cadwaladr</p>"))
    with pytest.raises(LeakError, match=r"site/new\.html: an identity declared by case walnut-anchor-08"):
        withdraw("2025-002", "legal", house / "reviews", house / "build", ON, publish=publish)
    assert contents(house / "build") == before


def test_a_record_that_cannot_be_written_leaves_nothing_behind(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page comes down and somebody is told; the record is public, so everyone may read it."""
    record = house / "reviews/withdrawals.yml"

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        result = withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    assert any("withdrawals.yml in the reviews folder cannot be written" in warning for warning in result.warnings)
    assert not list((house / "reviews").glob(".withdrawals*"))
    withdraw_small("2025-002", "legal", house / "reviews", house / "build", ON)
    assert stat.S_IMODE(record.stat().st_mode) == 0o644


def test_unreadable_national_counts_do_not_stand_in_the_way(house: Path) -> None:
    """A page comes down all the same, and somebody is told."""
    (house / "build/markdown/data/national.json").write_text("{", encoding="utf-8")
    result = withdraw_small("amber-kettle-21", "legal", house / "reviews", house / "build", ON)
    assert shown(house / "build") == ["2025-002"]
    assert any("national counts" in warning for warning in result.warnings)


def test_no_word_is_kept_of_what_is_withdrawn_or_refused(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages as they were made go with a withdrawal, with a release that the gate refuses, and where the disk is short of room."""
    reviews, out = house / "reviews", house / "build"
    kept = swap.kept_pages(out, 2)
    assert kept is not None
    kept.put("page", {"words": "Marigold"})
    with pytest.raises(LeakError):
        build_small(reviews, out, AS_OF, publish=planting(lambda site: (site / "x.txt").write_text("Darren Whitlock")))
    assert not kept.folder.exists()
    kept.put("page", {"words": "Marigold"})
    withdraw_small("2025-001", "legal", reviews, out, ON)
    assert not kept.folder.exists()
    kept.put("page", {"words": "Marigold"})
    monkeypatch.setattr("publishing.files.disk_room.free_bytes", lambda folder: 1_000_000)
    assert swap.kept_pages(out, 2) is None
    assert not kept.folder.exists()


def test_words_that_could_not_be_removed_are_told(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "drop_kept_pages", lambda out: False)
    result = withdraw_small("2025-001", "legal", house / "reviews", house / "build", ON)
    assert any("WORDS OF IT MAY STILL LIE in .build.candour-pages" in warning for warning in result.warnings)
