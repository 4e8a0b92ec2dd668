"""Feasts and holidays fall on the days that the calendar says."""

from __future__ import annotations

import datetime as dt

import pytest

from redaction.dates.holidays import day_of, easter, rule_of


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2018, 4, 1), (2019, 4, 21), (2024, 3, 31)]
)
def test_easter_sunday(year: int, month: int, day: int) -> None:
    """Easter is computed, not looked up."""
    assert easter(year) == dt.date(year, month, day)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Christmas Eve", dt.date(2018, 12, 24)),
        ("Christmas", dt.date(2018, 12, 25)),
        ("Boxing Day", dt.date(2018, 12, 26)),
        ("New Year's Eve", dt.date(2018, 12, 31)),
        ("Nos Galan", dt.date(2018, 12, 31)),
        ("Noswyl Calan", dt.date(2018, 12, 31)),
        ("Hogmanay", dt.date(2018, 12, 31)),
        ("New Year’s Day", dt.date(2018, 1, 1)),
        ("Good Friday", dt.date(2018, 3, 30)),
        ("Easter Monday", dt.date(2018, 4, 2)),
        ("Mother's Day", dt.date(2018, 3, 11)),
        ("Father's Day", dt.date(2018, 6, 17)),
        ("early May bank holiday", dt.date(2018, 5, 7)),
        ("August bank holiday", dt.date(2018, 8, 27)),
        ("August Bank Holiday", dt.date(2018, 8, 27)),
        ("Remembrance Sunday", dt.date(2018, 11, 11)),
        ("Bonfire Night", dt.date(2018, 11, 5)),
        ("Hallowe'en", dt.date(2018, 10, 31)),
    ],
)
def test_a_holiday_has_its_day(name: str, day: dt.date) -> None:
    """Fixed days, days counted from Easter, and nth weekdays."""
    rule = rule_of(name)
    assert rule is not None
    assert day_of(rule, 2018) == day


@pytest.mark.parametrize("name", ["Eid", "Eid al-Fitr", "Diwali", "Ramadan", "Chinese New Year", "bank holiday"])
def test_a_moving_feast_has_no_day(name: str) -> None:
    """What another calendar places is told by its year alone."""
    rule = rule_of(name)
    assert rule is not None
    assert day_of(rule, 2018) is None


def test_an_ordinary_word_is_no_holiday() -> None:
    """None says so."""
    assert rule_of("Tuesday") is None
