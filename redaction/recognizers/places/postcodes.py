"""Postcodes, postal districts and numbered roads; and the addresses that end in a postcode."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from redaction.recognizers.places.address_words import NAME_LINKS, POSTAL_AREA, POSTCODE, ScoredSpan, premises_before
from redaction.text.tokens import LEADING, TITLE_KEYS, Tokens

_POSTCODE_SCORE = 0.95
_LIKE_A_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![^\W_])|GIR ?0AA(?![^\W_])")
_OUTWARD = re.compile(rf"{POSTAL_AREA}\d\d?[A-Z]?(?![^\W_])(?! \d[A-Z]{{2}})")
_LIKE_A_CODE = re.compile(r"[A-Z]{1,2}\d{1,4}(?:\(M\)|[A-Z])?(?![^\W_])")
_OUTWARD_BEFORE = re.compile(r"\b(?:in|near|around) $")
_OUTWARD_AFTER = re.compile(r" (?:area|postcode|postal|district)\b")
_ROUTE = re.compile(r"(?:M\d{1,2}|A\d{1,4}|B\d{4})(?:\(M\))?(?![^\W_])(?! (?:form|paper|sheet|size|page))")
_ROUTE_BEFORE = re.compile(r"\b(?:the|on|off|along|via|of) $")


def _begins_here(text: str, start: int) -> bool:
    """Whether no letter or digit comes right before."""
    return start == 0 or not text[start - 1].isalnum()


def find_postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Whole postcodes."""
    for match in _LIKE_A_POSTCODE.finditer(text):
        if _begins_here(text, match.start()) and POSTCODE.match(text, match.start()):
            yield match.span()


def find_routes(text: str) -> Iterator[tuple[int, int, str]]:
    """Such as "the A6", "on the M62"; the first half of a postcode in "the M27 area"."""
    for code in _LIKE_A_CODE.finditer(text):
        start = code.start()
        if not _begins_here(text, start):
            continue
        before = text[max(0, start - 8) : start]
        if (match := _ROUTE.match(text, start)) and _ROUTE_BEFORE.search(before):
            yield *match.span(), "route"
        elif (match := _OUTWARD.match(text, start)) and (
            _OUTWARD_BEFORE.search(before) or _OUTWARD_AFTER.match(text, match.end())
        ):
            yield *match.span(), "postcode"


def extend_to_postcodes(words: Tokens, spans: list[ScoredSpan], postcodes: list[tuple[int, int]]) -> list[ScoredSpan]:
    """Every postcode with the part of its address that comes before it; spans that already hold one stay as they are."""
    more: list[ScoredSpan] = []
    covered = {end for _, end, _, _ in spans}
    for start, end in postcodes:
        if end in covered:
            continue
        index = bisect_left(words.starts, start)
        first = _address_start(words, index)
        more.append((words.starts[first] if first < index else start, end, _POSTCODE_SCORE, "postcode"))
    return spans + more


def _address_start(words: Tokens, index: int) -> int:
    """Where the address that a postcode at word `index` closes begins: up to four parts of capitals and numbers."""
    start, parts = index, 0
    while index > 0 and parts < 5:
        between = words.text[words.ends[index - 1] : words.starts[index]]
        if between not in (" ", ", ", "-") and not re.fullmatch(r",[ \\]*\n[ >]*", between):
            break
        parts += between not in (" ", "-")
        key = words.keys[index - 1]
        if words.capital[index - 1] and key not in LEADING and key not in TITLE_KEYS:
            start = index - 1
        elif re.fullmatch(r"\d{1,4}[a-z]?", key):
            return premises_before(words, index - 1)
        elif key not in NAME_LINKS or "," in between:
            break
        index -= 1
    return start
