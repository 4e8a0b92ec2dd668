"""Couples that are named together: where the register declares one of them, both are told as family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.propagation.mentions import COUPLE_TITLES
from redaction.spans import contains

_TITLED = Source(Origin.PEOPLE, "title")
_COUPLE = regex.compile(rf"(?i:{COUPLE_TITLES}[ ](?:and|&)[ ]{COUPLE_TITLES})(?![\p{{L}}])")


def as_couples(text: str, fixed: Sequence[Finding], recognised: Iterable[Finding]) -> list[Finding]:
    """The fixed findings; where one is of a couple ("Mr and Mrs Marsh") both are told together: they are family, and not her alone."""
    couples = [f for f in recognised if f.source == _TITLED and _COUPLE.match(text, f.start, f.end)]
    both = {couple.span: couple for couple in couples for f in fixed if _is_within_couple(f, couple)}
    alone = [f for f in fixed if not any(_is_within_couple(f, couple) for couple in both.values())]
    return [
        *alone,
        *(replace(c, score=DECLARED, source=Source(Origin.REGISTER), subtype="family") for c in both.values()),
    ]


def _is_within_couple(finding: Finding, couple: Finding) -> bool:
    return finding.entity is Entity.PERSON and finding.source.origin is Origin.REGISTER and contains(couple, finding)
