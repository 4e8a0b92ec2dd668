"""Somebody's own words: what is between quotation marks that belong together, and lines quoted as a block.

The normalised text has straight marks alone, so what a mark does is known by what it touches: it opens before a word, and closes behind one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from redaction.flags import MANY_WORDS
from redaction.lexicon.retained_terms import is_retained

LEAST, MOST = 15, 900
"""Characters of a quotation; what is shorter is a term, and where nothing closes for so long a mark is missing."""

_HEAD = r"(?:From|To|Cc|Bcc|Sent|Date|Subject):"
_BORDER = regex.compile(
    # a paragraph, the next item of a list or cell of a table, and the lines of an e-mail's head, which normalisation joins
    rf"\n[ \t>]*(?:\n|(?=[-*+#|]|\d{{1,3}}[.)][ ]))|\||(?<![\p{{L}}])(?={_HEAD}[ ])"
)
_MARK = regex.compile(
    # no apostrophe inside a word, nor before what lost its beginning ('80s, 'em)
    r"\"|(?<=\p{L})'(?!\p{L})|(?<!\p{L})'(?!\d\ds?(?![\p{L}\d])|(?i:em|til|tis|twas|cause|cos|bout|n)(?!\p{L}))"
)
_BEFORE_OPENING = regex.compile(r"[\s(\[{–—/>:*_\"'-]")
_BEHIND_CLOSING = regex.compile(r"[\s()\[\]}–—/.,;:!?*_\"'…-]")
_NO_MARK = regex.compile(
    r"(?<=\d\")[ ]\p{L}|(?<=s')[ ](?!(?:he|she|they|I|we|it|said|and|but|or|to|in|at|on|as|was|is|when|which|because)\b)\p{L}"
)
"""Behind a mark that may be an inch or the owner of what follows: "a 5\\" blade", "the Joneses' dog"."""
_BLOCK = regex.compile(rf"^(?:>[ ]?)++(?P<block>(?![-*|#\d]|{_HEAD})[^\n]{{15,2000}})$", regex.MULTILINE)
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*")


@dataclass(frozen=True)
class _Mark:
    """A quotation mark and where it is; `unsure` says that it may be none."""

    sign: str
    place: int
    opens: bool
    closes: bool
    unsure: bool


def find_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody's own words are, without the marks; what is quoted inside a quotation is part of it."""
    for start, end in (*_find_between_marks(text), *(match.span("block") for match in _BLOCK.finditer(text))):
        if len(_WORD.findall(text, start, end)) >= MANY_WORDS and not is_retained(text[start:end]):
            yield start, end


def _find_between_marks(text: str) -> Iterator[tuple[int, int]]:
    """What is between two marks of one paragraph, and paragraphs of one speech, of which only the last one closes."""
    begun: tuple[str, int, int] | None = None
    for start, end in _paragraphs(text):
        marks = [_classify_mark(text, m.start(), start, end) for m in _MARK.finditer(text, start, end)]
        first = marks[0] if marks and marks[0].opens and not text[start : marks[0].place].strip(" >") else None
        if begun and first and first.sign == begun[0]:
            yield begun[1] + 1, begun[2]
        # a mark that may be none closes only what nothing else does
        pairs = {**_pair_marks(marks), **_pair_marks([mark for mark in marks if not mark.unsure])}
        reached = start
        for opening, closing in sorted(pairs.items()):
            # what is inside another is part of it
            if opening >= reached and closing - opening <= MOST:
                reached = closing
                if closing - opening > LEAST:
                    yield opening + 1, closing
        begun = (first.sign, first.place, end) if first and first.place not in pairs else None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for border in _BORDER.finditer(text):
        yield start, border.start()
        start = border.end()
    yield start, len(text)


def _classify_mark(text: str, place: int, start: int, end: int) -> _Mark:
    before = text[place - 1] if place > start else " "
    behind = text[place + 1] if place + 1 < end else " "
    return _Mark(
        text[place],
        place,
        opens=_BEFORE_OPENING.match(before) is not None and not behind.isspace(),
        closes=not before.isspace() and _BEHIND_CLOSING.match(behind) is not None,
        unsure=_NO_MARK.match(text, place + 1) is not None,
    )


def _pair_marks(marks: Sequence[_Mark]) -> dict[int, int]:
    """Where each mark that opens is closed, by its place; those that nothing closes are left out."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {"'": [], '"': []}
    for mark in marks:
        if mark.closes and opened[mark.sign]:
            pairs[opened[mark.sign].pop()] = mark.place
        elif mark.opens:
            opened[mark.sign].append(mark.place)
    return pairs
