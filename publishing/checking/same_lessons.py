"""Which lessons people called the same: the groups that this makes, what of it is not signed yet, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from publishing.reviews import Lesson, RedactedReview, Review, lesson_reference

Key = TypeVar("Key")


def group_references(said: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """For each lesson, by its reference, all that are the same, itself included.

    What is the same as one lesson is the same as each other. A reference that is not itself among them joins nothing: nobody can read
    that lesson, and it may be mistyped.
    """
    groups = {reference: frozenset([reference]) for reference in said}
    for reference, names in said.items():
        for name in names:
            both = groups[reference] | groups.get(name, frozenset())
            groups |= dict.fromkeys(both, both)
    return groups


def said_same(reviews: Iterable[RedactedReview | Review]) -> dict[str, tuple[str, ...]]:
    """What each lesson of some reviews is called the same as, by its reference."""
    return {lesson_reference(review, lesson): lesson.same_as for review in reviews for lesson in review.lessons}


def keep_same_as(review: RedactedReview, keeps: Callable[[str, str], bool]) -> RedactedReview:
    """A review whose lessons are called the same as those alone that `keeps(own reference, other's)` lets stand."""

    def kept(lesson: Lesson) -> Lesson:
        own = lesson_reference(review, lesson)
        return lesson.model_copy(update={"same_as": tuple(name for name in lesson.same_as if keeps(own, name))})

    return review.model_copy(update={"lessons": tuple(map(kept, review.lessons))})


def unsigned_same_as(review: Review, text: RedactedReview | None) -> tuple[int, ...]:
    """The signed lessons, by number, of which review.md says otherwise than is signed what they are the same as."""
    signed = {lesson.id: lesson.same_as for lesson in text.lessons} if text else {}
    return tuple(lesson.id for lesson in review.lessons if signed.get(lesson.id, lesson.same_as) != lesson.same_as)


def find_contradictions(groups: Mapping[str, frozenset[str]], case: Review) -> dict[str, tuple[str, ...]]:
    """The lessons of a case, by reference, that are in one group with what it says they are not the same as, and with which."""
    found = {
        reference: tuple(name for name in names if name in groups.get(reference, ()))
        for reference, names in case.not_same_as.items()
    }
    return {reference: names for reference, names in found.items() if names}


def describe_contradictions(found: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The same in words."""
    for reference, names in found.items():
        yield (
            f"{reference} is said not to be the same as {', '.join(names)}, and is the same by way of other lessons: "
            "take the one or the other back"
        )


def leave_out_contradicted(
    published: Mapping[Key, RedactedReview], cases: Iterable[Review]
) -> dict[Key, RedactedReview]:
    """Reviews, by whatever key, of which no lesson is in one group with what its case says it is not the same as: it is in no group."""
    groups = group_references(said_same(published.values()))
    left_out = {reference for case in cases for reference in find_contradictions(groups, case)}
    if not left_out:
        return dict(published)
    return {
        key: keep_same_as(review, lambda own, name: left_out.isdisjoint((own, name)))
        for key, review in published.items()
    }
