"""Sentence lengths and numbers of victims, not the standard periods of the law."""

from __future__ import annotations

import pytest
from hypothesis import given

from redaction.recognizers.quantities import QuantityRecognizer
from tests.support.recognizing import EVIL, any_text, check_ends_soon, check_marked, check_within, found

RECOGNIZER = QuantityRecognizer()


FOUND: tuple[str, ...] = (
    "sentenced to {six years}' imprisonment",
    "a {14-month} sentence",
    "{18 weeks}' custody",
    "a {24-month} community order",
    "life with a minimum term of {24 years}",
    "a tariff of {17 years}",
    "an extended sentence of {nine years} ({six years}' custody and a {three-year} extension)",
    "an extended sentence of {eleven years}, being {seven years} in custody and {four years} on licence",
    "to {seven years} imprisonment and disqualified for {ten years}",
    "{16 weeks} imprisonment suspended for {18 months}",
    "sentenced at Hull Crown Court on 3 May 2018 to {18 months} for burglary",
    "imprisoned for {two years and six months}",
    "a {four-year} determinate sentence",
    "got {five years}",
    "received {nine years} for conspiracy",
    "with a concurrent term of {20 months} for",
    "Crown Court (case T20157218) to {five years and four months} for robbery",
    "half way through a {ten-month} sentence",
    "an {18-month} community order",
    "{120 hours} of unpaid work",
    "UPW {80 hrs}, then a programme",
    "{Sixty hours'} community payback",
    "{60 hours}, plus 30 days RAR",
    "an order with supervision and {140 hours}.",
    "life, minimum {19 years}",
    "a minimum term of {24 years}, he said",
    "Life, min {21 years}",
    "Crown Court, minimum {23 years}",
    "an order, {50 hours} and twenty RAR days",
    "he will now serve at least {26 years}",
    "Sentence: {3½ years}, wounding",
    "disq {24 mths}, fined",
    "a curfew of {ten weeks}",
    "an {18 month} CO",
    "CO {12 mths}, programme",
    "a custodial term of {six}. She",
    "an extended licence of {four}, he said",
    "{14 years} imprisonment, with {five} more on licence",
    "sixteen years and a further {four} on licence",
    "{ten years} in custody and {three} on licence",
    "{50 hours} unpaid, and a fine",
    "an order of {12 months}, {60 hours} and RAR",
    "Custody: 12 years and {4} on licence",
    "sent to prison for 14 years, ten in custody and {four} on licence",
    "a CO with a curfew of {3 months}, {100 hours}.",
    "an officer of {fourteen years}' experience",
    "with {22 years}' service",
    "she had {nine months} of supervisory experience",
    "has been qualified for {five months}",
    "qualified as a social worker for {six years}",
    "had been in post for only {ten weeks}",
    "She'd been in post {5 months}, her mentor left in week 3.",
    "done the job for {nineteen years}",
    "had been a probation officer for {11 years}",
    "{three} victims",
    "{two} further victims",
    "killed {two} people",
    "{four} people were injured",
)

NOT_FOUND: tuple[str, ...] = (
    "a caseload of 46: 24 on orders and 22 on licence",
    "was in prison for the first time for four years",
    "a service level of five years",
    "had been in hospital for four months",
    "out of service for two weeks",
    "qualified for release in six months",
    "12 months' post-sentence supervision",
    "a 28-day recall",
    "a fixed-term recall of 28 days",
    "within five working days",
    "six hours of unpaid work done so far",
    "UPW 23 hours done",
    "60 hours a week",
    "he worked 80 hours, and was tired",
    "within 72 hours of the order",
    "the order was made within 70 hours",
    "she worked 42 hours and RAR days were lost",
    "the order of business was 55 hours a week",
    "he took 50 hours unpaid leave",
    "48 hours unpaid overtime",
    "weekly, min 10 weeks, then monthly",
    "notes are kept for min 6 years",
    "a minimum 2 weeks holiday",
    "five years of experience of his temper",
    "had been a friend of the officer for four years",
    "after 2 months' service by the bailiff",
    "30 people in custody, 5 of whom had served 8 years, and 21 on licence",
    "20 were on an order and 14 on licence",
    "in the last 12 months 40 and a friend, and 12 on licence",
    "supervision lasted three hours",
    "a ward of six",
    "two more on the list",
    "the minutes: min 3",
    "three convictions",
    "17 previous convictions for 41 offences",
    "six appointments",
    "one victim",
    "the victims",
    "served nine months",
    "received two letters",
    "given three months to leave",
    "sentences of 12 months or more",
    "a maximum sentence of 14 years",
    "14 days' notice",
    "30 years of service",
    "a 12-month review",
    "for nine weeks",
    "two years later",
)


@pytest.mark.parametrize("marked", FOUND)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Each row's marked spans, and nothing else, are found."""
    check_marked(RECOGNIZER, marked)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_near_misses_alone(text: str) -> None:
    """What only looks alike survives."""
    assert found(RECOGNIZER, text) == []


@given(any_text(" sentencdyarmohf0123456789viktu.,\n"))
def test_never_raises_and_keeps_within_the_text(text: str) -> None:
    """Whatever the text, findings lie within it, in order, and none is empty."""
    check_within(RECOGNIZER, text)


@pytest.mark.parametrize("unit", [*EVIL, "3 years "])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    check_ends_soon(RECOGNIZER, unit)
