"""A text as words with what joins them, and phrases to look up in it: what places and organisations are found by."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import yaml

from redaction.forms import fold_text

T = TypeVar("T")

_WORD = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*|&)")
_JOINS = frozenset((" ", "-", "", "' ", "’ ", "–", "\xa0"))
_ABBREVIATIONS = frozenset(("st", "dr", "ltd", "rd", "mt"))

_DATA: dict[str, str] = yaml.safe_load(files("redaction").joinpath("words.yml").read_text(encoding="utf-8"))

LEADING = frozenset(_DATA["leading"].split())
"""Words that begin a sentence or stand before a name, and are no part of it."""

TITLES = frozenset(_DATA["titles"].split())
"""Titles: the word after one is somebody's name."""

JOINED, COMMA, APART = 0, 1, 2
"""How a word stands to the next: one phrase, with a comma between, or apart."""


class Words:
    """The words of a text in order: where each stands, its folded key, whether it has a capital, what follows it."""

    __slots__ = ("capital", "ends", "gaps", "keys", "positions", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # what stands between the words, and each word after it: no match is made of each
        pieces = _WORD.split(text)
        offsets = list(itertools.accumulate(map(len, pieces), initial=0))
        self.starts, self.ends = offsets[1:-1:2], offsets[2::2]
        written, between = pieces[1::2], pieces[2:-1:2]
        self.keys = list(map(key_of, written))
        self.capital = [word[0].isupper() for word in written]
        # one space between two words is the rule
        self.gaps = [JOINED if gap == " " else _gap(gap, key) for gap, key in zip(between, self.keys, strict=False)]
        self.gaps.append(APART)
        self.positions: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self.keys):
            self.positions[key].append(index)
        self.positions.default_factory = None

    def __len__(self) -> int:
        return len(self.keys)

    def written(self, first: int, stop: int) -> str:
        """The words from `first` up to `stop`, as they stand in the text."""
        return self.text[self.starts[first] : self.ends[stop - 1]]

    def joined_before(self, index: int) -> bool:
        """Whether the word before this one belongs to the same phrase."""
        return index > 0 and self.gaps[index - 1] == JOINED

    def beginning_at(self, character: int) -> int | None:
        """The word that begins at this character."""
        index = bisect_left(self.starts, character)
        return index if index < len(self.starts) and self.starts[index] == character else None

    def possessive(self, index: int) -> bool:
        """Whether this word ends in 's."""
        return self.text.endswith(("'s", "’s", "'S", "’S"), self.starts[index], self.ends[index])


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """A word folded, apostrophes gone: "King's" is "kings", "&" is "and"."""
    return "and" if word == "&" else fold_text(word).replace(" ", "")


def _gap(between: str, key: str) -> int:
    if between in _JOINS or (between == ". " and key in _ABBREVIATIONS):
        return JOINED
    return COMMA if between in (", ", ",") else APART


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: the words from `first` up to `stop`, ending at character `end` (before a possessive 's)."""

    first: int
    stop: int
    end: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what each stands for; the longest that begins at a word is found in one walk."""

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in phrases.items() if isinstance(phrases, Mapping) else phrases:
            node = self._root
            words = Words(phrase)
            for index, key in enumerate(words.keys):
                node = node.setdefault(key, {})
                if index + 1 < len(words) and words.gaps[index] == COMMA:
                    node = node.setdefault(",", {})
            node.setdefault("", value)

    def at(self, words: Words, first: int) -> Hit[T] | None:
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
                    found = Hit(first, index + 1, words.ends[index] - 2, bare[""])
            if known is None:
                break
            if "" in known:
                found = Hit(first, index + 1, words.ends[index], known[""])
            gap = words.gaps[index]
            node = known if gap == JOINED else known.get(",") if gap == COMMA else None
        return found

    def whole(self, words: Words, first: int, stop: int) -> T | None:
        """What exactly these words stand for."""
        found = self.at(words, first)
        return found.value if found is not None and found.stop == stop else None

    def every(self, words: Words) -> Iterator[Hit[T]]:
        """Every phrase in the text, the longest at each place, none overlapping."""
        root = self._root
        begins = [
            places for key, places in words.positions.items() if key in root or (key.endswith("s") and key[:-1] in root)
        ]
        reached = 0
        for index in sorted(itertools.chain.from_iterable(begins)):
            if index >= reached:
                hit = self.at(words, index)
                if hit is not None:
                    yield hit
                    reached = hit.stop
