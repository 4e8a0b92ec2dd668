"""The blind intruder's pack: what a second person guessed from the public text alone, and whether it was right.

The guesses are kept in the case's private `intruder.yml`. A right guess forbids signing the very text that it was made from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml

from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room
from publishing.files.shipped_data import load_shipped_yaml
from publishing.intake import strict_model
from publishing.intake.field_types import Day, OneOf, Text
from publishing.intake.strict_model import StrictModel
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import FaultsError

GUESSES = "intruder.yml"

VERDICTS = {"right": "Right: it names or places somebody", "wrong": "Wrong, or nothing was found"}
"""What a guess turned out to be, as people read it."""

_NOTE = "# Private: what a second person guessed from the public text alone. Written by the workbench; the newest is last.\n"
_LONGEST = 2000


@cache
def intruder_questions() -> dict[str, str]:
    """Every question by its id, in the order to ask them."""
    questions: dict[str, str] = load_shipped_yaml("publishing.checking", "intruder_questions.yml")
    return questions


@dataclass(frozen=True, repr=False)
class Guess:
    """What somebody guessed; `text` is the hash of the public text that they had."""

    by: str
    on: dt.date
    text: str
    answers: Mapping[str, str]
    verdict: str


class AnswerEntry(StrictModel):
    """An answer in intruder.yml."""

    question: Text
    answer: Text


class GuessEntry(StrictModel):
    """A guess in intruder.yml."""

    by: Text
    on: Day
    text: Text
    verdict: Annotated[str, OneOf(tuple(VERDICTS))]
    answers: tuple[AnswerEntry, ...] = ()


class GuessesFile(StrictModel):
    """intruder.yml, format 1."""

    format: Annotated[int, OneOf((1,))]
    guesses: tuple[GuessEntry, ...] = ()


def load_guesses(folder: Path) -> tuple[Guess, ...]:
    """Every guess about a case, the newest last.

    Raises:
        PublishingError: intruder.yml cannot be read.
    """
    path = folder / GUESSES
    if not path.is_symlink() and not path.exists():
        return ()
    try:
        document = strict_yaml.parse(plain_text.read_utf8(path), GUESSES)
        file, faults, _ = strict_model.validate(GuessesFile, document)
    except FaultsError:
        file, faults = None, []
    if file is None or faults:
        raise PublishingError(f"{folder.name}: {GUESSES} cannot be read: mend it, or restore it from a copy.")
    return tuple(
        Guess(entry.by, entry.on, entry.text, {said.question: said.answer for said in entry.answers}, entry.verdict)
        for entry in file.guesses
    )


def add_guess(folder: Path, guess: Guess) -> None:
    """Add a guess to intruder.yml, which is written whole.

    Raises:
        PublishingError: it cannot be written, or says nothing that can be kept.
    """
    by = " ".join(guess.by.split())
    answers = {name: said for name in intruder_questions() if (said := " ".join(guess.answers.get(name, "").split()))}
    if not by or guess.verdict not in VERDICTS:
        raise PublishingError("Nothing was kept: say who guessed, and whether it was right.")
    if any(len(said) > _LONGEST or plain_text.CONTROL.search(said) for said in (by, *answers.values())):
        raise PublishingError("Nothing was kept: an answer is too long, or holds signs that no text has.")
    entries = [_entry(one) for one in (*load_guesses(folder), Guess(by, guess.on, guess.text, answers, guess.verdict))]
    text = yaml.safe_dump({"format": 1, "guesses": entries}, allow_unicode=True, sort_keys=False, width=120)
    try:
        atomic_writes.write(folder / GUESSES, (_NOTE + text).encode())
    except OSError as error:
        unkept = PublishingError("Nothing was kept: the case’s folder cannot be written to.")
        raise disk_room.explain_write_error(error, unkept) from None


def _entry(guess: Guess) -> dict[str, object]:
    answers = [{"question": name, "answer": said} for name, said in guess.answers.items()]
    return {"by": guess.by, "on": guess.on, "text": guess.text, "verdict": guess.verdict, "answers": answers}


def refusals_for_right_guess(folder: Path, text: str) -> Iterator[str]:
    """Why a text may not be signed, by its hash: somebody guessed right from it.

    Raises:
        PublishingError: intruder.yml cannot be read.
    """
    if any(guess.verdict == "right" and guess.text == text for guess in load_guesses(folder)):
        yield "a second person guessed right from this very text: change it, then let them read it again"
