"""Where sentences tell of somebody protected without their name: by a pronoun, or as "the woman"; and whether others may be meant.

A section is read from its heading on: who has been told of so far, of which sex, how many sentences ago. Who alone can be meant is meant
for certain; where others can be too, and somebody protected is likely, a person has to look.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from redaction.data import load_yaml
from redaction.labels import LABEL
from redaction.lexicon.pattern_words import alternatives
from redaction.propagation.protected_pronouns import Case, Pronoun, pronouns_in
from redaction.spans import Ranged, Span, overlaps_any

SENTENCE_ENDS = regex.compile(r"[.!?;|]\s|\n")
_PLURAL = regex.compile(r"s$|children$|family$")
_HEADING = regex.compile(r"^(?:#|[^\n]+\n(?:---+|===+)[ ]*$|(?<=\n\n)\p{Lu}[^\n.!?;:,|\d]{2,60}$(?=\n\n))", regex.M)
"""Where a section begins: by a sign, underlined, or as a line of a few words by itself."""
_QUOTES = frozenset("\"“”'‘’")
REACH = 6
"""Sentences that tell of anybody, after which somebody is not meant by a pronoun any more."""


@dataclass(frozen=True)
class Named:
    """A mention by name, text[start:end]: whose (a number; None where nobody knows) and of which sex."""

    start: int
    end: int
    person: int | None
    sex: str | None


@dataclass(frozen=True)
class Unnamed:
    """A pronoun or noun, text[start:end], that means the protected person of this number.

    `sure` is False where others may be meant too; `again` says that its sentence has told of them before, and of nobody else.
    """

    start: int
    end: int
    person: int
    sure: bool
    again: bool
    pronoun: Pronoun | None


@dataclass(frozen=True)
class _Noun:
    """A word for a person with what leads to it: "the young woman"; `points_back` says that it means somebody told of before.

    `known` is False where it may be no person ("the letter"), and `clear` where what follows may tell who else is meant: "the woman upstairs", "the girl band".
    """

    start: int
    end: int
    head: str
    sex: str | None
    points_back: bool
    clear: bool
    known: bool


_Key = int | str
"""Whom words mean: the number of a person, or else the words."""


@dataclass
class _Told:
    """Whom a section has told of: in this sentence, and in the last that told of anybody, in order; and how long ago the others were.

    `sexes` holds those of whom something is known; `passing` those of the last sentence and of this of whom nothing is known but what they
    are ("her teacher"): they are soon forgotten.
    """

    sexes: dict[_Key, str | None] = field(default_factory=dict)
    last: dict[_Key, int] = field(default_factory=dict)
    sentence: int = 0
    here: list[_Key] = field(default_factory=list)
    before: list[_Key] = field(default_factory=list)
    named_here: set[_Key] = field(default_factory=set)
    passing: tuple[set[_Key], set[_Key]] = field(default_factory=lambda: (set(), set()))

    def end_sentence(self) -> None:
        """Go on to the next; one that tells of nobody counts for nothing."""
        if self.here:
            self.before, self.here, self.named_here = self.here, [], set()
            self.passing = (self.passing[1], set())
            self.sentence += 1

    def tell(self, key: _Key, sex: str | None) -> None:
        self.sexes.setdefault(key, sex)
        self.tell_again(key)

    def tell_again(self, key: _Key) -> None:
        self.last[key] = self.sentence
        self.here.append(key)

    def tell_in_passing(self, key: _Key, *, is_person: bool) -> None:
        self.passing[1].add(key)
        if is_person:
            self.here.append(key)

    def may_be(self, sex: str | None) -> list[_Key]:
        """Everybody in reach whom a word of this sex can mean."""
        near = (key for key in self.sexes if self.sentence - self.last[key] <= REACH)
        return [key for key in near if None in (sex, self.sexes[key]) or self.sexes[key] == sex]

    def others_in_passing(self, first: _Key) -> bool:
        """Whether a word may as well mean somebody told of in passing, since the sentence that told of them did not begin with `first`."""
        sentences = zip(self.passing, (self.before, self.here), strict=True)
        return any(others and sentence[:1] != [first] for others, sentence in sentences)


class UnnamedMentions:
    """Finds them in one text."""

    def __init__(
        self,
        text: str,
        names: Sequence[Named],
        taken: Sequence[Ranged],
        protected: Mapping[int, str | None],
        offenders: Collection[str | None],
        victim: int | None,
    ) -> None:
        """Take the text as read.

        Args:
            text: the text.
            names: the mentions by name, in order.
            taken: what is replaced, names too; sorted, none overlapping.
            protected: the sex of everybody who is protected.
            offenders: the sexes of the people on probation, of whom any line may tell.
            victim: whom "the victim" means, of those who are protected; None where it may mean several.
        """
        self._text, self._names, self._taken = text, names, taken
        self._protected, self._offenders, self._victim = protected, offenders, victim

    def find(self) -> Iterator[Unnamed]:
        """Every word that means, or likely means, somebody protected of whom its section tells before; in order."""
        told = _Told()
        ends = deque(found.end() for found in SENTENCE_ENDS.finditer(self._text))
        headings = deque(found.start() for found in _HEADING.finditer(self._text))
        for words in self._words() if self._protected else ():
            while ends and ends[0] <= words.start:
                told.end_sentence()
                ends.popleft()
            while headings and headings[0] <= words.start:
                told = _Told()
                headings.popleft()
            if meant := self._read(words, told):
                yield meant

    def _read(self, words: Named | Pronoun | _Noun, told: _Told) -> Unnamed | None:
        """Take in whom words tell of; somebody protected whom they mean without a name."""
        if isinstance(words, Named):
            key = f"at {words.start}" if words.person is None else words.person
            told.tell(key, words.sex)
            told.named_here.add(key)
        elif isinstance(words, _Noun) and words.points_back and words.head in _victims() and self._victim is not None:
            told.tell(self._victim, self._protected[self._victim])
        elif meant := self._meant(words, told):
            told.tell_again(meant.person)
            if isinstance(words, _Noun) and not meant.sure:
                told.tell(words.head, words.sex)
            return meant
        elif isinstance(words, _Noun) and words.sex is None:
            told.tell_in_passing(words.head, is_person=words.known)
        elif isinstance(words, _Noun) or not told.may_be(words.sex):
            told.tell(words.head if isinstance(words, _Noun) else str(words.sex), words.sex)
        else:
            told.here.append(words.sex)
        return None

    def _meant(self, words: Pronoun | _Noun, told: _Told) -> Unnamed | None:
        """The protected person whom a word means; None where it is somebody else, or has the name beside it in its sentence."""
        able = told.may_be(words.sex)
        guarded = [key for key in able if isinstance(key, int) and key in self._protected]
        if not guarded or told.named_here & set(guarded):
            return None
        if isinstance(words, _Noun) and (not words.points_back or words.head in _victims()):
            return None
        pronoun = words if isinstance(words, Pronoun) else None
        offending = not self._offenders or {words.sex, None} & set(self._offenders)
        # "she told her": the second is somebody else
        is_another = pronoun is not None and pronoun.case is Case.OBJECT and told.here[-1:] == guarded
        clear = words.clear if isinstance(words, _Noun) else words.case is not Case.UNCLEAR and not is_another
        alone = len(able) == 1 and words.sex is not None and not offending
        sure = alone and clear and not told.others_in_passing(guarded[0])
        if not sure and not self._is_likely(guarded[0], able, told, offending=bool(offending)):
            return None
        # "she told her teacher. She …" is told as "they", which is true of either
        again = bool(told.passing[0]) or (guarded[0] in told.here and set(told.here) <= {guarded[0], *told.passing[1]})
        return Unnamed(words.start, words.end, guarded[0], sure, again, pronoun)

    def _is_likely(self, key: int, able: Sequence[_Key], told: _Told, *, offending: bool) -> bool:
        """Whether somebody protected is likely meant among those who may be; a "he" that may be the offender's tells little."""
        last = [k for k in told.here if k in able] or [k for k in told.before if k in able]
        if offending:
            return self._protected[key] is not None and last == [key]
        return key in last[:1] + last[-1:]

    def _words(self) -> list[Named | Pronoun | _Noun]:
        """The names, labels, nouns and pronouns of the text, in order."""
        labels = [Named(found.start(), found.end(), None, None) for found in LABEL.finditer(self._text)]
        held = sorted([*self._taken, *labels], key=lambda span: span.start)
        # "the Leeds probation officer" is somebody, though a name is among the words
        nouns = [n for n in _nouns(self._text) if not overlaps_any(Span(n.end - len(n.head), n.end), held)]
        pronouns = [
            p
            for p in pronouns_in(self._text, 0, len(self._text))
            if not overlaps_any(p, held) and not self._is_word_alone(p)
        ]
        return sorted([*self._names, *labels, *nouns, *pronouns], key=lambda words: words.start)

    def _is_word_alone(self, pronoun: Pronoun) -> bool:
        """Whether a pronoun means nobody: "he/she", “she” as a word."""
        before, after = self._text[pronoun.start - 1 : pronoun.start], self._text[pronoun.end : pronoun.end + 1]
        return "/" in (before, after) or (before in _QUOTES and after in _QUOTES)


