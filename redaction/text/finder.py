"""Finds many phrases in one walk over a text, each with everything that it was given for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import ahocorasick


def finder_of(patterns: Iterable[tuple[str, object]]) -> ahocorasick.Automaton | None:
    """An automaton over the patterns, or None if there are none. A pattern may have several payloads."""
    payloads: dict[str, list[object]] = defaultdict(list)
    for key, payload in patterns:
        payloads[key].append(payload)
    if not payloads:
        return None
    automaton = ahocorasick.Automaton()
    for key, values in payloads.items():
        automaton.add_word(key, tuple(values))
    automaton.make_automaton()
    return automaton
