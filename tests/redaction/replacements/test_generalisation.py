"""Ages and quantities are read from words and told in bands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.lexicon.numbers import parse_number
from redaction.replacements.bands import age_band, parse_age, quantity_band, render_age


@pytest.mark.parametrize(
    ("text", "number"), [("34", 34), ("seven", 7), ("thirty-four", 34), ("Sixteen", 16), ("ninety nine", 99)]
)
def test_reads_numbers(text: str, number: int) -> None:
    """Digits and words."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "many", "1234567", "one and only"])
def test_knows_no_number_where_there_is_none(text: str) -> None:
    """None says so."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("aged 4", "[child]"),
        ("17", "[child]"),
        ("6-month-old", "[child]"),
        ("aged six months", "[child]"),
        ("18", "[aged 18 to 24]"),
        ("nineteen", "[aged 18 to 24]"),
        ("late teens", "[aged 18 to 24]"),
        ("mid-teens", "[child]"),
        ("34-year-old", "[aged 25 to 34]"),
        ("mid-thirties", "[aged 35 to 44]"),
        ("2½", "[child]"),
        ("early 40s", "[aged 35 to 44]"),
        ("thirty-five years old", "[aged 35 to 44]"),
        ("52-year-old", "[aged 45 to 54]"),
        ("64 years of age", "[aged 55 to 64]"),
        ("81", "[aged 65 or over]"),
        ("aged", "[detail removed]"),
    ],
)
def test_tells_ages_in_bands(text: str, told: str) -> None:
    """Every way of writing an age ends in its band."""
    assert render_age(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("16 weeks", "[under 12 months]"),
        ("a month", "[under 12 months]"),
        ("12 months", "[1 to 2 years]"),
        ("18-month", "[1 to 2 years]"),
        ("two and a half years", "[2 to 4 years]"),
        ("four years", "[4 to 10 years]"),
        ("five years and four months", "[4 to 10 years]"),
        ("nine years", "[4 to 10 years]"),
        ("ten years", "[10 to 20 years]"),
        ("19 years", "[10 to 20 years]"),
        ("24 years", "[20 years or more]"),
        ("several", "[detail removed]"),
        ("14 mths", "[1 to 2 years]"),
        ("5yrs 4m", "[4 to 10 years]"),
        ("12m", "[1 to 2 years]"),
        ("six years eight months", "[4 to 10 years]"),
        ("3½ years", "[2 to 4 years]"),
        ("fifteen calendar months", "[1 to 2 years]"),
        ("eleven years and four years", "[10 to 20 years] and [4 to 10 years]"),
        ("14 mths susp 24 mths", "[1 to 2 years] suspended for [2 to 4 years]"),
        ("18 months and 120 hours", "[1 to 2 years] and [100 to 200 hours]"),
        ("80 hours'", "[under 100 hours]"),
        ("140 hrs", "[100 to 200 hours]"),
        ("a hundred hours", "[detail removed]"),
        ("240 hours", "[200 hours or more]"),
    ],
)
def test_tells_quantities_in_bands(text: str, told: str) -> None:
    """Sentence lengths by length, each of several; hours of work by hours."""
    assert quantity_band(text) == told


@pytest.mark.parametrize(
    ("before", "text", "after", "told"),
    [
        ("eight months suspended for ", "18", ", for affray", "[1 to 2 years]"),
        ("over 18 months he attacked and ", "four", " were killed.", "[more than one]"),
        ("in the last 12 months 40 came and ", "12", " left.", "[detail removed]"),
        ("gave him 14 years, with ", "five", " more on licence", "[4 to 10 years]"),
        ("an extended sentence of ten years, with a custodial term of ", "six", ".", "[4 to 10 years]"),
        ("nine months' custody, suspended for ", "twenty-four", ".", "[2 to 4 years]"),
        ("an extended sentence of 14 years (", "10", " + 4)", "[10 to 20 years]"),
        ("an extended sentence of 14 years (10 + ", "4", ")", "[4 to 10 years]"),
        ("nine years, with an extended licence of ", "four", ". He", "[4 to 10 years]"),
        ("Hours ordered ", "150", "", "[100 to 200 hours]"),
        ("two years later he was asked, by ", "four", " men", "[more than one]"),
        ("all of the ", "three", " officers", "[more than one]"),
        ("with ", "one", " man", "one"),
        ("after the ", "three", ", he left", "[detail removed]"),
        ("for two years. Suspended for ", "six", ".", "[detail removed]"),
    ],
)
def test_a_number_alone_is_told_by_what_is_around_it(before: str, text: str, after: str, told: str) -> None:
    """It has the unit of the length before it, or counts what follows; else it says nothing that a band could say."""
    assert quantity_band(text, before, after) == told


def test_adds_years_and_months() -> None:
    """A length may have several parts."""
    assert quantity_band("five years and four months") == "[4 to 10 years]"


@given(st.floats(0, 120), st.floats(0, 120))
def test_an_older_person_is_never_told_younger(one: float, other: float) -> None:
    """Bands follow each other."""
    bands = list(dict.fromkeys(age_band(years) for years in range(120)))
    low, high = sorted((one, other))
    assert bands.index(age_band(low)) <= bands.index(age_band(high))


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    """Whatever stands in a span, something is told."""
    assert render_age(text)
    assert quantity_band(text)
    assert parse_age(text) is None or parse_age(text) >= 0  # type: ignore[operator]
