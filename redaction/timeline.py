"""Dates as written → what they mean → what a page may say of them.

A date that lacks its year or month takes it from what stands before it, then it is told relative to the case's anchor
("[week 16 on licence]"), or as its year alone. A later day is never told as an earlier one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.generalisation import quantity_band, tell_age
from redaction.holidays import HOLIDAY, MONTHS, SEASONS, WEEKDAYS, Moving, Precision, Rule, day_of, rule_of
from redaction.results import Anchor

Event = Literal["release", "sentence"]

DATE_REMOVED = "[date removed]"
BIRTH_REMOVED = "[date of birth removed]"
DETAIL_REMOVED = "[detail removed]"
SUM_REMOVED = "[sum of money]"

DAYS_TOLD = 14
"""Up to so many days from the anchor the day itself is told, then weeks."""
WEEKS_TOLD = 13
"""Up to so many weeks before the anchor weeks are told, then months."""
YEARS_BEFORE, YEARS_AFTER = 2, 3
"""What happened longer before or after the anchor is told by its year alone."""

_UNDER_WAY = {"release": "on licence", "sentence": "of the order"}


@dataclass(frozen=True)
class Point:
    """One day, week, month or season; what is not known is None. `weekday` is 0 for a Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    rule: Rule | None = None
    precision: Precision = "unknown"

    @property
    def date(self) -> dt.date | None:
        """The day, or the first day of the month; None while no day or month is known."""
        if self.year is None or self.month is None:
            return None
        return dt.date(self.year, self.month, self.day or 1)


@dataclass(frozen=True)
class When:
    """What a date expression means: `last` is `first` again unless it is a range or a list (`joiner` "to" or "and").

    `adverbial` says that it stands without a preposition ("that Friday", "last May").
    """

    first: Point
    last: Point
    joiner: str = "to"
    adverbial: bool = False


# -- reading ------------------------------------------------------------------------------------------------------

_ORDINALS = {
    word: number
    for number, word in enumerate(
        str.split(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
            "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty- "
            "eighth twenty-ninth thirtieth thirty-first"
        ),
        start=1,
    )
}


