"""Which pseudonym each span gets: one label a person or place throughout a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import regex

from redaction.entities import ROLES, Entity
from redaction.findings import Finding, Origin, Source
from redaction.labels import (
    ADDRESS,
    CONTACT_REMOVED,
    FAMILY,
    LABEL,
    ORGANISATIONS,
    PSEUDONYM,
    REFERENCE,
    SOMEBODY,
    family_of,
)
from redaction.propagation.attribution import Attribution, attribute
from redaction.propagation.coreference import PeopleInText
from redaction.propagation.persons import PersonInText
from redaction.results import Decision
from redaction.text.folding import fold_text

_GENERIC = regex.compile(
    r"\b(?:the|and|hmp|hm prison|yoi|hmyoi|prison|crown court|magistrates court|magistrates|county court|youth court|family court|court|police|"
    r"constabulary|service|school|primary|academy|hospital|council|city|borough|metropolitan|office|probation|pdu|ltd|limited|approved premises)\b"
)


_HEADS = frozenset({"person-on-probation", "victim", "previous-victim"})
"""Roles of the people whom a review is about, whose family others are told to be."""
_RELATIVES = frozenset({"partner", "family-member", "child", "other"})
"""Roles of those who may be of such a family, known or not."""
_SIGNS = frozenset(".,;:!?()\"“”‘’'|")
"""Signs that are no part of the words that a decision finds."""
_NUMBER = regex.compile(r" \d+(?=\]$)")


@dataclass(frozen=True)
class Pseudonyms:
    """The label of each finding, in order, None for kinds told elsewhere; and the labels that open ones can mean, by position."""

    labels: tuple[str | None, ...]
    several: Mapping[int, tuple[str, ...]]


def pseudonyms(
    text: str, findings: Sequence[Finding], people: PeopleInText, decisions: Sequence[Decision] = ()
) -> Pseudonyms:
    """The label of each person, place, organisation, code and address.

    One label a person or place throughout; numbers follow the order of first mention, and pass over those that decisions
    gave to somebody apart.
    """
    taken = _taken({fold_text(text[f.start : f.end]) for f in findings}, decisions)
    whom = attribute(text, findings, people)
    keys = _keys(text, findings, whom)
    order: dict[tuple[str, str], None] = dict.fromkeys(key for key in keys if isinstance(key, tuple))
    sizes = Counter(label for label, _ in order)
    numbers: dict[tuple[str, str], str] = {}
    seen: Counter[str] = Counter()
    for key in order:
        label, _ = key
        seen[label] += 1
        while f"[{label} {seen[label]}]" in taken:
            seen[label] += 1
        alone = sizes[label] == 1 and (label in ORGANISATIONS or label == ROLES["person-on-probation"].label)
        numbers[key] = f"[{label}]" if alone else f"[{label} {seen[label]}]"
    decided = {fold_text(d.text).strip() for d in decisions if d.action != "reject"}
    told = (numbers[key] if isinstance(key, tuple) else key for key in keys)
    told = (
        _label_said_again(people.person(finding.person), numbers)
        if finding.entity is Entity.DEMOGRAPHIC and finding.person is not None
        else label
        for finding, label in zip(findings, told, strict=True)
    )
    labels = tuple(
        _label_of_family(text[finding.start : finding.end], people, numbers, decided) if label == FAMILY else label
        for finding, label in zip(findings, told, strict=True)
    )
    several = {at: tuple(_label_of(person, numbers) for person in a.several) for at, a in enumerate(whom) if a.several}
    return Pseudonyms(labels, several)


def _label_of(person: PersonInText, numbers: Mapping[tuple[str, str], str]) -> str:
    """The label of somebody, without a number where they have none because no words mean them alone."""
    key = _key_of(person)
    return numbers.get(key, f"[{key[0]}]") if isinstance(key, tuple) else key


def _label_said_again(person: PersonInText, numbers: Mapping[tuple[str, str], str]) -> str:
    """The label of somebody whom words mean without a name; "" where no label says who they are."""
    key = _key_of(person)
    return numbers.get(key, "") if isinstance(key, tuple) else key


def _label_of_family(
    written: str, people: PeopleInText, numbers: Mapping[tuple[str, str], str], decided: Collection[str]
) -> str:
    """The label of "the Whitlocks": of whose family they are, where that is one of those whom a review is about.

    Nobody's, where somebody else at work in the case has the name, where anybody who has it is protected by law, and where people decided
    what that person is called (`decided`: folded words).
    """
    plural = fold_text(written).strip().rpartition(" ")[2]
    called = people.known_by(plural, ("plural",))
    heads = [person for person in called if person.declared and person.role in _HEADS]
    others = [person for person in called if person.role not in _HEADS | _RELATIVES]
    protected = any(person.is_protected for person in called)
    if len(heads) != 1 or others or protected or any(form.text in decided for form in heads[0].forms):
        return FAMILY
    key = _key_of(heads[0])
    return family_of(numbers[key]) if isinstance(key, tuple) and key in numbers else FAMILY


def _taken(words: Collection[str], decisions: Sequence[Decision]) -> frozenset[str]:
    """Labels that nobody else may have: of words apart, and of words joined with others that are no longer there."""
    own = (d for d in decisions if d.apart or (d.same_as and fold_text(d.same_as) not in words))
    return frozenset(label for d in own for label in LABEL.findall(d.replacement or ""))


def requested_replacements(told: Sequence[tuple[str, str]], decisions: Sequence[Decision]) -> list[str | None]:
    """What a person wished for in place of each finding; None where they wished for nothing.

    Words that were joined with others have whatever label those have now: people who are new in a text change nothing.

    Args:
        told: for each finding its words, and the label that it has without any wish.
        decisions: those of the review.
    """
    said = {fold_text(d.text): d for d in decisions if d.action != "reject" and d.replacement}
    own = {fold_text(words): label for words, label in reversed(told)}

    def label(words: str, passed: frozenset[str]) -> str | None:
        decision = said.get(words)
        if decision is None:
            return own.get(words)
        wished = _without_shared_ends(decision)
        other = fold_text(decision.same_as or "")
        now = label(other, passed | {words}) if other.strip() and other not in passed | {words} else None
        return _with_label(wished, now) if now else wished

    folded = [fold_text(words) for words, _ in told]
    return [label(words, frozenset()) if words in said else None for words in folded]


def _with_label(wished: str, now: str) -> str:
    """What is wished for with the label that somebody has now: of several in it only those of the same kind are theirs."""
    kind = _NUMBER.sub("", now)
    several = len(PSEUDONYM.findall(wished)) > 1
    told: str = PSEUDONYM.sub(lambda found: found[0] if several and _NUMBER.sub("", found[0]) != kind else now, wished)
    return told


def _without_shared_ends(decision: Decision) -> str:
    """What is wished for, without the signs at its ends that the words decided about have too: these stay in the text."""
    assert decision.replacement is not None
    wished, words = decision.replacement, decision.text
    while wished and words and wished[-1] == words[-1] and wished[-1] in _SIGNS:
        wished, words = wished[:-1].rstrip(), words[:-1].rstrip()
    while wished and words and wished[0] == words[0] and wished[0] in _SIGNS:
        wished, words = wished[1:].lstrip(), words[1:].lstrip()
    return wished


def _keys(text: str, findings: Sequence[Finding], whom: Sequence[Attribution]) -> list[tuple[str, str] | str | None]:
    """For each finding what it is one of, (label, identity), or the words that replace it, or None."""
    short_forms: dict[str, str] = {}
    keys: list[tuple[str, str] | str | None] = []
    before: Finding | None = None
    for finding, attribution in zip(findings, whom, strict=True):
        written = text[finding.start : finding.end]
        match finding.entity:
            case Entity.PERSON:
                keys.append(_person_key(written, finding, attribution))
            case Entity.ORGANISATION:
                label = finding.subtype if finding.subtype in ORGANISATIONS else "Organisation"
                # a short form says whose it is
                identity = _core(finding.canonical or written)
                if (
                    finding.source == Source(Origin.ORGANISATIONS, "short")
                    and not finding.canonical
                    and before is not None
                ):
                    short_forms[fold_text(written)] = _core(text[before.start : before.end])
                keys.append((label, short_forms.get(fold_text(written), identity)))
            case Entity.PLACE:
                keys.append((finding.subtype if finding.subtype in ("Town", "Area") else "Town", fold_text(written)))
            case Entity.CODE:
                keys.append(REFERENCE)
            case Entity.CONTACT:
                keys.append(CONTACT_REMOVED)
            case Entity.ADDRESS:
                keys.append(ADDRESS)
            case _:
                keys.append(None)
        before = finding
    return keys


def _person_key(written: str, finding: Finding, whom: Attribution) -> tuple[str, str] | str:
    if finding.subtype == "family":
        return FAMILY
    if whom.several:
        return SOMEBODY
    return _key_of(whom.person) if whom.person else ("Person", fold_text(written))


def _key_of(person: PersonInText) -> tuple[str, str] | str:
    if person.identity is not None and person.identity.published_as:
        return person.identity.published_as
    return (ROLES[person.role].label, str(person.id))


def _core(name: str) -> str:
    """What tells one organisation of a kind from another: "HMP Risley" and "Risley prison" are one."""
    folded = fold_text(name).strip()
    core = " ".join(_GENERIC.sub(" ", folded).split())
    return core or folded
