"""What the trends pages say of a table, in sentences that agree in grammar and claim no more than the counts."""

from __future__ import annotations

from collections.abc import Sequence

from publishing.catalogue.coarse_terms import NOT_GIVEN
from publishing.catalogue.count_tables import Table
from publishing.catalogue.recommendations import ImplementationRate
from publishing.catalogue.review_titles import lower_first
from publishing.catalogue.statistics import COMPARABLE, NationalComparison, TrendsReport
from publishing.site.phrasing import counted_with_commas
from publishing.vocabulary import title
from redaction import NUMBER_WORDS

PERCENT_FROM = 20
"""No percentage of fewer than this: one case more or less would move it by five points."""

_MOST_NAMED = 3
_CHANGES_NAMED = 3
_NUMBERS = ("no", *(word for word, number in NUMBER_WORDS.items() if 1 <= number <= 10))


def number_word(n: int) -> str:
    """A small number in words, a larger one in figures."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def join_list(words: Sequence[str]) -> str:
    """A list in a sentence: a, b and c; a comma more where a member has an "and" of its own."""
    *others, last = words
    link = ", and" if any(" and " in word for word in words) else " and"
    return f"{', '.join(others)}{link} {last}" if others else last


def capitalise(text: str) -> str:
    """A sentence's beginning."""
    return text[:1].upper() + text[1:]


def share_of(part: int, whole: int, unit: str = "") -> str:
    """A part of a whole, with a percentage where there are enough to speak of one: 9 of 26 lessons (35%)."""
    percent = f" ({round_half_up(100 * part, whole)}%)" if whole >= PERCENT_FROM else ""
    return f"{part:,} of {whole:,}{f' {unit}' if unit else ''}{percent}"


def round_half_up(part: int, whole: int) -> int:
    """A quotient as a whole number, halves up."""
    return (2 * part + whole) // (2 * whole)


def leading_rows_sentence(table: Table) -> str:
    """Which rows have most; nothing where there is nothing to compare."""
    told = [row for row in table.rows if row.key != NOT_GIVEN]
    counts = [row.counts[0] for row in told]
    most = max(counts, default=0)
    if table.base < 2 or most == 0:
        return ""
    if most == 1:
        return f"No {table.one} stands in more than one {table.unit}."
    named = [_label_in_sentence(table, row.label) for row in told if row.counts[0] == most]
    amount = share_of(most, table.base, f"{table.unit}s{' each' if len(named) > 1 else ''}")
    if len(named) > _MOST_NAMED:
        return f"{capitalise(number_word(len(named)))} {table.many} are named most often, in {amount}."
    verb = "is" if len(named) == 1 else "are"
    if most == table.base:
        every = "both" if most == 2 else f"all {most:,}"
        return f"{capitalise(join_list(named))} {verb} named in {every} {table.unit}s."
    return f"{capitalise(join_list(named))} {verb} named most often, in {amount}."


def every_row_sentence(table: Table) -> str:
    """Every row in one sentence: of 24 reviews, 9 …; for short tables."""
    found = [f"{_label_in_sentence(table, row.label)} ({row.counts[0]:,})" for row in table.rows if row.counts[0]]
    return f"Of {counted_with_commas(table.base, table.unit)}: {join_list(found)}." if found else ""


def theme_changes_sentence(report: TrendsReport) -> str:
    """Themes that rose and fell most since the year before, by how often reviews name them."""
    table = report.tables["themes"]
    if report.before is None:
        return ""
    if min(len(report.reviews), report.before_reviews) < COMPARABLE:
        return f"Too few reviews were published in {report.year} or {report.before} to say which themes rose and which fell."
    # shares are compared without dividing: equal ones must be equal
    moved = [(row.counts[0] * report.before_reviews - row.counts[1] * len(report.reviews), row) for row in table.rows]
    parts = []
    for verb, sign in (("rose", 1), ("fell", -1)):
        ordered = sorted(((m * sign, row) for m, row in moved if m * sign > 0), key=lambda pair: -pair[0])
        chosen = [row for _, row in ordered[: number_to_name([m for m, _ in ordered])]]
        named = [
            f"{lower_first(row.label)} (from {row.counts[1]:,} of {report.before_reviews:,} reviews "
            f"to {row.counts[0]:,} of {len(report.reviews):,})"
            for row in chosen
        ]
        if named:
            what = "The theme" if len(named) == 1 else "Themes"
            parts.append(f"{what} that {verb} most since {report.before}: {join_list(named)}.")
        elif ordered:
            parts.append(
                f"{capitalise(number_word(len(ordered)))} themes {verb} since {report.before}, those that {verb} most equally."
            )
    if parts and min(len(report.reviews), report.before_reviews) < PERCENT_FROM:
        parts.append("With so few reviews, one or two more or fewer make such a difference.")
    return " ".join(parts) or f"Every theme is named as often as in {report.before}."


