"""Where things are in a Word document, as a publisher finds them there: paragraph 14 under a heading, row 3 of table 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from publishing.intake.body import find_section
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import child, is_off, local, number, value, word

_MOST = 20
"""More places than this help nobody: once these are mended, the rest are named."""
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
_APART = ("word/_rels/", "word/theme/", "word/glossary/")
_PARTS = {MAIN: "", "word/header": "a header, ", "word/footer": "a footer, "}


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a table: its row and column, from 0, of how many rows and columns."""

    table: Element
    row: Element
    element: Element
    at: tuple[int, int]
    size: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Spot:
    """Where an element is; `around` are the cells and shapes that it is in, the innermost first."""

    place: str
    paragraph: Element | None = None
    around: tuple[Cell | Element, ...] = ()
    in_contents: bool = False

    @property
    def cell(self) -> Cell | None:
        """The cell that the text is in, unless a text box is between them."""
        return self.around[0] if self.around and isinstance(self.around[0], Cell) else None


def describe_places(places: Sequence[str]) -> str:
    """Places for a message, each once; nothing where none is known."""
    known = list(dict.fromkeys(filter(None, places)))
    more = [f"and {len(known) - _MOST} more places"] if len(known) > _MOST else []
    return f". Where: {'; '.join([*known[:_MOST], *more])}" if known else ""


def find_spots(package: Package, styles: Styles) -> Iterator[tuple[Element, Spot]]:
    """Every element of the parts that hold text, and where it is: the document, notes, headers, footers, comments."""
    notes = dict(_notes(package.xml[MAIN]))
    for name, root in package.parts("word/"):
        if not name.startswith(_APART):
            part = next((said for start, said in _PARTS.items() if name.startswith(start)), None)
            yield from _Walk(styles, notes, part).through(root)


def says_something(element: Element) -> bool:
    """Whether there is text in an element, and not spaces alone."""
    return any(local(part) in ("t", "delText") and (part.text or "").strip() for part in element.iter())


def _notes(document: Element) -> Iterator[tuple[tuple[str, str | None], int]]:
    """The number that a reader sees of each note, by its kind and its number in the file."""
    for kind, mark in _NOTES.items():
        found = (e for e in document.iter() if word(e) == mark and is_off(value(e, "customMarkFollows")))
        for place, name in enumerate(dict.fromkeys(value(e, "id") for e in found), start=1):
            yield (kind, name), place


class _Walk:
    """A walk through one part that counts as a reader does; `part` is None where there is nothing to count."""

    def __init__(self, styles: Styles, notes: dict[tuple[str, str | None], int], part: str | None) -> None:
        self._styles = styles
        self._notes = notes
        self._part = part
        self._headings = self._paragraphs = self._tables = 0
        self._under = "" if part else " before the first heading"
        self._rows: dict[Element, tuple[Element, int, int]] = {}
        self._columns: dict[Element, tuple[Element, int, int]] = {}

    def through(self, root: Element) -> Iterator[tuple[Element, Spot]]:
        """Every element below the root."""
        return self._below((root, root), Spot("" if self._part is None else self._part.removesuffix(", ")))

    def _below(self, above: tuple[Element, Element], spot: Spot) -> Iterator[tuple[Element, Spot]]:
        """Every element below the second of two; the first is its parent."""
        for element in _ways(above[1]):
            here = self._at(element, above[0], spot)
            yield element, here
            yield from self._below((above[1], element), here)

    def _at(self, element: Element, grandparent: Element, spot: Spot) -> Spot:
        """Where an element is whose parent is at a spot."""
        kind = word(element)
        if kind in ("p", "sdt") and not spot.in_contents and self._styles.are_contents(element):
            return replace(spot, paragraph=element, place="the table of contents", in_contents=True)
        if kind == "p":
            return self._paragraph(element, spot)
        if kind == "tbl":
            self._table(element, spot)
        elif kind == "tr" and element in self._rows:
            return self._row(element, spot)
        elif kind == "tc" and element in self._columns:
            return self._cell(element, spot)
        elif kind == "txbxContent":
            place = spot.place if "a text box" in spot.place else f"a text box at {spot.place}"
            return replace(spot, place=place, around=(grandparent, *spot.around))
        elif kind in ("footnote", "endnote", "comment"):
            return Spot(self._note(element, kind))
        return spot

    def _paragraph(self, element: Element, spot: Spot) -> Spot:
        spot = replace(spot, paragraph=element)
        if self._part is None or spot.in_contents or any(isinstance(around, Cell) for around in spot.around):
            return spot
        heading = not self._part and self._styles.is_heading(element) and says_something(element)
        self._headings += heading
        if spot.around:  # in a text box
            return spot
        if heading:
            self._under, self._paragraphs = f" under {_named(element, self._headings)}", 0
            return replace(spot, place=f"heading no. {self._headings}")
        self._paragraphs += says_something(element)
        return replace(spot, place=f"{self._part}paragraph {max(1, self._paragraphs)}{self._under}")

    def _table(self, table: Element, spot: Spot) -> None:
        rows = list(_parts(table, "tr"))
        self._rows.update((row, (table, at, len(rows))) for at, row in enumerate(rows))
        self._tables += not spot.around

    def _row(self, row: Element, spot: Spot) -> Spot:
        column = number(child(child(row, "trPr"), "gridBefore"))
        cells: list[tuple[Element, int]] = []
        for cell in _parts(row, "tc"):
            cells.append((cell, column))
            column += max(1, number(child(child(cell, "tcPr"), "gridSpan")))
        self._columns.update((cell, (row, at, column)) for cell, at in cells)
        if self._part is None or spot.around:
            return spot
        return replace(spot, place=f"{self._part}table {self._tables}, row {self._rows[row][1] + 1}")

    def _cell(self, element: Element, spot: Spot) -> Spot:
        row, column, columns = self._columns[element]
        table, at, rows = self._rows[row]
        cell = Cell(table, row, element, (at, column), (rows, columns))
        place = spot.place if self._part is None or spot.around else f"{spot.place}, column {column + 1}"
        return replace(spot, place=place, around=(cell, *spot.around))

    def _note(self, element: Element, kind: str) -> str:
        shown = self._notes.get((kind, value(element, "id"))) if kind in _NOTES else value(element, "id")
        return f"{kind} {shown}" if shown and str(shown).isdecimal() else f"a {kind}".replace("a e", "an e")


def _ways(element: Element) -> Iterator[Element]:
    """What is below an element; for a text box that is written in a new and in an old way, the one that is read."""
    if local(element) != "AlternateContent":
        yield from element
        return
    boxed = next((way for way in element if any(word(box) == "txbxContent" and len(box) for box in way.iter())), None)
    yield from element if boxed is None else (boxed,)


def _parts(element: Element, kind: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those within controls."""
    for inner in element:
        if word(inner) == kind:
            yield inner
        elif word(inner) not in ("tbl", "tc", "p"):
            yield from _parts(inner, kind)


def _named(heading: Element, number: int) -> str:
    """A heading by its number; by its words too where they are those of a standard section, and can be nobody's name."""
    text = " ".join("".join(part.text or "" for part in heading.iter() if local(part) == "t").split())
    return f"'{text}' (heading no. {number})" if find_section(text) else f"heading no. {number}"
