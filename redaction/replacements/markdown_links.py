"""Markdown links whose address was replaced: no link is left, and no brackets of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import regex

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.spans import Ranged, Span, overlap

_LINK = regex.compile(
    r"!?\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]|\n(?!\s*\n)){0,300})\]"
    r"\((?P<to>[^()\s]{1,2000})(?:[ ]+[\"'][^\"'\n]{0,200}[\"'])?\)"
    r"|<(?P<bare>(?:[a-z]{2,10}:)?[^<>\s]{4,2000})>"
)


class Edit(Ranged, Protocol):
    """Words to write in the place of source[start:end], and the finding that asks for it."""

    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def finding(self) -> Finding: ...  # noqa: D102


E = TypeVar("E", bound=Edit)


def without_links(source: str, edits: Sequence[E]) -> list[E]:
    """The edits, sorted and apart as they were, with each link whose address they replace taken out around its words.

    "[Ada](https://example.org/ada)" becomes "[Person 1]", "[her page](…)" becomes "her page ([contact removed])".
    """
    left = list(edits)
    for link in _LINK.finditer(source):
        part = "bare" if link["bare"] else "to"
        contact = next(
            (e for e in left if overlap(e, Span(*link.span(part))) and e.finding.entity is Entity.CONTACT), None
        )
        if contact is not None:
            left = _without(link, left, contact)
    return left


def _without(link: regex.Match[str], edits: Sequence[E], contact: E) -> list[E]:
    """The edits with this link's brackets and address gone; `contact` replaces its address."""
    start, end = link.span()
    if any(e.start < start < e.end or e.start < end < e.end for e in edits):
        return list(edits)
    before, after = [e for e in edits if e.end <= start], [e for e in edits if e.start >= end]
    if link["bare"] or not link["text"].strip():
        return [*before, _over(contact, start, end, contact.words), *after]
    first, last = link.span("text")
    inside = [e for e in edits if overlap(e, Span(first, last))]
    if len(inside) == 1 and not any(
        c.isalnum() for c in link.string[first : inside[0].start] + link.string[inside[0].end : last]
    ):
        return [*before, _over(inside[0], start, end, inside[0].words), *after]
    if any(e.end > last for e in inside):
        return list(edits)
    opening, closing = _over(contact, start, first, ""), _over(contact, last, end, f" ({contact.words})")
    return [*before, opening, *inside, closing, *after]


def _over(edit: E, start: int, end: int, words: str) -> E:
    return replace(edit, start=start, end=end, words=words)  # type: ignore[type-var]
