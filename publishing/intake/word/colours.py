"""Colours in a Word document: by number, from its theme, of shading and highlights; and whether one can be read on another."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from publishing.intake.word.package import Package
from publishing.intake.word.xml import attribute, child, local, value

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""
Fill = tuple[Colour, ...]
"""What an area is painted with: nothing where it can be seen through, several colours where they run into each other."""

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (1, 1, 1)

_LEAST = 1.35
"""Contrast by WCAG's formula, 1 to 21. The palest grey that Word's palette offers for notes (D9D9D9, white darker by 15%)
has 1.41 on white and may be published; a grey of 10% has 1.25, its grey of 5% 1.12, yellow 1.07."""
_DARK = 0.06
_LEAST_ON_DARK = 2.2
"""On near-black WCAG's formula flatters: body text of dark grey (404040) blacked out with a highlight has 2.03, black text
under a highlight of dark blue 1.31."""

_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_HUES = {
    "black": "000000", "white": "FFFFFF", "silver": "C0C0C0", "gray": "808080", "maroon": "800000", "red": "FF0000",
    "purple": "800080", "fuchsia": "FF00FF", "green": "008000", "lime": "00FF00", "olive": "808000", "yellow": "FFFF00",
    "navy": "000080", "blue": "0000FF", "teal": "008080", "aqua": "00FFFF", "window": "FFFFFF", "windowtext": "000000",
}  # fmt: skip
"""The names that shapes of older files give colours."""
_SLOTS = {"text1": "t1", "tx1": "t1", "background1": "bg1", "text2": "t2", "tx2": "t2", "background2": "bg2"}
_THEME = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"
}  # fmt: skip
_MAPPED = {"t1": "dark1", "bg1": "light1", "t2": "dark2", "bg2": "light2"}
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})(?: ?\[.*)?")
_STRIPES = 0.5
"""The part of an area that a striped or checked pattern covers, within what a reader can tell."""


def is_legible(text: Colour, behind: Colour) -> bool:
    """Whether a reader can see text of one colour on another."""
    least = _LEAST_ON_DARK if _luminance(behind) < _DARK else _LEAST
    dark, light = sorted((_luminance(text), _luminance(behind)))
    return (light + 0.05) / (dark + 0.05) >= least


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix_colours(over: Colour, under: Colour, part: float) -> Colour:
    """A colour that covers so much of another."""
    red, green, blue = (part * o + (1 - part) * u for o, u in zip(over, under, strict=True))
    return red, green, blue


def parse_hex_colour(text: str | None) -> Colour | None:
    """A colour that is written as six hexadecimal digits."""
    match = _HEX.fullmatch(text or "")
    if not match:
        return None
    red, green, blue = (part / 255 for part in bytes.fromhex(match[1]))
    return red, green, blue


def highlight_fill(element: Element | None) -> Fill:
    """What a highlighter painted."""
    colour = parse_hex_colour(_HIGHLIGHTS.get(value(element) or "")) if element is not None else None
    return (colour,) if colour else ()


def old_shape_fill(shape: Element) -> Fill | None:
    """What fills a shape of an older file; None if that is not known."""
    if (attribute(shape, "filled") or "t").startswith(("f", "0")):
        return ()
    said = attribute(shape, "fillcolor") or "white"
    colour = parse_hex_colour(said) or parse_hex_colour(_HUES.get(said.split(" ")[0].casefold()))
    painted = any(local(part) == "fill" and (attribute(part, "type") or "solid") != "solid" for part in shape)
    return None if colour is None or painted else (colour,)


class Palette:
    """The colours of one document's theme."""

    def __init__(self, package: Package) -> None:
        theme = next((root for _, root in package.parts("word/theme/")), None)
        scheme = next((e for e in theme.iter() if local(e) == "clrScheme"), None) if theme is not None else None
        self._theme: dict[str, Colour] = {"dk1": BLACK, "lt1": WHITE}
        for slot in scheme if scheme is not None else ():
            colour = next((parse_hex_colour(attribute(c, "lastClr") or attribute(c, "val")) for c in slot), None)
            if colour:
                self._theme[local(slot)] = colour
        mapping = child(package.xml.get("word/settings.xml"), "clrSchemeMapping")
        said = {key.rpartition("}")[2]: text for key, text in mapping.attrib.items()} if mapping is not None else {}
        self._mapped: Mapping[str, str] = MappingProxyType({**_MAPPED, **said})

    def named(self, name: str | None) -> Colour | None:
        """A colour by its name in the theme."""
        slot = _SLOTS.get(name or "", name or "")
        slot = self._mapped.get(slot, slot)
        return self._theme.get(_THEME.get(slot, slot))

    def colour(self, element: Element, plain: str = "val", theme: str = "themeColor") -> Colour | None:
        """A colour by its attributes; the theme's count more. None if it is automatic."""
        colour = self.named(value(element, theme))
        if colour is None:
            return parse_hex_colour(value(element, plain))
        start = "theme" if theme == "themeColor" else theme
        tint, shade = (_part(value(element, f"{start}{change}")) for change in ("Tint", "Shade"))
        return _lightness(_lightness(colour, shade, 0), tint, 1 - tint)

    def shading(self, element: Element | None) -> Fill:
        """What shading paints: a fill with a pattern on it."""
        pattern = (value(element) or "clear") if element is not None else "nil"
        if element is None or pattern in ("nil", "none"):
            return ()
        fill = self.colour(element, "fill", "themeFill")
        if pattern == "clear":
            return (fill,) if fill else ()
        part = int(pattern[3:]) / 100 if re.fullmatch(r"pct\d{1,2}", pattern) else 1 if pattern == "solid" else _STRIPES
        return (mix_colours(self.colour(element, "color") or BLACK, fill or WHITE, part),)

    def drawn(self, holder: Element, behind: Colour = WHITE) -> Fill | None:
        """What a drawing's fill paints (`solidFill`, `gradFill`, `noFill` and the like); None if that is not known."""
        kind = local(holder)
        if kind == "noFill":
            return ()
        if kind not in ("solidFill", "gradFill", "pattFill", "fillRef"):
            return None
        colours = [self._seen(part, behind) for part in holder.iter() if local(part).endswith("Clr")]
        return tuple(filter(None, colours)) or None

    def _seen(self, element: Element, behind: Colour) -> Colour | None:
        """A drawing's colour with what is done to it, as it shows on what is behind it."""
        said, kind = attribute(element, "lastClr") or attribute(element, "val"), local(element)
        if kind == "prstClr":
            colour = parse_hex_colour(_HUES.get((said or "").casefold()))
        else:
            colour = self.named(said) if kind == "schemeClr" else parse_hex_colour(said)
        return _apply_changes(colour, element, behind) if colour else None


