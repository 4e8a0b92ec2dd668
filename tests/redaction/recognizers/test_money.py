"""Sums of money that can be looked up."""

import pytest

from redaction.recognizers.money import MoneyRecognizer
from tests.support.recognizing import check_marked

CASES = [
    ("awarded {£12,550} in damages", ""),
    ("a debt of £1,000", "a round sum points to no case"),
    ("a fine of £2,500", "two figures are round"),
    ("took £25,000 in cash", ""),
    ("she lent him £1000", "without a comma"),
    ("a loan of £90,000", "the largest that stay"),
    ("a loan of {£100,000}", "a headline"),
    ("a haul worth {£2,000,000}", ""),
    ("{£2 million} of goods", ""),
    ("a fraud of {£14,350}", "three figures and more are exact"),
    ("the balance was {£1,125}", ""),
    ("he owed {£2,000.50}", "pence are exact"),
    ("compensation of {£1050}", ""),
    ("stole {£2.5m} of goods".replace("{£2.5m}", "£2.5m"), "decimals of millions stand as they are"),
    ("took £40k in cash", "as round as £40,000"),
    ("took {£120k} in cash", ""),
    ("took {£400k} in cash", ""),
    ("paid {EUR 4,684.40} for it", ""),
    ("paid {200,000 Turkish liras (TRY)} at once", ""),
    ("{100 euros} a week", ""),
    ("a claim of {PLN 11,305.5} in all", ""),
    ("{$300} sent abroad", ""),
    ("a fine of £90 and £15 costs", "small sums in pounds stay"),
    ("£999 was found", "under a thousand"),
    ("he marks time and francs were not mentioned", "no amount"),
    ("scored 20 marks".replace("20 marks", "twenty marks"), "no digits"),
    ("17 previous convictions", "no currency"),
    ("Checked by DI 0117 Mark Field, and a fine of {20 marks}", "somebody with a number"),
    ("in 2018 EURO qualifiers were shown", "a tournament"),
]


@pytest.mark.parametrize("marked,why", CASES)
def test_finds_exactly_what_is_marked(marked: str, why: str) -> None:
    """Exact and very large sums in pounds, and any in another currency."""
    check_marked(MoneyRecognizer(), marked)
