"""Lessons proposed as perhaps the same: measured against groups that a person marked (tests/gold/repeated_lessons.yml)."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import pytest
import yaml

from publishing import intake
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.like_lessons import LessonWords, LikeLessons, stems
from tests.publishing.catalogue.test_repeated import HOMES, MAPPA, MAPPA_AGAIN, RECALL, RECALL_AGAIN, taught
from tests.support.paths import GOLD, SAMPLES

Pair = frozenset[str]


@dataclass
class Measure:
    """What was offered for the lessons of one half of the gold."""

    true: set[Pair] = field(default_factory=set)
    offered: set[Pair] = field(default_factory=set)
    repeats: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Of the pairs offered, those that are the same lesson."""
        return len(self.offered & self.true) / len(self.offered)

    @property
    def recall(self) -> float:
        """Of the pairs that are the same lesson, those offered."""
        return len(self.offered & self.true) / len(self.true)

    @property
    def decided(self) -> float:
        """Of the pairs that are the same lesson, those joined once a person has answered each offer rightly."""
        groups: list[set[str]] = []
        for pair in self.offered & self.true:
            joined = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair] + [set(pair).union(*joined)]
        return len({pair for group in groups for pair in _pairs(group)} & self.true) / len(self.true)

    @property
    def helped(self) -> float:
        """Of the lessons that an earlier review had taught, those for which at least one such was offered."""
        return self.found / self.repeats


def _pairs(group: Iterable[str]) -> Iterator[Pair]:
    yield from map(frozenset, combinations(sorted(group), 2))


def _half(name: str) -> str:
    return ("tuned on", "measured only")[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def measure() -> dict[str, Measure]:
    """Each lesson of the samples held against those of the reviews with earlier references, half by half."""
    gold = yaml.safe_load((GOLD / "repeated_lessons.yml").read_text(encoding="utf-8"))
    half = {pair: _half(name) for name, group in gold["groups"].items() for pair in _pairs(group)}
    unsure = {pair for group in gold["near"] for pair in _pairs(group)} - half.keys()
    found = {name: Measure() for name in ("tuned on", "measured only")}
    for pair, name in half.items():
        found[name].true.add(pair)
    cases = [intake.load_case(folder) for folder in intake.case_folders(SAMPLES)]
    lessons = [
        ReviewLesson(case, lesson)  # type: ignore[arg-type]
        for case in sorted(cases, key=lambda case: case.public_id)
        for lesson in case.lessons
    ]
    for one in lessons:
        earlier = [other for other in lessons if other.review.public_id < one.review.public_id]
        words = LessonWords(one.lesson.text, one.lesson.owner, one.lesson.themes)
        offers = LikeLessons(earlier).find(words, one.review.public_id)
        offered = {frozenset((one.reference, other.reference)) for other in offers} - unsure
        same = {pair for other in earlier if (pair := frozenset((one.reference, other.reference))) in half}
        for pair in offered:
            found[half.get(pair, _half(one.reference))].offered.add(pair)
        if same:
            own = found[half[min(same, key=sorted)]]
            own.repeats += 1
            own.found += bool(same & offered)
    return found


@pytest.mark.slow
def test_most_repeated_lessons_are_offered_to_a_person() -> None:
    """Floors of the half that nothing was tuned on.

    Of the 37 lessons, in both halves, that an earlier review had taught, the groups that a program alone made before told 9.
    """
    found = measure()
    told = {
        name: f"{m.helped:.2f} helped, {m.decided:.2f} decided, precision {m.precision:.2f}, recall {m.recall:.2f}"
        for name, m in found.items()
    }
    measured = found["measured only"]
    assert (measured.repeats, found["tuned on"].repeats) == (26, 11)
    assert measured.helped >= 0.88, told
    assert measured.decided >= 0.9, told
    assert measured.recall >= 0.6, told
    assert measured.precision >= 0.22, told


def test_the_likest_come_first_and_a_persons_word_counts() -> None:
    """Not of the lesson's own review, and none about which somebody has decided."""
    known = LikeLessons([*taught(1, RECALL, MAPPA), *taught(2, HOMES), *taught(3, RECALL_AGAIN)])
    found = known.find(LessonWords(RECALL_AGAIN), "2025-003")
    assert found[0].reference == "2025-001/1"
    assert "2025-003/1" not in {one.reference for one in found}
    assert known.find(LessonWords(MAPPA_AGAIN), "2025-009")[0].reference == "2025-001/2"
    assert known.find(LessonWords(MAPPA_AGAIN), "2025-009", ("2025-001/2",)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RECALL, MAPPA),
        ("[Prison 1] must see [Manager 2] and [Court 3].", "[Prison 1] should call [Manager 2] and [Court 3]."),
        ("Officers must do it.", "They should have it done."),
    ],
)
def test_little_words_and_labels_make_no_likeness(one: str, other: str) -> None:
    """What every lesson says, and what redaction put in, proposes nothing."""
    others = taught(2, HOMES, "Interpreters are booked.", "Letters are read.")
    assert "2025-001/1" not in {
        t.reference for t in LikeLessons([*taught(1, one), *others]).find(LessonWords(other), "2025-009")
    }


def test_endings_make_no_difference() -> None:
    """Visit, visits, visited and visiting are one word; so are policy and policies."""
    for words in ("visit visits visited visiting", "policy policies", "home homes", "decide decided"):
        assert len(stems(words)) == 1


@pytest.mark.soak
def test_thousands_of_lessons_take_seconds() -> None:
    """Ten thousand lessons of a thousand different words: a case's five are compared with them within ten seconds."""
    words = [f"{a}{b}{c}" for a in "bdfghklmnp" for b in ("ar", "el", "in", "om", "ut") for c in ("bak", "den", "gol")]
    texts = [" ".join(words[(n * k * k + 7 * k) % len(words)] for k in range(3, 15)) for n in range(10_000)]
    begun = time.monotonic()
    known = LikeLessons(one for n, text in enumerate(texts, start=1) for one in taught(n % 999 + 1, text))
    for text in texts[:5]:
        known.find(LessonWords(text), "2025-999")
    assert time.monotonic() - begun < 10
