"""How a run of text looks in Word: its own formatting over its styles', and what is painted behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from publishing.intake.word.colours import (
    BLACK,
    WHITE,
    Colour,
    Fill,
    Palette,
    highlight_fill,
    is_legible,
    old_shape_fill,
)
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.places import Cell, Spot
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import (
    TEXT_FILL,
    TEXT_OUTLINE,
    attribute,
    child,
    is_off,
    is_on,
    local,
    number,
    value,
    within,
    word,
)

HIDING = ("vanish", "webHidden", "specVanish")
_LOOK = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400
}  # fmt: skip
_FILLS = ("solidFill", "gradFill", "pattFill", "noFill", "blipFill", "grpFill")

Properties = Mapping[str, Element]


class Formatting:
    """The formatting of one document's text."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._palette = Palette(package)
        self._page = self._page_colour(package)
        self._merged: dict[tuple[object, ...], Properties] = {}
        self._formats: dict[Cell, tuple[Element, ...]] = {}
        self._tables: dict[Element, Element | None] = {}

    def of_run(self, run: Element, spot: Spot) -> Properties:
        """The properties of a run by name: its own over those of its styles."""
        own = child(run, "rPr")
        style = child(own, "rStyle")
        character = self._styles.chain(value(style) if style is not None else None, "character")
        return _over(self._styled("rPr", spot, character), own)

    def of_paragraph(self, spot: Spot) -> Properties:
        """The properties of the paragraph at a spot."""
        return _over(self._styled("pPr", spot), child(spot.paragraph, "pPr"))

    def is_readable(self, properties: Properties, spot: Spot) -> bool:
        """Whether the colour of text is distinguishable from what is behind it; it is where either is not known."""
        marked = highlight_fill(properties.get("highlight"))
        behind = marked or self._behind(properties, spot)
        if behind is None:
            return True
        texts = self._text(properties, behind)
        if not texts:
            # Word picks black or white by what is behind; on a highlight it is taken for black, as whoever blacks out means it
            return not marked or any(is_legible(BLACK, under) for under in behind)
        return any(is_legible(text, under) for text in texts for under in behind)

    # --- properties

    def _styled(self, kind: str, spot: Spot, character: tuple[Element, ...] = ()) -> Properties:
        """What styles say: a character style over the paragraph's, over the table's."""
        paragraph = self._styles.of(spot.paragraph) if spot.paragraph is not None else ()
        table = self._table_formats(spot.cell) if spot.cell else ()
        key = (kind, character, paragraph, table)
        if key not in self._merged:
            merged = _over({}, self._styles.defaults[kind])
            for level in (table, paragraph, character):
                said: Properties = {}
                for part in reversed(level):
                    said = _over(said, child(part, kind))
                # of two kinds of style that hide, one undoes the other in Word but not elsewhere: text is refused if either hides
                hidden = {name: element for name, element in merged.items() if name in HIDING and is_on(element)}
                merged = {**merged, **said, **hidden}
            self._merged[key] = merged
        return self._merged[key]

    def _table_formats(self, cell: Cell) -> tuple[Element, ...]:
        """What a table's style says of a cell: of its place in the table, then of the whole, nearest first."""
        if cell not in self._formats:
            style = child(self._table_properties(cell), "tblStyle")
            chain = self._styles.chain(value(style) if style is not None else None, "table")
            formats = [
                part
                for condition in _conditions(cell, chain, child(self._table_properties(cell), "tblLook"))
                for style in chain
                for part in style
                if word(part) == "tblStylePr" and value(part, "type") == condition
            ]
            self._formats[cell] = (*formats, *chain)
        return self._formats[cell]

    def _table_properties(self, cell: Cell) -> Element | None:
        """What is said of the whole table that a cell is in, looked for once: a table may have thousands of rows."""
        if cell.table not in self._tables:
            self._tables[cell.table] = child(cell.table, "tblPr")
        return self._tables[cell.table]

    # --- colours

    def _text(self, properties: Properties, behind: Fill) -> Fill | None:
        """The colours that text is written in; None if it is automatic."""
        fill, outline = _fill(properties.get(TEXT_FILL)), _fill(properties.get(TEXT_OUTLINE))
        if fill is not None:
            seen = [self._palette.drawn(part, behind[0]) for part in (fill, outline) if part is not None]
            return None if None in seen else tuple(colour for colours in seen for colour in colours or ()) or behind
        colour = self._palette.colour(properties["color"]) if "color" in properties else None
        return (colour,) if colour else None

    def _behind(self, properties: Properties, spot: Spot) -> Fill | None:
        """What is painted behind a run, from the run itself down to the page; None where that is not known."""
        shaded = self._palette.shading(properties.get("shd"))
        if shaded:
            return shaded
        shaded = self._palette.shading(self.of_paragraph(spot).get("shd"))
        if shaded:
            return shaded
        for around in spot.around:
            fill = self._cell(around) if isinstance(around, Cell) else self._shape(around)
            if fill is None or fill:
                return fill
        return (self._page,)

    def _cell(self, cell: Cell) -> Fill:
        """The shading of a cell: its own, else its row's, its table's, its table style's."""
        holders = (child(cell.element, "tcPr"), child(cell.row, "tblPrEx"), self._table_properties(cell))
        styled = (within(part, kind) for part in self._table_formats(cell) for kind in ("tcPr", "tblPr"))
        said = (child(holder, "shd") for holder in (*holders, *styled))
        return self._palette.shading(next((shading for shading in said if shading is not None), None))

    def _shape(self, shape: Element) -> Fill | None:
        """What fills a shape, by itself or by its style."""
        if local(shape) != "wsp":
            return old_shape_fill(shape)
        parts = {local(part): part for part in shape}
        fill = _fill(parts.get("spPr"))
        if fill is not None:
            return self._palette.drawn(fill)
        chosen = next((part for part in parts.get("style", ()) if local(part) == "fillRef"), None)
        return self._palette.drawn(chosen) if chosen is not None and attribute(chosen, "idx") != "0" else ()

    def _page_colour(self, package: Package) -> Colour:
        """The colour of the page where it is shown."""
        page = next((e for e in package.xml[MAIN] if word(e) == "background"), None)
        shown = is_on(child(package.xml.get("word/settings.xml"), "displayBackgroundShape"))
        colour = self._palette.colour(page, "color") if page is not None and shown else None
        return colour or WHITE


