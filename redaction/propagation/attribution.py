"""Whom each mention means: by its words, and where several bear them by title, sex, role and what stands near.

Where evidence does not decide, nobody is named: the mention means several, and a person is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from redaction.entities import Entity
from redaction.findings import EXPLAINED, Finding, Origin
from redaction.propagation.coreference import PeopleInText
from redaction.propagation.mentions import KIN, Mention, aliases_in, is_former, mentions_in
from redaction.propagation.persons import PersonInText

_PARAGRAPH_ENDS = regex.compile(r"\n\s*(?:\n|\|)")
"""Where a paragraph or the row of a table ends."""
_RELATIVES = ("family-member", "partner", "child")
_THEIR = regex.compile(rf"\b(?:his|her|their)[ ](?:\p{{Ll}}+[ ])?{KIN}\b[^.;\n]{{0,12}}$")
_OWNS_KIN = regex.compile(rf"['’]s?[ ](?:\p{{Ll}}+[ ])?{KIN}\b")
SUBJECT = "person-on-probation"
"""The role of whom a review is about."""


@dataclass(frozen=True)
class Attribution:
    """Whom a mention means; where that is open, `several` people whom it can mean."""

    person: PersonInText | None
    several: tuple[PersonInText, ...] = ()


NOBODY = Attribution(None)
"""Whom a finding means that names no one person."""


@dataclass
class _Near:
    """Who was named so far in a paragraph: the last; who by title or in full, and in which words; and who by one name."""

    last: PersonInText | None = None
    called: list[tuple[PersonInText, str]] = field(default_factory=list)
    names: dict[int, set[frozenset[str]]] = field(default_factory=dict)
    familiar: set[int] = field(default_factory=set)

    def add(self, person: PersonInText, mention: Mention | None) -> None:
        """Take in one more."""
        self.last = person
        names = self.names.setdefault(person.id, set())
        if mention is not None and (mention.is_whole or mention.title):
            self.called.append((person, mention.title))
            names.add(frozenset(mention.name.words))
        elif mention is not None:
            self.familiar.add(person.id)

    def alone_of(self, mention: Mention, found: Sequence[PersonInText]) -> PersonInText | None:
        """Of some, who alone was named here, and by these words and more: "Alec" is Alec Younger where no other Alec is in reach."""
        here = [person for person in found if person.id in self.names]
        if mention.title:
            # whom the paragraph calls by a forename alone is not whom "Ms Pascoe" takes up
            here = [person for person in here if person.id not in self.familiar]
        words = set(mention.name.words)
        return here[0] if len(here) == 1 and any(words <= name for name in self.names[here[0].id]) else None

    def titled_so(self, mention: Mention, found: Sequence[PersonInText]) -> PersonInText | None:
        """Of some, who was last called by the same title."""
        titled = (person for person, title in reversed(self.called) if title and title == mention.title)
        return next((person for person in titled if person in found), None)


def attribute(text: str, findings: Sequence[Finding], people: PeopleInText) -> list[Attribution]:
    """Whom each finding means, in order; `NOBODY` for what is no mention of one person."""
    mentions = iter(mentions_in(text, findings))
    told = [next(mentions) if _is_mention(finding) else None for finding in findings]
    bearers = _with_aliases(text, findings, list(_bearers(findings, told, people)))
    subject = _subject(bearers, people)
    near = _Near()
    attributions = []
    named: PersonInText | None = None
    last = ended = 0
    for finding, mention, found in zip(findings, told, bearers, strict=True):
        if _PARAGRAPH_ENDS.search(text, last, finding.start):
            near = _Near()
        last = finding.start
        if (
            mention is not None
            and not mention.is_whole
            and (other := _relative_of(text, finding, mention, near, ended))
        ):
            found = [person for person in found if person is not other]
        if mention is not None and len(found) > 1:
            if named is not None and named in found and text[ended : finding.start] in (" (", ' ("', " (“"):
                # "Tobias Arkell (TA) and Tessa Abbott (TA)"
                found = [named]
            found = _narrow(mention, found, subject, near)
        if len(found) == 1:
            near.add(found[0], mention)
        named, ended = (found[0] if len(found) == 1 else None), finding.end
        attributions.append(Attribution(found[0]) if len(found) == 1 else Attribution(None, tuple(found)))
    return attributions


def _relative_of(text: str, finding: Finding, mention: Mention, near: _Near, ended: int) -> PersonInText | None:
    """Who was just named, where the words say that the next is a relative of theirs: "Lamis Droubi and her father, Mr Droubi", "Bhavini Kotecha, Mr Kotecha's daughter"."""
    if not near.last or not mention.title:
        return None
    theirs = mention.kin_before and _THEIR.search(text, max(ended, finding.start - 40), finding.start)
    owner = text[ended : finding.start] == ", " and _OWNS_KIN.match(text, finding.end)
    return near.last if theirs or owner else None


def _with_aliases(
    text: str, findings: Sequence[Finding], bearers: list[list[PersonInText]]
) -> list[list[PersonInText]]:
    """The bearers again; where the text says that two findings are one person, those whom both can mean."""
    places = {finding.start: at for at, finding in enumerate(findings)}
    for one, other in aliases_in(text, findings):
        first, second = places[one.start], places[other.start]
        both = [person for person in bearers[first] if person in bearers[second]]
        if both:
            bearers[first] = bearers[second] = both
        elif len(bearers[first]) == 1 and " " not in text[other.start : other.end] and is_former(text, one, other):
            # "Kirandip Ubhi (was Sahota)": whoever else is a Sahota now
            bearers[second] = bearers[first]
    return bearers


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
        if finding.source.rule == EXPLAINED and finding.person is not None:
            # whoever else has these initials, the text says whose they are
            yield [people.person(finding.person)]
            continue
        # a name that has taken in the words around it names more than one
        found = [] if finding.source.origin is Origin.PROTECTED else people.bearers(mention)
        if not found and finding.person is not None:
            found = [people.person(finding.person)]
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
    mention: Mention, found: list[PersonInText], subject: PersonInText | None, near: _Near
) -> list[PersonInText]:
    """Of those who bear a name, whom evidence tells: title, sex and role, the subject before relatives, who alone is in reach."""
    word = " ".join(mention.name.words)
    if mention.title and len(word) == 1:
        # "Mrs T" is no more Nila T than Mrs Thomas
        return found
    rival = near.titled_so(mention, found)
    if (
        rival
        and subject
        and subject in found
        and rival is not subject
        and subject.is_called(word)
        and not mention.is_whole
    ):
        # "Mr Ionel Burcea came. Mr Burcea said": the brother, or whom the review is about
        return [person for person in found if person in (rival, subject)]
    preferences: list[Callable[[PersonInText], bool]] = [
        lambda p: p.is_called(word) or any(name.given[:1] == (word,) for name in p.names),
        lambda p: not mention.style or p.is_called(word),
        lambda p: mention.title not in ("", "mr", "ms") and mention.title in p.titles,
        lambda p: bool(mention.titled_role) and p.role == mention.titled_role,
        lambda p: bool(mention.kin) and p.role in _RELATIVES,
        lambda p: p is rival,
        lambda p: not mention.is_whole and not mention.kin and p is subject and p.is_called(word),
    ]
    for preference in preferences:
        kept = [person for person in found if preference(person)]
        found = kept or found
    alone = near.alone_of(mention, found) if len(found) > 1 else None
    return [alone] if alone else found
