"""Addresses, streets, estates and postcodes by shape; towns and areas by gazetteer, by position, by spaCy."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from redaction import gazetteer
from redaction.entities import Entity
from redaction.findings import Finding
from redaction.gazetteer import Sort, is_place, not_places
from redaction.lexicon import is_common, is_kept
from redaction.recognizers import organisations
from redaction.recognizers.base import Document, Recognizer
from redaction.recognizers.shared import entities_of, words_of
from redaction.words import COMMA, JOINED, LEADING, TITLES, Hit, Phrases, Words

_AREAS_OF_POST = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|"
    "GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|"
    "OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|"
    "WF|WN|WR|WS|WV|YO|ZE|B|E|G|L|M|N|S|W"
)
# the capitals come first, so that a search can skip what is no capital; what stands before is looked at afterwards
_POSTCODE = re.compile(rf"(?:{_AREAS_OF_POST})\d[A-Z\d]? ?\d[A-Z]{{2}}(?![^\W_])|GIR ?0AA(?![^\W_])")
_LIKE_A_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![^\W_])|GIR ?0AA(?![^\W_])")
_OUTWARD = re.compile(rf"(?:{_AREAS_OF_POST})\d\d?[A-Z]?(?![^\W_])(?! \d[A-Z]{{2}})")
_LIKE_A_CODE = re.compile(r"[A-Z]{1,2}\d{1,4}(?:\(M\)|[A-Z])?(?![^\W_])")
_OUTWARD_BEFORE = re.compile(r"\b(?:in|near|around) $")
_OUTWARD_AFTER = re.compile(r" (?:area|postcode|postal|district)\b")
_ROUTE = re.compile(r"(?:M\d{1,2}|A\d{1,4}|B\d{4})(?:\(M\))?(?![^\W_])(?! (?:form|paper|sheet|size|page))")
_ROUTE_BEFORE = re.compile(r"\b(?:the|on|off|along|via|of) $")
_FLAT = re.compile(
    r"\b(?:Flat|Apartment|Apt|Unit|Room|Plot|Bedsit|Caravan|Pitch|Studio)\.? (?:\d{1,4}[A-Za-z]?|[A-Z])(?![^\W_])"
)
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_LINKS = frozenset(["of", "the", "on", "in", "upon", "y", "yr", "le", "and", "by", "under", "ar"])
_STRONG = frozenset(["in", "near", "around", "outside", "throughout", "towards", "across", "inside"])
_WEAK = frozenset(
    ["at", "from", "to", "of", "and", "or", "via", "through", "into", "between", "by", "for", "with", "over", "round"]
)
_MAYBE = 0.62
_SURNAMES = frozenset("lane close grove street furlong".split())
_COMPASS = frozenset(["north", "south", "east", "west", "central", "inner", "greater", "upper", "lower"])


class AddressRecognizer(Recognizer):
    """Postal addresses whole; streets, premises, estates, landmarks and postcodes."""

    name = "addresses"
    entities = (Entity.ADDRESS,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Addresses whole where they stand whole; then their parts."""
        words = words_of(text, doc)
        spans = [*_streets(words), *_welsh_streets(words), *_grounds(words), *_flats(words), *_numbered(words)]
        postcodes = list(_postcodes(text))
        spans = _with_postcodes(words, spans, postcodes)
        found = _longest(spans)
        for start, end, score, source in found:
            yield Finding(start, end, Entity.ADDRESS, score, f"addresses:{source}")
        for start, end in _named_again(words, found):
            yield Finding(start, end, Entity.ADDRESS, 0.7, "addresses:again")
        for start, end, source in _routes_and_districts(text):
            yield Finding(start, end, Entity.ADDRESS, 0.78, f"addresses:{source}")


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
        for hit in gazetteer.every(words):
            taken.update(range(hit.first, hit.stop))
            score = _standing(words, hit, previous)
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
            if all(_ordinary(words, i) for i in range(first, stop)) or gazetteer.is_country(words, first, stop):
                continue
            start, end = entity.start_char + words.starts[first], entity.start_char + _end(words, stop)
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


