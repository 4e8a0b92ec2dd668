"""Life after publication: corrections with notes, the change log, a case's history, and what comes next."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.checking import signed
from publishing.cli import app
from publishing.errors import PublishingError, SigningRefusedError
from publishing.release.build import build
from publishing.release.doctor import machine
from publishing.release.history import history
from publishing.release.outlook import outlook
from publishing.release.responding import respond
from publishing.release.signoff import sign_off
from publishing.release.withdrawal import withdraw
from redaction import Redactor

from .conftest import AS_OF, write_case

CASE, OTHER = "amber-kettle-21", "walnut-anchor-08"


def edit(house: Path, old: str = "The court was not told.", new: str = "The court was told late.") -> Path:
    """Change a sentence of a published case's source."""
    path = house / "reviews" / CASE / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path.parent


def sign(house: Path, redactor: Redactor, note: str | None = None) -> None:
    """Sign the case again, with the site at hand."""
    sign_off(house / "reviews", CASE, "Another Checker", note=note, out=house / "build", redactor=redactor)


def page(house: Path, address: str) -> str:
    """A page of the site."""
    return (house / "build" / "site" / address / "index.html").read_text(encoding="utf-8")


def test_a_correction_has_a_dated_note_on_its_page_and_in_the_log(house: Path, redactor: Redactor) -> None:
    """The address stays; page and change log say when and what."""
    folder = edit(house)
    sign(house, redactor, "The finding about the court was corrected.")
    text = signed(folder, dt.date.max)
    assert text
    assert [change.note for change in text.changes] == ["The finding about the court was corrected."]
    build(house / "reviews", house / "build", dt.date.today())
    assert "The finding about the court was corrected." in page(house, "reviews/2025-001")
    log = page(house, "about/changes")
    assert "The finding about the court was corrected." in log
    assert log.count("published.") == 2
    assert "Changes since publication" not in page(house, "reviews/2025-002")
    feed = (house / "build" / "site" / "data" / "feeds" / "withdrawals.xml").read_text(encoding="utf-8")
    assert "Review 2025-001 was corrected" in feed
    assert "court" not in feed
    anchor = feed.split("reviews/2025-001/#")[1].split('"')[0]
    assert f'id="{anchor}"' in page(house, "reviews/2025-001")


def test_a_correction_without_a_note_is_told_all_the_same(house: Path, redactor: Redactor) -> None:
    """Readers learn that the text changed; notes of earlier corrections stay."""
    folder = edit(house)
    sign(house, redactor, "First.")
    edit(house, "The court was told late.", "The court was never told.")
    sign(house, redactor)
    text = signed(folder, dt.date.max)
    assert text
    assert [change.note for change in text.changes] == ["First.", "The text was corrected."]


def test_signing_an_unchanged_text_again_adds_no_note(house: Path, redactor: Redactor) -> None:
    """Also with a note, and its hash stays what it was."""
    before = json.loads((house / "reviews" / CASE / "signed.json").read_text(encoding="utf-8"))
    sign(house, redactor, "Nothing happened.")
    assert json.loads((house / "reviews" / CASE / "signed.json").read_text(encoding="utf-8")) == before


def test_a_note_that_comes_late_is_used_or_refused_aloud(house: Path, redactor: Redactor) -> None:
    """It takes the place of the stock note, whose day stays; a note with nothing to tell of is said to be unused."""
    folder = edit(house)
    sign(house, redactor)
    before = signed(folder, dt.date.max)
    outcome = sign_off(
        house / "reviews", CASE, "B", note="The  court was\ntold.", out=house / "build", redactor=redactor
    )
    after = signed(folder, dt.date.max)
    assert before
    assert after
    assert [(c.date, c.note) for c in after.changes] == [(before.changes[0].date, "The court was told.")]
    assert outcome.message.startswith("Signed: ")
    assert "not used" not in outcome.message
    again = sign_off(house / "reviews", CASE, "B", note="Another note.", out=house / "build", redactor=redactor)
    assert again.message.startswith("Signed again, with no change to the text: ")
    assert "The note was not used" in again.message
    assert signed(folder, dt.date.max) == after


def test_a_text_that_never_stood_published_has_no_note(house: Path, redactor: Redactor) -> None:
    """What readers never saw was not corrected."""
    folder = edit(house)
    sign_off(house / "reviews", CASE, "Another Checker", out=house / "nowhere", redactor=redactor)
    text = signed(folder, dt.date.max)
    assert text
    assert text.changes == ()


@pytest.mark.parametrize(
    "note", ["We named Darren Whitlock.", "See Mr Pilkington of Swindon.", "The CRN X412398 is gone."]
)
def test_a_note_that_names_someone_is_refused(house: Path, redactor: Redactor, note: str) -> None:
    """A declared name, one that the engine finds, a reference; none is repeated."""
    edit(house)
    with pytest.raises(SigningRefusedError, match="note") as caught:
        sign(house, redactor, note)
    assert "Pilkington" not in str(caught.value)


def test_the_log_has_withdrawals_and_nothing_else_of_what_was_withdrawn(house: Path) -> None:
    """A withdrawn review's publication is not told any more."""
    withdraw(CASE, "legal", house / "reviews", house / "build", AS_OF)
    log = page(house, "about/changes")
    assert "withdrawn: a legal reason" in log
    assert log.count("published.") == 1


