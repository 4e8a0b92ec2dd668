"""The words that recognizers' patterns are made of: pattern_words.yml, and how a pattern is made of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import groupby, takewhile

import regex

from redaction.data import load_yaml


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = load_yaml("pattern_words.yml")
    return tables


def pattern_words(recognizer: str, name: str) -> tuple[str, ...]:
    """The words that pattern_words.yml lists for a recognizer under this name."""
    return tuple(_tables()[recognizer][name])


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of these words as they are written, the longest first."""
    return f"(?:{_branches(set(words))})"


def _branches(words: Collection[str]) -> str:
    """The same with the beginning that several words share written, and tried, once."""
    branches: list[str] = []
    # of words that differ in small and capital letters, any may be a beginning of another where the pattern ignores case
    for _, group in groupby(sorted(filter(None, words), key=str.lower), key=lambda word: word[0].lower()):
        alike = sorted(group, key=lambda word: (-len(word), word))
        shared = takewhile(lambda letters: len(set(letters)) == 1, zip(*alike, strict=False))
        beginning = "".join(letters[0] for letters in shared)
        if beginning and len(alike) > 1:
            branches.append(_literal(beginning) + _branches([word[len(beginning) :] for word in alike]))
        else:
            branches += map(_literal, alike)
    return f"(?:{'|'.join(branches)})" + ("?" if "" in words else "")


def _literal(words: str) -> str:
    return str(regex.escape(words, literal_spaces=True)).replace(" ", "[ ]")
