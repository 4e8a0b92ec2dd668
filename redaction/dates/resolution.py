"""What dates mean in the order in which a text gives them: a missing year or month comes from the dates around it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from redaction.dates.context import Context, month_of, months_of
from redaction.dates.holidays import Rule, day_of
from redaction.dates.parsing import Point, When, parse_date
from redaction.dates.vouching import MOST_AHEAD_OF_MONTH, Day, days_told, is_placed, is_vouched_for

MOST_BACK, MOST_AHEAD = 3, 8
"""Months from the date before within which a date without a year is taken to lie; of others nobody can tell the year."""
MOST_AHEAD_ELSEWHERE = 5
"""The same ahead of a date of another passage; of a month alone `MOST_AHEAD_OF_MONTH`."""
_CLEARLY = 4
"""How much nearer a year must be than the next best to be the one that is meant."""


def resolve_dates(
    spans: Sequence[str],
    *,
    anchor: dt.date | None = None,
    until: dt.date | None = None,
    year: int | None = None,
    aside: Collection[int] = (),
    glances: Collection[int] = (),
    looking_back: Collection[int] = (),
    begins: Collection[int] = (),
    elsewhere: Collection[int] = (),
    apart: Collection[int] = (),
    headings: Mapping[int, int | None] = MappingProxyType({}),
    is_near: Callable[[Point], bool] = lambda point: True,
) -> tuple[When, ...]:
    """What dates mean, given as they follow each other in one text.

    What is missing comes from the nearest complete date before, else from the anchor, the nearest behind, or `year`, or stays unknown.

    Args:
        spans: the words of each date.
        anchor: the day that they are shown relative to.
        until: a date without a year lies before it, unless the date before lies behind it already.
        year: the offence's.
        aside: positions (dates of birth) that tell nothing about the others.
        glances: positions of dates that the text only looks back or ahead to ("since May"): the next goes on from the one before.
        looking_back: those of them that lie before the date before ("since May").
        begins: positions of the first date of a paragraph, an item of a list or a row.
        elsewhere: positions of dates that do not go on from the one before them: of "the 9th" among these nobody knows the month.
        apart: positions of dates further from the one before them than in its sentence or the next.
        headings: position of the first date under a heading → the year that it gives, if it does.
        is_near: whether a date belongs to what the text tells, not to long before; a new paragraph goes on from the last that does.
    """
    parsed = [parse_date(span) for span in spans]
    context = Context.at_anchor(_first_base(parsed, anchor, year, aside), anchor, until)
    resolved, before = list[When](), set[Day]()
    for n, when in enumerate(parsed):
        context = replace(context, is_apart=context.is_apart or n in apart)
        if n in headings:
            context = context.under_heading(headings[n], when.first.month)
        if n in begins and headings.get(n) is None:
            context = context.at_opening(is_near)
        here = replace(context, looks_back=n in looking_back, goes_on=n not in elsewhere, opens=n in begins)
        meant = _complete_range(when, here)
        told = meant if n not in aside and is_vouched_for(when, meant, here, before) else _as_written(when)
        resolved.append(told)
        before.update(days_told(told) if n not in aside else ())
        if n not in aside and n not in glances:
            context = replace(context.after(meant.last, is_near), behind_placed=is_placed(told.last), is_apart=False)
    return tuple(resolved)


def _first_base(
    parsed: Sequence[When], anchor: dt.date | None, year: int | None, aside: Collection[int]
) -> Point | None:
    """The date from which the first of a text is resolved: the anchor, the first complete date, or the offence's year."""
    if anchor:
        return Point(anchor.year, anchor.month)
    complete = (when.first for n, when in enumerate(parsed) if n not in aside and when.first.year and when.first.month)
    return next(complete, Point(year, 1) if year else None)


def _complete_range(when: When, context: Context) -> When:
    """Both ends with year and month filled in; the last goes on from the first."""
    first = _complete(when.first, context.base, context)
    if when.last is when.first:
        return When(first, first, when.joiner, when.adverbial)
    base = first if first.year else context.base
    return When(first, _complete(when.last, base, context), when.joiner, when.adverbial)


def _complete(point: Point, base: Point | None, context: Context) -> Point:
    """The point with year and month filled in from the date before it, as far as they can be."""
    if base is None or point.precision == "unknown" or base.year is None:
        return _settle(point)
    if point.precision == "weekday":
        return _next_weekday(point, base) if context.week_known else point
    if point.rule is not None:
        return _settle(point if point.year else replace(point, year=_holiday_year(point.rule, base, context)))
    if point.month is None and point.day is not None:
        point = _next_day(point, base, context)
    if point.year is None and point.month is not None:
        point = replace(point, year=_year_of(point, base, context))
    return _settle(point)


