"""Overlapping findings → one decision a span.

The rule: what a person declared or decided wins; then the higher score; then the longer span. The parts of a beaten finding that
stick out and still look like part of a name are replaced too, so that half a name never stays behind.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.lexicon.numbers import NUMBER_WORD
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.titles import TITLE_WORDS
from redaction.lexicon.words import is_english_word
from redaction.spans import LONGEST_TERM, Span, is_within_any, near, overlap, overlapping, subtract

_BEFORE_ODD = regex.compile(r"(?<!\b(?:the|an?|this|that|each|every|no|any|of|in|at|to))(?<=\p{Ll}{2}),?[ ]$")
_BEHIND_ODD = regex.compile(
    r"['’]s\b|[.,;:!?)]|\s*$|[ ](?:that|who|was|is|had|has|at|for|with|about|in|on|to|if|when|because)\b"
)
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_UNIT = r"[ -]?(?:years?|yrs?|mth?s?|\p{L}{0,3}nths?|weeks?|wks?|days?|hours?|hrs?)(?!\p{L})"
_AMOUNT = regex.compile(rf"(?<!\w)(?:\d[\d.,]*(?<=\d)(?!\d)(?:{_UNIT})?|{NUMBER_WORD}{_UNIT})", regex.I)
_GUESSED = frozenset({Entity.PLACE, Entity.ADDRESS, Entity.ORGANISATION})
DOUBTFUL = Source(Origin.PLACES, "doubtful")
"""Source of a town that is an ordinary word too, where it is used as a place."""
_MET_AGAIN = 0.7
"""Under this score a name that is met again is a single word."""
_ODD = 0.45
"""Under this score a rule takes a single word for a name because no dictionary knows it."""
_SURE = 0.75
"""From this score on a rule knows a name by what is beside it (a title, a role, a label)."""


def resolve_overlaps(
    text: str,
    findings: Iterable[Finding],
    threshold: float,
    retained: Sequence[Span] = (),
    untouchable: Sequence[Span] = (),
    likelihood: Callable[[int, int], float | None] | None = None,
) -> list[Finding]:
    """Findings that do not overlap, in the text's order.

    Those under the threshold go; those within a retained term go unless declared; nothing touches an `untouchable`
    span (labels that are there already, names that families chose). `likelihood` tells how likely the tagger holds a span
    to identify somebody, or None where it did not read along: see `needed`.
    """
    chosen: list[Finding] = []
    ranked = sorted(
        findings, key=lambda f: (-f.score, f.start - f.end, f.start, f.entity, str(f.source), f.subtype, f.canonical)
    )
    for finding in ranked:
        if finding.score < threshold or finding.start >= finding.end:
            continue
        if finding.score < DECLARED and is_within_any(finding, retained):
            continue
        if any(overlap(finding, span) for span in near(finding, untouchable, LONGEST_TERM)):
            continue
        if likelihood and not _vouched(text, finding, likelihood):
            continue
        for piece in _free(text, finding, chosen):
            insort(chosen, piece, key=lambda f: f.start)
    return chosen


def needed(text: str, finding: Finding) -> float:
    """How likely the tagger must hold the likeliest word of a finding to identify somebody, for the finding to be accepted.

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
    if finding.source != Source(Origin.PROPAGATION):
        return 0.05 if finding.score < _ODD else 0.02 if finding.score < _SURE else 0.0
    if finding.score >= _MET_AGAIN or " " in written:
        return 0.0
    if _BEFORE_ODD.search(text, max(0, finding.start - 20), finding.start) and _BEHIND_ODD.match(text, finding.end):
        # a word that stands alone within a sentence, and with a capital, is a name; "Case notes" may be office English
        return 0.0
    return 0.04 if is_english_word(written) else 0.01


def _vouched(text: str, finding: Finding, likelihood: Callable[[int, int], float | None]) -> bool:
    least = needed(text, finding)
    if not least or finding.score >= DECLARED:
        return True
    likely = likelihood(finding.start, finding.end)
    return likely is None or likely >= least


def _free(text: str, finding: Finding, chosen: list[Finding]) -> list[Finding]:
    """The finding, or the parts of it that are not taken yet and still look like part of a name."""
    taken = list(overlapping(finding, chosen))
    if not taken:
        return [finding]
    trim = _trim_quantity if finding.entity is Entity.QUANTITY else _trim
    parts = (trim(text, *part) for part in subtract(finding, taken))
    return [replace(finding, start=start, end=end) for start, end in parts if start < end]


def _trim_quantity(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a remainder from its first number to the unit of its last: "18 months" of "18 months and"."""
    numbers = list(_AMOUNT.finditer(text, start, max(start, end)))
    return (numbers[0].start(), numbers[-1].end()) if numbers else (start, start)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a remainder from its first telling word to its last; nothing where there is none."""
    telling = [
        m
        for m in _WORD.finditer(text[max(start, 0) : max(end, start)])
        if (m[0][0].isupper() or any(c.isdigit() for c in m[0]))
        and len(m[0]) > 1
        and not is_english_word(m[0])
        and not is_retained(m[0])
        and m[0].casefold() not in TITLE_WORDS
    ]
    return (start + telling[0].start(), start + telling[-1].end()) if telling else (start, start)
