"""Drawings that lie in front of the text of a Word document, and may cover words of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from publishing.intake.word.xml import attribute, is_off, local

_FILLS = frozenset("solidFill gradFill pattFill blipFill grpFill".split())
_OLD_SHAPES = frozenset("rect roundrect oval shape polyline".split())
_SEEN_THROUGH = 50_000
"""Thousandths of a per cent: a fill that covers less than half only tints what is below it."""


def is_cover(element: Element) -> bool:
    """Whether an element puts a filled shape without text in front of the text, as whoever blacks out words by hand does."""
    if local(element) == "anchor":
        return _is_before_text(element) and any(_is_filled(shape) for shape in _shapes(element) if not _has_text(shape))
    return (
        local(element) in _OLD_SHAPES
        and _is_old_before_text(element)
        and not _has_text(element)
        and not _has_picture(element)
    )


def is_in_front(element: Element) -> bool:
    """Whether an element puts a picture or a text box in front of the text."""
    if local(element) == "anchor":
        return _is_before_text(element) and (_has_picture(element) or any(map(_has_text, _shapes(element))))
    return (
        local(element) in _OLD_SHAPES and _is_old_before_text(element) and (_has_text(element) or _has_picture(element))
    )


def _is_before_text(anchor: Element) -> bool:
    """Whether text runs on under what an anchor holds (ISO/IEC 29500-1, 20.4.2.3)."""
    return is_off(attribute(anchor, "behindDoc")) and any(local(part) == "wrapNone" for part in anchor)


def _is_old_before_text(shape: Element) -> bool:
    style = (attribute(shape, "style") or "").replace(" ", "")
    wraps = any(local(part) == "wrap" and attribute(part, "type") not in (None, "none") for part in shape)
    filled = not (attribute(shape, "filled") or "t").startswith(("f", "0"))
    return "position:absolute" in style and not re.search(r"z-index:-", style) and not wraps and filled


def _shapes(anchor: Element) -> Iterator[Element]:
    return (part for part in anchor.iter() if local(part) == "wsp")


def _is_filled(shape: Element) -> bool:
    """Whether a shape covers what is below it; lines and connectors do not."""
    parts = {local(part): part for part in shape}
    if "cNvCnPr" in parts:
        return False
    for part in parts.get("spPr", ()):
        if local(part) == "noFill":
            return False
        if local(part) in _FILLS:
            alphas = [attribute(inner, "val") or "" for inner in part.iter() if local(inner) == "alpha"]
            return not any(alpha.isdecimal() and int(alpha) < _SEEN_THROUGH for alpha in alphas)
    return any(local(part) == "fillRef" and attribute(part, "idx") != "0" for part in parts.get("style", ()))


def _has_text(shape: Element) -> bool:
    return any(local(part) == "t" and (part.text or "").strip() for part in shape.iter())


def _has_picture(element: Element) -> bool:
    return any(local(part) in ("pic", "imagedata") for part in element.iter())
