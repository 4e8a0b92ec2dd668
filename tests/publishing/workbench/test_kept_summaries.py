"""What is kept of a case for the list: never of other files, and never a word of its review."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.checking.signers import load_signers, remember
from publishing.errors import SignersError
from publishing.workbench import case_queue, kept_summaries
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.cases import CASE
from tests.support.signers import SAL
from tests.support.workbench import SUMMARY, sign, write_case


def state(queue: CaseQueue) -> str:
    """The state of the one case there is."""
    (entry,) = queue.entries()
    return entry.state


@pytest.fixture
def again(queue: CaseQueue, monkeypatch: pytest.MonkeyPatch) -> Callable[[], CaseQueue]:
    """The workbench started anew; whoever reads or redacts a case then fails."""

    def start() -> CaseQueue:
        def fail(*args: object) -> None:
            raise AssertionError("worked out again")

        monkeypatch.setattr(kept_summaries, "summarise", fail)
        monkeypatch.setattr(case_queue, "redact", fail)
        return CaseQueue(queue.reviews, queue.out)

    return start


def test_a_restart_works_nothing_out_again(queue: CaseQueue, again: Callable[[], CaseQueue]) -> None:
    """What is kept is of the same files and the same engine."""
    queue.warm()
    sign(queue)
    assert state(queue) == "signed"
    entries = queue.entries()
    assert again().entries() == entries


def test_nothing_that_is_kept_holds_a_word_of_the_review(queue: CaseQueue) -> None:
    """Nor of the register, nor why nobody had to be told; and its owner alone reads it."""
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("victims_informed: 2024-12-02", 'victims_informed: "not-applicable: Keisha had nobody"')
    )
    for step in (queue.warm, lambda: sign(queue), lambda: write_case(queue.reviews, "b", "2025-002", status="draft")):
        step()
        queue.warm()
    kept = list((queue.reviews / ".candour" / "states").iterdir())
    assert len(kept) == 3
    said = "\n".join(one.read_text(encoding="utf-8") for one in kept).casefold()
    private = set(re.findall(r"[a-z]{5,}", SUMMARY.casefold())) | {"keisha", "nobody had"}
    assert not [word for word in private - {"signed"} if word in said]
    assert "a checker" in said
    assert not [one for one in kept if one.stat().st_mode & 0o077]
    assert not (queue.reviews / ".candour" / "states").stat().st_mode & 0o077


@pytest.mark.parametrize(
    ("file", "change", "then"),
    [
        ("review.md", lambda text: text.replace("was not told", "was now told"), "changed"),
        ("review.md", lambda text: text.replace("status: approved", "status: withdrawn"), "withdrawn"),
        ("review.md", lambda text: text.replace("offence: murder", "offence: burder"), "faulty"),
        ("register.yml", lambda text: text.replace("people", "peoole"), "faulty"),
        ("register.yml", lambda text: text.replace("role: victim", "role: witness"), "changed"),
        ("signed.json", lambda text: text.replace("not told", "now told"), "changed"),
        ("signoff.yml", lambda text: text.replace("format: 1", "format: 9"), "changed"),
        ("decisions.yml", lambda text: "format: 1\ndecisions:\n  - {action: add, text: Zebedee, entity: OTHER}\n", "changed"),
        ("decisions.yml", lambda text: "x", "faulty"),
        ("intruder.yml", lambda text: "x", "reassess"),
        ("statement.md", lambda text: "She is missed.", "changed"),
        ("updates.yml", lambda text: "x", "faulty"),
    ],
)  # fmt: skip
def test_whatever_file_changes_the_state_follows(
    queue: CaseQueue, file: str, change: Callable[[str], str], then: str
) -> None:
    """Of the same size, too, with its old time put back: within seconds nobody trusts that."""
    queue.warm()
    sign(queue)
    assert state(queue) == "signed"
    path = queue.folder(CASE) / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    about = path.stat() if path.exists() else None
    path.write_text(change(text), encoding="utf-8")
    if about:
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    queue.warm()
    assert state(queue) == then
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink()
    assert state(queue) == "signed"


def test_another_engine_reads_every_case_again(queue: CaseQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the old one made of it says nothing."""
    queue.warm()
    assert state(queue) == "to-check"
    monkeypatch.setitem(queue.policy.__dict__, "fingerprint", "another")
    assert state(queue) == "reading"
    queue.warm()
    assert state(queue) == "to-check"


def test_a_list_of_signers_that_grew_or_newer_signatures_seen_are_no_old_state(
    keyed_house: Path, redactor: Redactor
) -> None:
    """What is kept was believed of another list; older files put back are told, though they were signed."""
    reviews = keyed_house / "reviews"
    queue = CaseQueue(reviews, keyed_house / "build", redactor)

    def told() -> tuple[str, str]:
        queue.warm()
        return next((entry.state, entry.why) for entry in queue.entries() if entry.case == CASE)

    before = told()
    assert before[0] in ("published", "signed")
    listed = load_signers(reviews)
    assert listed
    newer = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    remember(reviews, listed, {CASE: newer})
    assert told() == ("changed", "a newer signature was there before: these are older files put back: sign it again")
    remember(reviews, listed, {}, anew=True)
    assert told() == before
    signers = reviews / "signers.yml"
    whole = signers.read_bytes()
    signers.write_bytes(whole.replace(SAL.encode(), b"Eve Forger"))
    with pytest.raises(SignersError):
        queue.entries()
    signers.write_bytes(whole)
    assert told() == before


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"key": "x"}', "other"])
def test_what_is_kept_and_cannot_be_understood_is_worked_out_again(
    queue: CaseQueue, redactor: Redactor, junk: str
) -> None:
    """Whatever stands in the file, a state of another version included."""
    queue.warm()
    (kept,) = (queue.reviews / ".candour" / "states").iterdir()
    said = json.loads(kept.read_text(encoding="utf-8"))
    said["value"]["state"] = "cooked"
    kept.write_text(json.dumps(said) if junk == "other" else junk, encoding="utf-8")
    assert state(CaseQueue(queue.reviews, queue.out, redactor)) == "to-check"


def test_where_nothing_can_be_kept_the_list_is_shown_all_the_same(queue: CaseQueue) -> None:
    """A folder that cannot be written to only costs time."""
    queue.warm()
    for name in ("states", "open"):
        place = queue.reviews / ".candour" / name
        for path in place.glob("*") if place.is_dir() else ():
            path.unlink()
        if place.is_dir():
            place.rmdir()
        place.write_text("a file in the way")
    assert state(CaseQueue(queue.reviews, queue.out)) == "to-check"


def test_what_a_list_has_no_time_for_is_told_as_being_read(queue: CaseQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is worked out behind the scenes."""
    queue.warm()
    fresh = CaseQueue(queue.reviews, queue.out)
    monkeypatch.setattr(case_queue, "_WAITING_LIMIT", -1.0)
    assert state(fresh) == "reading"
    fresh.warm()
    for path in queue.folder(CASE).iterdir():
        # as if nothing had been written for minutes
        os.utime(path, (1, 1))
    fresh.warm()
    monkeypatch.setattr(kept_summaries, "_SETTLED", -3600.0)
    fresh.warm()
    assert state(fresh) == "to-check"
