"""Coarse terms and periods: which exact terms and years they cover."""

from __future__ import annotations

from publishing.vocabulary import exact_terms

NOT_GIVEN = "not-given"
"""The coarse term of supervision, providers and agencies that is shown in place of one held back."""


def five_year_period(year: int | str) -> str:
    """The five years that a year is in: 2015-2019. A period is its own."""
    return year if isinstance(year, str) else f"{year - year % 5}-{year - year % 5 + 4}"


def years_within(year: int | str) -> range:
    """The years that a year or a period covers."""
    if isinstance(year, int):
        return range(year, year + 1)
    first, last = map(int, year.split("-"))
    return range(first, last + 1)


def exact_terms_within(words: str, key: str) -> tuple[str, ...]:
    """The exact terms that a term covers: itself, or those within it."""
    return tuple(name for name, term in exact_terms(words).items() if key in (name, term.within))
