"""What a recognizer, a register or propagation finds."""

from __future__ import annotations

from dataclasses import dataclass

from redaction.entities import Entity

DECLARED = 1.0
"""The score of what a register declares or a person decides: nothing beats it."""


@dataclass(frozen=True)
class Finding:
    """A span of text that may identify somebody.

    `start` and `end` are code-point offsets into the analysed text; `source` names the rule, for the checker;
    `kind` says what the replacement needs to know (an organisation's kind, that a date is a birth date, …).
    """

    start: int
    end: int
    entity: Entity
    score: float
    source: str
    kind: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end
