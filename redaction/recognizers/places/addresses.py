"""Addresses: streets, estates, flats, premises by number, postcodes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.gazetteer import not_places
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.base import Recognizer
from redaction.recognizers.places.address_words import (
    MONTH_KEYS,
    ScoredSpan,
    generic_words,
    is_ordinary,
    is_year,
    longest_spans,
    place_name_stop,
    towns_after,
)
from redaction.recognizers.places.postcodes import extend_to_postcodes, find_postcodes, find_routes
from redaction.recognizers.places.streets import find_grounds, find_named_again, find_streets, find_welsh_streets
from redaction.text.tokens import COMMA, JOINED, LEADING, TITLE_KEYS, Tokens

_FLAT_SCORE, _ROUTE_SCORE, _AGAIN_SCORE, _NUMBERED_SCORE = 0.85, 0.78, 0.7, 0.6

_FLAT = re.compile(
    r"\b(?:Flat|Apartment|Apt|Unit|Room|Plot|Bedsit|Caravan|Pitch|Studio)\.? (?:\d{1,4}[A-Za-z]?|[A-Z])(?![^\W_])"
)


class AddressRecognizer(Recognizer):
    """Postal addresses whole; streets, premises, estates, landmarks and postcodes."""

    name = "addresses"
    entities = (Entity.ADDRESS,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Addresses whole where they are written whole; then their parts."""
        text = document.text
        words = document.tokens
        spans = [
            *find_streets(words),
            *find_welsh_streets(words),
            *find_grounds(words),
            *_find_flats(words),
            *_find_numbered(words),
        ]
        postcodes = list(find_postcodes(text))
        spans = extend_to_postcodes(words, spans, postcodes)
        found = longest_spans(spans)
        for start, end, score, source in found:
            yield Finding(start, end, Entity.ADDRESS, score, Source(Origin.ADDRESSES, source))
        for start, end in find_named_again(words, found):
            yield Finding(start, end, Entity.ADDRESS, _AGAIN_SCORE, Source(Origin.ADDRESSES, "again"))
        for start, end, source in find_routes(text):
            yield Finding(start, end, Entity.ADDRESS, _ROUTE_SCORE, Source(Origin.ADDRESSES, source))


def _find_flats(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "Flat 12, Marlpit Court, Thamesmead"; "Flat 2" alone."""
    for match in _FLAT.finditer(words.text):
        stop = bisect_left(words.starts, match.end())
        end = match.end()
        if match[0].split()[0].rstrip(".") not in ("Flat", "Apartment", "Apt", "Bedsit") and not (
            stop < len(words) and words.gaps[stop - 1] != 2 and words.capital[stop]
        ):
            continue
        if stop < len(words) and words.gaps[stop - 1] in (JOINED, COMMA) and words.capital[stop]:
            building = place_name_stop(words, stop, most=4)
            if building > stop and words.keys[stop] not in LEADING and words.keys[stop] not in TITLE_KEYS:
                end = towns_after(words, building)
        yield match.start(), end, _FLAT_SCORE, "flat"


_NUMBERED = re.compile(
    r"\b(?:at|of|to|from|outside|near|into|address[: ]|lives?|number|No\.?) (?=\d{1,4}[A-Za-z]?,? [A-Z])"
)


def _find_numbered(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "At 12 The Paddocks", "of 2 Chy Kensa, Redruth": a number and a name after "at"."""
    for match in _NUMBERED.finditer(words.text):
        index = words.beginning_at(match.end())
        if index is None or index + 1 >= len(words) or words.gaps[index] not in (JOINED, COMMA):
            continue
        if is_year(words, index):
            continue
        stop = place_name_stop(words, index + 1, most=3)
        named = range(index + 1, stop)
        if stop == index + 1 or any(
            words.keys[i] in MONTH_KEYS or is_retained(words.written(i, i + 1)) or words.keys[i] in not_places()
            for i in named
        ):
            continue
        telling = [
            i
            for i in named
            if words.capital[i] and words.keys[i] not in generic_words() and not words.written(i, i + 1).isupper()
        ]
        if (
            telling
            and not is_retained(words.written(index + 1, stop))
            and (len(telling) > 1 or not is_ordinary(words, telling[0]))
        ):
            yield words.starts[index], towns_after(words, stop), _NUMBERED_SCORE, "numbered"
