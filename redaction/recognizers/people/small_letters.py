"""Names in small letters, as logs have them: after a title, and of whom somebody rang, told or met."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import towns
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES, TITLE_WORDS
from redaction.lexicon.words import is_english_word, is_nationality, is_proper
from redaction.names.short_names import is_short_form
from redaction.recognizers.people.name_edges import OPENERS

_TITLED_SCORE, _TOLD_SCORE = 0.75, 0.5
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "sgt", "pc", "dc", "ds", "di", "insp", "pcso", "nurse", "hhj", "dj")
_NOTHING_ELSE = frozenset({"mr", "mrs", "ms", "hhj", "dj"})
"""Titles that are no word and no post: behind them an ordinary word is a surname ("ms salter")."""
_WORD = r"\p{Ll}[\p{Ll}\p{M}]+(?:['’-](?!s\b)\p{Ll}+)*"
_TITLED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?P<title>{alternatives(_TITLES)})\.?[ ](?P<name>{_WORD})(?P<more>[ ]{_WORD})?"
)
_CONTACT = (
    r"(?:rang|rung|phoned|texted|txtd|told|met|visited|messaged|emailed|e-mailed|spoke[ ](?:to|with)|speaks[ ](?:to|with)|"
    r"(?:t/?c|tel|text|msg|vm|v/m|email)[ ](?:to|from))"
)
_TOLD = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_CONTACT}[ ](?P<name>{_WORD})(?:[ ](?:and|&|\+)[ ](?P<other>{_WORD}))?")
_SHORTEST = 3
_SAYS_MORE = frozenset("will may can mark bill miss grant frank hope rose grace page chance".split())
"""Words that are names as well, and go on with what a rank does: "pc will attend"."""
_DEEDS = frozenset((*pattern_words("people", "deeds"), *pattern_words("people", "deeds of initials")))
_KNOWN = frozenset(word.casefold() for word in CUES)


def find_small_letters(text: str) -> Iterator[Finding]:
    """Names after titles in small letters, and names that no dictionary holds after words of contact."""
    for match in _TITLED.finditer(text):
        surname = match["title"] in _NOTHING_ELSE and not _goes_on_with(match["name"])
        if surname or _may_be_name(match["name"]) or (is_proper(match["name"]) and match["name"] not in _SAYS_MORE):
            end = match.end("more") if match["more"] and _is_odd(match["more"].strip()) else match.end("name")
            yield Finding(match.start(), end, Entity.PERSON, _TITLED_SCORE, Source(Origin.PEOPLE, "title"))
    for match in _TOLD.finditer(text):
        for group in ("name", "other"):
            if match[group] and _may_be_name(match[group]):
                yield Finding(
                    match.start(group), match.end(group), Entity.PERSON, _TOLD_SCORE, Source(Origin.PEOPLE, "in-notes")
                )


def _may_be_name(word: str) -> bool:
    """Whether a small word is a name: a short form of one, or known as one or not at all, and no word of English."""
    return is_short_form(word) and not _is_everyday(word) if is_english_word(word) else _is_odd(word)


def _goes_on_with(word: str) -> bool:
    """Whether a word goes on with the sentence behind a title without its name ("mr and mrs", "told ms that")."""
    return word in OPENERS or word in _DEEDS or word in _KNOWN or word in TITLE_WORDS or is_retained(word)


def _is_everyday(word: str) -> bool:
    return word in _SAYS_MORE or word in _KNOWN or is_retained(word) or len(word) < _SHORTEST + 1


def _is_odd(word: str) -> bool:
    """Whether no dictionary, gazetteer or list of terms knows a word as anything but a name."""
    if len(word) < _SHORTEST or word in _KNOWN or word in TITLE_WORDS or is_retained(word) or is_nationality(word):
        return False
    if is_english_word(word) or word in towns():
        return False
    return is_proper(word) or not is_english_word(word.removesuffix("s"))
