"""Where somebody comes from, what they speak and what they believe: flagged for the checker, not replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from redaction import gazetteer
from redaction.entities import Entity
from redaction.flags import tables
from redaction.lexicon import is_kept, peoples
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.shared import words_of
from redaction.words import Phrases, Words

_HOME = frozenset(
    "uk u.k england wales scotland ireland northern ireland united kingdom britain great britain cymru europe european union eu".split()
)


_SUFFIX = regex.compile(
    r"[ -](?:nationals?|citizens?|nationality|citizenship|origin|descent|heritage|extraction|speakers?|speaking)(?![\p{L}])"
)


class DemographicRecognizer(Recognizer):
    """Nationalities, peoples, languages, countries, faiths and immigration status."""

    name = "demographics"
    entities = (Entity.DEMOGRAPHIC,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every one of them but those of this country, which are everybody's."""
        words = words_of(text, doc)
        for hit in _phrases().every(words):
            start, end = words.starts[hit.first], hit.end
            if hit.value == "people" and not words.capital[hit.first]:
                continue
            # "Turkish national" and "Welsh-speaking" tell it together
            more = _SUFFIX.match(text, end) if hit.value in ("people", "faith") else None
            yield Finding(start, more.end() if more else end, Entity.DEMOGRAPHIC, 0.6, f"demographics:{hit.value}")
        yield from _countries(text, words)


def _countries(text: str, words: Words) -> Iterator[Finding]:
    for hit in gazetteer.countries().every(words):
        start, end = words.starts[hit.first], hit.end
        home = all(key in _HOME for key in words.keys[hit.first : hit.stop])
        if words.capital[hit.first] and not home and not is_kept(text[start:end]):
            yield Finding(start, end, Entity.DEMOGRAPHIC, 0.6, "demographics:country")


@cache
def _phrases() -> Phrases[str]:
    everyday = {word.casefold() for word in tables()["everyday"]}
    known = {word: "people" for word in peoples() if word.casefold() not in everyday}
    return Phrases({**known, **{w: kind for kind in ("faith", "status") for w in tables()[kind]}})
