"""What the tagger finds: words that it takes for identifying, put together to names, places, dates, …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex
import yaml

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import Origin, Source
from redaction.lexicon.calendar import MONTH_NAMES, SEASONS, SHORT_MONTHS
from redaction.lexicon.gazetteer import is_borne, names_country
from redaction.lexicon.numbers import NUMBER_WORDS, ORDINALS, TENS, UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.titles import TITLE_WORDS
from redaction.lexicon.words import is_english_word, is_nationality, is_only_a_word
from redaction.names.parsing import PARTICLES
from redaction.ner.tag_labels import TagLabel
from redaction.ner.tagger import FOLDER, TaggedWord
from redaction.recognizers.ages import is_limit
from redaction.recognizers.base import Finding, Recognizer
from redaction.recognizers.organisations.recognizer import kind_of
from redaction.recognizers.sentence_lengths import may_be_banded
from redaction.spans import Span, overlaps_any
from redaction.vetoes.holding import is_vetoed
from redaction.vetoes.letters import is_a_post

THRESHOLDS = "thresholds.yml"
_LEAST_SCORE, _SCORE_RANGE = 0.41, 0.08
SURELY = 0.5
"""From this probability on a word is what the tagger takes it for, even in a retained term or where it does not look like it."""
_NEVER = 1.1
"""No probability reaches this."""

_TIES = {
    TagLabel.PERSON: r"[ ](?:(?:de|da|van|von|der|bin|bint|ap|ferch|al|el)[ ])?|['’-]|\.[ ]?",
    TagLabel.CODE: r"[ ]?[-/.:@_][ ]?|[ ]",
    TagLabel.PLACE: r",?[ ]|['’-]|[ ](?:of|the|on|upon|in|le|under|with)[ ](?:the[ ])?",
    TagLabel.ORGANISATION: r"[ ]|['’-]|[ ]?&[ ]?|['’]s?[ ]|\.|[ ](?:of|and|for|the|in|at|on)[ ](?:the[ ])?",
    TagLabel.DATE: r",?[ ]|[-/.–]|[ ](?:of|the)[ ]",
    TagLabel.AGE: r"[ -]",
    TagLabel.QUANTITY: r"[ ]|[.,-]|[ ]and[ ]",
    TagLabel.FLAG: r"[ ]|[-'’]|,[ ]",
}
"""What may be between two words of one thing."""
_BETWEEN = {kind: regex.compile(pattern) for kind, pattern in _TIES.items()}
_EDGES = frozenset("a an and at between by for from in of on the to w with".split())
"""Words that no finding begins or ends with."""
_NAMED = frozenset({TagLabel.PERSON, TagLabel.PLACE, TagLabel.ORGANISATION})
_MONTH = alternatives({name.casefold() for name in (*MONTH_NAMES, *SHORT_MONTHS)})
_WEEKDAY = r"(?:mon|tues?|wed|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?s?"
_ORDINAL = rf"\w+teenth|\w+tieth|{alternatives(word for word, day in ORDINALS.items() if day <= 12)}"
_FEAST = alternatives(pattern_words("tagger", "calendar"))
_CALENDAR = regex.compile(
    rf"\d(?:st|nd|rd|th)\b|\d\D+\d|\d{{4}}|\b(?i:{_MONTH}|{_WEEKDAY}|{alternatives(SEASONS)}|{_FEAST}|{_ORDINAL})\b"
)
"""What a date has at least one of: a number that is no mere count, or a word of the calendar."""
_TENS = alternatives(TENS)
_AGE = regex.compile(rf"\d|\b(?i:\w+teen|{_TENS}|\w+ties|{alternatives(UP_TO_TWELVE)})\b")
_COUNTED = rf"{alternatives(UP_TO_TWELVE)}|\w+teen"
_COUNT = regex.compile(rf"\d|\b(?i:{_COUNTED}|{_TENS}|hundred|thousand|million|half|both)\b")
_REFERENCE = regex.compile(r"\d|[@/_]")
_LOOKS = {TagLabel.DATE: _CALENDAR, TagLabel.AGE: _AGE, TagLabel.QUANTITY: _COUNT, TagLabel.CODE: _REFERENCE}
"""What a finding of a kind must hold: without it there is nothing to replace by a band or a relative date."""
LONGEST_NUMBER = 12
"""Words; what is longer is a column of figures, not a date or a code."""
_CLOCK = regex.compile(
    r"(?:[01]?\d|2[0-3])(?:[.:]?[0-5]\d)?[ ]?(?:[ap]\.?m\.?|hrs?|hours)?|noon|midnight|\d{1,3}", regex.IGNORECASE
)
_DURATION = regex.compile(
    r"(?:(?:about|another|at least|every|half|next|last|first|over|more than|some|under)[ ])*"
    rf"(?:\d[\d.,/½]*|{_COUNTED}|\w+ty(?:-\w+)?|several|few|many|couple of)"
    r"(?:[ ](?:and[ ]a[ ]half|to|or|and|\w+))?[ -](?:second|minute|hour|day|week|fortnight|month|year)s?['’]?",
    regex.IGNORECASE,
)
"""How long something took, and what the clock said, stay as they are."""
_BY_THE_CLOCK = regex.compile(r"\b(?:by|until|till|past|before)[ ]$")
_COUNTS_BEFORE = regex.compile(
    rf"\b(?i:there[ ]w(?:as|ere)|{alternatives(pattern_words('tagger', 'counts before'))})[ ]$"
)
_ONE_OF_MANY = regex.compile(r"\b(?i:some|another|each|every|any)[ ]$")
_COUNTED_NEXT = regex.compile(r"[ ](?!(?:and|or|but|at|when|now|then)\b)\p{Ll}")
_SAYS_AGE = regex.compile(
    r"[\d\w]+(?:(?:[ ](?:and|or|to)[ ]|[-–])\w+)?[ -](?:years?|yrs?|months?|mths?)[ -]?olds?\b|\d0['’]?s\b"
)
_COUNTS_AFTER = regex.compile(r"[ ](?:turned|that[ ](?:it|is|was|were)|per|x|in[ ]it|in[ ]all|in[ ]dog)\b")
_OLDEST = regex.compile(r"(?<!\d)(?:11[1-9]|1[2-9]\d|[2-9]\d\d|\d{4,})(?!\d)")
"""What is said before and behind a number that counts something or is an age ("some 14, another 15"), and numbers that are nobody's age."""
_YEAR = regex.compile(r"(?:19|20)\d\d(?:['’]?s|[/–-](?:\d\d|(?:19|20)\d\d))?")
_OF_A_HUNDRED = regex.compile(r"[ ]?(?:%|per[ ]?cent\b)")
_ARTICLE = regex.compile(r"(?<!\p{L})(?:[Tt]he|[Aa]n?)[ ]$")
_CELL_BEGINS = regex.compile(r"\|\s*$")
_NOBODY = frozenset({"the", "and", "of", "is", "this", "that", "these", "they"})
"""Words that begin a sentence and that nobody is called, however like a name ("The couple" in a text with a Theo)."""
_IN_NAMES = PARTICLES | TITLE_WORDS
_CURRENCY = regex.compile(r"[£€$]$")
_CONTACT = regex.compile(r"@|https?:|www\.|^\+?[\d ()-]{10,}$")
_ADDRESS = regex.compile(
    r"\d|\b(?:Road|Street|Avenue|Lane|Close|Drive|Court|Terrace|Way|Walk|Crescent|Gardens|Grove|House|Place|Square|Row|Hill|Rise|Mews|Flats?)\b"
)
_ENTITIES = {
    TagLabel.PERSON: Entity.PERSON,
    TagLabel.CODE: Entity.CODE,
    TagLabel.PLACE: Entity.PLACE,
    TagLabel.ORGANISATION: Entity.ORGANISATION,
    TagLabel.DATE: Entity.DATE,
    TagLabel.AGE: Entity.AGE,
    TagLabel.QUANTITY: Entity.QUANTITY,
}


