"""Lessons and what has become of them, lists of them, and lessons that were taught more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from publishing.catalogue import recommendations
from publishing.catalogue.lessons import ReviewLesson, group_by_agency, group_by_status, group_by_year, newest_first
from publishing.catalogue.repeated_lessons import RepeatedLesson, find_repeated_lessons, sources
from publishing.catalogue.review_titles import lower_first
from publishing.catalogue.taught_again import by_offence, find_taught_again, is_before
from publishing.reviews import RedactedReview
from publishing.site.pages.writer import PageWriter, list_folder, paginate
from publishing.vocabulary import title

_LIST = "lessons"
_REPEATED = "lessons/repeated"

_GROUPS_ON_A_PAGE = 10
"""How many groups of repeated lessons are on a page; so many lessons of each are shown."""

_MOST_REVIEWS_SHARING = 6

T = TypeVar("T")


@dataclass(frozen=True)
class TaughtElsewhere:
    """What a lesson's page says of others that are the same: where their group is, and which there are.

    `before` are those of certainly earlier offences, `after` of certainly later ones, `beside` the rest, each the earliest first.
    """

    address: str
    before: Sequence[ReviewLesson]
    after: Sequence[ReviewLesson]
    beside: Sequence[ReviewLesson]
    total: int

    @property
    def others(self) -> Sequence[ReviewLesson]:
        """All of them."""
        return (*self.before, *self.beside, *self.after)


class RepeatedLessons:
    """Lessons that were taught again, in groups, and for each review which of its lessons they are."""

    def __init__(self, lessons: Iterable[ReviewLesson]) -> None:
        self.groups = find_repeated_lessons(lessons)
        self._by_review: dict[str, dict[int, TaughtElsewhere]] = defaultdict(dict)
        for place, group in enumerate(self.groups):
            address = f"{list_folder(_REPEATED, place // _GROUPS_ON_A_PAGE + 1)}/index.md#repeated-{group.key}"
            for taught in group.lessons:
                self._by_review[taught.review.public_id][taught.lesson.id] = _elsewhere(group, taught, address)

    def taught_elsewhere(self, review: RedactedReview) -> Mapping[int, TaughtElsewhere]:
        """The lessons of a review that other reviews taught too, by number."""
        return self._by_review.get(review.public_id, {})

    def reviews_sharing_lessons(
        self, review: RedactedReview
    ) -> list[tuple[RedactedReview, list[tuple[int, ReviewLesson]]]]:
        """The newest other reviews that taught a lesson of this one, each with the lessons: this one's, and its own."""
        found: dict[str, list[tuple[int, ReviewLesson]]] = defaultdict(list)
        for number, elsewhere in self.taught_elsewhere(review).items():
            for other in elsewhere.others:
                found[other.review.public_id].append((number, other))
        others = newest_first(pairs[0][1].review for pairs in found.values())
        return [(other, found[other.public_id]) for other in others[:_MOST_REVIEWS_SHARING]]


def _elsewhere(group: RepeatedLesson, taught: ReviewLesson, address: str) -> TaughtElsewhere:
    own = taught.review
    others = by_offence(other for other in group.lessons if other.review.public_id != own.public_id)
    before = [other for other in others if is_before(other.review, own)]
    after = [other for other in others if is_before(own, other.review)]
    beside = [other for other in others if other not in before and other not in after]
    return TaughtElsewhere(address, before, after, beside, len(sources(group)))


def write_lessons(writer: PageWriter) -> None:
    """Every lesson and what has become of it by the day of the build; and lists by what was reported.

    By theme, agency and year they are on the pages to browse.
    """
    found = recommendations.recommendations_on(writer.lessons, writer.as_of)
    statuses = group_by_status(writer.lessons)
    # the same on every page
    counted = {
        "all": recommendations.overall_rate(found),
        "by_owner": recommendations.rates_by_owner(found),
        "by_theme": recommendations.rates_by_theme(found),
        "by_year": recommendations.rates_by_publication_year(found),
        "statuses": _lengths(statuses),
        "agencies": _lengths(group_by_agency(writer.lessons)),
        "years": _lengths(group_by_year(writer.lessons)),
    }
    for page in paginate(_LIST, found):
        writer.write_page(
            page.folder,
            "lessons.md.j2",
            entries=page.entries,
            number=page.number,
            pages=page.pages,
            list_root=page.list_root,
            **counted,
        )
    for key, group in statuses.items():
        heading = status_heading(key)
        writer.write_list(f"{_LIST}/status/{key}", "list.md.j2", group, heading=heading, about="", up="Lessons")


def _lengths(groups: Mapping[T, Sequence[ReviewLesson]]) -> dict[T, int]:
    return {key: len(group) for key, group in groups.items()}


def status_heading(key: str) -> str:
    """The heading of the list of lessons with a status."""
    return f"Lessons by status: {lower_first(title('lesson_statuses', key))}"


def write_repeated_lessons(writer: PageWriter, repeated: RepeatedLessons) -> None:
    """Lessons that were taught again, in groups."""
    for page in paginate(_REPEATED, repeated.groups, _GROUPS_ON_A_PAGE):
        writer.write_page(
            page.folder,
            "repeated.md.j2",
            groups=[(group, find_taught_again([group])) for group in page.entries],
            total=len(repeated.groups),
            number=page.number,
            pages=page.pages,
            most=_GROUPS_ON_A_PAGE,
            list_root=page.list_root,
        )
