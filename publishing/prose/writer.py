"""Writes what the reader read as Markdown again, in the dialect that a style describes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from publishing.prose.reader import label_of

LineStarts = Sequence[tuple[re.Pattern[str], str]]
"""What a line may not start with, and what is written in its place."""

Link = Callable[[str], Iterable[tuple[str, str | None]]]
"""Splits running text into pieces, each with the address that it links to, or None."""

_LETTERHEAD = re.compile(r"(?P<stars>\*{0,2})\S[\w ]{0,19}(?::(?P=stars)|(?P=stars):) ")
_EMPHASIS = ("em", "strong")
_STARS = {"em": "*", "strong": "**"}
_ALIGNMENTS = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}
_HARD_BREAK = "\x00"  # within this file alone: no cleaned text holds it


@dataclass(frozen=True)
class Style:
    """How one dialect writes what the reader read.

    `text` escapes running text, `starts` the beginnings of lines. `note` gives the name that a footnote's label is
    written as, or None where the reference is text. `heading` writes a heading of a level, 0 where it is nested.
    `indent` is that of list items (None: as wide as the marker), `filler` is written where an item or a footnote would
    be empty, `pipe` for a pipe in a table's cell. `letterheads` keeps the lines of a quoted letter's head apart.
    """

    text: Callable[[str], str]
    starts: LineStarts
    emphasis: bool
    note: Callable[[str], str | None]
    heading: Callable[[int, str], str]
    hard_break: str
    indent: int | None
    filler: str
    pipe: str
    letterheads: bool
    link: Link | None = None


def write_blocks(nodes: Sequence[Node], style: Style, nested: bool = False) -> list[str]:
    """Each block as text; blocks within a list or a quotation are `nested`."""
    written = (_write_block(node, style, nested) for node in nodes if node.type != "hr")
    return [text for text in written if text]


def escape_line_starts(line: str, starts: LineStarts) -> str:
    """Escape what would make a line of text something else: a heading, a list, a quotation. In no dialect a letter does."""
    if line[:1].isalpha():
        return line
    for pattern, replacement in starts:
        line = pattern.sub(replacement, line, count=1)
    return line


def _write_block(node: Node, style: Style, nested: bool) -> str:
    if node.type == "heading":
        return style.heading(0 if nested else int(node.tag[1]), _write_one_line(node, style))
    if node.type in ("bullet_list", "ordered_list"):
        return _write_list(node, style)
    if node.type == "blockquote":
        quoted = "\n\n".join(write_blocks(node.children, style, nested=True))
        return "\n".join(f"> {line}" if line else ">" for line in quoted.split("\n"))
    if node.type == "table":
        return _write_table(node, style)
    if node.type == "footnote_reference":
        return _write_footnote(node, style)
    return _write_paragraph(node, style)


def _write_paragraph(node: Node, style: Style) -> str:
    text = "".join(_write_inline(child.children, style) for child in node.children if child.type == "inline")
    lines = [line for line in (line.strip() for line in text.split("\n")) if line.strip(_HARD_BREAK)]
    if style.letterheads and node.parent and node.parent.type == "blockquote" and _is_letterhead(lines):
        lines = [line.removesuffix(_HARD_BREAK) + _HARD_BREAK for line in lines]
    text = "\n".join(escape_line_starts(line, style.starts) for line in lines).removesuffix(_HARD_BREAK)
    return text.replace(_HARD_BREAK, style.hard_break)


def _is_letterhead(lines: Sequence[str]) -> bool:
    """The head of a quoted letter or message ("From: …", "Sent: …"), which keeps one line under another."""
    return len([line for line in lines if _LETTERHEAD.match(line)]) >= 2


def _write_inline(nodes: Sequence[Node], style: Style) -> str:
    return "".join(_write_span(node, style) for node in nodes)


def _write_span(node: Node, style: Style) -> str:
    if node.type == "softbreak":
        return "\n"
    if node.type == "hardbreak":
        return f"{_HARD_BREAK}\n"
    if node.type in _EMPHASIS:
        inner = _write_inline(node.children, style)
        stars = _STARS[node.type] if style.emphasis and _is_portable_emphasis(node, inner) else ""
        return f"{stars}{inner}{stars}"
    if node.type == "footnote_ref":
        return _write_note_mark(node, style)
    if node.children:
        return _write_inline(node.children, style)
    if style.link and node.type == "text" and not _is_never_linked(node):
        return "".join(_write_piece(text, address, style) for text, address in style.link(node.content))
    return style.text(node.content)


def _is_never_linked(node: Node) -> bool:
    """Whether text is left without links: in a heading, in a quotation, or right after other text (`!` would make an image)."""
    before = node.previous_sibling
    if before is not None and before.type not in ("softbreak", "hardbreak"):
        return True
    while node.parent is not None:
        node = node.parent
        if node.type in ("heading", "blockquote"):
            return True
    return False


def _write_piece(text: str, address: str | None, style: Style) -> str:
    return f"[{style.text(text)}]({address})" if address else style.text(text)


def _is_portable_emphasis(node: Node, inner: str) -> bool:
    """Emphasis that every dialect reads alike: not within emphasis, not right after another, not against a space."""
    before = node.previous_sibling
    within = node.parent is not None and node.parent.type in _EMPHASIS
    return not within and not (before and before.type in _EMPHASIS) and inner == inner.strip()


def _write_note_mark(node: Node, style: Style) -> str:
    name = style.note(label_of(node))
    return style.text(f"[^{label_of(node)}]") if name is None else f"[^{name}]"


def _write_footnote(node: Node, style: Style) -> str:
    body = "\n\n".join(write_blocks(node.children, style, nested=True)) or style.filler
    return _indent_after(f"{_write_note_mark(node, style)}: ", body, 4)


def _write_list(node: Node, style: Style) -> str:
    ordered = node.type == "ordered_list"
    first = int(node.attrs.get("start", 1)) if ordered else 0
    loose = any(child.type == "paragraph" and not child.hidden for item in node.children for child in item.children)
    items = []
    for number, item in enumerate(node.children, start=first):
        marker = f"{number}. " if ordered else "- "
        items.append(_indent_after(marker, _write_item(item, style, loose), style.indent or len(marker)))
    return ("\n\n" if loose else "\n").join(items)


def _write_item(item: Node, style: Style, loose: bool) -> str:
    text = ""
    for child in item.children:
        written = _write_block(child, style, nested=True)
        if not text and child.type not in ("paragraph", "heading"):
            text = style.filler
        tight = not loose and child.type in ("bullet_list", "ordered_list")
        text += (("\n" if tight else "\n\n") if text and written else "") + written
    return text or style.filler


def _indent_after(marker: str, body: str, indent: int) -> str:
    first, *rest = body.split("\n")
    return "\n".join([marker + first, *(" " * indent + line if line else "" for line in rest)])


def _write_table(node: Node, style: Style) -> str:
    written = [row.children for part in node.children for row in part.children]
    rows = [[_write_one_line(cell, style).replace("|", style.pipe) for cell in row] for row in written]
    head = written[0]
    rule = [_ALIGNMENTS.get(str(cell.attrs.get("style", "")), "---") for cell in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


def _write_one_line(cell: Node, style: Style) -> str:
    text = "".join(_write_inline(child.children, style) for child in cell.children)
    return " ".join(text.replace(_HARD_BREAK, "").split())
