"""What dates mean in the order in which a text gives them: a missing year or month comes from the dates around it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from redaction.dates.holidays import Rule, day_of
from redaction.dates.parsing import Point, When, parse_date

_Span = tuple[dt.date, dt.date]
"""From the anchor to the day by which what the text tells had happened."""


@dataclass(frozen=True)
class _Context:
    """What a date is resolved by: the date before it, and the last that belongs to what the text tells (its story)."""

    base: Point | None
    story: Point | None
    span: _Span | None
    week_known: bool = False
    """Whether the date just before says which week it is."""

    def after(self, last: Point, is_near: Callable[[Point], bool]) -> _Context:
        """The context behind a date that ends with this point."""
        context = replace(self, week_known=last.precision in {"day", "week"} and last.year is not None)
        if last.year is None or last.month is None or last.precision not in {"day", "week", "month"}:
            return context
        return replace(context, base=last, story=last if is_near(last) else self.story)


def resolve_dates(
    spans: Sequence[str],
    *,
    anchor: dt.date | None = None,
    until: dt.date | None = None,
    year: int | None = None,
    aside: Collection[int] = (),
    glances: Collection[int] = (),
    begins: Collection[int] = (),
    is_near: Callable[[Point], bool] = lambda point: True,
) -> tuple[When, ...]:
    """What dates mean, given as they follow each other in one text.

    A missing year or month comes from the nearest complete date before; failing that from the anchor, the nearest
    complete date behind, or `year` (the offence's).

    Args:
        spans: the words of each date.
        anchor: the day that they are shown relative to.
        until: a date without a year lies before it, unless the date before lies behind it already.
        year: the offence's.
        aside: positions (dates of birth) that tell nothing about the others.
        glances: positions of dates that the text only looks back or ahead to ("since May"): the next goes on from the one before.
        begins: positions of the first date of a paragraph.
        is_near: whether a date belongs to what the text tells, rather than to what was long before; a new paragraph goes on from
            the last that does.
    """
    parsed = [parse_date(span) for span in spans]
    base = _first_base(parsed, anchor, year, aside)
    context = _Context(base, base, (anchor, until) if anchor and until else None)
    resolved = []
    for n, when in enumerate(parsed):
        if n in begins and context.base is not None and not is_near(context.base):
            context = replace(context, base=context.story, week_known=False)
        if n in aside:
            resolved.append(When(_settle(when.first), _settle(when.last), when.joiner, when.adverbial))
            continue
        resolved.append(_complete_range(when, context))
        if n not in glances:
            context = context.after(resolved[-1].last, is_near)
    return tuple(resolved)


def _first_base(
    parsed: Sequence[When], anchor: dt.date | None, year: int | None, aside: Collection[int]
) -> Point | None:
    """The date from which the first of a text is resolved: the anchor, the first complete date, or the offence's year."""
    if anchor:
        return Point(anchor.year, anchor.month)
    complete = (when.first for n, when in enumerate(parsed) if n not in aside and when.first.year and when.first.month)
    return next(complete, Point(year, 1) if year else None)


def _complete_range(when: When, context: _Context) -> When:
    """Both ends with year and month filled in; the last goes on from the first."""
    first = _complete(when.first, context.base, context.week_known, context.span)
    if when.last is when.first:
        return When(first, first, when.joiner, when.adverbial)
    base = first if first.year else context.base
    return When(first, _complete(when.last, base, context.week_known, context.span), when.joiner, when.adverbial)


def _complete(point: Point, base: Point | None, week_known: bool, span: _Span | None) -> Point:
    """The point with year and month filled in from the date before it, as far as they can be."""
    if base is None or point.precision == "unknown" or base.year is None:
        return _settle(point)
    if point.precision == "weekday":
        return _next_weekday(point, base) if week_known else point
    if point.rule is not None:
        return _settle(point if point.year else replace(point, year=_holiday_year(point.rule, base, span)))
    if point.month is None and point.day is not None:
        point = _next_day(point, base)
    if point.year is None and point.month is not None:
        point = replace(point, year=_nearest_year(point, base, span))
    return _settle(point)


def _next_weekday(point: Point, base: Point) -> Point:
    """A weekday by itself falls in the days that follow the date before it."""
    day = base.date
    if day is None or point.weekday is None:
        return point
    # a year in the range of dates that Python can tell
    if not dt.MINYEAR < day.year < dt.MAXYEAR:
        return point
    ahead = day + dt.timedelta(days=(point.weekday - day.weekday()) % 7)
    return Point(ahead.year, ahead.month, ahead.day, point.weekday, precision="week")


def _next_day(point: Point, base: Point) -> Point:
    """Read "the 9th" as the next ninth from the date before it on."""
    assert base.year is not None
    if base.month is None:
        return point
    year, month = base.year, base.month
    if base.day is not None and point.day is not None and point.day < base.day:
        year, month = year + month // 12, month % 12 + 1
    return replace(point, year=point.year or year, month=month)


def _nearest_year(point: Point, base: Point, span: _Span | None) -> int:
    """The year in which a day or month falls: the one nearest to the date before it, rather ahead than back.

    Rather one within the span of what the text tells, and none behind it, unless the date before lies there already.
    """
    assert base.year is not None
    assert point.month is not None
    here = 12 * base.year + (base.month or 1)
    years = range(base.year - 1, base.year + 2)
    if point.weekday is not None and point.day is not None:
        fitting = [
            y for y in range(base.year - 3, base.year + 4) if _weekday_of(y, point.month, point.day) == point.weekday
        ]
        years = fitting or years  # type: ignore[assignment]
    first, last = (12 * day.year + day.month for day in span) if span else (0, 0)
    if here <= last:
        years = [y for y in years if 12 * y + point.month <= last] or years  # type: ignore[assignment]

    def cost(year: int) -> tuple[float, int]:
        month = 12 * year + (point.month or 1)
        ahead = month - here
        outside = here <= last and not first <= month
        return (ahead if ahead >= 0 else -2 * ahead) + 3 * (year != base.year) + 12 * outside, -year

    return min(years, key=cost)


def _weekday_of(year: int, month: int, day: int) -> int | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, day).weekday() if day <= calendar.monthrange(year, month)[1] else None


def _holiday_year(rule: Rule, base: Point, span: _Span | None) -> int:
    """The year in which a holiday falls that the text names without one."""
    assert base.year is not None
    day = day_of(rule, base.year)
    return base.year if day is None else _nearest_year(Point(month=day.month, day=day.day), base, span)


def _settle(point: Point) -> Point:
    """A holiday becomes its day; a day that its month does not have becomes the month."""
    if point.year is None:
        return point
    if not dt.MINYEAR < point.year < dt.MAXYEAR:
        return Point()
    if point.rule is not None:
        day = day_of(point.rule, point.year)
        if day is None:
            return Point(year=point.year, precision="year")
        return Point(day.year, day.month, day.day, precision="day")
    if point.month and point.day and point.day > calendar.monthrange(point.year, point.month)[1]:
        return replace(point, day=None, precision="month")
    return point
