"""Codes that identify one person, case or thing: by shape, by the words beside them, and behind a rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding
from redaction.recognizers.base import Recognizer
from redaction.recognizers.codes.announced import (
    ANNOUNCED_SCORE,
    FOLLOWS,
    YEAR,
    find_announced,
    find_exhibits,
    find_parts_of_plates,
)
from redaction.recognizers.codes.shapes import SHAPES, Shape, code_finding
from redaction.recognizers.search_windows import windows

_GENUINE_SCORE = 0.95
"""Its check digit is right."""
_STRICT_SCORE = 0.85
"""Its check, without which it is no finding at all, is passed."""
_CONTEXT_SCORE = 0.9
_MISTYPED_SCORE = 0.8
"""A word beside it says what it is, but its check digit is wrong."""

_RANK = (
    r"(?:[AT]/)?(?:W?PC|W?DC|PCSO|DS|DI|DCI|PS|TDC|T/DC|Sgt|Sergeant|Insp|Inspector|Constable|Cons"
    r"|Officer|CSO|SC|SO|PO|Det Con|Det Sgt)s?\.?"
)
_NAME = r"[A-Z][\w’'-]{0,30}"
_NUMBERED = r"(?P<value>[A-Z]{0,2}\d{2,6}[A-Z]{0,2})(?![\w/:.]?\d|\w|%)"
_COLLAR = re.compile(
    rf"\b(?P<rank>{_RANK})[ ](?:(?:{_NAME}[ ]){{1,3}}\(?|(?:{_NAME}[ ]){{0,3}}\(|(?:{_NAME},?[ ]){{1,3}})?"
    rf"{_NUMBERED}(?P<close>\))?"
)

_STATUTE = re.compile(r"\b(?:SI|S\.I\.?|EU|EC|EEC|OJ|PI|PSI|AI)\)?(?: No\.?)?[ ]$")
# a place where a code may begin: a digit is near, and it is no small number, year, date or clock time by itself
_DIGIT_NEAR = r"(?=(?:[A-Z]{1,4}[ -])?(?:[A-Z0-9]{1,6}[/-]){0,3}[A-Za-z]{0,9}\d)"
_NO_SMALL_NUMBER = (
    r"(?!(?:\d{1,2}|(?:19|20)\d\d)(?:st|nd|rd|th|am|pm|s)?(?:[.,;:)|%](?!\d)|\s(?!\d|of\s\d|[A-Z]{1,4}\b)|$))"
)
_NO_DATE_OR_TIME = r"(?!\d{1,2}(?:[/.]\d{1,2}[/.](?:\d{4}|\d\d)|[.:]\d\d|/\d{1,2})(?:am|pm)?(?![\w/-]))"
_CITATION = r"(?=\[(?:19|20)\d\d\][ ][A-Z])"
_START = re.compile(rf"\b(?<![/£$€¥#@])(?<!\d[.,]){_DIGIT_NEAR}{_NO_SMALL_NUMBER}{_NO_DATE_OR_TIME}|{_CITATION}")
_END = r"(?![\w£@]|[/-][A-Za-z0-9]|[.,:]\d)"
_COMPILED = tuple(
    (shape, re.compile(f"(?:{shape.pattern}){_END}"), re.compile(shape.context, re.I) if shape.context else None)
    for shape in SHAPES
)
_BEFORE, _AFTER = 48, 24


class CodeRecognizer(Recognizer):
    """Finds codes; `subtype` says which, `source` the rule ("code:crn")."""

    name = "Codes"
    entities = (Entity.CODE,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every code in the text; findings don't overlap."""
        text = document.text
        starts = list(_START.finditer(text))
        return _without_overlaps(
            [
                *_find_by_shape(text, starts),
                *find_announced(text, starts),
                *_find_collars(text, starts),
                *find_exhibits(text),
                *find_parts_of_plates(text),
            ]
        )


def _find_by_shape(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    end = 0
    for start in starts:
        at = start.start()
        if at < end:
            continue
        for shape, pattern, context in _COMPILED:
            if (found := pattern.match(text, at)) and (score := _score(text, found, shape, context)):
                end = found.end()
                yield code_finding(at, end, score, shape.kind)
                break


def _score(text: str, found: re.Match[str], shape: Shape, context: re.Pattern[str] | None) -> float:
    if shape.kind == "court-case" and _STATUTE.search(text, max(0, found.start() - 24), found.start()):
        return 0.0
    if shape.check is not None:
        if shape.check(found[0]):
            return _GENUINE_SCORE if not shape.strict else max(shape.bare, _STRICT_SCORE)
        if shape.strict:
            return 0.0
    if context is not None and _has_context(text, found, context):
        return _CONTEXT_SCORE if shape.check is None else _MISTYPED_SCORE
    return shape.bare


def _has_context(text: str, found: re.Match[str], context: re.Pattern[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    return bool(context.search(before) or context.search(text[found.end() : found.end() + _AFTER]))


def _find_collars(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    for window in windows(text, [s.span() for s in starts], 110, 12):
        yield from _find_collars_in(text, window)


def _find_collars_in(text: str, window: tuple[int, int]) -> Iterator[Finding]:
    for found in _COLLAR.finditer(text, *window):
        value = found["value"]
        digits = sum(c.isdecimal() for c in value)
        alone = text[found.end("rank") : found.start("value")].strip() == ""
        if YEAR.fullmatch(value) and not alone and not found["close"]:
            continue
        if digits < 3 or (not found["close"] and FOLLOWS.match(text, found.end())):
            continue
        yield code_finding(*found.span("value"), ANNOUNCED_SCORE, "collar")


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """The longest and surest of those that overlap, in the text's order."""
    chosen: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, -f.score)):
        if not chosen or finding.start >= chosen[-1].end:
            chosen.append(finding)
        elif finding.end > chosen[-1].end and finding.score >= chosen[-1].score:
            last = chosen.pop()
            chosen.append(code_finding(last.start, finding.end, finding.score, finding.subtype))
    return chosen
