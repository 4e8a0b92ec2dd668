"""Which known word a writer meant, and whether what was typed may be repeated in a message.

A value may be a name or a sentence typed in the wrong field, so it is repeated only where it is a known word with one
or two slips in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_SHORT_LIST = 15
"""A longer list is not written out in a message."""

_SIMILARITY = 60
"""Per cent; a word less similar is not what was meant."""

_SLIPS = 2
_SHORTEST_REPEATED = 8
"""Shorter words are too near to names: Heath is one slip from health, Lowe from low."""


def simplify(text: str) -> str:
    """Lower case, with one hyphen for whatever is no letter or digit: "Greater Manchester" is greater-manchester."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def nearest_word(value: str, spellings: Mapping[str, Iterable[str]], *, cutoff: int = _SIMILARITY) -> str | None:
    """The known word that a value is most like, by any of its spellings; None if it is like none."""
    wanted = simplify(value)
    scores = {
        word: max(fuzz.ratio(wanted, simplify(s)) for s in chain([word], others)) for word, others in spellings.items()
    }
    best = max(scores, key=lambda word: scores[word], default=None)
    return best if best is not None and scores[best] >= cutoff else None


def is_repeatable(value: str, spellings: Iterable[str]) -> bool:
    """Whether a value is a known word with at most two slips, and so is nothing private."""
    wanted = simplify(value)
    if len(wanted) < _SHORTEST_REPEATED or len(value) > len(wanted) + _SLIPS:
        return False
    return any(OSA.distance(wanted, simplify(s), score_cutoff=_SLIPS) <= _SLIPS for s in spellings)


def explain_wrong_word(value: object, noun: str, known: Iterable[str] | Mapping[str, Iterable[str]]) -> str:
    """What to say of a value that is none of the known words (each with its other spellings, in a mapping)."""
    spellings = known if isinstance(known, Mapping) else dict.fromkeys(known, ())
    if not isinstance(value, str):
        return f"must be {noun}: {list_choices(spellings)}"
    best = nearest_word(value, spellings)
    if best is None:
        return f"this is not {noun}: {list_choices(spellings)}"
    shown = f'"{value}"' if is_repeatable(value, (best, *spellings[best])) else "this"
    return f"{shown} is not {noun}; did you mean {best}?"


def explain_wrong_field(name: str, known: Iterable[str]) -> str:
    """What to say of a field that does not exist."""
    best = nearest_word(name, dict.fromkeys(known, ()))
    if best is None:
        return "there is no such field here: delete it, or move what it says to where it belongs"
    shown = f'"{name}"' if is_repeatable(name, [best]) else "this"
    return f"{shown} is not a field; did you mean {best}?"


def list_choices(known: Iterable[str]) -> str:
    """The known words, or the page that lists them and the first few."""
    words = list(known)
    if len(words) <= _SHORT_LIST:
        return "use one of " + ", ".join(words)
    return f"docs/formats.md lists all {len(words)}, such as " + ", ".join(words[:3])
