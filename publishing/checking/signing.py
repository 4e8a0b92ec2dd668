"""Signing: a person vouches for every string that will be public, and that very text is stored and published.

`signed.json` holds the text, its SHA-256 and the signed updates of its lessons, and nothing that may not be public.
`signoff.yml` is private: who signed which text, when, and what they confirmed; the newest signature is last.

A signature is written in three steps, each a whole file: signoff.yml with the new signature as `signing`, then
signed.json, then signoff.yml with it as `signed`. A text counts as signed if its hash is that of the newest
signature, or, while that is still `signing`, of the one before: so a process killed anywhere leaves a text that
somebody signed, and an old signed.json put back in place of a newer one is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from publishing.checking import checklist, publishability, signature_files
from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.checking.signature_files import Signature, Stored
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.files import disk_room, locks
from publishing.reviews import Change, RedactedReview, Review, Update
from publishing.settings import day_of
from redaction.strict_files.faults import FaultsError

_PATIENCE = 10.0
"""Seconds to wait for another who signs the same case."""

CORRECTED = "The text was corrected."
"""The note on a change for which the signer wrote none."""


def sign(
    folder: Path,
    review: Review,
    redacted: RedactedReview,
    by: str,
    now: dt.datetime,
    *,
    confirmed: Collection[str] = (),
    note: str | None = None,
    undecided: Mapping[str, int] | None = None,
    known: int | None = None,
) -> Signature:
    """Sign a review as redacted and decided now; the text is stored with its paragraphs numbered.

    Args:
        folder: the case's folder.
        review: the case.
        redacted: its text as the signer saw it, with every lesson update; numbers in it are ignored.
        by: the signer's name.
        now: the time, with its zone.
        confirmed: the ids of the checklist's questions that the signer answered.
        note: what changed in a text that is published, in words for its readers; it is kept with the day, and shown.
        undecided: how many flagged details and doubts of each kind the signer leaves undecided; kept in signoff.yml.
        known: how many signatures there were when the case was read, if its files are to be as they were then.

    Raises:
        SigningRefusedError: with every reason.
        PublishingError: the files cannot be written; what was signed before is as it was.
    """
    with hold_case_lock(folder):
        before = signature_files.load_unverified_text(folder)
        redacted = _add_change(redacted, before, note, day_of(now))
        earlier = _history_to_extend(folder, review, redacted, by, known)
        used = max((signature.last_number for signature in earlier), default=0)
        text = number_paragraphs(redacted, before, used)
        updates = _hashed_updates(text)
        signature = Signature(
            by=publishability.normalise_name(by),
            at=now.replace(microsecond=0),
            sha256=signature_files.sha256(_text(text)),
            last_number=max(used, last_number(text)),
            updates=tuple(update["sha256"] for update in updates),
            checklist=tuple(name for name in checklist.checklist_questions() if name in confirmed),
            complete=False,
            undecided=tuple(sorted((undecided or {}).items())),
            warnings=tuple(publishability.warnings_for_signing(review, confirmed)),
        )
        _store(folder, review.case, earlier, signature, _text(text), updates)
        return replace(signature, complete=True)


def _history_to_extend(
    folder: Path, review: Review, redacted: RedactedReview, by: str, known: int | None
) -> tuple[Signature, ...]:
    """The signatures so far; raises SigningRefusedError, with every reason, where no other may be added."""
    against = list(publishability.refusals_for_signing(review, redacted, by))
    earlier: tuple[Signature, ...] = ()
    try:
        earlier = signature_files.read_history(folder)
    except FaultsError:
        against.append(
            f"{signature_files.SIGNOFF} cannot be read: restore it, so that the history of signatures is not lost"
        )
    if known is not None and known != len(earlier):
        against.append("somebody else signed it meanwhile: read it again, then sign")
    if against:
        raise SigningRefusedError(review.case, against)
    return earlier


@contextmanager
def hold_case_lock(folder: Path) -> Iterator[None]:
    """Keep everybody else, in whatever process, from signing anything of a case meanwhile.

    Raises:
        PublishingError: somebody else is at it for long, or no lock can be made.
    """
    place = folder.parent / ".candour"
    with ExitStack() as stack:
        try:
            place.mkdir(mode=0o700, exist_ok=True)
            stack.enter_context(locks.hold_lock(place / f"{folder.name}.lock", _PATIENCE))
        except BlockingIOError:
            raise PublishingError(
                f"{folder.name}: somebody else is signing it just now: wait until that is done, then try again"
            ) from None
        except OSError as error:
            unwritable = PublishingError(
                f"{folder.name}: it cannot be signed: check that you may write to .candour in the reviews folder"
            )
            raise disk_room.explain_write_error(error, unwritable) from None
        yield


def _store(
    folder: Path,
    case: str,
    earlier: Sequence[Signature],
    signature: Signature,
    text: Mapping[str, Any],
    updates: Sequence[Mapping[str, Any]],
) -> None:
    """The three steps of a signature."""
    try:
        signature_files.write_history(folder, (*earlier, signature))
        signature_files.write_text(folder, signature.sha256, text, updates)
        signature_files.write_history(folder, (*earlier, replace(signature, complete=True)))
    except OSError as error:
        unwritten = PublishingError(
            f"{case}: the signature cannot be written: check that you may write to its folder, and sign again"
        )
        raise disk_room.explain_write_error(error, unwritten) from None


def text_with_update(folder: Path, review: Review, lesson: int, update: Update, by: str) -> RedactedReview:
    """The text as signed, with one more update of a lesson: what would be public.

    Args:
        folder: the case's folder.
        review: the case, as it is now.
        lesson: the lesson's id.
        update: the update, redacted.
        by: the signer's name.

    Raises:
        SigningRefusedError: with every reason against signing the update.
        TamperedSignatureError: what is stored is not what was signed.
    """
    text = load_signed_text(folder, dt.date.max)
    if text is None:
        raise SigningRefusedError(review.case, ["nobody has signed the review itself: candour sign-off"])
    one = next((known for known in text.lessons if known.id == lesson), None)
    if one is None:
        raise SigningRefusedError(review.case, ["its signed text has no lesson of this number"])
    if update.date in {said.date for said in one.updates}:
        raise SigningRefusedError(review.case, ["another update of this lesson has this day: choose another day"])
    said = tuple(sorted((*one.updates, update), key=lambda known: known.date))
    lessons = tuple(known.model_copy(update={"updates": said}) if known is one else known for known in text.lessons)
    whole = text.model_copy(update={"lessons": lessons})
    if against := list(publishability.refusals_for_signing(review, whole, by)):
        raise SigningRefusedError(review.case, against)
    return whole


def sign_update(folder: Path, review: Review, lesson: int, update: Update, by: str, now: dt.datetime) -> Signature:
    """Sign one update of a lesson; the text, and the updates signed before, stay as they were signed.

    Raises:
        SigningRefusedError: with every reason.
        TamperedSignatureError: what is stored is not what was signed.
        PublishingError: the files cannot be written; what was signed before is as it was.
    """
    with hold_case_lock(folder):
        text_with_update(folder, review, lesson, update, by)
        try:
            stored, earlier = Stored.read(folder), signature_files.read_history(folder)
            stored.check(signature_files.newest_signatures(earlier))
            before = next(s for s in signature_files.newest_signatures(earlier) if s.sha256 == stored.sha256)
        except signature_files.UNBELIEVABLE:
            raise TamperedSignatureError(folder.name) from None
        said = {"lesson": lesson, **update.model_dump(mode="json")}
        updates = [
            *stored.updates,
            {**said, "sha256": signature_files.update_sha256(str(stored.text["public_id"]), said)},
        ]
        signature = Signature(
            by=publishability.normalise_name(by),
            at=now.replace(microsecond=0),
            sha256=stored.sha256,
            last_number=max(known.last_number for known in earlier),
            updates=tuple(str(known["sha256"]) for known in updates),
            checklist=before.checklist,
            complete=False,
            covers="update",
        )
        _store(folder, review.case, earlier, signature, stored.text, updates)
        return replace(signature, complete=True)


def load_signed_text(folder: Path, as_of: dt.date) -> RedactedReview | None:
    """The text to publish: as signed, its lessons with the updates that are signed and dated up to a day.

    Returns None where nobody has signed.

    Raises:
        TamperedSignatureError: what is stored is not what was signed.
    """
    try:
        newest = signature_files.newest_signatures(signature_files.read_history(folder))
        if not (folder / signature_files.SIGNED).exists() and not any(signature.complete for signature in newest):
            return None
        stored = Stored.read(folder)
        stored.check(newest)
        return stored.review(as_of)
    except signature_files.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None


def load_signatures(folder: Path) -> tuple[Signature, ...]:
    """Every signature of a case, the newest last.

    Raises:
        TamperedSignatureError: signoff.yml cannot be read.
    """
    try:
        return signature_files.read_history(folder)
    except signature_files.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None


# --- the text that is signed


def canonical_text(review: RedactedReview) -> bytes:
    """What is signed, as canonical JSON: sorted keys, UTF-8, no spaces; everything but lesson updates."""
    return signature_files.canonical_json(_text(review))


def _text(review: RedactedReview) -> dict[str, Any]:
    text = review.model_dump(mode="json")
    for lesson in text["lessons"]:
        del lesson["updates"]
    if not text["changes"]:
        # texts signed before there were changes keep their hash
        del text["changes"]
    return text


def same_text(one: RedactedReview, other: RedactedReview) -> bool:
    """Whether two texts say the same, whatever notes on changes they carry; both with their paragraphs numbered."""
    bare = [review.model_copy(update={"changes": ()}) for review in (one, other)]
    return canonical_text(bare[0]) == canonical_text(bare[1])


def as_signed_after(redacted: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with the paragraph numbers and notes that it would have if it were signed after another."""
    text = number_paragraphs(redacted, before, last_number(before))
    return text.model_copy(update={"changes": before.changes})


def _add_change(text: RedactedReview, before: RedactedReview | None, note: str | None, on: dt.date) -> RedactedReview:
    """The text with the changes there were before, and with this one if the text is another and a note says so.

    Where the text is the same, a note takes the place of the stock one on the last change: nobody had said what changed.
    """
    changes = before.changes if before else ()
    if note and before:
        said = " ".join(note.split())
        if not same_text(before, as_signed_after(text, before)):
            new = Change(date=on, note=said)
            changes = (*changes, *(() if new in changes else (new,)))
        elif changes and changes[-1].note == CORRECTED:
            changes = (*changes[:-1], changes[-1].model_copy(update={"note": said}))
    return text.model_copy(update={"changes": changes})


def _hashed_updates(review: RedactedReview) -> list[dict[str, Any]]:
    """The updates of every lesson, each with its own hash."""
    updates = []
    for lesson in review.lessons:
        for update in sorted(lesson.updates, key=lambda update: update.date):
            said = {"lesson": lesson.id, **update.model_dump(mode="json")}
            updates.append({**said, "sha256": signature_files.update_sha256(review.public_id, said)})
    return updates
