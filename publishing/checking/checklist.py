"""The questions of the motivated intruder, answered before signing; they are data in checklist.yml."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from publishing.files.shipped_data import load_shipped_yaml


@cache
def checklist_questions() -> dict[str, str]:
    """Every question by its id, in the order to ask them."""
    return {
        name: " ".join(words.split())
        for name, words in load_shipped_yaml("publishing.checking", "checklist.yml").items()
    }


def unconfirmed_questions(confirmed: Collection[str]) -> tuple[str, ...]:
    """The ids of questions that were not confirmed."""
    return tuple(name for name in checklist_questions() if name not in confirmed)