@dataclass(frozen=True)
class Thresholds:
    """How sure the tagger must be, as chosen on validation with the weights that ship (redaction/ner/model/thresholds.yml).

    `mask` is by kind; `beside` is the share of it that suffices right beside a word that is sure; from `doubt` on a person
    should look at what is not replaced.
    """

    mask: dict[TagLabel, float]
    beside: float
    doubt: float


@cache
def thresholds() -> Thresholds:
    """Those that ship."""
    shipped = yaml.safe_load(FOLDER.joinpath(THRESHOLDS).read_text(encoding="utf-8"))
    return Thresholds({TagLabel(k): v for k, v in shipped["mask"].items()}, shipped["beside"], shipped["doubt"])


def words_to_mask(words: Iterable[TaggedWord]) -> Iterator[TaggedWord]:
    """The words that the tagger by itself would mask or flag, each by the threshold of its kind."""
    limits = thresholds()
    return (word for word in words if _label_to_mask(word, limits, 1.0))


class TaggerRecognizer(Recognizer):
    """People, places, dates, … as the tagger sees them; what rules are surer of stays theirs (overlaps.py)."""

    name = "tagger"
    entities = (*_ENTITIES.values(), Entity.CONTACT, Entity.ADDRESS, Entity.DEMOGRAPHIC, Entity.OTHER)

    def find(self, document: Document) -> Iterator[Finding]:
        """Each run of words of one kind; the score, 0.41 to 0.49, grows with the probability: any rule knows better what it is."""
        text = document.text
        retained = document.retained
        for kind, run in (
            _trim_edges(text, *found)
            for found in _find_runs(text, _outside_retained(document.tagged_words or (), retained))
        ):
            if not run:
                continue
            start, end = run[0].start, run[-1].end
            words = text[start:end]
            if not _may_be(text, kind, run, retained):
                continue
            score = _LEAST_SCORE + _SCORE_RANGE * max(word.mask for word in run)
            if kind in (TagLabel.DATE, TagLabel.AGE, TagLabel.QUANTITY) and _YEAR.fullmatch(words):
                # policy leaves a year alone as it is: where it says much, a person decides
                yield Finding(start, end, Entity.OTHER, score, Source(Origin.TAGGER, "year"))
            elif kind is TagLabel.QUANTITY and (share := _OF_A_HUNDRED.match(text, end)):
                yield Finding(start, share.end(), Entity.OTHER, score, Source(Origin.TAGGER, "share"))
            elif names_country(words) and (kind is TagLabel.PLACE or (kind in _NAMED and not is_borne(words))):
                # where somebody comes from is for a person to weigh, as the rules have it
                yield Finding(start, end, Entity.DEMOGRAPHIC, score, Source(Origin.TAGGER, "country"))
            elif kind is TagLabel.ORGANISATION:
                yield Finding(start, end, Entity.ORGANISATION, score, Source(Origin.TAGGER), kind_of(words))
            else:
                yield Finding(start, end, _entity_for(kind, words), score, Source(Origin.TAGGER))


