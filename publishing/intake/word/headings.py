"""Headings that somebody typed by hand: bold, in capitals, underlined, larger or numbered lines without a heading's style.

A line that looks like the sections' headings and names a section is a heading. Whatever else may be one is doubtful, and a
person is asked: nothing is made a heading, or left as text, unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publishing.errors import WordRefusedError
from publishing.intake.body import find_section
from publishing.intake.word.blocks import DOUBTFUL, TYPED
from publishing.intake.word.formatting import Formatting, Properties
from publishing.intake.word.numbering import Marker, find_markers
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.places import Spot, says_something
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import (
    is_on,
    number,
    paragraph_text,
    prefixed,
    renewed_property,
    top_paragraphs,
    value,
    word,
)

FOUND = "candour-heading"
"""An attribute of a paragraph that was found to be a heading: TYPED where that is sure, or DOUBTFUL."""

_LONGEST = 90
_MOST_WORDS = 12
_MOST = 300
"""More lines than this that may be headings are no headings: nobody could answer for each."""
_LARGER = 3
"""Half-points by which letters are larger than most of the document's."""
_NUMBER = re.compile(
    r"\s*(?:(?:section|part|chapter)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z]|[IVX]{1,5})(?:[.):]|\s*[-–—]|(?<=\d))\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_CERTAIN_NUMBER = re.compile(r"\s*(?:[1-9]\d?(?:\.[1-9]\d?){1,3}[.)]?|[1-9]\d?[.)])\s+(?=\S)")
"""Numbers of headings that can be nothing else; "3 Findings", "A. Findings" and "Part 2: Findings" need a section's name."""


@dataclass(frozen=True)
class _Look:
    """How a line looks: the depth of its number (0 without one), and how its letters do."""

    depth: int
    bold: bool
    capitals: bool
    underlined: bool
    larger: int

    @property
    def is_plain(self) -> bool:
        """Whether it looks as any other text."""
        return not (self.bold or self.capitals or self.underlined or self.larger)


@dataclass(frozen=True)
class _Line:
    paragraph: Element
    look: _Look
    section: str | None


def without_number(text: str) -> str:
    """A heading's words without the number before them, where that is surely a number of headings."""
    match = _NUMBER.match(text)
    if match and find_section(text[match.end() :]):
        return text[match.end() :]
    return _CERTAIN_NUMBER.sub("", text, count=1)


def section_named(text: str) -> str | None:
    """The standard section that a heading's words name."""
    return find_section(without_number(text))


def mark_typed_headings(package: Package, styles: Styles) -> None:
    """Give lines that are or may be headings a level in the outline, and say whether that is sure.

    Raises:
        WordRefusedError: there are more than anybody could answer for.
    """
    document = package.xml[MAIN]
    reader = _LookReader(package, styles)
    body = [p for p in top_paragraphs(document) if paragraph_text(p).strip() and not styles.are_contents(p)]
    lines = [reader.read_line(p) for p in body]
    styled = [(styles.level(p), section_named(paragraph_text(p))) for p in body if styles.is_heading(p)]
    levels = [level for level, section in styled if section and level]
    if levels:
        # the sections have their headings; a typed line is worth asking about where it names one all the same
        found = [
            (line.paragraph, min(levels), DOUBTFUL)
            for line in lines
            if line and line.section and not line.look.is_plain
        ]
    else:
        above = max((level for level, _ in styled), default=0)
        found = list(_judge(_drop_weak(lines), above))
    if sum(how == DOUBTFUL for _, _, how in found) > _MOST:
        raise WordRefusedError([_TOO_MANY])
    for paragraph, level, how in found:
        _mark(paragraph, min(level, 6), how)


_TOO_MANY = (
    f"more than {_MOST} lines of it may be headings (short lines in bold, capitals or larger letters), too many to ask about: in "
    "Word, give the sections' headings the style Heading 1 and those within a section Heading 2"
)


