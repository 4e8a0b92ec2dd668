"""Unusual details, and public events, by which somebody may be recognised: flagged for the checker with a reason, not replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Origin, Source
from redaction.lexicon.details import any_of, flag_tables
from redaction.lexicon.numbers import NUMBER_WORD
from redaction.recognizers.base import Finding, Recognizer
from redaction.recognizers.occupations import find_occupations
from redaction.recognizers.public_events import find_public_events
from redaction.recognizers.quotations import find_quotations
from redaction.recognizers.search_windows import find_near, indices_of
from redaction.recognizers.workloads import find_workloads
from redaction.text.phrases import Phrases
from redaction.text.tokens import Tokens
from redaction.vetoes.things import find_medicines

_SCORE = 0.6
_ANYWHERE = ("health", "appearance", "pet", "method", "facts")
_THEIR = r"(?:an?|the|his|her|their)"
_FROM_SOMEWHERE = rf"(?:[ ]from[ ]{_THEIR}[ ][\p{{Ll}}' -]{{3,40}})?"
_FACT_SHAPES = (
    # how a family remembers somebody
    rf"(?:remembered|described|known)[ ](?:[\p{{L}}'’-]+[ ]){{0,4}}as[ ](?:an?|the)[ ]{any_of('remembered')}[ ](?:who|with)[ ][^.;|\n]{{5,90}}",
    r"(?:asked|wish(?:ed)?|want(?:ed)?)[ ](?:that[ ])?(?:[\p{L}]+[ ])?(?:to[ ])?be[ ](?:remembered|known[ ]for|said[ ]that)[ ][^.;|\n]{5,90}",
    # where somebody was going
    rf"(?:[Ww]alk|[Dd]riv|[Cc]om|[Cc]ycl|[Tt]ravell)ing[ ](?:home|back|to work){_FROM_SOMEWHERE}",
    rf"on[ ](?:his|her|their)[ ]way[ ](?:home|to[ ]work|to[ ]school|back){_FROM_SOMEWHERE}",
    # what only those nearby know
    rf"in[ ]front[ ]of[ ](?:the|her|his|their)[ ](?:two[ ]|three[ ]|own[ ])?{any_of('onlookers')}",
    r"(?:lived|worked|taught|been[ ]married|coached|served|volunteered)[ ](?:[\p{Ll}-]+[ ]){0,4}for[ ](?:\d+|[\p{Ll}-]+)[ ]years",
)
_FACT = regex.compile(rf"(?<![\p{{L}}])(?P<fact>{'|'.join(_FACT_SHAPES)})")
_HARMED = r"(?:broke|broken|breaking|fractured|dislocated|sprained|injured|lost|hurt|cut)"
_INJURIES = r"(?:cuts?|wounds?|injur(?:y|ies)|bruis(?:e|es|ing)|burns?|lacerations?|bites?)"
_ILL_WITH = r"(?:[Dd]iagnos(?:ed[ ](?:with|as)|is[ ]of)|[Tt]reat(?:ed|ment)[ ]for|[Rr]ecovering[ ]from|[Ss]uffer(?:s|ed|ing)[ ]from)"
_HURT_SHAPES = (
    rf"{_HARMED}[ ](?:his|her|their|a|one)[ ](?:left[ ]|right[ ]|own[ ])?{any_of('body')}",
    rf"{_INJURIES}[ ](?:to|on|around|over)[ ](?:his|her|their|the|both)[ ](?:\p{{Ll}}+[ ])?{any_of('body')}",
    rf"(?:{NUMBER_WORD}|\d+|several|some)[ ](?:days|nights|weeks|months)[ ]in[ ](?:hospital|intensive[ ]care|a[ ]coma|a[ ]hospice)",
    rf"{_ILL_WITH}[ ](?!{any_of('everyday treatment')})[\p{{L}}'-]+(?:[ ][\p{{Ll}}'-]+){{0,2}}",
)
_HURT = regex.compile(rf"(?<![\p{{L}}])(?P<health>{'|'.join(_HURT_SHAPES)})(?![\p{{L}}])")
_HURT_KEYS = frozenset(
    "broke broken breaking fractured dislocated sprained injured lost hurt cut cuts wound wounds injury injuries bruise bruises bruising burn burns "
    "laceration lacerations bite bites hospital intensive coma hospice diagnosed diagnosis treated treatment recovering suffers suffered suffering".split()
)
_FORCED = r"(?:forced|smashed|broke|kicked|prised|jemmied|levered)[ ](?:in[ ]|open[ ]|down[ ])?"
_WENT_THROUGH = r"(?:climbed|came|got|let[ ](?:him|her)self|crawled|squeezed)[ ](?:in[ ])?(?:through|by|over)[ ]"
_METHOD_SHAPES = (
    # how somebody got in
    rf"(?:{_FORCED}|{_WENT_THROUGH})(?:the|an?|her|his|their)[ ](?:[\p{{Ll}}'-]+[ ]){{0,2}}?{any_of('openings')}",
    # what was thrown at whom
    r"(?:threw|thrown|hurled)[ ]an?[ ](?:\p{Ll}+[ ])?\p{Ll}+[ ](?:at|through)",
    r"knocked[ ](?:down|over|from|off)[ ](?:an?|his|her|the|their)[ ]\p{Ll}+",
)
_METHOD = regex.compile(rf"(?<![\p{{L}}])(?P<method>{'|'.join(_METHOD_SHAPES)})(?![\p{{L}}])")
_METHOD_KEYS = frozenset(
    "forced smashed broke kicked prised jemmied levered climbed came got let crawled squeezed threw thrown hurled knocked".split()
)
_FACT_KEYS = frozenset("remembered described known walking driving coming cycling travelling way front years".split())
_OTHERS = regex.compile(
    # with how many others somebody was accused, arrested or hurt
    rf"(?<![\p{{L}}\p{{N}}.,-])(?P<others>(?:\d{{1,4}}|(?i:{NUMBER_WORD}))[ ]other[ ](?:[\p{{Ll}}-]+[ ])?{any_of('crowds')})(?![\p{{L}}])"
)
LONG_PAST = 3
"""A year so many years before the newest of a text is mentioned for what happened in a life, not in the case."""
_A_YEAR = r"(?:19|20)\d\d"
_YEAR = regex.compile(
    # one, or several in a row: "in 1994, 1995 and 1997", "the 1998-1999 school year"
    r"(?<![\p{L}]Act[ ]of[ ])(?<![\p{L}])(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]etween|[Bb]y|[Aa]fter|[Bb]efore|and|to|of|for|during|early|late|the)[ ]"
    rf"(?P<year>{_A_YEAR}(?:(?:,[ ](?:and[ ])?|[ ](?:and|or|to)[ ]|[-–/]){_A_YEAR}){{0,9}})(?![\d/-]|[ ]Act)"
)
_HOW_MANY = (
    rf"(?:\d+(?:[.,]\d+)?|an?|(?i:{NUMBER_WORD})|(?:two|three|four|five|several|a[ ]few)[ ]hundred|half[ ]an?|a[ ]quarter[ ]of[ ]an?"
    r"|three[ ]quarters[ ]of[ ]an?)(?:[ ]and[ ]a[ ]half)?"
)
_UNIT = r"(?:miles?|metres?|yards|kilometres?|km|minutes'[ ]walk|minutes'?[ ]drive|minutes|doors|streets)"
_FROM_WHERE = (
    r"(?:[ ](?:away|apart|off|from[ ]the[ ]\p{Ll}+|from[ ](?:his|her|their)[ ]\p{Ll}+|(?:north|south|east|west)[ ]of|down[ ]the[ ]road)"
    r"|(?=[ ]from[ ]|[ ](?:along|down)[ ]))"
)
_DISTANCE_SHAPES = (
    rf"{_HOW_MANY}[ -]?{_UNIT}{_FROM_WHERE}",
    rf"(?:round[ ]trip|distance|journey)[ ]of[ ](?:\d+|(?i:{NUMBER_WORD}))[ ](?:miles?|kilometres?|km)",
    r"within[ ](?:sight|earshot|walking[ ]distance|yards)[ ]of",
    r"a[ ]stone's[ ]throw(?:[ ]from)?",
    r"over[ ]the[ ]road[ ]from|around[ ]the[ ]corner[ ]from|next[ ]door[ ]to|across[ ]the[ ]road(?:[ ]from)?",
    r"the[ ]same[ ](?:few[ ])?streets?",
)
_DISTANCE = regex.compile(rf"(?<![\p{{L}}\p{{N}}.])(?P<distance>{'|'.join(_DISTANCE_SHAPES)})(?![\p{{L}}])")
_UNITS = (
    "mile",
    "miles",
    "metre",
    "metres",
    "yards",
    "kilometre",
    "kilometres",
    "km",
    "minutes",
    "doors",
    "street",
    "streets",
    "corner",
    "door",
    "road",
    "sight",
    "earshot",
    "distance",
    "throw",
)
_COLOURED = regex.compile(rf"(?<![\p{{L}}])(?:{any_of('colours')}[ ]){{0,3}}$")
_MODEL = regex.compile(r"[ ]\p{Lu}[\p{L}\d]+(?![\p{L}])")
_ROOM = rf"{_THEIR}[ ](?:[\p{{Ll}}-]+[ ]){{0,3}}?{any_of('rooms')}(?![\p{{L}}-])"
_NO_NOUN = r"(?!(?:in|at|on|and|where|of|by|to|with|while|when|before|after)\b)"
_BESIDE_ROOM = (
    rf"(?:[ ](?:of|behind|near|beside|next[ ]to|in|at)[ ]{_THEIR}[ ][\p{{Ll}}-]+(?:[ ]{_NO_NOUN}[\p{{Ll}}-]+){{0,2}})?"
)
_IN_ROOM = rf"(?:in|on|at|behind|outside|near|beside|through|by|into|of)[ ]{_ROOM}{_BESIDE_ROOM}"
_AT_HOME = (
    rf"{any_of('suffered')}[^.|\n]{{0,60}}?[ ](?:in|at)[ ](?:her|his|their)(?:[ ]own)?[ ](?:home|flat|house|car|bed)"
)
_SCENE = regex.compile(rf"(?<![\p{{L}}])(?P<scene>{_IN_ROOM})|(?<![\p{{L}}])(?P<scene2>{_AT_HOME})(?![\p{{L}}])")
_VIOLENCE = regex.compile(rf"\b{any_of('deeds')}\p{{Ll}}*")
_SENTENCE = regex.compile(r"[.!?|]\s|\n")


class DetailRecognizer(Recognizer):
    """Occupations, workloads, health, looks, animals, distances, vehicles, method and scene of an offence, unusual facts, quotations."""

    name = "details"
    entities = (Entity.OTHER,)

    def find(self, document: Document) -> Iterable[Finding]:
        """Every such detail; those of one kind are not inside one another."""
        text = document.text
        words = document.tokens
        found = (
            *_find_listed(words),
            *(("occupation", *span) for span in find_occupations(text, words)),
            *_find_vehicles(text, words),
            *_find_shapes(words),
            *_find_conditions(words),
            *(("health", *span) for span in find_medicines(text, words)),
            *(("quotation", *span) for span in find_quotations(text)),
            *(("event", *span) for span in find_public_events(words)),
            *(("workload", *span) for span in find_workloads(words)),
        )
        reached: dict[str, int] = {}
        for kind, start, end in sorted(found, key=lambda f: (f[1], -f[2], f[0])):
            if end > reached.get(kind, 0):
                reached[kind] = end
                yield Finding(start, end, Entity.OTHER, _SCORE, Source(Origin.DETAILS, kind))


def _find_listed(words: Tokens) -> Iterator[tuple[str, int, int]]:
    for hit in _phrases().every(words):
        yield hit.value.removesuffix("s"), words.starts[hit.first], hit.end


def _find_vehicles(text: str, words: Tokens) -> Iterator[tuple[str, int, int]]:
    for hit in _makes().every(words):
        start, end = words.starts[hit.first], hit.end
        if text[start].isupper() or words.keys[hit.first] in _small_makes():
            colour = _COLOURED.search(text[max(0, start - 40) : start])
            model = _MODEL.match(text[end : end + 20])
            yield "vehicle", start - len(colour[0]) if colour else start, end + (len(model[0]) if model else 0)


def _find_shapes(words: Tokens) -> Iterator[tuple[str, int, int]]:
    newest = max((int(year[:4]) for year in words.positions if _is_year(year)), default=0)
    for match in find_near(_YEAR, words, _is_year, 24, 80):
        if int(match["year"][:4]) <= newest - LONG_PAST:
            yield "year", *match.span("year")
    for match in find_near(_FACT, words, _FACT_KEYS.__contains__, 90, 150):
        yield "fact", *match.span("fact")
    for match in find_near(_HURT, words, _HURT_KEYS.__contains__, 60, 80):
        yield "health", *match.span("health")
    for match in find_near(_METHOD, words, _METHOD_KEYS.__contains__, 20, 80):
        yield "method", *match.span("method")
    for match in find_near(_OTHERS, words, "other".__eq__, 40, 60):
        yield "others", *match.span("others")
    for match in find_near(_DISTANCE, words, _is_unit_of_distance, 60, 50):
        yield "distance", *match.span("distance")
    for match in find_near(_SCENE, words, _scene_keys().__contains__, 120, 90):
        if match["scene2"] or _is_near_violence(words.text, match.start(), match.end()):
            yield "scene", *match.span()


def _find_conditions(words: Tokens) -> Iterator[tuple[str, int, int]]:
    """Medicine names conditions and operations by their endings."""
    endings, others = tuple(flag_tables()["shapes"]["endings"]), flag_tables()["shapes"]["no condition"]
    named = [key for key in words.positions if key.endswith(endings) and not any(other in key for other in others)]
    for index in indices_of(words, named):
        start, end = words.starts[index], words.ends[index]
        if words.text[start:end].isalpha() and words.text[start - 1 : start] != "-":
            yield "health", start, end


def _is_year(key: str) -> bool:
    """Whether a word is a year, or the decade that begins with one ("1970s")."""
    return key.startswith(("19", "20")) and key.removesuffix("s").isdecimal() and len(key.removesuffix("s")) == 4


def _is_unit_of_distance(key: str) -> bool:
    return key.endswith(_UNITS)


@cache
def _scene_keys() -> frozenset[str]:
    """The last word of each room and place, and what is somebody's own."""
    rooms = (word.replace("-", " ").split()[-1] for word in flag_tables()["shapes"]["rooms"])
    return frozenset([*rooms, "home", "flat", "house", "car", "bed"])


def _is_near_violence(text: str, start: int, end: int) -> bool:
    """Whether the sentence is about violence: a yard or a bridge is a scene only there."""
    first = max((m.end() for m in _SENTENCE.finditer(text, max(0, start - 200), start)), default=max(0, start - 200))
    last = _SENTENCE.search(text, end, end + 120)
    return _VIOLENCE.search(text, first, last.start() if last else min(len(text), end + 120)) is not None


@cache
def _phrases() -> Phrases[str]:
    return Phrases({word: kind for kind in _ANYWHERE for word in flag_tables()[kind]})


@cache
def _makes() -> Phrases[str]:
    return Phrases(dict.fromkeys(flag_tables()["makes"], "vehicle"))


@cache
def _small_makes() -> frozenset[str]:
    """First words of kinds of vehicle that are no make, and so have no capital."""
    return frozenset(word.casefold().split()[0] for word in flag_tables()["makes"] if word[0].islower())
