"""What is shown to the checker and left as it is: flagged findings, without overlaps with what is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from redaction.findings import Finding, Origin
from redaction.lexicon.details import flag_tables
from redaction.spans import Span, overlap, subtract

MANY_WORDS = 6

"""A piece of a cut quotation with so many words is shown for itself; of shorter ones the longest alone."""

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*")


def reason_of(finding: Finding) -> str:
    """Why a person should look at it, in plain words."""
    return str(flag_tables()["reasons"][finding.source.rule or finding.source.origin])


def without_overlaps(text: str, found: Iterable[Finding], taken: Sequence[Span]) -> list[Finding]:
    """Findings to show, in the text's order: a rule's before the tagger's, then the longer of two that meet, cut around what is `taken` (sorted)."""
    chosen: list[Finding] = []
    for finding in sorted(
        found, key=lambda f: (f.source.origin is Origin.TAGGER, f.start - f.end, f.start, str(f.source))
    ):
        if not any(overlap(f, finding) for f in chosen):
            chosen.append(finding)
    pieces: list[Finding] = []
    for finding in sorted(chosen, key=lambda f: f.start):
        pieces += _worth_showing(text, _cut(text, finding, taken))
    return pieces


def _cut(text: str, finding: Finding, taken: Sequence[Span]) -> list[Finding]:
    """The parts of a finding not already replaced, each from its first word to its last."""
    meeting = [span for span in taken if overlap(finding, span)]
    if not meeting:
        return [finding]
    pieces = []
    for start, end in subtract(finding, meeting):
        words = list(_WORD.finditer(text, start, max(start, end)))
        if words:
            pieces.append(replace(finding, start=words[0].start(), end=words[-1].end()))
    return pieces


def _worth_showing(text: str, pieces: list[Finding]) -> list[Finding]:
    if len(pieces) < 2:
        return pieces
    long = [f for f in pieces if len(_WORD.findall(text, f.start, f.end)) >= MANY_WORDS]
    return long or [max(pieces, key=lambda f: f.end - f.start)]
