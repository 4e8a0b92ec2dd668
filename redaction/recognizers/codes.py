"""Codes that stand for one person, case or thing: by shape, by the words beside them, and behind a rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.code_labels import FOLLOWS, YEAR, by_label
from redaction.recognizers.code_shapes import SHAPES, Shape, code
from redaction.recognizers.windows import windows

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
# a place where a code may begin: a digit is near, and it is no small number, year or clock time standing by itself
_START = re.compile(
    r"\b(?<![/£$€¥#@])(?<!\d[.,])(?=(?:[A-Z]{1,4}[ -])?(?:[A-Z0-9]{1,6}[/-]){0,3}[A-Za-z]{0,9}\d)"
    r"(?!(?:\d{1,2}|(?:19|20)\d\d)(?:st|nd|rd|th|am|pm|s)?(?:[.,;:)|%](?!\d)|\s(?!\d|of\s\d|[A-Z]{1,4}\b)|$))"
    r"(?!\d{1,2}(?:[/.]\d{1,2}[/.](?:\d{4}|\d\d)|[.:]\d\d|/\d{1,2})(?:am|pm)?(?![\w/-]))"
    r"|(?=\[(?:19|20)\d\d\][ ][A-Z])"
)
_END = r"(?![\w£@]|[/-][A-Za-z0-9]|[.,:]\d)"
_COMPILED = tuple(
    (shape, re.compile(f"(?:{shape.pattern}){_END}"), re.compile(shape.context, re.I) if shape.context else None)
    for shape in SHAPES
)
_BEFORE, _AFTER = 48, 24


class CodeRecognizer(Recognizer):
    """Finds codes; `kind` says which, `source` the rule ("code:crn")."""

    name = "Codes"
    entities = (Entity.CODE,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every code in the text; findings don't overlap."""
        starts = list(_START.finditer(text))
        return _disjoint([*_by_shape(text, starts), *by_label(text, starts), *_collars(text, starts)])


def _by_shape(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    end = 0
    for start in starts:
        at = start.start()
        if at < end:
            continue
        for shape, pattern, context in _COMPILED:
            if (found := pattern.match(text, at)) and (score := _score(text, found, shape, context)):
                end = found.end()
                yield code(at, end, score, shape.kind)
                break


def _score(text: str, found: re.Match[str], shape: Shape, context: re.Pattern[str] | None) -> float:
    if shape.kind == "court-case" and _STATUTE.search(text, max(0, found.start() - 24), found.start()):
        return 0.0
    if shape.check is not None:
        if shape.check(found[0]):
            return 0.95 if not shape.strict else max(shape.bare, 0.85)
        if shape.strict:
            return 0.0
    if context is not None and _near(text, found, context):
        return 0.9 if shape.check is None else 0.8
    return shape.bare


def _near(text: str, found: re.Match[str], context: re.Pattern[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    return bool(context.search(before) or context.search(text[found.end() : found.end() + _AFTER]))


def _collars(text: str, starts: Iterable[re.Match[str]]) -> Iterator[Finding]:
    for window in windows(text, [s.span() for s in starts], 110, 12):
        yield from _in_ranks(text, window)


def _in_ranks(text: str, window: tuple[int, int]) -> Iterator[Finding]:
    for found in _COLLAR.finditer(text, *window):
        value = found["value"]
        digits = sum(c.isdecimal() for c in value)
        alone = text[found.end("rank") : found.start("value")].strip() == ""
        if YEAR.fullmatch(value) and not alone and not found["close"]:
            continue
        if digits < 3 or (not found["close"] and FOLLOWS.match(text, found.end())):
            continue
        yield code(*found.span("value"), 0.85, "collar")


def _disjoint(findings: list[Finding]) -> list[Finding]:
    """The longest and surest of those that overlap, in the text's order."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, -f.score)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
        elif finding.end > kept[-1].end and finding.score >= kept[-1].score:
            last = kept.pop()
            kept.append(code(last.start, finding.end, finding.score, finding.kind))
    return kept
