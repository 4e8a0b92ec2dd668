"""A few words around a place in a text, for somebody who decides about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[.!?][\"'”’)*_]*\s+(?=[^a-z\s])|\n\s*\n|\n(?=\s*(?:[-*+|>]|\d+[.)]))")
_BAR = re.compile(r"\s*(?<!\\)\|\s*")
_FIRST_BAR, _LAST_BAR = re.compile(r"^· ?"), re.compile(r" ?·$")
_MOST_WORDS = 40
"""Words that are shown at most on either side within a sentence: lists and tables have no end."""


@dataclass(frozen=True, repr=False)
class Excerpt:
    """A few words around a place where something is said."""

    before: str
    words: str
    after: str


def words_around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """At most so many words before and after a span, each with the space that parts it from the span; of a table its row, without bars."""
    before, after = text[:start], text[end:]
    row = before.rpartition("\n")[2]
    if row.lstrip().startswith("|"):
        before, after = (_BAR.sub(" · ", part) for part in (row.lstrip(" |"), after.partition("\n")[0].rstrip(" |")))
    return (
        _FIRST_BAR.sub("", " ".join(before.split()[-most:])) + " " * before.endswith((" ", "\n")),
        " " * after.startswith((" ", "\n")) + _LAST_BAR.sub("", " ".join(after.split()[:most])),
    )


def sentence_around(text: str, start: int, end: int) -> Excerpt:
    """The sentence in which a span stands; of a very long one, the words nearest to it."""
    ends = [(match.start(), match.end()) for match in _SENTENCE_END.finditer(text)]
    first = max((after for _, after in ends if after <= start), default=0)
    last = min((after for before, after in ends if before >= end), default=len(text))
    before, after = words_around(text[first:last], start - first, end - first, _MOST_WORDS)
    return Excerpt(before, text[start:end], after)
