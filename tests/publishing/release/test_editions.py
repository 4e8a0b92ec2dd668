"""Signing the annual report of a year, and what builds and withdrawals do with it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.checking import edition_files
from publishing.checking.signers import changes, unlock
from publishing.cli import app
from publishing.errors import BuildError, LeakError, PublishingError
from publishing.release.build import build
from publishing.release.editions import make_edition
from publishing.release.rollback import roll_back
from publishing.release.same_lessons import sign_same_as
from publishing.reviews import Edition
from publishing.site import public_record
from publishing.site.pages import trends
from tests.support.building import build_small, planting, publish_small, withdraw_small
from tests.support.cases import OTHER
from tests.support.signers import SAL, SAM, ask, open_key

DAY = dt.date(2026, 1, 31)
AT = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)


def make(house: Path, foreword: str = "Nobody asked twice.", year: int = 2025, as_of: dt.date = DAY) -> Path:
    """Make the report of a year; its file."""
    make_edition(house / "reviews", year, "Ann Author", foreword, house / "build", as_of, ask_passphrase=ask)
    return edition_files.edition_path(house / "reviews", year)


def test_the_command_makes_it_and_the_next_build_publishes_it(house: Path, tmp_path: Path) -> None:
    """In plain words; the signer stays private; once it stands it is not made anew."""
    words = tmp_path / "foreword.txt"
    words.write_text("Nobody asked\ntwice.\n", encoding="utf-8")
    where = ["--reviews", str(house / "reviews"), "--out", str(house / "build"), "--as-of", "2026-01-31"]
    command = ["report", "2025", "--by", "Ann Author", "--foreword", str(words), *where]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert "Signed: the report of 2025" in done.output
    build_small(house / "reviews", house / "build", DAY)
    (edition,) = public_record.load_edition_records(house / "build/markdown")
    assert edition.foreword == "Nobody asked twice."
    assert "Ann" not in edition.model_dump_json()
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 1
    assert "stays as it is" in again.output


@pytest.mark.parametrize(
    ("year", "as_of", "said"),
    [
        (2026, DAY, "is not over"),
        (2023, DAY, "No review"),
        (2025, dt.date(2025, 12, 31), "is not over"),
        (2025, dt.date(2999, 1, 1), "has not come yet"),
    ],
)
def test_a_year_that_cannot_be_reported_on(house: Path, year: int, as_of: dt.date, said: str) -> None:
    """It has not ended, or nothing was published in it."""
    with pytest.raises(PublishingError, match=said):
        make(house, year=year, as_of=as_of)


def test_a_name_in_the_foreword_is_found_before_anybody_signs(house: Path) -> None:
    """As in every release; nothing is written."""
    with pytest.raises(LeakError):
        make(house, "We think of Keisha Moorhouse.")
    assert not edition_files.edition_path(house / "reviews", 2025).exists()


def test_a_changed_or_lost_file_stops_the_build(house: Path) -> None:
    """What stood before stands."""
    path = make(house)
    build_small(house / "reviews", house / "build", DAY)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("Nobody asked twice", "Everybody asked"), encoding="utf-8")
    with pytest.raises(BuildError, match=r"report-2025\.json was changed"):
        build_small(house / "reviews", house / "build", DAY)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be read"):
        build_small(house / "reviews", house / "build", DAY)
    path.unlink()
    with pytest.raises(BuildError, match="restore the file"):
        build_small(house / "reviews", house / "build", DAY)
    with pytest.raises(PublishingError, match=r"stays as it is[\s\S]*restore the file"):
        make(house, "Another.")
    assert public_record.load_edition_records(house / "build/markdown")


def test_a_withdrawal_takes_the_words_out_of_the_private_file_too(house: Path) -> None:
    """With no build between; the file is still signed, and the report may be made again. A record that cannot be read is left out."""
    path = make(house)
    build_small(house / "reviews", house / "build", DAY)
    withdraw_small("2025-001", "legal", house / "reviews", house / "build", DAY)
    kept = json.loads(path.read_text(encoding="utf-8"))["edition"]
    assert (kept["page"], kept["foreword"]) == ("", "")
    (edition,) = public_record.load_edition_records(house / "build/markdown")
    assert "2025-001" not in edition.model_dump_json()
    build_small(house / "reviews", house / "build", DAY)
    make(house, "Again.")
    build_small(house / "reviews", house / "build", DAY)
    assert public_record.load_edition_records(house / "build/markdown")[0].foreword == "Again."
    (house / "build/markdown/data/reports/2025.json").write_text("{", encoding="utf-8")
    other = next(review.public_id for review in public_record.load_public_record(house / "build/markdown")[0])
    result = withdraw_small(other, "legal", house / "reviews", house / "build", DAY)
    assert any("left out until the next build" in warning for warning in result.warnings)
    assert public_record.load_edition_records(house / "build/markdown") == ()


def test_a_report_is_signed_with_a_key_where_signers_are_listed(keyed_house: Path) -> None:
    """A seal of another key, or none, does not hold."""
    path = make_signed(keyed_house)
    (edition,) = edition_files.load_editions(keyed_house / "reviews", ())
    assert edition.year == 2025
    data = json.loads(path.read_text(encoding="utf-8"))
    for change in ({"seal": "00" * 64}, {"key": "", "seal": ""}, {"by": "Sal Second"}):
        path.write_text(json.dumps({**data, **change}), encoding="utf-8")
        with pytest.raises(BuildError, match="by nobody who may sign"):
            edition_files.load_editions(keyed_house / "reviews", ())


def test_a_report_by_a_retired_key_holds_only_as_it_stands_published(keyed_house: Path) -> None:
    """A thief writes any day, and another foreword; where the key never counted then, the report may be made anew."""
    reviews, out = keyed_house / "reviews", keyed_house / "build"
    path, sal, sam = make_signed(keyed_house), open_key(reviews, SAL), open_key(reviews, SAM)
    changes.retire_signer(reviews, sam.fingerprint, SAL, ask, AT + dt.timedelta(1))
    with pytest.raises(BuildError, match="its signer was retired since"):
        build_small(reviews, out, DAY)
    edition = public_edition_of(keyed_house)
    edition_files.sign_edition(reviews, edition, SAL, AT, sal)
    build_small(reviews, out, DAY)
    edition_files.sign_edition(reviews, edition, SAM, AT, sam)
    build_small(reviews, out, DAY)
    edition_files.sign_edition(reviews, edition.model_copy(update={"foreword": "Other."}), SAM, AT, sam)
    with pytest.raises(BuildError, match="restore the file"):
        build_small(reviews, out, DAY)
    assert not edition_files.must_be_signed_anew(reviews, 2025)
    changes.retire_signer(reviews, sam.fingerprint, SAL, ask, AT, AT - dt.timedelta(1), lambda signer: True)
    make_edition(reviews, 2025, SAL, "Anew.", out, DAY, ask_passphrase=ask)
    assert json.loads(path.read_text(encoding="utf-8"))["by"] == SAL


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reviews": {}}, "counts no review of 2025"),
        ({"year": 2024, "as_of": dt.date(2025, 1, 1)}, "counts no review of 2024"),
        ({"as_of": DAY + dt.timedelta(1)}, "which is earlier"),
    ],
)
def test_no_build_takes_a_report_of_nothing_or_of_a_later_day(
    house: Path, change: dict[str, object], said: str
) -> None:
    """However well it is signed."""
    edition = public_edition_of(house).model_copy(update=change)
    edition_files.sign_edition(house / "reviews", edition, "Ann Author", AT, None)
    with pytest.raises(BuildError, match=said):
        build_small(house / "reviews", house / "build", DAY)
    assert not edition_files.stands(edition.model_copy(update={"reviews": {}}), ())


def test_a_withdrawal_takes_the_words_out_of_a_report_that_was_not_built_yet(house: Path) -> None:
    """What cannot be read hinders no withdrawal, and is said."""
    path = make(house)
    withdraw_small("2025-001", "legal", house / "reviews", house / "build", DAY)
    kept = json.loads(path.read_text(encoding="utf-8"))["edition"]
    assert (kept["page"], kept["foreword"]) == ("", "")
    path.write_text("{}", encoding="utf-8")
    result = withdraw_small("2025-002", "legal", house / "reviews", house / "build", DAY)
    assert any("may still have words of the review" in warning for warning in result.warnings)


def test_going_back_keeps_a_report_that_was_published_since(house: Path) -> None:
    """It stays as it was published, and is not made anew; a changed one stops it, as it stops a build."""
    path = make(house)
    publish = planting(lambda site: (site / "trends.html").write_text("The report.", encoding="utf-8"))
    build(house / "reviews", house / "build", DAY, publish=publish)
    before = public_record.load_edition_records(house / "build/markdown")
    assert roll_back(house / "reviews", house / "build", None, DAY, publish_small).rewritten
    assert public_record.load_edition_records(house / "build/markdown") == before
    with pytest.raises(PublishingError, match="stays as it is"):
        make(house, "Another.")
    path.unlink()
    with pytest.raises(BuildError, match="restore the file"):
        roll_back(house / "reviews", house / "build", None, DAY, publish_small)


def say_same(house: Path, line: str) -> None:
    """Sign what the second case's lesson is the same as, and build."""
    path = house / "reviews" / OTHER / "review.md"
    text = "\n".join(one for one in path.read_text(encoding="utf-8").split("\n") if "same_as" not in one)
    text = text.replace("    level: national\n", f"    level: national\n{line}", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    sign_same_as(house / "reviews", OTHER, "An Officer")
    build_small(house / "reviews", house / "build", DAY)


def test_a_report_falls_when_what_it_calls_the_same_is_taken_back(house: Path) -> None:
    """It would go on saying of an agency that it was taught again; it is counted again, and may be made anew."""
    say_same(house, "    same_as: 2025-001/1\n")
    path = make(house)
    build_small(house / "reviews", house / "build", DAY)
    (standing,) = public_record.load_edition_records(house / "build/markdown")
    assert (standing.foreword, standing.same) == ("Nobody asked twice.", (("2025-001/1", "2025-002/1"),))
    say_same(house, "")
    (fallen,) = public_record.load_edition_records(house / "build/markdown")
    assert (fallen.page, fallen.foreword, fallen.same) == ("", "", None)
    kept = json.loads(path.read_text(encoding="utf-8"))["edition"]
    assert (kept["page"], kept["foreword"]) == ("", "")
    make(house, "Again.")
    build_small(house / "reviews", house / "build", DAY)
    assert public_record.load_edition_records(house / "build/markdown")[0].foreword == "Again."


def test_what_is_called_the_same_later_leaves_a_report_as_it_was(house: Path) -> None:
    """It said nothing false; nor is one of before anybody called lessons the same compared."""
    make(house)
    say_same(house, "    same_as: 2025-001/1\n")
    (standing,) = public_record.load_edition_records(house / "build/markdown")
    assert (standing.foreword, standing.same) == ("Nobody asked twice.", ())
    edition_files.sign_edition(house / "reviews", standing.model_copy(update={"same": None}), "Ann Author", AT, None)
    say_same(house, "")
    assert public_record.load_edition_records(house / "build/markdown")[0].foreword == "Nobody asked twice."


def test_the_seal_of_an_older_report_still_holds(keyed_house: Path) -> None:
    """One that was signed before reports kept what they call the same, as its file was."""
    sealer = unlock(keyed_house / "reviews", "report", SAM, ask)
    edition = public_edition_of(keyed_house).model_copy(update={"same": None})
    signed = edition_files.sign_edition(keyed_house / "reviews", edition, SAM, AT, sealer)
    assert b'"same"' not in signed.sealed_bytes()
    path = edition_files.edition_path(keyed_house / "reviews", 2025)
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["edition"]["same"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert edition_files.load_editions(keyed_house / "reviews", ()) == (edition,)
    data["edition"]["same"] = []
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BuildError, match="by nobody who may sign"):
        edition_files.load_editions(keyed_house / "reviews", ())


def make_signed(house: Path) -> Path:
    """A report that Sam signed with his key."""
    sealer = unlock(house / "reviews", "report", SAM, ask)
    edition = public_edition_of(house)
    edition_files.sign_edition(house / "reviews", edition, SAM, AT, sealer)
    return edition_files.edition_path(house / "reviews", 2025)


def public_edition_of(house: Path) -> Edition:
    """The report of the reviews that stand published."""
    return trends.edition_of(public_record.load_public_record(house / "build/markdown")[0], 2025, DAY, "Nobody.")
