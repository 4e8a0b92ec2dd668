"""Words and terms as data."""

import pytest

from redaction.lexicon import is_common, is_kept, is_word
from redaction.passage import Passage


@pytest.mark.parametrize(
    ("term", "kept"),
    [
        ("MAPPA", True),
        ("the Parole Board", True),
        ("Parole Board", True),
        ("parole board", True),
        ("Magistrates' Court", True),
        ("Clare's Law", True),
        ("SARA", True),
        ("Sara", False),
        ("SAM", True),
        ("Sam", False),
        ("CRCs", True),
        ("Bolton", False),
        ("Parole Board Bolton", False),
        ("", False),
    ],
)
def test_terms_of_the_trade_are_kept(term: str, kept: bool) -> None:
    """A term is kept in any case and punctuation, an abbreviation in capitals alone: Sara is somebody's name."""
    assert is_kept(term) is kept


def test_kept_terms_are_found_where_they_stand() -> None:
    """Spans are offsets into the text, in order, with a possessive's s."""
    text = "The Parole Board's letter, SARA and Sara; the *Victim Contact Scheme*."
    assert [text[s:e] for s, e in Passage(text).kept] == ["Parole Board's", "SARA", "Victim Contact Scheme"]


def test_words_and_names_are_told_apart() -> None:
    """Such as "Grace is a word and a name, table a word alone, Whitlock no word."""
    assert is_common("Grace")
    assert not is_word("Grace")
    assert is_word("table")
    assert not is_common("Whitlock")
