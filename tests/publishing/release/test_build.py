"""A build: what it publishes, what it leaves out, what stops it; and what stood before then stands."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing import settings, site
from publishing.errors import (
    BuildError,
    FullDiskError,
    LeakError,
    LostPageError,
    PublishingError,
    SigningRefusedError,
    UnreadableRegisterError,
)
from publishing.intake.new import create_case
from publishing.release import notices, second_reading
from publishing.release.build import build
from publishing.release.site_check import check_site
from redaction import Policy
from tests.support.building import AS_OF, build_small, planting, publish_small
from tests.support.cases import CASE, OTHER, write_case, write_other_case
from tests.support.paths import contents

Sign = Callable[[Path], None]


def test_signed_cases_are_published_and_read_again(real_house: Path) -> None:
    """The fixture's two cases have pages, records and nothing of their registers."""
    out = real_house / "build"
    for public_id in ("2025-001", "2025-002"):
        assert (out / "site/reviews" / public_id / "index.html").is_file()
        assert (out / "markdown/data/reviews" / f"{public_id}.json").is_file()
    everything = b"\n".join(contents(out).values()).lower()
    for name in (b"darren", b"whitlock", b"moorhouse", b"a4821ck", b"tennyson", b"amber-kettle-21"):
        assert name not in everything


def test_two_builds_of_the_same_input_are_the_same(real_house: Path) -> None:
    """Byte for byte."""
    before = contents(real_house / "build")
    # what is known of the last build is not asked for
    shutil.rmtree(real_house / "reviews" / ".candour")
    result = build(real_house / "reviews", real_house / "build", AS_OF)
    assert result.published == ("2025-001", "2025-002")
    assert contents(real_house / "build") == before


def test_what_may_not_be_published_is_left_out_with_its_reason(house: Path) -> None:
    """Drafts, unsigned and embargoed cases are listed and nothing of them is shown."""
    write_case(house / "reviews", "draft-01", public_id="2025-003", status="draft", person="Una Quill")
    write_case(house / "reviews", "unsigned-02", public_id="2025-004", person="Vera Quill")
    result = build_small(house / "reviews", house / "build", AS_OF)
    assert dict(result.left_out).keys() == {"draft-01", "unsigned-02"}
    assert result.published == ("2025-001", "2025-002")


def test_an_embargo_is_held_against_as_of(tmp_path: Path, sign: Sign) -> None:
    """The day before it is left out; on the day it is published."""
    sign(write_case(tmp_path / "reviews", publish_on="2025-02-03"))
    early = build_small(tmp_path / "reviews", tmp_path / "build", dt.date(2025, 2, 2))
    assert (early.published, len(early.left_out)) == ((), 1)
    assert build_small(tmp_path / "reviews", tmp_path / "build", dt.date(2025, 2, 3)).published == ("2025-001",)


@pytest.mark.build
def test_a_release_of_another_day_is_that_of_a_cold_build(tmp_path: Path, sign: Sign) -> None:
    """Between the two an embargo ends, and a lesson becomes overdue."""
    promised = "A recall must be decided within one working day.\n    due: 2025-02"
    reviews = tmp_path / "reviews"
    sign(write_case(reviews, lesson=promised))
    sign(write_other_case(reviews, publish_on="2025-03-02"))
    before = build(reviews, tmp_path / "warm", dt.date(2025, 2, 28))
    after = build(reviews, tmp_path / "warm", dt.date(2025, 3, 2))
    assert (before.published, after.published) == (("2025-001",), ("2025-001", "2025-002"))
    build(reviews, tmp_path / "cold", dt.date(2025, 3, 2))
    assert contents(tmp_path / "warm") == contents(tmp_path / "cold")
    page = (tmp_path / "warm" / "markdown" / "reviews" / "2025-001" / "index.md").read_text(encoding="utf-8")
    assert "overdue" in page.lower()


def test_a_malformed_case_is_left_out_and_the_rest_goes_on(house: Path) -> None:
    """Its faults are in the result, and its register is guarded against all the same."""
    folder = write_case(house / "reviews", "broken-03", public_id="2025-003", person="Una Quillfeather")
    (folder / "review.md").write_text("no front matter", encoding="utf-8")
    create_case(house / "reviews", "not-filled-in")
    result = build_small(house / "reviews", house / "build", AS_OF)
    assert [error.case for error in result.faulty] == ["broken-03"]
    assert [case for case, reason in result.left_out if "still to be filled in" in reason] == ["not-filled-in"]
    assert result.published == ("2025-001", "2025-002")


