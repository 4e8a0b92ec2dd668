"""The table of vetoes: every rule, and where all of them hold in a text."""

from __future__ import annotations

from redaction.text.tokens import Tokens
from redaction.vetoes import amounts, clock, hours, measures, references, things
from redaction.vetoes.buildings import find_buildings
from redaction.vetoes.rules import AnchoredRule, Rule, Starts, Veto

TABLE: tuple[Rule, ...] = (
    *measures.RULES,
    *amounts.RULES,
    *clock.RULES,
    *hours.RULES,
    *references.RULES,
    *things.RULES,
)
"""Every kind of thing that a pattern finds; lists of names are looked up besides."""
ANCHORED: tuple[AnchoredRule, ...] = (
    *measures.ANCHORED,
    *amounts.ANCHORED,
    *clock.ANCHORED,
    *references.ANCHORED,
    *things.ANCHORED,
)
"""Those that begin with a number or with a word of a list."""


def vetoes_in(text: str, tokens: Tokens) -> tuple[Veto, ...]:
    """Every veto of a text, in its order; they may overlap."""
    found = [veto for rule in TABLE for veto in rule.vetoes(text)]
    starts = Starts(text)
    found += [veto for rule in ANCHORED for veto in rule.vetoes(text, starts)]
    return tuple(
        sorted([*found, *things.find_things(text, tokens), *find_buildings(text)], key=lambda v: (v.start, v.end))
    )
