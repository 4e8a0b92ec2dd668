"""Markdown that is safe: a review's text as data, parsed by one strict reader and written out again.

The reader (reader.py) knows paragraphs, sub-headings, lists, tables, quotations, emphasis and footnotes; whatever else
Markdown can do is text to it. Two dialects follow: `blocks` writes what the reader itself reads back (it is what a person
checks and signs), `for_page` writes what Python-Markdown shows as exactly the same text.
"""

from publishing.prose.canonical import blocks
from publishing.prose.fences import find_fences
from publishing.prose.page import for_page, inline
from publishing.prose.reader import (
    NOTE_LABEL,
    clean,
    is_heading,
    is_quotation,
    is_table,
    is_too_deep,
    note_label,
    note_references,
    plain,
    source_tokens,
    tree,
)
from publishing.prose.writer import Link

__all__ = [
    "NOTE_LABEL",
    "Link",
    "blocks",
    "clean",
    "find_fences",
    "for_page",
    "inline",
    "is_heading",
    "is_quotation",
    "is_table",
    "is_too_deep",
    "note_label",
    "note_references",
    "plain",
    "source_tokens",
    "tree",
]
