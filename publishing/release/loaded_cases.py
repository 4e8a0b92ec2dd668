"""The reviews folder as the next build reads it: every case, its signed text, and everything that stops a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing import intake
from publishing.checking import load_signed_text
from publishing.checking.signers import load_signers
from publishing.checking.vouching import refusal_for_missing_second
from publishing.errors import TamperedSignatureError, UnreadableRegisterError
from publishing.files.reuse import Reuse
from publishing.intake import Intake
from publishing.intake.kept_cases import KeptCases
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.reviews import RedactedReview, Review
from redaction import RegisterError


@dataclass(frozen=True)
class LoadedCases:
    """Every case; `signed` texts and `tampered` signatures, in words, are those of cases without a fault.

    Where the reviews folder lists its signers, signatures that nobody could make anew (of drafts, and of what is withdrawn) are
    not asked for: `tampered` is then without them.
    `unseconded` says of signed texts that wait for the signature of a second person what is to be done.
    `reuse` says which cases were read anew, of those that can be kept.
    """

    cases: Intake
    signed: Mapping[str, RedactedReview]
    tampered: Mapping[str, str]
    unseconded: Mapping[str, str]
    reuse: Reuse


def load_one_case(folder: Path) -> Review:
    """One case alone; raises PublishingError where it has faults or its register cannot be read."""
    try:
        return intake.load_case(folder)
    except RegisterError as error:
        raise UnreadableRegisterError({folder.name: str(error)}) from None


def load_cases(reviews: Path, as_of: dt.date, tell: Callable[[str], None] = lambda line: None) -> LoadedCases:
    """Read everything; `as_of` is the day up to which updates of lessons count, `tell` is told of cases that are slow.

    Raises:
        PublishingError: there is no such folder.
        UnreadableRegisterError: a register cannot be read; every other fault is reported with it.
        SignersError: the list of signers does not hold.
    """
    texts: dict[str, RedactedReview] = {}
    tampered: dict[str, str] = {}
    for folder in intake.case_folders(reviews):
        try:
            text = load_signed_text(folder, as_of)
        except TamperedSignatureError as error:
            tampered[folder.name] = str(error)
            continue
        if text is not None:
            texts[folder.name] = text
    kept = KeptCases(reviews)
    try:
        cases = intake.load_every_case(reviews, tell, kept)
    except UnreadableRegisterError as error:
        raise UnreadableRegisterError(error.problems, (*error.others, *tampered.values())) from None
    sound = {review.case for review in cases.reviews}
    needed = sound
    if load_signers(reviews) is not None:
        gone = {withdrawal.public_id for withdrawal in gather_withdrawals(reviews, (), (), as_of)}
        needed = {r.case for r in cases.reviews if r.status == "approved" and r.public_id not in gone}
    signed = {case: text for case, text in texts.items() if case in sound}
    seconds = ((case, refusal_for_missing_second(reviews / case)) for case in signed)
    return LoadedCases(
        cases,
        signed,
        {case: words for case, words in tampered.items() if case in needed},
        {case: words for case, words in seconds if words},
        kept.reuse(),
    )
