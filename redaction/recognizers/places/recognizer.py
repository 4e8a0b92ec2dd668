"""Towns and areas by gazetteer and by position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon import gazetteer
from redaction.lexicon.gazetteer import Sort, not_places
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.recognizers.base import Recognizer
from redaction.recognizers.places.address_words import (
    MONTH_KEYS,
    PLACE_PREPOSITIONS,
    POSTCODE,
    is_ordinary,
    place_name_stop,
)
from redaction.text.phrases import PhraseMatch
from redaction.text.tokens import COMMA, JOINED, LEADING, TITLE_KEYS, Tokens

_OTHER_PREPOSITIONS = frozenset(
    ["at", "from", "to", "of", "and", "or", "via", "through", "into", "between", "by", "for", "with", "over", "round"]
)
_DIRECTIONS = frozenset(
    ["the", "central", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "nearby"]
)
_NEVER_BEFORE_PLACES = frozenset(["a", "an", "his", "her", "my", "your", "this"])
_COMPASS = frozenset(["north", "south", "east", "west", "central", "inner", "greater", "upper", "lower"])


@dataclass(frozen=True)
class _Scores:
    """How sure it is that a name of the gazetteer is a place, by what is around it."""

    of_several_words: float
    announced: float
    """Behind "in" or "near", or in a list of places."""
    after_preposition: float
    alone: float
    beside_capital: float


_AREA_SCORES = _Scores(of_several_words=0.81, announced=0.8, after_preposition=0.8, alone=0.65, beside_capital=0.45)
_TOWN_SCORES = _Scores(of_several_words=0.8, announced=0.75, after_preposition=0.66, alone=0.55, beside_capital=0.42)
_SCORES = {Sort.AREA: _AREA_SCORES, Sort.FEATURE: _AREA_SCORES, Sort.TOWN: _TOWN_SCORES}
# towns abroad, and towns that are everyday words as well: only where something announces a place
_LISTED_SCORE = 0.7
_WORD_AFTER_IN_SCORE = 0.65
_MONTH_SCORE = 0.6
_AFTER_PREPOSITION_SCORE = 0.55
_UNKNOWN_SCORE = 0.51
"""No gazetteer has it: after "in"."""


class PlaceRecognizer(Recognizer):
    """Towns, villages, counties and boroughs by gazetteer; unknown ones by the words around them."""

    name = "places"
    entities = (Entity.PLACE,)

    def find(self, document: Document) -> Iterator[Finding]:
        """Names of the gazetteer where they are used as a place; words that no dictionary has after "in"."""
        words = document.tokens
        previous: PhraseMatch[Sort] | None = None
        covered: set[int] = set()
        hits = list(gazetteer.every(words))
        for hit, after in zip_longest(hits, hits[1:]):
            covered.update(range(hit.first, hit.stop))
            score = _place_score(words, hit, previous, after)
            if score:
                previous = hit
                first, end = _with_compass_point(words, hit)
                yield Finding(
                    words.starts[first],
                    end,
                    Entity.PLACE,
                    score,
                    Source(Origin.PLACES, hit.value),
                    _kind_of_sort(hit.value, words.written(first, hit.stop)),
                )
        for first, stop in _find_unknown(words, covered):
            yield Finding(
                words.starts[first],
                words.ends[stop - 1],
                Entity.PLACE,
                _UNKNOWN_SCORE,
                Source(Origin.PLACES, "shape"),
                "Town",
            )


def _place_score(
    words: Tokens, hit: PhraseMatch[Sort], previous: PhraseMatch[Sort] | None, after: PhraseMatch[Sort] | None
) -> float:
    """How sure it is that this name of the gazetteer, where it is in the text, is a place; 0 for none."""
    first, stop = hit.first, hit.stop
    before = words.keys[first - 1] if words.joined_before(first) else ""
    if not _is_written_as_place(words, hit) or before in TITLE_KEYS or before in _NEVER_BEFORE_PLACES:
        return 0.0
    led = before in PLACE_PREPOSITIONS or before in _OTHER_PREPOSITIONS or before in _DIRECTIONS
    listed = previous is not None and previous.stop <= first and _continues_list(words, previous, first)
    # "Exclusion zone: Sale, Deal and Battle": the first of a list as much as the others
    listed = listed or (after is not None and words.capital[after.first] and _opens_list(words, hit, after))
    beside = _has_capital_before(words, first, before, led) or _has_capital_after(words, stop)
    if scores := _SCORES.get(hit.value):
        if stop - first > 1:
            return scores.of_several_words
        if beside:
            return scores.beside_capital
        if before in PLACE_PREPOSITIONS or listed:
            return scores.announced
        return scores.after_preposition if led else scores.alone
    if beside and not listed:
        return 0.0
    if hit.value is Sort.ABROAD:
        return _abroad_score(words, hit, before, listed)
    return _doubtful_score(words, hit, before, listed)


def _is_written_as_place(words: Tokens, hit: PhraseMatch[Sort]) -> bool:
    """Whether the name has its capitals, and is no abbreviation."""
    first, stop = hit.first, hit.stop
    if (not words.capital[first] and words.keys[first] != "the") or not words.capital[stop - 1]:
        return False
    return not (stop - first == 1 and words.written(first, stop).isupper() and len(words.keys[first]) < 4)


def _has_capital_before(words: Tokens, first: int, before: str, led: bool) -> bool:
    """Whether a capitalised word right before may make another name of it: "Jordan Bolton"."""
    return (
        words.joined_before(first)
        and words.capital[first - 1]
        and before not in LEADING
        and before not in _COMPASS
        and not led
    )


def _has_capital_after(words: Tokens, stop: int) -> bool:
    """Whether a capitalised word right behind, no postcode, may make another name of it: "Bolton Arms"."""
    return (
        stop < len(words)
        and words.gaps[stop - 1] == JOINED
        and words.capital[stop]
        and not POSTCODE.match(words.text, words.starts[stop])
        and words.keys[stop] not in LEADING
    )


def _abroad_score(words: Tokens, hit: PhraseMatch[Sort], before: str, listed: bool) -> float:
    """A town of another country: only where something announces a place."""
    first = hit.first
    if hit.stop - first == 1 and is_english_word(words.keys[first]):
        return 0.0
    if before in PLACE_PREPOSITIONS or listed:
        return _LISTED_SCORE
    bracketed = first > 0 and words.text[words.starts[first] - 1] in "(|"
    return _AFTER_PREPOSITION_SCORE if before in ("from", "to", "at", "via", "of") or bracketed else 0.0


def _doubtful_score(words: Tokens, hit: PhraseMatch[Sort], before: str, listed: bool) -> float:
    """A town that is an English word as well: only where a place is expected, and a month only where no date can be."""
    key = words.keys[hit.first]
    county = hit.stop < len(words) and words.gaps[hit.stop - 1] == COMMA and _begins_area(words, hit.stop)
    if county or listed:
        return _LISTED_SCORE
    if key in MONTH_KEYS:
        near = words.text[max(0, words.starts[hit.first] - 16) : words.starts[hit.first]]
        return (
            _MONTH_SCORE
            if re.search(r"\b(?:lived in|lives in|moved to|near|living in|home in|town of) $", near)
            else 0.0
        )
    if (
        hit.stop < len(words)
        and words.gaps[hit.stop - 1] == JOINED
        and words.keys[hit.stop] in ("and", "to", "or")
        and is_english_word(key)
        and before not in PLACE_PREPOSITIONS
    ):
        return 0.0
    if before in PLACE_PREPOSITIONS:
        return _WORD_AFTER_IN_SCORE
    return (
        _AFTER_PREPOSITION_SCORE
        if before in ("from", "to", "at", "via", "through", "of", "towards", "into", "between")
        else 0.0
    )


def _begins_area(words: Tokens, index: int) -> bool:
    known = gazetteer.at(words, index)
    return known is not None and known.value is Sort.AREA


def _continues_list(words: Tokens, previous: PhraseMatch[Sort], first: int) -> bool:
    """Whether this name goes on a list of places: "Denton, Sale and Bury"."""
    between = words.text[previous.end : words.starts[first]]
    return between in (", ", " and ", " or ", " & ", "/", " to ", ", and ", ", then ", " and then ")


_OPENS_LIST = re.compile(r"[:|(][ ]?$")


def _opens_list(words: Tokens, hit: PhraseMatch[Sort], after: PhraseMatch[Sort]) -> bool:
    """Whether this name is the first of a list of places, behind a colon, a bracket or the border of a cell."""
    start = words.starts[hit.first]
    return _continues_list(words, hit, after.first) and bool(_OPENS_LIST.search(words.text, max(0, start - 2), start))


def _with_compass_point(words: Tokens, hit: PhraseMatch[Sort]) -> tuple[int, int]:
    """The name with a compass point before it: "North Bolton"; without "the"."""
    first = hit.first
    if words.keys[first] == "the" and hit.stop - first > 1:
        first += 1
    elif (
        words.joined_before(first)
        and words.keys[first - 1] in ("north", "south", "east", "west", "central", "inner", "greater")
        and words.capital[first - 1]
    ):
        first -= 1
    return first, hit.end


def _find_unknown(words: Tokens, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Capitalised words that no dictionary has, after "in": "in Werneth"."""
    for index in range(1, len(words)):
        if (
            not words.capital[index]
            or index in covered
            or words.keys[index - 1] not in ("in", "near", "outside", "around")
        ):
            continue
        if words.gaps[index - 1] != JOINED or words.keys[index] in LEADING or words.keys[index] in TITLE_KEYS:
            continue
        stop = place_name_stop(words, index, most=3)
        written = words.written(index, stop)
        if (
            stop == index
            or any(i in covered for i in range(index, stop))
            or written.isupper()
            or is_retained(written)
            or words.possessive(stop - 1)
        ):
            continue
        if any(c.isdigit() for c in written) or any(words.keys[i] in not_places() for i in range(index, stop)):
            continue
        if words.text[words.starts[index] - 1] == "-" or any(
            words.written(i, i + 1)[1:] != words.written(i, i + 1)[1:].casefold() for i in range(index, stop)
        ):
            continue
        if (
            gazetteer.is_country(words, index, stop)
            or any(is_retained(words.written(i, i + 1)) for i in range(index, stop))
            or all(is_ordinary(words, i) for i in range(index, stop))
        ):
            continue
        yield index, stop


def _kind_of_sort(sort: Sort, name: str) -> str:
    return "Area" if sort in (Sort.AREA, Sort.FEATURE) else "Town"
