"""Published lessons that may be the same as one in hand: proposed to a person, who decides. Nothing of this is published.

Lessons are compared by the stems of their words, by the agencies that their owners tell and by their themes; what few lessons have
in common counts most (cosine similarity, weighted by rarity).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from publishing.catalogue.lessons import ReviewLesson
from publishing.files.shipped_data import load_shipped_yaml
from publishing.owners import owner_agencies

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_LABEL = re.compile(r"\[[^\]]*\]")  # what redaction put in place of a detail says nothing of the lesson


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    most: int
    similarity: float
    common: str
    endings: tuple[str, ...]


@cache
def _rules() -> _Rules:
    """The thresholds and the words that do not count: like_lessons.yml."""
    return _Rules.model_validate(load_shipped_yaml("publishing.catalogue", "like_lessons.yml"))


@cache
def _ignored() -> frozenset[str]:
    return frozenset(_rules().common.split())


@dataclass(frozen=True)
class LessonWords:
    """What of a lesson is compared: its text, who is to do it, and its themes."""

    text: str
    owner: str | None = None
    themes: tuple[str, ...] = ()

    def features(self) -> frozenset[str]:
        """Stems of words, agencies and themes, each by a name that none of the others has."""
        agencies = (f"for {agency}" for agency in owner_agencies(self.owner))
        themes = (f"about {theme}" for theme in self.themes)
        return frozenset((*stems(self.text), *agencies, *themes))


class LikeLessons:
    """Lessons that others can be compared with."""

    def __init__(self, lessons: Iterable[ReviewLesson]) -> None:
        self._lessons = tuple(sorted(lessons, key=lambda t: (t.review.publish_on, t.review.public_id, t.lesson.id)))
        self._by_reference = {taught.reference: taught for taught in self._lessons}
        told = [LessonWords(t.lesson.text, t.lesson.owner, t.lesson.themes).features() for t in self._lessons]
        self._counts = Counter(feature for features in told for feature in features)
        self._lengths = [self._length(features) for features in told]
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, features in enumerate(told):
            for feature in features:
                self._having[feature].append(number)

    def find(self, words: LessonWords, public_id: str, passed_over: Collection[str] = ()) -> tuple[ReviewLesson, ...]:
        """The lessons of other reviews that are most like one, the most like first; few, and none that is hardly like it.

        Args:
            words: the lesson in hand.
            public_id: its review's reference, whose own lessons are left out.
            passed_over: references of lessons that somebody has decided about.
        """
        features = words.features()
        shared: dict[int, float] = defaultdict(float)
        for feature in sorted(features):
            for number in self._having.get(feature, ()):
                shared[number] += self._weight(feature) ** 2
        length = self._length(features)
        scores = [
            (weight / (length * self._lengths[number]), number)
            for number, weight in shared.items()
            if (other := self._lessons[number]).review.public_id != public_id and other.reference not in passed_over
        ]
        near = sorted(((s, n) for s, n in scores if s >= _rules().similarity), key=lambda found: (-found[0], found[1]))
        return tuple(self._lessons[number] for _, number in near[: _rules().most])

    def get(self, reference: str) -> ReviewLesson | None:
        """A lesson by its reference; None where it is not among them."""
        return self._by_reference.get(reference)

    def _weight(self, feature: str) -> float:
        """The rarer, the more it tells."""
        return math.log(1 + (len(self._lessons) + 1) / (self._counts[feature] + 1))

    def _length(self, features: Iterable[str]) -> float:
        return math.sqrt(sum(self._weight(feature) ** 2 for feature in sorted(features))) or 1.0


def stems(text: str) -> frozenset[str]:
    """The words that say what a lesson is about, each by its stem."""
    plain = (
        word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
        for word in _WORD.findall(_LABEL.sub(" ", text))
    )
    return frozenset(_stem(word) for word in plain if word and word not in _ignored())


def _stem(word: str) -> str:
    for ending in _rules().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            return f"{stem}y" if ending in ("ies", "ied") else stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word
