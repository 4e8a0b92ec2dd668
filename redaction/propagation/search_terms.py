"""What is searched for: a surface form, what it means, and how sure a hit is."""

from __future__ import annotations

from dataclasses import dataclass

from redaction.entities import Entity
from redaction.findings import Finding, Source
from redaction.names.surface_forms import Form


@dataclass(frozen=True)
class SearchTerm:
    """A form to look for, what it means, and how sure a hit is; `runs_on`: it is of several sentences."""

    form: Form
    entity: Entity
    score: float
    source: Source
    subtype: str = ""
    canonical: str = ""
    person: int | None = None
    declared: bool = False
    runs_on: bool = False

    def at(self, start: int, end: int, subtype: str | None = None) -> Finding:
        """The finding where it occurs; `subtype` in place of its own."""
        own = self.subtype if subtype is None else subtype
        return Finding(start, end, self.entity, self.score, self.source, own, self.canonical, self.person)
