"""What a reader of a public page is told of when something was: every day that the words of a date leave possible.

Read from the public words alone, and not by the code that writes them: a measure must not share its mistakes.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

Days = tuple[dt.date, dt.date]
"""From the first day possible to the last."""

ALWAYS: Days = (dt.date.min, dt.date.max)
"""Nothing is told."""

MONTH = 30.4375
"""Days: what "[5 months before release]" counts in."""

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_COUNTED = re.compile(r"\[(?:about )?(\d+) (day|week|month|year)s? (before|after) (?:release|sentence)\]")
_SPELL = re.compile(
    r"\[(day|week|month|year) (\d+)(?: or (\d+))? (?:on licence|of the order|after (?:release|sentence))\]"
)
_THE_DAY = re.compile(r"\[the day (of|before|after) (?:release|sentence)\]")
_MONTH_OF_YEAR = re.compile(rf"({'|'.join(_MONTHS)}) (\d{{4}})", re.I)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_REMOVED = re.compile(r"\[(?:date|date of birth|detail) removed\]")
_TOLD = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_COUNTED, _SPELL, _THE_DAY, _MONTH_OF_YEAR, _YEAR, _REMOVED)), re.I
)


def days_told(words: str, anchor: dt.date | None = None) -> Days | None:
    """Every day that a replacement leaves possible, over all the dates in it ("2016 to 2018" is three years).

    None where the words tell no date; `anchor` is the day that "[week 3 on licence]" counts from.
    """
    told = [_days_of(match[0], anchor) for match in _TOLD.finditer(words)]
    if not told:
        return None
    return min(first for first, _ in told), max(last for _, last in told)


def days_of_value(value: str) -> Days:
    """The days of a mark's value: 2021-03-14, 2021-03, 2021, 2021-W11, or two of them with "/" between.

    Raises:
        ValueError: it is none of these, or there is no such day.
    """
    first, slash, last = value.partition("/")
    begin = _calendar_days(first)
    return (begin[0], _calendar_days(last)[1]) if slash else begin


def overlap(one: Days, other: Days) -> bool:
    """Whether both can be true."""
    return one[0] <= other[1] and other[0] <= one[1]


def _calendar_days(value: str) -> Days:
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + dt.timedelta(days=6)
    if re.fullmatch(r"\d{4}", value):
        return dt.date(int(value), 1, 1), dt.date(int(value), 12, 31)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _month(int(match[1]), int(match[2]))
    day = dt.date.fromisoformat(value)
    return day, day


def _month(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _days_of(words: str, anchor: dt.date | None) -> Days:
    """The days of one date as told; a label that counts from an anchor which nobody knows tells nothing."""
    if match := _MONTH_OF_YEAR.fullmatch(words):
        return _month(int(match[2]), _MONTHS[match[1].casefold()])
    if match := _YEAR.fullmatch(words):
        return _calendar_days(match[1])
    if anchor is None:
        return ALWAYS
    if match := _THE_DAY.fullmatch(words):
        day = anchor + dt.timedelta(days={"of": 0, "before": -1, "after": 1}[match[1].casefold()])
        return day, day
    if match := _SPELL.fullmatch(words):
        first, last = (_spell(match[1].casefold(), int(number), anchor) for number in (match[2], match[3] or match[2]))
        return first[0], last[1]
    if match := _COUNTED.fullmatch(words):
        return _counted(int(match[1]), match[2].casefold(), match[3].casefold() == "before", anchor)
    return ALWAYS


def _spell(unit: str, number: int, anchor: dt.date) -> Days:
    """The nth day, week, month or year from the anchor on; a month told of a month is that of the calendar."""
    if unit == "day":
        day = anchor + dt.timedelta(days=number - 1)
        return day, day
    if unit == "week":
        # a whole calendar week is told by the week that it begins in
        return anchor + dt.timedelta(days=7 * (number - 1) - 6), anchor + dt.timedelta(days=7 * number - 1)
    if unit == "year":
        return _later(anchor, 12 * (number - 1)), _later(anchor, 12 * number) - dt.timedelta(days=1)
    # a day is told by months from the anchor, a month of the calendar by how many it is from the anchor's
    calendar_month = _later(anchor.replace(day=1), number - 1)
    last = max(_later(anchor, number) - dt.timedelta(days=1), _month(calendar_month.year, calendar_month.month)[1])
    return calendar_month, last


def _counted(number: int, unit: str, before: bool, anchor: dt.date) -> Days:
    """So many whole units before or after: "2 weeks before" is 14 to 20 days."""
    length = {"day": 1.0, "week": 7.0, "month": MONTH, "year": 365.25}[unit]
    near, far = int(number * length), int((number + 1) * length) - 1
    if unit == "month":
        # a month of the calendar may be told by the difference of months
        near, far = int((number - 1) * length) + 1, int((number + 1) * length) + 1
    if before:
        return anchor - dt.timedelta(days=far), anchor - dt.timedelta(days=near)
    return anchor + dt.timedelta(days=near), anchor + dt.timedelta(days=far)


def _later(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last that its month has."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
