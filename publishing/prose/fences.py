"""Fences: lines of back-ticks or tildes around a passage whose lines stay apart, such as an extract of a log.

They are marks and not words: a page shows the lines between them and not the marks. What stands between is read like any
other text (https://spec.commonmark.org/0.31.2/#fenced-code-blocks has it as code; a review has none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r" *(?P<marks>`{3,}(?=[^`]*$)|~{3,}) *(?P<info>.*?) *")
_SAYS_NOTHING = ("", "text", "txt", "plain")
_LINE_END = re.compile(r"(?<!\\)\n")


@dataclass(frozen=True)
class Fence:
    """A line of a paragraph that is a fence.

    `line` is its position from 0; `words` tells that it says more than its marks, `paired` that it has a partner and that
    something stands between the two.
    """

    line: int
    words: bool
    paired: bool


def find_fences(paragraph: str) -> Iterator[Fence]:
    """Every fence of a paragraph, in order."""
    opened: tuple[int, re.Match[str]] | None = None
    lines = paragraph.split("\n")
    for number, line in enumerate(lines):
        found = _FENCE.fullmatch(line)
        if found is None:
            continue
        if opened is None:
            opened = (number, found)
        elif not found["info"] and found["marks"].startswith(opened[1]["marks"]):
            around = any(lines[opened[0] + 1 : number])
            yield Fence(opened[0], _says_something(opened[1]), around)
            yield Fence(number, words=False, paired=around)
            opened = None
    if opened is not None:
        yield Fence(opened[0], _says_something(opened[1]), paired=False)


def without_fences(paragraph: str) -> str:
    """A paragraph without its fences, its lines kept apart; unchanged where it has none, or one that would take words with it."""
    fences = list(find_fences(paragraph))
    if not fences or any(fence.words or not fence.paired for fence in fences):
        return paragraph
    marks = {fence.line for fence in fences}
    kept = "\n".join(line for number, line in enumerate(paragraph.split("\n")) if number not in marks)
    return _LINE_END.sub("  \n", kept)


def _says_something(fence: re.Match[str]) -> bool:
    return fence["info"] not in _SAYS_NOTHING
