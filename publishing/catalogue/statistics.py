"""What the published reviews add up to, as tables. Every number is of published pages, so none is a secret."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from publishing.catalogue.disclosure import THRESHOLD, members, protect_list
from publishing.catalogue.disclosure import years as years_of
from publishing.catalogue.lessons import lessons as lessons_of
from publishing.catalogue.national import ALL, NationalCount
from publishing.reviews import RedactedReview
from publishing.vocabulary import terms, title

COMPARABLE = 5
"""Years with fewer reviews than this are not compared with each other."""


@dataclass(frozen=True)
class Row:
    """One line of a table: a term's key, its title, and a count for each column."""

    key: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Counts of reviews or lessons.

    `one` and `many` name what a row is (offence, offences), `unit` what is counted (review, lesson), `base` is how many
    there are in all; `several`: one review may stand in several rows. `columns` are the columns' headings.
    """

    key: str
    heading: str
    one: str
    many: str
    unit: str
    base: int
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class National:
    """National counts of a year and an offence beside what is published; None where a count is not shown."""

    year: int
    offence: str
    national: int | None
    published: int
    source: str


@dataclass(frozen=True)
class Report:
    """The tables of one year of publication, or of all years (`year` is None). `before` is the year compared with."""

    year: int | None
    reviews: tuple[RedactedReview, ...]
    lessons: int
    tables: dict[str, Table]
    before: int | None = None
    before_reviews: int = 0


def years(reviews: Iterable[RedactedReview]) -> list[int]:
    """Years in which reviews were published, newest first."""
    return sorted({review.publish_on.year for review in reviews}, reverse=True)


def report(reviews: Sequence[RedactedReview], year: int | None = None) -> Report:
    """The tables of the reviews published in a year, or in all years."""
    chosen = tuple(review for review in reviews if year is None or review.publish_on.year == year)
    before = max((y for y in years(reviews) if year is not None and y < year), default=None)
    earlier = tuple(review for review in reviews if before is not None and review.publish_on.year == before)
    tables = [
        _reviews("offences", "Offences", "offence", "offences", chosen, lambda r: (r.facts.offence,)),
        _reviews("regions", "Regions", "region", "regions", chosen, lambda r: (r.facts.region,)),
        _reviews("supervision", "Supervision", "kind of supervision", "kinds of supervision", chosen,
                 lambda r: (r.facts.supervision,)),
        _reviews("reasonable_steps", "Judgements on reasonable steps", "judgement", "judgements", chosen,
                 lambda r: (r.facts.reasonable_steps,), every=True),
        _themes(chosen, earlier, year, before),
        _reviews("agencies", "Agencies", "agency", "agencies", chosen, lambda r: r.facts.agencies, several=True),
        _levels(chosen),
        _statuses(chosen),
        _repeated(chosen),
        _waits(chosen),
        _durations(chosen),
    ]  # fmt: skip
    if year is None:
        tables = [_published(chosen), *tables, _themes_by_year(chosen)]
    return Report(year, chosen, len(lessons_of(chosen)), {table.key: table for table in tables}, before, len(earlier))


def reports(reviews: Sequence[RedactedReview]) -> tuple[Report, ...]:
    """All years together, then each, newest first."""
    return tuple(report(reviews, year) for year in (None, *years(reviews)))


def shares(table: Table, column: int) -> dict[str, int]:
    """Counts of a column by row."""
    return {row.key: row.counts[column] for row in table.rows}


# --- the tables


def _counted(words: str, keys: Iterable[str], every: bool = False) -> tuple[Row, ...]:
    """Terms with how often each was named: the most frequent first, then in the vocabulary's order."""
    counts = Counter(keys)
    order = list(terms(words))
    found = [key for key in order if counts[key] or (every and not terms(words)[key].coarse)]
    if not every:
        found.sort(key=lambda key: (-counts[key], order.index(key)))
    return tuple(Row(key, title(words, key), (counts[key],)) for key in found)


