"""Findings that are one name: in pieces, with a nickname in it, surname first; and one finding that is two names run together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.lexicon.words import is_only_a_word
from redaction.names.parsing import parse_name
from redaction.propagation.coreference import PeopleInText
from redaction.propagation.mentions import title_of
from redaction.propagation.names_in_words import JOINED

_LONGEST_RUN = 5
"""Words that one name has at most."""
_LONGEST_NAME = 120
"""Characters that one name has at most."""
_NICKNAME = regex.compile(
    r"[ ](?:[\"“‘'](?:\p{L}[\p{L}\p{M}'’-]*[ ]?){1,2}[\"”’']|\((?:\p{Lu}[\p{L}\p{M}'’-]*){1}\))[ ]"
)
_OPENS, _CLOSES = regex.compile(r"[ ][\"“‘'(]"), regex.compile(r"[\"”’')][ ]")
_FIELD_BEGINS = regex.compile(r"(?:^|[|:>\n]|[.!?;][\"”’)]*)[ \t*_]*$")
_FIELD_ENDS = regex.compile(r"[ \t*_]*(?:$|[|<;\n]|,[ ](?!and\b|or\b|who\b|the\b|an?\b|his\b|her\b|their\b)\p{Ll}|[(])")
_LETTERS = regex.compile(r"\p{L}+")
_INITIALS = regex.compile(r"\p{Lu}{1,3}")


def join_name_runs(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings in order, with those that are one name as one: "Dale Anthony" + "Winter", `Olumide "Lumi" Adebayo`."""
    forenames = _forenames(text, findings)
    joined: list[Finding] = []
    for finding in findings:
        while joined and (wider := _joined(text, joined, finding, forenames)):
            finding = wider
        joined.append(finding)
    return joined


def split_run_together(text: str, findings: Sequence[Finding], people: PeopleInText) -> Iterator[Finding]:
    """The findings, cut where a word in them is two people's names run together: HALSZKAJAGODA."""
    for finding in findings:
        named = finding.entity is Entity.PERSON or finding.source.rule == JOINED
        pieces = list(_pieces(text, finding, people)) if named else []
        if not pieces:
            yield finding
        for start, end in pieces:
            yield replace(finding, start=start, end=end, entity=Entity.PERSON, person=None)


def _pieces(text: str, finding: Finding, people: PeopleInText) -> Iterator[tuple[int, int]]:
    """The parts of a finding in which two people's names are run together; nothing where none are; ordinary words are left out."""
    words = list(_LETTERS.finditer(text, finding.start, finding.end))
    cuts = [people.cut(word[0]) for word in words]
    if not any(cuts):
        return
    for word, cut in zip(words, cuts, strict=True):
        if cut is not None:
            yield word.start(), word.start() + cut
            yield word.start() + cut, word.end()
        elif not is_only_a_word(word[0]):
            yield word.span()


def _joined(text: str, before: list[Finding], finding: Finding, forenames: frozenset[str]) -> Finding | None:
    """The last findings and this one as one, where they are one name; those that it takes in are gone from `before`."""
    last = before[-1]
    if not _may_join(last, finding):
        return None
    gap = text[last.end : finding.start]
    if len(before) > 1 and _CLOSES.fullmatch(gap) and _may_join(before[-2], last):
        first = before[-2]
        if _OPENS.fullmatch(text, first.end, last.start) and _are_pieces(text, first, finding, forenames):
            del before[-2:]
            return _as_one(first, finding)
    single = gap in (" ", "-") and _are_pieces(text, last, finding, forenames)
    if (
        single
        or (_NICKNAME.fullmatch(gap) and _are_pieces(text, last, finding, forenames))
        or _is_inverted(text, last, finding)
    ):
        before.pop()
        return _as_one(last, finding)
    return None


def _may_join(one: Finding, other: Finding) -> bool:
    """Whether both are names of people, and not of two whom a register declares."""
    if one.entity is not Entity.PERSON or other.entity is not Entity.PERSON or "family" in (one.subtype, other.subtype):
        return False
    if other.end - one.start > _LONGEST_NAME:
        return False
    declared = {f.person for f in (one, other) if f.score >= DECLARED}
    return len(declared) < 2 and (not declared or one.person == other.person or None in (one.person, other.person))


def _are_pieces(text: str, one: Finding, other: Finding, forenames: frozenset[str]) -> bool:
    """Whether two names can be the beginning and the end of one: not two full ones, nor two known forenames."""
    first, second = (parse_name(text[f.start : f.end]) for f in (one, other))
    if title_of(text[other.start : other.end]) or "\n" in text[one.start : other.end]:
        return False
    if len(first.words) + len(second.words) > _LONGEST_RUN or second.surname:
        return False
    if any(_INITIALS.fullmatch(text, f.start, f.end) for f in (one, other)):
        # "SN Hayward rang": a note and who signs it
        return False
    both = [name.words[0] in forenames for name in (first, second) if name.words]
    return len(both) == 2 and not all(both)


def _is_inverted(text: str, one: Finding, other: Finding) -> bool:
    """Whether two single names are "Surname, Forename", alone in their field or clause."""
    if text[one.end : other.start] != ", ":
        return False
    single = all(len(parse_name(text[f.start : f.end]).words) == 1 for f in (one, other))
    begins = _FIELD_BEGINS.search(text, max(0, one.start - 6), one.start)
    return single and begins is not None and _FIELD_ENDS.match(text, other.end) is not None


def _as_one(one: Finding, other: Finding) -> Finding:
    sure = max(one, other, key=lambda f: f.score)
    return replace(sure, start=one.start, end=other.end, subtype=one.subtype or other.subtype)


def _forenames(text: str, findings: Sequence[Finding]) -> frozenset[str]:
    """The forenames of everybody who is named in full."""
    names = (parse_name(text[f.start : f.end]) for f in findings if f.entity is Entity.PERSON)
    return frozenset(name.given[0] for name in names if name.surname and name.given)
