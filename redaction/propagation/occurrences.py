"""Everywhere that a search term occurs in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

import ahocorasick
import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.lexicon.gazetteer import towns
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import TITLE_PATTERN, TITLE_WORDS
from redaction.lexicon.words import is_english_word, is_proper
from redaction.names.parsing import PARTICLES
from redaction.names.surface_forms import INITIALS, PHRASE, SPELLING, Strength, is_day_written, is_one_phrase
from redaction.propagation.context import Likelihood, reads_as_name, unknown
from redaction.propagation.mentions import COUPLE_TITLES, couple_at
from redaction.propagation.search_terms import SearchTerm
from redaction.spans import subtract
from redaction.text.folding import Folded, finder_of_names, fold_text

_GAP = regex.compile(r"(?:\s|[>*_~`])*(?:[-–'’.,/_@&+]|\\[-.,'])?(?:\s|[>*_~`])*")

_DOT_ENDS = regex.compile(r"\.(?:['’]|[ ]\p{Ll}|[,;:)])")

_PARTED = regex.compile(r",\s+\p{Ll}|[;:|]\s|\p{Ll}{3}\.\s|\n\s*\n")
"""What parts two phrases: a comma with a small letter behind it, a full stop, a paragraph's end."""

_BETWEEN = regex.compile(r"(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]+(?=[\p{L}\p{N}])")

_WORDS = regex.compile(r"[\p{L}\p{M}]+")

_INITIAL_LAST = regex.compile(r"(?:^|[^\p{L}])\p{L}$")

_SPACED = regex.compile(r"(?:[\p{L}\p{N}]\p{M}*+[ ./_-]?)+")
_LONG_CODE = 10
_PUNCTUATED = regex.compile(r"(?:[\p{L}\p{N}]\p{M}*+[^\p{L}\p{N}\n|]{0,3}+)+")
"""A path or an address as it is declared: so many letters and digits in this order are no chance, whatever is between them."""

_NAME_BEFORE = regex.compile(r"(?<![\p{L}\d])(\p{Lu}[\p{L}\p{M}'’-]+)[ ]$")

_COUPLE_BEFORE = regex.compile(rf"(?<![\p{{L}}\d])(?i:{COUPLE_TITLES})[ ](?:and|&)[ ]$")
_TITLE_BEFORE = regex.compile(rf"(?<![\p{{L}}\d])(?:(?:{TITLE_PATTERN})[ ])+$")


def occurrences(
    text: str, folded: Folded, searched: Iterable[SearchTerm], likelihood: Likelihood = unknown
) -> list[Finding]:
    """Everywhere in the text (`folded` is its folding) that a form appears; weak forms only where they are used as names.

    `likelihood` tells how likely the tagger holds a span to identify somebody.
    """
    table: dict[str, SearchTerm] = {}
    codes: list[SearchTerm] = []
    for item in searched:
        if item.form.kind == "code":
            codes.append(item)
            continue
        known = table.get(item.form.text)
        if item.form.text and (known is None or item.score > known.score):
            table[item.form.text] = item
    found = _codes(text, folded, codes)
    if not table:
        return found
    for start, end, key in folded.where(finder_of_names(table)):
        item = table[key]
        if item.form.kind == "born" and not is_day_written(text, start, end):
            continue
        if item.form.kind in (PHRASE, SPELLING) and _is_parted(text[start:end], item.form.kind):
            continue
        if item.form.kind == INITIALS and "/" in text[start:end]:
            # "T/C", "A/L", "w/c" are of the trade
            continue
        if item.form.kind == "inverted" and _ends_another_name(text, start, end):
            continue
        if (_in_one_place(text[start:end]) if item.runs_on else _whole(text, start, end)) and (
            item.form.strength is Strength.STRONG or reads_as_name(text, start, end, item, likelihood)
        ):
            several = item.form.kind == "plural"
            if item.entity is Entity.PERSON:
                start, end = _with_style(text, start, end)
                if couple := _COUPLE_BEFORE.search(text, max(0, start - 20), start):
                    several, start = couple_at(text, couple.start()) == start, couple.start()
            found.append(item.at(start, end, "family" if several else None))
    return found


def _is_parted(written: str, kind: str) -> bool:
    """Whether the words of a place or a body are two phrases; capitals go on with what is declared ("Smith, Jones and Partners")."""
    return not is_one_phrase(written) and (kind == SPELLING or _PARTED.search(written) is not None)