def is_address(name: str) -> bool:
    """Whether a declared place is a postal address, a street or premises rather than a town or an area."""
    words = Words(name)
    if not len(words) or is_place(words, 0, len(words)):
        return False
    cues = _cues()
    lasts = [
        hit
        for table in (cues.streets, cues.grounds, cues.buildings)
        for hit in table.every(words)
        if hit.first and hit.stop == len(words)
    ]
    return (
        any(c.isdigit() for c in name)
        or bool(lasts)
        or cues.welsh.at(words, 0) is not None
        or ("," in name and bool(list(cues.streets.every(words))))
    )


@dataclass(frozen=True)
class _Cues:
    streets: Phrases[bool]
    welsh: Phrases[bool]
    grounds: Phrases[str]
    buildings: Phrases[bool]
    before: Phrases[bool]


@cache
def _cues() -> _Cues:
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


def _begins_here(text: str, start: int) -> bool:
    """Whether no letter or digit stands right before."""
    return start == 0 or not text[start - 1].isalnum()


def _postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Whole postcodes."""
    for match in _LIKE_A_POSTCODE.finditer(text):
        if _begins_here(text, match.start()) and _POSTCODE.match(text, match.start()):
            yield match.span()


def _routes_and_districts(text: str) -> Iterator[tuple[int, int, str]]:
    """Such as "the A6", "on the M62"; the first half of a postcode in "the M27 area"."""
    for code in _LIKE_A_CODE.finditer(text):
        start = code.start()
        if not _begins_here(text, start):
            continue
        before = text[max(0, start - 8) : start]
        if (match := _ROUTE.match(text, start)) and _ROUTE_BEFORE.search(before):
            yield *match.span(), "route"
        elif (match := _OUTWARD.match(text, start)) and (
            _OUTWARD_BEFORE.search(before) or _OUTWARD_AFTER.match(text, match.end())
        ):
            yield *match.span(), "postcode"


_Span = tuple[int, int, float, str]


def _streets(words: Words) -> Iterator[_Span]:
    """Such as "14 Tennyson Road", "Larkhill Terrace, Oldham": from the last word of a street to both sides."""
    for hit in _cues().streets.every(words):
        if (
            not words.capital[hit.first]
            or not words.joined_before(hit.first)
            or words.text[words.starts[hit.first] - 1] == "-"
        ):
            continue
        first = _name_start(words, hit.first, most=4)
        number = _number_before(words, first)
        if number is None and (first == hit.first or not _street_name(words, first, hit)):
            continue
        if first == hit.first and number is not None and not words.keys[first - 1].isdigit():
            continue
        start = _premises_before(words, first if number is None else number)
        end = _towns_after(words, hit.stop)
        surname = not hit.value or words.keys[hit.first] in _SURNAMES
        bare = number is None and end == hit.end and surname and _like_a_person(words, first, hit.first)
        yield words.starts[start], end, 0.92 if number is not None else _MAYBE if bare else 0.8, "street"


def _named_again(words: Words, found: list[_Span]) -> Iterator[tuple[int, int]]:
    """The streets and premises of addresses, where they stand again without their number and town."""
    names: dict[str, bool] = {}
    for start, end, score, source in found:
        if source in ("grounds", "feature") or score == _MAYBE:
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
                        for table in (_cues().streets, _cues().buildings)
                        for hit in table.every(own)
                    )
                    or _cues().welsh.at(own, 0)
                )
            ):
                names[name] = True
    for hit in Phrases(names).every(words):
        if words.capital[hit.first] and words.capital[hit.stop - 1]:
            yield words.starts[hit.first], hit.end


def _like_a_person(words: Words, first: int, cue: int) -> bool:
    """Whether forename and surname would look the same ("Kelly Lane"): one word, no place's preposition before it."""
    before = words.keys[first - 1] if words.joined_before(first) else ""
    return cue - first == 1 and before not in _STRONG | {
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
    if all(words.keys[i] in _generic() for i in named if words.capital[i]):
        return False
    if hit.stop < len(words) and words.gaps[hit.stop - 1] == JOINED and words.capital[hit.stop]:
        follows = words.keys[hit.stop]
        if not (
            follows in LEADING
            or follows in TITLES
            or gazetteer.at(words, hit.stop)
            or _POSTCODE.match(words.text, words.starts[hit.stop])
        ):
            return False  # "North Street Jobcentre"
    if any(words.keys[i] in not_places() for i in named):
        return False
    if hit.value:
        return True
    telling = any(not _ordinary(words, i) for i in named if words.capital[i])
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
        return telling and before in _STRONG | {"on", "at", "off", "along", "from", "to"}
    return telling or before in ("in", "on", "off", "along", "near")


def _welsh_streets(words: Words) -> Iterator[_Span]:
    """Such as "Heol y Felin", "33 Maes-y-Deri": the word for street comes first."""
    for hit in _cues().welsh.every(words):
        first, stop = hit.first, hit.stop
        if not words.capital[first] or stop >= len(words) or words.gaps[stop - 1] != JOINED:
            continue
        number = _number_before(words, first)
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
        start = _premises_before(words, first if number is None else number)
        yield words.starts[start], _towns_after(words, stop), 0.9 if number is not None else 0.8, "street"


def _grounds(words: Words) -> Iterator[_Span]:
    """Such as "The Kersal estate", "Heaton Park", "Bolton bus station", "River Irwell"."""
    cues = _cues()
    for hit in cues.before.every(words):
        stop = hit.stop
        if (
            words.capital[hit.first]
            and stop < len(words)
            and words.gaps[stop - 1] == JOINED
            and words.capital[stop]
            and not is_place(words, hit.first, stop + 1)
        ) and not _ordinary(words, stop):
            yield words.starts[hit.first], words.ends[stop], 0.75, "feature"
    for ground in cues.grounds.every(words):
        if not words.joined_before(ground.first) or words.text[words.starts[ground.first] - 1] == "-":
            continue
        capital = words.capital[ground.first]
        if not capital and ground.value == "capital":
            continue
        first = _name_start(words, ground.first, most=3 if capital else 2)
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
        telling = any(not _ordinary(words, i) for i in named)
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
        yield words.starts[first], ground.end, _MAYBE if bare else 0.76 if place or len(named) > 1 else 0.72, "grounds"


def _flats(words: Words) -> Iterator[_Span]:
    """Such as "Flat 12, Marlpit Court, Thamesmead"; "Flat 2" alone."""
    for match in _FLAT.finditer(words.text):
        stop = bisect_left(words.starts, match.end())
        end = match.end()
        if match[0].split()[0].rstrip(".") not in ("Flat", "Apartment", "Apt", "Bedsit") and not (
            stop < len(words) and words.gaps[stop - 1] != 2 and words.capital[stop]
        ):
            continue
        if stop < len(words) and words.gaps[stop - 1] in (JOINED, COMMA) and words.capital[stop]:
            building = _name_stop(words, stop, most=4)
            if building > stop and words.keys[stop] not in LEADING and words.keys[stop] not in TITLES:
                end = _towns_after(words, building)
        yield match.start(), end, 0.85, "flat"


_NUMBERED = re.compile(
    r"\b(?:at|of|to|from|outside|near|into|address[: ]|lives?|number|No\.?) (?=\d{1,4}[A-Za-z]?,? [A-Z])"
)


def _numbered(words: Words) -> Iterator[_Span]:
    """Such as "At 12 The Paddocks", "of 2 Chy Kensa, Redruth": a number and a name after "at"."""
    for match in _NUMBERED.finditer(words.text):
        index = words.beginning_at(match.end())
        if index is None or index + 1 >= len(words) or words.gaps[index] not in (JOINED, COMMA):
            continue
        stop = _name_stop(words, index + 1, most=3)
        named = range(index + 1, stop)
        if stop == index + 1 or any(
            words.keys[i] in _MONTHS or is_kept(words.written(i, i + 1)) or words.keys[i] in not_places() for i in named
        ):
            continue
        telling = [
            i
            for i in named
            if words.capital[i] and words.keys[i] not in _generic() and not words.written(i, i + 1).isupper()
        ]
        if (
            telling
            and not is_kept(words.written(index + 1, stop))
            and (len(telling) > 1 or not _ordinary(words, telling[0]))
        ):
            yield words.starts[index], _towns_after(words, stop), 0.6, "numbered"


def _name_start(words: Words, index: int, most: int) -> int:
    """Where the capitalised words that lead up to this one begin."""
    start = index
    while most and words.joined_before(index):
        index -= 1
        if words.capital[index]:
            if words.keys[index] in TITLES or (
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
            and _goes_on(words, index)
        ):
            break
    while start < index and not words.capital[start]:
        start += 1
    return start


def _goes_on(words: Words, index: int) -> bool:
    before = index - 1
    key = words.keys[index]
    if key == "the":
        return words.keys[before] == "of" and words.joined_before(before)
    if key == "and":
        return words.text[words.starts[index]] == "&"
    return (
        words.capital[before] and words.keys[before] not in LEADING and (key != "of" or is_common(words.keys[before]))
    )


def _name_stop(words: Words, first: int, most: int) -> int:
    """Where the capitalised words that begin here end."""
    index, stop = first, first
    while index < len(words) and most:
        if words.capital[index]:
            stop = index + 1
            most -= 1
        elif words.keys[index] not in _LINKS or index == first:
            break
        if words.gaps[index] != JOINED:
            break
        index += 1
    return stop


def _number_before(words: Words, first: int) -> int | None:
    """The index of the house number before this word: "14", "14a", "12-14"."""
    if first == 0 or words.gaps[first - 1] not in (JOINED, COMMA):
        return None
    index = first - 1
    if not re.fullmatch(r"\d{1,4}[a-z]?", words.keys[index]):
        return None
    if (
        index > 0
        and words.text[words.ends[index - 1] : words.starts[index]] in ("-", "–", "/")
        and words.keys[index - 1].isdigit()
        and len(words.keys[index - 1]) < 5
    ):
        index -= 1
    return index


def _premises_before(words: Words, first: int) -> int:
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
    if comma and _cues().buildings.whole(words, first - 1, first):
        start = _name_start(words, first - 1, most=3)
        if start < first - 1:
            return _premises_before(words, start)
    return first


def _towns_after(words: Words, stop: int) -> int:
    """Where an address that has come up to the word `stop` ends: behind its districts, towns, county and postcode."""
    end = words.ends[stop - 1]
    if words.possessive(stop - 1):
        return end - 2
    reached, parts = end, 0
    while stop < len(words) and parts < 5:
        between = words.text[words.ends[stop - 1] : words.starts[stop]]
        if between not in (" ", ", ", ",", "  ") and not re.fullmatch(r",?[ \\]*\n[ >]*", between):
            break
        postcode = _POSTCODE.match(words.text, words.starts[stop])
        if postcode:
            return postcode.end()
        if not words.capital[stop]:
            break
        known = gazetteer.at(words, stop)
        after = known.stop if known is not None else _name_stop(words, stop, most=3)
        if known is not None:
            placed = between != " " or known.value in (Sort.TOWN, Sort.AREA)
            if placed and words.ends[after - 1] == known.end and _closes(words, after):
                reached = known.end
        else:
            if after == stop or words.keys[stop] in LEADING or words.keys[stop] in TITLES:
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
            if "," in between and closes and after - stop == 1 and not _ordinary(words, stop):
                reached = words.ends[after - 1]
        stop = after
        parts += 1
    return reached


def _closes(words: Words, stop: int) -> bool:
    """Whether a name that ends before the word `stop` goes on no further."""
    if stop >= len(words) or words.gaps[stop - 1] != JOINED or not words.capital[stop]:
        return True
    return _POSTCODE.match(words.text, words.starts[stop]) is not None


def _with_postcodes(words: Words, spans: list[_Span], postcodes: list[tuple[int, int]]) -> list[_Span]:
    """Every postcode with what of its address stands before it; spans that already hold one stay as they are."""
    more: list[_Span] = []
    covered = {end for _, end, _, _ in spans}
    for start, end in postcodes:
        if end in covered:
            continue
        index = bisect_left(words.starts, start)
        first = _address_start(words, index)
        more.append((words.starts[first] if first < index else start, end, 0.95, "postcode"))
    return spans + more


def _address_start(words: Words, index: int) -> int:
    """Where the address that a postcode at word `index` closes begins: up to four parts of capitals and numbers."""
    start, parts = index, 0
    while index > 0 and parts < 5:
        between = words.text[words.ends[index - 1] : words.starts[index]]
        if between not in (" ", ", ", "-") and not re.fullmatch(r",[ \\]*\n[ >]*", between):
            break
        parts += between not in (" ", "-")
        key = words.keys[index - 1]
        if words.capital[index - 1] and key not in LEADING and key not in TITLES:
            start = index - 1
        elif re.fullmatch(r"\d{1,4}[a-z]?", key):
            return _premises_before(words, index - 1)
        elif key not in _LINKS or "," in between:
            break
        index -= 1
    return start


def _standing(words: Words, hit: Hit[Sort], previous: Hit[Sort] | None) -> float:
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
        before in _STRONG
        or before in _WEAK
        or before
        in ("the", "central", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "nearby")
    )
    listed = previous is not None and previous.stop <= first and _lists(words, previous, first)
    follows = stop < len(words) and words.gaps[stop - 1] == JOINED and words.capital[stop]
    follows = follows and not _POSTCODE.match(words.text, words.starts[stop]) and words.keys[stop] not in LEADING
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
        return 0.42 if beside else 0.75 if before in _STRONG or listed else 0.66 if led else 0.55
    if beside and not listed:
        return 0.0
    if hit.value is Sort.ABROAD:
        if single and is_common(words.keys[first]):
            return 0.0
        return (
            0.7
            if before in _STRONG or listed
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
    if key in _MONTHS:
        near = words.text[max(0, words.starts[hit.first] - 16) : words.starts[hit.first]]
        return 0.6 if re.search(r"\b(?:lived in|lives in|moved to|near|living in|home in|town of) $", near) else 0.0
    if (
        hit.stop < len(words)
        and words.gaps[hit.stop - 1] == JOINED
        and words.keys[hit.stop] in ("and", "to", "or")
        and is_common(key)
        and before not in _STRONG
    ):
        return 0.0
    if before in _STRONG:
        return 0.65
    return 0.55 if before in ("from", "to", "at", "via", "through", "of", "towards", "into", "between") else 0.0


def _begins_area(words: Words, index: int) -> bool:
    known = gazetteer.at(words, index)
    return known is not None and known.value is Sort.AREA


def _lists(words: Words, previous: Hit[Sort], first: int) -> bool:
    """Whether this name goes on a list of places: "Denton, Sale and Bury"."""
    between = words.text[previous.end : words.starts[first]]
    return between in (", ", " and ", " or ", " & ", "/", " to ", ", and ", ", then ", " and then ")


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
        stop = _name_stop(words, index, most=3)
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
            or all(_ordinary(words, i) for i in range(index, stop))
        ):
            continue
        yield index, stop


def _kind(sort: Sort, name: str) -> str:
    return "Area" if sort in (Sort.AREA, Sort.FEATURE) else "Town"


def _ordinary(words: Words, index: int) -> bool:
    """Whether a word is an everyday one or a term of the trade."""
    key = words.keys[index]
    return (
        is_common(key)
        or is_common(key.removesuffix("s"))
        or key in LEADING
        or key in _generic()
        or is_kept(words.written(index, index + 1))
        or len(key) < 3
        or key.isdigit()
    )


@cache
def _generic() -> frozenset[str]:
    return organisations.tables().generic


def _longest(spans: list[_Span]) -> list[_Span]:
    """The longest of spans that overlap."""
    chosen: list[_Span] = []
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


def _end(words: Words, stop: int) -> int:
    end = words.ends[stop - 1]
    return end - 2 if words.possessive(stop - 1) else end
