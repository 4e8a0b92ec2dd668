"""The state of a case on a day: what the list says of it, and who and what it waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from publishing.workbench.case_summaries import CaseSummary
from publishing.workbench.presence import Opening

STATES = {
    "faulty": "To mend",
    "draft": "Draft",
    "to-check": "To check",
    "changed": "Changed since signed",
    "reassess": "To look at again",
    "reading": "Being read",
    "signed": "Signed",
    "embargoed": "To publish later",
    "published": "Published",
    "withdrawn": "Withdrawn",
}
"""Every state of a case, as people read it."""

_FINISHED = ("published", "withdrawn")

_UNTIMELY = ("reading", "withdrawn")
"""States in which a day that is past keeps nobody waiting."""


@dataclass(frozen=True)
class QueueEntry:
    """A case in the list. `why` says what keeps it from being published, if anything does; `deadline` is the day that it waits for.

    `people` are (name, what they did or do), whoever has it open first.
    """

    case: str
    state: str
    why: str = ""
    public_id: str | None = None
    signed_as: str | None = None
    deadline: dt.date | None = None
    people: tuple[tuple[str, str], ...] = ()
    openings: tuple[Opening, ...] = ()
    informed: dt.date | str | None = None
    publish_on: dt.date | None = None
    reassess_by: dt.date | None = None

    @property
    def title(self) -> str:
        """Its state in words."""
        return STATES[self.state]

    @property
    def urgency(self) -> tuple[int, dt.date, str]:
        """The usual order: what waits for someone first, the nearest day first; then what is being read, then what is done."""
        rank = 2 if self.state in _FINISHED else 1 if self.state == "reading" else 0
        return rank, self.deadline or dt.date.min, self.case

    def is_late(self, day: dt.date) -> bool:
        """Whether its day is past, and it still waits."""
        return self.deadline is not None and self.deadline < day and self.state not in _UNTIMELY


@dataclass(frozen=True)
class Outside:
    """What else decides a state than a case's own files: the day, the hashes of what is published, and what was withdrawn."""

    day: dt.date
    published: Mapping[str, str]
    withdrawn: Collection[str]


def entry_of(case: str, summary: CaseSummary, outside: Outside, openings: tuple[Opening, ...]) -> QueueEntry:
    """A case in the list on a day."""
    entry = QueueEntry(
        case=case,
        state=summary.state,
        why=summary.why,
        public_id=summary.public_id,
        signed_as=summary.signed_as,
        deadline=summary.publish_on,
        people=(*((opening.who, "has it open") for opening in openings), *summary.people),
        openings=openings,
        informed=summary.informed,
        publish_on=summary.publish_on,
        reassess_by=summary.reassess_by,
    )
    if summary.state == "withdrawn" or (summary.state != "faulty" and summary.public_id in outside.withdrawn):
        return replace(entry, state="withdrawn", why="", deadline=None)
    if summary.state == "signed":
        return _signed_entry(entry, summary, outside)
    if summary.state == "reassess":
        return replace(entry, deadline=summary.reassess_by or entry.deadline)
    return entry


def _signed_entry(entry: QueueEntry, summary: CaseSummary, outside: Outside) -> QueueEntry:
    """A case of which the very text is signed: to look at again, under embargo, published, or next to be."""
    again = summary.reassess_by
    if again and again <= outside.day and not (summary.signed_on and summary.signed_on >= again):
        why = "its day has come: read it again with what is known now, then sign, or move the day"
        return replace(entry, state="reassess", why=why, deadline=again)
    if summary.publish_on and summary.publish_on > outside.day:
        return replace(entry, state="embargoed")
    if outside.published.get(summary.public_id or "") == summary.signed_text:
        # what is done is due again on the day to look at it, if there is one to come
        return replace(entry, state="published", deadline=again if again and again > outside.day else None)
    why = next((why for day, why in summary.waits if outside.day < day), summary.left_out)
    return replace(entry, why=why or "the next build publishes it")
