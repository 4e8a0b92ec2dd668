"""Words in other letters than Latin ones: in an English text they are a name."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source

_SCORE = 0.75
_OTHER = r"[\p{L}--[\p{Latin}ªºµΩμ]]"
_RUN = regex.compile(
    rf"(?V1)(?<![\p{{L}}\p{{N}}]){_OTHER}[\p{{L}}\p{{M}}\u200c\u200d'’-]+(?:[ ]{_OTHER}[\p{{L}}\p{{M}}\u200c\u200d'’-]*)*"
)
_LATIN = regex.compile(r"\p{Latin}")


def find_other_scripts(text: str) -> Iterator[Finding]:
    """Runs of words in letters that are not Latin; a sentence in them goes whole, for a name in it could not be told."""
    if text.isascii() or not _LATIN.search(text):
        return
    for match in _RUN.finditer(text):
        if _LATIN.search(match[0]):
            # one look-alike letter in an English word
            continue
        yield Finding(match.start(), match.end(), Entity.PERSON, _SCORE, Source(Origin.PEOPLE, "other script"))
