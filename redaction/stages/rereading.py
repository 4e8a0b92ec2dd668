"""Read again: what is written is read once more, and whatever more is found there is found in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from redaction.entities import Entity
from redaction.findings import BIRTH, Finding
from redaction.propagation.mentions import mention_at
from redaction.propagation.name_runs import join_name_runs, split_run_together
from redaction.spans import contains, overlaps_any
from redaction.stages.finding import mentions
from redaction.stages.state import State
from redaction.stages.writing import write
from redaction.text.normalise import normalise


def read_again(state: State, find: Callable[[str], Iterable[Finding]]) -> bool:
    """Add to the findings what `find` finds in the written text; whether there was anything."""
    written = write(state.source, state.edits)
    again = normalise(written.text)
    more: list[Finding] = []
    births: set[Finding] = set()
    for finding in find(again.text):
        first, last = again.to_source(finding.start, finding.end)
        if finding.subtype == BIRTH and (edit := written.edit_at(first)):
            births.add(edit.finding)
        span = state.normalised.from_source(*written.to_source(first, last))
        if span:
            # whoever this reading met has a number of its own; those declared have the same in every reading
            person = finding.person if state.people.is_declared(finding.person) else None
            more.append(replace(finding, start=span[0], end=span[1], person=person))
    more = [f for f in more if not overlaps_any(f, state.findings)]
    # a year that a label's name now joins to a date of birth is one too
    births = {f for f in births if f.entity is Entity.DATE and f.subtype != BIRTH}
    before = state.findings
    known = [replace(f, subtype=BIRTH) if f in births else f for f in state.findings]
    joined = join_name_runs(state.text, sorted([*known, *more], key=lambda f: f.start))
    state.findings = list(split_run_together(state.text, joined, state.people))
    _meet(state, before)
    return bool(more or births)


def _meet(state: State, before: Sequence[Finding]) -> None:
    """Take in whom this reading met; a name that is longer than it was ("June" + "Constant") is still the same person's."""
    known = set(before)
    new = [f for f in state.findings if f not in known]
    for longer in (f for f in new if f.entity is Entity.PERSON):
        for part in (f for f in before if f.entity is Entity.PERSON and contains(longer, f)):
            state.people.join(mention_at(state.text, part), mention_at(state.text, longer))
    state.people.add_mentions(*mentions(state.text, new, state.findings))
