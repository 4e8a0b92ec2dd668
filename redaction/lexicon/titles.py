"""Titles, ranks and words of relation that come before names; the words are data in titles.yml."""

from __future__ import annotations

import re
from typing import Any

from redaction.data import load_yaml

_DATA: dict[str, Any] = load_yaml("titles.yml")
_DOTTED = frozenset(_DATA["dotted"])


def _pattern(words: dict[str, str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"\.?" if word in _DOTTED else "") for word in longest_first)


TITLES: dict[str, str] = {title: group for group, titles in _DATA["titles"].items() for title in titles}
"""Every title → plain, male, female, or the role that it tells."""

CUES: dict[str, str] = {cue: role for role, cues in _DATA["cues"].items() for cue in cues}
"""Every word of relation or office → the role of whoever is named after it."""

TITLE_PATTERN = _pattern(TITLES)
"""A pattern for any title, longest first; only abbreviations that take a full stop may have one ("OM. She" is no title)."""

CUE_PATTERN = _pattern(CUES)
"""A pattern for any cue, longest first."""

TITLE_WORDS: frozenset[str] = frozenset(
    word for title in TITLES for word in title.casefold().replace("/", " ").split() if len(word) > 1
)
"""Every single word of a title, casefolded."""


def title_set(name: str) -> tuple[str, ...]:
    """One of the smaller sets of titles that titles.yml lists for single rules."""
    return tuple(_DATA["sets"][name])


def role_of(title: str) -> str:
    """The role that a title tells, or ""."""
    group = TITLES.get(title.rstrip(". "), "plain")
    return "" if group in ("plain", "male", "female") else group
