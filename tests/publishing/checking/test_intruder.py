"""What a second person guessed from the public text alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from publishing.checking import intruder
from publishing.errors import PublishingError

DAY = dt.date(2025, 1, 20)


def guess(text: str, verdict: str, **answers: str) -> intruder.Guess:
    """A guess from a text."""
    return intruder.Guess("B Reader", DAY, text, answers, verdict)


def test_guesses_are_kept_and_read_back(folder: Path) -> None:
    """The newest last; empty answers are none, and colons, quotes and lines do no harm."""
    intruder.add_guess(folder, guess("a", "wrong", person='A: "man"\nof 30', victim=" "))
    intruder.add_guess(folder, guess("b", "right", where="Here"))
    first, second = intruder.load_guesses(folder)
    assert first == guess("a", "wrong", person='A: "man" of 30')
    assert second.verdict == "right"


def test_a_right_guess_stands_against_that_very_text_alone(folder: Path) -> None:
    """Another text may be signed; so may any text from which nobody guessed right."""
    assert list(intruder.refusals_for_right_guess(folder, "a")) == []
    intruder.add_guess(folder, guess("a", "wrong"))
    assert list(intruder.refusals_for_right_guess(folder, "a")) == []
    intruder.add_guess(folder, guess("a", "right"))
    assert len(list(intruder.refusals_for_right_guess(folder, "a"))) == 1
    assert list(intruder.refusals_for_right_guess(folder, "b")) == []


@pytest.mark.parametrize("bad", [{"by": " "}, {"verdict": "maybe"}, {"answers": {"person": "x" * 3000}}])
def test_what_says_nothing_is_not_kept(folder: Path, bad: dict[str, object]) -> None:
    """Without a name, a verdict, or with a book for an answer."""
    with pytest.raises(PublishingError, match="Nothing was kept"):
        intruder.add_guess(
            folder, intruder.Guess(**{"by": "B", "on": DAY, "text": "a", "answers": {}, "verdict": "wrong", **bad})
        )  # type: ignore[arg-type]
    assert not (folder / intruder.GUESSES).exists()


def test_a_file_that_cannot_be_read_lets_nothing_be_signed(folder: Path) -> None:
    """A right guess may stand in it."""
    (folder / intruder.GUESSES).write_text("format: 1\nguesses: [", encoding="utf-8")
    with pytest.raises(PublishingError, match="cannot be read"):
        list(intruder.refusals_for_right_guess(folder, "a"))
