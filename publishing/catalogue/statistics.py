"""Tables of what is published: counts of reviews and lessons by term and by year. All are on pages, so none is secret."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from publishing.catalogue import cross_tables
from publishing.catalogue.coarse_terms import exact_terms_within, years_within
from publishing.catalogue.count_tables import Table, TableRow, beside_year_before, count_reviews, term_rows
from publishing.catalogue.cross_tables import publication_years
from publishing.catalogue.lessons import all_lessons
from publishing.catalogue.national_counts import ALL, NationalCount
from publishing.catalogue.small_counts import THRESHOLD, suppress_row
from publishing.reviews import RedactedReview
from publishing.vocabulary import exact_terms, terms, title

COMPARABLE = 5
"""Years with fewer reviews than this are not compared with each other."""


@dataclass(frozen=True)
class NationalComparison:
    """National counts of a year and an offence beside what is published; None where a count is not shown."""

    year: int
    offence: str
    national: int | None
    published: int
    source: str


@dataclass(frozen=True)
class TrendsReport:
    """The tables of one year of publication, or of all years (`year` is None). `before` is the year compared with."""

    year: int | None
    reviews: tuple[RedactedReview, ...]
    lessons: int
    tables: dict[str, Table]
    before: int | None = None
    before_reviews: int = 0


def trends_report(reviews: Sequence[RedactedReview], year: int | None = None) -> TrendsReport:
    """The tables of the reviews published in a year, or in all years."""
    chosen = tuple(review for review in reviews if year is None or review.publish_on.year == year)
    before = max((y for y in publication_years(reviews) if year is not None and y < year), default=None)
    earlier = tuple(review for review in reviews if before is not None and review.publish_on.year == before)
    tables = _tables_of_reviews(chosen)
    if year is not None and before is not None:
        then = _tables_of_reviews(earlier)
        tables = {
            key: beside_year_before(table, then[key], year, before) if key in _COMPARED else table
            for key, table in tables.items()
        }
    tables |= {
        table.key: table for table in (_level_table(chosen), _status_table(chosen), _repeated_themes_table(chosen))
    }
    if year is None:
        across = (_publication_table(chosen), *cross_tables.tables_across_years(chosen))
        tables |= {table.key: table for table in across}
    return TrendsReport(year, chosen, len(all_lessons(chosen)), tables, before, len(earlier))


def trends_reports(reviews: Sequence[RedactedReview]) -> tuple[TrendsReport, ...]:
    """All years together, then each, newest first."""
    return tuple(trends_report(reviews, year) for year in (None, *publication_years(reviews)))


# --- the tables


_COMPARED = ("themes", "reasonable-steps", "quality-ratings", "years-to-publication", "months-to-completion")
"""Tables that show the year before too."""


def _tables_of_reviews(reviews: Sequence[RedactedReview]) -> dict[str, Table]:
    """The tables that count reviews by one fact."""
    rating = ("Ratings of the reviews", "rating", "ratings")
    tables = (
        count_reviews("offences", ("Offences", "offence", "offences"), reviews, lambda r: (r.facts.offence,)),
        cross_tables.offence_years(reviews),
        count_reviews("regions", ("Regions", "region", "regions"), reviews, lambda r: (r.facts.region,)),
        count_reviews("supervision", ("Supervision", "kind of supervision", "kinds of supervision"), reviews,
                      lambda r: (r.facts.supervision,)),
        count_reviews("reasonable_steps", ("Judgements on reasonable steps", "judgement", "judgements"), reviews,
                      lambda r: (r.facts.reasonable_steps,), every=True),
        _with_not_given(count_reviews("quality_ratings", rating, reviews,
                                      lambda r: filter(None, (r.facts.quality_rating,)), every=True), "Not rated"),
        count_reviews("themes", ("Themes", "theme", "themes"), reviews, lambda r: r.facts.themes, several=True),
        count_reviews("agencies", ("Agencies", "agency", "agencies"), reviews, lambda r: r.facts.agencies, several=True),
        _wait_table(reviews),
        _with_not_given(count_reviews("durations", ("From notification to completion", "duration", "durations"), reviews,
                                      lambda r: filter(None, (r.took,)), every=True), "Not given",
                        "months-to-completion"),
    )  # fmt: skip
    return {table.key: table for table in tables}


def _with_not_given(table: Table, label: str, key: str = "") -> Table:
    """A table with a row for the reviews that no other row counts."""
    left = table.base - sum(row.counts[0] for row in table.rows)
    return replace(table, key=key or table.key, rows=(*table.rows, TableRow("not-given", label, (left,))))


def _publication_table(reviews: Sequence[RedactedReview]) -> Table:
    """Reviews and lessons published in each year, oldest first."""
    rows = []
    for year in publication_years(reviews)[::-1]:
        chosen = [review for review in reviews if review.publish_on.year == year]
        rows.append(TableRow(str(year), str(year), (len(chosen), sum(len(review.lessons) for review in chosen))))
    return Table(
        "published", "Published each year", "year", "years", "review", len(reviews), tuple(rows), ("Reviews", "Lessons")
    )


def _level_table(reviews: Sequence[RedactedReview]) -> Table:
    """Lessons by whom they are for: individual practice, a local team, a region, the nation."""
    taught = all_lessons(reviews)
    rows = term_rows("levels", (entry.lesson.level for entry in taught), every=True)
    return Table("levels", "Whom lessons are for", "level", "levels", "lesson", len(taught), rows, ("Lessons",))


def _status_table(reviews: Sequence[RedactedReview]) -> Table:
    taught = all_lessons(reviews)
    rows = term_rows("lesson_statuses", (entry.lesson.status for entry in taught), every=True)
    return Table(
        "lesson-statuses", "What has been done", "status", "statuses", "lesson", len(taught), rows, ("Lessons",)
    )


def _repeated_themes_table(reviews: Sequence[RedactedReview]) -> Table:
    """Themes that lessons of two reviews or more are about: lessons, reviews they come from."""
    taught = all_lessons(reviews)
    rows = []
    for theme in terms("themes"):
        about = [entry for entry in taught if theme in entry.lesson.themes]
        sources = {entry.review.public_id for entry in about}
        if len(sources) > 1:
            rows.append(TableRow(theme, title("themes", theme), (len(sources), len(about))))
    rows.sort(key=lambda row: -row.counts[0])
    return Table(
        "repeated-lessons", "Lessons repeated", "theme", "themes", "review", len(reviews), tuple(rows),
        ("Reviews", "Lessons"), True,
    )  # fmt: skip


_WAIT_BANDS = (("0-2", "2 years or less", 0, 2), ("3-4", "3 or 4 years", 3, 4), ("5-6", "5 or 6 years", 5, 6),
          ("7+", "7 years or more", 7, 999))  # fmt: skip


def _wait_table(reviews: Sequence[RedactedReview]) -> Table:
    """Years from the year of the offence to the year of publication; a period's reviews are not counted."""
    waited = [r.publish_on.year - r.facts.offence_year for r in reviews if isinstance(r.facts.offence_year, int)]
    rows = tuple(
        TableRow(key, label, (sum(low <= n <= high for n in waited),)) for key, label, low, high in _WAIT_BANDS
    )
    if len(waited) < len(reviews):
        rows = (*rows, TableRow("not-given", "Year of the offence not given", (len(reviews) - len(waited),)))
    return Table(
        "years-to-publication", "From the offence to publication", "wait", "waits", "review", len(reviews), rows,
        ("Reviews",),
    )  # fmt: skip


