"""Streets, estates and grounds by the last word of their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.lexicon import gazetteer
from redaction.lexicon.gazetteer import is_place, not_places
from redaction.lexicon.retained_terms import is_retained
from redaction.recognizers.places.address_words import (
    LIKE_A_PERSON_SCORE,
    PLACE_PREPOSITIONS,
    POSTCODE,
    ScoredSpan,
    cue_tables,
    generic_words,
    is_ordinary,
    number_before,
    place_name_start,
    premises_before,
    towns_after,
)
from redaction.text.phrases import PhraseMatch, Phrases
from redaction.text.tokens import JOINED, LEADING, TITLE_KEYS, Tokens

_NUMBERED_SCORE, _WELSH_NUMBERED_SCORE, _STREET_SCORE = 0.92, 0.9, 0.8
_NAMED_GROUND_SCORE, _FEATURE_SCORE, _GROUND_SCORE = 0.76, 0.75, 0.72

_SHORTENED = frozenset({"rd", "ave", "ln", "cres", "terr", "tce", "gdns"})
"""What nothing but a street ends with, whatever comes next ("At Hessle Rd Ernest rang")."""
_SURNAMES = frozenset({"lane", "close", "grove", "street", "furlong"})
_PARTS_OF_TOWNS = frozenset("area side district village town city services ward suburb market flats moor".split())
_DIVISIONS = frozenset({"area", "side", "district", "ward"})


def find_streets(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "14 Tennyson Road", "Larkhill Terrace, Oldham": from the last word of a street to both sides."""
    for hit in cue_tables().streets.every(words):
        if (
            not words.capital[hit.first]
            or not words.joined_before(hit.first)
            or words.text[words.starts[hit.first] - 1] == "-"
        ):
            continue
        if hit.first and is_retained(words.written(hit.first - 1, hit.stop)):
            # "20 Truro Crown Court" is a court
            continue
        first = place_name_start(words, hit.first, most=4)
        number = number_before(words, first)
        if number is None and (first == hit.first or not _is_street_name(words, first, hit)):
            continue
        if first == hit.first and number is not None and not words.keys[first - 1].isdigit():
            continue
        start = premises_before(words, first if number is None else number)
        end = towns_after(words, hit.stop)
        surname = not hit.value or words.keys[hit.first] in _SURNAMES
        bare = number is None and end == hit.end and surname and _is_like_a_person(words, first, hit.first)
        yield (
            words.starts[start],
            end,
            _NUMBERED_SCORE if number is not None else LIKE_A_PERSON_SCORE if bare else _STREET_SCORE,
            "street",
        )


def find_named_again(words: Tokens, found: list[ScoredSpan]) -> Iterator[tuple[int, int]]:
    """The streets and premises of addresses, where they appear again without their number and town."""
    names: dict[str, bool] = {}
    for start, end, score, source in found:
        if source in ("grounds", "feature") or score == LIKE_A_PERSON_SCORE:
            continue
        for part in re.split(r",|\n", words.text[start:end]):
            name = re.sub(
                r"^\W*(?:(?:Flat|Apartment|Apt|Unit|Room|Plot)\.? \w+|\d+[A-Za-z]?(?:[-–/]\d+)?)\W*",
                "",
                part.strip(),
                count=1,
            )
            name = re.sub(r"^\d+[A-Za-z]? ", "", name)
            own = Tokens(name)
            if (
                len(own) > 1
                and not any(c.isdigit() for c in name)
                and not is_place(own, 0, len(own))
                and (
                    any(
                        hit.stop == len(own)
                        for table in (cue_tables().streets, cue_tables().buildings)
                        for hit in table.every(own)
                    )
                    or cue_tables().welsh.at(own, 0)
                )
            ):
                names[name] = True
    for hit in Phrases(names).every(words):
        if words.capital[hit.first] and words.capital[hit.stop - 1]:
            yield words.starts[hit.first], hit.end


def _is_like_a_person(words: Tokens, first: int, cue: int) -> bool:
    """Whether forename and surname would look the same ("Kelly Lane"): one word, no place's preposition before it."""
    before = words.keys[first - 1] if words.joined_before(first) else ""
    return cue - first == 1 and before not in PLACE_PREPOSITIONS | {
        "on",
        "off",
        "along",
        "at",
        "down",
        "up",
        "the",
        "into",
        "onto",
        "through",
    }


