"""The pages to browse by theme, region, offence, agency and year, and what is left at the address of an emptied list."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import RedactedReview
from publishing.site.browsing import BROWSE_BY, BrowseBy, possible_years
from publishing.site.pages.lessons import status_heading
from publishing.site.pages.themes import pack_heading, write_themes
from publishing.site.pages.writer import PageWriter
from publishing.vocabulary import terms


def write_browse(writer: PageWriter) -> None:
    """For each way to browse its index, and a page for each of its terms that has a review or a lesson."""
    for way in BROWSE_BY:
        counts = writer.term_counts(way)
        others = [other for other in BROWSE_BY if other is not way]
        writer.write_page(way.folder, "browse.md.j2", way=way, groups=counts, others=others)
        if way.folder == "themes":
            write_themes(writer, way, [str(key) for key in counts])
        else:
            _write_lists(writer, way, counts)


def _write_lists(writer: PageWriter, way: BrowseBy, keys: dict[str | int, tuple[int, int]]) -> None:
    lessons, reviews = way.group(writer.lessons), way.group(writer.reviews)
    for key in keys:
        entries: list[RedactedReview | ReviewLesson] = [*lessons.get(key, ()), *reviews.get(key, ())]
        writer.write_list(
            f"{way.folder}/{key}", "list.md.j2", entries, heading=way.page_heading(key), about=way.about, up=way.heading
        )


def write_notices_at_emptied_lists(writer: PageWriter) -> None:
    """A page at every address of a list that a withdrawal or a correction may have emptied.

    At every one, not only where a list was: which term nobody uses any more would tell what a withdrawn review was about.
    """
    for folder, heading, up in _possible_lists(writer):
        if not (writer.folder / folder).exists():
            writer.write_page(folder, "vanished.md.j2", heading=heading, up=up)


def _possible_lists(writer: PageWriter) -> Iterator[tuple[str, str, str]]:
    """Every list that there may ever have been: its folder, its heading, and the heading of the list above it."""
    for way in BROWSE_BY:
        for key in way.possible_keys(writer.as_of):
            yield f"{way.folder}/{key}", way.page_heading(key), way.heading
            if way.folder == "themes":
                yield f"{way.folder}/{key}/pack", pack_heading(way, key), way.heading
    for key in terms("lesson_statuses"):
        yield f"lessons/status/{key}", status_heading(key), "Lessons"
    for year in possible_years(writer.as_of):
        yield f"trends/{year}", f"Trends and lessons, {year}", "Trends"
