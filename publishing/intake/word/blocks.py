"""What a Word document's text becomes: headings, and blocks of Markdown."""

from __future__ import annotations

from dataclasses import dataclass

STYLED, TITLE, TYPED, DOUBTFUL = "styled", "title", "typed", "doubtful"
"""What a heading was in Word: set in a heading's style, the document's own title, or typed by hand, surely a heading or perhaps."""


@dataclass(frozen=True)
class Heading:
    """A heading and its level, from 1; `kind` tells what it was in Word, `block` what it is in Markdown if it is none after all."""

    level: int
    text: str
    kind: str = STYLED
    block: str = ""


@dataclass(frozen=True)
class Blocks:
    """Markdown blocks, with every sign escaped that could be markup; `pictures` are the numbers of those among them."""

    texts: tuple[str, ...]
    pictures: tuple[int, ...] = ()
