"""Headings of which only a person can say what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publishing.errors import WordRefusedError
from publishing.intake.word.blocks import Heading
from publishing.intake.wrong_terms import term_spellings
from publishing.vocabulary import section_headings as standard
from redaction import is_only_a_word
from redaction.strict_files.suggestions import nearest_word

WITHIN = "within"
TEXT = "text"
"""What may be chosen for a heading besides a section: a heading within the section before it, or no heading at all."""


@dataclass(frozen=True, repr=False)
class Question:
    """A heading that somebody is asked about.

    `number` counts the document's headings; `shown` are its words where none of them can name anybody, `text` are they in any
    case, for the workbench alone; `nearest` is the section it is most like, `suggested` an answer that is chosen beforehand.
    """

    number: int
    shown: str
    text: str
    nearest: str
    suggested: str = ""


class UnmappedHeadingsError(WordRefusedError):
    """Headings that name no standard section, or may be none; the message repeats none of their words that may be a name."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        known = ", ".join(f"{key} ({term.title})" for key, term in standard().items())
        super().__init__((
            *map(_ask, questions),
            f"say what each one is with --heading NUMBER=SECTION, with --heading NUMBER={WITHIN} for a heading within the section "
            f"before it, or with --heading NUMBER={TEXT} for what is no heading; --heading others={WITHIN} answers for all that "
            f"are left. Or name it so in Word, or make it Heading 3 there. Sections: {known}",
        ))  # fmt: skip


def ask_about(number: int, heading: Heading, suggested: str = "") -> Question:
    """The question about the heading of a number."""
    words = re.findall(r"[^\W\d_]+", heading.text)
    shown = heading.text if words and len(words) <= 8 and all(is_only_a_word(word) for word in words) else ""
    nearest = nearest_word(heading.text, term_spellings(standard()), cutoff=0) or ""
    return Question(number, shown, heading.text, nearest, suggested)


def _ask(question: Question) -> str:
    said = f"heading no. {question.number}{f' ({question.shown})' if question.shown else ''}"
    if question.suggested:
        return f"{said} is in no heading's style; is it a heading within its section ({WITHIN}) or no heading ({TEXT})?"
    return f"{said} names no standard section; is it {question.nearest}?"
