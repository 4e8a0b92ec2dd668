"""Every page of the site, as Markdown that a person can read, and the public record it was written from."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

from publishing.catalogue import changelog, datasets, opendata, recommendations, repeated, statistics
from publishing.catalogue import lessons as catalogue
from publishing.catalogue.feeds import MOST_ENTRIES, Feed
from publishing.catalogue.lessons import Taught
from publishing.catalogue.national import NationalCount
from publishing.reviews import RedactedReview, Withdrawal
from publishing.settings import project_root
from publishing.site import glossary, moved, options, records, wordings, words
from publishing.site.browsing import WAYS, Way, possible_years
from publishing.site.passages import passages
from publishing.site.templating import templates, themes
from publishing.vocabulary import terms, title, vocabulary

PER_PAGE = 100
"""No list of reviews and lessons on a page is longer."""

_SHOWN = 10
"""How many lessons of a group of repeated ones are shown; so many groups are on a page."""

_MOST_RELATED = 6

_BLANK_LINES = re.compile(r"\n{3,}")

T = TypeVar("T")


def write(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
    as_of: dt.date,
    national: Sequence[NationalCount] = (),
) -> None:
    """Write the whole site's Markdown, and its public record, into a folder.

    Args:
        reviews: what is published; a review that was withdrawn is left out, even if it is here.
        withdrawals: what was taken down; each address keeps a notice.
        folder: made if need be; the hand-written pages of site_src are copied into it first.
        as_of: the day that the pages are written for.
        national: counts of all cases, to set what is published beside.
    """
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    shown = catalogue.newest_first(review for review in reviews if review.public_id not in gone)
    settings = options.load()
    site = _Site(folder, shown, as_of, settings.address)
    shutil.copytree(project_root() / "site_src", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.j2"))
    wordings.write(folder)
    site.write_home()
    site.write_reviews()
    site.write_withdrawals(withdrawals)
    site.write_lessons()
    site.write_repeated()
    for kind in WAYS:
        site.write_browse(kind)
    beside = statistics.beside_national(national, shown, settings.threshold)
    site.write_trends(beside)
    site.write_recommendations()
    feeds = opendata.write(shown, withdrawals, folder, as_of, settings.address)
    site.write_data(feeds)
    site.write_changes(withdrawals)
    if withdrawals or any(review.changes for review in shown):
        site.write_vanished()
    moved.write(folder)
    records.write(shown, withdrawals, folder)
    records.write_national(beside, folder)


class _Site:
    """The site being written: what it shows, and where."""

    def __init__(self, folder: Path, reviews: tuple[RedactedReview, ...], as_of: dt.date, address: str) -> None:
        self.folder = folder
        self.address = address
        self.reviews = reviews
        self.lessons = catalogue.lessons(reviews)
        self.as_of = as_of
        self.repeated = repeated.repeated(self.lessons)
        self.again = self._again()

    def write_home(self) -> None:
        """Home, the list of search filters, and whatever else site_src keeps as a template."""
        source = project_root() / "site_src"
        for path in sorted(source.rglob("*.md.j2")):
            name = path.relative_to(source)
            self._page(
                name.parent.as_posix().removeprefix("."),
                name.as_posix(),
                name.stem,
                glossary=glossary.entries(),
                reviews=self.reviews,
                lessons=self.lessons,
                by_theme=self._counts(WAYS[0]),
                years=list(catalogue.by_year(self.reviews)),
                coarse={key for r in self.reviews for key in (r.facts.offence, r.facts.region, *r.facts.agencies)},
            )

    def write_reviews(self) -> None:
        """Every review, what to learn from it on one page, and the lists of reviews."""
        for review in self.reviews:
            shown = {"review": review, "again": self.again.get(review.public_id, {})}
            linked = passages(review, glossary.FirstUses("../../about/glossary.md"))
            address = words.address(self.address, f"reviews/{review.public_id}/")
            same = self._same(review)
            taught = {other.public_id for other, _ in same}
            near = [other for other in catalogue.related(review, self.reviews) if other.public_id not in taught]
            more = {"same": same, "near": near, "passages": linked, "address": address}
            self._page(f"reviews/{review.public_id}", "review.md.j2", **more, **shown)
            self._page(f"reviews/{review.public_id}/learning", "learning.md.j2", passages=passages(review), **shown)
        years = {year: len(group) for year, group in catalogue.by_year(self.reviews).items()}
        self._lists("reviews", "reviews.md.j2", self.reviews, years=years)

    def write_withdrawals(self, withdrawals: Sequence[Withdrawal]) -> None:
        """A notice at the address of each review that was taken down."""
        for withdrawal in withdrawals:
            for folder in (f"reviews/{withdrawal.public_id}", f"reviews/{withdrawal.public_id}/learning"):
                self._page(folder, "withdrawn.md.j2", withdrawal=withdrawal)

    def write_lessons(self) -> None:
        """Every lesson; and by status (by theme, agency and year they are on the pages to browse)."""
        statuses = catalogue.by_status(self.lessons)
        self._lists(
            "lessons",
            "lessons.md.j2",
            self.lessons,
            by_theme=self._counts(WAYS[0]),
            agencies={key: len(group) for key, group in catalogue.by_agency(self.lessons).items()},
            years={year: len(group) for year, group in catalogue.by_year(self.lessons).items()},
            statuses={key: len(group) for key, group in statuses.items()},
        )
        for key, group in statuses.items():
            heading = f"Lessons by status: {words.low(title('lesson_statuses', key))}"
            self._lists(f"lessons/status/{key}", "list.md.j2", group, heading=heading, about="", up="Lessons")

    def write_repeated(self) -> None:
        """Lessons that were taught again, in groups."""
        pages = list(_chunks(self.repeated, _SHOWN)) or [()]
        for number, chunk in enumerate(pages, start=1):
            self._page(
                _repeated_folder(number),
                "repeated.md.j2",
                groups=chunk,
                total=len(self.repeated),
                number=number,
                pages=len(pages),
                most=_SHOWN,
                rules=repeated.rules(),
                examples=("person", "officer", "week", "must"),
                list_root="" if number == 1 else "../",
            )

    def _again(self) -> dict[str, dict[int, dict[str, Any]]]:
        """For each lesson that other reviews taught too, by review and number: its group, and the newest others."""
        found: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for at, group in enumerate(self.repeated):
            address = f"{_repeated_folder(at // _SHOWN + 1)}/index.md#repeated-{group.key}"
            for taught in group.lessons:
                own = taught.review.public_id
                others = islice((other for other in reversed(group.lessons) if other.review.public_id != own), 3)
                again = {"address": address, "others": [*others], "total": len(group.lessons)}
                found[own][taught.lesson.id] = again
        return found

    def _same(self, review: RedactedReview) -> list[tuple[RedactedReview, list[tuple[int, Taught]]]]:
        """The newest other reviews that taught a lesson of this one, each with the lessons: this one's, and its own."""
        found: dict[str, list[tuple[int, Taught]]] = defaultdict(list)
        for number, again in self.again.get(review.public_id, {}).items():
            for other in again["others"]:
                found[other.review.public_id].append((number, other))
        others = catalogue.newest_first(pairs[0][1].review for pairs in found.values())
        return [(other, found[other.public_id]) for other in others[:_MOST_RELATED]]

    def write_browse(self, kind: Way) -> None:
        """The index of one way to browse, and a page for each of its terms that has a review."""
        lessons, reviews, counts = kind.group(self.lessons), kind.group(self.reviews), self._counts(kind)
        self._page(kind.folder, "browse.md.j2", kind=kind, groups=counts, others=[k for k in WAYS if k is not kind])
        for key in counts:
            entries: list[RedactedReview | Taught] = [*lessons.get(key, ()), *reviews.get(key, ())]
            about = themes()[str(key)]["about"] if kind.folder == "themes" else kind.about
            more = {"heading": kind.page_heading(key), "about": about, "up": kind.heading}
            self._lists(f"{kind.folder}/{key}", "list.md.j2", entries, **more)

    def write_vanished(self) -> None:
        """A page at every address of a list that a withdrawal or a correction may have emptied.

        At every one, not only where a list stood: which term nobody uses any more would tell what a withdrawn review was about.
        """
        lists = [
            (f"{way.folder}/{key}", way.page_heading(key), way.heading) for way in WAYS for key in way.every(self.as_of)
        ]
        statuses = ((key, words.low(title("lesson_statuses", key))) for key in terms("lesson_statuses"))
        lists += [(f"lessons/status/{key}", f"Lessons by status: {status}", "Lessons") for key, status in statuses]
        lists += [(f"trends/{year}", f"Trends and lessons, {year}", "Trends") for year in possible_years(self.as_of)]
        for address, heading, up in lists:
            if not (self.folder / address).exists():
                self._page(address, "vanished.md.j2", heading=heading, up=up)

    def write_trends(self, national: Sequence[statistics.National]) -> None:
        """The report on trends and lessons: all years, and each year of publication."""
        sources = list(dict.fromkeys(row.source for row in national))
        years = statistics.years(self.reviews)
        for report in statistics.reports(self.reviews):
            found = recommendations.recommendations(catalogue.lessons(report.reviews), self.as_of)
            self._page(
                f"trends/{report.year}" if report.year else "trends",
                "trends.md.j2",
                report=report,
                years=years,
                rates=recommendations.whole(found),
                national=() if report.year else national,
                sources=sources,
            )

    def write_recommendations(self) -> None:
        """Every lesson held against the day of the build, a page for each hundred."""
        found = recommendations.recommendations(self.lessons, self.as_of)
        pages = list(_chunks(found, PER_PAGE)) or [()]
        for number, chunk in enumerate(pages, start=1):
            self._page(
                "recommendations" if number == 1 else f"recommendations/page-{number}",
                "recommendations.md.j2",
                entries=chunk,
                all=recommendations.whole(found),
                by_owner=recommendations.by_owner(found),
                by_theme=recommendations.by_theme(found),
                by_year=recommendations.by_year(found),
                page_number=number,
                pages=len(pages),
                list_root="" if number == 1 else "../",
            )

    def write_data(self, feeds: Sequence[Feed]) -> None:
        """What the open data is, and how to use it."""
        # a code block's lines stand in raw HTML: Markdown would end it at an empty line
        python = Markup("&#10;").join(opendata.example().split("\n"))
        self._page(
            "data",
            "data.md.j2",
            datasets=datasets.DATASETS,
            feeds=feeds,
            format=datasets.FORMAT,
            limit=MOST_ENTRIES,
            lists=datasets.word_lists(),
            tables=statistics.report(self.reviews).tables,
            values=datasets.in_words,
            python=python,
        )

    def write_changes(self, withdrawals: Sequence[Withdrawal]) -> None:
        """The public change log: publications, corrections and withdrawals, newest first."""
        events = changelog.events(self.reviews, withdrawals)
        pages = list(_chunks(events, PER_PAGE)) or [()]
        for number, chunk in enumerate(pages, start=1):
            folder = "about/changes" if number == 1 else f"about/changes/page-{number}"
            more = {"number": number, "pages": len(pages), "list_root": "" if number == 1 else "../"}
            self._page(folder, "changes.md.j2", events=chunk, total=len(events), **more)

    def _counts(self, kind: Way) -> dict[str | int, tuple[int, int]]:
        """Reviews and lessons for each term of one way to browse, in the vocabulary's order; years the newest first."""
        lessons, reviews = kind.group(self.lessons), kind.group(self.reviews)
        order = vocabulary().get(kind.folder, reviews)
        return {
            key: (len(reviews.get(key, ())), len(lessons.get(key, ())))
            for key in order
            if key in {**lessons, **reviews}
        }

    def _lists(self, folder: str, template: str, entries: Sequence[RedactedReview | Taught], **more: Any) -> None:
        """A list, split over as many pages as it needs: folder/, folder/page-2/ and on."""
        pages = list(_chunks(entries, PER_PAGE)) or [()]
        for number, chunk in enumerate(pages, start=1):
            self._page(
                folder if number == 1 else f"{folder}/page-{number}",
                template,
                entries=chunk,
                total=len(entries),
                lessons_total=sum(isinstance(entry, Taught) for entry in entries),
                reviews_total=sum(not isinstance(entry, Taught) for entry in entries),
                sources=len({entry.review.public_id for entry in entries if isinstance(entry, Taught)}),
                number=number,
                pages=len(pages),
                list_root="" if number == 1 else "../",
                **more,
            )

    def _page(self, folder: str, template: str, name: str = "index.md", /, **context: Any) -> None:
        """Write folder/index.md (or another name) from a template; `root` in it leads from that folder to the root."""
        depth = len([part for part in folder.split("/") if part])
        text = (
            templates()
            .get_template(template)
            .render(
                root=Markup("../" * depth),
                as_of=self.as_of,
                **context,
            )
        )
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_BLANK_LINES.sub("\n\n", text).rstrip() + "\n", encoding="utf-8", newline="\n")


def _repeated_folder(number: int) -> str:
    return "lessons/repeated" if number == 1 else f"lessons/repeated/page-{number}"


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
