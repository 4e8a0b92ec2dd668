"""Pubs, which are called like everything else, and shops and charities that are everywhere, with the place that tells which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import is_place, is_town, tables
from redaction.lexicon.pattern_words import alternatives
from redaction.recognizers.organisations.names import organisation_at
from redaction.recognizers.organisations.tables import is_spoken_of, organisation_tables
from redaction.text.phrases import PhraseMatch
from redaction.text.tokens import JOINED, Tokens

_SPOKEN_SCORE, _UNSPOKEN_SCORE = 0.8, 0.6
_CHAIN_SCORE = 0.89
_LONGEST_PLACE = 3
"""Words of the place behind a chain."""

_SMALL = ("and", "to", "of", "in", "at", "o")
"""Words without a capital within a pub's name."""
_WHERE = re.compile(r"\b(?:outside|inside|behind|opposite|in|at|near|past|next to|car park of)[ ]$", re.I)
"""What leads to a house that somebody was at: "the Crown" behind it does not prosecute."""
_PREMISES = alternatives(
    ("shop", "store", "hostel", "hall", "centre", "supermarket", "charity shop", "warehouse", "branch")
)
_AT_PLACE = re.compile(rf"(?:[ ]{_PREMISES})?(?:,[ ]|[ ](?:at|in|on|by|near)[ ](?:the[ ])?)(?=\w)")


def find_pubs(words: Tokens) -> Iterator[Finding]:
    """Such as "The Red Lion"; "the Railway" where drinking is spoken of, or somebody is at it."""
    for hit in organisation_tables().pubs.every(words):
        first = hit.first + 1
        if not all(words.capital[i] or words.keys[i] in _SMALL for i in range(first, hit.stop)):
            continue
        if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
            continue
        start = words.starts[hit.first]
        spoken = is_spoken_of(words, hit, "pub") or _WHERE.search(words.text, max(0, start - 14), start) is not None
        if hit.value == "pair" or spoken:
            score = _SPOKEN_SCORE if spoken else _UNSPOKEN_SCORE
            yield organisation_at(words, first, hit.end, score, Source(Origin.ORGANISATIONS, "pub"), "Pub")


def find_chains(words: Tokens) -> Iterator[Finding]:
    """A chain or a charity with the place beside it, as one: "the Spar in Ely", "Salvation Army at Goole"."""
    for hit in organisation_tables().chains.every(words):
        if not words.capital[hit.first]:
            continue
        stop = _place_behind(words, hit)
        if stop is not None:
            end = words.ends[stop - 1]
            yield organisation_at(
                words, hit.first, end, _CHAIN_SCORE, Source(Origin.ORGANISATIONS, "chain"), "Organisation"
            )


def _goes_on(words: Tokens, stop: int) -> bool:
    """Whether a place is only the beginning of a street's name: "the Spar on Ely Road"."""
    if stop == len(words) or words.gaps[stop - 1] != JOINED or not words.capital[stop]:
        return False
    return words.written(stop, stop + 1) in tables()["streets"]["sure"]


def _place_behind(words: Tokens, hit: PhraseMatch[str]) -> int | None:
    """Where the place ends that says which house of a chain it is; None where none follows."""
    joined = _AT_PLACE.match(words.text, words.ends[hit.stop - 1])
    first = words.beginning_at(joined.end()) if joined else None
    if first is None or not words.capital[first]:
        return None
    for stop in range(min(first + _LONGEST_PLACE, len(words)), first, -1):
        if is_town(words, first, stop) is not None or is_place(words, first, stop):
            return stop + 1 if _goes_on(words, stop) else stop
    return None
