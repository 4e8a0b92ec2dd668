"""What belongs to the name of an organisation that was found: its chamber, what it is for, its name in another language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin, Source
from redaction.lexicon.retained_terms import is_retained
from redaction.lexicon.words import is_english_word

_TRANSLATED_SCORE = 0.55

_PART = "Chamber|Section|Division|Senate|Panel|Bench|Circuit|Department|Faculty|Institute|Committee|Branch"
_BEFORE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?!The[ ])(?:(?:\p{{Lu}}\p{{Ll}}+|\d{{1,2}}(?:st|nd|rd|th))[ ]){{0,3}}(?:{_PART})[ ]of[ ](?:the[ ])?$"
)
_BODY = (
    "Commission|Office|Board|District|Department|Section|Division|Branch|Committee|Directorate|Chamber|Bureau|Faculty"
)
_CAPITAL = r"\p{Lu}\p{Ll}{2,}"
_MATTERS = "Matters|Cases|Affairs|Offences|Disputes|Complaints"
_BEHIND = regex.compile(
    rf"[ ](?:{_BODY})(?![\p{{L}}-])"
    rf"|(?:[ ]and[ ]{_CAPITAL})?(?P<of>[ ](?:of|for)[ ](?:the[ ])?)(?P<what>{_CAPITAL}(?:[ ](?:and[ ])?{_CAPITAL}){{0,3}})(?![\p{{L}}-])"
)
_MATTER = regex.compile(rf"(?:{_MATTERS})$")
_BRACKET = regex.compile(r"[ ]\((?P<inside>[^()\n\"“”\d]{3,90})\)")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
LEAST_FOREIGN = 0.5
"""The share of its words that no English dictionary knows from which on a bracket is taken for another language."""


def widen_names(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each with what belongs to its name before and behind it; then its other name in brackets."""
    for finding in found:
        start, end = _wider_start(text, finding.start), _wider_end(text, finding)
        yield replace(finding, start=start, end=end)
        bracket = _BRACKET.match(text, end)
        if bracket and _is_foreign(bracket["inside"]):
            yield Finding(
                bracket.start("inside"),
                bracket.end("inside"),
                Entity.ORGANISATION,
                _TRANSLATED_SCORE,
                Source(Origin.ORGANISATIONS, "translated"),
                finding.subtype,
                finding.canonical or text[start:end],
            )


def _wider_start(text: str, start: int) -> int:
    """Where "the Ninth Chamber of the …" begins."""
    before = _BEFORE.search(text, max(0, start - 60), start)
    return before.start() if before else start


def _wider_end(text: str, finding: Finding) -> int:
    """Where "… for Criminal Matters" and "… Commission" end."""
    behind = _BEHIND.match(text, finding.end)
    if behind is None:
        return finding.end
    end = int(behind.end())
    if behind["what"] is None:
        return end
    words = _WORD.findall(behind["what"])
    if not all(word == "and" or is_english_word(word) for word in words):
        return finding.end
    if finding.subtype == "Court" and not _MATTER.search(behind["what"]):
        return finding.end
    return finding.end if is_retained(behind["what"]) else end


def _is_foreign(inside: str) -> bool:
    """Whether words in brackets are of another language: several, or one that no English keyboard writes."""
    words = [word for word in _WORD.findall(inside) if len(word) > 2]
    strange = [word for word in words if not is_english_word(word) and not is_retained(word)]
    if not words or len(strange) < LEAST_FOREIGN * len(words) or is_retained(inside):
        return False
    return len(words) > 1 or not inside.isascii()
