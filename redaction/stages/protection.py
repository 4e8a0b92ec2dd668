"""Protect: what people accepted is added, and what the words around protected people tell goes with their names."""

from __future__ import annotations

from redaction.findings import Finding
from redaction.flags import without_overlaps
from redaction.overlaps import resolve_overlaps
from redaction.propagation.decided_words import decision_findings
from redaction.propagation.protected_people import surroundings
from redaction.spans import overlaps_any
from redaction.stages.state import State
from redaction.text.folding import fold_text


def protect(state: State) -> None:
    """Add accepted flags to the findings, then take in what tells too much around protected people."""
    chosen = resolve_overlaps(state.text, [*state.findings, *_accepted(state)], 0.0)
    seconded = [d for d in state.decisions if d.seconded]
    left_alone = decision_findings(state.text, state.document.folded, seconded, ("reject",))
    state.findings = surroundings(state.text, chosen, state.people, [f.span for f in left_alone])


def _accepted(state: State) -> list[Finding]:
    """Words to replace because a person accepted a flag on them; accepting what is replaced anyway changes nothing."""
    accepted = decision_findings(state.text, state.document.folded, state.decisions, ("accept",))
    if not accepted:
        return []
    flags = without_overlaps(state.text, state.flaggable, [f.span for f in state.findings])
    words = {fold_text(state.words(a)) for a in accepted if overlaps_any(a, flags)}
    return [a for a in accepted if fold_text(state.words(a)) in words]
