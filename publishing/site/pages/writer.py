"""Writes single pages and lists that go on over several pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from publishing.catalogue.lessons import ReviewLesson, all_lessons
from publishing.reviews import RedactedReview
from publishing.site.browsing import BrowseBy
from publishing.site.fingerprints import Fingerprints
from publishing.site.kept_texts import KeptTexts
from publishing.site.templating import page_templates
from publishing.vocabulary import vocabulary

PER_PAGE = 50
"""No list of reviews and lessons on a page is longer."""

_BLANK_LINES = re.compile(r"\n{3,}")

T = TypeVar("T")


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """One page of a list: its folder, its entries, its number and how many pages there are."""

    folder: str
    entries: Sequence[T]
    number: int
    pages: int

    @property
    def list_root(self) -> str:
        """The way from this page to the list's first."""
        return "" if self.number == 1 else "../"


def list_folder(folder: str, number: int) -> str:
    """Where a page of a list is: folder/, folder/page-2/ and on."""
    return folder if number == 1 else f"{folder}/page-{number}"


def paginate(folder: str, entries: Sequence[T], size: int = PER_PAGE) -> Iterator[ListPage[T]]:
    """A list split over as many pages as it needs; one, where it is empty."""
    chunks = [entries[start : start + size] for start in range(0, len(entries), size)] or [()]
    for number, chunk in enumerate(chunks, start=1):
        yield ListPage(list_folder(folder, number), chunk, number, len(chunks))


def render(folder: str, template: str, **context: Any) -> str:
    """The Markdown of a page that stands in a folder; `root` in its template leads from there to the site's root."""
    depth = len([part for part in folder.split("/") if part])
    text = page_templates().get_template(template).render(root=Markup("../" * depth), **context)
    return _BLANK_LINES.sub("\n\n", text).rstrip() + "\n"


def _work_out(context: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value() if isinstance(value, partial) else value for name, value in context.items()}


class PageWriter:
    """The site being written: what it shows, and where.

    Args:
        folder: the folder of Markdown.
        reviews: every review that is shown, newest first.
        as_of: the day that the pages are written for.
        address: the site's own address, ending with a slash; "" where it is not known.
        kept: pages that were rendered before.
    """

    def __init__(
        self, folder: Path, reviews: tuple[RedactedReview, ...], as_of: dt.date, address: str, kept: KeptTexts
    ) -> None:
        self.folder = folder
        self.reviews = reviews
        self.lessons = all_lessons(reviews)
        self.as_of = as_of
        self.address = address
        self._kept = kept
        self._fingerprints = Fingerprints()

    def write_page(self, folder: str, template: str, name: str = "index.md", /, **context: Any) -> None:
        """Write folder/index.md (or another name) from a template; `root` in it leads from that folder to the root.

        A `partial` in the context is worked out where the page is rendered, and not where it is what it was. The day, `as_of` in
        the template, is noted where it is asked for: a page is the same on every day that gives the same answers.
        """
        made_from = {"folder": folder, "template": template, "context": self._fingerprints.describe(context)}
        text = self._kept.rendered_on(
            self.as_of, made_from, lambda as_of: render(folder, template, as_of=as_of, **_work_out(context))
        )
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def write_list(
        self, folder: str, template: str, entries: Sequence[RedactedReview | ReviewLesson], **context: Any
    ) -> None:
        """Write a list of reviews and lessons."""
        lessons = [entry for entry in entries if isinstance(entry, ReviewLesson)]
        # the same on every page
        counted = {
            "total": len(entries),
            "lessons_total": len(lessons),
            "reviews_total": len(entries) - len(lessons),
            "unnamed": sum(not entry.lesson.themes for entry in lessons),
            "sources": len({entry.review.public_id for entry in lessons}),
        }
        for page in paginate(folder, entries):
            self.write_page(
                page.folder,
                template,
                entries=page.entries,
                number=page.number,
                pages=page.pages,
                list_root=page.list_root,
                **counted,
                **context,
            )

    def term_counts(self, way: BrowseBy) -> dict[str | int, tuple[int, int]]:
        """Reviews and lessons for each term of one way to browse, in the vocabulary's order; years the newest first."""
        lessons, reviews = way.group(self.lessons), way.group(self.reviews)
        order = vocabulary().get(way.folder, reviews)
        return {
            key: (len(reviews.get(key, ())), len(lessons.get(key, ())))
            for key in order
            if key in {**lessons, **reviews}
        }
