"""What is worked out of single words, or of a whole text, remembered while a review is read and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

MOST_WORDS = 65536
"""How many words each function remembers at most."""

_FORGETTING: list[Callable[[], None]] = []


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what a function gives for each word or text; for functions of that alone."""
    remembering = lru_cache(MOST_WORDS)(function)
    _FORGETTING.append(remembering.cache_clear)
    return remembering


def forget_words() -> None:
    """Keep no word of a review longer than it is worked on."""
    for forget in _FORGETTING:
        forget()
