"""What a Word document's text becomes: headings, and blocks of Markdown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading and its level, from 1; `title` is the document's own title."""

    level: int
    text: str
    title: bool = False


@dataclass(frozen=True)
class Blocks:
    """Markdown blocks, with every sign escaped that could be markup; `pictures` are the numbers of those among them."""

    texts: tuple[str, ...]
    pictures: tuple[int, ...] = ()
