"""What was said of a lesson: redacted, signed by itself, and nothing else of the review touched."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from publishing import intake
from publishing.checking import lesson_signatures, load_signatures, load_signed_text
from publishing.cli import app
from publishing.errors import CaseError, PublishingError, SigningRefusedError
from publishing.release import signoff
from publishing.release.build import build
from publishing.release.responding import respond
from publishing.reviews import RedactedReview
from publishing.site import public_record
from redaction import Redaction, Redactor
from tests.support.building import withdraw_small
from tests.support.cases import CASE

DAY = dt.date(2025, 3, 2)


pytestmark = pytest.mark.usefixtures("one_redactor")


def test_an_answer_is_redacted_signed_and_published(real_house: Path) -> None:
    """The note loses its names; the text, its hash and its paragraphs stay; the next build shows it."""
    folder = real_house / "reviews" / CASE
    before = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    told = respond(
        real_house / "reviews", CASE, 1, "in-progress", "Darren Whitlock’s officer drafted it.", "An Officer", DAY
    )
    assert told.note is not None
    assert "Whitlock" not in told.note
    after = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
    assert (after["text"], after["sha256"]) == (before["text"], before["sha256"])
    assert [(u["lesson"], u["date"], u["note"]) for u in after["updates"]] == [(1, "2025-03-02", told.note)]
    newest = load_signatures(folder)[-1]
    assert (newest.by, newest.covers, newest.complete) == ("An Officer", "update", True)
    assert "Whitlock" in (folder / "updates.yml").read_text(encoding="utf-8")
    assert (folder / "updates.yml").stat().st_mode & 0o077 == 0
    build(real_house / "reviews", real_house / "build", dt.date(2025, 4, 1))
    reviews, _ = public_record.load_public_record(real_house / "build" / "markdown")
    assert [u.note for u in reviews[0].lessons[0].updates] == [told.note]
    page = (real_house / "build/site/lessons/index.html").read_text(encoding="utf-8")
    assert "2 March 2025: in progress" in page
    assert not list((real_house / "build").rglob("*.yml"))


def test_an_answer_is_not_published_before_its_day(house: Path) -> None:
    """Updates follow the day of the build, like everything else."""
    respond(house / "reviews", CASE, 1, "in-progress", None, "An Officer", DAY)
    early, late = (load_signed_text(house / "reviews" / CASE, day) for day in (DAY - dt.timedelta(1), DAY))
    assert early is not None
    assert late is not None
    assert (early.lessons[0].updates, late.lessons[0].status) == ((), "in-progress")


def test_answers_add_up_and_a_new_signature_keeps_them(house: Path, sign: Callable[..., None]) -> None:
    """Two answers, then the review signed again: all of them are signed."""
    folder = house / "reviews" / CASE
    for day, status in ((DAY, "in-progress"), (dt.date(2025, 5, 1), "implemented")):
        respond(house / "reviews", CASE, 1, status, None, "An Officer", day)
    sign(folder, at=dt.datetime.now(dt.UTC))
    text = load_signed_text(folder, dt.date.max)
    assert text is not None
    assert [u.status for u in text.lessons[0].updates] == ["in-progress", "implemented"]
    assert [s.covers for s in load_signatures(folder)] == ["text", "update", "update", "text"]


def test_an_answer_that_was_not_signed_is_signed_the_second_time(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies between the two files leaves nothing half done that a second try does not mend."""

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(lesson_signatures, "sign_update", die)
        respond(house / "reviews", CASE, 1, "in-progress", "Drafted.", "An Officer", DAY)
    text = load_signed_text(house / "reviews" / CASE, dt.date.max)
    assert text is not None
    assert text.lessons[0].updates == ()
    respond(house / "reviews", CASE, 1, "in-progress", "Drafted.", "An Officer", DAY)
    entries = yaml.safe_load((house / "reviews" / CASE / "updates.yml").read_text(encoding="utf-8"))["updates"]
    assert len(entries) == 1
    text = load_signed_text(house / "reviews" / CASE, dt.date.max)
    assert text is not None
    assert text.lessons[0].status == "in-progress"


