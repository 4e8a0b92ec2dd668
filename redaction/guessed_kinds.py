"""What a rule only guesses to be a person, a place, a body or a date, held against what the tagger reads in the sentence.

"Rowan Church" ends as a church does, Barry is a town, "Furness General" is written as a name is, March is a month: the rules know
words, the tagger knows how they are used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile

import regex

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import DECLARED, Finding, Origin
from redaction.lexicon.gazetteer import Sort, towns
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.lexicon.titles import CUE_PATTERN, TITLE_WORDS
from redaction.lexicon.words import is_english_word, is_proper
from redaction.names.short_names import sex_of_forename
from redaction.ner.tag_labels import TagLabel
from redaction.spans import Span, contains, overlap

_SURELY = 0.9
"""How likely the tagger must hold each word of a guess to identify somebody."""
_PROBABLY, _EITHER = 0.5, 0.62
"""The same for what a rule itself says may be somebody ("Rowan Church", "Caroline Park"), and the score of that at most."""
_ANNOUNCED = 0.75
"""From this score on a place is announced by what is before it ("in Barry")."""
_GUESSING = {
    Origin.PEOPLE: ("shape", "inverted", "role", "known-as", "odd-capital"),
    Origin.ORGANISATIONS: ("shape", "short"),
    Origin.DATE: ("alone", "weekday"),
}
"""The rules that go by the look of a word."""
_SORTS = {
    Entity.PERSON: "person",
    Entity.DATE: "date",
    Entity.PLACE: "thing",
    Entity.ADDRESS: "thing",
    Entity.ORGANISATION: "thing",
}
_READ = {TagLabel.PERSON: "person", TagLabel.PLACE: "thing", TagLabel.ORGANISATION: "thing"}
_AGAINST = {"person": "thing", "thing": "person", "date": "person"}
"""What each guess yields to."""
_TAKEN_BACK = 0.8
"""The score of a guess without which a word would stand in the text: that of a name met again, which would cut it."""
_BESIDES = 12
"""At most so many findings begin between the beginning of a longer one and a guess in it."""
_WORD = regex.compile(r"[\p{L}\p{M}]{2,}")
_HAS_ROLE = regex.compile(rf",?[ ][(]?(?:(?:the|his|her|their|a|an)[ ])?(?:\p{{Ll}}+[ ])?(?:{CUE_PATTERN})\b")
"""Behind somebody: ", probation officer", "(the manager"."""
_DOES = regex.compile(rf"[ ]{alternatives(pattern_words('people', 'deeds'))}\b")
"""Behind somebody: no street rings or says."""
_LEADS_TO = regex.compile(r"\b(?:to|from|at|near)[ ]$")


class GuessedKinds:
    """What the tagger makes of the words of one text, and which guesses are against it."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._words = document.tagged_words or ()
        self._dropped: list[Finding] = []
        self._times = Counter(
            (self._text[w.start : w.end].casefold(), _READ.get(w.kind)) for w in self._words if w.mask >= _SURELY
        )

    def corrected(self, findings: Sequence[Finding], among: Iterable[Finding] = ()) -> Iterator[Finding]:
        """The findings without guesses that the tagger reads as another kind, where a finding of that kind holds their words."""
        others = sorted((f for f in (*findings, *among) if f.entity in _SORTS), key=lambda f: f.start)
        borne = _words_of_names(self._text, others)
        instead = {f: self._instead(f, others) for f in findings if self._words and _is_guess(self._text, f)}
        misread = {
            f
            for f, other in instead.items()
            if other and self._is_misread(f, other) and (not _needs_bearer(f) or self._is_borne(f, borne))
        }
        names = {(f.entity, self._written(f)) for f in misread}
        announced = {self._written(f) for f in others if f.entity is Entity.PLACE and f.score >= _ANNOUNCED}
        for finding in findings:
            known = (finding.entity, self._written(finding)) in names
            again = known and instead.get(finding) is not None and self._reading(finding) is None
            # "Yvonne" is no short form of a church if "Yvonne Church" is none
            if not (finding in misread or again or (finding.entity, finding.canonical) in names):
                yield finding
            elif finding.entity is Entity.PLACE and self._written(finding) in announced and self._is_led_to(finding):
                # "the transfer to Barry", where something else is in Barry
                yield finding
            else:
                self._dropped.append(finding)

    def bared(self, chosen: Sequence[Finding]) -> list[Finding]:
        """The guesses that were dropped of which some word is in no finding that was chosen, and so would stand in the text."""
        ordered = sorted(chosen, key=lambda f: f.start)
        bared = [guess for guess in self._dropped if not self._is_covered(guess, ordered)]
        return [replace(guess, score=max(guess.score, _TAKEN_BACK)) for guess in bared]

    def _is_covered(self, guess: Finding, chosen: Sequence[Finding]) -> bool:
        first = max(0, bisect_right(chosen, guess.start, key=lambda f: f.start) - 1)
        near = list(takewhile(lambda f: f.start < guess.end, islice(chosen, first, None)))
        words = _WORD.finditer(self._text, guess.start, guess.end)
        return all(any(f.start <= word.start() and word.end() <= f.end for f in near) for word in words)

    def _is_led_to(self, guess: Finding) -> bool:
        return _LEADS_TO.search(self._text, max(0, guess.start - 6), guess.start) is not None

    def _written(self, finding: Span | Finding) -> str:
        return self._text[finding.start : finding.end]

    def _instead(self, guess: Finding, others: Sequence[Finding]) -> Finding | None:
        """The longest finding of the kind that a guess yields to that holds all its words: nothing is uncovered without it."""
        against = _AGAINST[_SORTS[guess.entity]]
        held = Span(_behind_comma(self._text, guess), guess.end)
        last = bisect_right(others, held.start, key=lambda f: f.start)
        holding = (
            f for f in others[max(0, last - _BESIDES) : last] if _SORTS[f.entity] == against and contains(f, held)
        )
        return max(holding, key=lambda f: (f.end - f.start, f.score), default=None)

    def _is_misread(self, guess: Finding, instead: Finding) -> bool:
        """Whether the tagger surely reads a guess otherwise, and nothing else in the text speaks for the guess."""
        sort, comma = _SORTS[guess.entity], _behind_comma(self._text, guess)
        either = guess.score <= _EITHER and guess.entity in (Entity.ADDRESS, Entity.ORGANISATION)
        behind = Span(comma, guess.end)
        if self._reading(behind, _PROBABLY if either else _SURELY) != _AGAINST[sort]:
            return False
        if comma > guess.start:
            # "DS GRACE, SHEFFIELD NPS" is who, and of where
            is_read = self._reading(Span(guess.start, comma)) is not None
            return is_read and not self._is_of_somebody(self._written(behind))
        if sort != "person":
            return True
        name = self._written(instead)
        return not self._is_of_somebody(self._written(guess) if "," in name else name)

    def _reading(self, span: Span | Finding, surely: float = _SURELY) -> str | None:
        """What the tagger surely takes every word of a span for."""
        first = bisect_left(self._words, span.start, key=lambda w: w.end)
        inside = takewhile(lambda w: w.start < span.end, islice(self._words, first, None))
        sorts = {_READ.get(w.kind) if w.mask >= surely else None for w in inside if w.end - w.start > 1}
        return sorts.pop() if len(sorts) == 1 else None

    def _is_of_somebody(self, name: str) -> bool:
        """Whether a name may be somebody's all the same: it begins with a forename, or its first or last word is read as somebody's."""
        words = _WORD.findall(name.casefold())
        if not words or sex_of_forename(words[0]):
            return True
        first, last = ([self._times[word, sort] for sort in ("person", "thing")] for word in (words[0], words[-1]))
        return first[0] > first[1] or last[0] >= max(1, last[1])

    def _is_borne(self, guess: Finding, borne: Mapping[str, Sequence[Finding]]) -> bool:
        """Whether the last word is part of somebody's name elsewhere in the text; what begins with no forename is nobody's, and a town may be a forename."""
        words = _WORD.findall(self._written(guess).casefold())
        if not words or (len(words) > 1 and not _is_forename(words[0])):
            return False
        forename = guess.entity is Entity.PLACE and sex_of_forename(words[0]) is not None
        acts = guess.entity is Entity.ADDRESS and _DOES.match(self._text, guess.end)
        if forename or acts or _HAS_ROLE.match(self._text, guess.end):
            return True
        others = [f for f in borne.get(words[-1], ()) if not overlap(guess, f)]
        if len(words) == 1:
            return bool(others)
        # "Ms Park" and "Caroline Park" speak for Caroline, "Stanley Park" does not
        begun = {_WORD.findall(self._written(f))[0].casefold() for f in others}
        return words[0] in begun or not begun.isdisjoint(TITLE_WORDS)


