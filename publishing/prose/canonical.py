"""The dialect of the house: what the reader itself reads back, and what a person checks and signs."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode as Node

from publishing.prose.reader import has_content, parse_markdown, visible_lines
from publishing.prose.writer import Style, write_blocks
from publishing.reviews import Block

_MOST_ROUNDS = 3
"""How often a block is written and read again at most."""


def blocks(markdown: str) -> tuple[Block, ...]:
    """Split a section's Markdown into its top-level blocks, each as canonical Markdown.

    Entities are decoded, links and images become their text, HTML is shown as text, rules (`---`) go. Nothing
    that could be read is lost. Each block's text gives itself back: `blocks(block.text) == (block,)`.
    """
    return tuple(
        Block(text=_write_settled(node)) for node in parse_markdown(markdown, source=True) if has_content(node)
    )


def _write_settled(node: Node) -> str:
    """The same text for every way in which a block may be written: written and read until it no longer changes."""
    text, settled = _write_plainest(node)
    for _ in range(_MOST_ROUNDS):
        if settled:
            break
        again = parse_markdown(text, source=True)
        next_text, settled = _write_plainest(again[0]) if len(again) == 1 else (text, True)
        settled |= next_text == text
        text = next_text
    return text


def _write_plainest(node: Node) -> tuple[str, bool]:
    """The plainest writing of a block that reads back as the same block, and whether that is written the same again."""
    words = visible_lines([node])
    for style in (_CANONICAL, _CAUTIOUS):
        text = "\n\n".join(write_blocks([node], style))
        again = parse_markdown(text, source=True)
        if len(again) == 1 and visible_lines(again) == words and "\n\n".join(write_blocks(again, style)) == text:
            # what was written cautiously might be read as something that can be written plainly
            return text, style is _CANONICAL
    return text, False


def _escape_where_needed(text: str) -> str:
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", text)
    text = re.sub(r"\*", r"\\*", text)
    text = re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", lambda m: r"\_" * len(m[0]), text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    text = re.sub(r"\[(?=\^)", r"\\[", text)
    return re.sub(r"\](?=\()", r"\\]", text)


def _escape_all_punctuation(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


_CANONICAL = Style(
    text=_escape_where_needed,
    starts=(
        (re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|-|$)|>|=+$|\||:)"), r"\\\1"),
        (re.compile(r"^(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
        (re.compile(r"^(\[)(?=\^[^\]]*\]:)"), r"\\\1"),
    ),
    emphasis=True,
    note=lambda label: label,
    heading=lambda level, text: f"{'#' * (level or 4)} {text}",
    hard_break="\\",
    indent=None,
    filler="",
    pipe=r"\|",
    letterheads=False,
)
_CAUTIOUS = replace(
    _CANONICAL,
    text=_escape_all_punctuation,
    starts=_CANONICAL.starts[-1:],
    emphasis=False,
    pipe="|",
)
