"""Where words stand that a person decided about: the same rule for the engine and for who asks what is left to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.forms import Folded, Form, Strength, fold, fold_text
from redaction.propagation import Searched, occurrences, runs_on
from redaction.reading import read
from redaction.results import Decision


def decided(text: str, folded: Folded, decisions: Iterable[Decision], actions: Collection[str]) -> list[Finding]:
    """Everywhere in a text as read (`folded` is its folding) that the words of decisions of these actions stand.

    Words to leave alone are taken for a name: the title before them is theirs.
    """
    wanted = [
        Searched(
            Form(fold_text(d.text).strip(), Strength.STRONG, "decided"),
            Entity.PERSON if d.action == "reject" else d.entity or Entity.OTHER,
            DECLARED,
            "decision",
            runs_on=runs_on(read(d.text).text),
        )
        for d in decisions
        if d.action in actions
    ]
    return occurrences(text, folded, wanted)


def decided_spans(text: str, decisions: Iterable[Decision]) -> list[tuple[int, int]]:
    """Where words stand in a text as written that a person decided about, whatever they decided: (start, end)."""
    reading = read(text)
    found = decided(reading.text, fold(reading.text), decisions, ("accept", "reject", "add"))
    return [reading.span(f.start, f.end) for f in found]
