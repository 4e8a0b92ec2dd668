"""A text as tokens with what joins them: what places and organisations are found by."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict

from redaction.data import load_yaml
from redaction.text.folding import fold_text
from redaction.word_memory import remembered

_WORD = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*|&)")

_JOINS = frozenset((" ", "-", "", "' ", "’ ", "–", "\xa0"))

_ABBREVIATIONS = frozenset(("st", "dr", "ltd", "rd", "mt"))

_DATA: dict[str, str] = load_yaml("leading_words.yml")

LEADING = frozenset(_DATA["leading"].split())

"""Words that begin a sentence or come before a name, and are no part of it."""

TITLE_KEYS = frozenset(load_yaml("titles.yml")["sets"]["in phrases"])

"""Titles: the word after one is somebody's name."""

JOINED, COMMA, APART = 0, 1, 2

"""How a word is joined to the next: one phrase, with a comma between, or apart."""


class Tokens:
    """The words of a text in order: where each is, its folded key, whether it has a capital, what follows it."""

    __slots__ = ("capital", "ends", "gaps", "keys", "positions", "starts", "text", "without_s")

    def __init__(self, text: str) -> None:
        self.text = text
        # what is between the words, and each word after it: no match is made of each
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
        # what may be the possessive of a name that is looked up
        self.without_s = {key[:-1] for key in self.positions if key.endswith("s")}

    def __len__(self) -> int:
        return len(self.keys)

    def written(self, first: int, stop: int) -> str:
        """The words from `first` up to `stop`, as they are written."""
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


@remembered
def key_of(word: str) -> str:
    """A word folded, apostrophes gone: "King's" is "kings", "&" is "and"."""
    return "and" if word == "&" else fold_text(word).replace(" ", "")


def _gap(between: str, key: str) -> int:
    if between in _JOINS or (between == ". " and key in _ABBREVIATIONS):
        return JOINED
    return COMMA if between in (", ", ",") else APART
