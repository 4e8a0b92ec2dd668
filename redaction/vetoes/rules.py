"""A rule of the table: where something is that cannot be what a reader may take it for."""

from __future__ import annotations

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
class NumberRule:
    """A kind of thing that begins with a number, and the entities that it is none of: tried where numbers begin and nowhere else."""

    kind: str
    pattern: regex.Pattern[str]
    entities: frozenset[Entity]
    is_ruled_out: Callable[[str, int], bool]

    def vetoes(self, text: str, starts: Iterable[int]) -> Iterator[Veto]:
        """Every such thing in a text, whose numbers begin at `starts`."""
        reached = 0
        for start in starts:
            if start >= reached and (found := self.pattern.match(text, start)):
                reached = found.end()
                if not self.is_ruled_out(text, start):
                    yield Veto(start, reached, self.kind, self.entities)


_NUMBER_START = regex.compile(rf"(?<![\w£$€])(?:\d|(?i:{alternatives((*NUMBER_WORDS, 'half', 'quarter'))}))")


def number_starts(text: str) -> list[int]:
    """Where numbers in digits or words begin in a text."""
    return [found.start() for found in _NUMBER_START.finditer(text)]


def matching(kind: str, pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = "") -> Rule:
    """A rule for whatever a pattern matches, or its group `it`, unless what is right before it ends with `not_after`."""
    compiled, is_ruled_out = regex.compile(pattern), _ruled_out_after(not_after)
    group = "it" if "it" in compiled.groupindex else 0

    def find(text: str) -> Iterator[Span]:
        for found in compiled.finditer(text):
            start, end = found.span(group)
            if not is_ruled_out(text, start):
                yield Span(start, end)

    return Rule(kind, find, entities)


def number_and(kind: str, pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = "") -> NumberRule:
    """The same for a pattern that begins with a number."""
    return NumberRule(kind, regex.compile(pattern), entities, _ruled_out_after(not_after))


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
