"""Whether a number that the tagger took for a quantity is part of a sentence, or counts victims: what the words around it say."""

from __future__ import annotations

import regex

from redaction.labels import LABEL
from redaction.lexicon.pattern_words import alternatives, pattern_words
from redaction.vetoes.rules import any_of

_UNITS = r"(?:y(?:ea)?rs?|y|m(?:on|n)?ths?|m|weeks?|wks?|w|days?|d|hours?|hrs?|susp\w*|ext\w*)(?![\p{L}])"
_OF_A_SENTENCE = regex.compile(rf"(?<![\p{{L}}])(?:{_UNITS}|\p{{L}}?\w*nths)|\d{_UNITS}|[£€$]", regex.I)
_OF_A_SENTENCE_BEFORE = regex.compile(
    rf"(?:(?<![\p{{L}}])|\d){_UNITS}[^.;\n]{{0,48}}?(?:suspended(?: for)?|susp\.?(?: for)?|(?:licence|extension|period) of|plus|\+|[(/])\s*$"
    r"|\b(?:hours|hrs)(?: ordered| imposed)?[\s:|]*$|\d\s?\+\s?$|[£€$]\s?$",
    regex.I,
)
_GOES_ON = regex.compile(rf"\s?\+\s?\d|[ ]?EXT|[ ]?(?:%|per[ ]?cent\b)|[ -]{_UNITS}", regex.I)
"""A number without a unit ("6 + 4", "suspended for 18") is a sentence only where something tells so: any other counts something."""
_HARMED_BEFORE = regex.compile(rf"\b{any_of('counted', 'harmed')}[ ]$", regex.I)
_THINGS_NEXT = regex.compile(
    rf"[ ](?:other[ ]|more[ ]|of[ ](?:the|his|her|their)[ ])?{any_of('counted', 'nouns')}(?!\w)", regex.I
)
_HARMED_AFTER = regex.compile(rf"[ ](?:was|were)[ ]{any_of('counted', 'harmed')}\b", regex.I)
"""Around a number of victims: "he killed four", "three were killed"."""

_LASTS = regex.compile(r"(?<!\p{L})(?:y(?:ea)?rs?|y|mo?n?ths?|m|weeks?|wks?|w|days?|d)(?!\p{L})", regex.I)
_SUSPENDED = regex.compile(r"(?<!\p{L})susp|\+|\bext", regex.I)
_ENDS = regex.compile(r"[.!?][*_\"”’)]*\s+(?=[*_\"“‘(\[]*\p{Lu})|\n\s*\n|\n[ \t]*[-*|]")
_REACH, _AHEAD = 220, 110
"""Characters of its sentence before a length of time, and behind it, that may say what it is."""
_BEGINNING = 14
"""A length that is so near the beginning of its sentence goes on from the sentence before: "Guilty plea. Six years."."""
_SAYS_SO = regex.compile(
    rf"(?<![\p{{L}}])(?:(?:{alternatives(pattern_words('lengths', 'stems'))})\p{{L}}*|(?:{alternatives(pattern_words('lengths', 'words'))})(?!\p{{L}}))"
    r"|(?<!\p{L})(?:s|section)[. ]{0,2}\d{1,3}(?!\d)",
    regex.I,
)
_LASTING = regex.compile(r"\b(?:for|by)(?:[ ](?:the|about|another|over|nearly|almost|some|a|at least))*[ ]$", regex.I)
_PASSED_FOR = regex.compile(rf"(?<![\p{{L}}])(?:{alternatives(pattern_words('lengths', 'passed for'))})", regex.I)
_FOR_SO_LONG = regex.compile(
    rf"(?<![\p{{L}}])(?:(?P<passed>(?:{alternatives(pattern_words('lengths', 'for so long'))})\p{{L}}*"
    rf"|(?:{alternatives(pattern_words('lengths', 'for so long whole'))})(?!\p{{L}}))"
    rf"|(?:{alternatives(pattern_words('lengths', 'lasted for'))})(?!\p{{L}}))",
    regex.I,
)
_WAS_SO_LONG = regex.compile(
    rf"[ ](?:was|were|is)[ ](?:his|her|their|your|my|an?|the)[ ](?:\w+[ ])?(?:{alternatives(pattern_words('lengths', 'was so long'))})(?!\p{{L}})",
    regex.I,
)
_FOR_A_CRIME = regex.compile(r"[ ]for[ ](?:it|that|this|what)(?=[.,;)]|$)", regex.I)
"""Behind a length: "five years for it"."""
_PLAIN_BEFORE = regex.compile(
    rf"\b(?:{alternatives(pattern_words('lengths', 'plain before'))})\b[^,.;:\n]{{0,50}}[ ]$|\bso[ ]$", regex.I
)
_PLAIN_AFTER = regex.compile(
    rf"[ ](?:in|on)(?=[.,;)])|[ -](?:\w+[ ])?(?:{alternatives(pattern_words('lengths', 'plain behind'))})\b", regex.I
)


def may_be_banded(text: str, start: int, end: int) -> bool:
    """Whether a number is told as part of a sentence, by its unit and the words around it, or counts victims."""
    words, before, after = text[start:end], text[max(0, start - 70) : start], text[end : end + 12]
    if _HARMED_BEFORE.search(before) or _HARMED_AFTER.match(after):
        # nobody is hurt where animals and tyres are
        return _THINGS_NEXT.match(text, end) is None
    if not (_OF_A_SENTENCE.search(words) or _OF_A_SENTENCE_BEFORE.search(before) or _GOES_ON.match(after)):
        return False
    unit = _LASTS.match(text, end + 1)
    if not (unit or _LASTS.search(words)) or _SUSPENDED.search(words):
        return True
    return _is_told_as_sentence(text, start, unit.end() if unit else end)


def _is_told_as_sentence(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a length of time tells it as one that a court passed; any other is how long something lasted."""
    own = _sentence_before(text, start)
    if _PLAIN_BEFORE.search(own) or _PLAIN_AFTER.match(text, end):
        return False
    if _FOR_A_CRIME.match(text, end):
        return True
    if lasting := _LASTING.search(own):
        if _PASSED_FOR.search(own, endpos=lasting.start()):
            return True
        if told := list(_FOR_SO_LONG.finditer(own, endpos=lasting.start())):
            return told[-1]["passed"] is not None
        if _WAS_SO_LONG.match(text, end):
            return False
    return says_of_a_court(text, start, end)


def says_of_a_court(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a place in a text speaks of courts, prisons, orders or crimes."""
    limit = min(len(text), end + _AHEAD)
    ending = _ENDS.search(text, end, limit)
    behind = LABEL.sub("[]", text[end : ending.start() if ending else limit])
    return _SAYS_SO.search(f"{_sentence_before(text, start)}\n{behind}") is not None


def _sentence_before(text: str, start: int) -> str:
    """The words of a sentence before a place in it, with the sentence before where there are next to none.

    Without the words of labels: "[month 5 of the order]" speaks of no court that the text speaks of.
    """
    first = max(0, start - _REACH)
    ends = [found.end() for found in _ENDS.finditer(text, first, start)]
    if ends and start - ends[-1] < _BEGINNING:
        ends.pop()
    before: str = LABEL.sub("[]", text[ends[-1] if ends else first : start])
    return before
