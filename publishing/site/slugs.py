"""The anchors of headings: never one that is promised to a lesson, a paragraph, a footnote, the page's frame or its own headings.

An extension of Python-Markdown's, too: the page's own headings (`h1`, `h2`) get their anchors before the sub-headings of a
review, so that "Changes since publication" within a review does not take the address that feeds lead to.
"""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify, strip_tags, unique
from markdown.treeprocessors import Treeprocessor

_PROMISED = re.compile(
    r"lesson-\d+|p\d+|fn.*|q|head-q|filters?.*|search.*|home-.*|content|exit.*|contents|theme.*|main|copied|cite-(?:text|bibtex)"
    r"|clear-filters|accounts|results-heading|colour-choice|sort|(?:recommendations|progress)-(?:form|pager|said|table)|_.*|"
)
_SEPARATOR = "-"
_BEFORE_TOC = 6
"""A priority: Python-Markdown's `toc` has 5, and what is within headings is read by then."""


def slug(text: str, separator: str) -> str:
    """A heading's anchor, as Python-Markdown's `toc` asks for it."""
    plain = slugify(text, separator)
    return f"section{separator}{plain}" if _PROMISED.fullmatch(plain) else plain


class _OwnHeadings(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        """Give each `h1` and `h2` the anchor that `toc` would give it if no other heading stood on the page."""
        used: set[str] = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        for heading in (element for element in root.iter() if element.tag in ("h1", "h2")):
            words = html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
            if "id" not in heading.attrib:
                heading.set("id", unique(slug(words, _SEPARATOR), used))


class _OwnHeadingsFirst(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:
        """Run before `toc`, which leaves anchors that are there."""
        md.treeprocessors.register(_OwnHeadings(md), "own-headings", _BEFORE_TOC)


def makeExtension(**settings: Any) -> Extension:
    """What Python-Markdown calls."""
    return _OwnHeadingsFirst(**settings)
