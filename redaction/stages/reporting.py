"""Report: what a person should look at besides what is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redaction.flags import reason_of, without_overlaps
from redaction.labels import LABEL
from redaction.recognizers.tagger import find_uncertain
from redaction.results import Doubt, Flag, Question
from redaction.spans import Span
from redaction.stages.names_left import names_left
from redaction.stages.state import State


def report(state: State) -> tuple[tuple[Flag, ...], tuple[Doubt, ...], tuple[Question, ...]]:
    """The flags and doubts about what stays, and the questions about whom is meant."""
    taken = _taken(state)
    flags = tuple(_flags(state, taken))
    return flags, tuple(_doubts(state, taken, flags)), tuple(_questions(state))


def _taken(state: State) -> list[Span]:
    """The parts of the normalised text that are replaced or were labels before; sorted."""
    edited = [Span(*span) for edit in state.edits if (span := state.normalised.from_source(edit.start, edit.end))]
    return sorted([*edited, *(Span(*match.span()) for match in LABEL.finditer(state.text))])


def _flags(state: State, taken: Sequence[Span]) -> Iterator[Flag]:
    """What a person should look at: nothing of it is replaced, and no label is in it."""
    for finding in without_overlaps(state.text, [*state.flaggable, *names_left(state)], taken):
        if place := state.place(finding.start, finding.end):
            part, span = place
            likely = state.document.likelihood(finding.start, finding.end)
            probability = None if likely is None else round(likely, 2)
            yield Flag(part, *span, finding.entity, str(finding.source), reason_of(finding), probability)


def _questions(state: State) -> Iterator[Question]:
    """The mentions of which nothing tells whom they mean."""
    for mention in state.open:
        if place := state.place(mention.finding.start, mention.finding.end):
            part, span = place
            yield Question(part, *span, mention.labels)


def _doubts(state: State, taken: Sequence[Span], flags: Sequence[Flag]) -> Iterator[Doubt]:
    """What the tagger is not sure of, where nothing is replaced or flagged already."""
    flagged = {(f.part, position) for f in flags for position in range(f.start, f.end)}
    for start, end, entity, probability in find_uncertain(state.document, taken):
        if place := state.place(start, end):
            part, span = place
            if not any((part, position) in flagged for position in range(*span)):
                yield Doubt(part, *span, entity, round(probability, 2))
