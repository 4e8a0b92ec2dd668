"""What the tagger finds: words that it takes for identifying, put together to names, places, dates, …"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex
import yaml

from redaction.entities import Entity
from redaction.forms import PARTICLES
from redaction.gazetteer import is_borne, names_country
from redaction.kinds import Kind
from redaction.lexicon import is_common, is_people
from redaction.passage import Passage
from redaction.recognizers.ages import is_limit
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.organisations import kind_of
from redaction.tagger import FOLDER, Word
from redaction.titles import TITLE_WORDS

THRESHOLDS = "thresholds.yml"

_TIES = {
    Kind.PERSON: r"[ ](?:(?:de|da|van|von|der|bin|bint|ap|ferch|al|el)[ ])?|['’-]|\.[ ]?",
    Kind.CODE: r"[ ]?[-/.:@_][ ]?|[ ]",
    Kind.PLACE: r",?[ ]|['’-]|[ ](?:of|the|on|upon|in|le|under|with)[ ](?:the[ ])?",
    Kind.ORGANISATION: r"[ ]|['’-]|[ ]?&[ ]?|['’]s?[ ]|\.|[ ](?:of|and|for|the|in|at|on)[ ](?:the[ ])?",
    Kind.DATE: r",?[ ]|[-/.–]|[ ](?:of|the)[ ]",
    Kind.AGE: r"[ -]",
    Kind.QUANTITY: r"[ ]|[.,-]|[ ]and[ ]",
    Kind.FLAG: r"[ ]|[-'’]|,[ ]",
}
"""What may stand between two words of one thing."""
_BETWEEN = {kind: regex.compile(pattern) for kind, pattern in _TIES.items()}
_EDGES = frozenset("a an and at between by for from in of on the to with".split())
"""Words that no finding begins or ends with."""
_NAMED = frozenset({Kind.PERSON, Kind.PLACE, Kind.ORGANISATION})
_CALENDAR = regex.compile(
    r"\d(?:st|nd|rd|th)\b|\d\D+\d|\d{4}|\b(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|"
    r"october|november|december|(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?s?|spring|summer|autumn|winter|christmas|"
    r"xmas|easter|lent|whitsun|pentecost|ramadan|eid|diwali|vaisakhi|passover|hanukkah|new year|bank holiday|term|\w+teenth|\w+tieth|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|century)\b"
)
"""What a date has at least one of: a number that is no mere count, or a word of the calendar."""
_AGE = regex.compile(
    r"\d|\b(?i:years?|aged?|old|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\w+ties)\b"
)
_COUNT = regex.compile(
    r"\d|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|million|half|both)\b"
)
_REFERENCE = regex.compile(r"\d|[@/_]")
_LOOKS = {Kind.DATE: _CALENDAR, Kind.AGE: _AGE, Kind.QUANTITY: _COUNT, Kind.CODE: _REFERENCE}
"""What a finding of a kind must hold: without it there is nothing to tell otherwise than it is written."""
LONGEST_NUMBER = 12
"""Words; what is longer is a column of figures, not a date or a code."""
_CLOCK = regex.compile(
    r"(?:[01]?\d|2[0-3])(?:[.:]?[0-5]\d)?[ ]?(?:[ap]\.?m\.?|hrs?|hours)?|noon|midnight|\d{1,3}", regex.IGNORECASE
)
_DURATION = regex.compile(
    r"(?:(?:about|another|at least|every|half|next|last|first|over|more than|some|under)[ ])*"
    r"(?:\d[\d.,/½]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|several|few|many|couple of)"
    r"(?:[ ](?:and[ ]a[ ]half|to|or|and|\w+))?[ -](?:second|minute|hour|day|week|fortnight|month|year)s?['’]?",
    regex.IGNORECASE,
)
"""How long something took, and what the clock said, stay as they are."""
_BY_THE_CLOCK = regex.compile(r"\b(?:by|until|till|past|before)[ ]$")
_YEAR = regex.compile(r"(?:19|20)\d\d(?:['’]?s)?")
_OF_A_HUNDRED = regex.compile(r"[ ]?(?:%|per[ ]?cent\b)")
_IN_NAMES = PARTICLES | TITLE_WORDS
_CURRENCY = regex.compile(r"[£€$]$")
_CONTACT = regex.compile(r"@|https?:|www\.|^\+?[\d ()-]{10,}$")
_ADDRESS = regex.compile(
    r"\d|\b(?:Road|Street|Avenue|Lane|Close|Drive|Court|Terrace|Way|Walk|Crescent|Gardens|Grove|House|Place|Square|Row|Hill|Rise|Mews|Flats?)\b"
)
_ENTITIES = {
    Kind.PERSON: Entity.PERSON,
    Kind.CODE: Entity.CODE,
    Kind.PLACE: Entity.PLACE,
    Kind.ORGANISATION: Entity.ORGANISATION,
    Kind.DATE: Entity.DATE,
    Kind.AGE: Entity.AGE,
    Kind.QUANTITY: Entity.QUANTITY,
}


@dataclass(frozen=True)
class Thresholds:
    """How sure the tagger must be, as chosen on validation with the weights that ship (redaction/model/thresholds.yml).

    `mask` is by kind; `beside` is the share of it that suffices right beside a word that is sure; from `doubt` on a person
    should look at what is not replaced.
    """

    mask: dict[Kind, float]
    beside: float
    doubt: float


@cache
def thresholds() -> Thresholds:
    """Those that ship."""
    told = yaml.safe_load(FOLDER.joinpath(THRESHOLDS).read_text(encoding="utf-8"))
    return Thresholds({Kind(k): v for k, v in told["mask"].items()}, told["beside"], told["doubt"])


def marked(words: Iterable[Word]) -> Iterator[Word]:
    """The words that the tagger by itself would mask or flag, each by the threshold of its kind."""
    limits = thresholds()
    return (word for word in words if _kind(word, limits, 1.0))


class TaggerRecognizer(Recognizer):
    """People, places, dates, … as the tagger sees them; what rules are surer of stays theirs (resolve.py)."""

    name = "tagger"
    entities = (*_ENTITIES.values(), Entity.CONTACT, Entity.ADDRESS, Entity.DEMOGRAPHIC, Entity.OTHER)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """Each run of words of one kind; the score, 0.41 to 0.49, grows with the probability: any rule knows better what it is."""
        kept = doc.passage.kept
        for kind, run in (_trimmed(text, *found) for found in _runs(text, _outside(doc.passage.words or (), kept))):
            if not run:
                continue
            start, end = run[0].start, run[-1].end
            words = text[start:end]
            if not _tells(text, kind, run, kept):
                continue
            score = 0.41 + 0.08 * max(word.mask for word in run)
            if kind in (Kind.DATE, Kind.AGE, Kind.QUANTITY) and _YEAR.fullmatch(words):
                # policy tells a year alone as it is: where it says much, a person decides
                yield Finding(start, end, Entity.OTHER, score, "tagger:year")
            elif kind is Kind.QUANTITY and (share := _OF_A_HUNDRED.match(text, end)):
                yield Finding(start, share.end(), Entity.OTHER, score, "tagger:share")
            elif names_country(words) and (kind is Kind.PLACE or (kind in _NAMED and not is_borne(words))):
                # where somebody comes from is for a person to weigh, as the rules have it
                yield Finding(start, end, Entity.DEMOGRAPHIC, score, "tagger:country")
            elif kind is Kind.ORGANISATION:
                yield Finding(start, end, Entity.ORGANISATION, score, "tagger", kind_of(words))
            else:
                yield Finding(start, end, _entity(kind, words), score, "tagger")


def _trimmed(text: str, kind: Kind, run: list[Word]) -> tuple[Kind, list[Word]]:
    """The run without words at its edges that belong to no name or number."""
    first, last = 0, len(run)
    while first < last and text[run[first].start : run[first].end] in _EDGES:
        first += 1
    while first < last and text[run[last - 1].start : run[last - 1].end] in _EDGES:
        last -= 1
    return kind, run[first:last]


def _tells(text: str, kind: Kind, run: Sequence[Word], kept: Sequence[tuple[int, int]]) -> bool:
    """Whether the words can be what the tagger takes them for: a date has something of the calendar, a name is no mere title."""
    words = text[run[0].start : run[-1].end]
    if kind in _LOOKS and len(run) > LONGEST_NUMBER:
        return False
    if _YEAR.fullmatch(words):
        return True
    if words.endswith("birthday"):
        # the rules for ages tell what an age it makes
        return False
    if kind in _LOOKS and not _LOOKS[kind].search(words) and not (kind is Kind.AGE and max(w.mask for w in run) >= 0.5):
        return False
    if kind is Kind.DATE and (_CLOCK.fullmatch(words) or _DURATION.fullmatch(words)):
        return False
    if (
        kind is Kind.AGE
        and not _AGE.search(words)
        and _BY_THE_CLOCK.search(text[max(0, run[0].start - 8) : run[0].start])
    ):
        return False
    if kind in (Kind.AGE, Kind.QUANTITY) and (number := _COUNT.search(words)):
        at = run[0].start + number.start()
        if is_limit(text, at, run[-1].end) or _CURRENCY.search(text, max(0, at - 1), at):
            # where the law draws a line, and what the rules for money leave
            return False
    if kind not in _NAMED:
        return True
    own = [text[w.start : w.end] for w in _outside(run, kept, surely=1.1)]
    return any(
        not w.isdigit()
        and not (w.islower() and is_common(w))
        and not (kind is Kind.PERSON and w.casefold() in TITLE_WORDS)
        for w in own
    )


def _outside(words: Iterable[Word], kept: Sequence[tuple[int, int]], surely: float = 0.5) -> Iterator[Word]:
    """The words that stand in no kept term, and those of one that are `surely` part of something else; both are sorted."""
    position = 0
    for word in words:
        while position < len(kept) and kept[position][1] <= word.start:
            position += 1
        if position == len(kept) or word.start < kept[position][0] or word.mask >= surely:
            yield word


SURELY = 0.5
"""From this probability on a doubt is told even where the words do not look like a name."""


def uncertain(passage: Passage, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Entity, float]]:
    """What stays and a careful reader might have masked, neighbouring words together: start, end, kind, probability.

    `taken` are spans, sorted, that are replaced or labels already.
    """
    text, least = passage.text, thresholds().doubt
    outside = _outside(passage.words or (), passage.kept, surely=1.1)
    free = (w for w in outside if w.replaced >= least and not _meets(w, taken))
    for found in _neighbours(text, ((word.kind, word) for word in free)):
        kind, run = _trimmed(text, *found)
        if not run:
            continue
        start, end, probability = run[0].start, run[-1].end, max(word.replaced for word in run)
        written = text[start:end]
        if _YEAR.fullmatch(written) or written.casefold() in TITLE_WORDS:
            continue
        if _tells(text, kind, run, ()) or (kind in _NAMED and probability >= SURELY):
            yield start, end, _entity(kind, written), probability


def _meets(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    position = bisect_left(taken, word.end, key=lambda span: span[0])
    return position > 0 and taken[position - 1][1] > word.start


def _neighbours(text: str, words: Iterable[tuple[Kind, Word]]) -> Iterator[tuple[Kind, list[Word]]]:
    """Words of one kind with no more between them than belongs to one thing of that kind."""
    run: list[Word] = []
    kind = Kind.FLAG
    for told, word in words:
        if run and (told is not kind or not _belongs(text, kind, run[-1], word)):
            yield kind, run
            run = []
        kind = told
        run.append(word)
    if run:
        yield kind, run


def _belongs(text: str, kind: Kind, last: Word, word: Word) -> bool:
    """Whether a word goes on with the thing that the last one is part of; two names are two."""
    if kind is Kind.PERSON:
        before, after = text[last.start : last.end], text[word.start : word.end]
        if text[last.end] == "." and len(before) > 1 and before.casefold() not in TITLE_WORDS:
            return False
        small = [w for w in (before, after) if w.islower()]
        if len(small) == 1 and min(len(before), len(after)) > 1 and is_common(small[0]) and small[0] not in _IN_NAMES:
            # "Mo and Kaz", "Jo rang Jay" are two
            return False
    return _BETWEEN[kind].fullmatch(text, last.end, word.start) is not None


def _entity(kind: Kind, words: str) -> Entity:
    if kind is Kind.CODE and _CONTACT.search(words):
        return Entity.CONTACT
    if kind is Kind.PLACE and _ADDRESS.search(words):
        return Entity.ADDRESS
    if kind is Kind.FLAG:
        return Entity.DEMOGRAPHIC if any(is_people(word) for word in words.split()) else Entity.OTHER
    return _ENTITIES[kind]


def _runs(text: str, words: Iterable[Word]) -> Iterator[tuple[Kind, list[Word]]]:
    """Neighbours of one kind, each sure enough, or near one that is."""
    limits = thresholds()
    near = ((kind, word) for word in words if (kind := _kind(word, limits, limits.beside)) is not None)
    for kind, run in _neighbours(text, near):
        if any(_kind(word, limits, 1.0) for word in run):
            yield kind, run


def _kind(word: Word, limits: Thresholds, share: float) -> Kind | None:
    """What a word is to be masked as, where `share` of the threshold suffices; None where it is not."""
    if word.replaced >= share * limits.mask[word.kind]:
        return word.kind
    if word.mask - word.replaced >= share * limits.mask[Kind.FLAG]:
        return Kind.FLAG
    return None