def test_two_answers_at_once_leave_the_case_sound(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process recorded one of the same day after this one had looked: two of a day would be a fault."""
    reviews, real = house / "reviews", lesson_signatures.text_with_update

    def interrupted(*args: Any) -> RedactedReview:
        monkeypatch.setattr(lesson_signatures, "text_with_update", real)
        whole = real(*args)
        respond(reviews, CASE, 1, "in-progress", None, "Another Officer", DAY)
        return whole

    monkeypatch.setattr(lesson_signatures, "text_with_update", interrupted)
    with pytest.raises(PublishingError, match="its files were changed meanwhile"):
        respond(reviews, CASE, 1, "implemented", None, "An Officer", DAY)
    assert [update.status for update in intake.load_case(reviews / CASE).lessons[0].updates] == ["in-progress"]


def test_a_case_signed_meanwhile_is_not_signed_over(
    house: Path, redactor: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer that somebody else signed would be lost."""
    reviews, real = house / "reviews", signoff.redact_cached

    def interrupted(*args: Any) -> Redaction:
        respond(reviews, CASE, 1, "in-progress", None, "Another Officer", DAY)
        return real(*args)

    monkeypatch.setattr(signoff, "redact_cached", interrupted)
    with pytest.raises(SigningRefusedError, match="somebody else signed it meanwhile"):
        signoff.sign_off(reviews, CASE, "A Checker", redactor=redactor)
    text = load_signed_text(reviews / CASE, dt.date.max)
    assert text is not None
    assert text.lessons[0].status == "in-progress"


@pytest.mark.parametrize(
    ("case", "lesson", "status", "date", "words"),
    [
        ("no-such-case", 1, "in-progress", DAY, "no case of that name"),
        (CASE, 9, "in-progress", DAY, "no lesson of this number; its lessons are 1"),
        (CASE, 1, "done", DAY, "The status is none of: not-started"),
        (CASE, 1, "no-response", DAY, "The status is none of"),
        (CASE, 1, "in-progress", dt.date(2999, 1, 1), f"{CASE}: .* cannot be in the future"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    house: Path, case: str, lesson: int, status: str, date: dt.date, words: str
) -> None:
    """In plain words, and nothing is written."""
    before = {p: p.read_bytes() for p in (house / "reviews").rglob("*") if p.is_file()}
    with pytest.raises(PublishingError, match=words):
        respond(house / "reviews", case, lesson, status, None, "An Officer", date)
    assert {p: p.read_bytes() for p in (house / "reviews").rglob("*") if p.is_file()} == before


def test_one_update_a_day_and_never_by_the_approver(house: Path) -> None:
    """Nobody could tell which of two is the newest; and the signer is not the approver."""
    with pytest.raises(SigningRefusedError, match="the signer is the approver"):
        respond(house / "reviews", CASE, 1, "in-progress", None, "Head of Casework", DAY)
    assert not (house / "reviews" / CASE / "updates.yml").exists()
    respond(house / "reviews", CASE, 1, "in-progress", None, "An Officer", DAY)
    with pytest.raises(PublishingError, match="another update of this lesson has this day"):
        respond(house / "reviews", CASE, 1, "implemented", None, "An Officer", DAY)


@pytest.mark.parametrize("lost", ["", "reviews/withdrawals.yml", "build"])
def test_nothing_is_recorded_of_a_withdrawn_review(house: Path, lost: str) -> None:
    """No build would publish it; the reviews folder's record or the site's is enough to know."""
    withdraw_small(CASE, "legal", house / "reviews", house / "build", DAY)
    if lost:
        (house / lost).rename(house / "lost")
    with pytest.raises(SigningRefusedError, match="2025-001 is withdrawn and no build publishes it"):
        respond(house / "reviews", CASE, 1, "in-progress", None, "An Officer", DAY, out=house / "build")
    assert not (house / "reviews" / CASE / "updates.yml").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format: 1\nupdates:\n  - {lesson: 4, date: 2025-03-01, status: rejected}\n", "has no lesson of this id"),
        ("format: 1\nupdates:\n  - {lesson: 1, date: 2025-03-01, status: done}\n", "status"),
        ("format: 2\n", "format: must be 1"),
        (
            "format: 1\nupdates:\n"
            "  - {lesson: 1, date: 2025-03-01, status: rejected}\n  - {lesson: 1, date: 2025-03-01, status: rejected}\n",
            "another update of this lesson has this day",
        ),
    ],
)
def test_faults_of_the_file_are_told_with_their_line(house: Path, text: str, words: str) -> None:
    """Like those of every other file of a case."""
    (house / "reviews" / CASE / "updates.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=f"updates.yml line .*{words}"):
        intake.load_case(house / "reviews" / CASE)


def test_the_command_says_what_will_be_public(house: Path) -> None:
    """The note as redacted; wrong usage is 2, a refusal 1."""
    run = CliRunner().invoke
    arguments = [
        "respond",
        CASE,
        "1",
        "--reviews",
        str(house / "reviews"),
        "--by",
        "An Officer",
        "--date",
        "2025-03-02",
    ]
    done = run(app, [*arguments, "--status", "implemented", "--note", "Keisha Moorhouse was told."])
    assert done.exit_code == 0
    assert "The public note: [Victim 1] was told." in done.output
    assert "Read the note" in done.output
    bare = run(app, [*arguments[:-1], "2025-03-01", "--status", "in-progress"])
    assert bare.exit_code == 0
    assert "note" not in bare.output
    assert run(app, [*arguments, "--status", "done"]).exit_code == 2
    again = run(app, [*arguments, "--status", "rejected"])
    assert again.exit_code == 1
    assert "Moorhouse" not in again.output
