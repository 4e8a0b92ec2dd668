"""Lessons that were taught again: groups of which people said, in `same_as`, that they are the same lesson."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import RedactedReview


@dataclass(frozen=True)
class RepeatedLesson:
    """One lesson taught by two reviews or more, in the order of their publication.

    `key` is the first lesson's own reference, so that a group keeps its anchor when the lesson is taught again.
    """

    lessons: tuple[ReviewLesson, ...]

    @property
    def key(self) -> str:
        """2024-001-2: the second lesson of review 2024-001."""
        return self.lessons[0].reference.replace("/", "-")

    @property
    def latest(self) -> ReviewLesson:
        """The lesson of the review published last."""
        return self.lessons[-1]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the latest year of the offences that taught it; of a period, its ends."""
        told = [str(taught.review.facts.offence_year).split("-") for taught in self.lessons]
        return min(int(years[0]) for years in told), max(int(years[-1]) for years in told)


def sources(group: RepeatedLesson) -> tuple[str, ...]:
    """The references of the reviews that taught a lesson, each once."""
    return tuple(dict.fromkeys(taught.review.public_id for taught in group.lessons))


def find_repeated_lessons(lessons: Iterable[ReviewLesson]) -> tuple[RepeatedLesson, ...]:
    """Lessons that two or more of the reviews given taught, those taught most often first.

    What is the same as one lesson is the same as each other. A lesson that is not given (withdrawn, not published yet, or none at
    all) joins others and stands in no group.
    """
    ordered = sorted(lessons, key=lambda t: (t.review.publish_on, t.review.public_id, t.lesson.id))
    first = _firsts((taught.reference, reference) for taught in ordered for reference in taught.lesson.same_as)
    groups: dict[str, list[ReviewLesson]] = defaultdict(list)
    for taught in ordered:
        groups[first.get(taught.reference, taught.reference)].append(taught)
    several = [
        RepeatedLesson(tuple(group))
        for group in groups.values()
        if len({taught.review.public_id for taught in group}) > 1
    ]
    return tuple(sorted(several, key=lambda group: (-len(group.lessons), group.key)))


def name_published_alone(reviews: Sequence[RedactedReview]) -> tuple[RedactedReview, ...]:
    """Reviews whose lessons name, as the same, every lesson of those given that was published before them and is, and none beside.

    So a public record never names a case that is not published, changes with no later review, and keeps a group together when one that
    joined it is withdrawn.
    """
    groups = find_repeated_lessons(ReviewLesson(review, lesson) for review in reviews for lesson in review.lessons)
    same = {taught.reference: group for group in groups for taught in group.lessons}

    def others(review: RedactedReview, number: int) -> tuple[str, ...]:
        group = same.get(f"{review.public_id}/{number}")
        before = takewhile(
            lambda taught: taught.reference != f"{review.public_id}/{number}", group.lessons if group else ()
        )
        return tuple(taught.reference for taught in before if taught.review.public_id != review.public_id)

    return tuple(
        review.model_copy(
            update={
                "lessons": tuple(
                    lesson.model_copy(update={"same_as": others(review, lesson.id)}) for lesson in review.lessons
                )
            }
        )
        for review in reviews
    )


def _firsts(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each reference of the pairs, the one that stands for all that are joined with it."""
    up: dict[str, str] = {}

    def find(reference: str) -> str:
        while up.setdefault(reference, reference) != reference:
            up[reference] = up[up[reference]]
            reference = up[reference]
        return reference

    for one, other in pairs:
        up[find(other)] = find(one)
    return {reference: find(reference) for reference in list(up)}
