"""Signing from the command line: the case is redacted as decided now, and that text is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.catalogue import national_counts
from publishing.catalogue.national_counts import NationalCount
from publishing.checking import checklist, decisions, intruder, signed_text, signing
from publishing.checking.publishability import missing_roles
from publishing.checking.rewritten_passages import refusals_for_rewrites, warnings_for_rewrites
from publishing.checking.signature_files import Signature
from publishing.checking.signers import Sealer, unlock
from publishing.checking.stale_decisions import warnings_for_stale_decisions
from publishing.checking.undecided import (
    Undecided,
    describe_undecided,
    find_undecided,
    refusals_for_note,
    refusals_for_undecided,
)
from publishing.checking.vouching import refusal_for_missing_second
from publishing.checking.withheld_facts import point_out_withheld, tells_withheld
from publishing.errors import (
    PublishingError,
    SigningRefusedError,
    TamperedSignatureError,
)
from publishing.files.cache import Cache
from publishing.redacting.jobs import RedactionJob, assemble, job_for, redact_cached, start_engine
from publishing.release.loaded_cases import load_one_case
from publishing.release.named_elsewhere import describe_named_elsewhere
from publishing.release.named_lessons import refusals_for_same_as
from publishing.release.signed_facts import coarsen_facts, describe_published_alike, refusal_for_singled_out
from publishing.release.standing_reviews import is_published
from publishing.release.withdrawal import refuse_withdrawn
from publishing.reviews import RedactedReview, Review
from redaction import ROLES, Decision, Entity, Redaction

if TYPE_CHECKING:
    from redaction import Redactor


@dataclass(frozen=True)
class SignOff:
    """What was signed, in words; `warnings` are what the signer should know and may accept."""

    message: str
    warnings: tuple[str, ...]


_NOTE_UNUSED = (
    " The note was not used: the text is what was signed before, or the first that is signed, and a note tells readers "
    "what changed. Give it when you sign a changed text."
)
_NAMING = frozenset({Entity.PERSON, Entity.CODE, Entity.CONTACT, Entity.ADDRESS, Entity.PLACE, Entity.ORGANISATION})


def sign_off(
    reviews: Path,
    case: str,
    by: str,
    *,
    confirmed: tuple[str, ...] | None = None,
    note: str | None = None,
    out: Path | None = None,
    redactor: Redactor | None = None,
    seen: str | None = None,
    ask_passphrase: Callable[[], str] | None = None,
) -> SignOff:
    """Sign a case's text as redacted and decided now.

    Args:
        reviews: the reviews folder.
        case: the case.
        by: who signs.
        confirmed: ids of the checklist's questions, all of them unless told.
        note: what changed, in words for readers, if the text is published already; without it they are told only that it changed.
        out: where the site is, to know whether it is published.
        redactor: the one to use, if there is one.
        seen: the hash (`text_sha256`) of the text that the signer was shown; another text is not signed.
        ask_passphrase: asks for the signer's passphrase; asked once, and only where the reviews folder lists its signers.

    Raises:
        PublishingError: there is no such case, it has faults, its register cannot be read, or it may not be signed.
    """
    folder = case_folder(reviews, case)
    # first of all: nobody waits for a redaction to learn that the passphrase was mistyped
    sealer = unlock(reviews, case, by, ask_passphrase)
    before, known = _load_signed_before(folder)
    review = load_one_case(folder)
    refuse_withdrawn(reviews, case, review.public_id, out)
    redactor = redactor or start_engine()
    draft = _redact(reviews, review, before, redactor)
    _refuse_unsignable(draft, reviews, out, redactor, note=note, seen=seen)
    signature = _sign(draft, folder, by, sealer, confirmed=confirmed, note=note, known=known, out=out)
    message = _describe_outcome(
        draft, require_signed_text(folder, case), signature.by, note, asked=confirmed is not None
    )
    signing.remember_signatures(reviews, [case])
    return SignOff(message, (*signature.warnings, *_warnings_for_signer(draft, folder, out)))


# --- what there is to sign --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Draft:
    """A case's text as redacted and decided now.

    `whole` is what the signer was shown, `public` the same with its facts no more exact than is safe; `doubts` are about those facts,
    `left` are details that nobody decided, and `before` is the text as signed so far.
    """

    review: Review
    before: RedactedReview | None
    job: RedactionJob
    redaction: Redaction
    counts: Sequence[NationalCount]
    whole: RedactedReview
    public: RedactedReview
    doubts: tuple[str, ...]
    left: Undecided


def _load_signed_before(folder: Path) -> tuple[RedactedReview | None, int | None]:
    """The text as signed so far, and how many signatures there are; neither where somebody changed the file."""
    try:
        return signing.load_signed_text(folder, dt.date.max), len(signing.load_signatures(folder))
    except TamperedSignatureError:
        # signing afresh is the way out
        return None, None


def _redact(reviews: Path, review: Review, before: RedactedReview | None, redactor: Redactor) -> _Draft:
    job = job_for(review, decisions.load(reviews / review.case))
    redaction = redact_cached(job, redactor, Cache.of_reviews(reviews))
    whole = assemble(review, redaction)
    counts = national_counts.load_national_counts(reviews / national_counts.FILE)
    public, doubts = coarsen_facts(whole, before, counts)
    redaction = point_out_withheld(redaction, review.facts, public.facts)
    left = find_undecided(job.texts, redaction, job.decisions)
    return _Draft(review, before, job, redaction, counts, whole, public, doubts, left)


# --- whether it may be signed -----------------------------------------------------------------------------------------


def _refuse_unsignable(
    draft: _Draft, reviews: Path, out: Path | None, redactor: Redactor, *, note: str | None, seen: str | None
) -> None:
    """Raise SigningRefusedError where a text is not what the signer saw, says too much, or is not decided."""
    review, shown = draft.review, signed_text.text_sha256(draft.whole)
    if seen is not None and seen != shown:
        raise SigningRefusedError(
            review.case, ["the text is no longer the one that was shown: read it again, then sign"]
        )
    if note and (held := list(_refusals_for_change_note(note, redactor, review, draft.public, draft.job.decisions))):
        raise SigningRefusedError(review.case, held)
    if reasons := [
        *refusals_for_undecided(draft.left, redactor.policy),
        *refusals_for_rewrites(review, reviews),
        *refusals_for_same_as(reviews, review, out),
        *intruder.refusals_for_right_guess(reviews / review.case, shown),
    ]:
        raise SigningRefusedError(review.case, reasons)
    if reason := refusal_for_singled_out(draft.public, draft.counts):
        raise SigningRefusedError(review.case, [reason])


def _refusals_for_change_note(
    note: str, redactor: Redactor, review: Review, public: RedactedReview, made: Sequence[Decision]
) -> Iterator[str]:
    """Why a note on a change may not be public as it is."""
    redaction = redactor.redact([note], review.declared)
    if any(detection.entity in _NAMING for detection in redaction.detections):
        yield "the note on the change seems to name someone, a place, an organisation or a reference: say it without"
    for told in tells_withheld(note, review.facts, public.facts):
        yield f"the note on the change tells the {told}, which the key facts hold back: say it without"
    yield from refusals_for_note(note, [note], redaction, made, redactor.policy)


# --- signing it, and what the signer is told --------------------------------------------------------------------------


def _sign(
    draft: _Draft,
    folder: Path,
    by: str,
    sealer: Sealer | None,
    *,
    confirmed: tuple[str, ...] | None,
    note: str | None,
    known: int | None,
    out: Path | None,
) -> Signature:
    """Sign the public text; readers of a page that stands published are told at least that it changed."""
    if not note and is_published(out, draft.review.public_id):
        note = signed_text.CORRECTED
    return signing.sign(
        folder,
        draft.review,
        draft.public,
        by,
        dt.datetime.now(dt.UTC),
        confirmed=tuple(checklist.checklist_questions()) if confirmed is None else confirmed,
        note=note,
        undecided=draft.left.counts(),
        known=known,
        sealer=sealer,
    )


def _describe_outcome(draft: _Draft, now: RedactedReview, by: str, told: str | None, *, asked: bool) -> str:
    """What the signer is told: whether the text changed, what they vouch for, and whether the note that they wrote was used."""
    before = draft.before
    changed = before is None or signed_text.canonical_text(before) != signed_text.canonical_text(now)
    what = "Signed" if changed else "Signed again, with no change to the text"
    unused = told and " ".join(told.split()) not in {change.note for change in now.changes}
    return (
        f"{what}: {draft.review.case}. {_describe_vouching(by, asked=asked)} The text is in signed.json; builds publish it as it "
        f"stands there.{_NOTE_UNUSED if unused else ''}"
    )


def _describe_vouching(by: str, *, asked: bool) -> str:
    """What a signature says; where no question was asked, that it says so all the same."""
    read = (
        f"By signing, {by} confirms having read the public text as a neighbour, a journalist, a colleague, the family and "
        "the offender would"
    )
    if asked:
        return f"{read}."
    return (
        f"{read}, having searched for what it quotes, put it beside the other reviews and thought of everybody who is "
        f"protected for life: no question was asked here, and all {len(checklist.checklist_questions())} of the checklist count as "
        "confirmed. If that is not so, read the text in the workbench (candour workbench) and sign again."
    )


def _warnings_for_signer(draft: _Draft, folder: Path, out: Path | None) -> Iterator[str]:
    """What the signer should know, and may accept."""
    review = draft.review
    if second := refusal_for_missing_second(folder):
        yield second
    yield from _warnings_for_unsaid_roles(review)
    yield from warnings_for_rewrites(review)
    yield from draft.doubts
    if out:
        yield from describe_published_alike(draft.public, out)
        yield from describe_named_elsewhere(review, out)
    yield from warnings_for_undecided(draft.left)
    yield from warnings_for_stale_decisions(draft.job.texts, draft.redaction, draft.job.decisions, review.declared)


def _warnings_for_unsaid_roles(review: Review) -> Iterator[str]:
    """Whom the register does not tell; where there is none, signing warns of that."""
    for role in missing_roles(review.declared) if review.declared else ():
        name = ROLES[role].label.lower()
        yield f"nobody has said who the {name} is: say it in the register, unless the review names nobody who is"


def warnings_for_undecided(left: Undecided) -> tuple[str, ...]:
    """What a signer is told about details that the engine points out and nobody decided; nothing where none is left."""
    return (f"{describe_undecided(left)} stand as they are, because nobody decided them",) if left else ()


def require_signed_text(folder: Path, case: str) -> RedactedReview:
    """The text that is signed now."""
    text = signing.load_signed_text(folder, dt.date.max)
    if text is None:
        raise PublishingError(f"{case}: the signature was not stored. Try again.")
    return text


def case_folder(reviews: Path, case: str) -> Path:
    """The folder of a case by its name.

    Raises:
        PublishingError: no such case; a name is never a path.
    """
    folder = reviews / case
    if not intake.is_case_name(case) or not folder.is_dir():
        raise PublishingError(
            "There is no case of that name in the reviews folder. Give the name of its folder, and --reviews if they are elsewhere."
        )
    return folder
