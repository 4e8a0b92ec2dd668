"""Whether a single word is used as a name."""

from __future__ import annotations

from collections.abc import Callable

import regex

from redaction.entities import Entity
from redaction.lexicon.words import is_english_word
from redaction.names.parsing import PARTICLES
from redaction.names.surface_forms import DECLARED_INITIALS, INITIALS, LETTERS, MOST_LETTERS, written_as_initials
from redaction.propagation.search_terms import SearchTerm
from redaction.text.folding import fold_text
from redaction.vetoes.letters import abbreviates, is_a_post, is_a_term, is_trade_abbreviation

_VERB_AFTER = regex.compile(
    r"(?:['’]s\b|,[ ]|[ ](?:was|is|had|has|did|does|said|told|went|came|felt|saw|knew|gave|took|made|left|rang|wrote|met|got|spoke|came|ran|sat|stood|began|heard|could|would|and(?=[ ]\p{Lu})|who|"
    r"(?!need)\p{Ll}+ed|\p{Ll}{2,}s(?=[ ](?:an?|the|his|her|their|him|them|it|up|out|back|no|not)[ ]))\b)"
)

_TERM_AFTER = regex.compile(
    r"[ ](?:Court|Offender|Office|Justice|Report|Plan|Order|Team|Service|People|Person|Adults?|Street|Road)\b"
)

_COURT_BEFORE = regex.compile(r"(?:Crown|Magistrates['’]?|County|Youth|High|Family|Supreme)[ ]$")

_HEADING = regex.compile(r"[ \t>]*#+[ \t]")

_CELL_ENDS = regex.compile(r"\W*(?:\n|\||$).*", regex.S)

_THREE_LETTERS = regex.compile(r"\p{L}{3,}")

_SENTENCE_START = regex.compile(r"(?:^|[.!?:;]['\"’”)]*\s+|\n\s*(?:[-*>#|\d.]+\s*)*|\|\s*|[\"“‘]\s*)$")

Likelihood = Callable[[int, int], float | None]
_LIKELY = 0.5
"""How likely the tagger must hold a declared name that is a word too, in small letters, to be one."""
_LONG = 5
"""Letters that a word needs to be a name in small letters wherever it is."""
_AROUND = 300
_LETTERED = regex.compile(r"\p{L}{2,}")
_SENTENCE_WITH_CAPITAL = regex.compile(r"(?:\A|[.!?]\s|\n)\P{L}*\p{Lu}\p{Ll}|\p{Ll}[.!?]\s+\p{Lu}")
_WITH = regex.compile(r"(?<![\p{L}])(?:w|w/|with|from|told|tell|rang|saw|met|by|and|&|re|cc|for)[ ]$")
_AT = regex.compile(r"(?<![\p{L}])(?:in|at|from|near|to|outside|nr|@)[ ]$")
_BREAKS_OFF = regex.compile(r"[ ]*(?:$|[,.;:)\n/+&-]|\d|(?:and|to|on|but|w|re|who|only|for|at|in)\b)")
"""After a name where nothing follows that a word of English would go with ("with grace and", but not "with hope of")."""

_SHOUTED_CUE = {
    True: regex.compile(r"\b(?:MR|MRS|MS|MISS|DR|PC|DC|DS|DI|SGT|OFFICER|VICTIM|NURSE)\.?[ ]$"),
    False: regex.compile(r"\b(?:IN|AT|TO|FROM|NEAR)[ ]$"),
}

"""What leads to a name, and to a place, where everything is in capitals."""


def unknown(start: int, end: int) -> float | None:
    """How likely a span is to identify somebody, where no tagger reads along."""


