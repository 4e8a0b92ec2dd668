"""Which lessons of other reviews a lesson is the same as: signed by itself, as review.md says it; the review's text stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import lesson_signatures, signing
from publishing.checking.same_lessons import unsigned_same_as
from publishing.checking.signers import unlock
from publishing.errors import SigningRefusedError
from publishing.release.loaded_cases import load_one_case
from publishing.release.named_lessons import refusals_for_same_as
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import refuse_withdrawn


@dataclass(frozen=True)
class SignedSameLessons:
    """What was signed: for each of the lessons, by number, what it is the same as; `warnings` are what somebody should know."""

    public_id: str
    lessons: tuple[tuple[int, tuple[str, ...]], ...]
    warnings: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """For a person to read."""
        for number, names in self.lessons:
            yield f"Signed: lesson {number} of {self.public_id} is the same as {', '.join(names) or 'no other'}."


def sign_same_as(
    reviews: Path,
    case: str,
    by: str,
    ask_passphrase: Callable[[], str] | None = None,
    out: Path | None = None,
) -> SignedSameLessons:
    """Sign what review.md says the lessons of a signed review are the same as, wherever that is not signed yet.

    `ask_passphrase` asks for the signer's passphrase, where the reviews folder lists its signers; `out` is where the site is.

    Raises:
        PublishingError: there is no such case, it cannot be read or may not be signed, or all of it is signed.
    """
    folder = case_folder(reviews, case)
    sealer = unlock(reviews, case, by, ask_passphrase)
    review = load_one_case(folder)
    refuse_withdrawn(reviews, case, review.public_id, out)
    text = signing.load_signed_text(folder, dt.date.max)
    if text is None:
        raise SigningRefusedError(case, ["nobody has signed the review itself: candour sign-off"])
    unsigned = unsigned_same_as(review, text)
    if not unsigned:
        raise SigningRefusedError(case, ["what its lessons are the same as is signed already"])
    if reasons := refusals_for_same_as(reviews, review, out):
        raise SigningRefusedError(case, reasons)
    warnings: list[str] = []
    try:
        for number in unsigned:
            warnings += lesson_signatures.sign_same_as(
                folder, review, number, by, dt.datetime.now(dt.UTC), sealer
            ).warnings
    finally:
        # of several, some may be signed when another is refused
        signing.remember_signatures(reviews, [case])
    names = {lesson.id: lesson.same_as for lesson in review.lessons}
    return SignedSameLessons(review.public_id, tuple((number, names[number]) for number in unsigned), tuple(warnings))
