"""Ages of people, not durations nor legal thresholds."""

from __future__ import annotations

import pytest
from hypothesis import given

from redaction.recognizers.ages import AgeRecognizer
from tests.support.recognizing import EVIL, any_text, check_ends_soon, check_marked, check_within, found

RECOGNIZER = AgeRecognizer()


FOUND: tuple[str, ...] = (
    "lived with his daughters, {9 and 11}, and a dog",
    "her children, {3, 5 and 8}, were seen",
    "Their two sons, then {4 and 6}, slept",
    "{aged 34}, was",
    "his {nineteenth} birthday fell on a Friday",
    "a card for Lowenna's {9th} birthday",
    "She was {9 yr 11 months}.",
    "{aged 3½} then",
    "their son was {one}.",
    "He was {one} at the time.",
    "Ollie was {one} when she left.",
    "she was {one year old} then",
    "Ollie, {9 months}, was there.",
    "with Rose, {7 years}, they left.",
    "Ms Tarn, {31 years}, and",
    "She was {4 years} and her brother {6 years} when they came.",
    "a {34-year-old} man",
    "{34 years old}",
    "{34 years of age}",
    "at {the age of 34} he",
    "he was {34}.",
    "when he was {seven}. To",
    "Miss Ionie was then {68} and recovering",
    "Mr Ramlogan was {41}, a bus driver",
    "who was {19}, walked",
    "Jane Smith ({34}) said",
    "Kelly Moorhouse, {29}, survived",
    "their son, Jaspreet, {15}.",
    "Mr Fallon, {28} and a father of two",
    "Mrs Prenton, who is {81}, would",
    "He was {aged 42}.",
    "in his {mid-thirties}",
    "in her {late teens}",
    "in her {40s}",
    "an {eighteen-year-old}",
    "a {6-month-old} baby",
    "he turned {18} in May",
    "children {aged 3, 5 and 7}",
    "By {nineteen} he had",
    "At {16} he left school",
    "a boy of {16} called",
    "{aged about 30}",
    "{aged six months}",
    "{age: 34}",
    "They were {34}.",
    "came to the UK at {9} to join",
    "lived with Lowenna and with Jory, {nine}.",
)

NOT_FOUND: tuple[str, ...] = (
    "support ends at the 21st birthday",
    "he left care on his 18th birthday",
    "the second birthday card",
    "There were two nurses, and Analu was one.",
    "You asked whether he was one. He was not.",
    "two victims, 3 of whom moved",
    "his brothers, 2 in all",
    "the victims, 17 in total, were told",
    "Burglary, 4 years, and theft",
    "Housing, 3 years, was",
    "At Hull, 3 years, she",
    "Wandsworth, 18 months, then Leeds",
    "Ms Tarn, 2 years, knew him",
    "SPO Tarn, nine years, knew him",
    "Ms Tarn, 4 months later, came",
    "The judge gave Robert Hale, 4 years, his thanks",
    "he was with her son 3 years when he left",
    "under 18",
    "over 18",
    "under 18s",
    "the 18 to 25 cohort",
    "aged 18 and over",
    "people aged 18-24",
    "18-year-olds",
    "16- and 17-year-olds",
    "adults aged over 25",
    "served 34 months",
    "34 years ago",
    "for 34 years",
    "a five-year-old policy",
    "She was 20 minutes late",
    "his score was 34.",
    "He was 6 feet tall",
    "page 14. No",
    "managed fourteen staff",
    "sixteen days old",
    "Risk was 34.",
    "in the 1990s",
    "On Friday, 29, he",
    "at nine he came",
    "Section 20 (2)",
)


@pytest.mark.parametrize("marked", FOUND)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Each row's marked spans, and nothing else, are found."""
    check_marked(RECOGNIZER, marked)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_near_misses_alone(text: str) -> None:
    """What only looks alike survives."""
    assert found(RECOGNIZER, text) == []


@given(any_text(" agedwshe,.0123456789-thirty()\n"))
def test_never_raises_and_keeps_within_the_text(text: str) -> None:
    """Whatever the text, findings lie within it, in order, and none is empty."""
    check_within(RECOGNIZER, text)


@pytest.mark.parametrize("unit", [*EVIL, "aged 3, "])
@pytest.mark.slow
def test_ends_soon_on_evil_lines(unit: str) -> None:
    """A long line of one thing is read in time that grows with its length alone."""
    check_ends_soon(RECOGNIZER, unit)
