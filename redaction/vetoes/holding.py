"""Findings held to the vetoes: what no reader may take for a date, an age, a person is taken out of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import BIRTH, DECLARED, Finding, Origin
from redaction.lexicon.calendar import MONTHS, SEASONS, WEEKDAYS
from redaction.lexicon.words import is_english_word
from redaction.spans import Span, contains, overlap, subtract
from redaction.vetoes.rules import COUNTED, Veto

_PERSONS_OWN = frozenset({Origin.REGISTER, Origin.DECISION})
"""What a person declared or decided is held to nothing."""
_PLACED = frozenset({Entity.ADDRESS, Entity.PLACE, Entity.ORGANISATION})
"""Kinds whose names may be of ordinary words: a capital is enough."""
_COUNTS = frozenset(
    {"score", "measure", "count", "share", "length", "height", "weight", "speed", "size", "temperature"}
)
"""Kinds of vetoes that a number of a date may look like with the words beside it."""
_LONGEST = 120
"""Characters of a veto, at most, that is looked for."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[./:'’-][\p{L}\p{M}\p{N}]+)*")


def apply_vetoes(text: str, findings: Iterable[Finding], vetoes: Sequence[Veto]) -> Iterator[Finding]:
    """The findings without what the vetoes take out of them; a building that was taken for a person is one."""
    for finding in findings:
        if finding.source.origin in _PERSONS_OWN or finding.score >= DECLARED or finding.subtype == BIRTH:
            yield finding
            continue
        against = [v for v in _near(finding, vetoes) if finding.entity in v.entities and _holds(v, finding)]
        if not against:
            yield finding
        elif building := next((v for v in against if v.instead), None):
            assert building.instead is not None
            yield replace(
                finding, start=building.start, end=building.end, entity=building.instead, subtype="", person=None
            )
        elif finding.source.origin is Origin.CODE:
            # a code of a known shape holds together
            if not any(contains(v, finding) for v in against):
                yield finding
        else:
            yield from _cut(text, finding, against)


def _holds(veto: Veto, finding: Finding) -> bool:
    """A possessive's s is nobody by itself, and part of many a name ("St Bede's"); nor does a count or a score cut a date in two.

    The nineteenth of "completed 19 April" is no score, and 2019 no weight in "on 14 January 2019 and 43.1 kg".
    """
    whole_date = finding.entity is Entity.DATE and finding.source.origin is Origin.DATE and veto.kind in _COUNTS
    return contains(veto, finding) if veto.kind == "possessive" or whole_date else True


def is_vetoed(start: int, end: int, entity: Entity, vetoes: Sequence[Veto]) -> bool:
    """Whether nothing of a span can be what it is taken for."""
    span = Span(start, end)
    return any(entity in v.entities and contains(v, span) for v in _near(span, vetoes))


def _near(span: Finding | Span, vetoes: Sequence[Veto]) -> Iterator[Veto]:
    first = bisect_left(vetoes, span.start - _LONGEST, key=lambda v: v.start)
    last = bisect_left(vetoes, span.end, first, key=lambda v: v.start)
    return (veto for veto in vetoes[first:last] if overlap(veto, span))


def _cut(text: str, finding: Finding, against: Sequence[Veto]) -> Iterator[Finding]:
    """The parts of a finding that no veto takes, each from its first word to its last, where they still look like what was found."""
    for start, end in subtract(finding, against):
        found = list(_WORD.finditer(text, start, max(start, end)))
        while found and _is_filler(found[0][0]):
            found.pop(0)
        while found and _is_filler(found[-1][0]):
            found.pop()
        if found and any(_tells(finding.entity, word[0]) for word in found):
            yield replace(finding, start=found[0].start(), end=found[-1].end())


_FILLER = frozenset("at on by from to of and or the a an in for about approx hrs hours".split())


def _is_filler(word: str) -> bool:
    return word.casefold() in _FILLER


def _tells(entity: Entity, word: str) -> bool:
    """Whether a word may be part of such a thing by itself."""
    if entity in COUNTED or entity is Entity.CODE:
        known = word.casefold().removesuffix("s")
        return any(c.isdigit() for c in word) or (
            entity is Entity.DATE and (known in MONTHS or known in WEEKDAYS or known in SEASONS or known == "day")
        )
    return (
        len(word) > 1
        and word[0].isalpha()
        and (not is_english_word(word) or (entity in _PLACED and word[0].isupper() and word.casefold() not in _FILLER))
    )
