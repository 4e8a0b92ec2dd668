"""Towns and areas by gazetteer, by position, by spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from redaction import gazetteer
from redaction.entities import Entity
from redaction.findings import Finding
from redaction.gazetteer import Sort, is_place, not_places
from redaction.lexicon import is_common, is_kept
from redaction.recognizers.address_words import MONTHS, POSTCODE, STRONG, is_ordinary, name_stop
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.organisation_names import end_of
from redaction.recognizers.shared import entities_of, words_of
from redaction.words import COMMA, JOINED, LEADING, TITLES, Hit, Words

_WEAK = frozenset(
    ["at", "from", "to", "of", "and", "or", "via", "through", "into", "between", "by", "for", "with", "over", "round"]
)
_COMPASS = frozenset(["north", "south", "east", "west", "central", "inner", "greater", "upper", "lower"])


class PlaceRecognizer(Recognizer):
    """Towns, villages, counties and boroughs by gazetteer; unknown ones by where they stand."""

    name = "places"
    entities = (Entity.PLACE,)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """Names of the gazetteer where they stand as a place does; words that no dictionary has after "in"."""
        words = words_of(text, doc)
        people = {e.text for e in entities_of(doc) if e.label_ == "PERSON"}
        previous: Hit[Sort] | None = None
        taken: set[int] = set()
        hits = list(gazetteer.every(words))
        for hit, after in zip_longest(hits, hits[1:]):
            taken.update(range(hit.first, hit.stop))
            score = _standing(words, hit, previous, after)
            if score:
                previous = hit
                first, end = _whole(words, hit)
                yield Finding(
                    words.starts[first],
                    end,
                    Entity.PLACE,
                    score,
                    f"places:{hit.value}",
                    _kind(hit.value, words.written(first, hit.stop)),
                )
        for first, stop in _unknown(words, taken):
            if words.written(first, stop) not in people:
                yield Finding(words.starts[first], words.ends[stop - 1], Entity.PLACE, 0.5, "places:shape", "Town")


class NerPlaceRecognizer(Recognizer):
    """Places as spaCy's named-entity recognition sees them."""

    name = "ner-places"
    entities = (Entity.PLACE,)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """SpaCy's GPE and LOC of words that are no everyday ones, but for nations, peoples and terms that are kept."""
        for entity in entities_of(doc):
            if entity.label_ not in ("GPE", "LOC"):
                continue
            words = Words(re.split(r"[\n|(\[]", entity.text)[0])
            first, stop = 0, len(words)
            while first < stop and (not words.capital[first] or words.keys[first] in LEADING):
                first += 1
            while stop > first and not words.capital[stop - 1]:
                stop -= 1
            name = words.written(first, stop) if first < stop else ""
            if (
                len(name) < 4
                or (name.isupper() and len(name) < 6)
                or is_kept(name)
                or any(w in not_places() for w in words.keys[first:stop])
            ):
                continue
            if (
                stop - first == 1
                and _alone_in_cell(text, entity.start_char, entity.end_char)
                and not is_place(words, first, stop)
            ):
                continue
            if all(is_ordinary(words, i) for i in range(first, stop)) or gazetteer.is_country(words, first, stop):
                continue
            start, end = entity.start_char + words.starts[first], entity.start_char + end_of(words, stop)
            yield Finding(start, end, Entity.PLACE, 0.5, f"spacy:{entity.label_.lower()}", place_kind(name))


_CELL_START, _CELL_END = re.compile(r"(?:^|[|\n])[ ]*$"), re.compile(r"[ ]*(?:$|[|\n])")


def _alone_in_cell(text: str, start: int, end: int) -> bool:
    """Whether a word stands alone in a table's cell or on a line: the model guesses there."""
    return bool(_CELL_START.search(text[max(0, start - 4) : start]) and _CELL_END.match(text, end))


def place_kind(name: str) -> str:
    """Such as "Area" for counties, boroughs and regions, else "Town"."""
    words = Words(name)
    return (
        "Area"
        if len(words) and (gazetteer.is_area(words, 0, len(words)) or words.keys[-1].endswith("shire"))
        else "Town"
    )


