"""Sentences: right grammar for none, one and many, and no claim that the counts do not carry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publishing.catalogue.count_tables import Table, TableRow
from publishing.catalogue.recommendations import ImplementationRate
from publishing.catalogue.statistics import NationalComparison, TrendsReport
from publishing.site import sentences


def table(*counts: int, base: int | None = None, key: str = "offences", several: bool = False) -> Table:
    """A table of invented rows: Row a, Row b, …"""
    rows = tuple(TableRow(letter, f"Row {letter}", (n,)) for letter, n in zip("abcdefgh", counts, strict=False))
    return Table(
        key, "Offences", "offence", "offences", "review", sum(counts) if base is None else base, rows, (), several
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((), ""),
        ((1,), ""),
        ((1, 1), "No offence stands in more than one review."),
        ((2,), "Row a is named in both reviews."),
        ((3, 3), "Row a and row b are named most often, in 3 of 6 reviews each."),
        ((3, 1), "Row a is named most often, in 3 of 4 reviews."),
        ((2, 2, 1), "Row a and row b are named most often, in 2 of 5 reviews each."),
        ((2, 2, 2, 2), "Four offences are named most often, in 2 of 8 reviews each."),
        ((15, 5), "Row a is named most often, in 15 of 20 reviews (75%)."),
    ],
)
def test_what_leads(counts: tuple[int, ...], said: str) -> None:
    """Ties are all named, or counted; a single review leads nothing."""
    assert sentences.leading_rows_sentence(table(*counts)) == said


def test_what_every_review_names_is_said_so() -> None:
    """29 of 29 reviews each would be arithmetic."""
    assert sentences.leading_rows_sentence(table(29, 29, 3, base=29)) == "Row a and row b are named in all 29 reviews."


def test_a_name_with_an_and_of_its_own_is_set_apart() -> None:
    """Kent, Surrey and Sussex is one region."""
    assert sentences.join_list(["Kent, Surrey and Sussex", "Wales"]) == "Kent, Surrey and Sussex, and Wales"
    assert sentences.join_list(["recall", "recording", "stalking"]) == "recall, recording and stalking"


def test_regions_are_names() -> None:
    """A region keeps its capital in a sentence."""
    assert sentences.leading_rows_sentence(table(2, 1, key="regions")).startswith("Row a is")
    rows = (TableRow("wales", "Wales", (2,)), TableRow("london", "London", (2,)))
    assert sentences.leading_rows_sentence(replace(table(2, 2, key="regions"), rows=rows)).startswith(
        "Wales and London are"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [((), ""), ((1,), "Of 1 review: row a (1)."), ((0, 2, 1), "Of 3 reviews: row b (2) and row c (1).")],
)
def test_each_row(counts: tuple[int, ...], said: str) -> None:
    """Only what there is."""
    assert sentences.every_row_sentence(table(*counts)) == said


def report(now: int, before: int, *themes: tuple[int, int]) -> TrendsReport:
    """A year with as many reviews as told, and themes in this year and the one before."""
    rows = tuple(TableRow(letter, f"Row {letter}", counts) for letter, counts in zip("abcdefgh", themes, strict=False))
    found = Table("themes", "Themes", "theme", "themes", "review", now, rows, (), True)
    return TrendsReport(2025, (None,) * now, 0, {"themes": found}, 2024, before)  # type: ignore[arg-type]


def test_changes_are_of_shares_and_never_of_a_few() -> None:
    """Equal shares are no change; what ties beyond three is counted and not picked from."""
    assert sentences.theme_changes_sentence(report(4, 9, (1, 1))).startswith(
        "Too few reviews were published in 2025 or 2024"
    )
    assert sentences.theme_changes_sentence(report(10, 5, (2, 1))) == "Every theme is named as often as in 2024."
    assert sentences.theme_changes_sentence(report(10, 10, (5, 1), (0, 2))) == (
        "The theme that rose most since 2024: row a (from 1 of 10 reviews to 5 of 10). "
        "The theme that fell most since 2024: row b (from 2 of 10 reviews to 0 of 10). "
        "With so few reviews, one or two more or fewer make such a difference."
    )
    assert "so few" not in sentences.theme_changes_sentence(report(40, 20, (5, 1)))
    equal = sentences.theme_changes_sentence(report(10, 10, (2, 1), (2, 1), (2, 1), (2, 1)))
    assert equal.startswith("Four themes rose since 2024, those that rose most equally. With so few")


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (ImplementationRate("all", "All", 0, 0, 0, 0, 0, 0, 0), "No lesson has been published yet."),
        (ImplementationRate("all", "All", 1, 1, 0, 0, 0, 0, 0), "There is one lesson. It has been implemented."),
        (ImplementationRate("all", "All", 1, 0, 0, 0, 1, 0, 1), "There is one lesson. It has not been implemented."),
        (ImplementationRate("all", "All", 2, 1, 0, 0, 1, 0, 1), "1 of 2 lessons has been implemented; one is overdue. One has had no answer."),
        (ImplementationRate("all", "All", 40, 9, 1, 0, 0, 0, 0), "9 of 40 lessons (23%) have been implemented, and one in part; none is overdue. Each has had an answer."),
        (ImplementationRate("all", "All", 40, 9, 0, 0, 3, 2, 0), "9 of 40 lessons (23%) have been implemented; three are overdue; of two more that were due before publication the outcome is not known. Each has had an answer."),
    ],
)  # fmt: skip
def test_rates(rate: ImplementationRate, said: str) -> None:
    """None, one and many."""
    assert sentences.rate_sentence(rate) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 9, 9), "2 reviews have it as a main theme; 9 lessons from 9 reviews teach about it."),
        ((1, 1, 1), "1 review has it as a main theme; 1 lesson from 1 review teaches about it."),
        ((0, 3, 2), "No review has it as a main theme; 3 lessons from 2 reviews teach about it."),
        ((2, 0, 0), "2 reviews have it as a main theme."),
        (
            (1, 2, 1, 2),
            "1 review has it as a main theme; 2 lessons from 1 review teach about it. Two of these lessons name no theme and "
            "count under their reviews’.",
        ),
        (
            (1, 2, 1, 1),
            "1 review has it as a main theme; 2 lessons from 1 review teach about it. One of these lessons names no theme and "
            "counts under its review’s.",
        ),
        (
            (1, 1, 1, 1),
            "1 review has it as a main theme; 1 lesson from 1 review teaches about it. It names no theme and counts under "
            "its review’s.",
        ),
    ],
)
def test_a_themes_reviews_and_its_lessons_are_counted_apart(counts: tuple[int, ...], said: str) -> None:
    """Lessons on a theme come from other reviews than those that are mainly about it."""
    assert sentences.theme_counts_sentence(*counts) == said


def test_national_counts() -> None:
    """A share with one decimal; what is hidden is said to be."""
    assert sentences.national_comparison_sentence(NationalComparison(2018, "all", 493, 6, "A")) == (
        "2018, all serious further offences: 493 nationally; six published here (1.2%)."
    )
    assert (
        sentences.national_comparison_sentence(NationalComparison(2018, "rape", 12, 0, "A"))
        == "2018, rape: 12 nationally; none published here."
    )
    assert "not shown" in sentences.national_comparison_sentence(NationalComparison(2018, "rape", None, 1, "A"))


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 8, 13), (1, 3, 33), (2, 3, 67), (1, 200, 1), (0, 5, 0)])
def test_halves_round_up(part: int, whole: int, percent: int) -> None:
    """As people are taught, and not to the even number."""
    assert sentences.round_half_up(100 * part, whole) == percent
