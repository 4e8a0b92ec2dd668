"""Groupings: every entry under what it names, in the vocabulary's order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.catalogue import lessons
from publishing.reviews import KeyFacts, Lesson, RedactedReview, Update


def review(public_id: str, **changes: Any) -> RedactedReview:
    """An invented review with three lessons."""
    facts = {
        "outcome": "convicted",
        "offence": "murder",
        "offence_year": 2018,
        "region": "london",
        "supervision": "licence",
        "risk_of_serious_harm": "high",
        "agencies": ("probation", "police"),
        "themes": ("recall", "home-visits", "mappa"),
        "reasonable_steps": "taken",
    }
    taught = (
        Lesson(id=1, text="One", level="local", themes=("recall",)),
        Lesson(
            id=2,
            text="Two",
            level="local",
            updates=(
                Update(date=dt.date(2025, 6, 1), status="implemented"),
                Update(date=dt.date(2025, 1, 1), status="in-progress"),
            ),
        ),
    )
    publish_on = changes.pop("publish_on", dt.date(2025, 1, 1))
    return RedactedReview(
        public_id=public_id,
        publish_on=publish_on,
        facts=KeyFacts.model_validate({**facts, **changes}),
        content_notes=(),
        sections=(),
        lessons=taught,
        redactions={},
    )


REVIEWS = (
    review("2025-001"),
    review("2025-002", region="wales", offence_year=2020, publish_on=dt.date(2025, 5, 1)),
    review("2025-003", themes=("recall", "home-visits"), offence="rape", reasonable_steps="not-taken"),
)


def test_newest_comes_first() -> None:
    """By the day of publication, then by reference."""
    assert [r.public_id for r in lessons.newest_first(REVIEWS)] == ["2025-002", "2025-003", "2025-001"]
    assert [t.lesson.id for t in lessons.all_lessons(REVIEWS)] == [1, 2, 1, 2, 1, 2]


def test_a_lesson_without_themes_has_its_reviews() -> None:
    """It is found under every theme of the review."""
    groups = lessons.group_by_theme(lessons.all_lessons(REVIEWS[:1]))
    assert {theme: [t.lesson.id for t in group] for theme, group in groups.items()} == {
        "recall": [1, 2],
        "mappa": [2],
        "home-visits": [2],
    }


def test_groups_stand_in_the_vocabularys_order() -> None:
    """And a term that nothing names is left out."""
    assert list(lessons.group_by_region(REVIEWS)) == ["london", "wales"]
    assert list(lessons.group_by_offence(REVIEWS)) == ["murder", "rape"]
    assert list(lessons.group_by_agency(REVIEWS)) == ["probation", "police"]
    assert list(lessons.group_by_year(REVIEWS)) == [2020, 2018]


def test_status_is_the_newest_updates() -> None:
    """Whatever order updates come in; without any it is no response."""
    groups = lessons.group_by_status(lessons.all_lessons(REVIEWS[:1]))
    assert {status: [t.lesson.id for t in group] for status, group in groups.items()} == {
        "implemented": [2],
        "no-response": [1],
    }


@pytest.mark.parametrize(("number", "expected"), [(0, ["2025-002", "2025-003"]), (2, ["2025-002", "2025-001"])])
def test_related_reviews_share_most_themes(number: int, expected: list[str]) -> None:
    """Those with most themes in common come first; itself is never among them."""
    assert [r.public_id for r in lessons.RelatedReviews(REVIEWS).of(REVIEWS[number])] == expected


@given(
    st.lists(st.sets(st.sampled_from(("recall", "firearms", "mappa", "drugs", "home-visits")), max_size=5), max_size=12)
)
def test_related_reviews_are_those_that_a_comparison_of_each_with_each_finds(found: list[set[str]]) -> None:
    """Ordered by what they share, then the newest first; never more than four."""
    reviews = [review(f"2025-{n:03}", themes=tuple(themes)) for n, themes in enumerate(found)]
    related = lessons.RelatedReviews(reviews)
    for one in reviews:
        others = [other for other in lessons.newest_first(reviews) if other is not one]
        close = [other for other in others if len(lessons.shared_themes(one, other)) > 1]
        expected = sorted(close, key=lambda other: -len(lessons.shared_themes(one, other)))[:4]
        assert related.of(one) == tuple(expected)


def test_one_shared_theme_is_not_enough() -> None:
    """Reviews are related by two themes at least."""
    assert lessons.RelatedReviews(REVIEWS).of(review("2025-009", themes=("recall", "firearms"))) == ()
    assert lessons.shared_themes(REVIEWS[0], REVIEWS[2]) == ("recall", "home-visits")
