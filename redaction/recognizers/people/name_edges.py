"""Where a name begins and ends among the capitalised words that a pattern took for one."""

from __future__ import annotations

import regex

from redaction.lexicon.calendar import WEEKLY
from redaction.lexicon.pattern_words import pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import CUES
from redaction.lexicon.words import is_only_a_word
from redaction.names.parsing import PARTICLES
from redaction.recognizers.people.name_words import CALENDAR, DOTTED_INITIAL, is_forename, is_ordinary_name

OPENERS = frozenset(pattern_words("people", "openers"))
"""Words with which a sentence begins, and no name."""
_SHORTENED = frozenset(
    f"{word}{sign}s" for word in "he she it that there who what where here how let".split() for sign in "'’"
)
_NEVER_A_NAME = frozenset(pattern_words("people", "never a name")) | WEEKLY
_PARTS_OF_A_PRISON = frozenset({"Wing", "Block", "Unit", "House", "Hall"})
_BORDERS = ("\n", "|", "(", "[", " - ", ":", ";")
_TRAILING = " ,.'\"’"

_FIRST_WORD = regex.compile(r"[^ ]+")
_INITIAL = regex.compile(r"\p{Lu}")
_ENDS_OWNER = regex.compile(r"(?<=\p{L}{2})['’]s ")
POSSESSIVE = regex.compile(r"['’]s?$")
_BY = regex.compile(r"\b(?:by|from|with|to|for|and|told|asked|saw|see|rang)[ ]$")


def person_start(text: str, start: int, end: int) -> int:
    """Skip words that only begin the sentence ("On Monday Haroon …")."""
    while start < end:
        word = _FIRST_WORD.match(text[start:end])
        if word is None:
            return start
        bare = word[0].strip(".,").casefold()
        if DOTTED_INITIAL.fullmatch(word[0]) or not (
            bare in OPENERS or bare in _SHORTENED or bare in CALENDAR or is_retained(word[0]) or word[0] in CUES
        ):
            return start
        start += word.end() + 1
    return end


def person_end(text: str, start: int, end: int, least: int = 0) -> int:
    """Cut a name at a line or cell border, before words that are none (but for the first `least`), and before the possessive."""
    name = text[start:end]
    for border in _BORDERS:
        name = name.split(border)[0]
    name = POSSESSIVE.sub("", _ENDS_OWNER.split(name)[0].rstrip(_TRAILING))
    words = name.split(" ")
    while len(words) > 1 and words[-1].casefold() in _NEVER_A_NAME:
        # "Kyle" ends a line and "She" begins the next
        words.pop()
    least = _certain_words(text, start, start + len(name), words, least)
    while len(words) > least and is_ordinary_name(words[-1]) and not (len(words) > 1 and _goes_with(*words[-2:])):
        words.pop()
    return start + len(" ".join(words))


def _goes_with(before: str, word: str) -> bool:
    """Whether a word that is no name on the face of it is the end of one: an initial, or what a particle leads to ("dos Reis")."""
    return _INITIAL.fullmatch(word) is not None or (before in PARTICLES and word[:1].isupper())


def _certain_words(text: str, start: int, end: int, words: list[str], least: int) -> int:
    """How many words from the first belong to the name, ordinary ones too; at least `least`."""
    if len(words) > 1 and is_forename(words[0]):
        # a surname may be a word like any other: Graham Tilling, Beverley Cropper
        return 2
    if least and len(words) == 2 and _INITIAL.fullmatch(words[0].rstrip(".")):
        # "Mr T Law"
        return 2
    initials = "".join(word[:1] for word in words)
    if len(words) == 2 and not is_only_a_word(words[0]) and text.startswith(f" ({initials})", end):
        # "Miss Hope Law (HL)": the initials say where the name ends; "PC Domestic Abuse (DA)" is a unit
        return 2
    dotted = len(words) in (2, 3) and DOTTED_INITIAL.fullmatch(words[0])
    if (
        dotted
        and len(words) == 2
        and words[1] not in _PARTS_OF_A_PRISON
        and _BY.search(text[max(0, start - 6) : start])
    ):
        # "by J. Law": nothing but a name has an initial there
        return 2
    if dotted and len(words) == 3 and is_forename(words[1]) and text.startswith(",", end):
        # "F. Platou Amble, attorney": two surnames, and what follows is told apart by a comma
        return 3
    return least
