"""What the tagger finds: words that it takes for identifying, put together to names, places, dates, …"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex
import yaml

from redaction.entities import Entity
from redaction.forms import fold
from redaction.lexicon import is_kept, is_people, kept_spans
from redaction.recognizers.base import Document, Finding, Recognizer
from redaction.recognizers.organisations import kind_of
from training.kinds import Kind
from training.tagger import FOLDER, Word

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
_COUNTED = frozenset({Kind.DATE, Kind.AGE, Kind.QUANTITY})
_COUNT = regex.compile(
    r"\d|\p{Lu}\p{Ll}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|first|second|third|\w+th|spring|summer|autumn|winter|both)\b"
)
"""Without a number or a name of the calendar no date, age or quantity can be told otherwise than it is."""
_YEAR = regex.compile(r"(?:19|20)\d\d")
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
    """How sure the tagger must be, as chosen on validation with the weights that ship (training/model/thresholds.yml).

    `mask` is by kind; `beside` is the share of it that suffices right beside a word that is sure; under `harmless` a word is
    taken to identify nobody; from `doubt` up to `mask` a person should look at it.
    """

    mask: dict[Kind, float]
    beside: float
    harmless: float
    doubt: float


@cache
def thresholds() -> Thresholds:
    """Those that ship."""
    told = yaml.safe_load(FOLDER.joinpath(THRESHOLDS).read_text(encoding="utf-8"))
    return Thresholds({Kind(k): v for k, v in told["mask"].items()}, told["beside"], told["harmless"], told["doubt"])


class TaggerRecognizer(Recognizer):
    """People, places, dates, … as the tagger sees them; what rules are surer of stays theirs (resolve.py)."""

    name = "tagger"
    entities = (*_ENTITIES.values(), Entity.CONTACT, Entity.ADDRESS, Entity.DEMOGRAPHIC, Entity.OTHER)

    def find(self, text: str, doc: Document) -> Iterator[Finding]:
        """Each run of words of one kind; the score, 0.41 to 0.65, grows with the probability."""
        for kind, run in _runs(text, _outside(doc.words, kept_spans(text, fold(text)))):
            start, end = run[0].start, run[-1].end
            words = text[start:end]
            if kind in _COUNTED and not _COUNT.search(words):
                continue
            score = 0.41 + 0.24 * max(word.mask for word in run)
            if kind is Kind.DATE and _YEAR.fullmatch(words):
                # policy tells a year alone as it is: where it says much, a person decides
                yield Finding(start, end, Entity.OTHER, score, "tagger:year")
            elif kind is Kind.ORGANISATION:
                yield Finding(start, end, Entity.ORGANISATION, score, "tagger", kind_of(words))
            else:
                yield Finding(start, end, _entity(kind, words), score, "tagger")


def _outside(words: Iterable[Word], kept: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """The words that stand in no kept term; both are sorted."""
    position = 0
    for word in words:
        while position < len(kept) and kept[position][1] <= word.start:
            position += 1
        if position == len(kept) or word.start < kept[position][0]:
            yield word


def suspicious(words: Iterable[Word]) -> list[tuple[int, int]]:
    """Where words stand of which the tagger is not all but certain that they identify nobody; sorted."""
    limit = thresholds().harmless
    return [(word.start, word.end) for word in words if word.mask >= limit]


def uncertain(
    text: str, words: Iterable[Word], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Entity, float]]:
    """Neighbouring words below the threshold that a careful reader might have masked: start, end, kind, probability.

    `taken` are spans, sorted, that are replaced or labels already.
    """
    limits = thresholds()
    run: list[Word] = []
    for word in words:
        position = bisect_left(taken, word.end, key=lambda span: span[0])
        written = text[word.start : word.end]
        doubted = limits.doubt <= word.replaced < limits.mask[word.kind]
        if (
            not doubted
            or is_kept(written)
            or _YEAR.fullmatch(written)
            or (position and taken[position - 1][1] > word.start)
        ):
            continue
        if run and (run[-1].kind is not word.kind or not _BETWEEN[word.kind].fullmatch(text, run[-1].end, word.start)):
            yield _doubt(text, run)
            run = []
        run.append(word)
    if run:
        yield _doubt(text, run)


def _doubt(text: str, run: Sequence[Word]) -> tuple[int, int, Entity, float]:
    start, end = run[0].start, run[-1].end
    return start, end, _entity(run[0].kind, text[start:end]), max(word.replaced for word in run)


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
    run: list[Word] = []
    kind = Kind.FLAG
    for word in words:
        near = _kind(word, limits, limits.beside)
        if near is None:
            continue
        if run and near is kind and _BETWEEN[kind].fullmatch(text, run[-1].end, word.start):
            run.append(word)
            continue
        if any(_kind(w, limits, 1.0) for w in run):
            yield kind, run
        run, kind = [word], near
    if any(_kind(w, limits, 1.0) for w in run):
        yield kind, run


def _kind(word: Word, limits: Thresholds, share: float) -> Kind | None:
    """What a word is to be masked as, where `share` of the threshold suffices; None where it is not."""
    if word.replaced >= share * limits.mask[word.kind]:
        return word.kind
    if word.mask - word.replaced >= share * limits.mask[Kind.FLAG]:
        return Kind.FLAG
    return None