def _standing(words: Words, hit: Hit[Sort], previous: Hit[Sort] | None, after: Hit[Sort] | None) -> float:
    """How sure it is that this name of the gazetteer, standing here, is a place; 0 for none."""
    first, stop = hit.first, hit.stop
    if (not words.capital[first] and words.keys[first] != "the") or not words.capital[stop - 1]:
        return 0.0
    if (
        hit.stop - hit.first == 1
        and words.text[words.starts[first] : words.ends[first]].isupper()
        and len(words.keys[first]) < 4
    ):
        return 0.0
    before = words.keys[first - 1] if words.joined_before(first) else ""
    bracketed = first > 0 and words.text[words.starts[first] - 1] in "(|"
    led = (
        before in STRONG
        or before in _WEAK
        or before
        in ("the", "central", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "nearby")
    )
    listed = previous is not None and previous.stop <= first and _lists(words, previous, first)
    # "Exclusion zone: Sale, Deal and Battle": the first of a list as much as the others
    listed = listed or (after is not None and words.capital[after.first] and _opens_list(words, hit, after))
    follows = stop < len(words) and words.gaps[stop - 1] == JOINED and words.capital[stop]
    follows = follows and not POSTCODE.match(words.text, words.starts[stop]) and words.keys[stop] not in LEADING
    if before in TITLES or before in ("a", "an", "his", "her", "my", "your", "this"):
        return 0.0
    preceded = (
        words.joined_before(first)
        and words.capital[first - 1]
        and before not in LEADING
        and before not in _COMPASS
        and not led
    )
    beside = preceded or follows
    single = stop - first == 1
    if hit.value in (Sort.AREA, Sort.FEATURE):
        if not single:
            return 0.81
        return 0.45 if beside else 0.8 if led or listed else 0.65
    if hit.value is Sort.TOWN:
        if not single:
            return 0.8
        return 0.42 if beside else 0.75 if before in STRONG or listed else 0.66 if led else 0.55
    if beside and not listed:
        return 0.0
    if hit.value is Sort.ABROAD:
        if single and is_common(words.keys[first]):
            return 0.0
        return (
            0.7
            if before in STRONG or listed
            else 0.55
            if before in ("from", "to", "at", "via", "of") or bracketed
            else 0.0
        )
    return _doubtful(words, hit, before, listed)


def _doubtful(words: Words, hit: Hit[Sort], before: str, listed: bool) -> float:
    """A town that is an English word as well: only where a place stands, and a month only where no date can."""
    key = words.keys[hit.first]
    county = hit.stop < len(words) and words.gaps[hit.stop - 1] == COMMA and _begins_area(words, hit.stop)
    if county or listed:
        return 0.7
    if key in MONTHS:
        near = words.text[max(0, words.starts[hit.first] - 16) : words.starts[hit.first]]
        return 0.6 if re.search(r"\b(?:lived in|lives in|moved to|near|living in|home in|town of) $", near) else 0.0
    if (
        hit.stop < len(words)
        and words.gaps[hit.stop - 1] == JOINED
        and words.keys[hit.stop] in ("and", "to", "or")
        and is_common(key)
        and before not in STRONG
    ):
        return 0.0
    if before in STRONG:
        return 0.65
    return 0.55 if before in ("from", "to", "at", "via", "through", "of", "towards", "into", "between") else 0.0


def _begins_area(words: Words, index: int) -> bool:
    known = gazetteer.at(words, index)
    return known is not None and known.value is Sort.AREA


def _lists(words: Words, previous: Hit[Sort], first: int) -> bool:
    """Whether this name goes on a list of places: "Denton, Sale and Bury"."""
    between = words.text[previous.end : words.starts[first]]
    return between in (", ", " and ", " or ", " & ", "/", " to ", ", and ", ", then ", " and then ")


_OPENS_LIST = re.compile(r"[:|(][ ]?$")


def _opens_list(words: Words, hit: Hit[Sort], after: Hit[Sort]) -> bool:
    """Whether this name is the first of a list of places, behind a colon, a bracket or the border of a cell."""
    start = words.starts[hit.first]
    return _lists(words, hit, after.first) and bool(_OPENS_LIST.search(words.text, max(0, start - 2), start))


def _whole(words: Words, hit: Hit[Sort]) -> tuple[int, int]:
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


def _unknown(words: Words, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Capitalised words that no dictionary has, after "in": "in Werneth"."""
    for index in range(1, len(words)):
        if (
            not words.capital[index]
            or index in taken
            or words.keys[index - 1] not in ("in", "near", "outside", "around")
        ):
            continue
        if words.gaps[index - 1] != JOINED or words.keys[index] in LEADING or words.keys[index] in TITLES:
            continue
        stop = name_stop(words, index, most=3)
        written = words.written(index, stop)
        if (
            stop == index
            or any(i in taken for i in range(index, stop))
            or written.isupper()
            or is_kept(written)
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
            or any(is_kept(words.written(i, i + 1)) for i in range(index, stop))
            or all(is_ordinary(words, i) for i in range(index, stop))
        ):
            continue
        yield index, stop


def _kind(sort: Sort, name: str) -> str:
    return "Area" if sort in (Sort.AREA, Sort.FEATURE) else "Town"
