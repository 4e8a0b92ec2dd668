"""One capitalised word that is somebody's name: an unknown one, an everyday one with an odd capital, a people that somebody bears."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.nationalities import nationalities_borne
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import TITLE_PATTERN
from redaction.lexicon.words import is_english_word, is_nationality
from redaction.recognizers.people.name_edges import POSSESSIVE
from redaction.recognizers.people.name_patterns import NAME_WORD
from redaction.recognizers.people.name_words import is_unknown, names_of_other_things

_UNKNOWN_SCORE = 0.42
_ODD_CAPITAL_SCORE = 0.41
_ACTING_PEOPLE_SCORE = 0.45
_BORNE_WITH_SURNAME_SCORE = 0.5

_SINGLE = regex.compile(
    r"(?<=[\p{Ll},;)][ ]|[\"“‘(|*>-]|[-*>.!?|][ ]|\n)(?:[OÓD]'|Mc|Mac|Fitz|[AaEe]l-)?\p{Lu}\p{Ll}[\p{Ll}\p{M}]+(?:[-'’]\p{Lu}?[\p{Ll}\p{M}]+){0,4}"
    r"(?![\p{L}\p{N}@])"
)
_INSIDE_SENTENCE = regex.compile(r"(?<=[\p{Ll},;)][ ])\p{Lu}\p{Ll}[\p{Ll}\p{M}]+(?![\p{L}\p{N}@-])")
_IN_SMALL_LETTERS = regex.compile(r"(?<![\p{L}'’-])\p{Ll}{3,}(?![\p{L}])")
_OFFICE = regex.compile(rf"\p{{Lu}}\p{{Ll}}+(?=,[ ](?:{TITLE_PATTERN})[ ])")
"""After an office comes who holds it: "their Agent, Mr …"."""
_BESIDE_BEFORE = regex.compile(
    r"(?:\b(?:the|a|an|this|that|each|every|no|any|of|HM|National|Head|Level|Category)|\p{Lu}[\p{L}&'’-]*|[:;.!?*#|])[ ]?$"
)
_BESIDE_AFTER = regex.compile(r"[ -]\p{Lu}|['’]?[ ]?\d")
_DOES = rf"(?:{alternatives((*pattern_words('people', 'deeds'), *pattern_words('people', 'deeds of the borne')))}|didn['’]?t)"
_ACTING = regex.compile(
    r"(?<![\p{L}\p{N}'’-]|\p{Lu}[\p{L}-]{0,30}[ ])(?P<name>\p{Lu}\p{Ll}+)"
    rf"(?=['’]s[ ]\p{{Ll}}|[ ](?:then[ ]|later[ ]|also[ ]|never[ ])?{_DOES}(?![\p{{L}}-]))"
)
_DETERMINED = regex.compile(
    r"(?<![\p{L}])(?i:an?|the|no|some|any|this|that|another|other|most|many|all|both|two|three)[ ]$"
)
_WITH_SURNAME = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'’-])(?P<name>\p{{Lu}}\p{{Ll}}+)[ ](?P<surname>{NAME_WORD})(?![\p{{L}}\p{{N}}@])"
)


def find_unknown_words(text: str) -> Iterator[Finding]:
    """Single capitalised words that nothing knows as anything but a name."""
    for match in _SINGLE.finditer(text):
        word = POSSESSIVE.sub("", match[0])
        if is_unknown(word):
            end = match.start() + len(word)
            yield Finding(match.start(), end, Entity.PERSON, _UNKNOWN_SCORE, Source(Origin.PEOPLE, "unknown-word"))


def find_odd_capitals(text: str) -> Iterator[Finding]:
    """Ordinary words with a capital inside a sentence that never appear without one: "Contact with Summer stopped"."""
    small = {*_IN_SMALL_LETTERS.findall(text), *(office.casefold() for office in _OFFICE.findall(text))}
    for match in _INSIDE_SENTENCE.finditer(text):
        word, start = POSSESSIVE.sub("", match[0]), match.start()
        end = start + len(word)
        folded = word.casefold()
        if (
            folded in small
            or not is_english_word(word)
            or is_retained(word)
            or folded in names_of_other_things()
            or is_nationality(word)
        ):
            continue
        if _BESIDE_BEFORE.search(text[max(0, start - 25) : start]) or _BESIDE_AFTER.match(text[end : end + 3]):
            continue
        yield Finding(start, end, Entity.PERSON, _ODD_CAPITAL_SCORE, Source(Origin.PEOPLE, "odd-capital"))


def find_nationalities_as_names(text: str) -> Iterator[Finding]:
    """Words for a people or language used as somebody's name: "Shona missed her appointment", "Tamil's mother"."""
    source = Source(Origin.PEOPLE, "people-word")
    for match in _ACTING.finditer(text):
        if is_nationality(match["name"]) and not _DETERMINED.search(text[max(0, match.start() - 12) : match.start()]):
            yield Finding(match.start("name"), match.end("name"), Entity.PERSON, _ACTING_PEOPLE_SCORE, source)
    for match in _WITH_SURNAME.finditer(text):
        if match["name"].casefold() in nationalities_borne() and is_unknown(match["surname"]):
            yield Finding(match.start(), match.end(), Entity.PERSON, _BORNE_WITH_SURNAME_SCORE, source)
