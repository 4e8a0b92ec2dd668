"""What every rule for addresses reads by: the words of streets and buildings, where names, numbers and towns begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from redaction.lexicon import gazetteer
from redaction.lexicon.calendar import MONTH_NAMES
from redaction.lexicon.gazetteer import Sort
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word
from redaction.recognizers.organisations.tables import organisation_tables
from redaction.text.phrases import Phrases
from redaction.text.tokens import COMMA, JOINED, LEADING, TITLE_KEYS, Tokens

POSTAL_AREA = alternatives(pattern_words("addresses", "postal areas"))
# the capitals come first, so that a search can skip what is no capital; what comes before is looked at afterwards
POSTCODE = re.compile(rf"{POSTAL_AREA}\d[A-Z\d]? ?\d[A-Z]{{2}}(?![^\W_])|GIR ?0AA(?![^\W_])")
MONTH_KEYS = frozenset(name.casefold() for name in MONTH_NAMES)
NAME_LINKS = frozenset(["of", "the", "on", "in", "upon", "y", "yr", "le", "and", "by", "under", "ar"])
PLACE_PREPOSITIONS = frozenset(["in", "near", "around", "outside", "throughout", "towards", "across", "inside"])
LIKE_A_PERSON_SCORE = 0.62
"""For what forename and surname look like too ("Kelly Lane"): a person who is surely found wins."""


@dataclass(frozen=True)
class _Cues:
    streets: Phrases[bool]
    welsh: Phrases[bool]
    grounds: Phrases[str]
    buildings: Phrases[bool]
    before: Phrases[bool]


@cache
def cue_tables() -> _Cues:
    """The words of places.yml, ready to look up."""
    data = gazetteer.tables()
    streets, grounds, welsh = data["streets"], data["grounds"], data["welsh streets"]
    both = {p.casefold() for p in grounds["lower"]}
    return _Cues(
        streets=Phrases([(p, True) for p in streets["sure"]] + [(p, False) for p in streets["weak"]]),
        welsh=Phrases([(p, True) for p in welsh["sure"]] + [(p, False) for p in welsh["weak"]]),
        grounds=Phrases(
            [(p, "both" if p.casefold() in both else "capital") for p in grounds["sure"]]
            + [(p, "lower") for p in grounds["lower"]]
        ),
        buildings=Phrases((p, True) for p in data["buildings"]),
        before=Phrases((p, True) for p in grounds["before"]),
    )


ScoredSpan = tuple[int, int, float, str]


def place_name_start(words: Tokens, index: int, most: int) -> int:
    """Where the capitalised words that lead up to this one begin."""
    start = index
    while most and words.joined_before(index):
        index -= 1
        if words.capital[index]:
            if words.keys[index] in TITLE_KEYS or (
                words.keys[index] in LEADING and words.keys[index] not in ("new", "the")
            ):
                break
            if words.keys[index] == "the" and start - index > 1:
                break
            start = index
            most -= 1
        elif not (
            words.keys[index] in ("of", "the", "upon", "y", "yr", "le", "and")
            and words.joined_before(index)
            and _continues_name(words, index)
        ):
            break
    while start < index and not words.capital[start]:
        start += 1
    return start


def _continues_name(words: Tokens, index: int) -> bool:
    before = index - 1
    key = words.keys[index]
    if key == "the":
        return words.keys[before] == "of" and words.joined_before(before)
    if key == "and":
        return words.text[words.starts[index]] == "&"
    return (
        words.capital[before]
        and words.keys[before] not in LEADING
        and (key != "of" or is_english_word(words.keys[before]))
    )


def place_name_stop(words: Tokens, first: int, most: int) -> int:
    """Where the capitalised words that begin here end."""
    index, stop = first, first
    while index < len(words) and most:
        if words.capital[index]:
            stop = index + 1
            most -= 1
        elif words.keys[index] not in NAME_LINKS or index == first:
            break
        if words.gaps[index] != JOINED:
            break
        index += 1
    return stop


def number_before(words: Tokens, first: int) -> int | None:
    """The index of the house number before this word: "14", "14a", "12-14"."""
    if first == 0 or words.gaps[first - 1] not in (JOINED, COMMA):
        return None
    index = first - 1
    if not re.fullmatch(r"\d{1,4}[a-z]?", words.keys[index]):
        return None
    if is_year(words, index):
        return None
    if (
        index > 0
        and words.text[words.ends[index - 1] : words.starts[index]] in ("-", "–", "/")
        and words.keys[index - 1].isdigit()
        and len(words.keys[index - 1]) < 5
    ):
        index -= 1
    if re.search(r"\d[/.]$", words.text[max(0, words.starts[index] - 2) : words.starts[index]]):
        # the end of a date: "16/10/20 Truro Crown Court"
        return None
    return index


def is_year(words: Tokens, index: int) -> bool:
    """Whether a number is a year rather than that of a house: "in May 2015, Kingston Crown Court"."""
    if not re.fullmatch(r"(?:19|20)\d\d", words.keys[index]):
        return False
    return words.gaps[index] == COMMA or (index > 0 and words.keys[index - 1] in MONTH_KEYS)


def premises_before(words: Tokens, first: int) -> int:
    """Take in "Flat 3," or "Kestrel House," before a house number or a street."""
    if first >= 2 and words.gaps[first - 1] in (JOINED, COMMA):
        index = first - 1
        if re.fullmatch(r"\d{1,4}[a-z]?|[a-z]", words.keys[index]) and words.keys[index - 1] in (
            "flat",
            "apartment",
            "apt",
            "unit",
            "room",
            "plot",
            "bedsit",
        ):
            return index - 1
    comma = first >= 1 and words.gaps[first - 1] == COMMA and words.capital[first - 1]
    if comma and cue_tables().buildings.whole(words, first - 1, first):
        start = place_name_start(words, first - 1, most=3)
        if start < first - 1:
            return premises_before(words, start)
    return first


def towns_after(words: Tokens, stop: int) -> int:
    """Where an address that has come up to the word `stop` ends: behind its districts, towns, county and postcode."""
    end = words.ends[stop - 1]
    if words.possessive(stop - 1):
        return end - 2
    reached, parts = end, 0
    while stop < len(words) and parts < 5:
        between = words.text[words.ends[stop - 1] : words.starts[stop]]
        if between not in (" ", ", ", ",", "  ") and not re.fullmatch(r",?[ \\]*\n[ >]*", between):
            break
        postcode = POSTCODE.match(words.text, words.starts[stop])
        if postcode:
            return postcode.end()
        if not words.capital[stop]:
            break
        known = gazetteer.at(words, stop)
        after = known.stop if known is not None else place_name_stop(words, stop, most=3)
        if known is not None:
            placed = between != " " or known.value in (Sort.TOWN, Sort.AREA)
            if placed and words.ends[after - 1] == known.end and _ends_name(words, after):
                reached = known.end
        else:
            if after == stop or words.keys[stop] in LEADING or words.keys[stop] in TITLE_KEYS:
                break
            closes = words.text[words.ends[after - 1] : words.ends[after - 1] + 1] in (
                ",",
                ".",
                ";",
                ")",
                "",
                "|",
                "\n",
            )
            if "," in between and closes and after - stop == 1 and not is_ordinary(words, stop):
                reached = words.ends[after - 1]
        stop = after
        parts += 1
    return reached


def _ends_name(words: Tokens, stop: int) -> bool:
    """Whether a name that ends before the word `stop` goes on no further."""
    if stop >= len(words) or words.gaps[stop - 1] != JOINED or not words.capital[stop]:
        return True
    return POSTCODE.match(words.text, words.starts[stop]) is not None


def is_ordinary(words: Tokens, index: int) -> bool:
    """Whether a word is an everyday one or a term of the trade."""
    key = words.keys[index]
    return (
        is_english_word(key)
        or is_english_word(key.removesuffix("s"))
        or key in LEADING
        or key in generic_words()
        or is_retained(words.written(index, index + 1))
        or len(key) < 3
        or key.isdigit()
    )


@cache
def generic_words() -> frozenset[str]:
    """Words that no name is made of."""
    return organisation_tables().generic


def longest_spans(spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """The longest of spans that overlap."""
    chosen: list[ScoredSpan] = []
    end = -1
    for span in sorted(spans, key=lambda s: (s[0], -s[1], -s[2])):
        if span[0] >= end:
            chosen.append(span)
            end = span[1]
        elif span[1] > end:
            first = chosen[-1]
            chosen[-1] = (first[0], span[1], max(first[2], span[2]), first[3])
            end = span[1]
    return chosen
