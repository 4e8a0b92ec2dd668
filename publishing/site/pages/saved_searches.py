"""Searches that are asked most, as pages: what answers each is listed, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from publishing.files.shipped_data import load_shipped_yaml
from publishing.site.pages.writer import PageWriter
from publishing.site.search import facets


@dataclass(frozen=True)
class SavedSearch:
    """A search by its facets; its page is search/`key`/."""

    key: str
    title: str
    about: str
    facets: dict[str, Sequence[str]]

    @property
    def query(self) -> str:
        """The same in the address of the search page."""
        return urlencode(self.facets, doseq=True)


@cache
def saved_searches() -> tuple[SavedSearch, ...]:
    """What saved_searches.yml lists, in its order."""
    data = load_shipped_yaml("publishing.site", "saved_searches.yml")
    return tuple(SavedSearch(key, **fields) for key, fields in data.items())


def write_saved_searches(writer: PageWriter) -> None:
    """Each with what answers it on the day, the newest first; a page stays where nothing does."""
    lessons, reviews = facets.tell(writer.lessons, writer.as_of), facets.tell(writer.reviews, writer.as_of)
    for search in saved_searches():
        kind = lessons if search.facets["type"] == ["lesson"] else reviews
        found = facets.answers(kind, search.facets)
        writer.write_list(f"search/{search.key}", "saved_search.md.j2", found, search=search)
