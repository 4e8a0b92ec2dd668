"""Python-Markdown's dialect: text escaped so that a page shows exactly it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from publishing.prose.reader import clean, parse_markdown
from publishing.prose.writer import LineStarts, Link, Style, escape_line_starts, write_blocks


def for_page(markdown: str, notes: Mapping[str, str] | None = None, link: Link | None = None) -> str:
    """The same text, escaped so that Python-Markdown shows exactly it. Idempotent, but for links.

    Args:
        markdown: one or more blocks, after redaction: a label such as `[Victim 1](aged 25)` is text.
        notes: footnotes' labels in the text and what the page calls them; a reference to any other is shown
            as text. Without it every footnote keeps its label.
        link: splits running text into pieces, each with an address of this site or None. The pieces are the text,
            whole; those with an address become links. Headings and quotations are never asked about.
    """
    style = _style_for(notes)
    return "\n\n".join(
        write_blocks(parse_markdown(markdown, source=False), replace(style, link=link) if link else style)
    )


def inline(text: str) -> str:
    """Plain text (not Markdown) as one line that Python-Markdown shows exactly: for table cells, items, titles."""
    return escape_line_starts(_escape_text(" ".join(clean(text).split())), _LINE_STARTS)


_SPECIAL = re.compile(r"[&<>|\\`*_{}\[\]]")


def _escape_text(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;")
    return re.sub(r"([\\`*_{}\[\]])", r"\\\1", text)


_LINE_STARTS: LineStarts = (
    (re.compile(r"^([#+-])"), r"\\\1"),
    (re.compile(r"^(\d+)([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^=(?==*$)"), "&#61;"),
    (re.compile(r"^:"), "&#58;"),
    (re.compile(r"^~"), "&#126;"),
    (re.compile(r"^\[(\^[\w-]+)\](?=:)"), r"\\[\1\\]"),
)


def _write_heading(level: int, text: str) -> str:
    """Sections are H2, so headings within them are H3 or H4; within a list or a quotation they are plain lines."""
    if not level:
        return text
    text = re.sub(r"(?<!&)#", r"\\#", text)  # a heading's closing marks would be eaten
    return f"{'#' * min(max(level, 3), 4)} {text}"


def _style_for(notes: Mapping[str, str] | None) -> Style:
    return Style(
        text=_escape_text,
        starts=_LINE_STARTS,
        emphasis=True,
        note=(lambda label: label) if notes is None else notes.get,
        heading=_write_heading,
        hard_break="  ",
        indent=4,
        filler="&nbsp;",
        pipe="|",
        letterheads=True,
    )
