"""Feasts and holidays by which British reviews date what happened, and the days on which they fall."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fixed:
    """The same day every year."""

    month: int
    day: int


@dataclass(frozen=True)
class Easter:
    """So many days after Easter Sunday (before it, where negative)."""

    days: int


@dataclass(frozen=True)
class Nth:
    """The nth such weekday of a month; -1 is the last."""

    month: int
    weekday: int
    nth: int


@dataclass(frozen=True)
class Moving:
    """A feast of another calendar, or one that nothing here can place: its year alone is shown."""


Rule = Fixed | Easter | Nth | Moving

HOLIDAYS: tuple[tuple[str, Rule], ...] = (
    (r"(?i:Christmas[ -]Eve)|Noswyl(?: y)? Nadolig|Noswyl Nadolig", Fixed(12, 24)),
    (r"Orthodox (?:Christmas|Easter)", Moving()),
    (r"(?i:Christmas(?:[ -](?:Day|morning|night))?|Xmas(?: Day| Eve)?)|Dydd Nadolig", Fixed(12, 25)),
    (r"(?i:Boxing[ -]Day)|St(?:\.|ephen['’]s) Stephen['’]s Day|Gŵyl San Steffan", Fixed(12, 26)),
    (r"(?i:New Year['’]?s['’]? Eve|nye)|Hogmanay|Nos Galan|Noswyl(?: y)? G?[Cc]?alan|NYE", Fixed(12, 31)),
    (r"(?:Chinese|Lunar|Islamic|Jewish|Persian) New Year", Moving()),
    (r"New Year['’]?s['’]? (?:Day|morning)|(?:the )?New Year|Dydd Calan|Calan", Fixed(1, 1)),
    (r"Twelfth Night", Fixed(1, 5)),
    (r"Epiphany", Fixed(1, 6)),
    (r"Burns[’']? Night", Fixed(1, 25)),
    (r"(?:St\.? )?(?i:Valentine['’]?s(?: Day)?)|Dydd Santes Dwynwen", Fixed(2, 14)),
    (r"(?:St\.? David['’]?s|Saint David['’]?s) Day|Dydd Gŵyl Dewi", Fixed(3, 1)),
    (r"(?:St\.?|Saint) Patrick['’]?s (?:Day|Night)", Fixed(3, 17)),
    (r"April Fools?['’]?s?['’]? Day", Fixed(4, 1)),
    (r"(?:St\.?|Saint) George['’]?s Day", Fixed(4, 23)),
    (r"(?:St\.?|Saint) Andrew['’]?s (?:Day|Night)", Fixed(11, 30)),
    (r"May Day [Bb]ank [Hh]oliday|[Ee]arly May [Bb]ank [Hh]oliday", Nth(5, 0, 1)),
    (r"May Day|Calan Mai", Fixed(5, 1)),
    (r"(?:[Ss]pring|[Ll]ate May|Whitsun) [Bb]ank [Hh]oliday", Nth(5, 0, -1)),
    (r"(?:[Ss]ummer|August) [Bb]ank [Hh]oliday", Nth(8, 0, -1)),
    (r"(?:[Bb]ank|BANK|public|Public)[ -](?:[Hh]oliday|HOLIDAY)(?: (?:Monday|Friday|weekend))?", Moving()),
    (r"Midsummer(?:['’]s)? (?:Day|Eve|Night)", Fixed(6, 24)),
    (r"VE Day", Fixed(5, 8)),
    (r"Hallow['’]?e['’]?en|Nos(?:on)? Calan Gaeaf|All Hallows['’]? Eve", Fixed(10, 31)),
    (r"All Saints['’]?(?: Day)?", Fixed(11, 1)),
    (r"All Souls['’]?(?: Day)?", Fixed(11, 2)),
    (r"(?:[Bb]onfire|Guy Fawkes|[Ff]ireworks)(?:['’]s?)? [Nn]ight|Noson Tân Gwyllt", Fixed(11, 5)),
    (r"Armistice Day|Remembrance Day|Poppy Day", Fixed(11, 11)),
    (r"Remembrance Sunday", Nth(11, 6, 2)),
    (r"Father['’]?s['’]? Day", Nth(6, 6, 3)),
    (r"Mother['’]?s['’]? Day|Mothering Sunday|Sul y Mamau", Easter(-21)),
    (r"Shrove Tuesday|Pancake (?:Day|Tuesday)", Easter(-47)),
    (r"Ash Wednesday", Easter(-46)),
    (r"Palm Sunday", Easter(-7)),
    (r"Maundy Thursday", Easter(-3)),
    (r"(?i:Good Friday)|Gwener y Groglith", Easter(-2)),
    (r"Holy Saturday|Easter (?:Saturday|Eve)", Easter(-1)),
    (r"(?i:Easter Mon(?:day)?)|Llun y Pasg", Easter(1)),
    (r"(?i:(?:the )?Easter(?: (?:Sunday|Day|weekend|week|bank holiday))?)|(?:Sul y )?Pasg", Easter(0)),
    (r"Ascension Day", Easter(39)),
    (r"Pentecost|Whit ?[Ss]un(?:day)?|Whit Sunday", Easter(49)),
    (r"Whit Monday", Easter(50)),
    (r"Michaelmas", Fixed(9, 29)),
    (r"Candlemas", Fixed(2, 2)),
    (r"(?:Lent|Advent Sunday|Holy Week|Black Friday|Cyber Monday|Freshers['’]? Week)", Moving()),
    (r"(?:Diwali|Divali|Deepavali|Navratri|Holi|Raksha Bandhan|Janmashtami|Dussehra)", Moving()),
    (
        r"(?:[Ee]id(?:[ -]al[ -](?:Fitr|Adha))?|Eid ul[ -](?:Fitr|Adha)|[Rr]amadan|Ramadhan|Laylat al-Qadr|Ashura"
        r"|Muharram|Mawlid)",
        Moving(),
    ),
    (r"(?:Vaisakhi|Baisakhi|Bandi Chhor|Gurpurab|Hola Mohalla)", Moving()),
    (r"(?:Hanukkah|Chanukah|Hanukah|Passover|Pesach|Yom Kippur|Rosh Hashanah?|Purim|Sukkot|Shavuot)", Moving()),
    (r"(?:Nowruz|Norooz|Navroz|Newroz|Nawroz|Norouz|Vesak|Wesak|Songkran|Tết)", Moving()),
)

"""Names of feasts and holidays as patterns (the first that fits is meant), and when they fall."""

HOLIDAY = "|".join(f"(?:{pattern})" for pattern, _ in HOLIDAYS)

_COMPILED = tuple((re.compile(pattern), rule) for pattern, rule in HOLIDAYS)


def rule_of(name: str) -> Rule | None:
    """When the holiday with which this text begins falls, or None where it begins with none."""
    return next((rule for pattern, rule in _COMPILED if pattern.match(name)), None)


def day_of(rule: Rule, year: int) -> dt.date | None:
    """The day of a holiday in a year, or None where only its year is known."""
    match rule:
        case Fixed(month, day):
            return dt.date(year, month, day)
        case Easter(days):
            return easter(year) + dt.timedelta(days=days)
        case Nth(month, weekday, nth):
            return _nth_weekday(year, month, weekday, nth)
        case Moving():
            return None


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous computus of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.weekday() - weekday) % 7)


Precision = Literal["day", "week", "weekday", "month", "season", "year", "unknown"]
