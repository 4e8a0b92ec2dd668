"""Hours told by a number alone ("she rang at ten"): what tells them from ages is what was done, and that nothing tells of a life."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redaction.entities import Entity
from redaction.lexicon.numbers import UP_TO_TWELVE
from redaction.lexicon.pattern_words import alternatives
from redaction.spans import Span
from redaction.vetoes.rules import Rule, any_of

_NUMBER = rf"(?:(?i:{alternatives(UP_TO_TWELVE)})|1[0-2]|[1-9])"
_OF_TIME = r"\b(?i:at|by|until|till|from|since|before|after)"
_ABOUT = r"(?:[ ](?:about|around|nearly|almost|just[ ]after|just[ ]before))?"
_NO_UNIT = r"(?![\w%°£’'-]|[.:,/]\d|[ ](?:and[ ]a[ ]half|years?|yrs?|months?|mths?|weeks?|wks?|days?)\b)"
_HOUR = regex.compile(rf"{_OF_TIME}{_ABOUT}[ ](?P<it>{_NUMBER}){_NO_UNIT}")
_ENDS = regex.compile(r"[.!?;:|\n]")
_BEFORE, _BEHIND = 90, 70
"""Characters of its sentence that are looked at around an hour."""
_GAP = r"(?:[ ](?!(?:with|under|in|into|to|off|about|of|for|as|by)\b)[\p{L}'’]+){0,7}[ ]?"
"""Between what was done and its hour; "she got in with a crowd at twelve" tells no hour."""
_DONE = regex.compile(
    rf"\b(?:{any_of('hours', 'done')}|{any_of('hours', 'places that open')}[ ](?:opens?|opened|shuts?|closes?|closed)){_GAP}$"
)
_DONE_BEHIND = regex.compile(
    rf"(?:[ ](?:he|she|they|I|we))?(?:[ ](?:had|then|just))?[ ]{any_of('hours', 'done at once')}\b"
    rf"|,?[ ](?:and|then)[ ](?:again[ ])?{any_of('hours', 'done at once')}\b|[ ]{any_of('hours', 'behind')}\b"
)
_OF_A_LIFE = regex.compile(
    rf"\b{any_of('hours', 'of a life')}(?!\w)|\b{any_of('hours', 'stems of a life')}|\b(?:in|to|from)[ ](?:the[ ])?\p{{Lu}}"
)
"""With one of these in its sentence a number may be an age, whatever was done: "he rang a helpline at ten, from school"."""


def _find_hours(text: str) -> Iterator[Span]:
    for found in _HOUR.finditer(text):
        start, end = found.span("it")
        before = _ENDS.split(text[max(0, start - _BEFORE) : found.start()])[-1]
        behind = _ENDS.split(text[end : end + _BEHIND])[0]
        is_done = _DONE.search(before) or _DONE_BEHIND.match(behind)
        if is_done and not (_OF_A_LIFE.search(before) or _OF_A_LIFE.search(behind)):
            yield Span(start, end)


RULES = (Rule("clock", _find_hours, frozenset({Entity.AGE})),)
