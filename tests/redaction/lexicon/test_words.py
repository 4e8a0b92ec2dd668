"""Words and terms as data."""

import pytest
import regex

from redaction.data import load_yaml
from redaction.document import Document
from redaction.lexicon.calendar import MONTH_NAMES, MONTHS, SHORT_MONTHS, WELSH_MONTHS
from redaction.lexicon.pattern_words import alternatives
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import TITLE_WORDS, TITLES, title_set
from redaction.lexicon.words import is_english_word, is_only_a_word


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
    assert is_retained(term) is kept


def test_kept_terms_are_found_where_they_stand() -> None:
    """Spans are offsets into the text, in order, with a possessive's s."""
    text = "The Parole Board's letter, SARA and Sara; the *Victim Contact Scheme*."
    assert [text[s:e] for s, e in Document(text).retained] == ["Parole Board's", "SARA", "Victim Contact Scheme"]


def test_words_and_names_are_told_apart() -> None:
    """Such as "Grace is a word and a name, table a word alone, Whitlock no word."""
    assert is_english_word("Grace")
    assert not is_only_a_word("Grace")
    assert is_only_a_word("table")
    assert not is_english_word("Whitlock")


def test_smaller_sets_of_titles_are_made_of_titles() -> None:
    """Each is a title, or a word of one ("Detective"): there is one list."""
    titles = {title.casefold() for title in TITLES}
    for name, words in load_yaml("titles.yml")["sets"].items():
        assert words == list(title_set(name))
        assert {word.casefold() for word in words} <= titles | TITLE_WORDS, name


def test_words_of_patterns_are_words() -> None:
    """YAML makes no truth of "no" and "on", and no word is listed twice."""
    for recognizer, lists in load_yaml("pattern_words.yml").items():
        for name, words in lists.items():
            assert all(isinstance(word, str) for word in words), (recognizer, name)
            assert len(set(words)) == len(words), (recognizer, name)


def test_alternatives_prefer_the_longest() -> None:
    """Where one word begins another, the whole one is found; signs are taken as they are written."""
    pattern = regex.compile(alternatives(["ex", "ex-partner", "a.k.a.", "sort code"]))
    texts = ["ex-partner", "a.k.a.", "sort code"]
    assert [pattern.findall(text) for text in texts] == [[text] for text in texts]
    assert pattern.match("aXkXaX") is None


def test_the_calendar_lists_each_month_once() -> None:
    """Every short and Welsh name has its month's number."""
    assert [MONTHS[name.casefold()] for name in MONTH_NAMES] == list(range(1, 13))
    assert [MONTHS[name.casefold()] for name in WELSH_MONTHS] == list(range(1, 13))
    assert all(MONTH_NAMES[MONTHS[short.casefold()] - 1].startswith(short) for short in SHORT_MONTHS)
