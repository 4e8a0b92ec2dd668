"""Where it is worth looking: the stretches of a text around what a costly pattern needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"\s|$")


def windows(text: str, triggers: Iterable[re.Match[str]], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Stretches (start, end) of the text, in order and apart, that hold so much around each of these matches.

    They begin and end at white space where there is some near, so that no word is cut in two.
    """
    start = end = -1
    for found in triggers:
        if end < 0 or found.start() - before > end:
            if end >= 0:
                yield start, end
            start = max(0, found.start() - before)
            # a space within twice the reach, or else the very place
            space = text.rfind(" ", max(0, start - before), start + 1)
            start = space + 1 if space >= 0 else start
        if found.end() + after > end:
            space_after = _SPACE.search(text, found.end() + after)
            end = space_after.start() if space_after else len(text)
    if end >= 0:
        yield start, end


def finditer(
    pattern: re.Pattern[str], text: str, trigger: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """Every match of the pattern that lies in such a stretch."""
    for start, end in windows(text, trigger.finditer(text), before, after):
        yield from pattern.finditer(text, start, end)
