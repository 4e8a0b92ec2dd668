"""The trade's abbreviations: shown in the glossary, linked where a review first uses one, known to search (synonyms.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict

from publishing.files.shipped_data import load_shipped_yaml

_LABEL = re.compile(r"(\[[^\]]*\])")


class GlossaryEntry(BaseModel):
    """One term; an abbreviation where it `means` something."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str
    about: str
    means: str | None = None
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where the glossary has it."""
        return re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")

    @property
    def heading(self) -> str:
        """SPO: senior probation officer."""
        return f"{self.term}: {self.means}" if self.means else self.term


@cache
def glossary_entries() -> tuple[GlossaryEntry, ...]:
    """Every entry of glossary.yml, in the order of the alphabet."""
    data = load_shipped_yaml("publishing.site", "glossary.yml")
    return tuple(
        sorted((GlossaryEntry.model_validate(entry) for entry in data), key=lambda entry: entry.term.casefold())
    )


class FirstUses:
    """Finds where a text first uses each abbreviation; asked again, it goes on from there: one for each review.

    Args:
        glossary: the address of the glossary from the page being written.
    """

    def __init__(self, glossary: str) -> None:
        self._glossary = glossary
        self._seen: set[str] = set()

    def __call__(self, text: str) -> Iterator[tuple[str, str | None]]:
        """The text in pieces, each with the address that it links to, if any. Labels in brackets are left alone."""
        for piece in _LABEL.split(text):
            if _LABEL.fullmatch(piece):
                yield piece, None
            else:
                yield from self._pieces(piece)

    def _pieces(self, text: str) -> Iterator[tuple[str, str | None]]:
        at = 0
        for match in _abbreviations().finditer(text):
            term = match[1]
            if term in self._seen:
                continue
            self._seen.add(term)
            yield text[at : match.start()], None
            yield match[0], f"{self._glossary}#{_anchors()[term]}"
            at = match.end()
        yield text[at:], None


@cache
def _anchors() -> dict[str, str]:
    return {entry.term: entry.anchor for entry in glossary_entries() if entry.means}


@cache
def _abbreviations() -> re.Pattern[str]:
    longest = sorted(_anchors(), key=len, reverse=True)
    return re.compile(rf"(?<![\w!&/-])({'|'.join(map(re.escape, longest))})s?(?![\w/-])")