# --- beside national counts


def compare_with_national(
    national: Sequence[NationalCount], reviews: Sequence[RedactedReview], threshold: int = THRESHOLD
) -> tuple[NationalComparison, ...]:
    """National counts beside the reviews published, for each year of an offence that a count is known for.

    What is not on a page is how many are not published: where that is small, the national count is hidden, and others
    with it, so that it cannot be worked out. Counts of regions, and by further facts, are not shown at all.
    """
    whole = [count for count in national if count.region is None and not count.further]
    rows: list[NationalComparison] = []
    for year in sorted({count.year for count in whole}, reverse=True):
        given = [count for count in whole if count.year == year]
        rows += _compare_year(year, given, reviews, threshold)
    return tuple(rows)


def _compare_year(
    year: int, given: Sequence[NationalCount], reviews: Sequence[RedactedReview], threshold: int
) -> list[NationalComparison]:
    published = Counter(review.facts.offence for review in reviews if review.facts.offence_year == year)
    order = list(terms("offences"))
    parts = sorted((count for count in given if count.offence != ALL), key=lambda count: order.index(count.offence))
    everything = next((count for count in given if count.offence == ALL), None)
    # reviews that tell a group or a period may be any of these cases, so as many more must be left of what is shown
    threshold += sum(_may_be_among(review, year) for review in reviews)
    left = [max(count.count - published[count.offence], 0) for count in parts]
    shown: tuple[int | None, ...]
    if everything is None:
        shown = tuple(None if count < threshold else count for count in left)
    else:
        # the offences that are not listed are the rest of all: a part like the others, though no row shows it
        rest = max(everything.count - published.total() - sum(left), 0)
        listed = {count.offence for count in parts} == exact_terms("offences").keys()
        shown = suppress_row(left, threshold) if listed else suppress_row([*left, rest], threshold, [len(left)])
        total = shown[-1]
        shown = shown[: len(parts)]
    rows = [
        NationalComparison(year, c.offence, None if hidden is None else c.count, published[c.offence], c.source)
        for c, hidden in zip(parts, shown, strict=True)
    ]
    if everything is not None:
        count = None if total is None else everything.count
        rows.insert(0, NationalComparison(year, ALL, count, published.total(), everything.source))
    return rows


def _may_be_among(review: RedactedReview, year: int) -> bool:
    """Whether a review may be among the cases of a year, without telling which year or offence it is of."""
    of, offence = review.facts.offence_year, review.facts.offence
    return year in years_within(of) and (isinstance(of, str) or len(exact_terms_within("offences", offence)) > 1)


# --- how long a review took


def duration_band(notified: str | None, completed: str | None) -> str | None:
    """The band of the months between two months (2018-10), as a key of the vocabulary's durations."""
    if not notified or not completed:
        return None
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (notified, completed))
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((key for key, most in _DURATION_LIMITS if months < most), "12-or-more")


_DURATION_LIMITS = (("under-3", 3), ("3-to-5", 6), ("6-to-11", 12))
