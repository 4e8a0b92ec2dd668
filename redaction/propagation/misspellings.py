"""Names of people already met, written with a slip."""

from __future__ import annotations

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import towns
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.names.similarity import one_letter_variants, one_slip_apart
from redaction.propagation.coreference import SINGLE_NAMES, PeopleInText
from redaction.propagation.persons import PersonInText
from redaction.text.folding import fold_text

_LONG_NAME = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]{4,}")


def misspellings(text: str, people: PeopleInText) -> list[Finding]:
    """Capitalised words one slip away from a name of five letters or more."""
    known = {f.text: p for f, p in people.forms() if f.kind in SINGLE_NAMES and len(f.text) >= 5 and " " not in f.text}
    if not known:
        return []
    order = {name: number for number, name in enumerate(known)}
    near: dict[str, list[str]] = {}
    for name in known:
        for variant in one_letter_variants(name):
            near.setdefault(variant, []).append(name)
    verdicts: dict[str, PersonInText | None] = {}
    found = []
    for match in _LONG_NAME.finditer(text):
        word = fold_text(match[0]).strip()
        if word not in verdicts:
            ordinary = (
                word in known
                or is_english_word(word)
                or is_english_word(word.removesuffix("s"))
                or is_retained(match[0])
                or word in towns()
            )
            alike = (
                () if ordinary else {name for variant in one_letter_variants(word) for name in near.get(variant, ())}
            )
            meant = min((name for name in alike if one_slip_apart(word, name)), key=order.__getitem__, default=None)
            verdicts[word] = known[meant] if meant else None
        person = verdicts[word]
        if person is not None:
            found.append(
                Finding(
                    match.start(),
                    match.end(),
                    Entity.PERSON,
                    0.6,
                    Source(Origin.PROPAGATION, "misspelt"),
                    person=person.id,
                )
            )
    return found
