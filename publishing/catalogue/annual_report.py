"""The annual report on key trends and lessons: what the reviews published in a year taught, and what became of it.

It knows only reviews published up to the end of its year, so that later ones do not change it; what is said of a lesson is what
was said up to the day of the build.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from publishing.catalogue.lessons import ReviewLesson, all_lessons
from publishing.catalogue.recommendations import (
    ImplementationRate,
    Recommendation,
    overall_rate,
    rates_by_owner,
    recommendations_on,
)
from publishing.catalogue.repeated_lessons import RepeatedLesson, sources
from publishing.catalogue.statistics import TrendsReport, trends_report
from publishing.catalogue.taught_again import TaughtAgain, find_taught_again
from publishing.reviews import RedactedReview
from publishing.vocabulary import terms

LESSONS_CHOSEN = 5
LONG_SILENCE = 12
"""Months after which a lesson that is open, and of which nothing more was reported, counts as silent."""


@dataclass(frozen=True)
class AnnualReport:
    """What the report of one year says.

    `trends` are its tables, `found` its lessons and what became of them, `before` the same of the year before (none where
    there is no such year). `repeated` are groups with a lesson of the year in them, `again` what was taught again after
    it had been called implemented; in both, only what was published by the end of the year. `said` counts the lessons of
    which something was reported in the year, by the newest status of that year. `promised` were due in the year, and
    `waiting` are overdue or not answered, both of all reviews published by its end; the longest wait is first.
    """

    year: int
    trends: TrendsReport
    found: tuple[Recommendation, ...]
    before: tuple[RedactedReview, ...]
    repeated: tuple[RepeatedLesson, ...]
    again: tuple[TaughtAgain, ...]
    said: dict[str, int]
    promised: tuple[Recommendation, ...]
    waiting: tuple[Recommendation, ...]
    chosen: tuple[ReviewLesson, ...]

    @property
    def reviews(self) -> tuple[RedactedReview, ...]:
        """The reviews published in the year."""
        return self.trends.reviews

    @property
    def rate(self) -> ImplementationRate:
        """What became of the lessons of the year."""
        return overall_rate(self.found)

    @property
    def owners(self) -> tuple[ImplementationRate, ...]:
        """The same by owner, those with most lessons first."""
        return rates_by_owner(self.found)

    @property
    def taught_before(self) -> int:
        """How many lessons of the year a review published earlier taught too."""
        days = [[taught.review.publish_on for taught in group.lessons] for group in self.repeated]
        return sum(day.year == self.year and day > min(group) for group in days for day in group)

    @property
    def silent(self) -> int:
        """How many of its lessons are open, with nothing more reported for a year."""
        return sum(one.silent is not None and one.silent >= LONG_SILENCE for one in self.found)


def annual_report(
    reviews: Sequence[RedactedReview], groups: Iterable[RepeatedLesson], year: int, as_of: dt.date
) -> AnnualReport:
    """The report of a year of publication.

    Args:
        reviews: what is published, of whatever year.
        groups: the lessons that were taught more than once.
        year: one in which a review was published.
        as_of: the day of the build.
    """
    known = [review for review in reviews if review.publish_on.year <= year]
    trends = trends_report(known, year)
    found = recommendations_on(all_lessons(trends.reviews), as_of)
    everything = recommendations_on(all_lessons(known), as_of)
    standing = [group for group in (_up_to(group, year) for group in groups) if group]
    of_year = [group for group in standing if _is_of_year(group.lessons, year)]
    return AnnualReport(
        year=year,
        trends=trends,
        found=found,
        before=tuple(review for review in known if review.publish_on.year == trends.before),
        repeated=tuple(sorted(of_year, key=lambda group: (-len(sources(group)), group.key))),
        again=tuple(again for again in find_taught_again(standing) if _is_of_year((again.taught, *again.later), year)),
        said=_said_in(year, everything),
        promised=tuple(one for one in everything if (one.taught.lesson.due or "").startswith(f"{year}-")),
        waiting=tuple(sorted((one for one in everything if one.overdue or one.unanswered), key=_waiting_since)),
        chosen=_choose(all_lessons(trends.reviews), of_year),
    )


def annual_reports(
    reviews: Sequence[RedactedReview], groups: Sequence[RepeatedLesson], as_of: dt.date
) -> tuple[AnnualReport, ...]:
    """The report of each year in which a review was published, newest first."""
    years = sorted({review.publish_on.year for review in reviews}, reverse=True)
    return tuple(annual_report(reviews, groups, year, as_of) for year in years)


def _up_to(group: RepeatedLesson, year: int) -> RepeatedLesson | None:
    """A group as it was at the end of a year; None where two reviews had not yet taught it."""
    lessons = tuple(taught for taught in group.lessons if taught.review.publish_on.year <= year)
    several = len({taught.review.public_id for taught in lessons}) > 1
    return replace(group, lessons=lessons) if several else None


def _is_of_year(lessons: Iterable[ReviewLesson], year: int) -> bool:
    return any(taught.review.publish_on.year == year for taught in lessons)


def _said_in(year: int, everything: Iterable[Recommendation]) -> dict[str, int]:
    """Lessons by the newest status that was reported of them in a year, in the vocabulary's order."""
    newest = []
    for one in everything:
        in_year = [answer for answer in one.taught.lesson.answers if answer.date.year == year]
        newest += [max(in_year, key=lambda answer: answer.date).status] if in_year else []
    counts = Counter(newest)
    return {key: counts[key] for key in terms("lesson_statuses") if counts[key]}


def _waiting_since(one: Recommendation) -> tuple[str, str, int]:
    """The month from which a lesson has been waited for: when it was due, or when its review was published."""
    lesson, review = one.taught.lesson, one.taught.review
    since = lesson.due if one.overdue and lesson.due else f"{review.publish_on:%Y-%m}"
    return since, review.public_id, lesson.id


def _choose(taught: Sequence[ReviewLesson], groups: Iterable[RepeatedLesson]) -> tuple[ReviewLesson, ...]:
    """The lessons of the year, by rule: what most reviews taught, then what is for most people; each from another review.

    Where there are not enough reviews, one may teach several; no two of one group are chosen.
    """
    group_of = {(t.review.public_id, t.lesson.id): group for group in groups for t in group.lessons}
    levels = list(terms("levels"))

    def weight(one: ReviewLesson) -> tuple[int, int]:
        group = group_of.get((one.review.public_id, one.lesson.id))
        return -len(sources(group)) if group else -1, -levels.index(one.lesson.level)

    def same_group(one: ReviewLesson, other: ReviewLesson) -> bool:
        group = group_of.get((one.review.public_id, one.lesson.id))
        return group is not None and group is group_of.get((other.review.public_id, other.lesson.id))

    def same_review(one: ReviewLesson, other: ReviewLesson) -> bool:
        return one.review.public_id == other.review.public_id or same_group(one, other)

    chosen: list[ReviewLesson] = []
    rules: tuple[Callable[[ReviewLesson, ReviewLesson], bool], ...] = (same_review, same_group)
    for alike in rules:
        for one in sorted(taught, key=weight):
            if len(chosen) < LESSONS_CHOSEN and one not in chosen and not any(alike(one, other) for other in chosen):
                chosen.append(one)
    return tuple(chosen)
