"""Names that are ordinary words too, and abbreviations that are nobody's initials: gate_common_words.yml."""

from __future__ import annotations

from functools import cache

from redaction.data import load_yaml


@cache
def gate_common_words() -> frozenset[str]:
    """Names that are ordinary words too: the reviewed list, gate_common_words.yml."""
    return frozenset(word for group, words in _groups().items() if group != "initials" for word in words.split())


@cache
def gate_abbreviations() -> frozenset[str]:
    """Abbreviations of the trade, that are nobody's initials."""
    return frozenset(_groups()["initials"].split())


def _groups() -> dict[str, str]:
    groups: dict[str, str] = load_yaml("gate_common_words.yml")
    return groups
