"""Ages and quantities, read from words and told in bands."""

from __future__ import annotations

import re

from redaction.lexicon.numbers import NUMBER, parse_number

_NUMBER = re.compile(rf"(?<![\w.]){NUMBER}(?=\W|$|y\.?/?o|yrs?\b|m(?:ths?)?\b|wks?\b)", re.I)

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

_MEASURE = re.compile(rf"(?<![\w.])(?:(an?)|({NUMBER}))(?: and a half)?[\s-]+(year|yr|month|week|day)s?(?![a-z])", re.I)

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


def parse_months(text: str) -> float | None:
    """A length of time such as "five years and four months" in months, or None."""
    total = 0.0
    found = False
    for measure in _MEASURE.finditer(text):
        number = 1 if measure[1] else parse_number(measure[2])
        if number is None:
            continue
        found = True
        half = 0.5 if "half" in measure[0].casefold() else 0.0
        total += (number + half) * 12 * _PER_YEAR[measure[3].casefold()]
    return total if found else None


def quantity_band(text: str) -> str:
    """The public words for a sentence length ("[2 to 4 years]") or for a number of people ("[more than one]")."""
    months = parse_months(text)
    if months is not None:
        # weeks don't divide a year evenly: 52 weeks count as twelve months
        return next((band for below, band in LENGTH_BANDS if round(months, 1) < below), LONGEST)
    number = _first_number(text)
    if number is None:
        return QUANTITY_REMOVED
    return "one" if number == 1 else SEVERAL


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
