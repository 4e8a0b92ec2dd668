"""Unusual details that may tell who somebody is: flagged for the checker with a reason, not replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from redaction.entities import Entity
from redaction.flags import MANY_WORDS, tables
from redaction.generalisation import NUMBER_WORD
from redaction.lexicon import is_kept
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.shared import words_of
from redaction.words import Phrases, Words

_ANYWHERE = ("health", "appearance", "pet", "method", "facts")
_BEFORE_OCCUPATION = regex.compile(
    r"\b(?:[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Tt]wo|(?:post|position|job|serv(?:ed|ing))[ ](?:of|as))[ ](?P<modifiers>(?:(?!(?:is|was|be|an?|the|as|of|and|or|to|by|from|for|with|in)[ ])[\p{L}-]+[ ]){0,4})$"
)
_VERBS = regex.compile(
    # "ran two restaurants", "keeps a phone shop", "drove a private hire car", "worked on the land", "a pharmacy degree"
    r"\b(?P<occupation>(?:run|runs|ran|running|keeps?|kept|owns|owned|manages|managed)[ ](?:an?|the|two|three|her|his)[ ](?:[\p{Ll}'-]+[ ]){0,4}?"
    r"(?:shop|restaurants?|caf[eé]|pub|takeaway|stall|salon|garage|farm|business|bakery|launderette|newsagent'?s?|gym|hotel|guest house)s?"
    r"|(?:drives?|drove|driving)[ ](?:an?[ ](?:[\p{Ll}-]+[ ]){0,2}?(?:taxi|cab|hire car|lorry|van|bus|coach|tractor|forklift|tram)|for[ ]an?[ ](?:[\p{Ll}-]+[ ]){1,3}?firm)"
    r"|[Ww]ork(?:s|ed|ing)?[ ](?:intermittently[ ]|nights[ ]|shifts[ ])?(?:on|in|at|for)[ ](?:the[ ](?:land|docks|railways?|buses|rigs|bins|roads|(?:[\p{Ll}-]+[ ]){0,2}line[ ]of[ ](?:an?[ ])?(?:[\p{Ll}]+[ ]?){1,2})"
    r"|(?:an?[ ](?:[\p{Ll}-]+[ ]){0,3}?(?:factory|warehouse|shop|kitchen|restaurant|farm|garage|salon|abattoir|bakery|quarry|call centre|car wash|fish merchant|distribution centre|nursery|hotel|pub|takeaway|charity shop))"
    r"|(?:pack[ -]?houses?|warehouses?|construction|demolition|scaffolding|catering|hospitality|forestry|the[ ]building[ ]trade|security|night)(?![ ](?:planning|and[ ]risk)))"
    r"|(?:the|an?|his|her)[ ](?:co-)?(?:owner|founder|proprietor|landlord|landlady|manager|director|editor|captain|chair(?:man|woman)?|secretary|treasurer)(?:[ ]and[ ](?:the[ ])?[\p{Ll}-]+)?"
    r"[ ]of[ ]an?[ ](?!case|risk|sentence|person|plan|matter)(?:[\p{Ll}-]+[ ]){0,4}?[\p{Ll}-]+(?=[.,;)|\n]|[ ](?:at|for|in|with|on|until|when|which|and|since|before|after|who|but|from|by|to)\b)"
    r"|in[ ](?:the|his|her)[ ](?:first|second|third|final|last)[ ]year[ ]of[ ]an?[ ][^,.;|]{3,40}?(?:degree|course|apprenticeship)"
    r"|(?:\d+|\p{Ll}+(?:-\p{Ll}+)?)[ ](?:years|months|days|weeks)'[ ](?:service|experience)"
    # whatever follows "worked as a" is an occupation, known or not; and somebody retired had one
    r"|(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed|[Tt]rain(?:s|ed|ing)|[Qq]ualified|[Rr]etrain(?:ed|ing)|[Ss]elf-employed|[Jj]obs?|[Ss]hifts?)[ ](?:\p{Ll}+[ ]){0,3}?as[ ](?P<as>an?[ ](?:[\p{Ll}'-]+[ ]?){1,4}?)(?=[.,;)|\n]|[ ](?:at|for|in|with|on|until|when|and|since|before|after|who|but|from|by|to)\b)"
    r"|(?:an?|the)[ ](?:retired|former|self-employed|part-time|out-of-work|unemployed)[ ](?!state|employer|owner|name|partner|girl|boy|wife|husband|spouse|home|address|lover|friend|resident|prisoner|offender|relationship|member|neighbour)[\p{Ll}-]+(?:[ ](?:driver|worker|officer|operator|fitter|cleaner|manager|assistant|engineer))?)(?![\p{L}])"
)
_FACT = regex.compile(
    # how a family remembers somebody, where somebody was going, and what only those nearby know
    r"(?<![\p{L}])(?P<fact>(?:remembered|described|known)[ ](?:[\p{L}'’-]+[ ]){0,4}as[ ](?:an?|the)[ ](?:man|woman|boy|girl|lad|person|one|son|daughter|friend|mother|father|brother|sister|nan|grandmother)[ ](?:who|with)[ ][^.;|\n]{5,90}"
    r"|(?:[Ww]alk|[Dd]riv|[Cc]om|[Cc]ycl|[Tt]ravell)ing[ ](?:home|back|to work)(?:[ ]from[ ](?:an?|the|his|her|their)[ ][\p{Ll}' -]{3,40})?"
    r"|on[ ](?:his|her|their)[ ]way[ ](?:home|to[ ]work|to[ ]school|back)(?:[ ]from[ ](?:an?|the|his|her|their)[ ][\p{Ll}' -]{3,40})?"
    r"|in[ ]front[ ]of[ ](?:the|her|his|their)[ ](?:two[ ]|three[ ]|own[ ])?(?:child|children|son|daughter|mother|father|family|grandchildren)"
    r"|(?:lived|worked|taught|been[ ]married|coached|served|volunteered)[ ](?:[\p{Ll}-]+[ ]){0,4}for[ ](?:\d+|[\p{Ll}-]+)[ ]years"
    r"|(?:asked|wish(?:ed)?|want(?:ed)?)[ ](?:that[ ])?(?:[\p{L}]+[ ])?(?:to[ ])?be[ ]remembered[ ][^.;|\n]{5,90})"
)
_OTHERS = regex.compile(
    # with how many others somebody was accused, arrested or hurt
    rf"(?<![\p{{L}}\p{{N}}.,-])(?P<others>(?:\d{{1,4}}|(?i:{NUMBER_WORD}))[ ]other[ ](?:[\p{{Ll}}-]+[ ])?(?:persons?|people|suspects?|defendants?|accused|prisoners?|detainees?|"
    r"co-accused|students|workers|soldiers|demonstrators|villagers|landowners|tenants|residents|passengers|patients|pupils))(?![\p{L}])"
)
_CONDITION = regex.compile(
    # medicine names conditions and operations by their endings
    r"(?<![\p{L}-])(?!\p{L}*(?:diagnos|prognos|hypnos|osmos|symbios|metamorphos|nostalg|psychopath|sociopath))\p{L}{2,}(?:itis|osis|algia|opathy|plegia|ectomy|aemia|oplasty)(?![\p{L}])"
)
_AT = regex.compile(
    # where somebody has that occupation: "a teacher at a primary school"
    r"[ ](?:at|in|for|with|of)[ ]an?[ ](?!result|view|while|time|row|lot|bit|number|day|week|month|year|few|minute|moment)[\p{Ll}-]+(?:[ ](?!and|who|in|at|on|for|to|with|from|until|when|where|which|that|but|or|of|as|by|before|after|since|is|was|had|has)[\p{Ll}-]+){0,2}"
)
LONG_PAST = 3
"""A year so many years before the newest of a text is told for what happened in a life, not in the case."""
_A_YEAR = r"(?:19|20)\d\d"
_YEARS = regex.compile(rf"(?<![\d/-]){_A_YEAR}(?![\d/-])")
_YEAR = regex.compile(
    # one, or several in a row: "in 1994, 1995 and 1997", "the 1998-1999 school year"
    r"(?<![\p{L}]Act[ ]of[ ])(?<![\p{L}])(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]etween|[Bb]y|[Aa]fter|[Bb]efore|and|to|of|for|during|early|late|the)[ ]"
    rf"(?P<year>{_A_YEAR}(?:(?:,[ ](?:and[ ])?|[ ](?:and|or|to)[ ]|[-–/]){_A_YEAR}){{0,9}})(?![\d/-]|[ ]Act)"
)
_DISTANCE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.])(?P<distance>(?:(?:\d+(?:[.,]\d+)?|an?|(?i:{NUMBER_WORD})|(?:two|three|four|five|several|a[ ]few)[ ]hundred|half[ ]an?|a[ ]quarter[ ]of[ ]an?|three[ ]quarters[ ]of[ ]an?)"
    r"(?:[ ]and[ ]a[ ]half)?[ -]?(?:miles?|metres?|yards|kilometres?|km|minutes'[ ]walk|minutes'?[ ]drive|doors|streets))"
    r"(?:[ ](?:away|apart|off|from[ ]the[ ]\p{Ll}+|from[ ](?:his|her|their)[ ]\p{Ll}+|(?:north|south|east|west)[ ]of|down[ ]the[ ]road)|(?=[ ]from[ ]|[ ](?:along|down)[ ]))"
    r"|around[ ]the[ ]corner[ ]from|next[ ]door[ ]to|across[ ]the[ ]road(?:[ ]from)?|the[ ]same[ ](?:few[ ])?streets?)(?![\p{L}])"
)
_COLOURS = r"(?:(?:small|large|silver|black|white|red|blue|dark|light|green|grey|gold|yellow|orange|purple|borrowed|old|stolen|hired)[ ]){0,3}"
_ROOM = (
    r"kitchen|bedroom|living[ ]room|front[ ]room|bathroom|hallway|landing|stairwell|stairs|staircase|balcony|porch|garden|shed|loft|cellar|basement|garage|doorway|doorstep|"
    r"(?:front|rear|back)[ ]door|letter[ -]?box|car[ ]park|lay-?by|alley(?:way)?|underpass|subway|towpath|canal|river(?:bank)?|woods?|field|park|playground|bus[ ]stop|bus[ ]station|"
    r"railway[ ](?:line|station)|platform|taxi[ ]rank|beer[ ]garden|filling[ ]station|petrol[ ]station|service[ ]station|forecourt|off-licence|convenience[ ]store|corner[ ]shop|"
    r"takeaway|kebab[ ]shop|chip[ ]shop|betting[ ]shop|nightclub|yard|allotments?|cemetery|churchyard|beach|pier|bridge|lift|corridor|hotel[ ]room|tent|caravan|lock-?up"
)
_SCENE = regex.compile(
    rf"(?<![\p{{L}}])(?P<scene>(?:in|on|at|behind|outside|near|beside|through|by|into|of)[ ](?:the|a|an|her|his|their)[ ](?:[\p{{Ll}}-]+[ ]){{0,3}}?(?:{_ROOM})(?![\p{{L}}-])"
    r"(?:[ ](?:of|behind|near|beside|next[ ]to|in|at)[ ](?:the|a|an|her|his|their)[ ][\p{Ll}-]+(?:[ ](?!in\b|at\b|on\b|and\b|where\b|of\b|by\b|to\b|with\b|while\b|when\b|before\b|after\b)[\p{Ll}-]+){0,2})?)"
    r"|(?<![\p{L}])(?P<scene2>(?:attacked|killed|stabbed|raped|assaulted|murdered|died|found|wounded|sustained|place)[^.|\n]{0,60}?[ ](?:in|at)[ ](?:her|his|their)(?:[ ]own)?[ ](?:home|flat|house|car|bed))(?![\p{L}])"
)
_DEED = regex.compile(
    r"\b(?:kill|murder|stab|attack|assault|rap(?:e|ed|ing)\b|wound|struck|strike|fire\b|burn|shot|robb|threw|thrown|punch|kick|strangl|died\b|death|body|offence|blood|beat)\p{Ll}*"
)
_QUOTED = regex.compile(
    r"(?<![\p{L}\p{N}])\"(?P<double>(?=\S)[^\"\n]{15,900}?)\"|(?<![\p{L}\p{N}])'(?P<single>(?=\S)(?:[^'\"\n]|(?<=\p{L})'(?=\p{L})){20,400})'(?![\p{L}\p{N}])"
    r"|^(?:>[ ]?)+(?P<block>(?![-*|#\d])[^\n]{15,2000})$",
    regex.MULTILINE,
)
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*")
_SENTENCE = regex.compile(r"[.!?|]\s|\n")


class DetailRecognizer(Recognizer):
    """Occupations, health, looks, animals, distances, vehicles, method and scene of an offence, unusual facts, quotations."""

    name = "details"
    entities = (Entity.OTHER,)

    def find(self, text: str, doc: Document) -> Iterable[Finding]:
        """Every such detail; those of one kind do not stand in one another."""
        words = words_of(text, doc)
        found = (
            *_known(words),
            *_occupations(text, words),
            *_vehicles(text, words),
            *_shapes(text),
            *_quotations(text),
        )
        reached: dict[str, int] = {}
        for kind, start, end in sorted(found, key=lambda f: (f[1], -f[2], f[0])):
            if end > reached.get(kind, 0):
                reached[kind] = end
                yield Finding(start, end, Entity.OTHER, 0.6, f"details:{kind}")


def _known(words: Words) -> Iterator[tuple[str, int, int]]:
    for hit in _phrases().every(words):
        yield hit.value.removesuffix("s"), words.starts[hit.first], hit.end


def _occupations(text: str, words: Words) -> Iterator[tuple[str, int, int]]:
    """What somebody is, with its article and what stands between: "an apprentice tyre fitter"."""
    for hit in _jobs().every(words):
        start = words.starts[hit.first]
        before = _BEFORE_OCCUPATION.search(text, max(0, start - 60), start)
        if before and not _of_the_trade(before["modifiers"]) and not is_kept(text[start : hit.end]):
            place = _AT.match(text, hit.end)
            yield "occupation", before.start(), place.end() if place else hit.end


def _vehicles(text: str, words: Words) -> Iterator[tuple[str, int, int]]:
    for hit in _makes().every(words):
        start, end = words.starts[hit.first], hit.end
        if text[start].isupper() or words.keys[hit.first] in _small_makes():
            colour = regex.search(rf"(?<![\p{{L}}]){_COLOURS}$", text[max(0, start - 40) : start])
            model = regex.match(r"[ ]\p{Lu}[\p{L}\d]+(?![\p{L}])", text[end : end + 20])
            yield "vehicle", start - len(colour[0]) if colour else start, end + (len(model[0]) if model else 0)


def _shapes(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _VERBS.finditer(text):
        if not _of_the_trade(match["as"] or match["occupation"]):
            yield "occupation", *match.span("as" if match["as"] else "occupation")
    newest = max((int(year) for year in _YEARS.findall(text)), default=0)
    for match in _YEAR.finditer(text):
        if int(match["year"][:4]) <= newest - LONG_PAST:
            yield "year", *match.span("year")
    for match in _FACT.finditer(text):
        yield "fact", *match.span("fact")
    for match in _OTHERS.finditer(text):
        yield "others", *match.span("others")
    for match in _CONDITION.finditer(text):
        yield "health", *match.span()
    for match in _DISTANCE.finditer(text):
        yield "distance", *match.span("distance")
    for match in _SCENE.finditer(text):
        if match["scene2"] or _of_a_deed(text, match.start(), match.end()):
            yield "scene", *match.span()


def _of_the_trade(words: str) -> bool:
    """Whether a role is one of those that every review is about."""
    return not frozenset(tables()["not_occupation"]).isdisjoint(words.casefold().split())


def _of_a_deed(text: str, start: int, end: int) -> bool:
    """Whether the sentence tells of violence: a yard or a bridge is a scene only there."""
    first = max((m.end() for m in _SENTENCE.finditer(text, max(0, start - 200), start)), default=max(0, start - 200))
    last = _SENTENCE.search(text, end, end + 120)
    return _DEED.search(text, first, last.start() if last else min(len(text), end + 120)) is not None


def _quotations(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _QUOTED.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        start, end = match.span(kind)
        if len(_WORD.findall(text, start, end)) >= MANY_WORDS and not is_kept(match[kind]):
            yield "quotation", start, end


@cache
def _phrases() -> Phrases[str]:
    return Phrases({word: kind for kind in _ANYWHERE for word in tables()[kind]})


@cache
def _jobs() -> Phrases[str]:
    return Phrases({form: "occupation" for word in tables()["occupations"] for form in (word, f"{word}s")})


@cache
def _makes() -> Phrases[str]:
    return Phrases(dict.fromkeys(tables()["makes"], "vehicle"))


@cache
def _small_makes() -> frozenset[str]:
    """First words of kinds of vehicle that are no make, and so have no capital."""
    return frozenset(word.casefold().split()[0] for word in tables()["makes"] if word[0].islower())
