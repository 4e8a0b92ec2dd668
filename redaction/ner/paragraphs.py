"""A text cut into paragraphs, each read once a review."""

from __future__ import annotations

from collections.abc import Iterator

import regex

LONGEST_PARAGRAPH = 4000
"""Characters; a longer paragraph is cut at a line's end or a space."""

_NUMBERED = regex.compile(r"(?<=\[\p{Lu}[\p{L} ]{2,40} )\d+(?=\])")


def paragraphs(text: str) -> Iterator[str]:
    """The text in paragraphs, one after another, line breaks included.

    Labels of one length read alike, so that a new number makes no paragraph new.
    """
    text = _NUMBERED.sub(lambda number: "1" * len(number[0]), text)
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end + 2
        if end - start > LONGEST_PARAGRAPH:
            cut = text.rfind("\n", start + 1, start + LONGEST_PARAGRAPH) + 1
            cut = cut if cut > start else text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH) + 1
            end = cut if cut > start else start + LONGEST_PARAGRAPH
        yield text[start:end]
        start = end
