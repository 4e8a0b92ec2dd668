"""Where somebody comes from, what they speak and what they believe: flagged for the checker, not replaced."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import cache

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Origin, Source
from redaction.lexicon import gazetteer
from redaction.lexicon.details import flag_tables
from redaction.lexicon.nationalities import nationalities
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.base import Finding, Recognizer
from redaction.text.phrases import Phrases
from redaction.text.tokens import Tokens

_SCORE = 0.6

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

    def find(self, document: Document) -> Iterable[Finding]:
        """Every one of them but those of this country, which are everybody's."""
        text = document.text
        words = document.tokens
        for hit in _phrases().every(words):
            start, end = words.starts[hit.first], hit.end
            if hit.value in ("people", "allegiance") and not words.capital[hit.stop - 1]:
                continue
            if hit.value == "allegiance" and _is_abbreviation(words.keys[hit.first]) and not text[start:end].isupper():
                continue
            # "Turkish national" and "Welsh-speaking" tell it together
            more = _SUFFIX.match(text, end) if hit.value in ("people", "faith") else None
            yield Finding(
                start, more.end() if more else end, Entity.DEMOGRAPHIC, _SCORE, Source(Origin.DEMOGRAPHICS, hit.value)
            )
        yield from _find_languages(document)
        yield from _find_countries(text, words)
        yield from _find_parties(text)


def _find_languages(document: Document) -> Iterator[Finding]:
    """Languages that are flagged only where one is meant as such: their names may be anybody's."""
    known = {word.casefold() for word in (*nationalities(), *flag_tables()["everyday"])}
    text = document.text
    for start, end in itertools.chain.from_iterable(document.nationalities):
        if text[start:end].casefold() not in known:
            more = _SUFFIX.match(text, end)
            yield Finding(
                start, more.end() if more else end, Entity.DEMOGRAPHIC, _SCORE, Source(Origin.DEMOGRAPHICS, "people")
            )


def _find_countries(text: str, words: Tokens) -> Iterator[Finding]:
    for hit in gazetteer.countries().every(words):
        start, end = words.starts[hit.first], hit.end
        home = all(key in _HOME for key in words.keys[hit.first : hit.stop])
        capital = any(words.capital[hit.first : hit.stop])
        if capital and not home and not is_retained(text[start:end]):
            yield Finding(start, end, Entity.DEMOGRAPHIC, _SCORE, Source(Origin.DEMOGRAPHICS, "country"))


def _find_parties(text: str) -> Iterator[Finding]:
    for match in _PARTY.finditer(text):
        if match["first"].casefold() not in flag_tables()["gatherings"]:
            yield Finding(
                match.start(), match.end(), Entity.DEMOGRAPHIC, _SCORE, Source(Origin.DEMOGRAPHICS, "allegiance")
            )


@cache
def _is_abbreviation(key: str) -> bool:
    """Whether a group is known by letters alone: "ISIS" is one, "Isis" a river and a prison."""
    return any(word.isupper() and word.casefold() == key for word in flag_tables()["allegiance"])


@cache
def _phrases() -> Phrases[str]:
    everyday = {word.casefold() for word in flag_tables()["everyday"]}
    known = {word: "people" for word in nationalities() if word.casefold() not in everyday}
    return Phrases(
        {**known, **{w: kind for kind in ("faith", "status", "country", "allegiance") for w in flag_tables()[kind]}}
    )
