"""Word's own numbering for tests: lists as Word writes them, and paragraphs in them."""

from __future__ import annotations

from tests.support.documents import part


def _level(depth: int, kind: str, text: str) -> str:
    return f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/></w:lvl>"


MULTILEVEL, LETTERS, WORDED, BULLETS, SIMPLE, ANEW, BARE = range(1, 8)
"""Numbers of lists: 1. 1.1 (i); (a); "Recommendation 1:"; bullets; 1.; the same begun anew from 7; and one that shows nothing."""

_LISTS = {
    MULTILEVEL: _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2") + _level(2, "lowerRoman", "(%3)"),
    LETTERS: _level(0, "lowerLetter", "(%1)"),
    WORDED: _level(0, "decimal", "Recommendation %1:"),
    BULLETS: _level(0, "bullet", "o"),
    SIMPLE: _level(0, "decimal", "%1.") + _level(1, "decimal", "%2)"),
    BARE: _level(0, "none", ""),
}
_ANEW = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride>"

LISTS = {
    "word/numbering.xml": part(
        "numbering",
        "".join(f"<w:abstractNum w:abstractNumId='{n}'>{levels}</w:abstractNum>" for n, levels in _LISTS.items())
        + "".join(f"<w:num w:numId='{n}'><w:abstractNumId w:val='{n}'/></w:num>" for n in _LISTS)
        + f"<w:num w:numId='{ANEW}'><w:abstractNumId w:val='{SIMPLE}'/>{_ANEW}</w:num>",
    )
}
"""The part of a file that has them."""


def item(text: str, used: int, depth: int = 0, properties: str = "") -> str:
    """A paragraph of a list."""
    place = f"<w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{used}'/></w:numPr></w:pPr>"
    return f"<w:p>{place}<w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
