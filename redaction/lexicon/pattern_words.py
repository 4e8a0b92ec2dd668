"""The words that recognizers' patterns are made of: pattern_words.yml, and how a pattern is made of words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

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
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(regex.escape(word, literal_spaces=True).replace(' ', '[ ]') for word in ordered)})"
