"""Numbers before paragraphs, Word's own and typed ones.

Those that number the paragraphs of the review go, as a published page numbers its paragraphs itself; those of a list stay, and
show what Word shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from publishing.intake.word.numbering import Marker, find_markers
from publishing.intake.word.package import MAIN, Package
from publishing.intake.word.styles import Styles
from publishing.intake.word.xml import (
    BREAKS,
    child,
    local,
    paragraph_text,
    prefixed,
    renewed_property,
    top_paragraphs,
    word,
)

ITEM = re.compile("[\U000f0000-\U000fffff]")
"""Marks the number of a list's item until the list is written, as a sign of a plane that nothing else uses."""

FIRST_ITEM = 0xF0000
_TYPED = re.compile(r"\s*\(?([1-9]\d{0,2}(?:\.[1-9]\d{0,2}){0,3})([.)]?)(\s+)(?=\S)")
_DIGITS = re.compile(r"\(?\d+(?:\.\d+)*[.)]?")
_LEAST_SHARE = 0.5
"""Of the paragraphs from the first numbered one to the last, where numbers without a point number the review's paragraphs."""
_LARGEST_STEP = 2
"""A number may have been left out by mistake."""

Parts = tuple[int, ...]


@dataclass
class _Run:
    """Paragraphs whose numbers follow each other, by their places among all."""

    places: list[int]
    numbers: list[Parts]

    @property
    def is_deep(self) -> bool:
        """Whether there are numbers such as 2.14 among them."""
        return any(len(parts) > 1 for parts in self.numbers)


def settle_numbers(package: Package, styles: Styles) -> int:
    """Take out the numbers that number the review's paragraphs, and write those of lists into the text.

    Returns how many paragraphs have lost theirs.
    """
    document = package.xml[MAIN]
    markers = find_markers(package, styles)
    body = [p for p in top_paragraphs(document) if paragraph_text(p).strip()]
    is_heading = [styles.level(p) > 0 for p in body]
    gone = {body[place] for place in _numbered_by_word(body, is_heading, markers)}
    typed = {body[place] for run in _typed_runs(body, is_heading, markers) for place in run.places}
    for paragraph, marker in markers.items():
        _settle(paragraph, marker, is_heading=styles.level(paragraph) > 0, is_gone=paragraph in gone)
    for paragraph in typed:
        match = _TYPED.match(paragraph_text(paragraph))
        _drop_start(paragraph, match.end() if match else 0)
    return len(gone | typed)


# --- which go


def _numbered_by_word(
    body: Sequence[Element], is_heading: Sequence[bool], markers: Mapping[Element, Marker]
) -> Iterator[int]:
    """Paragraphs that Word numbers through several sections, or together with its headings."""
    groups: dict[str, _Run] = defaultdict(lambda: _Run([], []))
    headings = {markers[p].group for p, heading in zip(body, is_heading, strict=True) if heading and p in markers}
    for place, paragraph in enumerate(body):
        marker = markers.get(paragraph)
        if marker and not is_heading[place] and _DIGITS.fullmatch(marker.shown):
            groups[marker.group].places.append(place)
            groups[marker.group].numbers.append(marker.parts)
    for group, run in groups.items():
        if (run.is_deep and group in headings) or _number_the_review(run, is_heading):
            yield from run.places


def _typed_runs(
    body: Sequence[Element], is_heading: Sequence[bool], markers: Mapping[Element, Marker]
) -> Iterator[_Run]:
    """Paragraphs that somebody numbered by hand, each run of numbers that follow each other."""
    runs: list[_Run] = []
    for place, paragraph in enumerate(body):
        parts = () if is_heading[place] or paragraph in markers else _typed_number(paragraph_text(paragraph))
        run = next((run for run in reversed(runs) if parts and _follows(parts, run.numbers[-1])), None)
        if run:
            run.places.append(place)
            run.numbers.append(parts)
        elif parts and parts[-1] == 1:
            runs.append(_Run([place], [parts]))
    yield from (run for run in runs if len(run.places) > 1 and (run.is_deep or _number_the_review(run, is_heading)))


def _number_the_review(run: _Run, is_heading: Sequence[bool]) -> bool:
    """Whether numbers go on under another heading, and most paragraphs between have one."""
    between = is_heading[run.places[0] : run.places[-1] + 1]
    share = len(run.places) / (len(between) - sum(between))
    return any(between) and (run.is_deep or share >= _LEAST_SHARE)


def _typed_number(text: str) -> Parts:
    """The number that a text begins with, if it looks like a paragraph's: with a point, a bracket or a tab."""
    match = _TYPED.match(text)
    if not match or not ("." in match[1] or match[2] or "\t" in match[3]):
        return ()
    return tuple(map(int, match[1].split(".")))


def _follows(parts: Parts, before: Parts) -> bool:
    """Whether a number comes next: 2.2, 2.1.1 or 3.1 after 2.1."""
    same = next((n for n, pair in enumerate(zip(parts, before, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return len(parts) > len(before) and set(parts[len(before) :]) == {1}
    return 0 < parts[same] - before[same] <= _LARGEST_STEP and set(parts[same + 1 :]) <= {1}


# --- what becomes of a paragraph


def _settle(paragraph: Element, marker: Marker, *, is_heading: bool, is_gone: bool) -> None:
    """Leave a paragraph in its list with its number marked, or write its number as text, or take it out."""
    if is_heading:
        if marker.is_worded:
            _write_start(paragraph, f"{marker.shown} ")
        return
    if marker.is_bullet or (marker.is_plain and not is_gone):
        _number_by(paragraph, marker.used, marker.depth)
        if marker.is_plain:
            _write_start(paragraph, chr(FIRST_ITEM + marker.number))
        return
    _number_by(paragraph, "0", 0)
    if marker.shown and not is_gone:
        _write_start(paragraph, f"{marker.shown} ")


def _number_by(paragraph: Element, used: str, depth: int) -> None:
    """Put a paragraph into a list by itself, whatever its style says; list 0 is none."""
    holder = renewed_property(paragraph, "numPr")
    for name, said in (("ilvl", str(depth)), ("numId", used)):
        SubElement(holder, prefixed(paragraph, name)).set(prefixed(paragraph, "val"), said)


def _write_start(paragraph: Element, text: str) -> None:
    run = Element(prefixed(paragraph, "r"))
    SubElement(run, prefixed(paragraph, "t")).text = text
    paragraph.insert(0 if child(paragraph, "pPr") is None else 1, run)


def _drop_start(element: Element, left: int) -> int:
    """Take so many characters from the beginning of a paragraph; what is left to take."""
    for part in list(element):
        if left <= 0:
            break
        if local(part) == "t":
            text = part.text or ""
            part.text, left = text[left:], left - len(text)
        elif word(part) in BREAKS:
            element.remove(part)
            left -= 1
        elif word(part) not in ("p", "pPr"):
            left = _drop_start(part, left)
    return max(0, left)