def _as_written(when: When) -> When:
    """Both ends with what the words themselves say."""
    return When(_settle(when.first), _settle(when.last), when.joiner, when.adverbial)


def _year_of(point: Point, base: Point, context: Context) -> int | None:
    """The year that the date before tells; behind one from long before the story, only where the story tells the same."""
    find = _year_before if context.looks_back else _nearest_year
    year, story = find(point, base, context), context.story
    if story is None or story.year is None or month_of(base) >= month_of(story):
        return year
    return year if find(point, story, context) == year else None


def _next_weekday(point: Point, base: Point) -> Point:
    """A weekday by itself falls in the days that follow the date before it."""
    day = base.date
    if day is None or point.weekday is None or not dt.MINYEAR < day.year < dt.MAXYEAR:
        return point
    ahead = day + dt.timedelta(days=(point.weekday - day.weekday()) % 7)
    return Point(ahead.year, ahead.month, ahead.day, point.weekday, precision="week")


def _next_day(point: Point, base: Point, context: Context) -> Point:
    """Read "the 9th" behind "the 2nd of May" as of May, and "Tuesday 9th" as the one of the months around that is a Tuesday.

    Anything else stays without a month: "the 2nd" behind the ninth is as often of the same month as of the next, and what the text
    looks back to ("my letter of the 9th") of an earlier one.
    """
    assert base.year is not None
    if base.month is None or point.day is None or not context.is_told or not (context.goes_on or base.day):
        return point
    if point.weekday is not None:
        around = (divmod(12 * base.year + base.month - 1 + step, 12) for step in (0, 1, -1))
        fitting = (
            (year, month + 1) for year, month in around if _weekday_of(year, month + 1, point.day) == point.weekday
        )
        return next((replace(point, year=year, month=month) for year, month in fitting), point)
    if (
        not (context.goes_on and (context.behind_placed or context.opens))
        or context.looks_back
        or point.day < (base.day or 1)
    ):
        return point
    return replace(point, year=point.year or base.year, month=base.month)


def _nearest_year(point: Point, base: Point, context: Context) -> int | None:
    """The year in which a day or month falls: the one nearest to the date before it, rather ahead than back.

    Rather one within the span of what the text tells, unless the date before is outside it. None where no year is clearly nearer
    than the others, or the nearest is a long way off: a trial after all the rest, or something long before.
    """
    assert base.year is not None
    assert point.month is not None
    here = month_of(base)
    first, last = months_of(context.span) if context.span else (0, 0)
    point_month = point.month

    def cost(year: int) -> int:
        month = 12 * year + point_month
        ahead = month - here
        outside = here <= last and not first <= month <= last
        return (ahead if ahead >= 0 else -2 * ahead) + 3 * (year != base.year) + 12 * outside

    if point.weekday is not None and point.day is not None:
        fitting = [
            y for y in range(base.year - 3, base.year + 4) if _weekday_of(y, point.month, point.day) == point.weekday
        ]
        if fitting:
            return min(fitting, key=lambda year: (cost(year), -year))
    nearest, next_best = sorted(range(base.year - 1, base.year + 2), key=lambda year: (cost(year), -year))[:2]
    ahead = 12 * nearest + point_month - here
    is_clear = cost(next_best) - cost(nearest) >= _CLEARLY
    return (
        nearest
        if is_clear and -MOST_BACK <= ahead <= _most_ahead(point, context, first <= here + ahead <= last)
        else None
    )


def _most_ahead(point: Point, context: Context, within: bool) -> int:
    """Months; `within` the span of what the text tells."""
    if within:
        return 12
    if context.goes_on:
        return MOST_AHEAD
    return MOST_AHEAD_OF_MONTH if point.day is None else MOST_AHEAD_ELSEWHERE


def _year_before(point: Point, base: Point, context: Context) -> int | None:
    """The year of the last such day or month that is not behind the date before: what "since" looks back to.

    None where that lies before the anchor and the next such month within what the text tells: either may be meant.
    """
    assert base.year is not None
    assert point.month is not None
    year = base.year - (point.month > (base.month or 12))
    if context.span:
        first, last = months_of(context.span)
        month = 12 * year + point.month
        if month < first <= month + 12 <= last:
            return None
    return year


def _weekday_of(year: int, month: int, day: int) -> int | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, day).weekday() if day <= calendar.monthrange(year, month)[1] else None


def _holiday_year(rule: Rule, base: Point, context: Context) -> int | None:
    """The year in which a holiday falls that the text names without one."""
    assert base.year is not None
    day = day_of(rule, base.year)
    # right under a heading that is a year there is no month to go on from
    return (
        base.year
        if day is None or base.month is None
        else _nearest_year(Point(month=day.month, day=day.day), base, context)
    )


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
