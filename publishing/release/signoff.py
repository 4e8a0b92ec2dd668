"""Signing from the command line: the case is redacted as decided now, and that text is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.catalogue import coarsening, national_counts, published_alike, singling_out
from publishing.catalogue.national_counts import NationalCount
from publishing.checking import checklist, decisions, intruder, signed_text, signing
from publishing.checking.lost_contacts import warnings_for_lost_contacts
from publishing.checking.publishability import explain_unpublishable, missing_roles
from publishing.checking.published_dates import warnings_for_published_dates
from publishing.checking.rewritten_passages import refusals_for_rewrites, warnings_for_rewrites
from publishing.checking.same_lessons import (
    describe_contradictions,
    find_contradictions,
    group_references,
    said_same,
)
from publishing.checking.signers import unlock
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
    BuildError,
    PublishingError,
    SigningRefusedError,
    TamperedSignatureError,
    UnreadableRegisterError,
)
from publishing.redacting.cache import Cache
from publishing.redacting.jobs import assemble, job_for, redact_cached
from publishing.release.named_elsewhere import describe_named_elsewhere
from publishing.release.withdrawal import refuse_withdrawn
from publishing.release.withdrawal_record import load_withdrawals
from publishing.reviews import RedactedReview, Review
from publishing.settings import today
from publishing.site import public_record, site_options
from redaction import ROLES, Decision, Entity, RegisterError

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
    try:
        review = intake.load_case(folder)
    except RegisterError as error:
        raise UnreadableRegisterError({case: str(error)}) from None
    refuse_withdrawn(reviews, case, review.public_id, out)
    if redactor is None:
        from redaction import Redactor

        redactor = Redactor()
    job = job_for(review, decisions.load(folder))
    redaction = redact_cached(job, redactor, Cache(reviews))
    text = assemble(review, redaction)
    counts = national_counts.load_national_counts(reviews / national_counts.FILE)
    public, doubts = coarsen_facts(text, before, counts)
    redaction = point_out_withheld(redaction, review.facts, public.facts)
    left = find_undecided(job.texts, redaction, job.decisions)
    if seen is not None and seen != signed_text.text_sha256(text):
        raise SigningRefusedError(case, ["the text is no longer the one that was shown: read it again, then sign"])
    if note and (held := list(_refusals_for_change_note(note, redactor, review, public, job.decisions))):
        raise SigningRefusedError(case, held)
    if reasons := [
        *refusals_for_undecided(left, redactor.policy),
        *refusals_for_rewrites(review, reviews),
        *refusals_for_same_as(reviews, review, out),
        *intruder.refusals_for_right_guess(folder, signed_text.text_sha256(text)),
    ]:
        raise SigningRefusedError(case, reasons)
    told = note
    if not note and is_published(out, review.public_id):
        note = signed_text.CORRECTED
    answers = tuple(checklist.checklist_questions()) if confirmed is None else confirmed
    if reason := refusal_for_singled_out(public, counts):
        raise SigningRefusedError(case, [reason])
    now = dt.datetime.now(dt.UTC)
    signature = signing.sign(
        folder,
        review,
        public,
        by,
        now,
        confirmed=answers,
        note=note,
        undecided=left.counts(),
        known=known,
        sealer=sealer,
    )
    vouching = _describe_vouching(signature.by, asked=confirmed is not None)
    message = _describe_outcome(case, vouching, told, before, require_signed_text(folder, case))
    signing.remember_signatures(reviews, [case])
    misfitting = warnings_for_stale_decisions(job.texts, redaction, job.decisions, review.declared)
    said = (*_warnings_for_unsaid_roles(review), *warnings_for_rewrites(review))
    second = refusal_for_missing_second(folder)
    return SignOff(
        message,
        (
            *signature.warnings,
            *([second] if second else []),
            *said,
            *doubts,
            *(describe_published_alike(public, out) if out else ()),
            *(describe_named_elsewhere(review, out) if out else ()),
            *warnings_for_undecided(left),
            *misfitting,
        ),
    )


def _load_signed_before(folder: Path) -> tuple[RedactedReview | None, int | None]:
    """The text as signed so far, and how many signatures there are; neither where somebody changed the file."""
    try:
        return signing.load_signed_text(folder, dt.date.max), len(signing.load_signatures(folder))
    except TamperedSignatureError:
        # signing afresh is the way out
        return None, None


def _describe_outcome(
    case: str, vouched: str, told: str | None, before: RedactedReview | None, now: RedactedReview
) -> str:
    """What the signer is told: whether the text changed, and whether the note that they wrote was used."""
    changed = before is None or signed_text.canonical_text(before) != signed_text.canonical_text(now)
    what = "Signed" if changed else "Signed again, with no change to the text"
    unused = told and " ".join(told.split()) not in {change.note for change in now.changes}
    return (
        f"{what}: {case}. {vouched} The text is in signed.json; builds publish it as it "
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


def _warnings_for_unsaid_roles(review: Review) -> Iterator[str]:
    """Whom the register does not tell; where there is none, signing warns of that."""
    for role in missing_roles(review.declared) if review.declared else ():
        name = ROLES[role].label.lower()
        yield f"nobody has said who the {name} is: say it in the register, unless the review names nobody who is"


def warnings_for_undecided(left: Undecided) -> tuple[str, ...]:
    """What a signer is told about details that the engine points out and nobody decided; nothing where none is left."""
    return (f"{describe_undecided(left)} stand as they are, because nobody decided them",) if left else ()


def coarsen_facts(
    text: RedactedReview, before: RedactedReview | None, counts: Sequence[NationalCount]
) -> tuple[RedactedReview, tuple[str, ...]]:
    """A text to sign with its key facts no more exact than is safe, and what the signer should know.

    Args:
        text: the review, redacted.
        before: as it was signed before, if it was: facts are never given more exactly again.
        counts: how many cases there were nationally, as far as that is known.
    """
    exact = text.facts.offence_year
    text = keep_coarse_facts(text, before) if before else text
    facts, doubts = coarsening.coarsen(text.facts, counts, site_options.load_site_options().k, text.content_notes)
    dated = warnings_for_published_dates(text, year_withheld=facts.offence_year != exact)
    return text.model_copy(update={"facts": facts}), (*doubts, *dated, *warnings_for_lost_contacts(text))


def describe_published_alike(text: RedactedReview, out: Path) -> tuple[str, ...]:
    """How many published reviews share the key facts of a text to sign, in sentences; nothing where none is published."""
    others = [review.facts for review in _load_published(out) if review.public_id != text.public_id]
    return tuple(published_alike.describe_published_alike(text.facts, others))


def keep_coarse_facts(text: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with its key facts as coarse as they were signed before."""
    return text.model_copy(update={"facts": coarsening.keep_as_coarse(text.facts, before.facts)})


