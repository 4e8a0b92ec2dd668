"""Declared names that are left because they are words: whether they mean somebody here, a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin, Source
from redaction.names.parsing import PARTICLES
from redaction.names.surface_forms import PHRASE, forms_of
from redaction.propagation.coreference import SINGLE_NAMES
from redaction.register import Identity, IdentityKind
from redaction.spans import LONGEST_TERM, Span, contains, near
from redaction.stages.state import State
from redaction.text.folding import finder_of_names

NAME_AND_WORD = "name and word"
"""The rule by which such a word is shown."""

_ARTICLE = frozenset({"the"})
"""It begins nearly every sentence, and is nobody without the rest of "Rod the Post"."""


def names_left(state: State) -> Iterator[Finding]:
    """Every word with a capital that is a name of something declared, but for those in a longer term ("Case Management System")."""
    names = dict(_names(state.identities))
    if not names:
        return
    for start, end, name in state.document.folded.where(finder_of_names(names)):
        word = Span(start, end)
        terms = near(word, state.document.retained, LONGEST_TERM)
        if state.text[start].isupper() and not any(contains(term, word) and term != word for term in terms):
            yield Finding(start, end, names[name], DECLARED, Source(Origin.REGISTER, NAME_AND_WORD))


def _names(identities: Iterable[Identity]) -> Iterator[tuple[str, Entity]]:
    """Every folded word that is a name by itself, and of what."""
    for identity in identities:
        if identity.kind is IdentityKind.CODE:
            continue
        kinds = SINGLE_NAMES if identity.kind is IdentityKind.PERSON else (str(identity.kind), PHRASE)
        for form in forms_of(identity):
            if form.kind in kinds and " " not in form.text and form.text not in PARTICLES | _ARTICLE:
                yield form.text, Entity[identity.kind.name]
