"""Lessons taught again: grouped by words that the group can show."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from publishing.catalogue import repeated_lessons
from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import KeyFacts, Lesson, RedactedReview

RECALL = "A decision not to recall must be recorded by the manager who makes it, with the evidence considered."
RECALL_AGAIN = "A decision not to recall should be written down on the day, with the evidence that would change it."
MAPPA = "An action agreed at a MAPPA meeting must have a named owner and a date for the next meeting."
MAPPA_AGAIN = "An action from a MAPPA meeting belongs to a post with a date. It is read out first at the next meeting."
HOMES = "Home visits must be made, and what was seen in the bedroom and kitchen written down."


def taught(number: int, *texts: str, year: int = 2018) -> list[ReviewLesson]:
    """The lessons of an invented review, published in the order of its number."""
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
    lessons = tuple(Lesson(id=n, text=text, level="local") for n, text in enumerate(texts, start=1))
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
    return [f"{t.review.public_id}-{t.lesson.id}" for t in group.lessons]


def test_a_lesson_taught_again_is_found_with_the_words_why() -> None:
    """Two reviews, two lessons each: two groups, each with its words, its first and its latest."""
    groups = repeated_lessons.find_repeated_lessons(
        [*taught(2, MAPPA_AGAIN, RECALL_AGAIN, year=2021), *taught(1, RECALL, MAPPA, HOMES)]
    )
    assert [names(group) for group in groups] == [["2025-001-1", "2025-002-2"], ["2025-001-2", "2025-002-1"]]
    assert groups[0].words == ("decision", "recall", "evidence")
    assert set(groups[1].words) == {"action", "MAPPA", "meeting", "date", "next"}
    assert groups[0].years == (2018, 2021)
    assert groups[0].key == "2025-001-1"


def test_one_review_repeats_nothing() -> None:
    """A review that says a thing twice has taught it once."""
    assert repeated_lessons.find_repeated_lessons(taught(1, RECALL, RECALL_AGAIN)) == ()
    assert repeated_lessons.find_repeated_lessons([]) == ()


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    """Groups are the same whichever way reviews are read."""
    lessons = [*taught(1, RECALL, HOMES), *taught(2, RECALL_AGAIN), *taught(3, MAPPA), *taught(4, MAPPA_AGAIN, RECALL)]
    assert repeated_lessons.find_repeated_lessons(lessons) == repeated_lessons.find_repeated_lessons(lessons[::-1])


def test_a_key_stays_when_the_lesson_is_taught_again() -> None:
    """The group's anchor is its first lesson's: a new review does not move it."""
    before = repeated_lessons.find_repeated_lessons([*taught(1, RECALL), *taught(2, RECALL_AGAIN)])
    after = repeated_lessons.find_repeated_lessons([*taught(1, RECALL), *taught(2, RECALL_AGAIN), *taught(3, RECALL)])
    assert before[0].key == after[0].key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RECALL, MAPPA),
        ("Officers must ask the person each week.", "The person must tell the officer each week."),
        ("[Prison 1] must see [Manager 2] and [Court 3].", "[Prison 1] should call [Manager 2] and [Court 3]."),
        ("Visits matter.", "Visits to a home matter, and so does what a home visit is for and what was seen there."),
    ],
)
def test_lessons_are_not_alike_by_chance(one: str, other: str) -> None:
    """Common words, labels and very short lessons put nothing together."""
    assert repeated_lessons.find_repeated_lessons([*taught(1, one), *taught(2, other)]) == ()


def test_likeness_does_not_wander() -> None:
    """Each lesson of a group is like its first; a chain of likenesses is not followed."""
    first = "Alpha bravo charlie delta echo."
    middle = "Charlie delta echo foxtrot golf."
    last = "Echo foxtrot golf hotel india."
    groups = repeated_lessons.find_repeated_lessons([*taught(1, first), *taught(2, middle), *taught(3, last)])
    assert [names(group) for group in groups] == [["2025-001-1", "2025-002-1"]]


def test_endings_make_no_difference() -> None:
    """Visit, visits, visited and visiting are one word; so are policy and policies."""
    words = ("visit", "visits", "visited", "visiting"), ("policy", "policies"), ("home", "homes"), ("decide", "decided")
    for group in words:
        assert (
            len({stem for word in group for stem in repeated_lessons.stems(Lesson(id=1, text=word, level="local"))})
            == 1
        )


@pytest.mark.soak
def test_thousands_of_lessons_take_seconds() -> None:
    """Ten thousand lessons of a thousand different words are grouped within a minute."""
    words = [f"{a}{b}{c}" for a in "bdfghklmnp" for b in ("ar", "el", "in", "om", "ut") for c in ("bak", "den", "gol")]
    texts = [" ".join(words[(n * k * k + 7 * k) % len(words)] for k in range(3, 15)) for n in range(10_000)]
    begun = time.monotonic()
    repeated_lessons.find_repeated_lessons(
        lesson for n, text in enumerate(texts, start=1) for lesson in taught(n % 999 + 1, text)
    )
    assert time.monotonic() - begun < 60
