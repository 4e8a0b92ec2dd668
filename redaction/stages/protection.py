"""Protect: what people accepted is added, and what the words around protected people tell goes with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redaction.findings import Finding
from redaction.flags import without_overlaps
from redaction.overlaps import resolve_overlaps
from redaction.propagation.attribution import attribute
from redaction.propagation.decided_words import decision_findings
from redaction.propagation.protected_people import surroundings, without_names
from redaction.spans import overlaps_any
from redaction.stages.state import State
from redaction.text.folding import fold_text


def protect(state: State) -> None:
    """Add accepted flags to the findings, then take in what tells too much around protected people."""
    chosen = resolve_overlaps(state.text, [*state.findings, *_accepted(state, state.flaggable)], 0.0)
    if any(person.is_protected for person in state.people.everybody):
        whom = zip(chosen, attribute(state.text, chosen, state.people), strict=True)
        chosen = [replace(f, person=meant.person.id) if meant.person else f for f, meant in whom]
    seconded = [d for d in state.decisions if d.seconded]
    left_alone = decision_findings(state.text, state.document.folded, seconded, ("reject",))
    undone = sorted(f.span for f in left_alone)
    guarded = surroundings(state.text, chosen, state.people, undone)
    replaced, doubtful = without_names(state.text, guarded, state.people, undone)
    state.findings = sorted([*guarded, *replaced], key=lambda f: f.start)
    if doubtful:
        state.flaggable = [*state.flaggable, *doubtful]
        # what a person accepts of the sentences in doubt goes as any other flag does
        accepted = [f for f in _accepted(state, doubtful) if not overlaps_any(f, state.findings)]
        state.findings = sorted([*state.findings, *accepted], key=lambda f: f.start)


def _accepted(state: State, flaggable: Sequence[Finding]) -> list[Finding]:
    """Words to replace because a person accepted one of these flags on them; accepting what is replaced anyway changes nothing."""
    accepted = decision_findings(state.text, state.document.folded, state.decisions, ("accept",))
    if not accepted:
        return []
    flags = without_overlaps(state.text, flaggable, [f.span for f in state.findings])
    words = {fold_text(state.words(a)) for a in accepted if overlaps_any(a, flags)}
    return [a for a in accepted if fold_text(state.words(a)) in words]
