"""Where somebody comes from, what they speak and what they believe: flagged for the checker, not replaced."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache

import regex

from redaction import gazetteer
from redaction.entities import Entity
from redaction.flags import tables
from redaction.lexicon import is_kept
from redaction.passage import Passage
from redaction.peoples import peoples
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.shared import words_of
from redaction.words import Phrases, Words

_HOME = frozenset(
    "uk u.k england wales scotland ireland northern ireland united kingdom britain great britain cymru europe european union eu".split()
)


_SUFFIX = regex.compile(
    r"[ -](?:nationals?|citizens?|nationality|citizenship|origin|descent|heritage|extraction|speakers?|speaking)(?![\p{L}])"
)


_PARTY = regex.compile(
    r"(?<![\p{L}\p{N}])(?!The[ ])(?P<first>\p{Lu}[\p{L}]+)(?:['’]s?)?(?:[ ]\p{Lu}[\p{L}'’-]+){0,4}[ ]Party(?:-Front)?(?![\p{L}])"
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
            if hit.value in ("people", "allegiance") and not words.capital[hit.stop - 1]:
                continue
            if hit.value == "allegiance" and _in_letters(words.keys[hit.first]) and not text[start:end].isupper():
                continue
            # "Turkish national" and "Welsh-speaking" tell it together
            more = _SUFFIX.match(text, end) if hit.value in ("people", "faith") else None
            yield Finding(start, more.end() if more else end, Entity.DEMOGRAPHIC, 0.6, f"demographics:{hit.value}")
        yield from _languages(doc.passage)
        yield from _countries(text, words)
        yield from _parties(text)


def _languages(passage: Passage) -> Iterator[Finding]:
    """Languages that are flagged only where one stands as such: their names may be anybody's."""
    known = {word.casefold() for word in (*peoples(), *tables()["everyday"])}
    text = passage.text
    for start, end in itertools.chain.from_iterable(passage.peoples):
        if text[start:end].casefold() not in known:
            more = _SUFFIX.match(text, end)
            yield Finding(start, more.end() if more else end, Entity.DEMOGRAPHIC, 0.6, "demographics:people")


def _countries(text: str, words: Words) -> Iterator[Finding]:
    for hit in gazetteer.countries().every(words):
        start, end = words.starts[hit.first], hit.end
        home = all(key in _HOME for key in words.keys[hit.first : hit.stop])
        capital = any(words.capital[hit.first : hit.stop])
        if capital and not home and not is_kept(text[start:end]):
            yield Finding(start, end, Entity.DEMOGRAPHIC, 0.6, "demographics:country")


def _parties(text: str) -> Iterator[Finding]:
    for match in _PARTY.finditer(text):
        if match["first"].casefold() not in tables()["gatherings"]:
            yield Finding(match.start(), match.end(), Entity.DEMOGRAPHIC, 0.6, "demographics:allegiance")


@cache
def _in_letters(key: str) -> bool:
    """Whether a group is known by letters alone: "ISIS" is one, "Isis" a river and a prison."""
    return any(word.isupper() and word.casefold() == key for word in tables()["allegiance"])


@cache
def _phrases() -> Phrases[str]:
    everyday = {word.casefold() for word in tables()["everyday"]}
    known = {word: "people" for word in peoples() if word.casefold() not in everyday}
    return Phrases(
        {**known, **{w: kind for kind in ("faith", "status", "country", "allegiance") for w in tables()[kind]}}
    )
