"""Lessons that were taught again: groups of like lessons across reviews, and the words that make them alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import Lesson

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_LABEL = re.compile(r"\[[^\]]*\]")  # what redaction put in place of a detail says nothing of the lesson


class _SimilarityRules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    similarity: float
    shared: int
    common: str
    trade: str
    endings: tuple[str, ...]

    @property
    def ignored(self) -> frozenset[str]:
        return frozenset(f"{self.common} {self.trade}".split())


@cache
def similarity_rules() -> _SimilarityRules:
    """The thresholds and the words that do not count: repeated_lessons.yml."""
    return _SimilarityRules.model_validate(
        yaml.safe_load(files("publishing.catalogue").joinpath("repeated_lessons.yml").read_text(encoding="utf-8"))
    )


@dataclass(frozen=True)
class RepeatedLesson:
    """One lesson taught more than once: the oldest first, and the words that every one of them is alike by.

    `words` are as the first lesson writes them. `key` is the first lesson's own reference, so that a group keeps its
    anchor when the lesson is taught again.
    """

    lessons: tuple[ReviewLesson, ...]
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """2024-001-2: the second lesson of review 2024-001."""
        first = self.lessons[0]
        return f"{first.review.public_id}-{first.lesson.id}"

    @property
    def years(self) -> tuple[int, int]:
        """The first and the latest year of the offences that taught it; of a period, its ends."""
        told = [str(taught.review.facts.offence_year).split("-") for taught in self.lessons]
        return min(int(years[0]) for years in told), max(int(years[-1]) for years in told)


def find_repeated_lessons(lessons: Iterable[ReviewLesson]) -> tuple[RepeatedLesson, ...]:
    """Lessons that two or more reviews taught, those taught most often first.

    In the order of publication each lesson joins the group whose first lesson it is most like, if it is like it at all
    (`likeness`), or starts one. A group is thus held together by its first lesson: likeness never wanders through a
    chain of lessons to one that has nothing in common with it.
    """
    ordered = sorted(lessons, key=lambda t: (t.review.publish_on, t.review.public_id, t.lesson.id))
    texts = [stems(taught.lesson) for taught in ordered]
    groups: list[list[int]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        best = max(
            (
                (score, -at)
                for at in _groups_sharing_words(text, by_word)
                if (score := lesson_similarity(texts[groups[at][0]], text))
            ),
            default=None,
        )
        if best is not None:
            groups[-best[1]].append(number)
            continue
        for word in text:
            by_word[word].append(len(groups))
        groups.append([number])
    found = [_repeated_lesson([ordered[n] for n in group], [texts[n] for n in group]) for group in groups]
    several = [group for group in found if len({taught.review.public_id for taught in group.lessons}) > 1]
    return tuple(sorted(several, key=lambda group: (-len(group.lessons), group.key)))


def lesson_similarity(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """How like two lessons are, from the stems of their words; 0 where they are not the same lesson.

    They share enough words, and rapidfuzz's token-set similarity of all their words is enough.
    """
    if len(one.keys() & other.keys()) < similarity_rules().shared:
        return 0
    return fuzz.token_set_ratio(
        " ".join(sorted(one)), " ".join(sorted(other)), score_cutoff=similarity_rules().similarity, processor=None
    )


def stems(lesson: Lesson) -> dict[str, str]:
    """The words that say what a lesson is about, each by its stem, as the lesson first writes it."""
    found: dict[str, str] = {}
    for word in _WORD.findall(_LABEL.sub(" ", lesson.text)):
        plain = word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
        if plain and plain not in similarity_rules().ignored:
            found.setdefault(_stem(plain), word if word.isupper() else plain)
    return found


def _stem(word: str) -> str:
    for ending in similarity_rules().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            return f"{stem}y" if ending in ("ies", "ied") else stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def _groups_sharing_words(text: Iterable[str], by_word: Mapping[str, Sequence[int]]) -> list[int]:
    """Groups whose first lesson shares words enough with a text."""
    counts = Counter(at for word in text for at in by_word.get(word, ()))
    return [at for at, count in counts.items() if count >= similarity_rules().shared]


def _repeated_lesson(lessons: Sequence[ReviewLesson], texts: Sequence[Mapping[str, str]]) -> RepeatedLesson:
    """The words that the first lesson shares with another, those in most of the group first."""
    first, *others = texts
    counts = {word: sum(word in other for other in others) for word in first}
    words = [first[word] for word in sorted(counts, key=lambda word: -counts[word]) if counts[word]]
    return RepeatedLesson(tuple(lessons), tuple(words[:8]))
