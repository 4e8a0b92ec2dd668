"""Prisons: where the name after "HMP" ends, the rest of a list of them, and those named without "HMP"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import is_area, is_town
from redaction.lexicon.words import is_english_word
from redaction.recognizers.organisations.names import organisation_at, organisation_end
from redaction.recognizers.organisations.tables import is_spoken_of, organisation_tables
from redaction.text.tokens import COMMA, JOINED, LEADING, Tokens

_LISTED_SCORE = 0.86
_SPOKEN_OF_SCORE = 0.8
_BARE_SCORE = 0.6
_AT_WORK = re.compile(r"[ ](?:officers?|governors?|staff|nurses?|chaplains?|keyworkers?|wings?)\b")


def prison_end(words: Tokens, first: int) -> int | None:
    """Where the name after "HMP" ends: by the list of prisons, else with its capitals."""
    known = organisation_tables().prisons.at(words, first)
    if known is not None:
        stop = known.stop
        return stop + 1 if words.gaps[stop - 1] == JOINED and words.keys[stop] in ("prison", "yoi") else stop
    return organisation_end(words, first, most=3)


def find_more_prisons(words: Tokens, index: int) -> Iterator[Finding]:
    """The rest of "HMPs Risley, Forest Bank and Altcourse"."""
    while index < len(words):
        if words.gaps[index - 1] == JOINED and words.keys[index] in ("and", "or", "then", "to"):
            index += 1
        elif words.gaps[index - 1] != COMMA and words.text[words.ends[index - 1] : words.starts[index]] not in (
            "/",
            " / ",
        ):
            return
        elif words.keys[index] in ("and", "then"):
            index += 1
        known = organisation_tables().prisons.at(words, index) if index < len(words) and words.capital[index] else None
        if known is None:
            return
        yield organisation_at(words, index, known.end, _LISTED_SCORE, Source(Origin.ORGANISATIONS, "list"), "Prison")
        index = known.stop


def find_bare_prisons(words: Tokens) -> Iterator[Finding]:
    """Prisons named without "HMP": those so called by nothing else, the others where prison is spoken of."""
    for hit in organisation_tables().prisons.every(words):
        first = hit.first + 1 if words.keys[hit.first] == "the" else hit.first
        beside = hit.first and words.joined_before(hit.first) and words.capital[hit.first - 1]
        if not words.capital[first] or (beside and words.keys[hit.first - 1] not in LEADING):
            continue
        if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
            continue
        known = hit.value and not is_english_word(words.keys[first])
        at_work = hit.value and (known or hit.stop - first > 1) and _AT_WORK.match(words.text, hit.end)
        spoken = at_work or is_spoken_of(words, hit, "prison")
        if (known or at_work or is_town(words, hit.first, hit.stop) is None) and spoken:
            yield organisation_at(
                words, first, hit.end, _SPOKEN_OF_SCORE, Source(Origin.ORGANISATIONS, "prison"), "Prison"
            )
        elif known and is_town(words, hit.first, hit.stop) is None and not is_area(words, hit.first, hit.stop):
            yield organisation_at(words, first, hit.end, _BARE_SCORE, Source(Origin.ORGANISATIONS, "prison"), "Prison")
