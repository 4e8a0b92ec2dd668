"""Tables of counts: what a row is, what is counted, and how often in each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from publishing.reviews import RedactedReview
from publishing.vocabulary import terms, title

Keys = Callable[[RedactedReview], Iterable[str]]
"""The terms that a review counts under."""


@dataclass(frozen=True)
class TableRow:
    """One line of a table: a term's key, its title, and a count for each column."""

    key: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Counts of reviews or lessons.

    `one` and `many` name what a row is (offence, offences), `unit` what is counted (review, lesson), `base` is how many
    there are in all; `several`: one review may be counted in several rows. `columns` are the columns' headings.
    """

    key: str
    heading: str
    one: str
    many: str
    unit: str
    base: int
    rows: tuple[TableRow, ...]
    columns: tuple[str, ...] = ()
    several: bool = False


def term_rows(words: str, keys: Iterable[str], every: bool = False) -> tuple[TableRow, ...]:
    """Terms with how often each was named: the most frequent first, then in the vocabulary's order."""
    counts = Counter(keys)
    order = list(terms(words))
    found = [key for key in order if counts[key] or (every and not terms(words)[key].coarse)]
    if not every:
        found.sort(key=lambda key: (-counts[key], order.index(key)))
    return tuple(TableRow(key, title(words, key), (counts[key],)) for key in found)


def count_reviews(
    words: str,
    names: tuple[str, str, str],
    reviews: Sequence[RedactedReview],
    keys: Keys,
    *,
    every: bool = False,
    several: bool = False,
) -> Table:
    """Reviews by the terms of a list of the vocabulary; `names` are the heading, and what one row and several are."""
    rows = term_rows(words, (key for review in reviews for key in dict.fromkeys(keys(review))), every)
    return Table(words.replace("_", "-"), *names, "review", len(reviews), rows, ("Reviews",), several)


def beside_year_before(now: Table, then: Table, year: int, before: int) -> Table:
    """A table of one column with that of the year before as its second; rows that are new to it come last."""
    earlier = {row.key: row for row in then.rows}
    rows = [replace(row, counts=(*row.counts, *_counts(earlier.pop(row.key, None)))) for row in now.rows]
    rows += [replace(row, counts=(0, *row.counts)) for row in earlier.values()]
    return replace(now, rows=tuple(rows), columns=(f"Reviews in {year}", f"Reviews in {before}"))


def _counts(row: TableRow | None) -> tuple[int, ...]:
    return row.counts if row else (0,)


def counts_by_row(table: Table, column: int) -> dict[str, int]:
    """The counts of one column, by the key of its row."""
    return {row.key: row.counts[column] for row in table.rows}
