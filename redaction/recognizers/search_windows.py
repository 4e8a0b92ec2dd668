"""Where it is worth looking: the stretches of a text around what a costly pattern needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from redaction.text.tokens import Tokens

_SPACE = re.compile(r"\s|$")


def windows(text: str, triggers: Iterable[tuple[int, int]], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Stretches (start, end) of the text, in order and apart, that hold so much around each of these spans.

    They begin and end at white space where there is some near, so that no word is cut in two.
    """
    start = end = -1
    for first, last in triggers:
        if end < 0 or first - before > end:
            if end >= 0:
                yield start, end
            start = max(0, first - before)
            # a space within twice the reach, or else the very place
            space = text.rfind(" ", max(0, start - before), start + 1)
            start = space + 1 if space >= 0 else start
        if last + after > end:
            space_after = _SPACE.search(text, last + after)
            end = space_after.start() if space_after else len(text)
    if end >= 0:
        yield start, end


def find_in_windows(
    pattern: re.Pattern[str], text: str, trigger: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """Every match of the pattern that lies in such a stretch."""
    for start, end in windows(text, (found.span() for found in trigger.finditer(text)), before, after):
        yield from pattern.finditer(text, start, end)


def indices_of(words: Tokens, keys: Iterable[str]) -> list[int]:
    """Which words of a text have one of these keys, in order."""
    return sorted(index for key in keys for index in words.positions.get(key, ()))


def find_near(pattern: Any, words: Tokens, wanted: Callable[[str], bool], before: int, after: int) -> Iterator[Any]:
    """Every match of a pattern (of re or regex) in a stretch around a word whose key is wanted: it needs one of them."""
    indices = indices_of(words, [key for key in words.positions if wanted(key)])
    spans = ((words.starts[index], words.ends[index]) for index in indices)
    for start, end in windows(words.text, spans, before, after):
        yield from pattern.finditer(words.text, start, end)


def find_at_words(pattern: Any, words: Tokens, keys: Iterable[str]) -> Iterator[Any]:
    """Every match of a pattern that begins with a word of one of these keys, as a search of the whole text finds them."""
    reached = 0
    for index in indices_of(words, keys):
        if words.starts[index] >= reached and (found := pattern.match(words.text, words.starts[index])):
            yield found
            reached = found.end()


def first_keys(phrases: Iterable[str]) -> frozenset[str]:
    """The keys of the words with which phrases begin."""
    return frozenset(Tokens(phrase).keys[0] for phrase in phrases)
