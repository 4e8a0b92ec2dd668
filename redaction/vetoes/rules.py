"""A rule of the table: where something is that cannot be what a reader may take it for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from redaction.data import load_yaml
from redaction.entities import Entity
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


def matching(kind: str, pattern: str, entities: frozenset[Entity] = NUMBERS, *, not_after: str = "") -> Rule:
    """A rule for whatever a pattern matches, or its group `it`, unless what is right before it ends with `not_after`."""
    compiled, before = regex.compile(pattern), regex.compile(rf"(?:{not_after})$")
    group = "it" if "it" in compiled.groupindex else 0

    def find(text: str) -> Iterator[Span]:
        for found in compiled.finditer(text):
            start, end = found.span(group)
            if not (not_after and before.search(text, max(0, start - _REACH), start)):
                yield Span(start, end)

    return Rule(kind, find, entities)


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
