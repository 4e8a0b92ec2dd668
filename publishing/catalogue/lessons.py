"""Groupings of reviews and of their lessons: by theme, region, offence, year, agency, judgement and status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from publishing.owners import owner_agencies
from publishing.reviews import Lesson, RedactedReview, Update, lesson_reference
from publishing.vocabulary import terms


@dataclass(frozen=True)
class ReviewLesson:
    """One lesson and the review that taught it."""

    review: RedactedReview
    lesson: Lesson

    @property
    def reference(self) -> str:
        """Its public reference: 2024-001/3."""
        return lesson_reference(self.review, self.lesson)

    @property
    def themes(self) -> tuple[str, ...]:
        """The lesson's own themes; where it names none, its review's."""
        return self.lesson.themes or self.review.facts.themes

    @property
    def latest(self) -> Update | None:
        """The newest update that is an answer, None where nobody has answered."""
        return max(self.lesson.answers, key=lambda update: update.date, default=None)


Entry = TypeVar("Entry", RedactedReview, ReviewLesson)


def newest_first(reviews: Iterable[RedactedReview]) -> tuple[RedactedReview, ...]:
    """Reviews by the day they were published, then by reference, newest first."""
    return tuple(sorted(reviews, key=lambda review: (review.publish_on, review.public_id), reverse=True))


def all_lessons(reviews: Iterable[RedactedReview]) -> tuple[ReviewLesson, ...]:
    """Every lesson: the newest review's first, each review's in its own order."""
    return tuple(ReviewLesson(review, lesson) for review in newest_first(reviews) for lesson in review.lessons)


def review_of(entry: RedactedReview | ReviewLesson) -> RedactedReview:
    """The review that an entry is, or is of."""
    return entry.review if isinstance(entry, ReviewLesson) else entry


def group_by_theme(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Themes, in the vocabulary's order, with the entries that name them; a theme without any is left out."""
    return _group_by_terms(entries, "themes", lambda e: e.themes if isinstance(e, ReviewLesson) else e.facts.themes)


def group_by_region(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Regions, in the vocabulary's order, with their entries."""
    return _group_by_terms(entries, "regions", lambda e: (review_of(e).facts.region,))


def group_by_offence(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Offences, in the vocabulary's order, with their entries."""
    return _group_by_terms(entries, "offences", lambda e: (review_of(e).facts.offence,))


def group_by_agency(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Agencies, in the vocabulary's order, with the reviews of cases that involved them and the lessons that are for them.

    A lesson is for the agencies that its owner's words tell. None that is held back.
    """
    found = _group_by_terms(
        entries,
        "agencies",
        lambda e: owner_agencies(e.lesson.owner) if isinstance(e, ReviewLesson) else e.facts.agencies,
    )
    return {key: group for key, group in found.items() if not terms("agencies")[key].coarse}


def group_by_status(taught: Sequence[ReviewLesson]) -> dict[str, tuple[ReviewLesson, ...]]:
    """Lessons' statuses, in the vocabulary's order, with their lessons."""
    return _group_by_terms(taught, "lesson_statuses", lambda e: (e.lesson.status,))


def group_by_year(entries: Sequence[Entry]) -> dict[int | str, tuple[Entry, ...]]:
    """Years of the offences (or periods, where the year is not given), newest first, with their entries."""
    years: dict[int | str, list[Entry]] = defaultdict(list)
    for entry in entries:
        years[review_of(entry).facts.offence_year].append(entry)
    return {year: tuple(years[year]) for year in sorted(years, key=str, reverse=True)}


class RelatedReviews:
    """Which reviews are related to which: those that share most themes, two at least, the newest first among equals.

    Sets of reviews are numbers with a bit for each review, the newest the lowest: thousands are compared at once.

    Args:
        reviews: all of them.
        most: how many are told of each.
    """

    def __init__(self, reviews: Iterable[RedactedReview], most: int = 4) -> None:
        self._most = most
        self._newest = newest_first(reviews)
        self._bits = {review.public_id: 1 << place for place, review in enumerate(self._newest)}
        self._about: dict[str, int] = defaultdict(int)
        for review in self._newest:
            for theme in review.facts.themes:
                self._about[theme] |= self._bits[review.public_id]

    def of(self, review: RedactedReview) -> tuple[RedactedReview, ...]:
        """The reviews that are related to one."""
        themes = frozenset(review.facts.themes)
        others = (1 << len(self._newest)) - 1 & ~self._bits.get(review.public_id, 0)
        # those that share so many themes at least
        sharing = [others, *(0 for _ in themes), 0]
        for theme in themes:
            for number in range(len(themes), 0, -1):
                sharing[number] |= sharing[number - 1] & self._about[theme]
        exactly = (sharing[number] & ~sharing[number + 1] for number in range(len(themes), 1, -1))
        ordered = chain.from_iterable(map(_places_of, exactly))
        return tuple(self._newest[place] for place in islice(ordered, self._most))


def _places_of(bits: int) -> Iterator[int]:
    """The places of a number's bits, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def shared_themes(one: RedactedReview, other: RedactedReview) -> tuple[str, ...]:
    """The themes that two reviews have in common, in the first one's order."""
    return tuple(theme for theme in one.facts.themes if theme in other.facts.themes)


def _group_by_terms(
    entries: Sequence[Entry], words: str, keys: Callable[[Entry], Iterable[str]]
) -> dict[str, tuple[Entry, ...]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            groups[key].append(entry)
    return {key: tuple(groups[key]) for key in terms(words) if key in groups}
