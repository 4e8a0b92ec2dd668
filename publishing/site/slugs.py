"""The anchors of headings: never one that is promised to a lesson, a paragraph, a footnote or the page's frame."""

from __future__ import annotations

import re

from markdown.extensions.toc import slugify

_PROMISED = re.compile(r"lesson-\d+|p\d+|fn.*|q|filters?.*|search.*|home-.*|content|exit.*|contents|theme.*|_.*|")


def slug(text: str, separator: str) -> str:
    """A heading's anchor, as Python-Markdown's `toc` asks for it."""
    plain = slugify(text, separator)
    return f"section{separator}{plain}" if _PROMISED.fullmatch(plain) else plain
