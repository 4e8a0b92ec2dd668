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
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from publishing.checking import checklist, reasons, records
from publishing.checking.numbering import last_number, numbered
from publishing.checking.records import Signature, Stored
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.intake.faults import FaultsError
from publishing.reviews import Change, RedactedReview, Review


def sign(
    folder: Path,
    review: Review,
    redacted: RedactedReview,
    by: str,
    now: dt.datetime,
    *,
    confirmed: Collection[str] = (),
    note: str | None = None,
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

    Raises:
        SigningRefusedError: with every reason.
        PublishingError: the files cannot be written; what was signed before is as it was.
    """
    before = records.readable(folder)
    redacted = _with_changes(redacted, before, note, now.date())
    against = list(reasons.refusals(review, redacted, by))
    try:
        earlier = records.read_history(folder)
    except FaultsError:
        earlier = ()
        against.append(f"{records.SIGNOFF} cannot be read: restore it, so that the history of signatures is not lost")
    if against:
        raise SigningRefusedError(review.case, against)
    used = max((signature.last_number for signature in earlier), default=0)
    text = numbered(redacted, before, used)
    updates = _updates(text)
    signature = Signature(
        by=reasons.simple(by),
        at=now.replace(microsecond=0),
        sha256=records.sha256(_text(text)),
        last_number=max(used, last_number(text)),
        updates=tuple(update["sha256"] for update in updates),
        checklist=tuple(name for name in checklist.questions() if name in confirmed),
        complete=False,
        warnings=tuple(reasons.warnings(review, confirmed)),
    )
    done = replace(signature, complete=True)
    try:
        records.write_history(folder, (*earlier, signature))
        records.write_text(folder, signature.sha256, _text(text), updates)
        records.write_history(folder, (*earlier, done))
    except OSError:
        raise PublishingError(
            f"{review.case}: the signature cannot be written: check that you may write to its folder, and sign again"
        ) from None
    return done


def signed(folder: Path, as_of: dt.date) -> RedactedReview | None:
    """The text to publish: as signed, its lessons with the updates that are signed and dated up to a day.

    Returns None where nobody has signed.

    Raises:
        TamperedSignatureError: what is stored is not what was signed.
    """
    try:
        newest = records.newest(records.read_history(folder))
        if not (folder / records.SIGNED).exists() and not any(signature.complete for signature in newest):
            return None
        stored = Stored.read(folder)
        stored.check(newest)
        return stored.review(as_of)
    except records.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None


def history(folder: Path) -> tuple[Signature, ...]:
    """Every signature of a case, the newest last.

    Raises:
        TamperedSignatureError: signoff.yml cannot be read.
    """
    try:
        return records.read_history(folder)
    except records.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None


# --- the text that is signed


def canonical(review: RedactedReview) -> bytes:
    """What is signed, as canonical JSON: sorted keys, UTF-8, no spaces; everything but lesson updates."""
    return records.canonical_json(_text(review))


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
    return canonical(bare[0]) == canonical(bare[1])


def as_numbered(redacted: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with the paragraph numbers and notes that it would have if it were signed after another."""
    text = numbered(redacted, before, last_number(before))
    return text.model_copy(update={"changes": before.changes})


def _with_changes(text: RedactedReview, before: RedactedReview | None, note: str | None, on: dt.date) -> RedactedReview:
    """The text with the changes there were before, and with this one if the text is another and a note says so."""
    changes = before.changes if before else ()
    if note and before and not same_text(before, as_numbered(text, before)):
        new = Change(date=on, note=" ".join(note.split()))
        changes = (*changes, *(() if new in changes else (new,)))
    return text.model_copy(update={"changes": changes})


def _updates(review: RedactedReview) -> list[dict[str, Any]]:
    """The updates of every lesson, each with its own hash."""
    updates = []
    for lesson in review.lessons:
        for update in sorted(lesson.updates, key=lambda update: update.date):
            said = {"lesson": lesson.id, **update.model_dump(mode="json")}
            updates.append({**said, "sha256": records.update_sha256(review.public_id, said)})
    return updates
