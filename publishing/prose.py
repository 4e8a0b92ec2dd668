"""Markdown that is safe: a review's text as data, parsed by one strict reader and written out again.

The reader knows paragraphs, sub-headings, lists, tables, quotations, emphasis and footnotes. Whatever else
Markdown can do (raw HTML, code, link definitions, attributes) is text to it. Two writers follow: `blocks`
writes what the reader itself reads back (it is what a person checks and signs), `for_page` writes what
Python-Markdown shows as exactly the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.footnote import footnote_plugin

from publishing.reviews import Block

_NEVER_SHOWN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_NOTE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LETTERHEAD = re.compile(r"\S[\w ]{0,19}: ")
_DEEPEST = 40
_EMPHASIS = ("em", "strong")
_STARS = {"em": "*", "strong": "**"}
_HARD_BREAK = "\x00"  # within this file alone: no cleaned text holds it


def blocks(markdown: str) -> tuple[Block, ...]:
    """Split a section's Markdown into its top-level blocks, each as canonical Markdown.

    Entities are decoded, links and images become their text, HTML is shown as text, rules (`---`) go. Nothing
    that could be read is lost. Each block's text gives itself back: `blocks(block.text) == (block,)`.
    """
    return tuple(Block(text=_canonical(node)) for node in _parse(markdown, links=True) if _content(node))


def for_page(markdown: str, notes: Mapping[str, str] | None = None, link: Link | None = None) -> str:
    """The same text, escaped so that Python-Markdown shows exactly it. Idempotent, but for links.

    Args:
        markdown: one or more blocks, after redaction: a label such as `[Victim 1](aged 25)` is text.
        notes: footnotes' labels in the text and what the page calls them; a reference to any other is shown
            as text. Without it every footnote keeps its label.
        link: splits running text into pieces, each with an address of this site or None. The pieces are the text,
            whole; those with an address become links. Headings and quotations are never asked about.
    """
    style = _page_style(notes)
    return "\n\n".join(_blocks(_parse(markdown, links=False), replace(style, link=link) if link else style))


def inline(text: str) -> str:
    """Plain text (not Markdown) as one line that Python-Markdown shows exactly: for table cells, items, titles."""
    return _starts(_page_text(" ".join(_clean(text).split())), _PAGE_STARTS)


def plain(markdown: str) -> str:
    """The words alone, a line for each paragraph, item or row: for search records and comparisons."""
    return "\n".join(line for node in _parse(markdown, links=False) for line in _lines(node) if line.strip())


def is_heading(markdown: str) -> bool:
    """Whether a block is a sub-heading."""
    return _only(markdown, "heading")


def is_table(markdown: str) -> bool:
    """Whether a block is a table."""
    return _only(markdown, "table")


def note_label(markdown: str) -> str | None:
    """The label of a block that is a footnote's text; None for any other block."""
    nodes = _parse(markdown, links=False)
    return _label(nodes[0]) if len(nodes) == 1 and nodes[0].type == "footnote_reference" else None


def note_references(markdown: str) -> tuple[str, ...]:
    """The labels of the footnotes that a block refers to, in order."""
    found = (node for root in _parse(markdown, links=False) for node in root.walk())
    return tuple(_label(node) for node in found if node.type == "footnote_ref")


# --- reading


@cache
def _reader(links: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    reader.disable(["code", "fence", "reference", "html_block", "backticks", "autolink", "html_inline"])
    reader.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    return reader if links else reader.disable(["link", "image"])


@cache
def _flat_reader() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False})


def _clean(text: str) -> str:
    return _NEVER_SHOWN.sub("", _LINE_BREAKS.sub("\n", text)).replace("\t", "    ")


@lru_cache(maxsize=256)  # a page asks several things of each block
def _parse(markdown: str, *, links: bool) -> tuple[Node, ...]:
    text = _clean(markdown)
    tokens = _reader(links).parse(text)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 3:
        # the parser drops what is nested deeper than its limit; nothing may be lost, so it is read as plain lines
        tokens = _flat_reader().parse(text)
    return tuple(node for node in Node(_well_labelled(tokens)).children if node.type != "hr")


def _well_labelled(tokens: Sequence[Token]) -> list[Token]:
    """Footnotes with a label that is no plain word become text again."""
    kept: list[Token] = []
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref" and not _NOTE.fullmatch(child.meta["label"]):
                child.type, child.content = "text", f"[^{child.meta['label']}]"
        kept.append(token)
    return kept


def _label(node: Node) -> str:
    return str(node.meta["label"])


def _only(markdown: str, kind: str) -> bool:
    nodes = _parse(markdown, links=False)
    return len(nodes) == 1 and nodes[0].type == kind


