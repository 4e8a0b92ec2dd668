"""The questions of the motivated intruder, answered before signing; they are data in checklist.yml."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

import yaml


@cache
def checklist_questions() -> dict[str, str]:
    """Every question by its id, in the order to ask them."""
    text = files("publishing.checking").joinpath("checklist.yml").read_text(encoding="utf-8")
    return {name: " ".join(words.split()) for name, words in yaml.safe_load(text).items()}


def unconfirmed_questions(confirmed: Collection[str]) -> tuple[str, ...]:
    """The ids of questions that were not confirmed."""
    return tuple(name for name in checklist_questions() if name not in confirmed)
