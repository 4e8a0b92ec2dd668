"""Whether a single word is used as a name."""

from __future__ import annotations

import regex

from redaction.entities import Entity
from redaction.lexicon.words import is_english_word
from redaction.names.parsing import PARTICLES
from redaction.names.surface_forms import written_as_initials
from redaction.propagation.search_terms import SearchTerm
from redaction.text.folding import fold_text
from redaction.vetoes.letters import abbreviates

_VERB_AFTER = regex.compile(
    r"(?:['’]s\b|,[ ]|[ ](?:was|is|had|has|did|does|said|told|went|came|felt|saw|knew|gave|took|made|left|rang|wrote|met|got|and(?=[ ]\p{Lu})|who|"
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

_POST_BEFORE = regex.compile(r"(?<![\p{L}])(?:[Tt]he|[Aa]n?)[ ]$")

_SHOUTED_CUE = {
    True: regex.compile(r"\b(?:MR|MRS|MS|MISS|DR|PC|DC|DS|DI|SGT|OFFICER|VICTIM|NURSE)\.?[ ]$"),
    False: regex.compile(r"\b(?:IN|AT|TO|FROM|NEAR)[ ]$"),
}

"""What leads to a name, and to a place, where everything is in capitals."""


def reads_as_name(text: str, start: int, end: int, item: SearchTerm) -> bool:
    """Whether a single word is used as a name here: capitalised, and where it is an English word too, not just as one."""
    word = text[start:end]
    letters = [c for c in word if c.isalpha()]
    if item.form.kind == "initials":
        if abbreviates(text, start, end):
            # "TC to mum" is a telephone call: letters of the trade are somebody's where they stand as a person does
            return False
        if _POST_BEFORE.search(text, max(0, start - 5), start):
            # "a SW on secondment" is a post
            return False
        return written_as_initials(word) and not (
            is_english_word(item.form.text) and in_capitals_context(text, start, end)
        )
    if not letters:
        return True
    folded = item.form.text
    common = any(is_english_word(part) for part in folded.split())
    lead = next((part for part in word.split() if fold_text(part).strip() not in PARTICLES), word)
    if not next((c for c in lead if c.isalpha()), letters[0]).isupper():
        return item.declared and not common and len(folded) >= 5
    if not common:
        return True
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


def in_capitals_context(text: str, start: int, end: int) -> bool:
    """Whether the words around are in capitals too, as in a heading."""
    around = _THREE_LETTERS.findall(text[max(0, start - 30) : start] + " " + text[end : end + 30])
    return sum(bool(w.isupper()) for w in around) >= 2
