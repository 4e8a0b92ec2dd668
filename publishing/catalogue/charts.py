"""Charts as static SVG, drawn by Vega-Lite when the site is built: no script, no font of their own, no colour fixed.

Bars take the page's colours by class, text its ink and its font, so that a chart is read in light, dark and print.
Positions are set here and nothing is measured, so that the same numbers give the same bytes on every machine.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
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
_PANEL, _PANEL_HEIGHT = 150, 92
"""A small chart of several."""
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


def draw_multiples(heading: str, labels: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]) -> str:
    """A small chart for each row, a column for each label: all of one scale, as one line of HTML for a page.

    Args:
        heading: what they show, for readers of screens; the table beside them has the numbers.
        labels: what a column is, from the left; short ones, such as years.
        rows: titles and counts, one for each label.
    """
    found = [(title, tuple(counts)) for title, counts in rows]
    most = max([_SHORTEST_SCALE, *(count for _, counts in found for count in counts)])
    panels = (
        f'<div><p>{html.escape(title)}</p><svg class="chart" viewBox="0 0 {_PANEL} {_PANEL_HEIGHT}" xmlns="{_SVG}">'
        f"{_draw_columns(tuple(labels), counts, most)}</svg></div>"
        for title, counts in found
    )
    return f'<div class="multiples" role="img" aria-label="{html.escape(heading)}">{"".join(panels)}</div>'


@lru_cache(maxsize=512)
def _draw_columns(labels: tuple[str, ...], counts: tuple[int, ...], most: int) -> str:
    """The content of one small chart."""
    import vl_convert

    step = _PANEL / len(labels)
    foot = _PANEL_HEIGHT - _LINE
    places: list[dict[str, Any]] = [
        {
            "left": round(step * (n + 0.15), 2),
            "right": round(step * (n + 0.85), 2),
            "middle": round(step * (n + 0.5), 2),
            "top": round(foot - (foot - _LINE) * count / most, 2),
            "foot": foot,
            "number": f"{count:,}",
            "label": label,
        }
        for n, (label, count) in enumerate(zip(labels, counts, strict=True))
    ]
    words = {"type": "text", "align": "center", "baseline": "alphabetic", "fontSize": 14, "fill": _TEXT_COLOUR}
    across, down = _given(_PANEL), _given(_PANEL_HEIGHT)
    layers = [
        {
            "data": {"values": [place for place in places if place["top"] < foot]},
            "mark": {"type": "rect", "fill": _BAR_COLOUR},
            "encoding": {"x": across("left"), "x2": {"field": "right"}, "y": down("top"), "y2": {"field": "foot"}},
        },
        {
            "data": {"values": places},
            "mark": {**words, "dy": -4},
            "encoding": {"x": across("middle"), "y": down("top"), "text": {"field": "number", "type": "nominal"}},
        },
        {
            "data": {"values": places},
            "mark": {**words, "dy": 15},
            "encoding": {"x": across("middle"), "y": down("foot"), "text": {"field": "label", "type": "nominal"}},
        },
    ]
    svg: str = vl_convert.vegalite_to_svg(json.dumps(_frame(_PANEL, _PANEL_HEIGHT, layers)))
    return "".join(_keep_bars_and_words(ElementTree.fromstring(svg)))


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

    at = _given(height)
    numbers = [{**place, "number": f"{place['count']:,}"} for place in places]
    lines = [
        {"line": line, "at": place["top"] + 14 + n * _LINE} for place in places for n, line in enumerate(place["lines"])
    ]
    words = {"type": "text", "align": "left", "baseline": "alphabetic", "fontSize": 14, "fill": _TEXT_COLOUR}
    layers = [
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
    ]
    return _frame(WIDTH, height, layers)


def _frame(width: int, height: int, layers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "config": {"view": {"stroke": None}},
        "layer": layers,
    }


def _given(length: int) -> Callable[[str], dict[str, Any]]:
    """What Vega-Lite is told of a field that is a position already, on a side of some length."""
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "padding": 0}
    return lambda field: {"field": field, "type": "quantitative", "axis": None, "scale": scale}


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