def test_a_changed_source_changes_no_signed_page(house: Path) -> None:
    """What is published is the signed text, and the build says that it is another."""
    before = contents(house / "build")
    assert build_small(house / "reviews", house / "build", AS_OF).notices.changed == ()
    write_case(house / "reviews", summary="Darren Whitlock did something else entirely.")
    result = build_small(house / "reviews", house / "build", AS_OF)
    assert contents(house / "build") == before
    (line,) = result.notices.lines()
    assert line.startswith("amber-kettle-21: today's redaction of the files differs from what is signed")


def test_a_lost_page_stops_the_build(house: Path) -> None:
    """A published case that disappears, becomes a draft or breaks does not take its page with it."""
    before = contents(house / "build")
    shutil.rmtree(house / "reviews" / "walnut-anchor-08")
    with pytest.raises(LostPageError) as caught:
        build_small(house / "reviews", house / "build", AS_OF)
    assert caught.value.public_ids == ("2025-002",)
    assert contents(house / "build") == before


def test_pages_lost_to_a_wrong_clock_ask_for_the_date(house: Path) -> None:
    """The day built for is before the day of their signatures: nobody is advised to withdraw them."""
    before = contents(house / "build")
    with pytest.raises(LostPageError, match="is this machine's date right") as caught:
        build_small(house / "reviews", house / "build", dt.date(2025, 1, 19))
    assert "candour withdraw" not in str(caught.value)
    assert contents(house / "build") == before


