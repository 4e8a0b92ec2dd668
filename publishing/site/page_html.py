"""What Python-Markdown writes otherwise than HTML has it, put right: an extension of it.

Void elements are written without a slash, cells say their alignment by a class, and footnotes have the numbers in whose
order a reader meets them (Python-Markdown meets what stands in tables and lists last).
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

_AFTER_INLINE, _LAST_OF_TREE = 19.5, 1
"""Priorities: Python-Markdown finds footnotes' marks at 20 and puts their texts into the order of the marks at 19."""


class _NotesInOrder(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        """Number the marks of footnotes from the top of the page."""
        notes = next(found for found in self.md.registeredExtensions if isinstance(found, FootnoteExtension))
        marks = [link for link in root.iter("a") if link.get("class") == "footnote-ref"]
        order = list(dict.fromkeys(link.get("href", "").removeprefix("#fn:") for link in marks))
        notes.footnote_order = order
        for link in marks:
            link.text = str(order.index(link.get("href", "").removeprefix("#fn:")) + 1)


class _AsHTMLNow(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        """Have each cell say by its class what it said by an attribute that HTML no longer has, and write no slashes."""
        # not when extensions are registered: the format that Python-Markdown was made with is set after that
        self.md.set_output_format("html")
        for cell in (element for element in root.iter() if element.tag in ("th", "td")):
            if side := cell.attrib.pop("align", None):
                cell.set("class", side)


class _PageHTML(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:
        """Register both."""
        md.treeprocessors.register(_NotesInOrder(md), "notes-in-order", _AFTER_INLINE)
        md.treeprocessors.register(_AsHTMLNow(md), "html-now", _LAST_OF_TREE)


def makeExtension(**settings: Any) -> Extension:
    """What Python-Markdown calls."""
    return _PageHTML(**settings)
