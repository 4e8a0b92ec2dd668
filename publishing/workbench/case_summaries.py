"""What the list of cases tells of one case, worked out from its files: never a word of its review.

`kept_summaries` keeps it; what a day makes of it is told by `case_states`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from publishing import intake
from publishing.checking import (
    decisions,
    embargo_day,
    explain_unpublishable,
    intruder,
    load_signatures,
    load_signed_text,
    signature_files,
    signed_text,
    text_sha256,
    vouching,
)
from publishing.checking.undecided import describe_undecided, find_undecided
from publishing.errors import CaseError, PublishingError, TamperedSignatureError, UnfilledCaseError
from publishing.redacting.jobs import RedactionJob, assemble, job_for
from publishing.release.comparison import is_changed, review_as_signed
from publishing.release.withdrawal import public_id_of
from publishing.reviews import RedactedReview, Review
from publishing.settings import day_of
from publishing.vocabulary import counted
from redaction import Redaction, RegisterError

NOT_APPLICABLE = "not-applicable"
"""In place of the day on which families were told: nobody had to be; why is not kept."""

FindRedaction = Callable[[RedactionJob], Redaction | None]


class CaseSummary(BaseModel):
    """A case whatever the day is. `state` is "signed" where its very text is, and a day decides what becomes of it.

    `people` are (name, what they did), the newest first. `waits` are (day, why it is not published before that day), in order, and
    `left_out` is why it is not published after the last. `signed_text` is the hash of what is signed, and `signed_on` the day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: Literal["faulty", "draft", "to-check", "changed", "reassess", "signed", "withdrawn"]
    why: str = ""
    public_id: str | None = None
    signed_as: str | None = None
    people: tuple[tuple[str, str], ...] = ()
    informed: dt.date | Literal["not-applicable"] | None = None
    publish_on: dt.date | None = None
    reassess_by: dt.date | None = None
    signed_on: dt.date | None = None
    signed_text: str = ""
    waits: tuple[tuple[dt.date, str], ...] = ()
    left_out: str = ""


def summarise(folder: Path, find: FindRedaction) -> CaseSummary | None:
    """Work out what the list tells of a case; None where a redaction that its pages need is not there yet."""
    try:
        review, made = intake.load_case(folder), decisions.load(folder)
    except UnfilledCaseError as error:
        return _summary_with_faults(folder, "draft", f"{_things(error)} to fill in")
    except CaseError as error:
        return _summary_with_faults(folder, "faulty", f"{_things(error)} to mend")
    except RegisterError:
        return _summary_with_faults(folder, "faulty", "its register cannot be read: nothing can be built")
    job = job_for(review, made)
    redaction = find(job)
    if redaction is None:
        return None
    try:
        before = load_signed_text(folder, dt.date.max)
        tampered = ""
    except TamperedSignatureError as error:
        before, tampered = None, error.reason
    if review.status == "withdrawn":
        return _summary(folder, review, before, "withdrawn")
    if review.status == "draft":
        return _summary(folder, review, before, "draft", "nobody has approved it")
    if tampered:
        return _summary(folder, review, None, "changed", f"{tampered}: sign it again")
    to_decide = tuple(_describe_undecided(job, redaction))
    if before is None:
        why = (explain_unpublishable(review, None, review.publish_on) or "").partition(": candour ")[0]
        return _summary(folder, review, None, "to-check", "; ".join((why, *to_decide)))
    as_signed = review_as_signed(folder, review)
    comparable = redaction if as_signed is review else find(job_for(as_signed, made))
    if comparable is None:
        return None
    text = assemble(as_signed, comparable)
    if is_changed(text, before):
        why = "what is signed stays published until it is signed again"
        return _summary(folder, review, before, "changed", "; ".join((why, *to_decide)))
    if why := _reason_to_reassess(folder, (text, assemble(review, redaction))):
        return _summary(folder, review, before, "reassess", why)
    if second := vouching.refusal_for_missing_second(folder):
        return _summary(folder, review, before, "to-check", second.partition(" (candour ")[0])
    return _summary(folder, review, before, "signed")


def _things(error: CaseError) -> str:
    return counted(len(error.faults), "thing")


def _summary_with_faults(folder: Path, state: Literal["draft", "faulty"], why: str) -> CaseSummary:
    return CaseSummary(state=state, why=why, public_id=public_id_of(folder), signed_as=_signed_reference(folder))


def _signed_reference(folder: Path) -> str | None:
    """The reference that a case was signed under, however broken it is now."""
    text = signature_files.load_unverified_text(folder)
    return text.public_id if text else None


def _summary(
    folder: Path,
    review: Review,
    before: RedactedReview | None,
    state: Literal["draft", "to-check", "changed", "reassess", "signed", "withdrawn"],
    why: str = "",
) -> CaseSummary:
    informed = review.disclosure.victims_informed
    waits, left_out = _waits(review, before)
    return CaseSummary(
        state=state,
        why=why,
        public_id=review.public_id,
        signed_as=_signed_reference(folder),
        people=tuple(_people(folder, review)),
        informed=NOT_APPLICABLE if isinstance(informed, str) else informed,
        publish_on=embargo_day(review, before),
        reassess_by=review.reassess_by,
        signed_on=_signed_on(folder),
        signed_text=signed_text.hash_without_changes(before) if before else "",
        waits=waits,
        left_out=left_out,
    )


def _people(folder: Path, review: Review) -> Iterator[tuple[str, str]]:
    """Who did what to a case, and is asked about it: the newest first."""
    try:
        signer = next((s.by for s in reversed(load_signatures(folder)) if s.covers == "text"), None)
    except PublishingError:
        signer = None
    decider = next((entry.by for entry in reversed(intake.load_decisions(folder).decisions) if entry.by), None)
    for name, did in ((signer, "signed it"), (decider, "decided in it"), (review.approved_by, "approved it")):
        if name:
            yield name, did


def _signed_on(folder: Path) -> dt.date | None:
    try:
        return max((day_of(s.at) for s in load_signatures(folder) if s.covers == "text"), default=None)
    except PublishingError:
        return None


def _waits(review: Review, before: RedactedReview | None) -> tuple[tuple[tuple[dt.date, str], ...], str]:
    """Why a case is not published, day by day: it can change only on the days that its files name."""
    told = (review.disclosure.victims_informed, review.disclosure.considered_on, embargo_day(review, before))
    days: Sequence[dt.date] = sorted({day for day in told if isinstance(day, dt.date)})
    waits = ((day, explain_unpublishable(review, before, day - dt.timedelta(days=1))) for day in days)
    return tuple((day, why) for day, why in waits if why), explain_unpublishable(review, before, dt.date.max) or ""


def _describe_undecided(job: RedactionJob, redaction: Redaction) -> Iterator[str]:
    """How many details of a case that is to be signed are still to be decided."""
    if left := find_undecided(job.texts, redaction, job.decisions):
        yield f"to decide: {describe_undecided(left)}"


def _reason_to_reassess(folder: Path, texts: Sequence[RedactedReview]) -> str:
    """Why a signed case comes back whatever the day; empty where nothing brings it."""
    try:
        if any(any(intruder.refusals_for_right_guess(folder, text_sha256(text))) for text in texts):
            return "a second person guessed right from its text"
        load_signatures(folder)
    except PublishingError:
        return f"{intruder.GUESSES} or its signatures cannot be read"
    return ""