def test_why_a_page_would_be_lost_is_reported_first(house: Path) -> None:
    """A published case that no longer reads: its faults are told, then the build stops."""
    lines: list[str] = []
    (house / "reviews/walnut-anchor-08/review.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(LostPageError):
        build_small(house / "reviews", house / "build", AS_OF, report=lines.append)
    assert any(line.startswith("walnut-anchor-08: ") for line in lines)


@pytest.mark.parametrize(
    "step",
    [
        "publish",
        "swap.carry_over",
        "gate.check_signed_texts",
        "gate.check_folder",
        "swap._open_to_readers",
        "swap._exchange",
    ],
)
def test_a_failure_in_any_step_leaves_what_stood(house: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Deterministic faults: a full disk wherever it strikes."""
    before = contents(house / "build")

    def fail(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    if step != "publish":
        monkeypatch.setattr(f"publishing.release.{step}", fail)
    with pytest.raises(FullDiskError, match="MB are needed in the folder that holds build"):
        build(house / "reviews", house / "build", AS_OF, publish=fail if step == "publish" else publish_small)
    assert contents(house / "build") == before
    assert sorted(path.name for path in house.iterdir()) == [".build.candour-reserve", "build", "reviews"]


def test_a_page_whose_record_is_gone_is_not_lost_silently(house: Path) -> None:
    """The built page itself says that it stands published."""
    shutil.rmtree(house / "reviews" / "walnut-anchor-08")
    (house / "build/markdown/data/reviews/2025-002.json").unlink()
    with pytest.raises(LostPageError):
        build_small(house / "reviews", house / "build", AS_OF)


def test_an_unreadable_register_stops_everything(house: Path) -> None:
    """Its names could not be guarded against."""
    before = contents(house / "build")
    write_case(house / "reviews", "other-04", public_id="2025-003", register="people: [")
    with pytest.raises(UnreadableRegisterError, match="other-04"):
        build_small(house / "reviews", house / "build", AS_OF)
    assert contents(house / "build") == before


def test_every_fault_of_every_case_is_told_at_once(house: Path) -> None:
    """An unreadable register hides neither a signature that was changed nor a case that does not read; nor do these each other."""
    text = (house / "reviews/amber-kettle-21/signed.json").read_text(encoding="utf-8")
    (house / "reviews/amber-kettle-21/signed.json").write_text(text.replace("licence", "license"), encoding="utf-8")
    broken = write_case(house / "reviews", "broken-03", public_id="2025-003", register="people: [")
    (broken / "review.md").write_text("no front matter", encoding="utf-8")
    told = ("amber-kettle-21: signed.json no longer", "broken-03: review.md line 1: has no front matter")
    with pytest.raises(UnreadableRegisterError) as caught:
        build_small(house / "reviews", house / "build", AS_OF)
    assert all(line in str(caught.value) for line in ("broken-03: register.yml", *told))
    (broken / "register.yml").unlink()
    with pytest.raises(BuildError) as stopped:
        build_small(house / "reviews", house / "build", AS_OF)
    assert all(line in str(stopped.value) for line in told)


def test_a_tampered_signature_stops_everything(house: Path) -> None:
    """A changed signed.json is named, and so is what to do."""
    path = house / "reviews/amber-kettle-21/signed.json"
    path.write_text(path.read_text(encoding="utf-8").replace("licence", "license"), encoding="utf-8")
    with pytest.raises(BuildError, match=r"amber-kettle-21: signed\.json no longer holds"):
        build_small(house / "reviews", house / "build", AS_OF)


def test_two_cases_signed_under_one_reference_stop_the_build(house: Path, sign: Sign) -> None:
    """Both are named: one page cannot be two reviews', whatever their files say since."""
    before = contents(house / "build")
    other = write_other_case(house / "reviews")
    path = other / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025-002", "2025-001"), encoding="utf-8")
    sign(other)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match="^amber-kettle-21, walnut-anchor-08: signed under the same public reference"):
        build_small(house / "reviews", house / "build", AS_OF)
    assert contents(house / "build") == before


def test_an_identity_declared_after_signing_stops_the_release(house: Path) -> None:
    """A name that was added to the register and stands in the signed text is a leak of that case."""
    register = house / "reviews/amber-kettle-21/register.yml"
    register.write_text(register.read_text() + "organisations: [The assessment was not reviewed]\n", encoding="utf-8")
    with pytest.raises(LeakError, match="amber-kettle-21: its signed text holds an identity declared by case amber"):
        build_small(house / "reviews", house / "build", AS_OF)


def test_a_full_name_inside_a_hashtag_is_not_signed_and_not_released(house: Path) -> None:
    """Its own case is not signed with it; signed in a case that does not know her, it stops the release."""
    said = "They posted #justiceforkeishamoorhouse that night."
    with pytest.raises(SigningRefusedError, match="a declared identity is left in the public text"):
        _resign_with(house / "reviews/amber-kettle-21", said)
    _resign_with(house / "reviews/walnut-anchor-08", said)
    assert "walnut-anchor-08: its signed text holds an identity declared by case amber-kettle-21" in stopped(house)


@pytest.mark.build
def test_a_hashtag_with_a_full_name_is_redacted_before_anybody_signs(house: Path, sign: Sign) -> None:
    """The word goes whole, and the release passes."""
    folder = write_case(house / "reviews", summary="They posted #justiceforkeishamoorhouse that night.")
    sign(folder)
    build(house / "reviews", house / "build", AS_OF)
    page = (house / "build/site/reviews/2025-001/index.html").read_text(encoding="utf-8")
    assert "[contact removed]" in page
    assert "justicefor" not in page


def test_what_todays_engine_would_not_leave_is_a_doubt(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was signed and that the engine finds is counted, never shown; under "hold" it would lose the page."""
    folder = house / "reviews/amber-kettle-21"
    said = "Darren Whitlock was seen by Mrs Philippa Greatorex."
    write_case(house / "reviews", summary=said)
    _resign_with(folder, "[Person on probation] was seen by Mrs Philippa Greatorex.")
    result = build_small(house / "reviews", house / "build", AS_OF)
    assert result.doubts
    assert result.doubts[0][0] == "amber-kettle-21"
    assert "person" in result.doubts[0][1]
    assert "greatorex" not in str(result).lower()
    held = Policy.load().model_copy(update={"second_reader": "hold"})
    monkeypatch.setattr(Policy, "load", lambda path=None: held)
    with pytest.raises(LostPageError):
        build_small(house / "reviews", house / "build", AS_OF)


def _resign_with(folder: Path, summary: str) -> None:
    """Sign other words, as somebody could who overlooked a name."""
    from publishing import checking, intake

    review = intake.load_case(folder)
    text = checking.load_signed_text(folder, AS_OF)
    assert text is not None
    blocks = (text.sections[0].blocks[0].model_copy(update={"text": summary}), *text.sections[0].blocks[1:])
    sections = (text.sections[0].model_copy(update={"blocks": blocks}), *text.sections[1:])
    now = dt.datetime(2025, 1, 21, 12, tzinfo=dt.UTC)
    checking.sign(folder, review, text.model_copy(update={"sections": sections}), "A Checker", now)


def test_what_was_compared_is_not_compared_again(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the answer that was kept is damaged, or a redaction that it comes from is gone."""
    compared: list[str] = []
    read, differs = second_reading._left_in_signed_text, notices.is_changed
    monkeypatch.setattr(
        second_reading, "_left_in_signed_text", lambda job, done: compared.append(job.case) or read(job, done)
    )
    monkeypatch.setattr(
        notices, "is_changed", lambda text, before: compared.append(text.public_id) or differs(text, before)
    )
    everything = ["2025-001", "2025-002", CASE, OTHER]

    def built() -> list[str]:
        compared.clear()
        build_small(house / "reviews", house / "build", AS_OF)
        return sorted(compared)

    shutil.rmtree(house / "reviews/.candour/readings")
    assert built() == everything
    assert built() == []
    for answer in (house / "reviews/.candour/readings").rglob("*.json"):
        answer.write_text("{}", encoding="utf-8")
    assert built() == everything
    shutil.rmtree(house / "reviews/.candour/cache" / CASE)
    # it is redacted again, and what was held against that redaction before holds again
    assert built() == [CASE]


def test_a_register_that_is_not_read_is_told(house: Path) -> None:
    """Missing before anybody signs, or under a name that nothing reads: then its names are guarded by nobody."""
    for case, public_id in (("without-03", "2025-003"), ("misnamed-04", "2025-004")):
        folder = write_case(house / "reviews", case, public_id=public_id, status="draft")
        (folder / "register.yml").rename(folder / ("register.yaml" if case == "misnamed-04" else "notes.txt"))
    (house / "reviews/amber-kettle-21/register.yml").rename(house / "reviews/amber-kettle-21/register.yml.txt")
    told = list(build_small(house / "reviews", house / "build", AS_OF).notices.lines())
    assert sum(line.startswith("without-03: no register.yml: nobody has said") for line in told) == 1
    assert [line.partition(":")[0] for line in told if "rename it to register.yml" in line] == [
        "amber-kettle-21",
        "misnamed-04",
    ]


def test_originals_are_cached_for_the_owner_alone_and_never_in_the_output(house: Path) -> None:
    """The cache lies in the reviews folder; a second build hits it."""
    cache = house / "reviews/.candour/cache"
    assert list(cache.rglob("*.json"))
    assert not [path for path in (house / "build").rglob("*") if "candour" in path.name]


# --- planted leaks


def stopped(house: Path, publish: site.Publisher = publish_small) -> str:
    """Build, be refused, and find everything as it stood; the message."""
    before = contents(house / "build")
    with pytest.raises(LeakError) as caught:
        build(house / "reviews", house / "build", AS_OF, publish=publish)
    assert contents(house / "build") == before
    assert sorted(path.name for path in house.iterdir()) == [".build.candour-reserve", "build", "reviews"]
    message = str(caught.value)
    assert not any(word in message.lower() for word in ("darren", "whitlock", "a4821ck", "moorhouse"))
    assert "amber-kettle-21" in message
    return message


def test_a_name_in_a_hand_written_page_stops_the_release(
    real_house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody thanks a family by name on the page about corrections."""
    project = tmp_path / "project"
    root = settings.project_root()
    for name in ("templates", "site_src"):
        shutil.copytree(root / name, project / name)
    shutil.copy(root / "mkdocs.yml", project)
    monkeypatch.setattr(settings, "_HERE", project / "publishing")
    pages = sorted(path for path in (project / "site_src/about").rglob("*.md*") if "index" not in path.name)
    pages[0].write_text(
        pages[0].read_text(encoding="utf-8") + "\nWe thank Keisha Moorhouse's family.\n", encoding="utf-8"
    )
    assert "about/" in stopped(real_house, site.publish)


def test_a_name_in_the_search_index_alone_stops_the_release(real_house: Path) -> None:
    """A record that no page shows."""
    name = "pagefind/fragment/en_0000000.pf_fragment"

    def put(folder: Path) -> None:
        record = json.dumps({"url": "/about/", "content": "then Darren Whitlock left", "meta": {}}).encode()
        (folder / name).write_bytes(gzip.compress(b"pagefind_dcd" + record))

    message = stopped(real_house, planting(put, site.publish))
    assert f"site/{name}: an identity declared by case amber-kettle-21" in message


PLANTED: dict[str, tuple[str, bytes]] = {
    "file name": ("assets/darren-whitlock.png", b"\x89PNG\r\n\x1a\n\x00"),
    "folder name": ("A4821CK/index.html", b"<p>Nothing</p>"),
    "HTML entity": ("a.html", b"<p>Darr&#101;n Whitlock</p>"),
    "percent": ("a.html", b'<a href="/?q=Darren%20Whitl%6Fck">x</a>'),
    "zero width": ("a.html", "<p>Dar\u200bren Whit\u2060lock</p>".encode()),
    "gzip": ("a.bin", gzip.compress(b"x Darren Whitlock x")),
    "image metadata": ("a.jpg", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00" + "Darren Whitlock".encode("utf-16-le")),
    "feed": ("a.xml", b"<feed><title>Darren &lt;b&gt;Whitlock&lt;/b&gt;</title></feed>"),
    "JSON": ("a.json", b'{"a": "Darren\\u0020Whitlock"}'),
    "map of a script": ("a.js.map", b'{"sources": ["DarrenWhitlock.ts"]}'),
    "surname on the case's own page": ("reviews/2025-001/note.html", b"<p>whitlock</p>"),
    "name of the case's folder": ("a.html", b"<!-- amber-kettle-21 -->"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_name_stops_the_release(house: Path, name: str) -> None:
    """However it is hidden, the file and the case are named, and what stood before stands."""
    path, data = PLANTED[name]

    def put(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)

    stopped(house, planting(put))


@pytest.mark.parametrize(
    ("data", "why"),
    [(gzip.compress(b"0" * 150_000_000, 1), "unpacks to more than 128 MiB"), (b"wOF2\x00", "WOFF2 font")],
    ids=["bomb", "WOFF2"],
)
def test_what_cannot_be_searched_stops_the_release(house: Path, data: bytes, why: str) -> None:
    """What can't be shown to be safe is not published."""
    publish = planting(lambda folder: (folder / "a.bin").write_bytes(data))
    with pytest.raises(LeakError, match=rf"site/a\.bin: cannot be searched: it .*{why}"):
        build(house / "reviews", house / "build", AS_OF, publish=publish)


def test_a_link_stops_the_release(house: Path) -> None:
    """A link would publish whatever it points to."""
    source = house / "reviews/amber-kettle-21/review.md"
    publish = planting(lambda folder: (folder / "a.html").symlink_to(source))
    with pytest.raises(LeakError, match=r"site/a\.html: is a link"):
        build(house / "reviews", house / "build", AS_OF, publish=publish)


def test_what_is_carried_over_is_searched_too(house: Path) -> None:
    """A README in build/ that names somebody stops the release."""
    (house / "build/README.md").write_text("Ask Darren Whitlock.")
    assert "README.md: an identity declared by case amber-kettle-21" in stopped(house)


def test_the_gate_alone_checks_what_is_built(real_house: Path) -> None:
    """A clean site passes; a name that was put into it since does not; no site is an error."""
    assert check_site(real_house / "reviews", real_house / "build/site").files > 50
    (real_house / "build/site/index.html").write_text("Keisha Moorhouse")
    with pytest.raises(
        LeakError, match=r"^The release was stopped(.|\n)*index\.html: an identity declared by case amber"
    ):
        check_site(real_house / "reviews", real_house / "build/site")
    with pytest.raises(BuildError, match="There is no site"):
        check_site(real_house / "reviews", real_house / "nowhere")


def test_a_broken_case_takes_over_nobodys_page(house: Path) -> None:
    """It claims another's public reference: the names of both stop what is on that page."""
    twin = write_case(house / "reviews", "zebra-twin-99", person="Una Quillfeather")
    (twin / "review.md").write_text('---\npublic_id: "2025-001"\nfoo: [\n---\n', encoding="utf-8")
    page = house / "build/site/reviews/2025-001/index.html"
    assert check_site(house / "reviews", house / "build/site")
    for name, case in (("moorhouse", "amber-kettle-21"), ("quillfeather", "zebra-twin-99")):
        page.write_text(f"<p>then {name} rang</p>", encoding="utf-8")
        with pytest.raises(LeakError, match=f"reviews/2025-001/index.html: an identity declared by case {case}"):
            check_site(house / "reviews", house / "build/site")


def test_what_is_told_of_cases_is_read_before_the_exchange(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in it leaves what stood, and no error says so untruly."""
    before = contents(house / "build")

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publishing.release.build.find_notices", fail)
    with pytest.raises(PublishingError, match="What stood before stands"):
        build_small(house / "reviews", house / "build", AS_OF + dt.timedelta(1))
    assert contents(house / "build") == before
