"""The words of every kind of detail that is flagged, and the reason why each is shown: flagged_details.yml."""

from __future__ import annotations

from functools import cache
from typing import Any

from redaction.data import load_yaml
from redaction.lexicon.pattern_words import alternatives


@cache
def flag_tables() -> dict[str, Any]:
    """The words of every kind of detail, and the reason why each is shown: flagged_details.yml."""
    data: dict[str, Any] = load_yaml("flagged_details.yml")
    return data


def any_of(words: str) -> str:
    """A pattern for any of the words that flagged_details.yml lists for shapes under this name."""
    return alternatives(flag_tables()["shapes"][words])