def _judge(lines: Sequence[_Line], above: int) -> Iterator[tuple[Element, int, str]]:
    """Which level each line has and whether that is sure; the sections' look is the one that most of their names have."""
    naming = Counter(
        line.look
        for line in lines
        if line.section and line.look.depth < 2 and not (line.look.is_plain and not line.look.depth)
    )
    main = next((look for look, _ in naming.most_common(1)), None)
    for line in lines:
        deeper = line.look.depth - 1 if line.look.depth > 1 else 0
        if line.look == main:
            yield line.paragraph, above + 1, TYPED if line.section else DOUBTFUL
        elif deeper and main and main.depth:
            yield line.paragraph, above + 1 + deeper, DOUBTFUL if line.look.is_plain else TYPED
        elif line.section and not deeper:
            yield line.paragraph, above + 1, DOUBTFUL
        else:
            yield line.paragraph, above + 1 + (main is not None) + deeper, DOUBTFUL


def _drop_weak(lines: Sequence[_Line | None]) -> list[_Line]:
    """The lines that may be headings: of those that only have a number, the ones that stand alone, as items of a list do not."""
    kept: list[_Line] = []
    for place, line in enumerate(lines):
        around = [lines[other] for other in (place - 1, place + 1) if 0 <= other < len(lines)]
        listed = (
            any(other and other.look.is_plain and other.look.depth == line.look.depth for other in around)
            if line
            else True
        )
        if line and (
            line.section or not line.look.is_plain or (line.look.depth and not listed and place + 1 < len(lines))
        ):
            kept.append(line)
    return kept


def _mark(paragraph: Element, level: int, how: str) -> None:
    renewed_property(paragraph, "outlineLvl").set(prefixed(paragraph, "val"), str(level - 1))
    paragraph.set(FOUND, how)


class _LookReader:
    """How the lines of one document look; they are to be asked for in their order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._formatting = Formatting(package, styles)
        self._markers = find_markers(package, styles)
        self._usual = self._usual_size(package)

    def read_line(self, paragraph: Element) -> _Line | None:
        """A paragraph as a line that may be a heading; None for any other, and for what has a heading's style."""
        text = " ".join(paragraph_text(paragraph).split())
        marker = self._markers.get(paragraph)
        if self._styles.is_heading(paragraph) or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
            return None
        if (marker and marker.is_bullet) or text.endswith((".", ";", ",")) or not re.search(r"[^\W\d_]{2}", text):
            return None
        section = section_named(text)
        look = self._look(paragraph, text, marker)
        if not section and (text.endswith(":") or (look.is_plain and (not look.depth or marker))):
            return None
        return _Line(paragraph, look, section)

    def _look(self, paragraph: Element, text: str, marker: Marker | None) -> _Look:
        runs = [
            self._formatting.of_run(run, Spot("", paragraph))
            for run in paragraph.iter()
            if word(run) == "r" and says_something(run)
        ]
        match = _CERTAIN_NUMBER.match(text)
        typed = match[0].strip().rstrip(".)").count(".") + 1 if match else int(without_number(text) != text)
        sizes = {_size(run) or self._usual for run in runs}
        larger = min(sizes, default=self._usual) - self._usual
        return _Look(
            depth=len(marker.parts) or 1 if marker else typed,
            bold=all(is_on(run.get("b")) for run in runs),
            capitals=text.isupper() or all(is_on(run.get("caps")) or is_on(run.get("smallCaps")) for run in runs),
            underlined=all((value(run["u"]) or "single") != "none" if "u" in run else False for run in runs),
            larger=larger if larger >= _LARGER else 0,
        )

    def _usual_size(self, package: Package) -> int:
        """The size that most letters of the document have, in half-points."""
        sizes: Counter[int] = Counter()
        for paragraph in top_paragraphs(package.xml[MAIN]):
            for run in paragraph:
                if word(run) == "r":
                    text = paragraph_text(run)
                    sizes[_size(self._formatting.of_run(run, Spot("", paragraph)))] += len(text)
        return next((size for size, _ in sizes.most_common(1)), 0)


def _size(properties: Properties) -> int:
    return number(properties.get("sz"))
