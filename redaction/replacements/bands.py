"""Ages and quantities, read from words and told in bands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from redaction.lexicon.numbers import NUMBER, parse_number
from redaction.vetoes.rules import any_of

_NUMBER = re.compile(rf"(?<![\w.]){NUMBER}(?=\W|$|[½¼¾]|y\.?/?o|yrs?\b|m(?:ths?)?\b|wks?\b)", re.I)

_DECADE = re.compile(
    r"(?:(early|mid|late)(?:[- ](?:to|or)[- ](?:early|mid|late))?[- ]?)?"
    r"(?:(\d)0['’]?s|(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies|(teens))",
    re.I,
)

_STEMS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")

_WITHIN = {"early": 2, "mid": 5, "late": 8}

_PER_YEAR = {
    "year": 1.0,
    "yr": 1.0,
    "month": 1 / 12,
    "mth": 1 / 12,
    "week": 1 / 52.18,
    "wk": 1 / 52.18,
    "day": 1 / 365.25,
}

_UNIT = re.compile(r"(?<![a-z])(year|yr|month|mth|week|wk|day)s?(?![a-z])", re.I)

_LONG_UNITS = {"y": 12.0, "m": 1.0, "w": 12 / 52.18, "d": 12 / 365.25}
"""The first letter of a unit of a sentence → its months; "h" is an hour of unpaid work."""

_MEASURE = re.compile(
    rf"(?:(?<![\w.])|(?<=\d[ym]))(?:(an?)[\s-]+|({NUMBER})(?: and a half|½)?(?:[\s-]+|(?<=\d)))(?:calendar\s)?"
    r"(y(?:ea)?rs?|y|m(?:on)?ths?|m|weeks?|wks?|w|days?|d|hours?|hrs?)(?![a-z])",
    re.I,
)

_GOES_ON = re.compile(r"[\s,]*(?:and|&)?[\s]*", re.I)

_UNIT_OF_BEFORE = re.compile(
    rf"(?:\b{NUMBER}|\ban?)[\s-]*(?P<unit>y(?:ea)?r|y|m(?:on)?th|m|week|wk)s?['’]?(?![a-z])[^.;\n]{{0,60}}?"
    r"(?:suspended(?: for)?|susp\.?(?: for)?|(?:licence|extension|period|term) of|plus|\+|[(/])\s*$",
    re.I,
)
"""Before a number without a unit: "eight months suspended for", "a term of ten years and an extended licence of", "14 years (10 +"."""

_UNIT_OF_CUSTODY = re.compile(
    rf"(?:\b{NUMBER}|\ban?)[\s-]*(?P<unit>y(?:ea)?r|month|mth|week|wk)s?['’]?(?![a-z])[^.;\n]{{0,40}}?\b(?:with|and|further)\s*$",
    re.I,
)
"""Before a number "on licence": "14 years in custody and"."""

_ON_LICENCE = re.compile(r"\s(?:(?:more|further)\s)?on\s(?:extended\s)?licence\b", re.I)

_HARMED_NEXT = re.compile(rf"[ ](?:was|were)[ ]{any_of('counted', 'harmed')}\b")

_COUNTED_NEXT = re.compile(
    rf"[ ](?:(?:other|more|young|old)[ ])?{any_of('counted', 'people', 'relatives', 'company', 'nouns')}\b|[ ]of[ ](?:the|them|his|her)\b"
)

_HOURS_BEFORE = re.compile(r"\b(?:hours|hrs)(?: ordered| imposed| made)?[\s:|]*$", re.I)

AGE_BANDS: tuple[tuple[float, str], ...] = (
    (18, "[child]"),
    (25, "[aged 18 to 24]"),
    (35, "[aged 25 to 34]"),
    (45, "[aged 35 to 44]"),
    (55, "[aged 45 to 54]"),
    (65, "[aged 55 to 64]"),
)

"""Each band with the age at which the next begins."""

OLDEST = "[aged 65 or over]"

AGE_REMOVED = "[detail removed]"

LENGTH_BANDS: tuple[tuple[float, str], ...] = (
    (12, "[under 12 months]"),
    (24, "[1 to 2 years]"),
    (48, "[2 to 4 years]"),
    (120, "[4 to 10 years]"),
    (240, "[10 to 20 years]"),
)

"""Each band of sentence lengths with the months at which the next begins."""

LONGEST = "[20 years or more]"

HOUR_BANDS: tuple[tuple[float, str], ...] = ((100, "[under 100 hours]"), (200, "[100 to 200 hours]"))

"""Each band of hours of unpaid work with the hours at which the next begins."""

MOST_HOURS = "[200 hours or more]"

SEVERAL = "[more than one]"

QUANTITY_REMOVED = "[detail removed]"


def parse_age(text: str) -> float | None:
    """The age in years that a span such as "aged 34", "6-month-old" or "mid-thirties" says; of several, the first."""
    if decade := _DECADE.search(text):
        return _decade(decade)
    number = _first_number(text)
    if number is None:
        return None
    unit = _UNIT.search(text)
    return number * _PER_YEAR[unit[1].casefold()] if unit else float(number)


def age_band(years: float) -> str:
    """The public band of an age."""
    return next((band for below, band in AGE_BANDS if years < below), OLDEST)


def render_age(text: str) -> str:
    """The public words for an age as written."""
    years = parse_age(text)
    return AGE_REMOVED if years is None else age_band(years)


def quantity_band(text: str, before: str = "", after: str = "", *, victims: bool = False) -> str:
    """The public words for lengths of a sentence ("[2 to 4 years]"), hours of unpaid work, or a number of people ("[more than one]").

    A number alone has the unit that was told right `before` it; where it has none it is removed, unless it counts victims or, by
    what comes `after`, people or things.
    """
    lengths = list(_lengths(text))
    if lengths:
        told = _band(lengths[0])
        for last, length in pairwise(lengths):
            suspended = "susp" in text[last.end : length.start].casefold()
            told += f"{' suspended for' if suspended else ' and'} {_band(length)}"
        return told
    found = _NUMBER.search(text)
    number = parse_number(found[0]) if found else None
    if found is None or number is None:
        return QUANTITY_REMOVED
    if victims or _COUNTED_NEXT.match(after) or _HARMED_NEXT.match(after):
        return "one" if number == 1 else SEVERAL
    lead = before + text[: found.start()]
    on_licence = _UNIT_OF_CUSTODY.search(lead) if _ON_LICENCE.match(after) else None
    if unit := on_licence or _UNIT_OF_BEFORE.search(lead):
        return _band(_Length(number * _LONG_UNITS[unit["unit"][0].casefold()], False, *found.span()))
    if _HOURS_BEFORE.search(lead):
        return _band(_Length(number, True, *found.span()))
    return "one" if number == 1 else QUANTITY_REMOVED


@dataclass(frozen=True)
class _Length:
    """A length of time in a text: months, or hours of work."""

    amount: float
    hours: bool
    start: int
    end: int


def _lengths(text: str) -> Iterator[_Length]:
    """Each length: "five years and four months" is one, "four years and three years" are two."""
    length: _Length | None = None
    unit = ""
    for measure in _MEASURE.finditer(text):
        number = 1 if measure[1] else parse_number(measure[2])
        if number is None:
            continue
        amount = number + (0.5 if "half" in measure[0].casefold() or "½" in measure[0] else 0.0)
        last, unit = unit, measure[3][0].casefold()
        hours = unit == "h"
        months = amount if hours else amount * _LONG_UNITS[unit]
        smaller = bool(length and not length.hours and not hours and "ymwd".index(last) < "ymwd".index(unit))
        if length and smaller and _GOES_ON.fullmatch(text, length.end, measure.start()):
            length = replace(length, amount=length.amount + months, end=measure.end())
            continue
        if length:
            yield length
        length = _Length(months, hours, *measure.span())
    if length:
        yield length


def _band(length: _Length) -> str:
    bands, most = (HOUR_BANDS, MOST_HOURS) if length.hours else (LENGTH_BANDS, LONGEST)
    # weeks don't divide a year evenly: 52 weeks count as twelve months
    return next((band for below, band in bands if round(length.amount, 1) < below), most)


def _first_number(text: str) -> int | None:
    found = _NUMBER.search(text)
    return parse_number(found[0]) if found else None


def _decade(found: re.Match[str]) -> float:
    within = _WITHIN.get((found[1] or "mid").casefold(), 5)
    if found[4]:
        # nobody in their teens is younger than thirteen, and eighteen is no longer a child
        return {2: 13.0, 5: 15.0, 8: 18.0}[within]
    tens = int(found[2]) if found[2] else _STEMS.index(found[3].casefold()) + 2
    return 10.0 * tens + within