def _over(properties: Properties, said: Element | None) -> Properties:
    """Properties with what an element says over them."""
    merged = dict(properties)
    for element in said if said is not None else ():
        name = word(element) or str(element.tag)
        if name == "spacing" and name in merged:
            # the one property whose parts are set one by one
            element = Element(element.tag, {**merged[name].attrib, **element.attrib})
        merged[name] = element
    return merged


def _fill(holder: Element | None) -> Element | None:
    return next((part for part in holder if local(part) in _FILLS), None) if holder is not None else None


def _conditions(cell: Cell, chain: tuple[Element, ...], look: Element | None) -> Iterator[str]:
    """Which parts of a table a cell is in, by the names of styles, the one that counts most first."""
    chosen = {name for name, bit in _LOOK.items() if look is not None and _is_chosen(look, name, bit)}
    (row, column), (rows, columns) = cell.at, cell.size
    span = max(1, number(within(cell.element, "tcPr", "gridSpan")))
    top, bottom = "firstRow" in chosen and row == 0, "lastRow" in chosen and row == rows - 1
    left, right = "firstColumn" in chosen and column == 0, "lastColumn" in chosen and column + span == columns
    yield from (name for name, is_in in (("nwCell", top and left), ("neCell", top and right)) if is_in)
    yield from (name for name, is_in in (("swCell", bottom and left), ("seCell", bottom and right)) if is_in)
    yield from (name for name, is_in in (("firstCol", left), ("lastCol", right)) if is_in)
    yield from (name for name, is_in in (("firstRow", top), ("lastRow", bottom)) if is_in)
    if "noHBand" not in chosen and not (top or bottom):
        yield f"band{_band(row - ('firstRow' in chosen), chain, 'Row')}Horz"
    if "noVBand" not in chosen and not (left or right):
        yield f"band{_band(column - ('firstColumn' in chosen), chain, 'Col')}Vert"
    yield "wholeTable"


def _is_chosen(look: Element, name: str, bit: int) -> bool:
    said = value(look, name)
    if said is not None:
        return not is_off(said)
    bits = value(look) or ""
    return bool(re.fullmatch("[0-9A-Fa-f]{1,8}", bits)) and bool(int(bits, 16) & bit)


def _band(place: int, chain: tuple[Element, ...], way: str) -> int:
    """Whether a row or column is in the first or the second of the bands that take turns."""
    sizes = (number(within(style, "tblPr", f"tblStyle{way}BandSize")) for style in chain)
    return place // next(filter(None, sizes), 1) % 2 + 1
