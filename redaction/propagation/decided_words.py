"""Where the words are that a person decided about: the same rule for the engine and for who asks what is left to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.names.surface_forms import Form, Strength
from redaction.propagation.occurrences import occurrences, runs_on
from redaction.propagation.search_terms import SearchTerm
from redaction.results import Decision
from redaction.text.folding import Folded, fold, fold_text
from redaction.text.normalise import normalise


def decision_findings(
    text: str, folded: Folded, decisions: Iterable[Decision], actions: Collection[str]
) -> list[Finding]:
    """Everywhere in a normalised text (`folded` is its folding) that the words of decisions of these actions appear.

    Words to leave alone are taken for a name: the title before them is theirs.
    """
    wanted = [
        SearchTerm(
            Form(fold_text(d.text).strip(), Strength.STRONG, "decided"),
            Entity.PERSON if d.action == "reject" else d.entity or Entity.OTHER,
            DECLARED,
            Source(Origin.DECISION),
            runs_on=runs_on(normalise(d.text).text),
        )
        for d in decisions
        if d.action in actions
    ]
    return occurrences(text, folded, wanted)


def decision_spans(text: str, decisions: Iterable[Decision]) -> list[tuple[int, int]]:
    """Where the words are, in a text as written, that a person decided about, whatever they decided: (start, end)."""
    normalised = normalise(text)
    found = decision_findings(normalised.text, fold(normalised.text), decisions, ("accept", "reject", "add"))
    return [normalised.to_source(f.start, f.end) for f in found]
