"""Which text of a Word document its reader cannot see: switched off, in the colour of what is behind it, or too small."""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from publishing.intake.word.formatting import HIDING, Formatting, Properties
from publishing.intake.word.places import Cell, Spot, says_something
from publishing.intake.word.xml import child, is_on, value, within, word

_SMALLEST = 4.0
"""Points, of letters and of the line or row that they are in; the small print of forms has 5 or 6."""
_NARROWEST = 30
"""Per cent of a letter's width; Word's own list ends at 33."""
_TIGHTEST = 0.5
"""Letters moved together by more than this of their size lie on top of each other."""
_USUAL = 10.0
"""Points of text whose size is given nowhere."""
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}


class Run:
    """A run of text and how it looks; one without text, or with spaces alone, hides nothing."""

    def __init__(self, element: Element, spot: Spot, formatting: Formatting) -> None:
        self._element = element
        self._spot = spot
        self._formatting = formatting
        self._speaks = word(element) == "r" and says_something(element)

    @cached_property
    def _properties(self) -> Properties:
        return self._formatting.of_run(self._element, self._spot)

    def is_switched_off(self) -> bool:
        """Whether it is formatted as hidden, or its row is; page numbers of a table of contents are, on the web alone."""
        if word(self._element) == "trPr":
            return is_on(child(self._element, "hidden"))
        names = [name for name in HIDING if not (name == "webHidden" and self._spot.in_contents)]
        return self._speaks and any(is_on(self._properties.get(name)) for name in names)

    def is_unreadable(self) -> bool:
        """Whether its colour is indistinguishable from what is behind it."""
        return self._speaks and not self._formatting.is_readable(self._properties, self._spot)

    def is_crossed_out(self) -> bool:
        """Whether a line or two are drawn through it."""
        return self._speaks and any(is_on(self._properties.get(name)) for name in ("strike", "dstrike"))

    def is_too_small(self) -> bool:
        """Whether its letters, its line or its row are too small, or its letters too tight."""
        return self._speaks and (self._has_small_letters() or self._has_small_line())

    def _has_small_letters(self) -> bool:
        said = self._properties
        size = _points(said.get("szCs" if is_on(said.get("cs")) or is_on(said.get("rtl")) else "sz"), 2)
        scale = re.match(r"\d+", (value(said["w"]) or "") if "w" in said else "")
        tight = _points(said.get("spacing"), 20)
        return (
            (size is not None and size < _SMALLEST)
            or (scale is not None and int(scale[0]) < _NARROWEST)
            or (tight is not None and -tight > _TIGHTEST * (size or _USUAL))
        )

    def _has_small_line(self) -> bool:
        lines = [(self._formatting.of_paragraph(self._spot).get("spacing"), "line", "lineRule")]
        cells = (around for around in self._spot.around if isinstance(around, Cell))
        lines += [(within(cell.row, "trPr", "trHeight"), "val", "hRule") for cell in cells]
        heights = [
            _points(said, 20, name) for said, name, rule in lines if said is not None and value(said, rule) == "exact"
        ]
        return any(height is not None and height < _SMALLEST for height in heights)


def _points(element: Element | None, parts: int, name: str = "val") -> float | None:
    """A measure in points: of so many parts each, or with its unit."""
    said = (value(element, name) or "") if element is not None else ""
    match = re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|pi)?", said, re.ASCII)
    return float(match[1]) * (_POINTS[match[2]] if match[2] else 1 / parts) if match else None
