"""Charts as static SVG, drawn by Vega-Lite when the site is built: no script, no font of their own, no colour fixed.

Bars take the page's colours by class, text its ink and its font, so that a chart is read in light, dark and print.
Positions are set here and nothing is measured, so that the same numbers give the same bytes on every machine.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

WIDTH = 330
_LONGEST_BAR = 275
_SHORTEST_SCALE = 5
"""A one must not look like a lot."""
_LINE = 18
_BAR = 14
_GAP = 12
_CHARACTERS = 40
_SVG = "http://www.w3.org/2000/svg"
_BAR_COLOUR, _TEXT_COLOUR = "#010203", "#040506"
_KEPT_ATTRIBUTES = ("d", "transform", "text-anchor", "font-size")


def draw_bars(name: str, heading: str, description: str, rows: Iterable[tuple[str, int]]) -> str:
    """A bar for each row, its label above it and its number at its end, as one line of SVG for a page.

    Args:
        name: the chart's name on its page: letters, digits and hyphens.
        heading: its title, for readers of screens.
        description: what it shows, in a sentence; the table beside it has the numbers.
        rows: labels and counts, from the top.
    """
    drawing, height = _draw(tuple(rows))
    return (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {WIDTH} {height}" '
        f'preserveAspectRatio="xMinYMin" '
        f'xmlns="{_SVG}"><title id="{name}-title">{html.escape(heading)}</title>'
        f'<desc id="{name}-desc">{html.escape(description)}</desc>{drawing}</svg>'
    )


@lru_cache(maxsize=512)
def _draw(rows: tuple[tuple[str, int], ...]) -> tuple[str, int]:
    """The content of the SVG, and its height."""
    # imported here: most commands draw nothing
    import vl_convert

    places, height = _lay_out(rows)
    svg: str = vl_convert.vegalite_to_svg(json.dumps(_specification(places, height)))
    return "".join(_keep_bars_and_words(ElementTree.fromstring(svg))), height


def _lay_out(rows: Sequence[tuple[str, int]]) -> tuple[list[dict[str, Any]], int]:
    """The position of each row's lines of label and of its bar below them, and the height of all."""
    places = []
    top = 0
    for label, count in rows:
        lines = textwrap.wrap(label, _CHARACTERS) or [""]
        bar = top + len(lines) * _LINE
        places.append({"lines": lines, "top": top, "bar": bar, "end": bar + _BAR, "count": count})
        top = bar + _BAR + _GAP
    return places, max(top - _GAP, 1) + 2


def _specification(places: Sequence[dict[str, Any]], height: int) -> dict[str, Any]:
    """The chart in Vega-Lite, where every position is given: https://vega.github.io/vega-lite/docs/spec.html."""
    most = max([_SHORTEST_SCALE, *(place["count"] for place in places)])
    count = {
        "field": "count",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, most], "range": [0, _LONGEST_BAR], "nice": False},
    }

    def at(field: str) -> dict[str, Any]:
        scale = {"domain": [0, height], "range": [0, height], "nice": False, "padding": 0}
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    numbers = [{**place, "number": f"{place['count']:,}"} for place in places]
    lines = [
        {"line": line, "at": place["top"] + 14 + n * _LINE} for place in places for n, line in enumerate(place["lines"])
    ]
    words = {"type": "text", "align": "left", "baseline": "alphabetic", "fontSize": 14, "fill": _TEXT_COLOUR}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
        "width": WIDTH,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "config": {"view": {"stroke": None}},
        "layer": [
            {
                "data": {"values": [place for place in numbers if place["count"]]},
                "mark": {"type": "bar", "orient": "horizontal", "fill": _BAR_COLOUR},
                "encoding": {"x": count, "x2": {"datum": 0}, "y": at("bar"), "y2": {"field": "end"}},
            },
            {
                "data": {"values": numbers},
                "mark": {**words, "dx": 6, "dy": 12},
                "encoding": {"x": count, "y": at("bar"), "text": {"field": "number", "type": "nominal"}},
            },
            {
                "data": {"values": lines},
                "mark": words,
                "encoding": {"x": {"value": 0}, "y": at("at"), "text": {"field": "line", "type": "nominal"}},
            },
        ],
    }


def _keep_bars_and_words(element: ElementTree.Element) -> Iterable[str]:
    """Bars and words alone: their place and size, the page's own colours, nothing of the library's markup."""
    for child in element:
        tag = child.tag.removeprefix(f"{{{_SVG}}}")
        fill = child.get("fill")
        if tag == "g":
            yield from _keep_bars_and_words(child)
        elif tag == "path" and fill == _BAR_COLOUR:
            yield f'<path class="bar"{_attributes(child)}/>'
        elif tag == "text" and fill == _TEXT_COLOUR:
            yield f"<text{_attributes(child)}>{html.escape(child.text or '', quote=False)}</text>"


def _attributes(element: ElementTree.Element) -> str:
    found = ((name, element.get(name)) for name in _KEPT_ATTRIBUTES)
    return "".join(f' {name}="{_round_numbers(value)}"' for name, value in found if value)


def _round_numbers(value: str) -> str:
    """An attribute with its numbers to two places: the last digits differ between processors."""
    return html.escape(re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value))
