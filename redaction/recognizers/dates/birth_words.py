"""What may stand between a birth cue and a date, and between two dates of birth of one list."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from redaction.data import load_yaml
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_only_a_word

Named = Callable[[int, int], bool]
"""Whether a stretch of the text is somebody's name, for all that is known."""

_LONGEST = 200
_JOINING = frozenset(
    "a an the and or both each all of in on at by is was are were be been being as also too then now his her hers their "
    "theirs my our its respectively possibly perhaps probably maybe around about approximately approx circa c early mid late year years month day date dates "
    "not known unknown n/a none aged age mr mrs ms miss mx dr aka "
    "one two three four five six first second third fourth fifth sixth".split()
)
_GIVEN = frozenset(
    "given recorded noted shown stated listed entered held fell falls for to said believed thought follows following below "
    "set out".split()
)
_ABBREVIATED = frozenset("mr mrs ms dr st approx dob no jr snr jnr".split())
_PEOPLE = frozenset(
    "children kid kids girls boys twin twins triplets babies sons daughters person offender defendant victim victims subject "
    "young younger youngest old older oldest elder eldest only other another ex step half foster law sons' children's child's "
    "name names".split()
)
_TOKEN = re.compile(
    # a record that dates are held on, our own labels, those a review came with ("[Child A]"), and a name in brackets
    r"(?P<label>\bon[ ](?:n?Delius|OASys|P?-?NOMIS|ViSOR|PNC)\b|\[[A-Z][^\[\]\n]{0,60}\]|\([A-Z][\w'’-]{1,30}(?:[ ][A-Z][\w'’-]{0,30}){0,2}\))"
    r"|(?P<word>[^\W\d_]+(?:[-'’/.][^\W\d_]+)*(?:['’](?!\w))?)"
    r"|(?P<number>\d{1,2}(?:st|nd|rd|th)?)(?!\w)|(?P<stop>[.!?])|(?P<mark>[^\w\s])|(?P<other>\w)"
)
_MARKS = frozenset(",;:/&()[]{}<>–—-−+*~=\"'“”‘’·•¦…#^`´")
_AGED_THEN = re.compile(r"\baged?\W{1,2}\d+[ ](?:in|on|at|by)\b", re.I)
_NEW_BLOCK = re.compile(r"\n[ \t>]*(?:[-*+|#•\n]|\d{1,2}[.)][ ])")
_CLAUSE = re.compile(
    r"[.!?;|][\"'”’)]*(?:\s|$)|\b(?:but|so|because|although|though|after|before|since|until|till|than|who|which|that|whose|is|was"
    r"|were|had|has)\b",
    re.I,
)
_STOP = re.compile(r"[.!?;|]\s")
_WHILE = re.compile(r"\b(?:while|whilst|when|where|during)\b", re.I)
_SUBJECT = re.compile(r"(?<!['’])\b(?:he|she|they|it|we|I)\b")
_SEGMENT = re.compile(r",|\b(?:and|or)\b")
_PREPOSITION = re.compile(r",\s*(?:in|on|at|near|outside|during|by|to|of|some|about|around|under|over)\b")


@cache
def _people() -> frozenset[str]:
    """Words for people: they stand beside a date of birth and begin no clause."""
    data = load_yaml("protected_people.yml")
    told = (word for name in ("relations", "people") for words in data[name] for word in words.split())
    return frozenset(told) | _PEOPLE


class Gaps:
    """The stretches between the dates of one text."""

    def __init__(self, text: str, named: Named) -> None:
        self._text = text
        self._named = named

    def are_plain(self, start: int, end: int, *, crosses: bool = False, given: bool = False) -> bool:
        """Whether words join dates: punctuation, small words, people and their names, and no verb of another clause.

        `crosses`: from one cell of a row to the next. `given`: between the cue and its date ("given as").
        """
        if end - start > _LONGEST:
            return False
        gap = self._text[start:end]
        if _AGED_THEN.search(gap) or _NEW_BLOCK.search(gap):
            return False
        before = ""
        for token in _TOKEN.finditer(gap):
            word, mark = token["word"], token["mark"]
            if token["other"] or (mark and mark not in _MARKS and not (crosses and mark == "|")):
                return False
            if token["stop"] and _ends_sentence(gap, token, before):
                return False
            if word and not (given and word.casefold() in _GIVEN) and not self.is_plain(word, start + token.start()):
                return False
            before = word or ""
        return True

    def is_plain(self, word: str, at: int) -> bool:
        """Whether a word is a small one, says who somebody is, or is a name."""
        folded = word.casefold()
        if folded in _JOINING or folded in _people() or folded.removesuffix("'s") in _people():
            return True
        if not word[0].isupper():
            return False
        name = re.sub(r"['’]s?$", "", word)
        if len(name) == 1 or self._named(at, at + len(name)):
            return True
        return not (name.isupper() and len(name) < 4) and not is_only_a_word(name) and not is_retained(name)

    def lead(self, start: int, end: int) -> bool:
        """Whether words lead from "born" to its date: anything up to another clause ("prematurely at home in Hull, on")."""
        gap = self._text[start:end]
        # what was so while somebody was born happened at that time
        head, *rest = _WHILE.split(gap, maxsplit=1)
        if _NEW_BLOCK.search(gap) or _CLAUSE.search(head) or _SUBJECT.search(head) or any(map(_STOP.search, rest)):
            return False
        ends = [*(found.start() for found in _SEGMENT.finditer(gap)), len(gap)]
        return all(
            self.are_plain(start + first, start + last, given=True) or _PREPOSITION.match(gap, first, last)
            for first, last in pairwise(ends)
        )


def _ends_sentence(gap: str, stop: re.Match[str], before: str) -> bool:
    if stop["stop"] != ".":
        return True
    return gap[stop.end() : stop.end() + 1].isspace() and before.casefold() not in _ABBREVIATED and len(before) != 1
