"""What belongs to an organisation's name besides the words that it was found by."""

import pytest

from redaction.document import Document
from redaction.recognizers.organisations.recognizer import OrganisationRecognizer
from redaction.recognizers.organisations.states import StateRecognizer
from tests.support.recognizing import as_written, in_order, unmarked

CASES = [
    "the {Ninth Chamber of the Bolton Crown Court} sat",
    "sent to the {Family Division of the Salford County Court} then",
    "heard by the {Vienna Regional Court for Criminal Matters} in May",
    "a surveyor of the {Hamburg Housing Association for Physicians} came",
    "the {Lyons Health Insurance Office} refused",
    "the {Oslo District Court} ({tingrettens avdeling}) agreed",
    "the {Bolton Crown Court} (before noon) agreed",
    "heard at {Bolton Crown Court} for Sentence",
    "he joined {Calderbrook Wrenfold Ltd} ({CWL}), and {CWL} paid him",
    "the regional health fund (“the {CRAMY}”) refused; the {CRAMY} then agreed",
    "the serious further offence review (“the SFOR”) was late; the SFOR was thin",
]


def test_the_whole_name_wins_over_a_court_inside_it() -> None:
    """ "Assize Court" alone scores lower than the chamber of one that is named."""
    text = "the Ninth Chamber of the Oslo Assize Court sat"
    (whole,) = OrganisationRecognizer().find(Document(text))
    (inside,) = StateRecognizer().find(Document(text))
    assert (whole.start, whole.end) == (4, inside.end)
    assert whole.score > inside.score


@pytest.mark.parametrize("marked", CASES)
def test_finds_exactly_what_is_marked(marked: str) -> None:
    """Chambers, what a body is for, another language in brackets, letters that stand for a name; and near-misses."""
    text, expected = unmarked(marked)
    assert as_written(text, in_order(OrganisationRecognizer().find(Document(text)))) == expected
