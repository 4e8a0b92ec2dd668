"""What a date is resolved by: the dates told before it, and where in its text it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from redaction.dates.parsing import Point

Span = tuple[dt.date, dt.date]
"""From the anchor to the day by which what the text tells had happened."""


@dataclass(frozen=True)
class Context:
    """What a date is resolved by: the date before it, and the last that belongs to what the text tells (its story)."""

    base: Point | None
    story: Point | None
    span: Span | None
    week_known: bool = False
    """Whether the date just before says which week it is."""
    looks_back: bool = False
    """Whether this date lies before the one before it."""
    is_told: bool = False
    """Whether the text tells the date before; the anchor is not told."""
    goes_on: bool = True
    """Whether this date goes on from the one before it: in its passage, or as the next entry of a log."""
    anchor: dt.date | None = None
    headed: bool = False
    """Whether a heading gives the year."""
    behind_placed: bool = False
    """Whether the last date that the text tells, rather than glances at, is told with its month and year."""
    is_apart: bool = False
    """Whether this date is further from it than in its sentence or the next."""
    opens: bool = False
    """Whether this date is the first of a paragraph, an item of a list or a row."""

    @classmethod
    def at_anchor(cls, base: Point | None, anchor: dt.date | None, until: dt.date | None) -> Context:
        """The context of the first date of a text."""
        return cls(base, base, (anchor, until) if anchor and until else None, anchor=anchor)

    def after(self, last: Point, is_near: Callable[[Point], bool]) -> Context:
        """The context behind a date that ends with this point."""
        if last.precision in {"weekday", "week"} and last.weekday is not None:
            # placed by the date before it: nothing new
            return self
        context = replace(self, week_known=last.precision in {"day", "week"} and last.year is not None)
        if last.year is None or last.month is None or last.precision not in {"day", "week", "month"}:
            return context
        return replace(context, base=last, story=last if is_near(last) else self.story, is_told=True)

    def under_heading(self, year: int | None, month: int | None) -> Context:
        """The context of the first date under a heading, which may give its year."""
        if year is None:
            return replace(self, headed=False)
        under = Point(year, month)
        return replace(self, base=under, story=under, week_known=False, headed=True)

    def at_opening(self, is_near: Callable[[Point], bool]) -> Context:
        """The context of the first date of a paragraph, an item or a row: it goes on from what the text tells."""
        if self.base is None:
            return self
        return replace(self, base=self.base if is_near(self.base) else self.story, week_known=False)


def month_of(point: Point) -> int:
    """Months counted from year 0."""
    assert point.year is not None
    return 12 * point.year + (point.month or 1)


def months_of(span: Span) -> tuple[int, int]:
    """The months of a span's ends, counted from year 0."""
    return 12 * span[0].year + span[0].month, 12 * span[1].year + span[1].month
