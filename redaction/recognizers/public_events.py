"""Events whose day anybody can look up: one of them re-dates everything that is told beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from redaction.lexicon.details import flag_tables
from redaction.lexicon.numbers import NUMBER_WORD
from redaction.lexicon.pattern_words import alternatives
from redaction.recognizers.search_windows import find_near
from redaction.text.phrases import Phrases
from redaction.text.tokens import Tokens

_EXTREME = alternatives(("hottest", "coldest", "wettest", "driest", "warmest", "snowiest", "windiest"))
_SPELL = alternatives(
    ("day", "night", "morning", "evening", "week", "weekend", "month", *"spring summer autumn winter year".split())
)
_MONTHS = alternatives(
    "january february march april may june july august september october november december easter christmas".split()
)
_SHAPES = (
    # weather that was in the news
    rf"{_EXTREME}[ ](?:{_SPELL}|{_MONTHS})(?:[ ](?:of[ ]the[ ]year|on[ ]record|since[ ]records[ ]began|in[ ](?:\d+|[\p{{Ll}}-]+)[ ]years|ever(?:[ ]recorded)?))?",
    r"Storm[ ]\p{Lu}\p{Ll}{2,}",
    # the day of a count that began on a known day: "day 242"
    r"[Dd]ay[ ](?:\d{2,4}|(?:one|two|three)[ ]hundred[\p{Ll} -]{0,30})(?=[ ]of[ ]|[.,;:)\"”]|$)",
    # how many days or weeks there were between what the page counts from and something else
    rf"(?:\d{{2,4}}|(?i:{NUMBER_WORD}))[ ](?:days|weeks)(?:[ ]and[ ](?:a|\d|{NUMBER_WORD})[ ]days?)?[ ](?:into|after|since|from)[ ]"
    r"(?:(?:the|his|her|your|their|my)[ ])?(?:licence|order|release|sentence|supervision)",
    # sport
    r"(?:England|Wales|Scotland|Ireland)(?:['’]s)?[ ](?:game|match|semi-final|quarter-final|final)",
    r"(?:the[ ])?(?:FA[ ]Cup|League[ ]Cup|Champions[ ]League|Europa[ ]League|play-off)[ ](?:semi-)?final",
)
_EVENT = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<event>{'|'.join(_SHAPES)})(?![\p{{L}}])")
_KEYS = frozenset(
    "hottest coldest wettest driest warmest snowiest windiest storm day england wales scotland ireland "
    "final semi play cup league days weeks".split()
)


def find_public_events(words: Tokens) -> Iterator[tuple[int, int]]:
    """Where an event with a public date is named: weather, lockdowns, elections, occasions of state, finals, attacks, reforms."""
    for hit in _phrases().every(words):
        yield words.starts[hit.first], hit.end
    for match in find_near(_EVENT, words, _KEYS.__contains__, 30, 70):
        yield match.span("event")


@cache
def _phrases() -> Phrases[str]:
    return Phrases({phrase: general for general, phrases in flag_tables()["events"].items() for phrase in phrases})
