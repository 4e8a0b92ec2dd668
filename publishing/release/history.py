"""What happened to a case, in order of time. PRIVATE: it names signers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import checklist, signing
from publishing.checking.records import Signature, readable
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import gather, public_id_of
from publishing.settings import day_of
from publishing.site import records
from publishing.vocabulary import title


@dataclass(frozen=True)
class Event:
    """Something that happened to a case."""

    on: dt.date
    words: str

    def __str__(self) -> str:
        """A line of the history."""
        return f"{self.on.isoformat()}  {self.words}"


def history(reviews: Path, case: str, out: Path) -> tuple[Event, ...]:
    """Every signature, correction, the publication and the withdrawal of a case, oldest first.

    Raises:
        PublishingError: there is no such case, or its signatures or the published records cannot be read.
    """
    folder = case_folder(reviews, case)
    return tuple(sorted(_events(reviews, folder, out), key=lambda event: event.on))


def _events(reviews: Path, folder: Path, out: Path) -> Iterator[Event]:
    signatures = signing.history(folder)
    for signature in signatures:
        yield Event(day_of(signature.at), _signed(signature))
    public_id = public_id_of(folder)
    text = readable(folder)
    for change in text.changes if text else ():
        yield Event(change.date, f"a correction was signed: {change.note}")
    first = next((day_of(signature.at) for signature in signatures if signature.complete), None)
    if text and first:
        yield Event(max(text.publish_on, first), f"{text.public_id} could be published from this day")
    _, gone = records.load(out / "markdown")
    for withdrawal in gather(reviews, gone, (), dt.date.max):
        if withdrawal.public_id == public_id:
            reason = title("withdrawal_reasons", withdrawal.reason).lower()
            yield Event(withdrawal.on, f"{public_id} was withdrawn: {reason}")


def _signed(signature: Signature) -> str:
    state = "" if signature.complete else "; it was not written to the end"
    if signature.covers == "update":
        return f"an update of a lesson was signed by {signature.by}; the text stayed as it was signed{state}"
    confirmed = f"{len(signature.checklist)} of {len(checklist.questions())} questions confirmed by signing"
    return f"signed by {signature.by}, {confirmed}, text {signature.sha256[:12]}{state}"