def test_history_tells_everything_in_order(house: Path, redactor: Redactor) -> None:
    """Signatures, corrections, publication, withdrawal; an unknown case is refused."""
    edit(house)
    sign(house, redactor, "Corrected.")
    withdraw(CASE, "legal", house / "reviews", house / "build", dt.date.today())
    told = [event.words.split(",")[0] for event in history(house / "reviews", CASE, house / "build")]
    assert told == [
        "signed by A Checker",
        "2025-001 could be published from this day",
        "signed by Another Checker",
        "a correction was signed: Corrected.",
        "2025-001 was withdrawn: a legal reason",
    ]
    with pytest.raises(PublishingError):
        history(house / "reviews", "../build", house / "build")


def test_history_says_what_each_signature_covers_and_from_when_it_counted(house: Path, redactor: Redactor) -> None:
    """An update's signature confirms no question of the text; nothing was published before somebody signed."""
    late = write_case(house / "reviews", "late", public_id="2025-003", publish_on="2025-01-15")
    sign_off(house / "reviews", late.name, "A Checker", redactor=redactor)
    respond(house / "reviews", late.name, 1, "in-progress", None, "An Officer", redactor=redactor)
    told = [str(event) for event in history(house / "reviews", late.name, house / "build")]
    day = dt.datetime.now(dt.UTC).date()
    assert told[0].startswith(f"{day}  signed by A Checker, 8 of 8 questions confirmed by signing, text ")
    assert told[1:] == [
        f"{day}  an update of a lesson was signed by An Officer; the text stayed as it was signed",
        f"{day}  2025-003 could be published from this day",
    ]
    assert "2025-02-03  2025-001 could be published from this day" in [
        str(event) for event in history(house / "reviews", CASE, house / "build")
    ]


def test_the_outlook_is_what_the_build_then_does(house: Path, redactor: Redactor, sign: Callable[[Path], None]) -> None:
    """Changed, unchanged, coming and left out; nothing is built for it."""
    sign(write_case(house / "reviews", "later", public_id="2025-003", publish_on="2030-01-01"))
    write_case(house / "reviews", "draft", public_id="2025-004", status="draft")
    (house / "reviews" / "broken").mkdir()
    edit(house)
    sign_off(house / "reviews", CASE, "B", redactor=redactor)
    path = house / "reviews" / OTHER / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("disclosure:", "reassess_by: 2025-06-01\ndisclosure:", 1), encoding="utf-8")
    ahead = outlook(house / "reviews", house / "build", AS_OF)
    assert (ahead.new, ahead.changed, ahead.unchanged) == ((), (CASE,), (OTHER,))
    assert ahead.coming == ((dt.date(2030, 1, 1), "later"),)
    assert dict(ahead.left_out) == {"draft": "a draft: nobody has approved it", "broken": "review.md: is missing"}
    assert "to be looked at again by 2025-06-01: walnut-anchor-08" in list(ahead.lines())


def test_the_outlook_tells_what_differs_from_what_is_signed(house: Path) -> None:
    """A file that was edited: told once a build has read it; until then doctor says that nobody can tell."""
    edit(house)
    before = outlook(house / "reviews", house / "build", AS_OF)
    assert (before.notices.changed, before.notices.unread) == ((), (CASE,))
    assert any(line.startswith(f"not redacted yet with today's files and engine: {CASE}: ") for line in before.lines())
    build(house / "reviews", house / "build", AS_OF)
    after = outlook(house / "reviews", house / "build", AS_OF)
    assert (after.notices.changed, after.notices.unread) == ((CASE,), ())
    assert any(line.startswith(f"to check: {CASE}: today's redaction of the files differs") for line in after.lines())


def test_the_outlook_promises_nothing_where_a_build_would_stop(house: Path) -> None:
    """A signature that does not hold stops every case."""
    path = house / "reviews" / CASE / "signed.json"
    path.write_text(path.read_text(encoding="utf-8").replace("licence", "license"), encoding="utf-8")
    lines = list(outlook(house / "reviews", house / "build", AS_OF).lines())
    assert lines[0] == "The next build would stop and publish nothing:"
    assert lines[1].startswith(f"{CASE}: signed.json no longer holds")
    assert lines[2] == "Once that is mended it would publish 1 review."


def test_doctor_says_what_this_machine_lacks(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ready: exit 0 and what comes next; without a reviews folder: exit 1 and what to do."""
    # the command line silences every log of its process, which here is also the other tests'
    monkeypatch.setattr("logging.disable", lambda level: None)
    assert all(check.ready or check.optional for check in machine(house / "reviews", house / "build"))
    run = CliRunner().invoke
    done = run(app, ["doctor", "--reviews", str(house / "reviews"), "--out", str(house / "build")])
    assert done.exit_code == 0, done.output
    assert "The next build would publish 2 reviews." in done.output
    refused = run(app, ["doctor", "--reviews", str(tmp_path / "none"), "--out", str(tmp_path / "build")])
    assert refused.exit_code == 1
    assert "NOT READY: reviews folder" in refused.output
