"""The words and names of organisations.yml, ready to look up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from redaction.data import load_yaml
from redaction.lexicon.pattern_words import alternatives
from redaction.text.phrases import PhraseMatch, Phrases
from redaction.text.tokens import Tokens

STRONG, WEAK, LOWER = "strong", "weak", "lower"
AROUND = 90
"""How many characters before and after a name are looked at for what it is."""


@dataclass(frozen=True)
class Cue:
    """What words beside a name say: its kind, and how sure they are."""

    kind: str
    rule: str


@dataclass(frozen=True)
class Tables:
    """organisations.yml, ready to look words up in."""

    after: Phrases[Cue]
    before: Phrases[Cue]
    names: Phrases[Cue]
    prisons: Phrases[bool]
    at: Phrases[str]
    pubs: Phrases[str]
    chains: Phrases[str]
    aliases: dict[str, str]
    generic: frozenset[str]
    paired: frozenset[str]
    surnames: frozenset[str]
    abbreviations: frozenset[str]
    cues: dict[str, re.Pattern[str]]


@cache
def organisation_tables() -> Tables:
    """The words and names of organisations.yml."""
    data: dict[str, Any] = load_yaml("organisations.yml")
    kinds: dict[str, dict[str, Any]] = data["kinds"]
    particular = data["particular"]
    after = [
        (p, Cue(kind, WEAK if kind in particular else STRONG))
        for kind, row in kinds.items()
        for p in row.get("after", ())
    ]
    after += [(p, Cue(kind, WEAK)) for kind, row in kinds.items() for p in row.get("weak", ())]
    after += [(p, Cue(kind, LOWER)) for kind, row in kinds.items() for p in row.get("lower", ())]
    names = [
        (p, Cue(kind, STRONG)) for kind, row in kinds.items() for p in (*row.get("names", ()), *row.get("aliases", ()))
    ]
    pubs = data["pubs"]
    return Tables(
        after=Phrases(_by_case(after)),
        before=Phrases((p, Cue(kind, STRONG)) for kind, row in kinds.items() for p in row.get("before", ())),
        names=Phrases(names),
        prisons=Phrases(
            [(p, True) for p in data["prisons"]["alone"]]
            + [(p, False) for p in data["prisons"]["like a word or a place"]]
        ),
        at=Phrases((p, "Court") for p in kinds["Court"]["at"]),
        pubs=Phrases(
            [(f"the {a} {b}", "pair") for a in pubs["first"] for b in pubs["second"]]
            + [(f"the {s}", "single") for s in pubs["single"]]
        ),
        chains=Phrases((name, "chain") for name in data["chains"]),
        aliases={plain(short): full for row in kinds.values() for short, full in row.get("aliases", {}).items()},
        generic=frozenset(data["generic"].split()),
        paired=frozenset(data["paired"]),
        surnames=frozenset(key for name in data["surnames"] for key in Tokens(name).keys),
        abbreviations=frozenset(phrase.casefold() for phrase, _ in after if phrase.isupper()),
        cues={name: re.compile(rf"\b{alternatives(cues)}\b", re.I) for name, cues in data["cues"].items()},
    )


def _by_case(rows: list[tuple[str, Cue]]) -> list[tuple[str, Cue]]:
    """Each phrase once; "weak lower" is the rule of one that is WEAK with a capital and LOWER without."""
    merged: dict[str, Cue] = {}
    for phrase, cue in rows:
        key = plain(phrase)
        known = merged.get(key)
        if known is None:
            merged[key] = cue
        elif cue.rule == LOWER and LOWER not in known.rule:
            merged[key] = Cue(known.kind, f"{known.rule} {LOWER}")
    return list(merged.items())


def plain(phrase: str) -> str:
    """A phrase as its keys, with its commas."""
    return ", ".join(" ".join(Tokens(part).keys) for part in phrase.split(", "))


def is_spoken_of(words: Tokens, hit: PhraseMatch[Any], what: str) -> bool:
    """Whether the text around a name speaks of this kind of thing ("prison", "pub")."""
    start, end = words.starts[hit.first], hit.end
    cue = organisation_tables().cues[what]
    return bool(cue.search(words.text, max(0, start - AROUND), start) or cue.search(words.text, end, end + AROUND))
