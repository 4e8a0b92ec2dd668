"""Declared names that are left because they are words: whether they mean somebody here, a person decides."""

from __future__ import annotations

from collections.abc import Iterator

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.names.parsing import PARTICLES
from redaction.propagation.coreference import SINGLE_NAMES
from redaction.spans import LONGEST_TERM, Span, contains, near
from redaction.stages.state import State
from redaction.text.folding import finder_of_names

NAME_AND_WORD = "name and word"
"""The rule by which such a word is shown."""

_ARTICLE = frozenset({"the"})
"""It begins nearly every sentence, and is nobody without the rest of "Rod the Post"."""


def names_left(state: State) -> Iterator[Finding]:
    """Every word with a capital that is a name of somebody declared, but for those in a longer term ("Case Management System")."""
    names = (
        {form.text for form, person in state.people.forms() if person.declared and form.kind in SINGLE_NAMES}
        - PARTICLES
        - _ARTICLE
    )
    if not names:
        return
    for start, end, _ in state.document.folded.where(finder_of_names(names)):
        word = Span(start, end)
        terms = near(word, state.document.retained, LONGEST_TERM)
        if state.text[start].isupper() and not any(contains(term, word) and term != word for term in terms):
            yield Finding(start, end, Entity.PERSON, DECLARED, Source(Origin.REGISTER, NAME_AND_WORD))
