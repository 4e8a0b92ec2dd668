"""The strict reader: a review's text as a tree of what it knows, and everything else as plain text.

It knows paragraphs, sub-headings, lists, tables, quotations, emphasis and footnotes. Raw HTML, code, link definitions
and attributes are text to it. A text is read in one of two ways: as its source, where links and pictures become their text
and fences stay, or after redaction, as it is shown, where square brackets are labels and fences only keep lines apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.footnote import footnote_plugin

from publishing.prose.fences import without_fences

_NEVER_SHOWN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
NOTE_LABEL = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What a footnote may be called; others are text."""

_DEEPEST_NESTING = 40

_MARKS = {
    "heading": re.compile(r"^ *(?:#|=+ *$|-+ *$)", re.MULTILINE),
    "table": re.compile(r"\|"),
    "blockquote": re.compile(r"^ *>", re.MULTILINE),
    "footnote_reference": re.compile(r"\[\^"),
}
"""Marks without which there is no block of a kind: most blocks are paragraphs, and need not be parsed to know what they are not."""


def tree(markdown: str) -> tuple[Node, ...]:
    """One or more blocks as nodes, read as text after redaction: for code that shows them in another form."""
    return parse_markdown(markdown, source=False)


def plain(markdown: str) -> str:
    """The words alone, a line for each paragraph, item or row: for search records and comparisons."""
    return "\n".join(line for node in parse_markdown(markdown, source=False) for line in lines_of(node) if line.strip())


def is_heading(markdown: str) -> bool:
    """Whether a block is a sub-heading."""
    return _is_single(markdown, "heading")


def is_table(markdown: str) -> bool:
    """Whether a block is a table."""
    return _is_single(markdown, "table")


def is_quotation(markdown: str) -> bool:
    """Whether a block is a quotation."""
    return _is_single(markdown, "blockquote")


def note_label(markdown: str) -> str | None:
    """The label of a block that is a footnote's text; None for any other block."""
    return label_of(parse_markdown(markdown, source=False)[0]) if _is_single(markdown, "footnote_reference") else None


def note_references(markdown: str) -> tuple[str, ...]:
    """The labels of the footnotes that a block refers to, in order."""
    if not _MARKS["footnote_reference"].search(clean(markdown)):
        return ()
    found = (node for root in parse_markdown(markdown, source=False) for node in root.walk())
    return tuple(label_of(node) for node in found if node.type == "footnote_ref")


@lru_cache(maxsize=256)  # a page asks several things of each block
def parse_markdown(markdown: str, *, source: bool) -> tuple[Node, ...]:
    """The blocks of a text as nodes, rules left out; only in a `source` are links and images more than text."""
    text = clean(markdown)
    tokens = _parser(source).parse(text)
    if is_too_deep(tokens):
        # the parser drops what is nested deeper than its limit; nothing may be lost, so it is read as plain lines
        tokens = _text_parser().parse(text)
    return tuple(node for node in Node(_restore_invalid_notes(tokens)).children if node.type != "hr")


def source_tokens(markdown: str) -> list[Token]:
    """A cleaned text as the reader's own tokens, with their lines: for those who check what a person wrote."""
    return _parser(source=True).parse(markdown)


def is_too_deep(tokens: Iterable[Token]) -> bool:
    """Whether lists or quotations stand within each other more deeply than the reader follows."""
    return max((token.level for token in tokens), default=0) >= _DEEPEST_NESTING - 3


def clean(text: str) -> str:
    """Text without characters that are never shown, with one kind of line break and no tabs."""
    if text.isprintable():
        # most text is, and this is many times faster
        return text
    return _NEVER_SHOWN.sub("", _LINE_BREAKS.sub("\n", text)).replace("\t", "    ")


def label_of(node: Node) -> str:
    """The label of a footnote, or of a reference to one."""
    return str(node.meta["label"])


def has_content(node: Node) -> bool:
    """Whether a block shows anything; a footnote counts even if it is empty."""
    return node.type == "footnote_reference" or any(line.strip() for line in lines_of(node))


def lines_of(node: Node) -> Iterable[str]:
    """The words of a node, a line for each paragraph, item or row."""
    if node.type == "inline":
        yield "".join(_words_of(node.children))
    elif node.type == "tr":
        yield " ".join("".join(line for line in lines_of(cell)) for cell in node.children)
    else:
        for child in node.children:
            yield from lines_of(child)


def visible_lines(nodes: Iterable[Node]) -> list[str]:
    """The lines as a reader sees them: white space is all one."""
    return [" ".join(line.split()) for node in nodes for line in lines_of(node) if line.strip()]


@cache
def _parser(source: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST_NESTING}).enable("table")
    reader.disable(["code", "fence", "reference", "html_block", "backticks", "autolink", "html_inline"])
    reader.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    if not source:
        reader.disable(["link", "image"]).core.ruler.after("block", "fences", _take_fences_away)
    return reader


@cache
def _text_parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False})


def _take_fences_away(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.content = without_fences(token.content)


def _restore_invalid_notes(tokens: Sequence[Token]) -> list[Token]:
    """Turn footnotes whose label is not a plain word back into text."""
    kept: list[Token] = []
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref" and not NOTE_LABEL.fullmatch(child.meta["label"]):
                child.type, child.content = "text", f"[^{child.meta['label']}]"
        kept.append(token)
    return kept


def _is_single(markdown: str, kind: str) -> bool:
    if not _MARKS[kind].search(clean(markdown)):
        return False
    nodes = parse_markdown(markdown, source=False)
    return len(nodes) == 1 and nodes[0].type == kind


def _words_of(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            yield " "
        elif node.type in ("text", "text_special"):
            yield node.content
        elif node.type != "footnote_ref":
            yield from _words_of(node.children)
