"""Overlapping findings → one decision a span.

The rule: what a person declared or decided wins; then the higher score; then the longer span. What of a beaten
finding sticks out and still looks like part of a name is kept, so that half a name never stays behind.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.lexicon import is_common, is_kept
from redaction.titles import TITLE_WORDS

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_GUESSED = frozenset({Entity.PLACE, Entity.ADDRESS, Entity.ORGANISATION})
DOUBTFUL = "places:doubtful"
"""Source of a town that is an ordinary word too, where it stands as a place does."""
_MET_AGAIN = 0.7
"""Under this score a name that is met again is a single word."""
_ODD = 0.45
"""Under this score a rule takes a single word for a name because no dictionary knows it."""
_SURE = 0.75
"""From this score on a rule knows a name by what stands beside it (a title, a role, a label)."""


def resolve(
    text: str,
    findings: Iterable[Finding],
    threshold: float,
    kept: Sequence[tuple[int, int]] = (),
    untouchable: Sequence[tuple[int, int]] = (),
    likelihood: Callable[[int, int], float | None] | None = None,
) -> list[Finding]:
    """Findings that do not overlap, in the text's order.

    Those under the threshold go; those inside a kept term go unless declared; nothing touches an `untouchable`
    span (labels that stand there already, words a person said to leave alone). `likelihood` tells how likely the tagger holds a span
    to identify somebody, or None where it did not read along: see `needed`.
    """
    chosen: list[Finding] = []
    ranked = sorted(findings, key=lambda f: (-f.score, f.start - f.end, f.start, f.entity, f.source, f.kind))
    for finding in ranked:
        if finding.score < threshold or finding.start >= finding.end:
            continue
        if finding.score < DECLARED and _inside(finding, kept):
            continue
        if _touches(finding, untouchable):
            continue
        if likelihood and not _vouched(text, finding, likelihood):
            continue
        for piece in _free(text, finding, chosen):
            insort(chosen, piece, key=lambda f: f.start)
    return chosen


def needed(text: str, finding: Finding) -> float:
    """How likely the tagger must hold the likeliest word of a finding to identify somebody, for the finding to stand.

    A town that is an ordinary word too: nothing, for the tagger reads the word. Any other place, an address or an organisation: the
    less sure its rule, the surer the tagger must be, from nothing at a score of 0.9 to 0.15 at 0.75 and below. A name that is
    nobody's initials: a little where its rule guesses, and more where that is of a single odd word; as a single word met again a
    little, and more where it is an ordinary word. Everything else: nothing.
    """
    if finding.source == DOUBTFUL:
        return 0.0
    if finding.entity in _GUESSED:
        return min(0.15, max(0.0, 0.9 - finding.score))
    written = text[finding.start : finding.end]
    if finding.entity is not Entity.PERSON or written.isupper():
        return 0.0
    if finding.source != "propagation":
        return 0.05 if finding.score < _ODD else 0.02 if finding.score < _SURE else 0.0
    if finding.score >= _MET_AGAIN or " " in written:
        return 0.0
    return 0.04 if is_common(written) else 0.01


def _vouched(text: str, finding: Finding, likelihood: Callable[[int, int], float | None]) -> bool:
    least = needed(text, finding)
    if not least or finding.score >= DECLARED:
        return True
    likely = likelihood(finding.start, finding.end)
    return likely is None or likely >= least


def _inside(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= finding.start and finding.end <= end for start, end in _near(finding, spans))


def _touches(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < finding.end and finding.start < end for start, end in _near(finding, spans))


def _near(finding: Finding, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The spans that may meet a finding; spans are sorted, and none is longer than 400 characters."""
    first = bisect_left(spans, (finding.start - 400, 0))
    for span in spans[first:]:
        if span[0] >= finding.end:
            return
        yield span


def _free(text: str, finding: Finding, chosen: list[Finding]) -> list[Finding]:
    """The finding, or what of it is not taken yet and still looks like part of a name."""
    index = bisect_left(chosen, finding.start, key=lambda f: f.end)
    taken = []
    while index < len(chosen) and chosen[index].start < finding.end:
        if chosen[index].end > finding.start:
            taken.append(chosen[index])
        index += 1
    if not taken:
        return [finding]
    pieces, position = [], finding.start
    for other in taken:
        pieces.append((position, other.start))
        position = max(position, other.end)
    pieces.append((position, finding.end))
    return [replace(finding, start=s, end=e) for s, e in (_trim(text, *piece) for piece in pieces) if s < e]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a remainder from its first telling word to its last; nothing where there is none."""
    telling = [
        m
        for m in _WORD.finditer(text[max(start, 0) : max(end, start)])
        if (m[0][0].isupper() or any(c.isdigit() for c in m[0]))
        and len(m[0]) > 1
        and not is_common(m[0])
        and not is_kept(m[0])
        and m[0].casefold() not in TITLE_WORDS
    ]
    return (start + telling[0].start(), start + telling[-1].end()) if telling else (start, start)
