"""What is asked of a day: on every day that is said to give the same answers, it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.catalogue.recommendations import months_between
from publishing.site.asked_day import AskedDay

DAY = dt.date(2025, 3, 31)
QUESTIONS: dict[str, Callable[[Any, dt.date], object]] = {
    "year": lambda day, _: day.year,
    "month": lambda day, _: day.month,
    "day": lambda day, _: day.day,
    "before": lambda day, other: day < other,
    "after": lambda day, other: day > other,
    "until": lambda day, other: day <= other,
    "since": lambda day, other: day >= other,
    "before, the other way round": lambda day, other: other < day,
    "until, the other way round": lambda day, other: other <= day,
    "the same": lambda day, other: day == other,
    "another": lambda day, other: day != other,
    "later": lambda day, other: max(day, other) == other,
    "in words": lambda day, _: f"{day:%d %B %Y} {day}",
    "months since": lambda day, other: months_between(other, day),
}
days = st.dates(dt.date(2024, 11, 1), dt.date(2025, 12, 31))


@given(days, st.lists(st.tuples(st.sampled_from(sorted(QUESTIONS)), days), max_size=4), days)
def test_answers_are_those_of_the_day_and_of_every_day_that_is_like_it(
    day: dt.date, asked: Sequence[tuple[str, dt.date]], other: dt.date
) -> None:
    def answers(day: object) -> list[object]:
        return [QUESTIONS[question](day, than) for question, than in asked]

    noted = AskedDay(day)
    assert answers(noted) == answers(day)
    words = noted.days_in_words()
    assert noted.is_one_of(words)
    if AskedDay(other).is_one_of(words):
        assert answers(other) == answers(day)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("year", "2025-01-01", "2025-12-31"),
        ("month", "2025-03-01", "2025-03-31"),
        ("day", "2025-03-31", "2025-03-31"),
        ("before", "2025-03-31", "9999-12-31"),
        ("after", "0001-01-01", "2025-03-31"),
        ("months since", "2025-03-31", "2025-03-31"),
    ],
)
def test_no_more_days_are_other_than_must_be(question: str, first: str, last: str) -> None:
    noted = AskedDay(DAY)
    QUESTIONS[question](noted, DAY)
    assert noted.days_in_words() == [first, last]


def test_a_day_that_nobody_asks_for_is_any_day() -> None:
    assert AskedDay(dt.date(2031, 1, 1)).is_one_of(AskedDay(DAY).days_in_words())


@pytest.mark.parametrize(
    "damaged", [None, [], ["2025-03-31"], ["2025-03-31", 7], "2025", ["2025-04-01", "2025-03-01"], ["x", "2025-03-31"]]
)
def test_days_that_are_none_are_not_the_day(damaged: object) -> None:
    assert not AskedDay(DAY).is_one_of(damaged)


@pytest.mark.parametrize(
    "ask",
    [
        lambda day: day - DAY,
        lambda day: {day},
        lambda day: day.weekday(),
        lambda day: dt.datetime.combine(day, dt.time()),
    ],
)
def test_what_is_not_answered_fails(ask: Callable[[Any], object]) -> None:
    """Rather than that a page depends on a day and nobody notes it."""
    with pytest.raises((TypeError, AttributeError)):
        ask(AskedDay(DAY))
