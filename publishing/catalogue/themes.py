"""What is said of each theme in our own words: themes.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from publishing.files.shipped_data import load_shipped_yaml


@dataclass(frozen=True)
class ThemeWords:
    """What a theme is about in a sentence, an introduction, questions for a team, and the themes that are near it."""

    about: str
    introduction: str
    questions: tuple[str, ...]
    near: tuple[str, ...]


@cache
def theme_words() -> Mapping[str, ThemeWords]:
    """The words of every theme, by its key in the vocabulary."""
    data = load_shipped_yaml("publishing.catalogue", "themes.yml")
    return {
        key: ThemeWords(words["about"], words["introduction"], tuple(words["questions"]), tuple(words["near"]))
        for key, words in data.items()
    }
