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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from publishing import audit_log
from publishing.checking import checklist, decisions, publishability, signature_files, vouching
from publishing.checking.canonical_json import sha256
from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.checking.signature_files import Signature, Stored
from publishing.checking.signed_text import add_change, hashed_updates, text_fields
from publishing.checking.signers import Sealer, load_signers, names_a_post, remember
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.files import disk_room, locks
from publishing.reviews import RedactedReview, Review, Update
from publishing.settings import day_of
from redaction.strict_files.faults import FaultsError

_PATIENCE = 10.0
"""Seconds to wait for another who signs the same case."""


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
    sealer: Sealer | None = None,
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
        sealer: the signer's key, where the reviews folder lists its signers; the signature then bears the name on that list.

    Raises:
        SigningRefusedError: with every reason.
        PublishingError: the files cannot be written; what was signed before is as it was.
    """
    with hold_case_lock(folder):
        before = signature_files.load_unverified_text(folder)
        # addresses that people have kept outlive a lost signature; what readers are told of changes needs a signer's key
        redacted = add_change(redacted, _believed_text(folder) if sealer else before, note, day_of(now))
        by = sealer.name if sealer else publishability.normalise_name(by)
        earlier = _history_to_extend(folder, review, redacted, by, known, now)
        used = max((signature.last_number for signature in earlier), default=0)
        text = number_paragraphs(redacted, before, used)
        updates = hashed_updates(text)
        signature = Signature(
            by=by,
            at=now.replace(microsecond=0),
            sha256=sha256(text_fields(text)),
            last_number=max(used, last_number(text)),
            updates=tuple(update["sha256"] for update in updates),
            checklist=tuple(name for name in checklist.checklist_questions() if name in confirmed),
            complete=False,
            undecided=tuple(sorted((undecided or {}).items())),
            by_two=decisions.count_by_two(folder),
            warnings=tuple(publishability.warnings_for_signing(review, confirmed)),
        )
        signature = _seal(folder, earlier, signature, sealer)
        _store(folder, review.case, earlier, signature, text_fields(text), updates)
        unlogged = audit_log.record(folder.parent, "signed", review=review.public_id, by=signature.by)
        return replace(signature, complete=True, warnings=(*signature.warnings, *unlogged))


def _history_to_extend(
    folder: Path, review: Review, redacted: RedactedReview, by: str, known: int | None, now: dt.datetime
) -> tuple[Signature, ...]:
    """The signatures so far; raises SigningRefusedError, with every reason, where no other may be added."""
    against = [*_refusals_for_person(folder, review), *publishability.refusals_for_signing(review, redacted, by)]
    earlier: tuple[Signature, ...] = ()
    try:
        earlier = signature_files.read_history(folder)
    except FaultsError:
        against.append(
            f"{signature_files.SIGNOFF} cannot be read: restore it, so that the history of signatures is not lost"
        )
    if refusal := vouching.refusal_for_date(earlier, now):
        against.append(refusal)
    if known is not None and known != len(earlier):
        against.append("somebody else signed it meanwhile: read it again, then sign")
    if against:
        raise SigningRefusedError(review.case, against)
    return earlier


def _refusals_for_person(folder: Path, review: Review) -> Iterator[str]:
    """Where people are known by their keys, the approver is a person too: a post could be the signer's own."""
    if load_signers(folder.parent) is not None and names_a_post(review.approved_by or ""):
        yield "approved_by names a post: name the person, so that everybody sees that somebody else signs"


@contextmanager
def hold_case_lock(folder: Path) -> Iterator[None]:
    """Keep everybody else, in whatever process, from changing or signing anything of a case meanwhile.

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
                f"{folder.name}: somebody else is changing or signing it just now: wait until that is done, then try again"
            ) from None
        except OSError as error:
            unwritable = PublishingError(
                f"{folder.name}: it cannot be signed: check that you may write to .candour in the reviews folder"
            )
            raise disk_room.explain_write_error(error, unwritable) from None
        yield


def _seal(folder: Path, earlier: Sequence[Signature], signature: Signature, sealer: Sealer | None) -> Signature:
    """A signature with that of the signer's key, where the reviews folder lists its signers.

    Raises:
        SigningRefusedError: it needs a key, or that key may not sign now.
    """
    listed = load_signers(folder.parent)
    if listed is None:
        return signature
    if sealer is None:
        raise SigningRefusedError(folder.name, ["signatures here need a signer's passphrase"])
    named = replace(signature, key=sealer.fingerprint, before=earlier[-1].hash() if earlier else "")
    sealed = replace(named, seal=sealer.seal(named.sealed_bytes(folder.name)))
    if reason := vouching.fault_of_signature(folder.name, sealed, listed):
        raise SigningRefusedError(folder.name, [f"{reason}: is this machine's date right?"])
    return sealed


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
    _refuse_beside(folder, review, whole, by, now)
    return whole


def _refuse_beside(folder: Path, review: Review, whole: RedactedReview, by: str, now: dt.datetime) -> None:
    """Raise SigningRefusedError, with every reason, where nothing more may be signed of a text."""
    against = [*_refusals_for_person(folder, review), *publishability.refusals_for_signing(review, whole, by)]
    if refusal := vouching.refusal_for_date(load_signatures(folder), now):
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
        text = load_signed_text(folder, dt.date.max)
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
    folder: Path, review: Review, said: Mapping[str, Any], by: str, now: dt.datetime, sealer: Sealer | None, logged: tuple[str, str]
) -> Signature:  # fmt: skip
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
    signature = _seal(folder, earlier, signature, sealer)
    _store(folder, review.case, earlier, signature, stored.text, updates)
    unlogged = audit_log.record(folder.parent, logged[0], review=review.public_id, by=signature.by, more=logged[1])
    return replace(signature, complete=True, warnings=unlogged)


def load_signed_text(folder: Path, as_of: dt.date) -> RedactedReview | None:
    """The text to publish: as signed, its lessons with the updates that are signed and dated up to a day.

    Returns None where nobody has signed.

    Raises:
        TamperedSignatureError: what is stored is not what was signed, or its signature does not hold.
        SignersError: the list of signers does not hold.
    """
    try:
        history = signature_files.read_history(folder)
        newest = signature_files.newest_signatures(history)
        if not (folder / signature_files.SIGNED).exists() and not any(signature.complete for signature in newest):
            return None
        stored = Stored.read(folder)
        stored.check(newest)
        text = stored.review(as_of)
    except signature_files.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None
    vouching.check_signatures(folder, history, stored)
    return text


def _believed_text(folder: Path) -> RedactedReview | None:
    """The text as it is signed, if its signature holds."""
    try:
        return load_signed_text(folder, dt.date.max)
    except TamperedSignatureError:
        return None


def load_signatures(folder: Path) -> tuple[Signature, ...]:
    """Every signature of a case, the newest last.

    Raises:
        TamperedSignatureError: signoff.yml cannot be read.
    """
    try:
        return signature_files.read_history(folder)
    except signature_files.UNBELIEVABLE:
        raise TamperedSignatureError(folder.name) from None


def remember_signatures(reviews: Path, cases: Iterable[str]) -> None:
    """Have this account remember the newest signature of cases that were read and hold; nothing where no signers are listed.

    Raises:
        SignersError: it cannot be kept, or the list does not hold.
    """
    listed = load_signers(reviews)
    if listed is not None:
        remember(reviews, listed, {case: vouching.load_standing_signature(reviews / case).at for case in cases})