def _is_street_name(words: Tokens, first: int, hit: PhraseMatch[bool]) -> bool:
    """Whether the words before "Road" or "Court" make a street's name without a number before them."""
    named = range(first, hit.first)
    name = words.written(first, hit.stop)
    if is_retained(name) or is_retained(words.written(first, hit.first)):
        return False
    if all(words.keys[i] in generic_words() for i in named if words.capital[i]):
        return False
    shortened = words.keys[hit.first] in _SHORTENED
    if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop] and not shortened:
        follows = words.keys[hit.stop]
        if not (
            follows in LEADING
            or follows in TITLE_KEYS
            or gazetteer.at(words, hit.stop)
            or POSTCODE.match(words.text, words.starts[hit.stop])
        ):
            return False  # "North Street Jobcentre"
    if any(words.keys[i] in not_places() for i in named):
        return False
    if hit.value:
        return True
    telling = any(not is_ordinary(words, i) for i in named if words.capital[i])
    before = words.keys[first - 1] if words.joined_before(first) else ""
    if words.keys[hit.first] in (
        "st",
        "dr",
        "end",
        "side",
        "top",
        "field",
        "park",
        "path",
        "bank",
        "corner",
        "steps",
        "place",
        "view",
        "order",
    ):
        return telling and before in PLACE_PREPOSITIONS | {"on", "at", "off", "along", "from", "to"}
    return telling or before in ("in", "on", "off", "along", "near")


def find_welsh_streets(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "Heol y Felin", "33 Maes-y-Deri": the word for street comes first."""
    for hit in cue_tables().welsh.every(words):
        first, stop = hit.first, hit.stop
        if not words.capital[first] or stop >= len(words) or words.gaps[stop - 1] != JOINED:
            continue
        number = number_before(words, first)
        article = (
            words.keys[stop] in ("y", "yr", "r", "ar", "an") and stop + 1 < len(words) and words.gaps[stop] == JOINED
        )
        name = stop + 1 if article else stop
        if not words.capital[name] or not (hit.value or number is not None or article):
            continue
        if hit.value is False and number is None and words.text[words.ends[first]] != "-":
            continue
        if is_place(words, first, name + 1) or words.keys[name] in LEADING:
            continue
        stop = name + 1
        start = premises_before(words, first if number is None else number)
        yield (
            words.starts[start],
            towns_after(words, stop),
            _WELSH_NUMBERED_SCORE if number is not None else _STREET_SCORE,
            "street",
        )


def find_grounds(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "The Kersal estate", "Heaton Park", "Bolton bus station", "River Irwell"."""
    yield from _find_features(words)
    for hit in cue_tables().grounds.every(words):
        if not words.joined_before(hit.first) or words.text[words.starts[hit.first] - 1] == "-":
            continue
        capital = words.capital[hit.first]
        if not capital and hit.value == "capital":
            continue
        first = place_name_start(words, hit.first, most=3 if capital else 2)
        if not _may_name_ground(words, first, hit):
            continue
        named = [i for i in range(first, hit.first) if words.capital[i]]
        place = is_place(words, first, hit.first) or is_place(words, hit.first - 1, hit.first)
        if not place and all(is_ordinary(words, i) for i in named):
            continue
        single = hit.stop - hit.first == 1
        if not capital and place and words.keys[hit.first] in _PARTS_OF_TOWNS:
            continue  # the town's own label reads better
        if hit.value == "lower" and capital and single and words.keys[hit.first] in _DIVISIONS:
            continue
        bare = capital and single and _is_like_a_person(words, first, hit.first)
        yield (
            words.starts[first],
            hit.end,
            LIKE_A_PERSON_SCORE if bare else _NAMED_GROUND_SCORE if place or len(named) > 1 else _GROUND_SCORE,
            "grounds",
        )


def _find_features(words: Tokens) -> Iterator[ScoredSpan]:
    """Such as "River Irwell": the word for a feature comes before its name."""
    for hit in cue_tables().before.every(words):
        stop = hit.stop
        if (
            words.capital[hit.first]
            and stop < len(words)
            and words.gaps[stop - 1] == JOINED
            and words.capital[stop]
            and not is_place(words, hit.first, stop + 1)
        ) and not is_ordinary(words, stop):
            yield words.starts[hit.first], words.ends[stop], _FEATURE_SCORE, "feature"


def _may_name_ground(words: Tokens, first: int, hit: PhraseMatch[str]) -> bool:
    """Whether the words before "estate" or "Park" may be its name: no term, town or people, nothing owned or numbered."""
    if (
        first == hit.first
        or is_retained(words.written(first, hit.stop))
        or is_retained(words.written(first, hit.first))
        or is_place(words, first, hit.stop)
    ):
        return False
    if words.possessive(hit.first - 1) and not words.capital[hit.first]:
        return False
    keys = [words.keys[i] for i in range(first, hit.first) if words.capital[i]]
    return not any(key in not_places() or any(c.isdigit() for c in key) for key in keys)
