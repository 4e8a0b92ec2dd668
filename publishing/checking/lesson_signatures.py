"""What is signed of a lesson beside the text, which stays as it was signed: an update, and which lessons it is the same as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from publishing import audit_log
from publishing.checking import publishability, signature_files, signing, vouching
from publishing.checking.case_lock import hold_case_lock
from publishing.checking.signature_files import Signature, Stored
from publishing.checking.signers import Sealer
from publishing.errors import SigningRefusedError, TamperedSignatureError
from publishing.reviews import RedactedReview, Review, Update


def text_with_update(
    folder: Path, review: Review, lesson: int, update: Update, by: str, now: dt.datetime
) -> RedactedReview:
    """The text as signed, with one more update of a lesson: what would be public.

    Args:
        folder: the case's folder.
        review: the case, as it is now.
        lesson: the lesson's id.
        update: the update, redacted.
        by: the signer's name.
        now: the time, with its zone.

    Raises:
        SigningRefusedError: with every reason against signing the update.
        TamperedSignatureError: what is stored is not what was signed.
    """
    text = signing.load_signed_text(folder, dt.date.max)
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
    _refuse_beside(folder, review, whole, by, now)
    return whole


def _refuse_beside(folder: Path, review: Review, whole: RedactedReview, by: str, now: dt.datetime) -> None:
    """Raise SigningRefusedError, with every reason, where nothing more may be signed of a text."""
    against = [*signing.refusals_for_person(folder, review), *publishability.refusals_for_signing(review, whole, by)]
    if refusal := vouching.refusal_for_date(signing.load_signatures(folder), now):
        against.append(refusal)
    if against:
        raise SigningRefusedError(review.case, against)


def sign_update(
    folder: Path,
    review: Review,
    lesson: int,
    update: Update,
    by: str,
    now: dt.datetime,
    sealer: Sealer | None = None,
) -> Signature:
    """Sign one update of a lesson; the text, and the updates signed before, stay as they were signed.

    Raises:
        SigningRefusedError: with every reason.
        TamperedSignatureError: what is stored is not what was signed.
        PublishingError: the files cannot be written; what was signed before is as it was.
    """
    with hold_case_lock(folder):
        text_with_update(folder, review, lesson, update, sealer.name if sealer else by, now)
        said = {"lesson": lesson, **update.model_dump(mode="json")}
        about = f"lesson {lesson}, {update.date.isoformat()}"
        return _sign_beside(folder, review, said, by, now, sealer, ("answered", about))


def sign_same_as(
    folder: Path, review: Review, lesson: int, by: str, now: dt.datetime, sealer: Sealer | None = None
) -> Signature:
    """Sign which lessons of other reviews a lesson is the same as, as review.md has it; all else stays as it was signed.

    Raises what `sign_update` does, and SigningRefusedError where that is signed already.
    """
    with hold_case_lock(folder):
        text = signing.load_signed_text(folder, dt.date.max)
        signed = next((known for known in text.lessons if known.id == lesson), None) if text else None
        wanted = next((known for known in review.lessons if known.id == lesson), None)
        if text is None or signed is None or wanted is None:
            raise SigningRefusedError(review.case, ["its signed text has no lesson of this number"])
        if signed.same_as == wanted.same_as:
            raise SigningRefusedError(review.case, ["that is signed already"])
        _refuse_beside(folder, review, text, sealer.name if sealer else by, now)
        about = f"lesson {lesson}, the same as {', '.join(wanted.same_as) or 'none'}"
        said = {"lesson": lesson, "same_as": list(wanted.same_as)}
        return _sign_beside(folder, review, said, by, now, sealer, ("same-lesson", about))


def _sign_beside(
    folder: Path,
    review: Review,
    said: Mapping[str, Any],
    by: str,
    now: dt.datetime,
    sealer: Sealer | None,
    logged: tuple[str, str],
) -> Signature:
    """Sign one thing more that is said of a lesson beside the text; `logged` is the deed, and what of it the audit log tells."""
    try:
        stored, earlier = Stored.read(folder), signature_files.read_history(folder)
        stored.check(signature_files.newest_signatures(earlier))
        before = next(s for s in signature_files.newest_signatures(earlier) if s.sha256 == stored.sha256)
    except signature_files.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None
    updates = [*stored.updates, {**said, "sha256": signature_files.update_sha256(str(stored.text["public_id"]), said)}]
    signature = Signature(
        by=sealer.name if sealer else publishability.normalise_name(by),
        at=now.replace(microsecond=0),
        sha256=stored.sha256,
        last_number=max(known.last_number for known in earlier),
        updates=tuple(str(known["sha256"]) for known in updates),
        checklist=before.checklist,
        complete=False,
        covers="update",
    )
    signature = signing.seal(folder, earlier, signature, sealer)
    signing.store(folder, review.case, earlier, signature, stored.text, updates)
    unlogged = audit_log.record(folder.parent, logged[0], review=review.public_id, by=signature.by, more=logged[1])
    return replace(signature, complete=True, warnings=unlogged)
