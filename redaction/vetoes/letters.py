"""Letters that abbreviate something of the trade, and are nobody's initials unless the text says whose."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES, TITLES
from redaction.lexicon.words import is_english_word
from redaction.spans import Span
from redaction.word_memory import remembered

_LETTERS = pattern_words("people", "trade initials")
_WRITTEN = regex.compile(rf"(?<![\w.&/]){alternatives(_LETTERS)}(?![\w&/]|\.\p{{Lu}})")
_SPEAKS = regex.compile(rf"['’]s\b|[ ]{alternatives(pattern_words('people', 'deeds'))}\b")
_POST_BEFORE = regex.compile(
    r"(?<![\p{L}])(?:an?|the|any|no|every|each|his|her|their|your|our|my|new|duty|another|(?<!known[ ]|signs[ ]|signed[ ])as)"
    r"[ ][\"“‘']?$",
    regex.I,
)
_LONGEST_BEFORE = 16
CONTACT_LETTERS = alternatives(pattern_words("people", "letters of contacts"))
AFTER_CONTACT_LETTERS = alternatives(pattern_words("people", "after letters of contacts"))
"""Pattern of letters that are a way to be in touch, and of what follows where they are that ("TC to")."""
_TERM_AFTER = regex.compile(
    rf"(?i:(?<={CONTACT_LETTERS})[ ]{AFTER_CONTACT_LETTERS}(?!\w)"
    rf"|[ ]{alternatives(pattern_words('people', 'after letters of places'))}\b)"
)
_BRACKET_BEFORE = regex.compile(r"(?P<words>(?:[\p{L}'’-]+[ ]){2,4})\($")
_KEY = r"(?:[ ]?[=:–-][ ]?|[ ]is[ ]|[ ]stands[ ]for[ ]|[ ]\()\p{Lu}\p{Ll}"


def abbreviates(text: str, start: int, end: int) -> bool:
    """Whether letters of the trade stand for something here: not for a person who speaks, nor for one whom the text tells with them."""
    letters = text[start:end]
    return _WRITTEN.fullmatch(letters) is not None and not _SPEAKS.match(text, end) and letters not in _explained(text)


def is_trade_abbreviation(letters: str) -> bool:
    """Whether letters are an abbreviation of the trade, whatever they stand for where they are."""
    return _WRITTEN.fullmatch(letters) is not None or is_retained(letters) or letters in CUES or letters in TITLES


def is_a_post(text: str, start: int) -> bool:
    """Whether letters at a place are somebody's post there ("a SW on secondment", "her RO"), and nobody's initials."""
    return _POST_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start) is not None


def is_a_term(text: str, start: int, end: int) -> bool:
    """Whether letters that are somebody's initials too are a term here: a post, a call ("TC to mum"), a place ("an AP bed"), or told to be one."""
    return is_a_post(text, start) or _TERM_AFTER.match(text, end) is not None or _is_spelled_out(text, start, end)


def _is_spelled_out(text: str, start: int, end: int) -> bool:
    """Whether the ordinary words before letters in brackets are what they abbreviate: "probation officer (PO)"."""
    told = _BRACKET_BEFORE.search(text, max(0, start - 80), start)
    words = told["words"].split()[start - end :] if told else []
    return "".join(word[0] for word in words).casefold() == text[start:end].casefold() and all(
        map(is_english_word, words)
    )


def find_letters(text: str) -> Iterator[Span]:
    """Wherever such letters abbreviate something."""
    return (Span(*found.span()) for found in _WRITTEN.finditer(text) if abbreviates(text, *found.span()))


@remembered
def _explained(text: str) -> frozenset[str]:
    """The letters of the trade of which the text says whose they are: a log may hold them by the thousand."""
    return frozenset(letters for letters in _LETTERS if letters in text and _is_key(letters).search(text))


def _is_key(letters: str) -> regex.Pattern[str]:
    """Where a text says whose letters are: "SW = Stuart Wharton", "Simon Wheelwright (SW)", "she signs “SW”", or a signature."""
    signed = (
        rf"\p{{Lu}}\p{{Ll}}+[ ][(\[][\"'“‘]?{letters}[\"'”’]?[)\],]|[ ]sign(?:s|ed)?[ ](?:as[ ])?[\"'“‘]{letters}\b"
    )
    named = rf"(?<!\w){letters}[ ][(]\p{{Lu}}\p{{Ll}}"
    signature = rf"(?<!\w){letters}[\])]|[\"“]{letters}[\"”]|(?m:^[ \t>*_]*{letters}[ \t*_]*$)"
    return regex.compile(rf"(?<!\w){letters}{_KEY}|{signed}|{named}|{signature}")
