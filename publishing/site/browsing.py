"""The ways to browse: by theme, region, offence, agency and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from publishing.catalogue import coarse_terms, lessons
from publishing.catalogue.lessons import Entry
from publishing.catalogue.review_titles import lower_first
from publishing.vocabulary import terms, vocabulary


def possible_years(as_of: dt.date) -> range:
    """Every year that a list may ever have been of."""
    return range(as_of.year - 30, as_of.year + 1)


class BrowseGroup(Protocol):
    """Entries by the keys that they have in common: reviews or lessons alike."""

    def __call__(self, entries: Sequence[Entry], /) -> Mapping[Any, tuple[Entry, ...]]:
        """The entries of each key."""


@dataclass(frozen=True)
class BrowseBy:
    """One way to browse: its folder, which names its list in the vocabulary too, and how entries are grouped.

    `index` introduces the list of all its pages, `about` each of them; themes have introductions of their own.
    """

    folder: str
    heading: str
    one: str
    group: BrowseGroup
    index: str
    about: str = ""

    def title(self, key: str | int) -> str:
        """What readers see for a key; years name themselves."""
        known = vocabulary().get(self.folder)
        return known[str(key)].title if known else str(key)

    def page_heading(self, key: str | int) -> str:
        """Theme: information sharing. A region is a name and keeps its capital."""
        name = self.title(key)
        return f"{self.one}: {name if self.folder == 'regions' else lower_first(name)}"

    def possible_keys(self, as_of: dt.date) -> tuple[str, ...]:
        """Whatever may ever have had a page: every term, or every year and period of the last thirty years."""
        if self.folder in vocabulary():
            return tuple(
                key for key, term in terms(self.folder).items() if self.folder != "agencies" or not term.coarse
            )
        return tuple(
            dict.fromkeys(
                [*map(str, possible_years(as_of)), *map(coarse_terms.five_year_period, possible_years(as_of))]
            )
        )


BROWSE_BY = (
    BrowseBy(
        folder="themes",
        heading="Themes",
        one="Theme",
        group=lessons.group_by_theme,
        index="What reviews found, by subject. A review counts under its main themes, a lesson under each that it teaches "
        "about; so lessons may come from more reviews. A lesson that names no theme counts under its review’s.",
    ),
    BrowseBy(
        folder="regions",
        heading="Regions",
        one="Region",
        group=lessons.group_by_region,
        index="Where the person was supervised.",
        about="Reviews of how people were supervised in this region, and the lessons they taught.",
    ),
    BrowseBy(
        folder="offences",
        heading="Offences",
        one="Offence",
        group=lessons.group_by_offence,
        index="The offence of the conviction. Lists never show details of an offence.",
        about="Reviews that followed a conviction of this offence, and the lessons they taught. No details are shown here.",
    ),
    BrowseBy(
        folder="agencies",
        heading="Agencies",
        one="Agency",
        group=lessons.group_by_agency,
        index="Whom the lessons are for, and who had a part in the cases. A lesson for HM Prison and Probation Service is for "
        "both prisons and probation.",
        about="Lessons that are for this agency, and reviews of cases in which it had a part.",
    ),
    BrowseBy(
        folder="years",
        heading="Years",
        one="Year of the offence",
        group=lessons.group_by_year,
        index="When the offence was committed. Reviews are written and published later.",
        about="Reviews of offences of this year, and the lessons they taught.",
    ),
)
