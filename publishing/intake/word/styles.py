"""A Word document's styles: what each is based on, which are headings, and which make a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from publishing.intake.word.package import Package
from publishing.intake.word.xml import child, is_off, value, within, word

_CONTENTS = re.compile(r"(toc|contents|table of figures|table of authorities)( \d+| heading)?", re.IGNORECASE)
_LEVELS = tuple("01234567")
_HEADING = re.compile(r"(?:heading|überschrift|titre) ?([1-6])", re.IGNORECASE)


class Styles:
    """The styles of one document."""

    def __init__(self, package: Package) -> None:
        root = package.xml.get("word/styles.xml")
        found = [style for style in (root if root is not None else ()) if word(style) == "style"]
        self._styles = {value(style, "styleId") or "": style for style in found}
        self._usual = {
            value(style, "type") or "": name
            for name, style in self._styles.items()
            if not is_off(value(style, "default"))
        }
        self._chains: dict[tuple[str, str], tuple[Element, ...]] = {}
        defaults = child(root, "docDefaults")
        self.defaults = {kind: within(defaults, f"{kind}Default", kind) for kind in ("rPr", "pPr")}

    def chain(self, name: str | None, kind: str) -> tuple[Element, ...]:
        """A style, or the usual one of its kind, and all that it is based on, nearest first."""
        name = name if name in self._styles else self._usual.get(kind)
        if name is None:
            return ()
        if (name, kind) not in self._chains:
            self._chains[name, kind] = tuple(self._based(name, kind))
        return self._chains[name, kind]

    def _based(self, name: str, kind: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if value(style, "type") in (kind, None):
                yield style
            name = _said(style, "basedOn") or ""

    def of(self, paragraph: Element) -> tuple[Element, ...]:
        """The chain of a paragraph's style."""
        return self.chain(_style(paragraph), "paragraph")

    def headings(self) -> Iterator[tuple[str, int]]:
        """Every style of paragraphs that is a heading, and its level from 1."""
        for name, style in self._styles.items():
            level = _level(self.chain(name, "paragraph")) if value(style, "type") == "paragraph" else 0
            if level:
                yield name, level

    def is_heading(self, paragraph: Element) -> bool:
        """Whether a paragraph is a heading, or the document's own title."""
        return self.level(paragraph) > 0 or _name(self.of(paragraph)) == "Title"

    def level(self, paragraph: Element) -> int:
        """The level of a heading, from 1, by its own place in the outline or by its style; 0 for any other paragraph."""
        return outline_level(paragraph) or _level(self.of(paragraph))

    def are_contents(self, element: Element) -> bool:
        """Whether a paragraph or block is a table of contents, or a line of one."""
        if word(element) == "sdt":
            said = child(element, "sdtPr")
            galleries = [part for part in said.iter() if word(part) == "docPartGallery"] if said is not None else []
            return any((value(gallery) or "").startswith("Table of") for gallery in galleries)
        return word(element) == "p" and _CONTENTS.fullmatch(_name(self.of(element))) is not None


def _style(paragraph: Element) -> str | None:
    return _said(child(paragraph, "pPr"), "pStyle")


def _said(element: Element | None, name: str) -> str | None:
    found = child(element, name)
    return value(found) if found is not None else None


def _name(chain: tuple[Element, ...]) -> str:
    return (_said(chain[0], "name") or "") if chain else ""


def outline_level(paragraph: Element) -> int:
    """The level that a paragraph itself is given in the outline, from 1; 0 if it is given none, or that of text."""
    said = _said(child(paragraph, "pPr"), "outlineLvl")
    return int(said) + 1 if said in _LEVELS else 0


def _level(chain: tuple[Element, ...]) -> int:
    """The level of a heading's style, from 1; 0 for any other style."""
    for style in chain:
        outline = within(style, "pPr", "outlineLvl")
        if outline is not None:
            said = value(outline) or ""
            return int(said) + 1 if said in _LEVELS else 0
        if match := _HEADING.fullmatch(_said(style, "name") or ""):
            return int(match[1])
    return 0