def _ends_another_name(text: str, start: int, end: int) -> bool:
    """Whether a surname is another name's end: "Ruth Moorhouse, Kelly's mother" and "Mrs Moorhouse, Kelly" are no "Moorhouse, Kelly"."""
    before = _NAME_BEFORE.search(text, max(0, start - 40), start)
    if before is None:
        return False
    if fold_text(before[1]).strip() in TITLE_WORDS:
        # "Mrs Moorhouse, Kelly and a nurse came", but "Mr MOORHOUSE, Kelly" of a front sheet
        return "," in text[start:end] and not text[start : start + 2].isupper()
    return _are_names([before[1]])


def _codes(text: str, folded: Folded, searched: Sequence[SearchTerm]) -> list[Finding]:
    """Everywhere that a code appears, however it is spaced: A4821CK, A 4821 CK, a-4821-ck."""
    codes = {item.form.text.replace(" ", ""): item for item in reversed(searched)}
    codes.pop("", None)
    if not codes:
        return []
    finder = ahocorasick.Automaton()
    for code in codes:
        finder.add_word(code, code)
    finder.make_automaton()
    offsets = [at for character, at in zip(folded.text, folded.offsets, strict=True) if character != " "]
    found = []
    for last, code in finder.iter(folded.text.replace(" ", "")):
        start, end = offsets[last + 1 - len(code)], offsets[last] + 1
        beside = text[start - 1 : start] + text[end : end + 1]
        spaced = _PUNCTUATED if len(code) >= _LONG_CODE else _SPACED
        if spaced.fullmatch(text, start, end) and not any(c.isalnum() for c in beside):
            item = codes[code]
            found.append(item.at(start, end))
    return found


def _with_style(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the title before a name, and the last full stop of dotted initials."""
    title = _TITLE_BEFORE.search(text, max(0, start - 40), start)
    if text[end : end + 1] == "." and text[end - 2 : end - 1] in (".", " ") and _DOT_ENDS.match(text[end : end + 3]):
        end += 1
    return (title.start() if title else start), end


def extend_to_full_names(text: str, fixed: Sequence[Finding], seen: Iterable[Finding]) -> list[Finding]:
    """Longer names in which a declared one is beside words that are names too, as sure as what is declared.

    "Jean Moorhouse" is one person, and not Jean beside the declared Kelly-Ann Moorhouse; "Darren Whitlok" is Darren, once.
    """
    declared = sorted((f for f in fixed if f.entity is Entity.PERSON), key=lambda f: f.start)
    longer = []
    for finding in seen:
        if finding.entity is not Entity.PERSON:
            continue
        index = bisect_left(declared, finding.start, key=lambda f: f.start)
        inside = []
        while index < len(declared) and declared[index].end <= finding.end:
            inside.append(declared[index])
            index += 1
        if inside and _are_names(_around(text, finding, inside)):
            longer.append(replace(finding, score=DECLARED))
    return longer


def _around(text: str, finding: Finding, inside: Sequence[Finding]) -> list[str]:
    """The words of a finding that the findings inside it leave, titles aside."""
    words = _WORDS.findall(" ".join(text[start:end] for start, end in subtract(finding, inside)))
    return [word for word in words if fold_text(word).strip() not in TITLE_WORDS]


def _are_names(words: Sequence[str]) -> bool:
    """Whether each of some words is a name: known as one, or no word of English or of the trade; particles go with one."""
    names = [word for word in words if fold_text(word).strip() not in PARTICLES]
    return bool(names) and all(
        word[0].isupper()
        and not is_retained(word)
        and len(word) > 2
        and fold_text(word).strip() not in towns()
        and (is_proper(word) or not is_english_word(word))
        for word in names
    )


def runs_on(words: str) -> bool:
    """Whether words are of more than one sentence, or of both sides of a colon."""
    return not _whole(words, 0, len(words))


def _in_one_place(inside: str) -> bool:
    """Whether words are of one cell and one paragraph."""
    return "|" not in inside and "\n\n" not in inside


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the words of a hit belong together, not in two cells, sentences or paragraphs."""
    inside = text[start:end]
    if not _in_one_place(inside):
        return False
    for gap in _BETWEEN.finditer(inside):
        if not _GAP.fullmatch(gap[0]):
            return False
        if "." in gap[0] and gap[0] != "." and not _INITIAL_LAST.search(inside[max(0, gap.start() - 2) : gap.start()]):
            return False
    return True
