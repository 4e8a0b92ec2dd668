"""Which known word somebody meant: and whether what they typed may be said back to them.

A value may be a name or a sentence typed in the wrong field, so it is repeated only when it is a known word with a
slip or two in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from publishing.vocabulary import Term, terms, written

NOUNS = {
    "sections": "a standard section",
    "outcomes": "an outcome",
    "offences": "an offence",
    "regions": "a region",
    "providers": "a provider",
    "supervision": "a kind of supervision",
    "agencies": "an agency",
    "themes": "a theme",
    "risk_of_serious_harm": "a level of risk",
    "reasonable_steps": "a judgement",
    "quality_ratings": "a rating",
    "levels": "a level",
    "responses": "a response",
    "lesson_statuses": "a status",
    "proceedings": "a state of proceedings",
    "restrictions": "a restriction",
}
_SHORT_LIST = 15
_SAME_ENOUGH = 60
_SLIPS = 2
_LONG_ENOUGH = 8
"""Shorter words are too near to names: Heath is one slip from health, Lowe from low."""


def plain(text: str) -> str:
    """Lower case, with one hyphen for whatever is no letter or digit: "Greater Manchester" is greater-manchester."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def nearest(value: str, spellings: Mapping[str, Iterable[str]], *, cutoff: int = _SAME_ENOUGH) -> str | None:
    """The known word that a value is most like, by any of its spellings; None if it is like none."""
    wanted = plain(value)
    scores = {
        word: max(fuzz.ratio(wanted, plain(s)) for s in chain([word], others)) for word, others in spellings.items()
    }
    best = max(scores, key=lambda word: scores[word], default=None)
    return best if best is not None and scores[best] >= cutoff else None


def repeatable(value: str, spellings: Iterable[str]) -> bool:
    """Whether a value is a known word with at most two slips, and so is nothing private."""
    wanted = plain(value)
    if len(wanted) < _LONG_ENOUGH or len(value) > len(wanted) + _SLIPS:
        return False
    return any(OSA.distance(wanted, plain(s), score_cutoff=_SLIPS) <= _SLIPS for s in spellings)


def spellings_of(known: Mapping[str, Term]) -> dict[str, tuple[str, ...]]:
    """Each term with the other ways people write it."""
    return {key: (term.title, *term.aliases) for key, term in known.items()}


def wrong_term(value: object, name: str) -> str:
    """What to say of a value that is not in a list of the vocabulary."""
    noun = NOUNS.get(name, "a known term")
    known = spellings_of(written(name))
    if isinstance(value, str) and plain(value) in _coarse(name):
        return f"signing alone puts this in the place of {noun}: {_choices(known)}"
    return wrong_word(value, noun, known)


def _coarse(name: str) -> set[str]:
    """Every spelling of the terms that no case is filed under."""
    coarse = {key: term for key, term in terms(name).items() if term.coarse}
    return {plain(spelling) for key, others in spellings_of(coarse).items() for spelling in (key, *others)}


def wrong_word(value: object, noun: str, known: Iterable[str] | Mapping[str, Iterable[str]]) -> str:
    """What to say of a value that is none of the known words (each with its other spellings, in a mapping)."""
    spellings = known if isinstance(known, Mapping) else dict.fromkeys(known, ())
    if not isinstance(value, str):
        return f"must be {noun}: {_choices(spellings)}"
    best = nearest(value, spellings)
    if best is None:
        return f"this is not {noun}: {_choices(spellings)}"
    shown = f'"{value}"' if repeatable(value, (best, *spellings[best])) else "this"
    return f"{shown} is not {noun}; did you mean {best}?"


def wrong_field(name: str, known: Iterable[str]) -> str:
    """What to say of a field that does not exist."""
    best = nearest(name, dict.fromkeys(known, ()))
    if best is None:
        return "there is no such field here: delete it, or move what it says to where it belongs"
    shown = f'"{name}"' if repeatable(name, [best]) else "this"
    return f"{shown} is not a field; did you mean {best}?"


def _choices(known: Iterable[str]) -> str:
    words = list(known)
    if len(words) <= _SHORT_LIST:
        return "use one of " + ", ".join(words)
    return f"docs/formats.md lists all {len(words)}, such as " + ", ".join(words[:3])
