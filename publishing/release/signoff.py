"""Signing from the command line: the case is redacted as decided now, and that text is signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from publishing import intake
from publishing.catalogue import disclosure, national
from publishing.checking import checklist, decisions, signing
from publishing.errors import PublishingError, TamperedSignatureError, UnreadableRegisterError
from publishing.release.cache import Cache
from publishing.release.redacting import redacted
from publishing.reviews import RedactedReview
from publishing.site import options
from redaction import Redactor, RegisterError


@dataclass(frozen=True)
class SignOff:
    """What was signed, in words; `warnings` are what the signer should know and may accept."""

    message: str
    warnings: tuple[str, ...]


def sign_off(reviews: Path, case: str, by: str, *, confirmed: tuple[str, ...] | None = None) -> SignOff:
    """Sign a case's text as redacted and decided now; `confirmed` are ids of the checklist, all of them unless told.

    Raises:
        PublishingError: there is no such case, it has faults, its register cannot be read, or it may not be signed.
    """
    folder = case_folder(reviews, case)
    try:
        review = intake.load(folder)
    except RegisterError as error:
        raise UnreadableRegisterError({case: str(error)}) from None
    text = redacted(review, Redactor(), decisions.load(folder), Cache(reviews))
    answers = tuple(checklist.questions()) if confirmed is None else confirmed
    try:
        before = signing.signed(folder, dt.date.max)
    except TamperedSignatureError:
        # signing afresh is the way out of a file that somebody changed
        before = None
    text, doubts = coarsened(text, before, reviews)
    signature = signing.sign(folder, review, text, by, dt.datetime.now(dt.UTC), confirmed=answers)
    changed = before is None or signing.canonical(before) != signing.canonical(signed_now(folder, case))
    what = "Signed" if changed else "Signed again, with no change to the text"
    return SignOff(
        f"{what}: {case}. By signing, {by} confirms having read the public text as a neighbour, a journalist, a colleague, "
        "the family and the offender would. The text is in signed.json; builds publish it as it stands there.",
        (*signature.warnings, *doubts),
    )


def coarsened(
    text: RedactedReview, before: RedactedReview | None, reviews: Path
) -> tuple[RedactedReview, tuple[str, ...]]:
    """A text to sign with its key facts no more exact than is safe, and what the signer should know.

    Args:
        text: the review, redacted.
        before: as it was signed before, if it was: facts are never given more exactly again.
        reviews: the reviews folder, with national.csv if there is one.

    Raises:
        NationalCountsError: national.csv has faults.
    """
    counts = national.load(reviews / national.FILE)
    facts = disclosure.coarsest(text.facts, before.facts) if before else text.facts
    facts, doubts = disclosure.coarsen(facts, counts, options.load().k)
    return text.model_copy(update={"facts": facts}), doubts


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