def _content(node: Node) -> bool:
    return node.type == "footnote_reference" or any(line.strip() for line in _lines(node))


def _lines(node: Node) -> Iterable[str]:
    if node.type == "inline":
        yield "".join(_words(node.children))
    elif node.type == "tr":
        yield " ".join("".join(line for line in _lines(cell)) for cell in node.children)
    else:
        for child in node.children:
            yield from _lines(child)


def _seen(nodes: Iterable[Node]) -> list[str]:
    """The lines as a reader sees them: white space is all one."""
    return [" ".join(line.split()) for node in nodes for line in _lines(node) if line.strip()]


def _words(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield " "
        elif node.type in ("text", "text_special"):
            yield node.content
        elif node.type != "footnote_ref":
            yield from _words(node.children)


# --- writing

Starts = Sequence[tuple[re.Pattern[str], str]]
Link = Callable[[str], Iterable[tuple[str, str | None]]]


@dataclass(frozen=True)
class _Style:
    """How one dialect writes what the reader read."""

    text: Callable[[str], str]
    starts: Starts
    emphasis: bool
    note: Callable[[str], str | None]
    heading: Callable[[int, str], str]
    hard_break: str
    indent: int | None
    filler: str
    pipe: str
    letterheads: bool
    link: Link | None = None


def _blocks(nodes: Sequence[Node], style: _Style, nested: bool = False) -> list[str]:
    written = (_block(node, style, nested) for node in nodes if node.type != "hr")
    return [text for text in written if text]


def _block(node: Node, style: _Style, nested: bool) -> str:
    if node.type == "heading":
        return style.heading(0 if nested else int(node.tag[1]), _one_line(node, style))
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node, style)
    if node.type == "blockquote":
        quoted = "\n\n".join(_blocks(node.children, style, nested=True))
        return "\n".join(f"> {line}" if line else ">" for line in quoted.split("\n"))
    if node.type == "table":
        return _table(node, style)
    if node.type == "footnote_reference":
        return _footnote(node, style)
    return _paragraph(node, style)


def _paragraph(node: Node, style: _Style) -> str:
    text = "".join(_inline(child.children, style) for child in node.children if child.type == "inline")
    lines = [line for line in (line.strip() for line in text.split("\n")) if line.strip(_HARD_BREAK)]
    if style.letterheads and node.parent and node.parent.type == "blockquote" and _is_letterhead(lines):
        lines = [line.removesuffix(_HARD_BREAK) + _HARD_BREAK for line in lines]
    text = "\n".join(_starts(line, style.starts) for line in lines).removesuffix(_HARD_BREAK)
    return text.replace(_HARD_BREAK, style.hard_break)


def _is_letterhead(lines: Sequence[str]) -> bool:
    """The head of a quoted letter or message ("From: …", "Sent: …"), whose lines stand one under another."""
    return len([line for line in lines if _LETTERHEAD.match(line)]) >= 2


def _starts(line: str, starts: Starts) -> str:
    for pattern, replacement in starts:
        line = pattern.sub(replacement, line, count=1)
    return line


def _inline(nodes: Sequence[Node], style: _Style) -> str:
    return "".join(_span(node, style) for node in nodes)


def _span(node: Node, style: _Style) -> str:
    if node.type == "softbreak":
        return "\n"
    if node.type == "hardbreak":
        return f"{_HARD_BREAK}\n"
    if node.type in _EMPHASIS:
        inner = _inline(node.children, style)
        stars = _STARS[node.type] if style.emphasis and _plain_case(node, inner) else ""
        return f"{stars}{inner}{stars}"
    if node.type == "footnote_ref":
        return _note_mark(node, style)
    if node.children:
        return _inline(node.children, style)
    if style.link and node.type == "text" and not _unlinked(node):
        return "".join(_piece(text, address, style) for text, address in style.link(node.content))
    return style.text(node.content)


def _unlinked(node: Node) -> bool:
    """Text that keeps to itself: in a heading, in a quotation, or right after other text (`!` would make an image)."""
    before = node.previous_sibling
    if before is not None and before.type not in ("softbreak", "hardbreak"):
        return True
    while node.parent is not None:
        node = node.parent
        if node.type in ("heading", "blockquote"):
            return True
    return False


def _piece(text: str, address: str | None, style: _Style) -> str:
    return f"[{style.text(text)}]({address})" if address else style.text(text)


def _plain_case(node: Node, inner: str) -> bool:
    """Emphasis that every dialect reads alike: not within emphasis, not right after another, not against a space."""
    before = node.previous_sibling
    within = node.parent is not None and node.parent.type in _EMPHASIS
    return not within and not (before and before.type in _EMPHASIS) and inner == inner.strip()


