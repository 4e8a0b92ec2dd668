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
from dataclasses import replace
from pathlib import Path
from typing import Any

from publishing import audit_log
from publishing.checking import checklist, decisions, publishability, signature_files, vouching
from publishing.checking.canonical_json import sha256
from publishing.checking.case_lock import hold_case_lock
from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.checking.signature_files import Signature, Stored
from publishing.checking.signed_text import add_change, hashed_updates, text_fields
from publishing.checking.signers import Sealer, load_signers, names_a_post, remember
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError
from publishing.files import disk_room
from publishing.reviews import RedactedReview, Review
from publishing.settings import day_of
from redaction.strict_files.faults import FaultsError


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
        text = number_paragraphs(redacted, before, _last_number(earlier))
        warnings = tuple(publishability.warnings_for_signing(review, confirmed))
        signature = replace(
            _unsealed(text, by, now, earlier),
            checklist=tuple(name for name in checklist.checklist_questions() if name in confirmed),
            undecided=tuple(sorted((undecided or {}).items())),
            by_two=decisions.count_by_two(folder),
        )
        signature = seal(folder, earlier, signature, sealer)
        store(folder, review.case, earlier, signature, text_fields(text), hashed_updates(text))
        unlogged = audit_log.record(folder.parent, "signed", review=review.public_id, by=signature.by)
        return replace(signature, complete=True, warnings=(*warnings, *unlogged))


def _last_number(earlier: Iterable[Signature]) -> int:
    """The highest number that a paragraph ever had: none is given twice."""
    return max((signature.last_number for signature in earlier), default=0)


def _unsealed(text: RedactedReview, by: str, now: dt.datetime, earlier: Iterable[Signature]) -> Signature:
    """A signature of a text and of the updates that it has, still without what the signer confirmed and their key's."""
    return Signature(
        by=by,
        at=now.replace(microsecond=0),
        sha256=sha256(text_fields(text)),
        last_number=max(_last_number(earlier), last_number(text)),
        updates=tuple(update["sha256"] for update in hashed_updates(text)),
        checklist=(),
        complete=False,
    )


def _history_to_extend(
    folder: Path, review: Review, redacted: RedactedReview, by: str, known: int | None, now: dt.datetime
) -> tuple[Signature, ...]:
    """The signatures so far; raises SigningRefusedError, with every reason, where no other may be added."""
    against = [*refusals_for_person(folder, review), *publishability.refusals_for_signing(review, redacted, by)]
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


def refusals_for_person(folder: Path, review: Review) -> Iterator[str]:
    """Where people are known by their keys, the approver is a person too: a post could be the signer's own."""
    if load_signers(folder.parent) is not None and names_a_post(review.approved_by or ""):
        yield "approved_by names a post: name the person, so that everybody sees that somebody else signs"


def seal(folder: Path, earlier: Sequence[Signature], signature: Signature, sealer: Sealer | None) -> Signature:
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


def store(
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