def _apply_changes(colour: Colour, element: Element, behind: Colour) -> Colour:
    """A colour with the changes below an element made to it in their order."""
    for change in element:
        kind, part = local(change), _percent(attribute(change, "val"))
        if kind in ("lumMod", "shade"):
            colour = _lightness(colour, part, 0)
        elif kind == "lumOff":
            colour = _lightness(colour, 1, part)
        elif kind == "tint":
            colour = _lightness(colour, part, 1 - part)
        elif kind == "alpha":
            # in Word's own namespace it says how much is seen through, in drawings how much is covered
            colour = mix_colours(behind, colour, part if "office/word" in str(change.tag) else 1 - part)
    return colour


def _lightness(colour: Colour, times: float, plus: float) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light * times + plus)), saturation)


def _part(text: str | None) -> float:
    """A tint or shade; FF changes nothing."""
    return int(text, 16) / 255 if text and re.fullmatch(r"[0-9A-Fa-f]{1,2}", text) else 1.0


def _percent(text: str | None) -> float:
    """A share of 100,000, or one with its sign."""
    match = re.fullmatch(r"(\d{1,7})(\.\d+)?(%?)", text or "", re.ASCII)
    return min(1.0, float(match[1] + (match[2] or "")) / (100 if match[3] else 100_000)) if match else 1.0
