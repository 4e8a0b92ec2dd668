"""Lessons that were taught again: groups of which people said, in `same_as`, that they are the same lesson."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publishing.catalogue.lessons import ReviewLesson
from publishing.checking.same_lessons import group_references, keep_same_as, said_same
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

    What is the same as one lesson is the same as each other; a lesson that is not given (withdrawn, not published yet, or none at
    all) joins nothing.
    """
    ordered = sorted(lessons, key=lambda t: (t.review.publish_on, t.review.public_id, t.lesson.id))
    together = group_references({taught.reference: taught.lesson.same_as for taught in ordered})
    groups: dict[frozenset[str], list[ReviewLesson]] = defaultdict(list)
    for taught in ordered:
        groups[together[taught.reference]].append(taught)
    several = [
        RepeatedLesson(tuple(group))
        for group in groups.values()
        if len({taught.review.public_id for taught in group}) > 1
    ]
    return tuple(sorted(several, key=lambda group: (-len(group.lessons), group.key)))


def name_published_alone(reviews: Sequence[RedactedReview]) -> tuple[RedactedReview, ...]:
    """Reviews whose lessons name, as the same, only lessons of those given: what was signed of each, without what is not published.

    So what is left of them when one is withdrawn makes the groups that the next build makes.
    """
    published = said_same(reviews).keys()
    return tuple(keep_same_as(review, lambda _, name: name in published) for review in reviews)
