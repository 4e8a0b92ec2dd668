"""Names that are told as names: "Darren Whitlock, known as Daz," would say that somebody is known as himself."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from redaction.entities import Entity
from redaction.findings import Finding
from redaction.labels import ANOTHER_NAME, SOMEBODY, is_of_family
from redaction.propagation.mentions import is_owner, title_of

_ADVERB = r"(?:also|always|better|often|usually|generally|sometimes|now|just|simply|only|locally|widely|then|formerly|previously|nearly|mostly)"
_TO_WHOM = r"(?:[ ](?:to|at|in|on|by|among|from|within)[ ][^.!?;:()\n\[\]]{1,48}?)?"
_CUE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:(?:{_ADVERB}[ ])*known{_TO_WHOM}[ ](?:{_ADVERB}[ ])*as"
    rf"|(?:(?:is|was|be|been|being|are|were|{_ADVERB})[ ])+called|(?P<apposed>(?<=,[ ])called)|whom[ ](?:he|she|they|we)[ ](?:{_ADVERB}[ ])*call(?:s|ed)?|(?P<them>calls?|called|nicknamed)[ ](?:him|her|them)"
    rf"|nicknamed|n[ée]e|a\.?k\.?a\.?|alias|(?:go|goes|going|went)[ ]by(?:[ ]the[ ]name(?:[ ]of)?)?)"
    rf"(?:[ ]{_ADVERB})*[ ][\"“‘'*_]*$",
    regex.IGNORECASE,
)
_PRONOUN = regex.compile(r"(?<![\p{L}\p{N}])(?:he|she)(?:[ ](?:is|was|has|had|been))*[ ]$", regex.IGNORECASE)
_SENTENCE_ENDS = regex.compile(r"[.!?;]\s|\n")
_NAMED_BY = regex.compile(r"[\"”’']?(?:[,.;)]|$|[ ]by\b|[ ](?:at[ ](?:home|work)|on[ ]the[ ]wing)\b)")
_REACH = 90
"""Characters before a name in which it may be told that it is a name."""


def tell_other_names(text: str, findings: Sequence[Finding], labels: Sequence[str]) -> list[str]:
    """The labels, but "[another name]" for a mention that only says what else somebody is called who is named, or meant by a pronoun, right before.

    Args:
        text: the text as read.
        findings: what is replaced, in order.
        labels: what replaces each.
    """
    told = list(labels)
    people = [at for at, finding in enumerate(findings) if finding.entity is Entity.PERSON]
    for place, at in enumerate(people):
        finding, label = findings[at], labels[at]
        if not label.startswith("[") or label == SOMEBODY or is_of_family(label) or is_owner(text, finding):
            continue
        cue = _CUE.search(text, max(0, finding.start - _REACH), finding.start)
        if cue is None:
            continue
        before = findings[people[place - 1]] if place else None
        if cue["apposed"] and not _is_apposed(text, before, cue.start(), finding):
            continue
        named = (
            before is not None
            and labels[people[place - 1]] == label
            and _in_one_sentence(text, before.end, cue.start())
        )
        if named or cue["them"] or _PRONOUN.search(text, max(0, cue.start() - 24), cue.start()):
            told[at] = ANOTHER_NAME
    return told


def _is_apposed(text: str, before: Finding | None, start: int, finding: Finding) -> bool:
    """Whether ", called Sasha by his men" is said of whoever is named right before, and no telephone call of theirs."""
    at_once = before is not None and text[before.end : start] == ", "
    return (
        at_once and not title_of(text[finding.start : finding.end]) and _NAMED_BY.match(text, finding.end) is not None
    )


def _in_one_sentence(text: str, start: int, end: int) -> bool:
    return start <= end and _SENTENCE_ENDS.search(text, start, end) is None
