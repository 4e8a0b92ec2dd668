"""What the words of a date say by themselves: a day, a week, a month, a season, or from one to another."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from redaction.dates.holidays import HOLIDAY, Moving, Precision, Rule, rule_of
from redaction.lexicon.calendar import MONTHS, ROMAN_MONTHS, SEASONS, WEEKDAYS
from redaction.lexicon.numbers import ORDINALS, YEAR_WORDS, parse_year_words
from redaction.lexicon.pattern_words import alternatives


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

    `adverbial` says that it comes without a preposition ("that Friday", "last May"); `days` are those it names wholly.
    """

    first: Point
    last: Point
    joiner: str = "to"
    adverbial: bool = False
    days: frozenset[dt.date] = frozenset()


_TOKENS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)(?:T[\d:]+Z?)?"),
    ("numeric", r"(?<!\d)\d{1,2}(?P<s>[ ]?[/.-][ ]?|[ ])\d{1,2}(?P=s)['’]?(?:\d{4}|\d\d)(?!\d)"),
    ("roman", rf"(?<!\d)\d{{1,2}}[./-](?i:{alternatives(ROMAN_MONTHS)})[./-](?:\d{{4}}|\d\d)(?!\d)"),
    ("monthyear", r"(?<![\d/])\d{1,2}/\d{4}(?!\d)"),
    ("holiday", rf"(?<!\w)(?:{HOLIDAY})(?!\w)"),
    ("spoken", rf"(?<![\w-])(?i:{YEAR_WORDS})(?![\w-])"),
    ("years", r"(?<!\d)\d{4}[/–-]\d{2,4}(?!\d)"),
    ("year", r"(?<!\d)\d{4}(?!\d)|['’]\d\d(?!\d)"),
    ("month", rf"(?<![^\W\d_])(?i:{alternatives(MONTHS)})(?![^\W\d_])"),
    ("weekday", rf"(?<!\w)(?i:{alternatives(WEEKDAYS)})s?(?!\w)"),
    ("season", rf"(?<!\w)(?i:{alternatives(SEASONS)})(?!\w)"),
    ("ordinal", rf"(?<!\w)(?i:{alternatives(ORDINALS)})(?!\w)"),
    ("number", r"(?<!\d)\d{1,2}(?!\d)"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TOKENS))
_WEEK = re.compile(
    r"(?i:\bw/?[cbe]\b|\bw\.c\.?|\bweek(?:end)?\s+(?:commencing|beginning|starting|ending|of|to)\b|\b"
    r"(?:first|second|third|last|final)\s+(?:week|weekend)\b)"
)
_PARTS_OF_TIME = r"early|mid|late|earlier|later|end|beginning|start|middle|close|turn|(?:latter|early) part"
_WHICH_PART = r"(?:first|second|third|last|final|fourth|latter|early)"
_PART = re.compile(
    rf"(?i:\b(?:{_PARTS_OF_TIME}|{_WHICH_PART}\s+(?:half|part|quarter|week|weekend|fortnight|days|few days))(?![a-z]))"
)
_WEEKDAY_BEHIND = re.compile(rf"(?P<date>.*\w),\s+an?\s+(?P<weekday>(?i:{alternatives(WEEKDAYS)}))", re.S)
_WHICH_WEEKDAY = re.compile(
    rf"(?:the\s)?(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s(?=(?:{alternatives(WEEKDAYS)})\s(?:of|in)\s)",
    re.I,
)
"""Before a weekday of a month ("the second Tuesday in May"): no day of it."""
_ADVERBIAL = re.compile(r"(?:that|this|last|next|the\s+(?:following|next|previous|preceding|same))\s", re.I)
_LIST = re.compile(r"\s(?:and|or|/)\s|&|,", re.I)
_FEAST = re.compile(rf"(?:the\s)?(?:{HOLIDAY})(?!\w)")
_MONTH_AND_TWO_FIGURES = re.compile(rf"(?i:{alternatives(MONTHS)})\.?\s[123]\d")
"""Of "feb 13" nobody can tell whether it is a day or a year."""
TAIL = (
    r"(?i:,?\s(?:next|last|this|that|the\s(?:following|previous|same|next))\s(?:year|week|month)\b|,?\sthe\s(?:year|week|month)\s(?:before|after)\b"
    r"|\s(?:inst|ult|prox)\b\.?|\s(?:last|next|week|fortnight)(?=[.,;:!?)]|\s+(?:at|and|he|she|they|we|I|it|with|to|for|if|or|but|in|by|so|as|when|unless|because)\b|$))"
)
"""Words behind a date that say which is meant by when they were written: nobody can place it by what is around.

So does "next" before one: "next Friday" is the writer's, where "the next Friday" goes on from what is told.
"""
_PLACED_BY_WRITER = re.compile(rf"{TAIL}\Z|\A[Nn]ext\s(?!to\b)")