def _note_mark(node: Node, style: _Style) -> str:
    name = style.note(_label(node))
    return style.text(f"[^{_label(node)}]") if name is None else f"[^{name}]"


def _footnote(node: Node, style: _Style) -> str:
    body = "\n\n".join(_blocks(node.children, style, nested=True)) or style.filler
    return _hanging(f"{_note_mark(node, style)}: ", body, 4)


def _list(node: Node, style: _Style) -> str:
    ordered = node.type == "ordered_list"
    first = int(node.attrs.get("start", 1)) if ordered else 0
    loose = any(child.type == "paragraph" and not child.hidden for item in node.children for child in item.children)
    items = []
    for number, item in enumerate(node.children, start=first):
        marker = f"{number}. " if ordered else "- "
        items.append(_hanging(marker, _item(item, style, loose), style.indent or len(marker)))
    return ("\n\n" if loose else "\n").join(items)


def _item(item: Node, style: _Style, loose: bool) -> str:
    text = ""
    for child in item.children:
        written = _block(child, style, nested=True)
        if not text and child.type not in ("paragraph", "heading"):
            text = style.filler
        tight = not loose and child.type in ("bullet_list", "ordered_list")
        text += (("\n" if tight else "\n\n") if text and written else "") + written
    return text or style.filler


def _hanging(marker: str, body: str, indent: int) -> str:
    first, *rest = body.split("\n")
    return "\n".join([marker + first, *(" " * indent + line if line else "" for line in rest)])


def _table(node: Node, style: _Style) -> str:
    written = [row.children for part in node.children for row in part.children]
    rows = [[_one_line(cell, style).replace("|", style.pipe) for cell in row] for row in written]
    head = written[0]
    rule = [_ALIGNMENTS.get(str(cell.attrs.get("style", "")), "---") for cell in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))


_ALIGNMENTS = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}


def _one_line(cell: Node, style: _Style) -> str:
    text = "".join(_inline(child.children, style) for child in cell.children)
    return " ".join(text.replace(_HARD_BREAK, "").split())


# --- the reader's own dialect


def _canonical(node: Node) -> str:
    """One writing of a block for every way it may be written: written, read and written until it stays the same."""
    text = _plainest(node)
    for _ in range(3):
        again = _parse(text, links=True)
        settled = _plainest(again[0]) if len(again) == 1 else text
        if settled == text:
            break
        text = settled
    return text


def _plainest(node: Node) -> str:
    """The plainest writing of a block that reads back as the same block."""
    words = _seen([node])
    for style in (_CANONICAL, _CAUTIOUS):
        text = "\n\n".join(_blocks([node], style))
        again = _parse(text, links=True)
        if len(again) == 1 and _seen(again) == words and "\n\n".join(_blocks(again, style)) == text:
            return text
    return text


def _canonical_text(text: str) -> str:
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", text)
    text = re.sub(r"\*", r"\\*", text)
    text = re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", lambda m: r"\_" * len(m[0]), text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    text = re.sub(r"\[(?=\^)", r"\\[", text)
    return re.sub(r"\](?=\()", r"\\]", text)


def _cautious_text(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


_CANONICAL = _Style(
    text=_canonical_text,
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
    text=_cautious_text,
    starts=_CANONICAL.starts[-1:],
    emphasis=False,
    pipe="|",
)


# --- Python-Markdown's dialect


def _page_text(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;")
    return re.sub(r"([\\`*_{}\[\]])", r"\\\1", text)


_PAGE_STARTS: Starts = (
    (re.compile(r"^([#+-])"), r"\\\1"),
    (re.compile(r"^(\d+)([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^=(?==*$)"), "&#61;"),
    (re.compile(r"^:"), "&#58;"),
    (re.compile(r"^~"), "&#126;"),
    (re.compile(r"^\[(\^[\w-]+)\](?=:)"), r"\\[\1\\]"),
)


def _page_heading(level: int, text: str) -> str:
    """Sections are H2, so what stands within them is H3 or H4; within a list or a quotation they are lines."""
    if not level:
        return text
    text = re.sub(r"(?<!&)#", r"\\#", text)  # a heading's closing marks would be eaten
    return f"{'#' * min(max(level, 3), 4)} {text}"


def _page_style(notes: Mapping[str, str] | None) -> _Style:
    return _Style(
        text=_page_text,
        starts=_PAGE_STARTS,
        emphasis=True,
        note=(lambda label: label) if notes is None else notes.get,
        heading=_page_heading,
        hard_break="  ",
        indent=4,
        filler="&nbsp;",
        pipe="|",
        letterheads=True,
    )


# --- for other writers


def tree(markdown: str) -> tuple[Node, ...]:
    """One or more blocks as the reader reads them after redaction: for whoever shows them in another form."""
    return _parse(markdown, links=False)
