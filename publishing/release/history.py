"""What happened to a case, in order of time. PRIVATE: it names signers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import checklist, signing
from publishing.checking.signature_files import Signature, load_unverified_text
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import public_id_of
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.settings import day_of
from publishing.site import public_record
from publishing.vocabulary import title


@dataclass(frozen=True)
class CaseEvent:
    """Something that happened to a case."""

    on: dt.date
    words: str

    def __str__(self) -> str:
        """A line of the history."""
        return f"{self.on.isoformat()}  {self.words}"


def case_history(reviews: Path, case: str, out: Path) -> tuple[CaseEvent, ...]:
    """Every signature, correction, the publication and the withdrawal of a case, oldest first.

    Raises:
        PublishingError: there is no such case, or its signatures or the published records cannot be read.
    """
    folder = case_folder(reviews, case)
    return tuple(sorted(_case_events(reviews, folder, out), key=lambda event: event.on))


def _case_events(reviews: Path, folder: Path, out: Path) -> Iterator[CaseEvent]:
    signatures = signing.load_signatures(folder)
    for signature in signatures:
        yield CaseEvent(day_of(signature.at), _signature_event(signature))
    public_id = public_id_of(folder)
    text = load_unverified_text(folder)
    for change in text.changes if text else ():
        yield CaseEvent(change.date, f"a correction was signed: {change.note}")
    first = next((day_of(signature.at) for signature in signatures if signature.complete), None)
    if text and first:
        yield CaseEvent(max(text.publish_on, first), f"{text.public_id} could be published from this day")
    _, gone = public_record.load_public_record(out / "markdown")
    for withdrawal in gather_withdrawals(reviews, gone, (), dt.date.max):
        if withdrawal.public_id == public_id:
            reason = title("withdrawal_reasons", withdrawal.reason).lower()
            yield CaseEvent(withdrawal.on, f"{public_id} was withdrawn: {reason}")


def _signature_event(signature: Signature) -> str:
    state = f", key {signature.key}" if signature.key else ""
    state += "" if signature.complete else "; it was not written to the end"
    if signature.covers == "update":
        return f"an update of a lesson was signed by {signature.by}; the text stayed as it was signed{state}"
    confirmed = f"{len(signature.checklist)} of {len(checklist.checklist_questions())} questions confirmed by signing"
    return f"signed by {signature.by}, {confirmed}, text {signature.sha256[:12]}{state}"