def text_anonymity_sets(text: RedactedReview, counts: Sequence[NationalCount]) -> tuple[singling_out.AnonymitySet, ...]:
    """Who would be singled out, and by which of a text's facts."""
    return singling_out.anonymity_sets(text.facts, counts, site_options.load_site_options().k, text.content_notes)


def refusal_for_singled_out(text: RedactedReview, counts: Sequence[NationalCount]) -> str | None:
    """Why a text may not be signed though its facts are as coarse as they get; None where no count forbids it."""
    k = site_options.load_site_options().k
    if not singling_out.is_singled_out(text.facts, counts, k, text.content_notes):
        return None
    return (
        f"fewer than {k} cases nationally share its facts, however coarsely they are given: change what "
        "singles it out (the workbench shows it), or do not publish it"
    )


def refusals_for_same_as(reviews: Path, review: Review, out: Path | None) -> tuple[str, ...]:
    """Why what a case says of its lessons may not be signed; `out` is where the site is.

    It names a lesson that is not published, of which signed.json, which may be given out, would tell; or what it says is not the
    same would be, by way of what others signed.
    """
    names = {name for lesson in review.lessons for name in lesson.same_as}
    if not names and not review.not_same_as:
        return ()  # no other case is read for it
    gone = {withdrawal.public_id for withdrawal in load_withdrawals(reviews)}
    said = said_same([review])
    for folder in intake.case_folders(reviews):
        with suppress(TamperedSignatureError):
            text = signing.load_signed_text(folder, dt.date.max) if folder.name != review.case else None
            if text and text.public_id not in gone and (not names or _may_be_published(folder, text)):
                said |= said_same([text])
    public = said_same(_load_published(out)) if names else {}
    unpublished = sorted(name for name in names if name not in said and name not in public)
    return (
        *(f"same_as names {name}, which is no published lesson: sign it when it is" for name in unpublished),
        *describe_contradictions(find_contradictions(group_references(said), review)),
    )


def _load_published(out: Path | None) -> Sequence[RedactedReview]:
    """The reviews that are published; none where the site cannot be read: the build says what is wrong with it."""
    with suppress(BuildError):
        return public_record.load_public_record(out / "markdown")[0] if out else ()
    return ()


def _may_be_published(folder: Path, text: RedactedReview) -> bool:
    """Whether a signed text may be published today."""
    try:
        return explain_unpublishable(intake.load_case(folder), text, today()) is None
    except (PublishingError, RegisterError):
        return False


def is_published(out: Path | None, public_id: str) -> bool:
    """Whether a review is published."""
    return out is not None and (out / "markdown" / "data" / "reviews" / f"{public_id}.json").is_file()


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