def parse_date(text: str) -> When:
    """What the words of a date expression say by themselves; nothing is guessed and nothing raises."""
    if _PLACED_BY_WRITER.search(text) or _MONTH_AND_TWO_FIGURES.fullmatch(text):
        return When(Point(), Point())
    text = _WHICH_WEEKDAY.sub("", text)
    if behind := _WEEKDAY_BEHIND.fullmatch(text):
        text = f"{behind['weekday']} {behind['date']}"
    # "early May bank holiday" is a feast, and no early part of May
    lead = None if _FEAST.match(text) else _PART.search(text)
    words = text if lead is None else text[: lead.start()] + " " * (lead.end() - lead.start()) + text[lead.end() :]
    week = bool(_WEEK.search(text))
    points = [_with_precision(point, week, lead is not None) for point in _parse_points(words)]
    points = _fill_from_neighbours([point for point in points if point != Point()]) or [Point()]
    joiner = "and" if _LIST.search(text) and not re.search(r"\sto\s|\suntil\s|–", text) else "to"
    return When(points[0], points[-1], joiner, bool(_ADVERBIAL.match(text)), _days(points))


def _days(points: Iterable[Point]) -> frozenset[dt.date]:
    """The days that points name wholly; a day that its month does not have is none."""
    named = [(p.year, p.month, p.day) for p in points if p.year and p.month and p.day]
    return frozenset(dt.date(*day) for day in named if day[2] <= calendar.monthrange(*day[:2])[1])


def _parse_points(text: str) -> Iterator[Point]:
    """The points that a text names, each with what is beside it alone."""
    point, end, kind = Point(), 0, ""
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        before, kind = kind, token.lastgroup or ""
        if kind == "s":
            kind = "numeric"
        part = _parse_token(token, kind, before, text[end : token.start()], index == len(tokens) - 1)
        if _adds_to(point, part):
            point = _merge_points(point, part)
        else:
            yield point
            point = part
        end = token.end()
    yield point


def _parse_token(token: re.Match[str], kind: str, before: str, gap: str, final: bool) -> Point:
    word = token[0].casefold()
    numbers = [int(n) for n in re.findall(r"\d+", word)]
    match kind:
        case "iso":
            return _point_of_day(numbers[0], numbers[1], numbers[2])
        case "numeric":
            return _point_of_day(_full_year(numbers[2]), numbers[1], numbers[0])
        case "roman":
            return _point_of_day(_full_year(numbers[1]), ROMAN_MONTHS[re.split("[./-]", word)[1]], numbers[0])
        case "monthyear":
            return Point(year=numbers[1], month=numbers[0]) if 1 <= numbers[0] <= 12 else Point()
        case "holiday":
            return Point(rule=rule_of(token[0]))
        case "spoken":
            return Point(year=parse_year_words(word))
        case "years" | "year":
            return Point(year=_full_year(numbers[0]))
        case "month":
            return Point(month=MONTHS[word])
        case "weekday":
            # "Tuesdays" are no one day
            return Point(weekday=WEEKDAYS.get(word))
        case "season":
            return Point(month=SEASONS[word], precision="season")
        case "ordinal":
            return Point(day=ORDINALS[word])
    # "8NOV24" has no room for a second day
    if final and before == "month" and len(word) == 2 and (gap[:1] in {"", "-", "/"} or _is_year_behind(token)):
        return Point(year=_full_year(numbers[0]))
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


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return 2000 + year if year < 50 else 1900 + year


def _point_of_day(year: int, month: int, day: int) -> Point:
    if month > 12 >= day:
        month, day = day, month
    return Point(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else Point()


def _adds_to(point: Point, part: Point) -> bool:
    """Whether a token adds to the point so far, or begins another."""
    if part.weekday is not None or part.rule is not None:
        return point == Point()
    if point.rule is not None or point.precision == "season":
        return part.month is None and part.day is None and point.year is None
    slots = ((point.year, part.year), (point.month, part.month), (point.day, part.day))
    return all(old is None or new is None for old, new in slots)


def _merge_points(point: Point, part: Point) -> Point:
    return Point(
        year=part.year if part.year is not None else point.year,
        month=part.month if part.month is not None else point.month,
        day=part.day if part.day is not None else point.day,
        weekday=part.weekday if part.weekday is not None else point.weekday,
        rule=part.rule or point.rule,
        precision=part.precision if part.precision != "unknown" else point.precision,
    )


def _with_precision(point: Point, week: bool, part: bool) -> Point:
    """The point with how exactly it is given."""
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


def _fill_from_neighbours(points: list[Point]) -> list[Point]:
    """What one point of a range lacks it takes from its neighbour: "3 to 7 May 2018", "May 3 and 4"."""
    for index in range(len(points) - 2, -1, -1):
        points[index] = _fill_from(points[index], points[index + 1], forwards=True)
    for index in range(1, len(points)):
        points[index] = _fill_from(points[index], points[index - 1], forwards=False)
    return points


def _fill_from(point: Point, other: Point, *, forwards: bool) -> Point:
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
