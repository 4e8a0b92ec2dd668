"""Word's own numbering: the number that a reader sees before a paragraph, which is nowhere in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import child, number, value, within, word

_PLACE = re.compile(r"%([1-9])")
_PLAIN = re.compile(r"\(?%[1-9][.)]?")
"""Numbers as a Markdown list can show them."""
_DEEPEST = 9


@dataclass(frozen=True)
class Level:
    """A level of a list: what it begins with, how its numbers look, and what stands around them."""

    start: int
    kind: str
    text: str


@dataclass(frozen=True)
class Marker:
    """What a reader sees before a paragraph: `shown`, which is `number` at a `depth` of the list; bullets have no text.

    `used` is the file's number for the list as used there, `group` for all that counts together.
    """

    used: str
    group: str
    depth: int
    number: int
    shown: str
    is_bullet: bool
    is_plain: bool

    @property
    def is_worded(self) -> bool:
        """Whether words belong to it, as in "Recommendation 3:", that say more than that a heading or paragraph is numbered."""
        words = re.findall(r"[^\W\d_]{4,}", self.shown)
        return bool(words) and words[0].casefold() not in ("section", "part", "chapter", "paragraph")

    @property
    def parts(self) -> tuple[int, ...]:
        """The numbers in it, such as 2 and 14 of "2.14"."""
        return tuple(int(digits) for digits in re.findall(r"\d+", self.shown))


class Numbering:
    """The numbered and bulleted lists of one document; paragraphs are to be asked for in their order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        root = package.xml.get("word/numbering.xml")
        parts = list(root) if root is not None else []
        self._lists = {value(part, "abstractNumId"): part for part in parts if word(part) == "abstractNum"}
        self._used = {value(part, "numId"): part for part in parts if word(part) == "num"}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next_marker(self, paragraph: Element) -> Marker | None:
        """The marker of a paragraph, which is counted; None if it has none."""
        used, depth = self._place(paragraph)
        level = self._level(used, depth) if used else None
        if level is None:
            return None
        group = self._group(used)
        counts = self._counts.setdefault(group, {})
        again = self._override(used, depth)
        if again is not None and (used, depth) not in self._begun:
            counts[depth] = again - 1
        self._begun.add((used, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return Marker(used, group, depth, counts[depth], "", is_bullet=True, is_plain=False)
        shown = _PLACE.sub(lambda match: self._shown(used, counts, int(match[1]) - 1), level.text)
        is_plain = level.kind == "decimal" and _PLAIN.fullmatch(level.text) is not None
        return Marker(used, group, depth, counts[depth], shown, is_bullet=False, is_plain=is_plain)

    def _shown(self, used: str, counts: dict[int, int], depth: int) -> str:
        level = self._level(used, depth)
        return _format_number(counts.get(depth, level.start), level.kind) if level else ""

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph is in and how deep, by itself or by its style; no list is empty."""
        chain = self._styles.of(paragraph)
        said = [holder for holder in (within(part, "pPr", "numPr") for part in chain) if holder is not None]
        own = within(paragraph, "pPr", "numPr")
        holders = [own, *said] if own is not None else said
        used = next((found for holder in holders if (found := _attribute(holder, "numId")) is not None), "")
        depth = next((found for holder in holders if (found := _attribute(holder, "ilvl")) is not None), None)
        if depth is None and used and own is None:
            depth = self._depth_of_style(used, [value(style, "styleId") for style in chain])
        return "" if used == "0" else used, min(int(depth), _DEEPEST) if depth and depth.isdecimal() else 0

    def _depth_of_style(self, used: str, names: list[str | None]) -> str | None:
        """The level of a list that is tied to a style."""
        for level in self._list(used) or ():
            tied = child(level, "pStyle")
            if tied is not None and value(tied) in names:
                return value(level, "ilvl")
        return None

    def _group(self, used: str) -> str:
        """What counts together: every use of one list."""
        return _attribute(self._used.get(used), "abstractNumId") or used

    def _list(self, used: str) -> Element | None:
        for _ in range(_DEEPEST):  # a list may only name a style that names another list
            found = self._lists.get(self._group(used))
            link = _attribute(found, "numStyleLink")
            if link is None:
                return found
            chain = self._styles.chain(link, "numbering")
            used = next((name for style in chain if (name := _attribute(within(style, "pPr", "numPr"), "numId"))), "")
        return None

    def _override(self, used: str, depth: int) -> int | None:
        """The number that a use of a list begins with anew."""
        for part in self._used.get(used) or ():
            again = child(part, "startOverride")
            if word(part) == "lvlOverride" and value(part, "ilvl") == str(depth) and again is not None:
                return number(again)
        return None

    def _level(self, used: str, depth: int) -> Level | None:
        if (used, depth) not in self._levels:
            said = [child(part, "lvl") for part in self._used.get(used) or () if value(part, "ilvl") == str(depth)]
            plain = [part for part in self._list(used) or () if word(part) == "lvl"]
            # a level without a number of its own counts as the first
            found = next(
                (part for part in (*said, *plain) if part is not None and (value(part, "ilvl") or "0") == str(depth)),
                None,
            )
            self._levels[used, depth] = None if found is None else _read_level(found)
        return self._levels[used, depth]


def _attribute(element: Element | None, name: str) -> str | None:
    found = child(element, name)
    return value(found) if found is not None else None


def _read_level(level: Element) -> Level:
    start = child(level, "start")
    kind = _attribute(level, "numFmt") or "decimal"
    return Level(number(start) if start is not None else 1, kind, _attribute(level, "lvlText") or "")


def _format_number(count: int, kind: str) -> str:
    """A number as Word shows it (ISO/IEC 29500-1, 17.18.59); one of a rarer kind in digits."""
    letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else str(count)
    shown = {
        "none": "",
        "decimalZero": f"{count:02}",
        "lowerLetter": letter,
        "upperLetter": letter.upper(),
        "lowerRoman": "".join(_roman(count)),
        "upperRoman": "".join(_roman(count)).upper(),
    }
    return shown.get(kind, str(count))


def _roman(count: int) -> Iterator[str]:
    signs = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
    )
    for size, sign in (*signs, (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        yield sign * (count // size)
        count %= size


def find_markers(package: Package, styles: Styles) -> dict[Element, Marker]:
    """What a reader sees before each paragraph of the document that Word numbers."""
    numbering = Numbering(package, styles)
    paragraphs = (p for p in package.xml[MAIN].iter() if word(p) == "p")
    return {p: marker for p in paragraphs if (marker := numbering.next_marker(p))}