def _reviews(
    words: str,
    heading: str,
    one: str,
    many: str,
    reviews: Sequence[RedactedReview],
    keys: Callable[[RedactedReview], Iterable[str]],
    *,
    every: bool = False,
    several: bool = False,
) -> Table:
    rows = _counted(words, (key for review in reviews for key in dict.fromkeys(keys(review))), every)
    return Table(words.replace("_", "-"), heading, one, many, "review", len(reviews), rows, ("Reviews",), several)


def _themes(
    reviews: Sequence[RedactedReview], earlier: Sequence[RedactedReview], year: int | None, before: int | None
) -> Table:
    now = _reviews("themes", "Themes", "theme", "themes", reviews, lambda r: r.facts.themes, several=True)
    if before is None:
        return now
    then = Counter(theme for review in earlier for theme in dict.fromkeys(review.facts.themes))
    counts = shares(now, 0)
    order = list(terms("themes"))
    keys = sorted({*counts, *then}, key=lambda key: (-counts.get(key, 0), order.index(key)))
    rows = tuple(Row(key, title("themes", key), (counts.get(key, 0), then[key])) for key in keys)
    return Table(
        "themes", "Themes", "theme", "themes", "review", len(reviews), rows,
        (f"Reviews in {year}", f"Reviews in {before}"), True,
    )  # fmt: skip


def _themes_by_year(reviews: Sequence[RedactedReview]) -> Table:
    found = years(reviews)[::-1]
    counts = Counter((theme, r.publish_on.year) for r in reviews for theme in dict.fromkeys(r.facts.themes))
    keys = [key for key in terms("themes") if any(counts[key, year] for year in found)]
    rows = tuple(Row(key, title("themes", key), tuple(counts[key, year] for year in found)) for key in keys)
    return Table(
        "themes-by-year", "Themes, year by year", "theme", "themes", "review", len(reviews), rows,
        tuple(str(year) for year in found), True,
    )  # fmt: skip


def _published(reviews: Sequence[RedactedReview]) -> Table:
    """Reviews and lessons published in each year, oldest first."""
    rows = []
    for year in years(reviews)[::-1]:
        chosen = [review for review in reviews if review.publish_on.year == year]
        rows.append(Row(str(year), str(year), (len(chosen), sum(len(review.lessons) for review in chosen))))
    return Table(
        "published", "Published each year", "year", "years", "review", len(reviews), tuple(rows), ("Reviews", "Lessons")
    )


def _levels(reviews: Sequence[RedactedReview]) -> Table:
    """Lessons by whom they are for: individual practice, a local team, a region, the nation."""
    taught = lessons_of(reviews)
    rows = _counted("levels", (entry.lesson.level for entry in taught), every=True)
    return Table("levels", "Whom lessons are for", "level", "levels", "lesson", len(taught), rows, ("Lessons",))


def _statuses(reviews: Sequence[RedactedReview]) -> Table:
    taught = lessons_of(reviews)
    rows = _counted("lesson_statuses", (entry.lesson.status for entry in taught), every=True)
    return Table(
        "lesson-statuses", "What has been done", "status", "statuses", "lesson", len(taught), rows, ("Lessons",)
    )


def _repeated(reviews: Sequence[RedactedReview]) -> Table:
    """Themes that lessons of two reviews or more are about: lessons, reviews they come from."""
    taught = lessons_of(reviews)
    rows = []
    for theme in terms("themes"):
        about = [entry for entry in taught if theme in entry.lesson.themes]
        sources = {entry.review.public_id for entry in about}
        if len(sources) > 1:
            rows.append(Row(theme, title("themes", theme), (len(sources), len(about))))
    rows.sort(key=lambda row: -row.counts[0])
    return Table(
        "repeated-lessons", "Lessons repeated", "theme", "themes", "review", len(reviews), tuple(rows),
        ("Reviews", "Lessons"), True,
    )  # fmt: skip


_WAITS = (("0-2", "2 years or less", 0, 2), ("3-4", "3 or 4 years", 3, 4), ("5-6", "5 or 6 years", 5, 6),
          ("7+", "7 years or more", 7, 999))  # fmt: skip


