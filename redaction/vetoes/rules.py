"""A rule of the table: where something is that cannot be what a reader may take it for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from redaction.data import load_yaml
from redaction.entities import Entity
from redaction.lexicon.numbers import NUMBER_WORDS
from redaction.lexicon.pattern_words import alternatives
from redaction.spans import Span
from redaction.text.tokens import key_of

COUNTED = frozenset({Entity.DATE, Entity.AGE, Entity.QUANTITY})
"""What is told as a relative date or a band."""
NAMED = frozenset({Entity.PERSON, Entity.PLACE, Entity.ORGANISATION, Entity.ADDRESS})
"""What gets a pseudonym."""
NUMBERS = COUNTED | NAMED | {Entity.CODE}
"""All that a number may be taken for, but for a way to reach somebody."""

_REACH = 48
"""Characters before a match in which it may be told that it is something else."""


@dataclass(frozen=True)
class Veto:
    """A span, and the entities that nothing in it is; `instead` is what it is where the words identify somebody all the same."""

    start: int
    end: int
    kind: str
    entities: frozenset[Entity]
    instead: Entity | None = None


@dataclass(frozen=True)
class Rule:
    """A kind of thing, how to find it in a text, and the entities that it is none of."""

    kind: str
    find: Callable[[str], Iterator[Span]]
    entities: frozenset[Entity] = NUMBERS

    def vetoes(self, text: str) -> Iterator[Veto]:
        """Every such thing in a text."""
        return (Veto(*span, self.kind, self.entities) for span in self.find(text))


@dataclass(frozen=True)
class AnchoredRule:
    """The same for what begins with one of some words, or with a number: its pattern is tried where these begin and nowhere else.

    `beginnings` are those of the words, as `Starts` has them; none for numbers.
    """

    kind: str
    pattern: regex.Pattern[str]
    entities: frozenset[Entity]
    is_ruled_out: Callable[[str, int], bool]
    beginnings: frozenset[str] = frozenset()

    def vetoes(self, text: str, starts: Starts) -> Iterator[Veto]:
        """Every such thing in a text."""
        reached = 0
        for at in starts.of_words(self.beginnings) if self.beginnings else starts.numbers:
            if at >= reached and (found := self.pattern.match(text, at)):
                reached = found.end()
                start, end = found.span(_group(self.pattern))
                if not self.is_ruled_out(text, start):
                    yield Veto(start, end, self.kind, self.entities)


_NUMBER_START = regex.compile(rf"(?<![\w£$€])(?:\d|(?i:{alternatives((*NUMBER_WORDS, 'half', 'quarter'))}))")


_WORD_START = re.compile(r"\b\w{1,3}")


class Starts:
    """Where the numbers of a text begin, in digits or words, and where its words do, by their first letters."""

    def __init__(self, text: str) -> None:
        self.numbers = [found.start() for found in _NUMBER_START.finditer(text)]
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        for found in _WORD_START.finditer(text):
            letters = key_of(found[0])
            for length in range(1, len(letters) + 1):
                self._by_beginning[letters[:length]].append(found.start())

    def of_words(self, beginnings: Iterable[str]) -> list[int]:
        """Where words with one of these beginnings start, in order."""
        return sorted({start for letters in beginnings for start in self._by_beginning.get(letters, ())})


def _beginning_of(word: str) -> str:
    """The letters by which `Starts` knows a word: up to three, folded."""
    found = _WORD_START.match(word)
    assert found, "what a rule begins with must be a word"
    return key_of(found[0])


def _group(pattern: regex.Pattern[str]) -> str | int:
    return "it" if "it" in pattern.groupindex else 0


def matching(
    kind: str, pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = "", in_lines_with: str = ""
) -> Rule:
    """A rule for whatever a pattern matches, or its group `it`, unless what is right before it ends with `not_after`.

    A slow pattern that stays within a line is looked for only in lines that hold `in_lines_with`, which it needs.
    """
    compiled, is_ruled_out = regex.compile(pattern), _ruled_out_after(not_after)
    needed = regex.compile(in_lines_with)

    def find(text: str) -> Iterator[Span]:
        for line in _lines_with(needed, text) if in_lines_with else (Span(0, len(text)),):
            for found in compiled.finditer(text, *line):
                start, end = found.span(_group(compiled))
                if not is_ruled_out(text, start):
                    yield Span(start, end)

    return Rule(kind, find, entities)


def number_and(kind: str, pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = "") -> AnchoredRule:
    """The same for a pattern that begins with a number."""
    return AnchoredRule(kind, regex.compile(pattern), entities, _ruled_out_after(not_after))


def word_and(
    kind: str, begins: Iterable[str], pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = ""
) -> AnchoredRule:
    """The same for a pattern that begins with one of these words, or with a longer one that begins so, where no word goes before."""
    beginnings = frozenset(map(_beginning_of, begins))
    return AnchoredRule(kind, regex.compile(pattern), entities, _ruled_out_after(not_after), beginnings)


def _lines_with(needed: regex.Pattern[str], text: str) -> Iterator[Span]:
    """The lines of a text that hold what is needed, in order."""
    end = -1
    for found in needed.finditer(text):
        if found.start() > end:
            end = text.find("\n", found.end())
            end = len(text) if end < 0 else end
            yield Span(text.rfind("\n", 0, found.start()) + 1, end)


def _ruled_out_after(words: str) -> Callable[[str, int], bool]:
    before = regex.compile(rf"(?:{words})$")
    return lambda text, start: bool(words) and before.search(text, max(0, start - _REACH), start) is not None


@cache
def _tables() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml("vetoes.yml")
    return data


def words(table: str, name: str) -> tuple[str, ...]:
    """The words that vetoes.yml lists under these names."""
    return tuple(_tables()[table][name])


def any_of(table: str, *names: str) -> str:
    """A pattern for any word of these lists of vetoes.yml, small or capital."""
    return f"(?i:{alternatives(word for name in names for word in words(table, name))})"