def number_to_name(ordered: Sequence[int]) -> int:
    """How many to name of values in falling order: at most three, and none that equals one left out."""
    return next(
        (n for n in range(min(_CHANGES_NAMED, len(ordered)), 0, -1) if ordered[n - 1 : n] != ordered[n : n + 1]), 0
    )


def repeated_themes_sentence(table: Table) -> str:
    """How many themes come back from review to review, and which most."""
    if not table.rows:
        return f"No theme is the subject of lessons from more than one {table.unit}." if table.base > 1 else ""
    most = table.rows[0].counts[0]
    named = [lower_first(row.label) for row in table.rows if row.counts[0] == most]
    n = len(table.rows)
    first = f"{capitalise(number_word(n))} {'theme is' if n == 1 else 'themes are'} the subject of lessons from two reviews or more."
    if len(named) > _MOST_NAMED:
        return f"{first} Lessons on each of {number_word(len(named))} themes come from {counted_with_commas(most, 'review')}."
    return f"{first} Lessons on {join_list(named)} come from {counted_with_commas(most, 'review')}{' each' if len(named) > 1 else ''}."


def theme_counts_sentence(reviews: int, lessons: int, sources: int, unnamed: int = 0) -> str:
    """How many reviews have a theme, and how many lessons teach about it: these come from other reviews too.

    `unnamed` of the lessons name no theme of their own, and are counted under their review's.
    """
    told = _theme_counts(reviews, lessons, sources)
    if not unnamed:
        return told
    which = (
        "It names"
        if unnamed == lessons == 1
        else f"{capitalise(number_word(unnamed))} of these lessons {'names' if unnamed == 1 else 'name'}"
    )
    verb, whose = ("counts", "its review’s") if unnamed == 1 else ("count", "their reviews’")
    return f"{told} {which} no theme and {verb} under {whose}."


def _theme_counts(reviews: int, lessons: int, sources: int) -> str:
    main = f"{counted_with_commas(reviews, 'review')} {'has' if reviews == 1 else 'have'} it as a main theme"
    if not lessons:
        return f"{main}."
    taught = f"{counted_with_commas(lessons, 'lesson')} from {counted_with_commas(sources, 'review')} {'teaches' if lessons == 1 else 'teach'} about it."
    return f"{main}; {taught}" if reviews else f"No review has it as a main theme; {taught}"


def national_comparison_sentence(row: NationalComparison) -> str:
    """One national count, and what is published of it."""
    what = "all serious further offences" if row.offence == "all" else lower_first(title("offences", row.offence))
    if row.national is None:
        return f"{row.year}, {what}: the national count is not shown, because it would tell a small number."
    tenths = round_half_up(1000 * row.published, row.national) if row.national else 0
    percent = f" ({tenths // 10}.{tenths % 10}%)" if row.national >= PERCENT_FROM else ""
    return f"{row.year}, {what}: {row.national:,} nationally; {number_word(row.published) if row.published else 'none'} published here{percent}."


def _label_in_sentence(table: Table, label: str) -> str:
    """A row's label within a sentence; regions are names."""
    return label if table.key == "regions" else lower_first(label)


def rate_sentence(found: ImplementationRate) -> str:
    """An implementation rate in a sentence."""
    if found.lessons == 0:
        return "No lesson has been published yet."
    if found.lessons == 1:
        return "There is one lesson. " + (
            "It has been implemented." if found.implemented else "It has not been implemented."
        )
    done = f"{share_of(found.implemented, found.lessons, 'lessons')} {'has' if found.implemented == 1 else 'have'} been implemented"
    partly = f", and {number_word(found.partly)} in part" if found.partly else ""
    late = (
        f"{number_word(found.overdue)} {'is' if found.overdue == 1 else 'are'} overdue"
        if found.overdue
        else "none is overdue"
    )
    late += (
        f"; of {number_word(found.outcome_unknown)} more that {'was' if found.outcome_unknown == 1 else 'were'} due before publication the outcome is not known"
        if found.outcome_unknown
        else ""
    )
    silent = (
        f"{capitalise(number_word(found.unanswered))} {'has' if found.unanswered == 1 else 'have'} had no answer."
        if found.unanswered
        else "Each has had an answer."
    )
    return f"{done}{partly}; {late}. {silent}"
