"""What a page may say of dates.

A date is told relative to the case's anchor ("[month 4 on licence]"), or as its year alone. A later day is never told as an
earlier one. Months and not weeks: one event with a public date ("the hottest day ever recorded") beside one "[week 16 on
licence]" would tell the day of release.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from redaction.dates.holidays import Precision
from redaction.dates.parsing import Point, When, parse_date
from redaction.dates.resolution import resolve_dates
from redaction.entities import Entity
from redaction.findings import BIRTH, Finding
from redaction.policy import DateStyle
from redaction.replacements.bands import quantity_band, render_age
from redaction.results import Anchor
from redaction.spans import Span

DATE_REMOVED = "[date removed]"
BIRTH_REMOVED = "[date of birth removed]"
DETAIL_REMOVED = "[detail removed]"
SUM_REMOVED = "[sum of money]"

DAYS_TOLD = 14
"""Up to so many days from the anchor the day itself is told, then months, or weeks where policy says so."""
WEEKS_TOLD = 13
"""Up to so many weeks before the anchor weeks are told, then months; where policy says weeks."""
_MONTH = 30.4375
"""Days of a month, on average."""
YEARS_BEFORE, YEARS_AFTER = 2, 3
"""What happened longer before or after the anchor is told by its year alone."""

_UNDER_WAY = {"release": "on licence", "sentence": "of the order"}


def render_date(
    value: When,
    anchor: dt.date | None = None,
    event: Literal["release", "sentence"] = "release",
    *,
    dates: DateStyle = "relative",
    birth: bool = False,
    until: dt.date | None = None,
    may_have_ended: bool = False,
) -> str:
    """The words that a page shows for a resolved date; a bare year, or a label in brackets.

    What lies after the month of `until`, in which the offence was notified, is told by its year alone. Where the licence or order
    `may_have_ended` meanwhile, days are told as after release or sentence.
    """
    if birth:
        return BIRTH_REMOVED
    told_from = Anchor(anchor, event, until, may_have_ended) if anchor else None
    return _render(value, told_from, dates)


def _render(value: When, anchor: Anchor | None, dates: DateStyle) -> str:
    first, last = (_tell(point, anchor, dates) for point in (value.first, value.last))
    return first if first == last else f"{first} {value.joiner} {last}"


def _tell(point: Point, anchor: Anchor | None, dates: DateStyle) -> str:
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
    if anchor is None or not _is_near(day, anchor.date, point.precision) or _is_after(day, anchor.until):
        return str(point.year)
    if point.precision == "month":
        return _tell_month(day, anchor)
    if dates == "weeks":
        return _tell_day_in_weeks((day - anchor.date).days, anchor, week=point.precision == "week")
    return _tell_day(day, anchor, exact=point.precision == "day")


def _under_way(anchor: Anchor) -> str:
    """What days after the anchor are days of."""
    return f"after {anchor.event}" if anchor.may_have_ended else _UNDER_WAY[anchor.event]


def _is_after(day: dt.date, until: dt.date | None) -> bool:
    return until is not None and _months(day, until) > 0


def _is_near(day: dt.date, anchor: dt.date, precision: Precision) -> bool:
    if precision == "month":
        return -12 * YEARS_BEFORE <= _months(day, anchor) < 12 * YEARS_AFTER
    return -365 * YEARS_BEFORE <= (day - anchor).days < 365 * YEARS_AFTER


def _months(day: dt.date, anchor: dt.date) -> int:
    return 12 * (day.year - anchor.year) + day.month - anchor.month


def _tell_month(day: dt.date, anchor: Anchor) -> str:
    """A month of the calendar: parts of it lie in two months from the anchor, unless these begin with it."""
    months = _months(day, anchor.date)
    if months < 0:
        return f"[{_count(-months, 'month')} before {anchor.event}]"
    either = f"{months} or {months + 1}" if months and anchor.date.day > 1 else str(months + 1)
    return f"[month {either} {_under_way(anchor)}]"


def _tell_day(day: dt.date, anchor: Anchor, *, exact: bool) -> str:
    """A day in the first fortnight, and in the last before the anchor, as such; others by whole months."""
    days = (day - anchor.date).days
    if exact and days == 0:
        return f"[the day of {anchor.event}]"
    if exact and abs(days) <= DAYS_TOLD:
        return f"[{_count(abs(days), 'day')} {'before' if days < 0 else 'after'} {anchor.event}]"
    if days < 0:
        return f"[{_count(max(1, round(-days / _MONTH)), 'month')} before {anchor.event}]"
    months = _months(day, anchor.date) - (day.day < anchor.date.day)
    return f"[month {months + 1} {_under_way(anchor)}]"


def _tell_day_in_weeks(days: int, anchor: Anchor, *, week: bool) -> str:
    event, under_way = anchor.event, _under_way(anchor)
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
    return _count(int(days / _MONTH), "month")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


YEAR_TOLD = re.compile(r"\d{4}(?!\d)")
SPELL_TOLD = re.compile(r"\[(?:week|month) \d")

_OF_TIME = "by|from|since|until|till|before|after|of|in|on|at|over|during|between"
_AFTER_PREPOSITION = re.compile(rf"\b(?:{_OF_TIME}|to|for|and|than)\s+(?:the\s+)?$", re.I)
_OPENS_WITH = re.compile(rf"(?:{_OF_TIME})\s", re.I)
_WEEKDAY_OF_NO_WEEK = re.compile(r"\ban?\s{1,2}$", re.I)
_GLANCE = re.compile(
    r"\b(?:since|until|till|before|ends?|ending|ended|expir(?:es?|y|ing)|runs?(?: out)?(?: on| to)?|(?:licence|order|sentence) to|"
    r"(?:due|listed|set|booked)(?: for| on| by| in)?)\W{1,2}(?:the\s{1,2})?$",
    re.I,
)
_SINCE = re.compile(r"\bsince\s{1,2}(?:the\s{1,2})?$", re.I)
_WRITTEN = re.compile(
    r"\b(?:e-?mail|mail|letter|entry|note|message|text|report|call|referral|assessment|minute)s?\s{1,2}(?:dated|of|from)"
    r"\s{1,2}(?:the\s{1,2})?$",
    re.I,
)
"""Before the date of something written earlier: "my letter of the 9th"."""
_EARLIER = re.compile(
    r"\b(?:(?:last|previous|preceding) month|had|following (?:his|her|their|the)|after (?:his|her|their))\b", re.I
)
"""In a sentence before a day that may lie before the date told last: "as he had on the 25th"."""
_MONTH_BEFORE = re.compile(r"[^.;\n]{0,50}\bthe month before\b", re.I)
_SENTENCE_END = re.compile(r"[.!?;]\s")
_NEW_LINE = re.compile(r"\n[^\S\n>]*>?[^\S\n]*(?:\n|[|*•-]|\d{1,3}[.)])")
"""Where a paragraph, an item of a list or a row begins."""
_HEAD = re.compile(r"\n[ \t>*_#|•-]*\Z")
"""Before a date at the head of a line: of an entry of a log, which goes on from the entry before."""
_YEAR_HEADING = re.compile(r"(?m)^[#>* \t]*(?:[^\W\d]+[ :,]+){0,4}(?P<year>(?:19|20)\d\d)[*:. \t]*$")
"""A line that gives the year of what follows it: "## 2019", "CASE NOTES 2019"."""
_HEADING = re.compile(r"(?m)^#{1,6}[ ]")


class RelativeDates:
    """The dates of one review, told in order; also its ages and quantities, so that the engine asks one place.

    `findings` are those chosen for `text`, in its order; `dates` is the policy's; `year` is the offence's; `born` are declared
    days of birth, which are such wherever they are written; `by_year` are the dates that are told by their year alone.
    """

    def __init__(
        self,
        text: str,
        findings: Sequence[Finding],
        anchor: Anchor | None = None,
        dates: DateStyle = "relative",
        year: int | None = None,
        born: Collection[dt.date] = (),
        by_year: Collection[Span] = (),
    ) -> None:
        self._text = text
        self._anchor = anchor
        self._dates: DateStyle = dates
        self._by_year = frozenset(by_year)
        dated = [f for f in findings if f.entity is Entity.DATE]
        births = {n for n, f in enumerate(dated) if f.subtype == BIRTH}
        spans = [text[f.start : f.end] for f in dated]
        begins = {n for n, (last, f) in enumerate(pairwise(dated), 1) if _NEW_LINE.search(text, last.end, f.start)}
        days = [parse_date(span).days for span in spans]
        known = frozenset(born).union(*(days[n] for n in births))
        births |= {n for n, named in enumerate(days) if named & known}
        values = resolve_dates(
            spans,
            anchor=anchor.date if anchor else None,
            until=anchor.until if anchor else None,
            year=year,
            aside=births,
            glances={n for n, f in enumerate(dated) if _GLANCE.search(text, max(0, f.start - 20), f.start)},
            looking_back={n for n, f in enumerate(dated) if _SINCE.search(text, max(0, f.start - 12), f.start)},
            begins=begins,
            apart={0, *begins} | {n for n, (last, f) in enumerate(pairwise(dated), 1) if self._is_apart(last, f)},
            elsewhere={n for n, f in enumerate(dated) if n == 0 or not self._goes_on(f.start, n in begins)},
            headings=_headings(text, dated),
            is_near=self._is_near,
        )
        self._births = {(dated[n].start, dated[n].end) for n in births}
        self._values = {(f.start, f.end): value for f, value in zip(dated, values, strict=True)}

    def _goes_on(self, start: int, begins: bool) -> bool:
        """Whether a date goes on from the one before: in its passage, or at the head of the next entry of a log."""
        if begins:
            return bool(_HEAD.search(self._text, max(0, start - 12), start))
        before = _SENTENCE_END.split(self._text[max(0, start - 80) : start])[-1]
        behind = self._text[start : start + 60]
        return not (_WRITTEN.search(before) or _EARLIER.search(before) or _MONTH_BEFORE.search(behind))

    def _is_apart(self, last: Finding, finding: Finding) -> bool:
        """Whether a date is further from the one before it than in its sentence or the next."""
        return len(_SENTENCE_END.findall(self._text, last.end, finding.start)) > 1

    def _is_near(self, point: Point) -> bool:
        """Whether a date belongs to what the review tells: near the anchor, and not after what happened."""
        day, anchor = point.date, self._anchor
        if anchor is None or day is None:
            return True
        return _is_near(day, anchor.date, point.precision) and not _is_after(day, anchor.until)

    def render(self, finding: Finding) -> str:
        """The words that replace a finding of a date, an age or a quantity."""
        words = self._text[finding.start : finding.end]
        match finding.entity:
            case Entity.AGE:
                return render_age(words)
            case Entity.QUANTITY:
                before = self._text[max(0, finding.start - 90) : finding.start]
                after = self._text[finding.end : finding.end + 30]
                told = quantity_band(words, before, after, victims=finding.subtype == "victims")
                return SUM_REMOVED if finding.subtype == "sum" else told
            case Entity.DATE:
                return self._tell_date(finding, words)
        return DETAIL_REMOVED

    def _tell_date(self, finding: Finding, words: str) -> str:
        value = self._values.get((finding.start, finding.end)) or parse_date(words)
        if not self._is_placed(value):
            return DATE_REMOVED
        birth = (finding.start, finding.end) in self._births
        told_from = None if finding.span in self._by_year else self._anchor
        told = BIRTH_REMOVED if birth else _render(value, told_from, self._dates)
        before = self._text[max(0, finding.start - 12) : finding.start]
        alone = not _AFTER_PREPOSITION.search(before)
        if alone and value.adverbial and (YEAR_TOLD.match(told) or SPELL_TOLD.match(told)):
            return ("In " if words[:1].isupper() else "in ") + told
        if alone and YEAR_TOLD.fullmatch(told) and not re.search(r"\d", words) and not _OPENS_WITH.match(words):
            # "it was Ramadan": not "it was 2019"
            return DATE_REMOVED
        if value.first.precision == "week" and _WEEKDAY_OF_NO_WEEK.search(before):
            # "on a Monday" is no Monday of the week told before
            return DATE_REMOVED
        return told

    def _is_placed(self, value: When) -> bool:
        """Whether a weekday without a date is told the same a week on, and a week before unless it is "that Friday" or the next."""
        point = value.first
        if point.weekday is None or point.precision != "week" or point.date is None or self._anchor is None:
            return True
        week, anchor = dt.timedelta(days=7), self._anchor
        days = [point.date + week] if value.adverbial else [point.date - week, point.date + week]
        around = (replace(point, day=day.day, month=day.month, year=day.year) for day in days)
        told = {_tell(p, anchor, self._dates) for p in (point, *around)}
        return self._dates == "weeks" or len(told) == 1


def _headings(text: str, dated: Sequence[Finding]) -> dict[int, int | None]:
    """What headings give: position of the first date behind each → its year, or None where it gives none."""
    starts = [finding.start for finding in dated]
    above = {heading.start(): None for heading in _HEADING.finditer(text)}
    years = above | {heading.start(): int(heading["year"]) for heading in _YEAR_HEADING.finditer(text)}
    found = {bisect_left(starts, start): year for start, year in sorted(years.items())}
    return {position: year for position, year in found.items() if position < len(starts)}
