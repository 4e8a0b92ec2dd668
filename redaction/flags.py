"""What is shown to the checker and left as it is: flagged findings, cut so that they meet nothing that is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import yaml

from redaction.findings import Finding

MANY_WORDS = 6
"""A piece of a cut quotation with so many words is shown for itself; of shorter ones the longest alone."""

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*")


@cache
def tables() -> dict[str, Any]:
    """The words of every kind of detail, and the reason why each is shown: flags.yml."""
    data: dict[str, Any] = yaml.safe_load(files("redaction").joinpath("flags.yml").read_text(encoding="utf-8"))
    return data


def any_of(words: str) -> str:
    """A pattern for any of the words that flags.yml lists for shapes under this name, the longest first."""
    listed = sorted(tables()["shapes"][words], key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(regex.escape(word, literal_spaces=True).replace(' ', '[ ]') for word in listed)})"


def reason_of(finding: Finding) -> str:
    """Why a person should look at it, in plain words."""
    return str(tables()["reasons"][finding.source.rpartition(":")[2]])


def apart(text: str, found: Iterable[Finding], taken: Sequence[tuple[int, int]]) -> list[Finding]:
    """Findings to show, in the text's order: a rule's before the tagger's, then the longer of two that meet, cut around what is `taken` (sorted)."""
    chosen: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.source.startswith("tagger"), f.start - f.end, f.start, f.source)):
        if not any(f.start < finding.end and finding.start < f.end for f in chosen):
            chosen.append(finding)
    pieces: list[Finding] = []
    for finding in sorted(chosen, key=lambda f: f.start):
        pieces += _worth_showing(text, _cut(text, finding, taken))
    return pieces


def _cut(text: str, finding: Finding, taken: Sequence[tuple[int, int]]) -> list[Finding]:
    """What of a finding is not taken, from the first word of each piece to its last."""
    edges, position = [], finding.start
    for start, end in taken:
        if end > finding.start and start < finding.end:
            edges.append((position, start))
            position = max(position, end)
    edges.append((position, finding.end))
    if len(edges) == 1:
        return [finding]
    pieces = []
    for start, end in edges:
        words = list(_WORD.finditer(text, start, max(start, end)))
        if words:
            pieces.append(replace(finding, start=words[0].start(), end=words[-1].end()))
    return pieces


def _worth_showing(text: str, pieces: list[Finding]) -> list[Finding]:
    if len(pieces) < 2:
        return pieces
    long = [f for f in pieces if len(_WORD.findall(text, f.start, f.end)) >= MANY_WORDS]
    return long or [max(pieces, key=lambda f: f.end - f.start)]
