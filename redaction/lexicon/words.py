"""Ordinary English words, and words that dictionaries capitalise."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from redaction.data import load_lines, load_yaml
from redaction.lexicon.nationalities import nationalities


@cache
def _words() -> frozenset[str]:
    return frozenset(load_lines("english_words.txt"))


@cache
def _proper() -> frozenset[str]:
    return frozenset(line.casefold() for line in (*load_lines("proper_names.txt"), *load_yaml("forenames.yml")))


@cache
def _sorted_words() -> list[str]:
    return sorted(_words() | _proper())


@cache
def _peoples() -> frozenset[str]:
    return frozenset(word.casefold() for word in nationalities())


def is_only_a_word(word: str) -> bool:
    """Whether this is an English word and no dictionary lists it as a proper name too."""
    folded = word.casefold()
    return folded in _words() and folded not in _proper()


def is_english_word(word: str) -> bool:
    """Whether this is an English word, be it a name as well ("grace", "mark", "young")."""
    return word.casefold() in _words()


def is_beginning(letters: str) -> bool:
    """Whether any English word or proper name begins with these letters."""
    folded = letters.casefold()
    words = _sorted_words()
    place = bisect_left(words, folded)
    return place < len(words) and words[place].startswith(folded)


def is_proper(word: str) -> bool:
    """Whether dictionaries write this word with a capital: a name of a person or place, a brand, a feast."""
    return word.casefold() in _proper()


def is_nationality(word: str) -> bool:
    """Whether this is a nationality, people, faith or language."""
    return word.casefold() in _peoples()
