"""Tables over two facts of the reviews that are published: a region and a year, a region and a theme.

They count what stands on pages, as exactly as it stands there, so that no number tells more than the pages do
(docs/decisions/0005-disclosure-control.md): a year that is given as a period is counted as that period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from publishing.catalogue.coarse_terms import years_within
from publishing.catalogue.count_tables import Keys, Table, TableRow
from publishing.reviews import RedactedReview
from publishing.vocabulary import terms, title

T = TypeVar("T", int, str)


def publication_years(reviews: Iterable[RedactedReview]) -> list[int]:
    """Years in which reviews were published, newest first."""
    return sorted({review.publish_on.year for review in reviews}, reverse=True)


def offence_years(reviews: Sequence[RedactedReview]) -> Table:
    """Reviews and lessons by the year of the offence, or the period that is given in its place, the earliest first."""
    given = sorted({review.facts.offence_year for review in reviews}, key=lambda year: (*_ends(year), str(year)))
    rows = []
    for year in given:
        chosen = [review for review in reviews if review.facts.offence_year == year]
        rows.append(TableRow(str(year), str(year), (len(chosen), sum(len(review.lessons) for review in chosen))))
    return Table(
        "offence-years", "Years of the offences", "year of the offence", "years of the offences", "review", len(reviews),
        tuple(rows), ("Reviews", "Lessons"),
    )  # fmt: skip


def tables_across_years(reviews: Sequence[RedactedReview]) -> tuple[Table, ...]:
    """What reviews of all years are about, by region, judgement and theme for each year of publication; regions by theme."""
    return (
        _by_year("themes-by-year", "Themes, year by year", "themes", reviews, lambda r: r.facts.themes, several=True),
        _by_year("regions-by-year", "Regions, year by year", "regions", reviews, lambda r: (r.facts.region,)),
        _by_year("judgements-by-year", "Judgements, year by year", "reasonable_steps", reviews,
                 lambda r: (r.facts.reasonable_steps,)),
        _regions_by_theme(reviews),
    )  # fmt: skip


_NAMES = {
    "themes": ("theme", "themes"),
    "regions": ("region", "regions"),
    "reasonable_steps": ("judgement", "judgements"),
}


def _by_year(
    key: str, heading: str, words: str, reviews: Sequence[RedactedReview], keys: Keys, *, several: bool = False
) -> Table:
    """The terms that are named at all, with the reviews of each year of publication, the earliest year first."""
    years = publication_years(reviews)[::-1]
    counts = Counter((key, r.publish_on.year) for r in reviews for key in dict.fromkeys(keys(r)))
    rows = _rows(words, years, counts)
    return Table(key, heading, *_NAMES[words], "review", len(reviews), rows, tuple(map(str, years)), several)


def _regions_by_theme(reviews: Sequence[RedactedReview]) -> Table:
    """Regions with the reviews that name each theme; a column for each theme that is named at all."""
    counts = Counter((r.facts.region, theme) for r in reviews for theme in dict.fromkeys(r.facts.themes))
    named = [theme for theme in terms("themes") if any(theme == other for _, other in counts)]
    return Table(
        "regions-by-theme", "Regions and themes", "region", "regions", "review", len(reviews),
        _rows("regions", named, counts), tuple(title("themes", theme) for theme in named), True,
    )  # fmt: skip


def _rows(words: str, columns: Sequence[T], counts: Counter[tuple[str, T]]) -> tuple[TableRow, ...]:
    found = [key for key in terms(words) if any(counts[key, column] for column in columns)]
    return tuple(TableRow(key, title(words, key), tuple(counts[key, column] for column in columns)) for key in found)


def _ends(year: int | str) -> tuple[int, int]:
    return years_within(year)[0], years_within(year)[-1]
