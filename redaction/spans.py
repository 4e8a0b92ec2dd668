"""Spans of a text: half-open ranges of code points, and how they lie to each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

LONGEST_TERM = 400
"""Characters of a retained term or of a label, at most."""


class Span(NamedTuple):
    """text[start:end]."""

    start: int
    end: int


class Ranged(Protocol):
    """Anything with a start and an end: a span, a finding, an edit, a tagged word."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The one after the last."""


R = TypeVar("R", bound=Ranged)


def overlap(one: Ranged, other: Ranged) -> bool:
    """Whether two spans have a character in common."""
    return one.start < other.end and other.start < one.end


def contains(outer: Ranged, inner: Ranged) -> bool:
    """Whether one span lies within another, or is the same."""
    return outer.start <= inner.start and inner.end <= outer.end


def overlapping(span: Ranged, among: Sequence[R]) -> Iterator[R]:
    """Those of sorted spans, none overlapping another, that overlap a span; in order."""
    for position in range(bisect_right(among, span.start, key=lambda other: other.end), len(among)):
        if among[position].start >= span.end:
            return
        yield among[position]


def overlaps_any(span: Ranged, among: Sequence[Ranged]) -> bool:
    """Whether a span overlaps any of sorted spans, none overlapping another."""
    return next(overlapping(span, among), None) is not None


def subtract(span: Ranged, taken: Iterable[Ranged]) -> list[Span]:
    """The parts of a span that sorted others leave, empty ones too, so that there is one more than there are others."""
    parts, position = [], span.start
    for other in taken:
        parts.append(Span(position, other.start))
        position = max(position, other.end)
    return [*parts, Span(position, span.end)]


def merge(*spans: Ranged) -> Span:
    """The smallest span that contains all."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def near(span: Ranged, among: Sequence[Span], longest: int) -> Iterator[Span]:
    """Those of sorted spans, which may overlap each other and are no longer than `longest`, that may overlap a span."""
    for other in among[bisect_left(among, Span(span.start - longest, 0)) :]:
        if other.start >= span.end:
            return
        yield other


def is_within_any(span: Ranged, terms: Sequence[Span]) -> bool:
    """Whether a span lies within one of sorted terms, which may overlap each other."""
    return any(contains(term, span) for term in near(span, terms, LONGEST_TERM))
