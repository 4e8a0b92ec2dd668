"""Whether what a date without a year is taken to mean is safe to tell: what stands near it must say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from redaction.dates.context import Context, month_of, months_of
from redaction.dates.parsing import Point, When

Day = tuple[int | None, int | None, int | None]
"""Year, month and day; a month has no day."""

MOST_AHEAD_OF_MONTH = 2
"""Months ahead of a date of another passage within which a month without a year is taken to lie."""
FAR_BACK = 2
"""Months before the date told last from which on a month, and a day of another passage, is told by what its words say alone."""
MOST_BEFORE_ANCHOR = 2
"""Months before the anchor within which a year is taken from the dates around: of what is put further back a third and more were later."""


def is_vouched_for(when: When, meant: When, context: Context, before: Collection[Day]) -> bool:
    """Whether what a date is taken to mean is safe to tell; `before` are the days and months that were told before it.

    What would lie in another year than the date before and outside what the text tells needs a year or a heading: of others one in
    three is of neither. A feast, a season and what would lie long before the anchor need a year, a date right before, or a heading: of
    others one in three is of another year than the last date. A weekday needs the date that it goes on from in
    its sentence or the one before: further on one in fifteen goes on from another. Of a day or month that was told before nobody doubts
    which is meant.
    """
    if when.first.year or context.headed:
        return True
    is_far_from_its_week = when.first.precision == "weekday" and context.is_apart
    is_doubtful = is_far_from_its_week or _is_put_back(when.first, meant.first, context)
    if is_doubtful and day_of_point(meant.first) not in before:
        return False
    is_beside = context.behind_placed and not context.is_apart
    is_vague = when.first.rule is not None or when.first.precision == "season"
    is_likely = is_beside or not (is_vague or _is_long_before(meant.first, context.anchor))
    return is_likely and not _is_of_another_year(meant.first, context)


def _is_put_back(said: Point, meant: Point, context: Context) -> bool:
    """Whether a day or month would lie well before the date told last, and no "since" and no weekday says that it does.

    A text that turns back says so by a year; of what is only nearer behind the last date than ahead of it one in ten is ahead.
    """
    base = context.base
    if base is None or not is_placed(base) or not is_placed(meant) or said.month is None or said.weekday is not None:
        return False
    back = 0 if context.looks_back else month_of(base) - month_of(meant)
    if said.precision == "month":
        return back >= FAR_BACK
    # the entries of a log go on from one another, and the first of them from nothing
    is_entry = context.opens and context.goes_on
    is_before_anchor = context.anchor is not None and meant.date is not None and meant.date < context.anchor
    return context.is_apart and not is_entry and back >= (1 if is_before_anchor else FAR_BACK)


def _is_of_another_year(point: Point, context: Context) -> bool:
    """Whether a date would lie in another year than the date before and outside what the text tells, and not right beside a day."""
    base = context.base
    if base is None or base.year in (None, point.year) or not is_placed(point) or point.weekday is not None:
        return False
    first, last = months_of(context.span) if context.span else (1, 0)
    is_beside = context.goes_on and base.day and -1 <= month_of(point) - month_of(base) <= MOST_AHEAD_OF_MONTH
    return not (is_beside or first - MOST_BEFORE_ANCHOR <= month_of(point) <= last)


def days_told(when: When) -> Iterator[Day]:
    """The days and months that a date tells: both ends, and the month of each day."""
    for point in (when.first, when.last):
        if is_placed(point):
            yield day_of_point(point)
            yield (point.year, point.month, None)


def day_of_point(point: Point) -> Day:
    """A point as a day or a month."""
    return (point.year, point.month, point.day)


def is_placed(point: Point) -> bool:
    """Whether its year and month are known."""
    return point.year is not None and point.month is not None


def _is_long_before(point: Point, anchor: dt.date | None) -> bool:
    return bool(anchor and is_placed(point) and month_of(point) < 12 * anchor.year + anchor.month - MOST_BEFORE_ANCHOR)
