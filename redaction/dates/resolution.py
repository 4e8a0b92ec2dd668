"""What dates mean in the order in which a text gives them: a missing year or month comes from the dates around it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from redaction.dates.holidays import Rule, day_of
from redaction.dates.parsing import Point, When, parse_date

_Span = tuple[dt.date, dt.date]
"""From the anchor to the day by which what the text tells had happened."""

MOST_BACK, MOST_AHEAD = 3, 8
"""Months from the date before within which a date without a year is taken to lie; of others nobody can tell the year."""
MOST_AHEAD_ELSEWHERE, MOST_AHEAD_OF_MONTH = 5, 2
"""The same ahead of a date of another passage, for a day and for a month alone."""
MOST_BEFORE_ANCHOR = 2
"""Months before the anchor within which a year is taken from the dates around: of what is put further back a third and more were later."""
_CLEARLY = 4
"""How much nearer a year must be than the next best to be the one that is meant."""


@dataclass(frozen=True)
class _Context:
    """What a date is resolved by: the date before it, and the last that belongs to what the text tells (its story)."""

    base: Point | None
    story: Point | None
    span: _Span | None
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
    def at_anchor(cls, base: Point | None, anchor: dt.date | None, until: dt.date | None) -> _Context:
        """The context of the first date of a text."""
        return cls(base, base, (anchor, until) if anchor and until else None, anchor=anchor)

    def after(self, last: Point, is_near: Callable[[Point], bool]) -> _Context:
        """The context behind a date that ends with this point."""
        if last.precision in {"weekday", "week"} and last.weekday is not None:
            # placed by the date before it: nothing new
            return self
        context = replace(self, week_known=last.precision in {"day", "week"} and last.year is not None)
        if last.year is None or last.month is None or last.precision not in {"day", "week", "month"}:
            return context
        return replace(context, base=last, story=last if is_near(last) else self.story, is_told=True)

    def under_heading(self, year: int | None, month: int | None) -> _Context:
        """The context of the first date under a heading, which may give its year."""
        if year is None:
            return replace(self, headed=False)
        under = Point(year, month)
        return replace(self, base=under, story=under, week_known=False, headed=True)

    def at_opening(self, is_near: Callable[[Point], bool]) -> _Context:
        """The context of the first date of a paragraph, an item or a row: it goes on from what the text tells."""
        if self.base is None:
            return self
        return replace(self, base=self.base if is_near(self.base) else self.story, week_known=False)


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

    A missing year or month comes from the nearest complete date before; failing that from the anchor, the nearest complete date
    behind, or `year` (the offence's). Where two years are about as likely it stays unknown, and nothing that follows leans on it.

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
    context = _Context.at_anchor(_first_base(parsed, anchor, year, aside), anchor, until)
    resolved: list[When] = []
    for n, when in enumerate(parsed):
        context = replace(context, is_apart=context.is_apart or n in apart)
        if n in headings:
            context = context.under_heading(headings[n], when.first.month)
        if n in begins and headings.get(n) is None:
            context = context.at_opening(is_near)
        here = replace(context, looks_back=n in looking_back, goes_on=n not in elsewhere, opens=n in begins)
        meant = _complete_range(when, here)
        told = meant if n not in aside and _is_vouched_for(when, meant, here) else _as_written(when)
        resolved.append(told)
        if n not in aside and n not in glances:
            context = replace(context.after(meant.last, is_near), behind_placed=_is_placed(told.last), is_apart=False)
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
    first = _complete(when.first, context.base, context)
    if when.last is when.first:
        return When(first, first, when.joiner, when.adverbial)
    base = first if first.year else context.base
    return When(first, _complete(when.last, base, context), when.joiner, when.adverbial)


def _complete(point: Point, base: Point | None, context: _Context) -> Point:
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


def _is_vouched_for(when: When, meant: When, context: _Context) -> bool:
    """Whether what a date is taken to mean is safe to tell.

    What would lie in another year than the date before and outside what the text tells needs a year or a heading: of others one in
    three is of neither. A feast, a season and what would lie long before the anchor need a year, a date right before, or a heading: of
    others one in three is of another year than the last date.
    """
    if when.first.year or context.headed:
        return True
    is_beside = context.behind_placed and not context.is_apart
    is_vague = when.first.rule is not None or when.first.precision == "season"
    is_likely = is_beside or not (is_vague or _is_long_before(meant.first, context.anchor))
    return is_likely and not _is_of_another_year(meant.first, context)


def _is_of_another_year(point: Point, context: _Context) -> bool:
    """Whether a date would lie in another year than the date before and outside what the text tells, and not right beside a day."""
    base = context.base
    if base is None or base.year in (None, point.year) or not _is_placed(point) or point.weekday is not None:
        return False
    first, last = _months_of(context.span) if context.span else (1, 0)
    is_beside = context.goes_on and base.day and -1 <= _month_of(point) - _month_of(base) <= MOST_AHEAD_OF_MONTH
    return not (is_beside or first - MOST_BEFORE_ANCHOR <= _month_of(point) <= last)


def _is_placed(point: Point) -> bool:
    return point.year is not None and point.month is not None


def _is_long_before(point: Point, anchor: dt.date | None) -> bool:
    return bool(
        anchor and _is_placed(point) and _month_of(point) < 12 * anchor.year + anchor.month - MOST_BEFORE_ANCHOR
    )


def _year_of(point: Point, base: Point, context: _Context) -> int | None:
    """The year that the date before tells; behind one from long before the story, only where the story tells the same."""
    find = _year_before if context.looks_back else _nearest_year
    year, story = find(point, base, context), context.story
    if story is None or story.year is None or _month_of(base) >= _month_of(story):
        return year
    return year if find(point, story, context) == year else None


def _month_of(point: Point) -> int:
    """Months counted from year 0."""
    assert point.year is not None
    return 12 * point.year + (point.month or 1)


def _next_weekday(point: Point, base: Point) -> Point:
    """A weekday by itself falls in the days that follow the date before it."""
    day = base.date
    if day is None or point.weekday is None or not dt.MINYEAR < day.year < dt.MAXYEAR:
        return point
    ahead = day + dt.timedelta(days=(point.weekday - day.weekday()) % 7)
    return Point(ahead.year, ahead.month, ahead.day, point.weekday, precision="week")


def _next_day(point: Point, base: Point, context: _Context) -> Point:
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


def _nearest_year(point: Point, base: Point, context: _Context) -> int | None:
    """The year in which a day or month falls: the one nearest to the date before it, rather ahead than back.

    Rather one within the span of what the text tells, unless the date before is outside it. None where no year is clearly nearer
    than the others, or the nearest is a long way off: a trial after all the rest, or something long before.
    """
    assert base.year is not None
    assert point.month is not None
    here = _month_of(base)
    first, last = _months_of(context.span) if context.span else (0, 0)
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


def _most_ahead(point: Point, context: _Context, within: bool) -> int:
    """Months; `within` the span of what the text tells."""
    if within:
        return 12
    if context.goes_on:
        return MOST_AHEAD
    return MOST_AHEAD_OF_MONTH if point.day is None else MOST_AHEAD_ELSEWHERE


def _year_before(point: Point, base: Point, context: _Context) -> int | None:
    """The year of the last such day or month that is not behind the date before: what "since" looks back to.

    None where that lies before the anchor and the next such month within what the text tells: either may be meant.
    """
    assert base.year is not None
    assert point.month is not None
    year = base.year - (point.month > (base.month or 12))
    if context.span:
        first, last = _months_of(context.span)
        month = 12 * year + point.month
        if month < first <= month + 12 <= last:
            return None
    return year


def _months_of(span: _Span) -> tuple[int, int]:
    """The months of a span's ends, counted from year 0."""
    return 12 * span[0].year + span[0].month, 12 * span[1].year + span[1].month


def _weekday_of(year: int, month: int, day: int) -> int | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, day).weekday() if day <= calendar.monthrange(year, month)[1] else None


def _holiday_year(rule: Rule, base: Point, context: _Context) -> int | None:
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
