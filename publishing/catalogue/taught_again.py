"""Lessons that were called implemented, and were taught again by reviews of later offences.

The order is that of the offences, not of publication: a review of an old offence may be published last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from publishing.catalogue.coarse_terms import years_within
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.repeated_lessons import RepeatedLesson
from publishing.reviews import RedactedReview


@dataclass(frozen=True)
class TaughtAgain:
    """A lesson, the day on which it was called implemented, and those like it that reviews of later offences taught.

    `later` are of other reviews, the earliest offence first.
    """

    taught: ReviewLesson
    implemented: dt.date
    later: tuple[ReviewLesson, ...]


def by_offence(lessons: Iterable[ReviewLesson]) -> tuple[ReviewLesson, ...]:
    """Lessons by the year of the offence that taught them, the earliest first; of a period, by its first year."""
    return tuple(
        sorted(lessons, key=lambda t: (years_within(t.review.facts.offence_year)[0], t.review.public_id, t.lesson.id))
    )


def is_before(one: RedactedReview, other: RedactedReview) -> bool:
    """Whether a review's offence was certainly committed in an earlier year than another's; of periods, the one ends before the other."""
    return years_within(one.facts.offence_year)[-1] < years_within(other.facts.offence_year)[0]


def find_taught_again(groups: Iterable[RepeatedLesson]) -> tuple[TaughtAgain, ...]:
    """Every lesson that was taught again after it had been called implemented, those taught again most often first.

    Only what is certain: the offence was committed in a later year than the one in which the lesson was first called implemented. Of a
    period, its first year must be later. Where both are of one year, which came first is not known, and nothing is said.
    """
    found = []
    for group in groups:
        for taught in group.lessons:
            day = min((u.date for u in taught.lesson.updates if u.status == "implemented"), default=None)
            if day is None:
                continue
            later = by_offence(other for other in group.lessons if _is_later(other, taught, day))
            if later:
                found.append(TaughtAgain(taught, day, later))
    return tuple(sorted(found, key=lambda again: (-len(again.later), again.implemented, again.taught.review.public_id)))


def _is_later(other: ReviewLesson, taught: ReviewLesson, implemented: dt.date) -> bool:
    is_other_review = other.review.public_id != taught.review.public_id
    return is_other_review and years_within(other.review.facts.offence_year)[0] > implemented.year
