"""The list of cases as somebody asked for it: searched, filtered, sorted, and a page of it; the address says all of that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from publishing.workbench.case_states import STATES, QueueEntry

PAGE_SIZE = 50

_LAST = dt.date.max

COLUMNS: dict[str, tuple[str, Callable[[QueueEntry], Any]]] = {
    "case": ("Case", lambda entry: entry.case.casefold()),
    "reference": ("Reference", lambda entry: (entry.public_id is None, entry.public_id or "")),
    "state": ("State", lambda entry: list(STATES).index(entry.state)),
    "due": ("Due", lambda entry: entry.deadline or _LAST),
    "owner": ("With", lambda entry: _owner_order(entry)),
}
"""What a list can be sorted by: the heading of its column, and what is compared."""


def _owner_order(entry: QueueEntry) -> tuple[bool, str]:
    name = entry.people[0][0] if entry.people else ""
    return not name, name.casefold()


@dataclass(frozen=True)
class Wish:
    """What somebody asked for, as the address has it. `sort` is a column, "-" before it for the last first; "" is the usual order."""

    find: str = ""
    state: str = ""
    owner: str = ""
    due: str = ""
    sort: str = ""
    page: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wish:
        """The wish in an address; what is none of its fields is passed over."""
        return cls(**{name: " ".join(query[name].split())[:200] for name in cls.__dataclass_fields__ if name in query})

    @property
    def narrows(self) -> bool:
        """Whether it leaves cases out."""
        return bool(self.find or self.state or self.owner or self.due)

    @property
    def by(self) -> dt.date | None:
        """The day by which what is shown is due; None where none is given, or what is given is no day."""
        try:
            return dt.date.fromisoformat(self.due)
        except ValueError:
            return None

    def address(self, **other: str) -> str:
        """The query of the same wish, but for some fields."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "page"} | other
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class CaseList:
    """The cases that fit a wish. `every` are all there are, in the usual order."""

    every: Sequence[QueueEntry]
    wish: Wish

    @cached_property
    def fitting(self) -> tuple[QueueEntry, ...]:
        """Every case that fits, sorted."""
        found = [entry for entry in self.every if self._fits(entry)]
        column = self.wish.sort.removeprefix("-")
        if column in COLUMNS:
            found.sort(key=COLUMNS[column][1], reverse=self.wish.sort.startswith("-"))
        return tuple(found)

    def _fits(self, entry: QueueEntry) -> bool:
        wish = self.wish
        words = f"{entry.case} {entry.public_id or ''}".casefold()
        names = {name.casefold() for name, _ in entry.people}
        return (
            all(word in words for word in wish.find.casefold().split())
            and wish.state in ("", entry.state)
            and (not wish.owner or wish.owner.casefold() in names)
            and (not wish.by or (entry.deadline is not None and entry.deadline <= wish.by))
        )

    @property
    def is_day_wrong(self) -> bool:
        """Whether the day that was asked for is none."""
        return bool(self.wish.due) and self.wish.by is None

    # --- pages

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.fitting) // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown, from 1; the nearest that there is."""
        asked = int(self.wish.page) if self.wish.page.isascii() and self.wish.page.isdecimal() else 1
        return min(max(1, asked), self.pages)

    @property
    def shown(self) -> tuple[QueueEntry, ...]:
        """The cases of the page."""
        return self.fitting[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    @property
    def range(self) -> str:
        """Which of the fitting cases are shown: "51 to 100 of 200"."""
        start = (self.page - 1) * PAGE_SIZE
        return f"{start + 1} to {start + len(self.shown)} of {len(self.fitting)}"

    # --- what there is to choose

    @property
    def states(self) -> Iterator[tuple[str, str, int]]:
        """Every state that a case has: (state, its words, how many), of all cases."""
        counts = Counter(entry.state for entry in self.every)
        return ((state, words, counts[state]) for state, words in STATES.items() if counts[state])

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who has a case open, or decided in, signed or approved one; the name that was asked for is among them."""
        names = {name.casefold(): name for entry in self.every for name, _ in entry.people}
        if self.wish.owner:
            names.setdefault(self.wish.owner.casefold(), self.wish.owner)
        return tuple(names[key] for key in sorted(names))

    @property
    def headings(self) -> Iterator[tuple[str, str, str]]:
        """Each column: (its words, how it is sorted as ARIA says, the query that sorts by it or the other way round)."""
        for column, (words, _) in COLUMNS.items():
            order = {column: "ascending", f"-{column}": "descending"}.get(self.wish.sort, "")
            yield words, order, self.wish.address(sort=f"-{column}" if order == "ascending" else column)


def deadlines(entries: Sequence[QueueEntry], day: dt.date) -> tuple[QueueEntry, ...]:
    """Every case with a day ahead or missed, the next one first; what is withdrawn has none."""

    def next_day(entry: QueueEntry) -> tuple[dt.date, str]:
        days = [d for d in (entry.deadline, entry.reassess_by, entry.informed) if isinstance(d, dt.date) and d >= day]
        return (entry.deadline if entry.is_late(day) and entry.deadline else min(days, default=_LAST)), entry.case

    return tuple(sorted((e for e in entries if e.state != "withdrawn"), key=next_day))
