"""Whom each mention means: by its words, and where several bear them by title, sex, role and what stands near.

Where evidence does not decide, nobody is named: the mention means several, and a person is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from redaction.entities import Entity
from redaction.findings import Finding, Origin
from redaction.propagation.coreference import PeopleInText, PersonInText
from redaction.propagation.mentions import Mention, mentions_in

_PARAGRAPH_ENDS = regex.compile(r"\n\s*\n")
SUBJECT = "person-on-probation"
"""The role of whom a review is about."""


@dataclass(frozen=True)
class Attribution:
    """Whom a mention means; where that is open, `several` people whom it can mean."""

    person: PersonInText | None
    several: tuple[PersonInText, ...] = ()


NOBODY = Attribution(None)
"""Whom a finding means that names no one person."""


def attribute(text: str, findings: Sequence[Finding], people: PeopleInText) -> list[Attribution]:
    """Whom each finding means, in order; `NOBODY` for what is no mention of one person."""
    mentions = iter(mentions_in(text, findings))
    told = [next(mentions) if _is_mention(finding) else None for finding in findings]
    bearers = list(_bearers(findings, told, people))
    subject = _subject(bearers, people)
    near: list[PersonInText] = []
    attributions = []
    last = 0
    for finding, mention, found in zip(findings, told, bearers, strict=True):
        if _PARAGRAPH_ENDS.search(text, last, finding.start):
            near = []
        last = finding.start
        if mention is not None and len(found) > 1:
            found = _narrow(mention, found, subject, near)
        if len(found) == 1:
            near.append(found[0])
        attributions.append(Attribution(found[0]) if len(found) == 1 else Attribution(None, tuple(found)))
    return attributions


def _is_mention(finding: Finding) -> bool:
    return finding.entity is Entity.PERSON and finding.subtype != "family"


def _bearers(
    findings: Sequence[Finding], mentions: Sequence[Mention | None], people: PeopleInText
) -> Iterator[list[PersonInText]]:
    """Everybody whom each finding can mean."""
    for finding, mention in zip(findings, mentions, strict=True):
        if mention is None:
            yield []
            continue
        # a name that has taken in the words around it names more than one
        found = [] if finding.source.origin is Origin.PROTECTED else people.bearers(mention)
        if not found and finding.person is not None:
            found = [people.everybody[finding.person]]
        yield found


def _subject(bearers: Sequence[Sequence[PersonInText]], people: PeopleInText) -> PersonInText | None:
    """Whom the review is about: the person on probation, else whoever is named most; None where there are several."""
    on_probation = [person for person in people.everybody if person.role == SUBJECT]
    if on_probation:
        return on_probation[0] if len(on_probation) == 1 else None
    named = Counter(found[0].id for found in bearers if len(found) == 1)
    first = named.most_common(2)
    if not first or (len(first) > 1 and first[0][1] < 2 * first[1][1]):
        return None
    return people.everybody[first[0][0]]


def _narrow(
    mention: Mention, found: list[PersonInText], subject: PersonInText | None, near: Sequence[PersonInText]
) -> list[PersonInText]:
    """Of those who bear a name, whom evidence tells: title, sex and role, the subject before relatives, who was named last."""
    word = " ".join(mention.name.words)
    preferences: list[Callable[[PersonInText], bool]] = [
        lambda p: p.is_called(word) or any(name.given[:1] == (word,) for name in p.names),
        lambda p: not mention.style or p.is_called(word),
        lambda p: mention.title not in ("", "mr", "ms") and mention.title in p.titles,
        lambda p: bool(mention.titled_role) and p.role == mention.titled_role,
        lambda p: bool(mention.kin) and p.role in ("family-member", "partner"),
        lambda p: not mention.is_whole and not mention.kin and p is subject and p.is_called(word),
    ]
    for preference in preferences:
        kept = [person for person in found if preference(person)]
        found = kept or found
    if len(found) > 1:
        latest = next((person for person in reversed(near) if person in found), None)
        found = [latest] if latest else found
    return found
