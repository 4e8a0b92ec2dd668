"""Lessons taught again: groups of which people said that they are the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import pytest

from publishing.catalogue import repeated_lessons
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.repeated_lessons import find_repeated_lessons, name_published_alone
from publishing.reviews import KeyFacts, Lesson, RedactedReview

RECALL = "A decision not to recall must be recorded by the manager who makes it, with the evidence considered."
RECALL_AGAIN = "A decision not to recall should be written down on the day, with the evidence that would change it."
MAPPA = "An action agreed at a MAPPA meeting must have a named owner and a date for the next meeting."
MAPPA_AGAIN = "An action from a MAPPA meeting belongs to a post with a date. It is read out first at the next meeting."
HOMES = "Home visits must be made, and what was seen in the bedroom and kitchen written down."


def taught(number: int, *texts: str, year: int = 2018, same_as: str = "") -> list[ReviewLesson]:
    """The lessons of an invented review, published in the order of its number; the first is the same as others."""
    facts = KeyFacts(
        outcome="convicted",
        offence="murder",
        offence_year=year,
        region="wales",
        supervision="licence",
        risk_of_serious_harm="high",
        agencies=("probation",),
        themes=("recall",),
        reasonable_steps="taken",
    )
    same = tuple(same_as.split())
    lessons = tuple(
        Lesson(id=n, text=text, level="local", same_as=same if n == 1 else ()) for n, text in enumerate(texts, start=1)
    )
    review = RedactedReview(
        public_id=f"2025-{number:03}",
        publish_on=dt.date(2025, 1, 1) + dt.timedelta(days=number),
        facts=facts,
        content_notes=(),
        sections=(),
        lessons=lessons,
        redactions={},
    )
    return [ReviewLesson(review, lesson) for lesson in lessons]


def names(group: repeated_lessons.RepeatedLesson) -> list[str]:
    """Which lessons a group holds."""
    return [one.reference for one in group.lessons]


def test_what_a_person_called_the_same_is_a_group() -> None:
    """Two reviews; likeness alone puts nothing together."""
    lessons = [*taught(2, RECALL_AGAIN, MAPPA_AGAIN, year=2021, same_as="2025-001/1"), *taught(1, RECALL, MAPPA, HOMES)]
    groups = find_repeated_lessons(lessons)
    assert [names(group) for group in groups] == [["2025-001/1", "2025-002/1"]]
    assert (groups[0].years, groups[0].key) == ((2018, 2021), "2025-001-1")
    assert groups[0].latest.lesson.text == RECALL_AGAIN
    assert find_repeated_lessons(lessons[::-1]) == groups


def test_the_same_as_the_same_is_the_same() -> None:
    """Whoever says it names one lesson; the others follow, and the anchor stays the first lesson's."""
    before = [*taught(1, RECALL), *taught(2, RECALL_AGAIN, same_as="2025-001/1")]
    after = [*before, *taught(3, RECALL, same_as="2025-002/1"), *taught(4, MAPPA)]
    assert [names(group) for group in find_repeated_lessons(after)] == [["2025-001/1", "2025-002/1", "2025-003/1"]]
    assert find_repeated_lessons(before)[0].key == find_repeated_lessons(after)[0].key


def test_one_review_repeats_nothing() -> None:
    """Nor does a lesson that is the same as one that is not published: the group needs two reviews that are here."""
    assert find_repeated_lessons(taught(1, RECALL, RECALL_AGAIN)) == ()
    assert find_repeated_lessons([*taught(1, RECALL, same_as="2031-009/2"), *taught(2, HOMES)]) == ()
    assert find_repeated_lessons([]) == ()


def test_a_lesson_that_is_not_published_joins_nothing_and_is_named_nowhere() -> None:
    """Withdrawn, still to come, or mistyped twice alike: nobody can read it, so it makes no two lessons one."""
    lessons = [
        *taught(1, RECALL, same_as="2031-009/2"),
        *taught(2, RECALL_AGAIN, same_as="2031-009/2"),
        *taught(3, HOMES),
    ]
    assert find_repeated_lessons(lessons) == ()
    shown = name_published_alone([one.review for one in lessons])
    assert "2031-009" not in json.dumps([review.model_dump(mode="json") for review in shown])
    assert [review.lessons[0].same_as for review in shown] == [(), (), ()]


@pytest.mark.parametrize("gone", range(1, 5))
def test_what_a_withdrawal_leaves_is_what_the_next_build_makes(gone: int) -> None:
    """A withdrawal knows the public records alone, a build the signed texts: who is one lesson with whom is the same in both."""
    signed = [
        *taught(1, RECALL, same_as="2031-009/2"),
        *taught(2, RECALL_AGAIN, same_as="2025-004/1 2031-009/2"),
        *taught(3, RECALL, same_as="2025-001/1 2025-002/1"),
        *taught(4, RECALL_AGAIN),
    ]

    def left(reviews: Sequence[RedactedReview]) -> list[list[str]]:
        lessons = [ReviewLesson(r, lesson) for r in reviews if r.public_id != f"2025-00{gone}" for lesson in r.lessons]
        return [names(group) for group in find_repeated_lessons(lessons)]

    reviews = [one.review for one in signed]
    assert left(name_published_alone(reviews)) == left(reviews)
    assert (
        left(reviews)
        == {
            1: [["2025-002/1", "2025-003/1", "2025-004/1"]],
            2: [["2025-001/1", "2025-003/1"]],
            3: [["2025-002/1", "2025-004/1"]],
            4: [["2025-001/1", "2025-002/1", "2025-003/1"]],
        }[gone]
    )
