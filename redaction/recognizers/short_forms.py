"""Short forms of organisations that a text names: in brackets, initials, what is left without the words of a kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from redaction.findings import Finding
from redaction.lexicon import is_kept
from redaction.recognizers.organisation_names import is_foreign, is_places, is_telling, organisation_at
from redaction.recognizers.organisation_tables import LOWER, tables
from redaction.words import JOINED, LEADING, Hit, Phrases, Words

_REVERSED = re.compile(r"(?<![\w-])([A-Z]{2,8}(?:-[A-Z])?) \((?:the )?$")
_LETTERS = re.compile(r"(?<=\w) \((?:here(?:in)?after )?[\"“]the (?P<short>[A-Z]{3,10})[\"”]\)")
_BRACKET = re.compile(r"['’]?[ ]\((?:the[ ]|known as[ ]|also[ ]|or[ ])?[\"“]?([A-Z][A-Za-z&]{1,9})[\"”]?\)")


def find_short_forms(words: Words, found: list[Finding]) -> Iterator[Finding]:
    """Short forms: in brackets after the name, its initials, what is left of it without the words of its kind."""
    full: dict[str, tuple[str, str]] = {}
    for finding in found:
        written = words.text[finding.start : finding.end]
        kind = finding.kind.split("|")[0]
        bracket = _BRACKET.match(words.text, finding.end)
        before = _REVERSED.search(words.text, max(0, finding.start - 20), finding.start)
        if before and not is_kept(before[1]):
            full.setdefault(before[1], (written, kind))
        if bracket and sum(c.isupper() for c in bracket[1]) > 1 and not is_kept(bracket[1]):
            full.setdefault(bracket[1], (written, kind))
        if finding.source in ("organisations:alias", "organisations:house") or LOWER in finding.source:
            continue
        initials = "".join(w[0] for w in re.findall(r"[A-Z][\w'’]*|&", written))
        if len(initials) >= 3 and initials.isupper() and not is_kept(initials):
            full.setdefault(initials, (written, kind))
        core = _core(written, kind)
        if core:
            full.setdefault(core, (written, kind))
    for letters in _LETTERS.finditer(words.text):
        if not is_kept(letters["short"]) and not _are_initials(letters["short"], words.text[: letters.start()][-120:]):
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
        stands = words.written(hit.first, hit.stop)
        if (short.isupper() and not stands.startswith(short)) or not stands[0].isupper():
            continue
        if hit.stop - hit.first == 1 and not short.isupper() and _beside_capital(words, hit):
            continue
        yield organisation_at(
            words, hit.first, hit.end, 0.8 if short.isupper() else 0.5, "organisations:short", f"{kind}|{written}"
        )


def _are_initials(short: str, before: str) -> bool:
    """Whether the words before a short form begin with its letters: then it is a term, and no name of its own."""
    initials = "".join(word[0] for word in re.findall(r"\w+", before)).upper()
    return short in initials


def _beside_capital(words: Words, hit: Hit[Any]) -> bool:
    before = (
        words.joined_before(hit.first) and words.capital[hit.first - 1] and words.keys[hit.first - 1] not in LEADING
    )
    after = hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]
    return before or after


def _core(written: str, kind: str) -> str:
    """A name without the words of its kind, where that still tells it: "Calderbrook" of "Calderbrook Pallets"."""
    words = Words(written)
    first, stop = 0, len(words)
    before = tables().before.at(words, 0)
    if before is not None:
        first = before.stop
    for index in range(first + 1, stop):
        after = tables().after.at(words, index)
        if after is not None and after.stop == stop:
            stop = index
            break
    if (first == 0 and stop == len(words)) or first >= stop or kind == "Solicitors":
        return ""
    core = words.written(first, stop)
    if is_places(core) or is_kept(core) or is_foreign(words, first):
        return ""
    if stop - first == 1:
        return (
            core
            if is_telling(words, first) and not words.possessive(first) and len(core) > 3 and not core.isupper()
            else ""
        )
    return core if any(is_telling(words, i) for i in range(first, stop)) or words.keys[first] == "st" else ""