def reads_as_name(text: str, start: int, end: int, item: SearchTerm, likelihood: Likelihood = unknown) -> bool:
    """Whether a single word is used as a name here: capitalised, and where it is an English word too, not just as one."""
    word = text[start:end]
    letters = [c for c in word if c.isalpha()]
    if len(letters) == 1 and "/" in (text[start - 1 : start], text[end : end + 1]):
        # "T/C" is a call, whatever T is called
        return False
    if item.form.kind in (INITIALS, DECLARED_INITIALS):
        if abbreviates(text, start, end):
            # "TC to mum" is a telephone call: letters of the trade are somebody's where they stand as a person does
            return False
        if is_a_post(text, start) and not (item.declared and not is_trade_abbreviation(word)):
            return False
        return written_as_initials(word) and not (
            is_english_word(item.form.text) and in_capitals_context(text, start, end)
        )
    if item.form.kind == LETTERS:
        written = written_as_initials(word) or is_in_small_letters(text, start, end)
        # "refer to her as RD": letters that are declared, and that the trade does not use, are no post
        return written and not (is_a_term(text, start, end) and is_trade_abbreviation(word.upper()))
    if not letters:
        return True
    folded = item.form.text
    common = any(is_english_word(part) for part in folded.split())
    lead = next((part for part in word.split() if fold_text(part).strip() not in PARTICLES), word)
    if not next((c for c in lead if c.isalpha()), letters[0]).isupper():
        return _reads_as_small_name(text, start, end, item, likelihood, common=common)
    if not common:
        return not (word.isupper() and len(word) <= MOST_LETTERS and is_a_term(text, start, end))
    if _HEADING.match(text, text.rfind("\n", 0, start) + 1, start):
        # a heading's first word has a capital, name or not
        return False
    if word.isupper() and len(word) > 1 and in_capitals_context(text, start, end):
        return (
            item.declared
            and _SHOUTED_CUE[item.entity is Entity.PERSON].search(text[max(0, start - 12) : start]) is not None
        )
    if _TERM_AFTER.match(text[end : end + 12]) or _COURT_BEFORE.search(text[max(0, start - 14) : start]):
        return False
    if _SENTENCE_START.search(text[max(0, start - 12) : start]):
        return bool(_VERB_AFTER.match(text, end)) or (
            _CELL_ENDS.fullmatch(text[end : end + 3]) is not None and item.declared
        )
    return True


def _reads_as_small_name(
    text: str, start: int, end: int, item: SearchTerm, likelihood: Likelihood, *, common: bool
) -> bool:
    """Whether a word in small letters is a name: in a log without capitals any that is no other word, else only what is declared and long."""
    if not common and item.declared and len(item.form.text) >= _LONG:
        return True
    if not is_in_small_letters(text, start, end) or is_a_term(text, start, end):
        return False
    if common:
        likely = (likelihood(start, end) or 0.0) >= _LIKELY
        used = _is_used_as(item.entity, text, start, end)
        return (likely and used) or (item.declared and (likely or used))
    return item.declared or len(item.form.text) >= _LONG


def _is_used_as(entity: Entity, text: str, start: int, end: int) -> bool:
    """Whether a small word that is a name and another word too is used as a person is, or a place where somebody is."""
    before = text[max(0, start - 12) : start]
    if entity is Entity.PERSON:
        return bool(_VERB_AFTER.match(text, end) or (_WITH.search(before) and _BREAKS_OFF.match(text, end)))
    return bool(_AT.search(before) and _BREAKS_OFF.match(text, end))


def is_in_small_letters(text: str, start: int, end: int) -> bool:
    """Whether a text is in small letters throughout where a word is: its paragraph begins so, and hardly a word has a capital."""
    nearest = max(0, start - _AROUND)
    border = text.rfind("\n\n", nearest, start)
    first = border + 2 if border >= 0 else nearest
    last = text.find("\n\n", end, end + _AROUND)
    around = text[first : last if last >= 0 else end + _AROUND]
    words = _LETTERED.findall(around)
    capitals = sum(word[0].isupper() for word in words)
    return capitals <= len(words) // 20 and not _SENTENCE_WITH_CAPITAL.search(around)


def in_capitals_context(text: str, start: int, end: int) -> bool:
    """Whether the words around are in capitals too, as in a heading."""
    around = _THREE_LETTERS.findall(text[max(0, start - 30) : start] + " " + text[end : end + 30])
    return sum(bool(w.isupper()) for w in around) >= 2
