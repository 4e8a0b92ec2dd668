"""Signing from the command line: the case is redacted as decided now, and that text is signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing import intake
from publishing.catalogue import disclosure, national
from publishing.catalogue.national import NationalCount
from publishing.checking import checklist, decisions, intruder, signing
from publishing.checking.fitting import misfits
from publishing.checking.undecided import Undecided, against, against_note, in_words, undecided
from publishing.errors import PublishingError, SigningRefusedError, TamperedSignatureError, UnreadableRegisterError
from publishing.release.cache import Cache
from publishing.release.redacting import assembled, job_of, worked_out
from publishing.release.withdrawal import refuse_withdrawn
from publishing.reviews import RedactedReview, Review
from publishing.site import options
from redaction import Decision, Entity, Redactor, RegisterError


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
) -> SignOff:
    """Sign a case's text as redacted and decided now.

    Args:
        reviews: the reviews folder.
        case: the case.
        by: who signs.
        confirmed: ids of the checklist's questions, all of them unless told.
        note: what changed, in words for readers, if the text is published already; without it they are told that it did.
        out: where the site stands, to know whether it is published.
        redactor: the one to use, if there is one.
        seen: the hash (`seen_as`) of the text that the signer was shown; another text is not signed.

    Raises:
        PublishingError: there is no such case, it has faults, its register cannot be read, or it may not be signed.
    """
    folder = case_folder(reviews, case)
    try:
        before, known = signing.signed(folder, dt.date.max), len(signing.history(folder))
    except TamperedSignatureError:
        # signing afresh is the way out of a file that somebody changed
        before, known = None, None
    try:
        review = intake.load(folder)
    except RegisterError as error:
        raise UnreadableRegisterError({case: str(error)}) from None
    refuse_withdrawn(reviews, case, review.public_id, out)
    redactor = redactor or Redactor()
    job = job_of(review, decisions.load(folder))
    redaction = worked_out(job, redactor, Cache(reviews))
    text = assembled(review, redaction)
    if seen is not None and seen != seen_as(text):
        raise SigningRefusedError(case, ["the text is no longer the one that was shown: read it again, then sign"])
    if note and (held := list(_against_note(note, redactor, review, job.decisions))):
        raise SigningRefusedError(case, held)
    left = undecided(job.texts, redaction, job.decisions)
    if reasons := [*against(left, redactor.policy), *intruder.against(folder, seen_as(text))]:
        raise SigningRefusedError(case, reasons)
    told = note
    if not note and before_is_public(out, review.public_id):
        note = signing.CORRECTED
    answers = tuple(checklist.questions()) if confirmed is None else confirmed
    counts = national.load(reviews / national.FILE)
    text, doubts = coarsened(text, before, counts)
    if reason := still_single_out(text, counts):
        raise SigningRefusedError(case, [reason])
    now = dt.datetime.now(dt.UTC)
    signature = signing.sign(
        folder, review, text, by, now, confirmed=answers, note=note, undecided=left.counts(), known=known
    )
    now_signed = signed_now(folder, case)
    changed = before is None or signing.canonical(before) != signing.canonical(now_signed)
    what = "Signed" if changed else "Signed again, with no change to the text"
    unused = told and " ".join(told.split()) not in {change.note for change in now_signed.changes}
    return SignOff(
        f"{what}: {case}. {_vouched(by, asked=confirmed is not None)} The text is in signed.json; builds publish it as it "
        f"stands there.{_NOTE_UNUSED if unused else ''}",
        (
            *signature.warnings,
            *doubts,
            *let_stand(left),
            *misfits(job.texts, redaction, job.decisions, review.declared),
        ),
    )


def _vouched(by: str, *, asked: bool) -> str:
    """What a signature says; where no question was asked, that it says so all the same."""
    read = (
        f"By signing, {by} confirms having read the public text as a neighbour, a journalist, a colleague, the family and "
        "the offender would"
    )
    if asked:
        return f"{read}."
    return (
        f"{read}, having searched for what it quotes, put it beside the other reviews and thought of everybody who is "
        f"protected for life: no question was asked here, and all {len(checklist.questions())} of the checklist count as "
        "confirmed. If that is not so, read the text in the workbench (candour workbench) and sign again."
    )


def let_stand(left: Undecided) -> tuple[str, ...]:
    """What a signer is told of details that the engine points out and nobody decided; none where there is nothing left."""
    return (f"{in_words(left)} stand as they are, because nobody decided them",) if left else ()


def coarsened(
    text: RedactedReview, before: RedactedReview | None, counts: Sequence[NationalCount]
) -> tuple[RedactedReview, tuple[str, ...]]:
    """A text to sign with its key facts no more exact than is safe, and what the signer should know.

    Args:
        text: the review, redacted.
        before: as it was signed before, if it was: facts are never given more exactly again.
        counts: how many cases there were nationally, as far as that is known.
    """
    text = no_more_exact(text, before) if before else text
    facts, doubts = disclosure.coarsen(text.facts, counts, options.load().k, text.content_notes)
    return text.model_copy(update={"facts": facts}), doubts


def no_more_exact(text: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with its key facts as coarse as they were signed before."""
    return text.model_copy(update={"facts": disclosure.coarsest(text.facts, before.facts)})


def is_changed(text: RedactedReview, before: RedactedReview) -> bool:
    """Whether signing a text would change what is signed; facts that were made less exact then are no change."""
    return not signing.same_text(before, signing.as_numbered(no_more_exact(text, before), before))


def standing(text: RedactedReview, counts: Sequence[NationalCount]) -> tuple[disclosure.Standing, ...]:
    """Who would be singled out by what of a text's facts."""
    return disclosure.standing(text.facts, counts, options.load().k, text.content_notes)


def still_single_out(text: RedactedReview, counts: Sequence[NationalCount]) -> str | None:
    """Why a text may not be signed though its facts are as coarse as they get; None where no count stands against it."""
    k = options.load().k
    if not disclosure.singled_out(text.facts, counts, k, text.content_notes):
        return None
    return (
        f"fewer than {k} cases nationally share its facts, however coarsely they are given: change what "
        "singles it out (the workbench shows it), or do not publish it"
    )


def seen_as(text: RedactedReview) -> str:
    """The hash of a text as it stands on the screen of whoever signs it."""
    return hashlib.sha256(signing.canonical(text)).hexdigest()


def before_is_public(out: Path | None, public_id: str) -> bool:
    """Whether a review stands published."""
    return out is not None and (out / "markdown" / "data" / "reviews" / f"{public_id}.json").is_file()


def _against_note(note: str, redactor: Redactor, review: Review, made: Sequence[Decision]) -> Iterator[str]:
    """Why a note on a change may not be public as it stands."""
    redaction = redactor.redact([note], review.declared)
    if any(detection.entity in _NAMING for detection in redaction.detections):
        yield "the note on the change seems to name someone, a place, an organisation or a reference: say it without"
    yield from against_note(note, [note], redaction, made, redactor.policy)


def signed_now(folder: Path, case: str) -> RedactedReview:
    """The text that stands signed."""
    text = signing.signed(folder, dt.date.max)
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