def is_plural(words: str) -> bool:
    """Whether a word of kinship tells of several people."""
    return _PLURAL.search(words) is not None


@cache
def words_for_people() -> frozenset[str]:
    """Words that say who somebody is ("woman", "teenager"), and with "the" before them mean somebody told of before."""
    return frozenset(word for words in load_yaml("protected_people.yml")["people"].values() for word in words)


@cache
def _victims() -> frozenset[str]:
    return frozenset(load_yaml("protected_people.yml")["victims"])


@cache
def _sexes() -> dict[str, str]:
    """The sex that a noun tells, of those that tell one."""
    tables = (load_yaml("kinship.yml"), load_yaml("protected_people.yml")["people"])
    return {word: sex for table in tables for sex in ("male", "female") for word in table[sex]}


@cache
def _noun() -> regex.Pattern[str]:
    data = load_yaml("protected_people.yml")
    one = [word for word in [*data["relations"], *_sexes()] if not is_plural(word)]
    pronouns = load_yaml("pronouns.yml")
    small = alternatives(
        [*pronouns["not_owned"], *pronouns["adverbs"], "her", "his", "their", "is", "had", "has", "of", "other"]
    )
    known = alternatives([*one, *words_for_people(), *data["at work"], *_victims()])
    # no list holds all of them: "a barmaid", "the trainee"
    unknown = rf"(?!offender|{small}(?!\p{{L}}))\p{{L}}*(?:{'|'.join(data['endings'])})"
    lead = (
        r"(?P<lead>th(?:e|is|at)|an?|another|one|my|our|each|every|any|no|some|both)[ ]"
        r"|(?<=(?:his|her|their|['’]s?)[ ])|(?<=^|\n|[|][ ]*|[.!?][ ])"
    )
    more = rf"(?:(?!(?:young|old|elderly|{small})[ ])[\p{{L}}\p{{N}}-]+[ ]){{1,3}}?"
    described = (
        rf"(?i:(?:{lead})(?P<more>{more})?(?:(?:young|old|elderly)[ ])?(?P<head>{known}|(?P<unknown>{unknown})))"
    )
    # of several people one may be meant
    several = rf"(?i:{known}s|(?:wo)?men|ladies|{alternatives(data['somebody'])})"
    told_apart = (
        r"(?P<told>[ ](?i:from|who|whom|whose|that|in|on|at|by|near|behind|with|of|he|she|they|\p{L}+ing)\b"
        r"|,?[ ]\(|,[ ](?i:an?|the|his|her|their|one)[ ])?"
    )
    goes_on = rf"(?P<clear>[^ \p{{L}}]|[ ](?i:{alternatives(data['goes on'])}|\p{{L}}+ed)(?!\p{{L}})|$)?"
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}'’-])(?:{described}|(?P<other>{alternatives(data['posts'])}|{several}))"
        rf"(?![\p{{L}}\p{{N}}-])(?={told_apart})(?={goes_on})"
    )


def _nouns(text: str) -> Iterator[_Noun]:
    for found in _noun().finditer(text):
        head = (found["head"] or found["other"]).lower()
        # "the polish girl from the laundry" is told apart from whoever was told of before
        definite = (found["lead"] or "").lower() in ("the", "this", "that") and not (found["more"] or found["told"])
        back = definite and head in words_for_people() | _victims()
        yield _Noun(
            found.start(), found.end(), head, _sexes().get(head), back, found["clear"] is not None, not found["unknown"]
        )