def _waits(reviews: Sequence[RedactedReview]) -> Table:
    """Years from the year of the offence to the year of publication; a period's reviews are not counted."""
    waited = [r.publish_on.year - r.facts.offence_year for r in reviews if isinstance(r.facts.offence_year, int)]
    rows = tuple(Row(key, label, (sum(low <= n <= high for n in waited),)) for key, label, low, high in _WAITS)
    if len(waited) < len(reviews):
        rows = (*rows, Row("not-given", "Year of the offence not given", (len(reviews) - len(waited),)))
    return Table(
        "years-to-publication", "From the offence to publication", "wait", "waits", "review", len(reviews), rows,
        ("Reviews",),
    )  # fmt: skip


def _durations(reviews: Sequence[RedactedReview]) -> Table:
    """How long reviews took, from notification to completion, where their pages say it."""
    given = Counter(review.took for review in reviews)
    rows = tuple(Row(key, term.title, (given[key],)) for key, term in terms("durations").items())
    rows = (*rows, Row("not-given", "Not given", (given[None],)))
    return Table(
        "months-to-completion", "From notification to completion", "duration", "durations", "review", len(reviews),
        rows, ("Reviews",),
    )  # fmt: skip


# --- beside national counts


def beside_national(
    national: Sequence[NationalCount], reviews: Sequence[RedactedReview], threshold: int = THRESHOLD
) -> tuple[National, ...]:
    """National counts beside the reviews published, for each year of an offence that a count is known for.

    What is not on a page is how many are not published: where that is small, the national count is hidden, and others
    with it, so that it cannot be worked out. Counts of regions, and by further facts, are not shown at all.
    """
    whole = [count for count in national if count.region is None and not count.further]
    rows: list[National] = []
    for year in sorted({count.year for count in whole}, reverse=True):
        given = [count for count in whole if count.year == year]
        rows += _year_beside(year, given, reviews, threshold)
    return tuple(rows)


def _year_beside(
    year: int, given: Sequence[NationalCount], reviews: Sequence[RedactedReview], threshold: int
) -> list[National]:
    published = Counter(review.facts.offence for review in reviews if review.facts.offence_year == year)
    order = list(terms("offences"))
    parts = sorted((count for count in given if count.offence != ALL), key=lambda count: order.index(count.offence))
    everything = next((count for count in given if count.offence == ALL), None)
    # reviews that tell a group or a period may be any of these cases, so as many more must be left of what is shown
    threshold += sum(_may_be_of(review, year) for review in reviews)
    left = [max(count.count - published[count.offence], 0) for count in parts]
    shown: tuple[int | None, ...]
    if everything is None:
        shown = tuple(None if count < threshold else count for count in left)
    else:
        # the offences that are not listed are the rest of all: a part like the others, though no row shows it
        rest = max(everything.count - published.total() - sum(left), 0)
        listed = {count.offence for count in parts} == {
            key for key, term in terms("offences").items() if not term.coarse
        }
        shown = protect_list(left, threshold) if listed else protect_list([*left, rest], threshold, [len(left)])
        total = shown[-1]
        shown = shown[: len(parts)]
    rows = [
        National(year, c.offence, None if hidden is None else c.count, published[c.offence], c.source)
        for c, hidden in zip(parts, shown, strict=True)
    ]
    if everything is not None:
        count = None if total is None else everything.count
        rows.insert(0, National(year, ALL, count, published.total(), everything.source))
    return rows


def _may_be_of(review: RedactedReview, year: int) -> bool:
    """Whether a review may be of a year and nobody is told of which year or offence it is."""
    of, offence = review.facts.offence_year, review.facts.offence
    return year in years_of(of) and (isinstance(of, str) or len(members("offences", offence)) > 1)


# --- how long a review took


def took(notified: str | None, completed: str | None) -> str | None:
    """The band of the months between two months (2018-10), as a key of the vocabulary's durations."""
    if not notified or not completed:
        return None
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (notified, completed))
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((key for key, most in _DURATIONS if months < most), "12-or-more")


_DURATIONS = (("under-3", 3), ("3-to-5", 6), ("6-to-11", 12))