def _trim_edges(text: str, kind: TagLabel, run: list[TaggedWord]) -> tuple[TagLabel, list[TaggedWord]]:
    """The run without words at its edges that belong to no name or number."""
    first, last = 0, len(run)
    edges = _EDGES | NUMBER_WORDS.keys() if kind in _NAMED else _EDGES
    while first < last and text[run[first].start : run[first].end] in edges:
        first += 1
    while first < last and text[run[last - 1].start : run[last - 1].end] in _EDGES:
        last -= 1
    return kind, run[first:last]


def _may_be(text: str, kind: TagLabel, run: Sequence[TaggedWord], retained: Sequence[tuple[int, int]]) -> bool:
    """Whether the words can be what the tagger takes them for: a date has something of the calendar, a name is no mere title."""
    words = text[run[0].start : run[-1].end]
    if kind in _LOOKS and len(run) > LONGEST_NUMBER:
        return False
    if _YEAR.fullmatch(words):
        return True
    if kind is TagLabel.PERSON and _is_no_name(text, run, words):
        return False
    if words.endswith("birthday"):
        # the rules for ages say what age it makes
        return False
    if (
        kind in _LOOKS
        and not _LOOKS[kind].search(words)
        and not (kind is TagLabel.AGE and max(w.mask for w in run) >= SURELY)
    ):
        return False
    if kind is TagLabel.DATE and (_CLOCK.fullmatch(words) or _DURATION.fullmatch(words)):
        return False
    if (
        kind is TagLabel.AGE
        and not _AGE.search(words)
        and _BY_THE_CLOCK.search(text[max(0, run[0].start - 8) : run[0].start])
    ):
        return False
    if kind is TagLabel.QUANTITY and not may_be_banded(text, run[0].start, run[-1].end):
        return False
    if kind is TagLabel.AGE and (_counts(text, run[0].start, run[-1].end) or _OLDEST.search(words)):
        return False
    if kind in (TagLabel.AGE, TagLabel.QUANTITY) and (number := _COUNT.search(words)):
        at = run[0].start + number.start()
        if is_limit(text, at, run[-1].end) or _CURRENCY.search(text, max(0, at - 1), at):
            # where the law draws a line, and what the rules for money leave
            return False
    if kind not in _NAMED:
        return True
    own = [text[w.start : w.end] for w in _outside_retained(run, retained, surely=_NEVER)]
    return any(
        not w.isdigit()
        and not (w.islower() and is_english_word(w))
        and not (kind is TagLabel.PERSON and w.casefold() in TITLE_WORDS)
        for w in own
    )


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number counts something by the words around it; "some 17-year-olds" and "in her 30s" are ages whatever is before them."""
    before = text[max(0, start - 20) : start]
    if _SAYS_AGE.match(text, start) or not _COUNTS_BEFORE.search(before):
        return _COUNTS_AFTER.match(text, end) is not None
    return not _ONE_OF_MANY.search(before) or _COUNTED_NEXT.match(text, end) is not None


def _is_no_name(text: str, run: Sequence[TaggedWord], words: str) -> bool:
    """Whether what looks like a name is a post, a thing or a word, by how it is written and what is before it."""
    start = run[0].start
    if words.casefold() in _NOBODY:
        return True
    if words.isupper() and len(words) < 5 and is_a_post(text, start):
        return True
    if words.islower() and _ARTICLE.search(text, max(0, start - 5), start):
        # "the cagoule" is a thing
        return True
    # "Ditto" in a cell: the capital says nothing, and a name that is a word is named elsewhere too
    begins_cell = _CELL_BEGINS.search(text, max(0, start - 12), start) is not None
    return len(run) == 1 and is_only_a_word(words) and begins_cell


def _outside_retained(
    words: Iterable[TaggedWord], retained: Sequence[tuple[int, int]], surely: float = SURELY
) -> Iterator[TaggedWord]:
    """The words that are in no retained term, and those of one that are `surely` part of something else; both are sorted."""
    position = 0
    for word in words:
        while position < len(retained) and retained[position][1] <= word.start:
            position += 1
        if position == len(retained) or word.start < retained[position][0] or word.mask >= surely:
            yield word


def find_uncertain(document: Document, covered: Sequence[Span]) -> Iterator[tuple[int, int, Entity, float]]:
    """What stays and a careful reader might have masked, neighbouring words together: start, end, kind, probability.

    `covered` are spans, sorted, that are replaced or labels already.
    """
    text, least = document.text, thresholds().doubt
    outside = _outside_retained(document.tagged_words or (), document.retained, surely=_NEVER)
    free = (w for w in outside if w.replaced >= least and not overlaps_any(w, covered))
    for found in _group_neighbours(text, ((word.kind, word) for word in free)):
        kind, run = _trim_edges(text, *found)
        if not run:
            continue
        start, end, probability = run[0].start, run[-1].end, max(word.replaced for word in run)
        written = text[start:end]
        if _YEAR.fullmatch(written) or written.casefold() in TITLE_WORDS:
            continue
        if is_vetoed(start, end, _entity_for(kind, written), document.vetoes):
            continue
        if _may_be(text, kind, run, ()) or (kind in _NAMED and probability >= SURELY):
            yield start, end, _entity_for(kind, written), probability


def _group_neighbours(
    text: str, words: Iterable[tuple[TagLabel, TaggedWord]]
) -> Iterator[tuple[TagLabel, list[TaggedWord]]]:
    """Words of one kind with no more between them than belongs to one thing of that kind."""
    run: list[TaggedWord] = []
    kind = TagLabel.FLAG
    for label, word in words:
        if run and (label is not kind or not _continues_run(text, kind, run[-1], word)):
            yield kind, run
            run = []
        kind = label
        run.append(word)
    if run:
        yield kind, run


def _continues_run(text: str, kind: TagLabel, last: TaggedWord, word: TaggedWord) -> bool:
    """Whether a word goes on with the thing that the last one is part of; two names are two."""
    if kind is TagLabel.PERSON:
        before, after = text[last.start : last.end], text[word.start : word.end]
        if text[last.end] == "." and len(before) > 1 and before.casefold() not in TITLE_WORDS:
            return False
        small = [w for w in (before, after) if w.islower()]
        if (
            len(small) == 1
            and min(len(before), len(after)) > 1
            and is_english_word(small[0])
            and small[0] not in _IN_NAMES
        ):
            # "Mo and Kaz", "Jo rang Jay" are two
            return False
    return _BETWEEN[kind].fullmatch(text, last.end, word.start) is not None


def _entity_for(kind: TagLabel, words: str) -> Entity:
    if kind is TagLabel.CODE and _CONTACT.search(words):
        return Entity.CONTACT
    if kind is TagLabel.PLACE and _ADDRESS.search(words):
        return Entity.ADDRESS
    if kind is TagLabel.FLAG:
        return Entity.DEMOGRAPHIC if any(is_nationality(word) for word in words.split()) else Entity.OTHER
    return _ENTITIES[kind]


def _find_runs(text: str, words: Iterable[TaggedWord]) -> Iterator[tuple[TagLabel, list[TaggedWord]]]:
    """Neighbours of one kind, each sure enough, or near one that is."""
    limits = thresholds()
    near = ((kind, word) for word in words if (kind := _label_to_mask(word, limits, limits.beside)) is not None)
    for kind, run in _group_neighbours(text, near):
        if any(_label_to_mask(word, limits, 1.0) for word in run):
            yield kind, run


def _label_to_mask(word: TaggedWord, limits: Thresholds, share: float) -> TagLabel | None:
    """What a word is to be masked as, where `share` of the threshold suffices; None where it is not."""
    if word.replaced >= share * limits.mask[word.kind]:
        return word.kind
    if word.mask - word.replaced >= share * limits.mask[TagLabel.FLAG]:
        return TagLabel.FLAG
    return None
