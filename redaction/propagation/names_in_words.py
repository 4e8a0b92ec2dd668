"""Names in hashtags, handles, addresses and file names: the whole word goes, and no label is left glued to the rest of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.names.inside_words import JOINERS, PLAIN, is_inside, parts_named
from redaction.names.searchable import is_full_name, is_single_name
from redaction.names.surface_forms import Strength
from redaction.propagation.search_terms import SearchTerm
from redaction.spans import Span, is_within_any
from redaction.text.finder import finder_of
from redaction.text.folding import Folded

JOINED = "joined"
"""The rule by which a name inside a longer word is found."""

_UNDERSCORE = frozenset("_")
_NOTE = regex.compile(r"\d{0,2}")


def names_in_words(text: str, folded: Folded, terms: Sequence[SearchTerm], retained: Sequence[Span]) -> list[Finding]:
    """Every word of the text (`folded` is its folding) that holds a name to look for, run together with other letters.

    Full names are found wherever they are from, single ones where the register declares them; nothing inside a `retained` term is.
    A word that is the name, and nothing else but the number of a note, is the person's; any other is a contact.
    """
    found: list[Finding] = []
    hits = _names(text, folded, terms)
    for start, end, item in sorted(hits, key=lambda hit: (hit[0], -hit[1], -hit[2].score)):
        if (found and end <= found[-1].end) or is_within_any(Span(start, end), retained):
            continue
        name = replace(item.at(start, end), source=Source(item.source.origin, JOINED))
        found.append(_with_word(text, name, JOINERS))
    return found


def with_words_around(text: str, chosen: Iterable[Finding], contacts: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each name with the word that it is glued to ("#Lovell", "lovell_family"), or as the contact that it is part of.

    Whatever is declared takes the contact around it too; what a person decided stays as it is.
    """
    whole = sorted(contacts, key=lambda f: f.start)
    for finding in chosen:
        named = finding.entity is Entity.PERSON
        index = bisect_right(whole, finding.start, key=lambda f: f.start) - 1
        around = whole[index] if index >= 0 and finding.end <= whole[index].end else None
        inside = whole[index + 1] if named and index + 1 < len(whole) and whole[index + 1].start < finding.end else None
        if finding.source.origin is Origin.DECISION or not (named or finding.score >= DECLARED):
            yield finding
        elif inside and (before := text[finding.start : inside.start].rstrip()) and inside.end > finding.end:
            # "Emailed Gaynor g.twigg@example.net"
            yield replace(finding, end=finding.start + len(before))
            yield inside
        elif around and _letters(text, around) > _letters(text, finding):
            yield replace(finding, start=around.start, end=around.end, entity=Entity.CONTACT)
        else:
            yield _with_word(text, finding, _UNDERSCORE) if named else finding


def _names(text: str, folded: Folded, terms: Sequence[SearchTerm]) -> Iterator[tuple[int, int, SearchTerm]]:
    """Where names may be inside words: (start, end, what was looked for)."""
    people = [item for item in reversed(terms) if item.entity is Entity.PERSON]
    full = [i for i in people if i.form.strength is Strength.STRONG and is_full_name(i.form)]
    finder = finder_of((key, (key, item)) for item in full for key in {item.form.text, item.form.text.replace(" ", "")})
    for last, items in finder.iter(folded.text) if finder else ():
        for key, item in items:
            start, end = last + 1 - len(key), last + 1
            if is_inside(text, folded, start, end, item.form.text):
                yield folded.offsets[start], folded.offsets[last] + 1, item
    single = {
        i.form.text.replace(" ", ""): i
        for i in people
        if i.declared and i.form.strength is Strength.WEAK and is_single_name(i.form)
    }
    for start, end, item in parts_named(text, single):
        if text[start].isupper() or len(item.form.text) >= PLAIN:
            yield start, end, item


def _with_word(text: str, name: Finding, joiners: frozenset[str]) -> Finding:
    """A name as the contact that the word around it is; or as it is, with the number of a note that it is glued to."""
    start, end = _word_around(text, *name.span, joiners)
    own = start == name.start and _NOTE.fullmatch(text, name.end, end) and (end == name.end or text[start].isupper())
    return replace(name, start=start, end=end, entity=Entity.PERSON if own else Entity.CONTACT)


def _letters(text: str, finding: Finding) -> int:
    return sum(character.isalnum() for character in text[finding.start : finding.end])


def _word_around(text: str, start: int, end: int, joiners: frozenset[str]) -> tuple[int, int]:
    """The hashtag, handle, address or other word that a span is part of."""
    while _goes_on(text, start - 1, -1, joiners):
        start -= 1
    while _goes_on(text, end, 1, joiners):
        end += 1
    return start - (text[start - 1 : start] in ("#", "@")), end


def _goes_on(text: str, place: int, step: int, joiners: frozenset[str]) -> bool:
    """Whether the character at a place is part of the word beside it: a letter, a digit, or what joins one to the word."""
    if not 0 <= place < len(text):
        return False
    character, beyond = text[place], text[place + step : place + step + 1] if place + step >= 0 else ""
    if character == "." and text[place + 1 : place + 2].isupper():
        # a new sentence, not the end of a file's name
        return False
    return _is_of_word(character) or (character in joiners and (_is_of_word(beyond) or beyond == character == "_"))


def _is_of_word(character: str) -> bool:
    return character.isalnum() or (character != "" and unicodedata.combining(character) > 0)
