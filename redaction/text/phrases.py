"""Phrases to look up in a tokenised text, the longest first, in one walk."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from redaction.text.tokens import COMMA, JOINED, Tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[T]):
    """A phrase found: the words from `first` up to `stop`, ending at character `end` (before a possessive 's)."""

    first: int
    stop: int
    end: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what each means; the longest that begins at a word is found in one walk."""

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in phrases.items() if isinstance(phrases, Mapping) else phrases:
            node = self._root
            words = Tokens(phrase)
            for index, key in enumerate(words.keys):
                node = node.setdefault(key, {})
                if index + 1 < len(words) and words.gaps[index] == COMMA:
                    node = node.setdefault(",", {})
            node.setdefault("", value)

    def at(self, words: Tokens, first: int) -> PhraseMatch[T] | None:
        """The longest phrase that begins at this word; its last word may be possessive."""
        node: dict[str, Any] | None = self._root
        found = None
        for index in range(first, len(words.keys)):
            if node is None:
                break
            known = node.get(words.keys[index])
            if known is None or "" not in known:
                bare = node.get(words.keys[index][:-1]) if words.possessive(index) else None
                if bare is not None and "" in bare:
                    found = PhraseMatch(first, index + 1, words.ends[index] - 2, bare[""])
            if known is None:
                break
            if "" in known:
                found = PhraseMatch(first, index + 1, words.ends[index], known[""])
            gap = words.gaps[index]
            node = known if gap == JOINED else known.get(",") if gap == COMMA else None
        return found

    def whole(self, words: Tokens, first: int, stop: int) -> T | None:
        """What exactly these words mean."""
        found = self.at(words, first)
        return found.value if found is not None and found.stop == stop else None

    def every(self, words: Tokens) -> Iterator[PhraseMatch[T]]:
        """Every phrase in the text, the longest at each place, none overlapping."""
        root = self._root
        keys = words.positions.keys() & root.keys()
        keys |= {f"{bare}s" for bare in words.without_s & root.keys()}
        begins = [words.positions[key] for key in keys]
        reached = 0
        for index in sorted(itertools.chain.from_iterable(begins)):
            if index >= reached:
                hit = self.at(words, index)
                if hit is not None:
                    yield hit
                    reached = hit.stop