def _is_forename(word: str) -> bool:
    """Whether a folded word is a forename that dictionaries know, and neither a word nor a town."""
    return sex_of_forename(word) is not None or (is_proper(word) and not is_english_word(word) and word not in towns())


def _needs_bearer(guess: Finding) -> bool:
    """Whether a guess is a thing, a month or a short form, which the tagger takes for people more readily than the other way round."""
    return _SORTS[guess.entity] == "thing" or guess.source.rule in ("alone", "short")


def _words_of_names(text: str, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """In which names of several words, or with a title, a word is."""
    borne: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        words = _WORD.findall(text[finding.start : finding.end].casefold())
        if finding.entity is Entity.PERSON and len(words) > 1:
            for word in words:
                borne[word].append(finding)
    return borne


def _behind_comma(text: str, finding: Finding) -> int:
    """Where the second part of "SURNAME, Forename" begins; the beginning of any other finding."""
    comma = text.find(", ", finding.start, finding.end) if finding.source.rule == "inverted" else -1
    return finding.start if comma < 0 else comma + 2


def _is_guess(text: str, finding: Finding) -> bool:
    """Whether a finding goes by the look of a word, or is such a word again."""
    if finding.entity not in _SORTS or finding.score >= DECLARED or finding.subtype == "family":
        return False
    if finding.entity is Entity.DATE and not text[finding.start : finding.end].isalpha():
        return False
    origin = finding.source.origin
    if origin in (Origin.PLACES, Origin.ADDRESSES):
        # a city abroad counts as a place behind "from" or "to" alone
        return finding.score < _ANNOUNCED and finding.source.rule != Sort.ABROAD
    if origin is Origin.PROPAGATION:
        return not finding.source.rule and finding.entity is not Entity.DATE
    return finding.source.rule in _GUESSING.get(origin, ())
