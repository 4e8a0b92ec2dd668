"""Numbers that count or measure something named in the same sentence, and so tell nobody's age: readings, totals, people who did something."""

from __future__ import annotations

from redaction.entities import Entity
from redaction.lexicon.numbers import NUMBER_WORD
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.vetoes.rules import any_of, matching, number_and, words

_NUMBER = rf"(?:\d{{1,3}}|(?i:{NUMBER_WORD}))(?![\w/%]|[.,:]\d|[ -](?:years?|yrs?|months?|mths?|weeks?)\b)"
_NOT_OF_SOMEBODY = r"(?<!\b(?i:in|of|from|on|at|with|for|by|to|into|outside|behind|near|under|than|whose)[ ])"
"""The lad in the queue was 15: the queue was not."""
_WHOSE = rf"{_NOT_OF_SOMEBODY}(?:\b(?i:his|her|their|its|the|our|my|your|a|that|this)|(?<=\p{{L}})['’]s)[ ](?:(?!(?:of|in|at|on|for|from|with|who)\b)[\p{{Ll}}-]+[ ]){{0,2}}?"
_THING = rf"{_WHOSE}{any_of('amounts', 'things')}"
_THINGS_ALONE = rf"(?:^|(?<=[.!?;\n][ ])|(?<=[\n,|*-]))(?i:{alternatives(words('amounts', 'things'))})"
_SOMEWHERE = r"(?:[ ](?:in|on|at|of|for|from)[ ](?:the[ ]|his[ ]|her[ ]|that[ ])?[\p{Ll}-]+){0,2}"
_IS = r"(?:,[ ]which)?[ ](?:was|were|is|are|had[ ]been|stood[ ]at|stands[ ]at|rose[ ]to|fell[ ]to|went[ ](?:up[ ]|down[ ])?to|dropped[ ]to|came[ ]to|numbered)"
_NOW = r"(?:[ ](?:now|then|about|only|around|nearly|still|just|over|under))?"
_TOLD = rf"{_IS.removeprefix('(?:,[ ]which)?')}{_NOW}[ ]{_NUMBER}"
"""What the slow patterns below need in their line."""
_AMOUNT = rf"(?m:{_THING}|{_THINGS_ALONE}){_SOMEWHERE}{_IS}{_NOW}[ ](?P<it>{_NUMBER})"
_AND_ANOTHER = (
    rf"(?m:{_THING}|{_THINGS_ALONE}){_SOMEWHERE}{_IS}{_NOW}[ ]{_NUMBER}[^.;,\n]{{0,30}},?[ ](?:and|but)"
    rf"(?:[ ](?:his|hers|theirs|mine|yours|later|then|now))?{_IS.removeprefix('(?:,[ ]which)?')}{_NOW}[ ](?P<it>{_NUMBER})"
)
"""The second of two: "her score was 34 and his was 29", "the list was 48 then, and was 61 by May"."""
_OF_PEOPLE_ASKED = rf"\b(?i:the[ ]number)[ ]of[ ][\w-]+[^.;,\n]{{0,40}},[ ]which[ ](?:was|is){_NOW}[ ](?P<it>{_NUMBER})"
_WHO_DID = rf"{_NUMBER}(?=[ ]{any_of('amounts', 'done')}\b)"
_IN_A_SENTENCE = r"[\p{L}\p{N}*_’'\")][,(–-]?[ ]{1,2}"
"""Right before an age, as a rule: "Summer, 8 watching", "the lodger, 22 waiting outside"; what so many did begins its sentence."""
_ON_HIS_LIST = rf"{_NUMBER}(?=[ ]on[ ](?:his|her|my|their|our)[ ]{any_of('amounts', 'lists')}\b)"
_ON_A_LIST = rf"{_NUMBER}(?=[ ]on[ ](?:the[ ])?{any_of('amounts', 'lists')}\b)"
_OF_A_CHILD = (
    r"\b(?i:sons?|daughters?|boys?|girls?|child|children|brothers?|sisters?|aged?|was|were|is|are|only|then|now),?[ ]"
)

_OF_A_THING = (
    rf"\b(?i:the|a|an|its|this|that|his|her|their|our)[ ](?:[\p{{Ll}}-]+[ ])?{alternatives(pattern_words('ages', 'things'))}[ ](?:is|was|were|are)"
    rf"{_NOW}[ ](?P<it>(?:\d{{1,3}}|(?i:{NUMBER_WORD}))[ -](?:years?|months?|weeks?)[ -]old)\b"
)
"""The dog is three years old, and no child."""

_AGES = frozenset({Entity.AGE})

RULES = (
    matching("amount", _AMOUNT, _AGES, in_lines_with=_TOLD),
    matching("amount", _AND_ANOTHER, _AGES, in_lines_with=_TOLD),
    matching("amount", _OF_PEOPLE_ASKED, _AGES),
    matching("age of a thing", _OF_A_THING, _AGES),
)
ANCHORED = (
    number_and("count", _WHO_DID, _AGES, not_after=_IN_A_SENTENCE),
    number_and("count", _ON_HIS_LIST, _AGES, not_after=rf"{_OF_A_CHILD}|,[ ]"),
    number_and("count", _ON_A_LIST, _AGES, not_after=rf"{_OF_A_CHILD}|,[ ]"),
)
