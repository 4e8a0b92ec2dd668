"""Streets, estates and grounds by the last word of their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import gazetteer
from redaction.gazetteer import is_place, not_places
from redaction.lexicon import is_kept
from redaction.recognizers.address_words import (
    MAYBE,
    POSTCODE,
    STRONG,
    Span,
    cue_tables,
    generic_words,
    is_ordinary,
    name_start,
    number_before,
    premises_before,
    towns_after,
)
from redaction.words import JOINED, LEADING, TITLES, Hit, Phrases, Words

_SURNAMES = frozenset("lane close grove street furlong".split())


def find_streets(words: Words) -> Iterator[Span]:
    """Such as "14 Tennyson Road", "Larkhill Terrace, Oldham": from the last word of a street to both sides."""
    for hit in cue_tables().streets.every(words):
        if (
            not words.capital[hit.first]
            or not words.joined_before(hit.first)
            or words.text[words.starts[hit.first] - 1] == "-"
        ):
            continue
        first = name_start(words, hit.first, most=4)
        number = number_before(words, first)
        if number is None and (first == hit.first or not _street_name(words, first, hit)):
            continue
        if first == hit.first and number is not None and not words.keys[first - 1].isdigit():
            continue
        start = premises_before(words, first if number is None else number)
        end = towns_after(words, hit.stop)
        surname = not hit.value or words.keys[hit.first] in _SURNAMES
        bare = number is None and end == hit.end and surname and _like_a_person(words, first, hit.first)
        yield words.starts[start], end, 0.92 if number is not None else MAYBE if bare else 0.8, "street"


def find_named_again(words: Words, found: list[Span]) -> Iterator[tuple[int, int]]:
    """The streets and premises of addresses, where they stand again without their number and town."""
    names: dict[str, bool] = {}
    for start, end, score, source in found:
        if source in ("grounds", "feature") or score == MAYBE:
            continue
        for part in re.split(r",|\n", words.text[start:end]):
            name = re.sub(
                r"^\W*(?:(?:Flat|Apartment|Apt|Unit|Room|Plot)\.? \w+|\d+[A-Za-z]?(?:[-–/]\d+)?)\W*",
                "",
                part.strip(),
                count=1,
            )
            name = re.sub(r"^\d+[A-Za-z]? ", "", name)
            own = Words(name)
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


def _like_a_person(words: Words, first: int, cue: int) -> bool:
    """Whether forename and surname would look the same ("Kelly Lane"): one word, no place's preposition before it."""
    before = words.keys[first - 1] if words.joined_before(first) else ""
    return cue - first == 1 and before not in STRONG | {
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


def _street_name(words: Words, first: int, hit: Hit[bool]) -> bool:
    """Whether the words before "Road" or "Court" make a street's name without a number before them."""
    named = range(first, hit.first)
    name = words.written(first, hit.stop)
    if is_kept(name) or is_kept(words.written(first, hit.first)):
        return False
    if all(words.keys[i] in generic_words() for i in named if words.capital[i]):
        return False
    if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
        follows = words.keys[hit.stop]
        if not (
            follows in LEADING
            or follows in TITLES
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
        return telling and before in STRONG | {"on", "at", "off", "along", "from", "to"}
    return telling or before in ("in", "on", "off", "along", "near")


def find_welsh_streets(words: Words) -> Iterator[Span]:
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
        yield words.starts[start], towns_after(words, stop), 0.9 if number is not None else 0.8, "street"


def find_grounds(words: Words) -> Iterator[Span]:
    """Such as "The Kersal estate", "Heaton Park", "Bolton bus station", "River Irwell"."""
    cues = cue_tables()
    for hit in cues.before.every(words):
        stop = hit.stop
        if (
            words.capital[hit.first]
            and stop < len(words)
            and words.gaps[stop - 1] == JOINED
            and words.capital[stop]
            and not is_place(words, hit.first, stop + 1)
        ) and not is_ordinary(words, stop):
            yield words.starts[hit.first], words.ends[stop], 0.75, "feature"
    for ground in cues.grounds.every(words):
        if not words.joined_before(ground.first) or words.text[words.starts[ground.first] - 1] == "-":
            continue
        capital = words.capital[ground.first]
        if not capital and ground.value == "capital":
            continue
        first = name_start(words, ground.first, most=3 if capital else 2)
        if (
            first == ground.first
            or is_kept(words.written(first, ground.stop))
            or is_kept(words.written(first, ground.first))
        ):
            continue
        if is_place(words, first, ground.stop):
            continue
        named = [i for i in range(first, ground.first) if words.capital[i]]
        if any(words.keys[i] in not_places() or any(c.isdigit() for c in words.keys[i]) for i in named) or (
            words.possessive(ground.first - 1) and not capital
        ):
            continue
        place = is_place(words, first, ground.first) or is_place(words, ground.first - 1, ground.first)
        telling = any(not is_ordinary(words, i) for i in named)
        if not place and not telling:
            continue
        if (
            not capital
            and place
            and words.keys[ground.first]
            in (
                "area",
                "side",
                "district",
                "village",
                "town",
                "city",
                "services",
                "ward",
                "suburb",
                "market",
                "flats",
                "moor",
            )
        ):
            continue  # the town's own label reads better
        if (
            ground.value == "lower"
            and capital
            and ground.stop - ground.first == 1
            and words.keys[ground.first] in ("area", "side", "district", "ward")
        ):
            continue
        bare = capital and ground.stop - ground.first == 1 and _like_a_person(words, first, ground.first)
        yield words.starts[first], ground.end, MAYBE if bare else 0.76 if place or len(named) > 1 else 0.72, "grounds"