def _words(table: Collection[str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_TOKEN = re.compile(
    r"(?P<iso>(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)(?:T[\d:]+Z?)?)"
    r"|(?P<numeric>(?<!\d)\d{1,2}(?P<s>[ ]?[/.-][ ]?|[ ])\d{1,2}(?P=s)['’]?(?:\d{4}|\d\d)(?!\d))"
    r"|(?P<monthyear>(?<![\d/])\d{1,2}/\d{4}(?!\d))"
    rf"|(?P<holiday>(?<!\w)(?:{HOLIDAY})(?!\w))"
    r"|(?P<years>(?<!\d)\d{4}[/–-]\d{2,4}(?!\d))"
    r"|(?P<year>(?<!\d)\d{4}(?!\d)|['’]\d\d(?!\d))"
    rf"|(?P<month>(?<![^\W\d_])(?i:{_words(MONTHS)})(?![^\W\d_]))"
    rf"|(?P<weekday>(?<!\w)(?i:{_words(WEEKDAYS)})s?(?!\w))"
    r"|(?P<season>(?<!\w)(?i:spring|summer|autumn|winter)(?!\w))"
    rf"|(?P<ordinal>(?<!\w)(?i:{_words(_ORDINALS)})(?!\w))"
    r"|(?P<number>(?<!\d)\d{1,2}(?!\d))"
)
_WEEK = re.compile(
    r"(?i:\bw/?[cbe]\b|\bw\.c\.?|\bweek(?:end)?\s+(?:commencing|beginning|starting|ending|of|to)\b|\b"
    r"(?:first|second|third|last|final)\s+(?:week|weekend)\b)"
)
_PART = re.compile(
    r"(?i:\b(?:early|mid|late|earlier|later|end|beginning|start|middle|close|turn|(?:latter|early) part|"
    r"(?:first|second|third|last|final|fourth|latter|early)\s+(?:half|part|quarter|week|weekend|fortnight"
    r"|days|few days))(?![a-z]))"
)
_ADVERBIAL = re.compile(r"(?:that|this|last|next|the\s+(?:following|next|previous|preceding|same))\s", re.I)
_RANGE = re.compile(r"\s(?:to|until|till|through)\s|[-–—]", re.I)
_LIST = re.compile(r"\s(?:and|or)\s|&|,", re.I)


def parse(text: str) -> When:
    """What the words of a date expression say by themselves; nothing is guessed and nothing raises."""
    lead = _PART.search(text)
    words = text if lead is None else text[: lead.start()] + " " * (lead.end() - lead.start()) + text[lead.end() :]
    week = bool(_WEEK.search(text))
    points = [_precise(point, week, lead is not None) for point in _points(words)]
    points = _shared([point for point in points if point != Point()]) or [Point()]
    joiner = "and" if _LIST.search(text) and not re.search(r"\sto\s|\suntil\s|–", text) else "to"
    return When(points[0], points[-1], joiner, bool(_ADVERBIAL.match(text)))


def _points(text: str) -> Iterator[Point]:
    """The points that a text names, each with what stands beside it alone."""
    point, end, kind = Point(), 0, ""
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        before, kind = kind, token.lastgroup or ""
        if kind == "s":
            kind = "numeric"
        told = _read(token, kind, before, text[end : token.start()], index == len(tokens) - 1)
        if _fits(point, told):
            point = _with(point, told)
        else:
            yield point
            point = told
        end = token.end()
    yield point


def _read(token: re.Match[str], kind: str, before: str, gap: str, final: bool) -> Point:
    word = token[0].casefold()
    numbers = [int(n) for n in re.findall(r"\d+", word)]
    match kind:
        case "iso":
            return _dated(numbers[0], numbers[1], numbers[2])
        case "numeric":
            return _dated(_century(numbers[2]), numbers[1], numbers[0])
        case "monthyear":
            return Point(year=numbers[1], month=numbers[0]) if 1 <= numbers[0] <= 12 else Point()
        case "holiday":
            return Point(rule=rule_of(token[0]))
        case "years" | "year":
            return Point(year=_century(numbers[0]))
        case "month":
            return Point(month=MONTHS[word])
        case "weekday":
            # "Tuesdays" are no one day
            return Point(weekday=WEEKDAYS.get(word))
        case "season":
            return Point(month=SEASONS[word], precision="season")
        case "ordinal":
            return Point(day=_ORDINALS[word])
    if final and before == "month" and len(word) == 2 and (gap[:1] in {"-", "/"} or _is_year_behind(token)):
        return Point(year=_century(numbers[0]))
    if before == "number" and gap in {"/", "."} and 1 <= numbers[0] <= 12:
        # "14/3": the second number is a month, unless a month's name follows ("14/15 March")
        return Point(month=numbers[0]) if final else Point(day=numbers[0])
    return Point(day=numbers[0]) if 1 <= numbers[0] <= 31 else Point()


def _is_year_behind(token: re.Match[str]) -> bool:
    """Two digits at the end of "14 March 18" are a year."""
    return bool(
        re.search(
            r"\d\s*(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?[A-Za-zÀ-ÿ.]+[\s,]+$",
            token.string[max(0, token.start() - 40) : token.start()],
        )
    )


def _century(year: int) -> int:
    if year >= 100:
        return year
    return 2000 + year if year < 50 else 1900 + year


def _dated(year: int, month: int, day: int) -> Point:
    if month > 12 >= day:
        month, day = day, month
    return Point(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else Point()


def _fits(point: Point, told: Point) -> bool:
    """Whether a token adds to the point so far, or begins another."""
    if told.weekday is not None or told.rule is not None:
        return point == Point()
    if point.rule is not None or point.precision == "season":
        return told.month is None and told.day is None and point.year is None
    slots = ((point.year, told.year), (point.month, told.month), (point.day, told.day))
    return all(old is None or new is None for old, new in slots)


def _with(point: Point, told: Point) -> Point:
    return Point(
        year=told.year if told.year is not None else point.year,
        month=told.month if told.month is not None else point.month,
        day=told.day if told.day is not None else point.day,
        weekday=told.weekday if told.weekday is not None else point.weekday,
        rule=told.rule or point.rule,
        precision=told.precision if told.precision != "unknown" else point.precision,
    )


def _precise(point: Point, week: bool, part: bool) -> Point:
    """The point with how exactly it is told."""
    if point.precision == "season" or point == Point():
        return point
    if point.rule is not None:
        return replace(point, precision="season" if isinstance(point.rule, Moving) else "day")
    if point.day is not None:
        return replace(point, precision="week" if week else "day")
    if point.month is not None:
        return replace(point, precision="month")
    if point.weekday is not None:
        return replace(point, precision="weekday")
    return replace(point, precision="year")


def _shared(points: list[Point]) -> list[Point]:
    """What one point of a range lacks it takes from its neighbour: "3 to 7 May 2018", "May 3 and 4"."""
    for index in range(len(points) - 2, -1, -1):
        points[index] = _borrow(points[index], points[index + 1], forwards=True)
    for index in range(1, len(points)):
        points[index] = _borrow(points[index], points[index - 1], forwards=False)
    return points


def _borrow(point: Point, other: Point, *, forwards: bool) -> Point:
    if (
        point.precision == "day"
        and point.rule is None
        and point.month is None
        and other.month is not None
        and other.precision in {"day", "week"}
    ):
        point = replace(point, month=other.month)
    if point.year is None and other.year is not None and forwards and point.precision not in {"weekday", "unknown"}:
        # "November to February 2018" began the year before
        earlier = point.month is not None and other.month is not None and point.month > other.month
        point = replace(point, year=other.year - earlier)
    return point


# -- resolving ----------------------------------------------------------------------------------------------------


def resolve(
    spans: Sequence[str], *, anchor: dt.date | None = None, year: int | None = None, aside: Collection[int] = ()
) -> tuple[When, ...]:
    """What dates mean, given as they follow each other in one text.

    A missing year or month comes from the nearest complete date before; failing that from the anchor, the nearest
    complete date behind, or `year` (the offence's). `aside` are positions (dates of birth) that tell nothing about
    the others.
    """
    parsed = [parse(span) for span in spans]
    known = [when.first for n, when in enumerate(parsed) if n not in aside and when.first.year and when.first.month]
    behind = known[0] if known else None
    base = Point(anchor.year, anchor.month) if anchor else behind or (Point(year, 1) if year else None)
    near = False  # whether the date just before says which week it is
    resolved = []
    for n, when in enumerate(parsed):
        if n in aside:
            resolved.append(When(_settled(when.first), _settled(when.last), when.joiner, when.adverbial))
            continue
        first = _complete(when.first, base, near)
        last = first if when.last is when.first else _complete(when.last, first if first.year else base, near)
        resolved.append(When(first, last, when.joiner, when.adverbial))
        if last.year is not None and last.month is not None and last.precision in {"day", "week", "month", "season"}:
            base = last
        near = last.precision in {"day", "week"} and last.year is not None
    return tuple(resolved)


def _complete(point: Point, base: Point | None, near: bool) -> Point:
    """The point with year and month filled in from the date before it, as far as they can be."""
    if base is None or point.precision == "unknown" or base.year is None:
        return _settled(point)
    if point.precision == "weekday":
        return _week_of(point, base) if near else point
    if point.rule is not None:
        return _settled(point if point.year else replace(point, year=_holiday_year(point.rule, base)))
    if point.month is None and point.day is not None:
        point = _next_day(point, base)
    if point.year is None and point.month is not None:
        point = replace(point, year=_year(point, base))
    return _settled(point)


def _week_of(point: Point, base: Point) -> Point:
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


def _year(point: Point, base: Point) -> int:
    """The year in which a day or month falls: the one nearest to the date before it, rather ahead than back."""
    assert base.year is not None
    assert point.month is not None
    here = 12 * base.year + (base.month or 1)
    years = range(base.year - 1, base.year + 2)
    if point.weekday is not None and point.day is not None:
        fitting = [
            y for y in range(base.year - 3, base.year + 4) if _weekday(y, point.month, point.day) == point.weekday
        ]
        years = fitting or years  # type: ignore[assignment]

    def cost(year: int) -> tuple[float, int]:
        ahead = 12 * year + (point.month or 1) - here
        return (ahead if ahead >= 0 else -2 * ahead) + 3 * (year != base.year), -year

    return min(years, key=cost)


def _weekday(year: int, month: int, day: int) -> int | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month, day).weekday() if day <= calendar.monthrange(year, month)[1] else None


def _holiday_year(rule: Rule, base: Point) -> int:
    assert base.year is not None
    day = day_of(rule, base.year)
    return base.year if day is None else _year(Point(month=day.month, day=day.day), base)


def _settled(point: Point) -> Point:
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


# -- telling ------------------------------------------------------------------------------------------------------


def tell(
    value: When,
    anchor: dt.date | None = None,
    event: str = "release",
    *,
    dates: Literal["relative", "month"] = "relative",
    birth: bool = False,
) -> str:
    """The words that a page shows for a resolved date; a bare year, or a label in brackets."""
    if birth:
        return BIRTH_REMOVED
    first, last = (_tell(point, anchor, event, dates) for point in (value.first, value.last))
    return first if first == last else f"{first} {value.joiner} {last}"


def _tell(point: Point, anchor: dt.date | None, event: str, dates: str) -> str:
    if point.year is None:
        return DATE_REMOVED
    # a weekday was placed by its neighbour: without an anchor there is nothing to say of it
    if point.weekday is not None and point.precision == "week" and anchor is None:
        return DATE_REMOVED
    day = point.date
    if day is None or point.precision in {"year", "season"}:
        return str(point.year)
    if dates == "month":
        return f"{calendar.month_name[day.month]} {day.year}"
    if anchor is None or not _is_near(day, anchor, point.precision):
        return str(point.year)
    if point.precision == "month":
        return _tell_month(day, anchor, event)
    return _tell_day((day - anchor).days, event, week=point.precision == "week")


def _is_near(day: dt.date, anchor: dt.date, precision: Precision) -> bool:
    if precision == "month":
        return -12 * YEARS_BEFORE <= _months(day, anchor) < 12 * YEARS_AFTER
    return -365 * YEARS_BEFORE <= (day - anchor).days < 365 * YEARS_AFTER


def _months(day: dt.date, anchor: dt.date) -> int:
    return 12 * (day.year - anchor.year) + day.month - anchor.month


def _tell_month(day: dt.date, anchor: dt.date, event: str) -> str:
    months = _months(day, anchor)
    if months < 0:
        return f"[{_count(-months, 'month')} before {event}]"
    return f"[month {months + 1} {_UNDER_WAY.get(event, 'after ' + event)}]"


def _tell_day(days: int, event: str, *, week: bool) -> str:
    under_way = _UNDER_WAY.get(event, "after " + event)
    if days == 0 and not week:
        return f"[the day of {event}]"
    if days < 0:
        if week and days > -7:
            return f"[week 1 {under_way}]"
        return f"[{_count_back(-days, week)} before {event}]"
    if days <= DAYS_TOLD and not week:
        return f"[{_count(days, 'day')} after {event}]"
    return f"[week {days // 7 + 1} {under_way}]"


def _count_back(days: int, week: bool) -> str:
    if days < DAYS_TOLD and not week:
        return _count(days, "day")
    if days <= 7 * WEEKS_TOLD:
        return _count(max(1, days // 7), "week")
    return _count(int(days / 30.4375), "month")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


# -- in the sentence ----------------------------------------------------------------------------------------------

_YEAR_TOLD = re.compile(r"\d{4}(?!\d)")
_COUNTED = re.compile(r"\[\d+ \w+ (?:after|before) ")
_SPELL = re.compile(r"\[(?:week|month) \d")
_MONTH_TOLD = re.compile(rf"(?:{'|'.join(list(calendar.month_name)[1:])}) \d{{4}}")
_IN_BEFORE = re.compile(r"\bin\s{1,2}$")
_PREPOSITION = re.compile(r"(?<![\w-])(on|at|in|over|during|between)(\s{1,2})$", re.I)


def preposition(before: str, told: str) -> str:
    """The preposition for the one that stood before a date ("on"), now that the date is told so; "" for none."""
    word = before.strip().casefold()
    if word not in {"on", "at", "in", "over", "during", "between"}:
        return before.strip()
    several = " and " in told or " to " in told
    chosen = word
    if word == "between":
        chosen = word if several else "in"
    elif _COUNTED.match(told):
        chosen = ""
    elif told.startswith("[the day of"):
        chosen = "on"
    elif _YEAR_TOLD.match(told) or _SPELL.match(told) or _MONTH_TOLD.match(told):
        chosen = "during" if word == "during" else "in"
    return chosen.capitalize() if before.strip()[:1].isupper() else chosen


def mend(before: str, told: str) -> tuple[int, str] | None:
    """How to mend the preposition before a date told so: (characters of `before` to take in, new text), or None.

    "on" + "2018" → "in 2018"; "on" + "[3 days after release]" → the label alone.
    """
    found = _PREPOSITION.search(before)
    if not found:
        return None
    word = preposition(found[1], told)
    if word == "in" and _IN_BEFORE.search(before[: found.start()]):
        # "moved in on 3 May": not "moved in in 2018"
        word = "during"
    if word.casefold() == found[1].casefold():
        return None
    return len(found[0]), f"{word}{found[2]}{told}" if word else told


class Timeline:
    """The dates of one review, told in order; also its ages and quantities, so that the engine asks one place.

    `findings` are those chosen for `text`, in its order; `dates` is policy's "relative" or "month"; `year` is the
    offence's.
    """

    def __init__(
        self,
        text: str,
        findings: Sequence[Finding],
        anchor: Anchor | None = None,
        dates: Literal["relative", "month"] = "relative",
        year: int | None = None,
    ) -> None:
        self._text = text
        self._anchor = anchor
        self._dates: Literal["relative", "month"] = dates
        dated = [f for f in findings if f.entity is Entity.DATE]
        births = {n for n, f in enumerate(dated) if f.kind == "birth"}
        spans = [text[f.start : f.end] for f in dated]
        values = resolve(spans, anchor=anchor.date if anchor else None, year=year, aside=births)
        self._values = {(f.start, f.end): value for f, value in zip(dated, values, strict=True)}

    def tell(self, finding: Finding) -> str:
        """The words that replace a finding of a date, an age or a quantity."""
        words = self._text[finding.start : finding.end]
        match finding.entity:
            case Entity.AGE:
                return tell_age(words)
            case Entity.QUANTITY:
                return SUM_REMOVED if finding.kind == "sum" else quantity_band(words)
            case Entity.DATE:
                return self._tell_date(finding, words)
        return DETAIL_REMOVED

    def _tell_date(self, finding: Finding, words: str) -> str:
        value = self._values.get((finding.start, finding.end)) or parse(words)
        event = self._anchor.event if self._anchor else "release"
        told = tell(
            value, self._anchor.date if self._anchor else None, event, dates=self._dates, birth=finding.kind == "birth"
        )
        alone = value.adverbial and not re.search(
            r"\b(?:by|to|from|since|until|till|before|after|of|in|on|at|over|during|between|for|and|than)\s+$",
            self._text[max(0, finding.start - 8) : finding.start],
            re.I,
        )
        if alone and (_YEAR_TOLD.match(told) or _SPELL.match(told)):
            return ("In " if words[:1].isupper() else "in ") + told
        return told
