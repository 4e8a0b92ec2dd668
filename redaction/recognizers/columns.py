"""Rows and cells of a table as it is written: with pipes, with tabs, or in columns that spaces keep apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.text.normalise import COLUMN_GAP

Span = tuple[int, int]

_PIPE = re.compile(r"(?<!\\)\|")
_GAP = re.compile(COLUMN_GAP)
_QUOTED = re.compile(r"[ \t>]*")
_RULE = frozenset(" \t>|:-")
_WIDEST = 4000
CELL_EDGE = re.compile(r"(?<!\\)\||\t")
"""What parts two cells of one row wherever it stands; more spaces than one may be a slip."""


def line_of(text: str, at: int) -> Span:
    """Where the line that holds a place begins and ends."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def lines_below(text: str, at: int) -> Iterator[Span]:
    """The lines after the one that holds a place, in order."""
    end = line_of(text, at)[1]
    while end < len(text):
        start, end = line_of(text, end + 1)
        yield start, end


def cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, without the space around them; one alone where the line is no row, or too long for one."""
    if line[1] - line[0] > _WIDEST:
        return [line]
    start, end = _QUOTED.match(text, line[0], line[1]).end(), line[1]  # type: ignore[union-attr]
    pipes = _PIPE.search(text, start, end) is not None
    edges = [found.span() for found in (_PIPE if pipes else _GAP).finditer(text, start, end)]
    spans = list(zip([start, *(last for _, last in edges)], [*(first for first, _ in edges), end], strict=True))
    # the pipes at a row's ends part nothing
    if pipes and not text[slice(*spans[-1])].strip():
        spans.pop()
    if pipes and spans and not text[slice(*spans[0])].strip() and text[start : start + 1] == "|":
        spans.pop(0)
    return [_stripped(text, span) for span in spans]


def below(text: str, head: Span) -> Iterator[Span]:
    """The cells under a head, row by row; columns that spaces keep apart are only known where every cell is filled."""
    line = line_of(text, head[0])
    heads, pipes = cells(text, line), "|" in text[slice(*line)]
    column = heads.index(head)
    for number, row in enumerate(lines_below(text, line[0])):
        if number == 0 and _is_rule(text, row):
            continue
        found = cells(text, row)
        if (
            not text[slice(*row)].strip()
            or _is_rule(text, row)
            or ("|" in text[slice(*row)]) != pipes
            or len(found) < min(2, len(heads))
        ):
            return
        if column < len(found) and (pipes or len(found) == len(heads)):
            yield found[column]


def is_first(text: str, line: Span) -> bool:
    """Whether a row is the first of its table: a rule as Markdown draws it is under it, or no row above it."""
    after = next(lines_below(text, line[0]), None)
    if after is not None and _is_rule(text, after):
        return True
    above = line_of(text, line[0] - 1) if line[0] else (0, 0)
    return "|" not in text[slice(*above)] and len(cells(text, above)) < 2


def _is_rule(text: str, line: Span) -> bool:
    row = text[slice(*line)]
    return "-" in row and _RULE.issuperset(row)


def _stripped(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip())
    return start, max(start, span[1] - (len(words) - len(words.rstrip())))
