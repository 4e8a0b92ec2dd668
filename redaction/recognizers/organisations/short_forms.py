"""Short forms of organisations that a text names: in brackets, initials, what is left without the words of a kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.organisations.names import is_distinctive, is_foreign, is_places, organisation_at
from redaction.recognizers.organisations.tables import organisation_tables
from redaction.text.phrases import PhraseMatch, Phrases
from redaction.text.tokens import JOINED, LEADING, Tokens

_ABBREVIATION_SCORE = 0.8
_PART_SCORE = 0.5
_NAMED_AFTER = {"Court": "Town", "Probation office": "Town", "Probation provider": "Area", "Police force": "Area"}
"""Kinds that bear the name of their place, and its sort: who "grew up in Wyrmbridge" did not grow up in its Crown Court."""

_REVERSED = re.compile(r"(?<![\w-])([A-Z]{2,8}(?:-[A-Z])?) \((?:the )?$")
_LETTERS = re.compile(r"(?<=\w) \((?:here(?:in)?after )?[\"“]the (?P<short>[A-Z]{3,10})[\"”]\)")
_BRACKET = re.compile(r"['’]?[ ]\((?:the[ ]|known as[ ]|also[ ]|or[ ])?[\"“]?([A-Z][A-Za-z&]{1,9})[\"”]?\)")


def find_short_forms(words: Tokens, found: list[Finding]) -> Iterator[Finding]:
    """Short forms: in brackets after the name, its initials, what is left of it without the words of its kind."""
    full: dict[str, tuple[str, str]] = {}
    for finding in found:
        written = words.text[finding.start : finding.end]
        kind = finding.subtype
        bracket = _BRACKET.match(words.text, finding.end)
        before = _REVERSED.search(words.text, max(0, finding.start - 20), finding.start)
        if before and not is_retained(before[1]):
            full.setdefault(before[1], (written, kind))
        if bracket and sum(c.isupper() for c in bracket[1]) > 1 and not is_retained(bracket[1]):
            full.setdefault(bracket[1], (written, kind))
        if finding.source.rule in ("alias", "house"):
            continue
        initials = "".join(w[0] for w in re.findall(r"[A-Z][\w'’]*|&", written))
        if len(initials) >= 3 and initials.isupper() and not is_retained(initials):
            full.setdefault(initials, (written, kind))
        core = _distinctive_part(written, kind)
        if core:
            full.setdefault(core, (written, kind))
    for letters in _LETTERS.finditer(words.text):
        if not is_retained(letters["short"]) and not _are_initials(
            letters["short"], words.text[: letters.start()][-120:]
        ):
            full.setdefault(letters["short"], (letters["short"], "Organisation"))
    if not full:
        return
    table = Phrases((short, (short, *value)) for short, value in full.items())
    ends = [f.end for f in found]
    for hit in table.every(words):
        short, written, kind = hit.value
        whole = bisect_left(ends, hit.end)
        if whole < len(found) and found[whole].start <= words.starts[hit.first]:
            continue
        written_here = words.written(hit.first, hit.stop)
        if (short.isupper() and not written_here.startswith(short)) or not written_here[0].isupper():
            continue
        if hit.stop - hit.first == 1 and not short.isupper() and _is_beside_capital(words, hit):
            continue
        source = Source(Origin.ORGANISATIONS, "short")
        if not short.isupper() and (sort := _NAMED_AFTER.get(kind)):
            yield Finding(words.starts[hit.first], hit.end, Entity.PLACE, _PART_SCORE, source, sort)
        else:
            score = _ABBREVIATION_SCORE if short.isupper() else _PART_SCORE
            yield organisation_at(words, hit.first, hit.end, score, source, kind, written)


def _are_initials(short: str, before: str) -> bool:
    """Whether the words before a short form begin with its letters: then it is a term, and no name of its own."""
    initials = "".join(word[0] for word in re.findall(r"\w+", before)).upper()
    return short in initials


def _is_beside_capital(words: Tokens, hit: PhraseMatch[Any]) -> bool:
    before = (
        words.joined_before(hit.first) and words.capital[hit.first - 1] and words.keys[hit.first - 1] not in LEADING
    )
    after = hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]
    return before or after


def _distinctive_part(written: str, kind: str) -> str:
    """A name without the words of its kind, where that still identifies it: "Calderbrook" of "Calderbrook Pallets"."""
    words = Tokens(written)
    first, stop = 0, len(words)
    before = organisation_tables().before.at(words, 0)
    if before is not None:
        first = before.stop
    for index in range(first + 1, stop):
        after = organisation_tables().after.at(words, index)
        if after is not None and after.stop == stop:
            stop = index
            break
    if (first == 0 and stop == len(words)) or first >= stop or kind == "Solicitors":
        return ""
    core = words.written(first, stop)
    if is_places(core) or is_retained(core) or is_foreign(words, first):
        return ""
    if stop - first == 1:
        return (
            core
            if is_distinctive(words, first) and not words.possessive(first) and len(core) > 3 and not core.isupper()
            else ""
        )
    return core if any(is_distinctive(words, i) for i in range(first, stop)) or words.keys[first] == "st" else ""
