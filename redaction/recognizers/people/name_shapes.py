"""People by elimination: capitalised words that no dictionary, gazetteer or list of terms knows.

A name that no model was trained on leaks first; this is what finds it.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import towns
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES, TITLES
from redaction.lexicon.words import is_english_word, is_proper
from redaction.names.short_names import is_short_form
from redaction.recognizers.base import Recognizer
from redaction.recognizers.people.initials import find_initials
from redaction.recognizers.people.name_edges import OPENERS, person_end, person_start
from redaction.recognizers.people.name_patterns import NAME_WORD, PARTICLES, PERSON
from redaction.recognizers.people.name_words import is_forename, is_full_name
from redaction.recognizers.people.other_scripts import find_other_scripts
from redaction.recognizers.people.single_words import (
    find_nationalities_as_names,
    find_odd_capitals,
    find_unknown_words,
)
from redaction.recognizers.people.small_letters import find_small_letters
from redaction.recognizers.search_windows import find_at_words, first_keys
from redaction.text.tokens import Tokens
from redaction.vetoes.buildings import is_building

_SHAPE_SCORE = 0.5
_LIKED_SCORE = 0.76
_INITIALLED_SCORE = 0.95
_BODIES = frozenset(pattern_words("people", "ends of bodies"))
_INTRODUCED_SCORE = 0.6
"""The text says that a name follows: "known as", "sisters", "t/c from"."""

_FULL = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@])(?:{NAME_WORD}|\p{{Lu}}\.)"
    rf"(?:[ ]{PARTICLES}(?:{NAME_WORD}|\p{{Lu}}\.?(?![\p{{L}}\p{{N}}]))){{1,4}}"
)
_ONE_PERSON = regex.compile(PERSON)
_RELATIVES = pattern_words("people", "relatives")
_LISTED = regex.compile(
    rf"\b{alternatives(_RELATIVES)},?[ ](?P<names>{PERSON}(?:,[ ]{PERSON})*[ ](?:and|&)[ ]{PERSON})"
)
_RELATIVE_KEYS = first_keys(_RELATIVES)

_SAYS_NAME = (
    r"(?:known|referred to(?=(?:[ ]\p{Ll}+){0,5}?[ ]as[ ])|nicknamed|called|answers to|goes by|signed(?: off)?)"
    r"(?:[ ]\p{Ll}+){0,5}?(?:[ ]as|[ ]by|[ ]to)?"
)
_SAYS_NAME_KEYS = ("known", "referred", "nicknamed", "called", "answers", "goes", "signed")
_ONE_OR_TWO_WORDS = rf"{NAME_WORD}(?:[ ]{NAME_WORD})?"
_KNOWN_AS = regex.compile(
    rf"\b{_SAYS_NAME}[ ](?:or[ ])?[\"'‘“]?(?P<name>{_ONE_OR_TWO_WORDS})[\"'’”]?"
    rf"(?:[ ](?:or|and)[ ](?:as[ ])?[\"'‘“]?(?P<other>{_ONE_OR_TWO_WORDS}))?"
)

_LIKED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<name>{_ONE_OR_TWO_WORDS}),?[ ](?:as|which|what)[ ](?:\p{{L}}+[ ]){{1,3}}?"
    r"(?:likes?|liked|prefers?|preferred|wants?|wanted|asked|asks)[ ]to[ ]be[ ](?:called|known|addressed)"
    rf"|(?:[Ee]verybody|[Ee]veryone|[Ff]riends|[Ff]amily|[Ss]taff|[Tt]hey|[Aa]ll)[ ]calls?[ ](?:him|her|them)[ ](?P<called>{_ONE_OR_TWO_WORDS})"
)

_INITIALLED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<first>{NAME_WORD})[ ]{PARTICLES}(?P<last>{NAME_WORD})(?=[ ]\((?P<letters>\p{{Lu}}{{2}})[,;)])"
)

_NOTE_OF_CONTACT = r"(?:t/c|tc|tel|v/m|call|text|e-?mail|letter|message|visit|contact)[ ](?:from|to|with|w/)|(?:h/v|seen)[ ](?:to|with)"
_NOTE_OF_KIN = r"(?:mother|father|mum|dad|sister|brother|son|daughter|wife|husband|partner|ex|friend)[ ]of"
_IN_NOTES = regex.compile(
    rf"\b(?:{_NOTE_OF_CONTACT}|{_NOTE_OF_KIN})[ ](?P<name>(?P<first>\p{{Ll}}{{2,}})[ ](?P<last>\p{{Ll}}{{2,}}))"
    r"(?=[,.;:]|[ ]?$|[ ](?:says|said|re|about)\b)",
    regex.MULTILINE,
)
_NOT_FORENAMES = frozenset({"may", "june", "april", "august"})
_NOT_SURNAMES = OPENERS | {
    "today",
    "tonight",
    "tomorrow",
    "yesterday",
    "again",
    "later",
    "back",
    "here",
    "there",
    "earlier",
    "now",
    "too",
}


class ShapeRecognizer(Recognizer):
    """People by the shapes in which names are written."""

    name = "name-shapes"
    entities = (Entity.PERSON,)

    def find(self, document: Document) -> Iterator[Finding]:
        """Runs of capitalised words with an unknown one among them, unknown single ones, and what somebody is known as."""
        text, words = document.text, document.tokens
        yield from _find_full_names(text)
        yield from find_unknown_words(text)
        yield from _find_known_as(words)
        yield from _find_listed(text, words)
        yield from _find_in_notes(text)
        yield from find_initials(text)
        yield from find_odd_capitals(text)
        yield from find_other_scripts(text)
        yield from find_small_letters(text)
        yield from _find_liked(text)
        yield from find_nationalities_as_names(text)
        yield from _find_initialled(text)


def _find_full_names(text: str) -> Iterator[Finding]:
    """Two words or more that are a full name."""
    for match in _FULL.finditer(text):
        start = person_start(text, *match.span())
        end = person_end(text, start, match.end())
        if is_full_name(text[start:end]):
            yield Finding(start, end, Entity.PERSON, _SHAPE_SCORE, Source(Origin.PEOPLE, "shape"))


def _find_known_as(words: Tokens) -> Iterator[Finding]:
    """What somebody is called, known as or signs with."""
    for match in find_at_words(_KNOWN_AS, words, _SAYS_NAME_KEYS):
        for group in ("name", "other"):
            name = match[group]
            if name and not is_retained(name) and name not in CUES and name not in TITLES:
                yield Finding(
                    match.start(group),
                    match.end(group),
                    Entity.PERSON,
                    _INTRODUCED_SCORE,
                    Source(Origin.PEOPLE, "known-as"),
                )


def _find_liked(text: str) -> Iterator[Finding]:
    """What somebody likes to be called, however ordinary a word: "Win, as she likes to be called"."""
    for match in _LIKED.finditer(text):
        group = "name" if match["name"] else "called"
        if not is_retained(match[group]) and match[group] not in CUES and match[group] not in TITLES:
            yield Finding(
                match.start(group), match.end(group), Entity.PERSON, _LIKED_SCORE, Source(Origin.PEOPLE, "known-as")
            )


def _find_initialled(text: str) -> Iterator[Finding]:
    """A forename and any word that its initials in brackets follow, for nothing but a person has them: "Caroline Park (CP)"."""
    for match in _INITIALLED.finditer(text):
        first, named = match["first"], match[0]
        # "Hope Street (HS)", "Victoria Station (VS)": words, and towns, name streets and schemes too
        forename = is_short_form(first.casefold()) or (
            is_forename(first) and not is_english_word(first) and first.casefold() not in towns()
        )
        of_thing = is_building(named) or match["last"] in _BODIES
        if forename and not of_thing and match["letters"] == first[0] + match["last"][0]:
            start, end = match.span()
            yield Finding(start, end, Entity.PERSON, _INITIALLED_SCORE, Source(Origin.PEOPLE, "initialled"))


def _find_listed(text: str, words: Tokens) -> Iterator[Finding]:
    """Each name of a list of relatives: "her sisters Kerensa, Jory and Lowenna"."""
    for match in find_at_words(_LISTED, words, _RELATIVE_KEYS):
        for name in _ONE_PERSON.finditer(match["names"]):
            start = match.start("names") + name.start()
            end = person_end(text, start, start + len(name[0]), least=1)
            if end > start and not is_retained(text[start:end]):
                yield Finding(start, end, Entity.PERSON, _INTRODUCED_SCORE, Source(Origin.PEOPLE, "listed"))


def _find_in_notes(text: str) -> Iterator[Finding]:
    """A whole name in small letters where notes name somebody, however ordinary its words: "t/c from will moody"."""
    for match in _IN_NOTES.finditer(text):
        first, last = match["first"], match["last"]
        named = is_proper(first) or not is_english_word(first)
        if named and first not in _NOT_FORENAMES and last not in _NOT_SURNAMES:
            yield Finding(
                match.start("name"),
                match.end("name"),
                Entity.PERSON,
                _INTRODUCED_SCORE,
                Source(Origin.PEOPLE, "in-notes"),
            )
