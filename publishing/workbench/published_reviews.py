"""What stands published, as the workbench tells it: read again only when its records change."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from publishing.catalogue.lessons import all_lessons
from publishing.catalogue.like_lessons import LikeLessons
from publishing.catalogue.repeated_lessons import find_repeated_lessons
from publishing.catalogue.review_titles import review_title
from publishing.checking import signed_text
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site import public_record


@dataclass(frozen=True)
class PublishedReview:
    """A review that stands published; `text` is the hash of what it says. Its title is of words of the vocabulary alone.

    A page of which no record is there has no title, text or day.
    """

    public_id: str
    title: str = ""
    text: str = ""
    publish_on: dt.date | None = None


@dataclass(frozen=True)
class PublicSite:
    """Everything that stands published, by reference, and what was withdrawn; `lessons_of` are those with a record, without their sections."""

    reviews: tuple[PublishedReview, ...]
    withdrawals: tuple[Withdrawal, ...]
    lessons_of: tuple[RedactedReview, ...] = ()

    @cached_property
    def lessons(self) -> LikeLessons:
        """Every published lesson, for others to be compared with."""
        return LikeLessons(all_lessons(self.lessons_of))

    @cached_property
    def same(self) -> dict[str, frozenset[str]]:
        """The references of every published lesson that is one with others, and theirs."""
        groups = find_repeated_lessons(all_lessons(self.lessons_of))
        together = [frozenset(taught.reference for taught in group.lessons) for group in groups]
        return {reference: group for group in together for reference in group}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The hash of each review's text."""
        return {review.public_id: review.text for review in self.reviews}

    def find(self, public_id: str) -> PublishedReview | None:
        """A review by its reference; None where it does not stand published."""
        return next((review for review in self.reviews if review.public_id == public_id), None)


class PublishedReviews:
    """The public record of one built site."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._seen: tuple[object, PublicSite] | None = None

    def load(self) -> PublicSite:
        """What stands published now.

        Raises:
            BuildError: a record cannot be read.
        """
        state = self._state()
        if self._seen is None or self._seen[0] != state:
            self._seen = (state, self._read())
        return self._seen[1]

    def _read(self) -> PublicSite:
        standing, gone = public_record.load_public_record(self._out / "markdown")
        known = [
            PublishedReview(r.public_id, review_title(r), signed_text.hash_without_changes(r), r.publish_on)
            for r in standing
        ]
        told = {review.public_id for review in known} | {withdrawal.public_id for withdrawal in gone}
        bare = tuple(review.model_copy(update={"sections": ()}) for review in standing)
        # a page without a record is public all the same, and can be taken down
        unknown = public_record.published_page_ids(self._out / "site") - told
        found = (*known, *(PublishedReview(public_id) for public_id in unknown))
        return PublicSite(tuple(sorted(found, key=lambda review: review.public_id)), gone, bare)

    def _state(self) -> object:
        """The times and sizes of every record: a build or a withdrawal writes them all anew."""
        data = self._out / "markdown" / "data"
        places = (data / "reviews", data, self._out / "site" / "reviews")
        return [sorted(_times(place)) for place in places]


def _times(folder: Path) -> list[tuple[str, int, int, int]]:
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return []
    return [(name, about.st_ino, about.st_size, about.st_mtime_ns) for name, about in found]
