"""Find: every span of a document to replace, and who is who in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redaction.document import Document
from redaction.entities import Entity
from redaction.findings import BIRTH, DECLARED, KNOWN_PHRASE, Finding, Origin, Source
from redaction.guessed_kinds import GuessedKinds
from redaction.labels import LABEL, SCHEMES
from redaction.names.parsing import PARTICLES
from redaction.names.surface_forms import INITIALS, Form, Strength, born_forms, forms_of
from redaction.overlaps import resolve_overlaps
from redaction.policy import Policy
from redaction.presidio import Analyzer
from redaction.propagation.coreference import PeopleInText
from redaction.propagation.decided_words import decision_findings
from redaction.propagation.explained_initials import explained_initials
from redaction.propagation.mentions import Mention, aliases_in, couple_at, mention_at, mentions_in
from redaction.propagation.misspellings import misspellings
from redaction.propagation.name_borders import part_names
from redaction.propagation.name_runs import join_name_runs, split_run_together
from redaction.propagation.names_in_words import JOINED, names_in_words, with_words_around
from redaction.propagation.occurrences import extend_to_full_names, occurrences
from redaction.propagation.protected_people import is_protected
from redaction.propagation.search_terms import SearchTerm
from redaction.propagation.signed_initials import signed_initials
from redaction.recognizers.organisations.recognizer import kind_of
from redaction.register import Identity, IdentityKind
from redaction.results import Decision
from redaction.spans import LONGEST_TERM, Span, contains, near, overlap
from redaction.stages.couples import as_couples
from redaction.text.folding import fold_text
from redaction.vetoes.buildings import is_building
from redaction.vetoes.holding import apply_vetoes

LONGEST_THING = 200
"""Characters; whatever is longer is replaced where it is, and looked for nowhere else."""
SHORTEST_THING = 4
"""Characters of a place, an organisation or a code that is looked for elsewhere."""

_STRONG_SCORE, _WEAK_SCORE, _THING_SCORE = 0.8, 0.6, 0.7
"""How sure a name met again is, written in full and as a single word; and at most a place, an organisation or a code."""

_COUNTED = frozenset({Entity.DATE, Entity.AGE, Entity.QUANTITY})
_BESIDES = 8
"""At most so many findings begin between the beginning of a date and a word of it."""

_ENTITY_OF = {
    IdentityKind.CODE: Entity.CODE,
    IdentityKind.ORGANISATION: Entity.ORGANISATION,
    IdentityKind.PLACE: Entity.PLACE,
}
_KIND_OF = {
    Entity.PLACE: IdentityKind.PLACE,
    Entity.ADDRESS: IdentityKind.PLACE,
    Entity.ORGANISATION: IdentityKind.ORGANISATION,
    Entity.CODE: IdentityKind.CODE,
}


class Finder:
    """Everything that is found in a document, by register, decisions, rules, tagger and propagation, resolved to one finding a span.

    `without` leaves out "propagation" or "misspellings", for measuring.
    """

    def __init__(
        self, analyzer: Analyzer, policy: Policy, entities: Iterable[Entity], without: frozenset[str] = frozenset()
    ) -> None:
        found = frozenset(entities)
        self._analyzer = analyzer
        self._threshold = policy.threshold
        self._replaced = frozenset(e for e in found if policy.replaces(e))
        self._shown = frozenset(e for e in found if policy.shows(e))
        self._without = without

    def find(
        self, document: Document, identities: Sequence[Identity], decisions: Sequence[Decision]
    ) -> tuple[list[Finding], PeopleInText]:
        """Every span to replace, in order, and who is who."""
        text, folded = document.text, document.folded
        people = PeopleInText(identities)
        rejected = decision_findings(text, folded, decisions, ("reject",))
        seen = list(part_names(text, self._analyzer.findings(document, self._replaced)))
        kinds = GuessedKinds(document)
        recognised = list(kinds.corrected(_not_within(self._without_vetoed(document, seen), rejected)))
        fixed = self._fixed(document, identities, people, decisions, rejected)
        fixed = _outside_dates(fixed, [f for f in recognised if f.entity in _COUNTED and f.score >= self._threshold])
        fixed = as_couples(text, fixed, recognised)
        fixed = _with_subtypes(text, fixed, recognised) + extend_to_full_names(text, fixed, recognised)
        untouchable = sorted([*_labels(text), *_chosen_names(document, identities)])
        chosen = join_name_runs(text, self._resolve(document, [*fixed, *recognised], untouchable, kinds))
        people.add_mentions(*mentions(text, chosen))
        if "propagation" not in self._without:
            again = _occurrences(document, [*_people_met(people), *_things_met(text, chosen)])
            if "misspellings" not in self._without:
                again += misspellings(text, people)
            again = list(kinds.corrected(self._without_vetoed(document, again), recognised))
            initials = (*explained_initials(text, people), *signed_initials(text, people))
            fixed = [*fixed, *_not_within(initials, rejected)]
            before = {f.span for f in chosen}
            every = [*fixed, *recognised, *_not_within(again, rejected)]
            chosen = self._resolve(document, every, untouchable, kinds)
            chosen = join_name_runs(text, chosen)
            # a name that only the search made whole ("June" + "Petchey") is somebody's too
            people.add_mentions(*mentions(text, [f for f in chosen if f.span not in before], chosen))
        contacts = [f for f in recognised if f.entity is Entity.CONTACT and f.score >= self._threshold]
        chosen = list(split_run_together(text, list(with_words_around(text, chosen, contacts)), people))
        return resolve_overlaps(text, chosen, 0.0), people

    def flaggable(self, document: Document) -> list[Finding]:
        """What policy has shown to the checker and left as it is."""
        return self._analyzer.findings(document, self._shown)

    def _without_vetoed(self, document: Document, findings: Iterable[Finding]) -> list[Finding]:
        """The findings without what is vetoed; a building that was taken for a person is told as the body or place that it is."""
        return [
            replace(f, subtype=kind_of(document.text[f.start : f.end]))
            if f.entity is Entity.ORGANISATION and not f.subtype
            else f
            for f in apply_vetoes(document.text, findings, document.vetoes)
        ]

    def _fixed(
        self,
        document: Document,
        identities: Sequence[Identity],
        people: PeopleInText,
        decisions: Sequence[Decision],
        rejected: Sequence[Finding],
    ) -> list[Finding]:
        """What the register declares and what people added; of names declared, only letters that follow from them can be rejected."""
        text, folded = document.text, document.folded
        terms = list(self._declared(identities, people))
        declared = _occurrences(document, [term for term in terms if term.form.kind != INITIALS])
        initials = _occurrences(document, [term for term in terms if term.form.kind == INITIALS])
        # one person's word leaves nothing of somebody who is protected for life
        kept = [f for f in initials if is_protected(text, f, people)]
        declared += [*kept, *_not_within((f for f in initials if f not in kept), rejected)]
        declared = _outside_phrases(document, _without_codes_of_names(text, declared))
        protected = [f for f in declared if is_protected(text, f, people)]
        # one person's words do not take the place of somebody who is protected for life
        by_one = [d for d in decisions if d.replacement and not d.seconded]
        others = [d for d in decisions if d.seconded or not d.replacement]
        allowed = [
            f
            for f in decision_findings(text, folded, by_one, ("add",))
            if not any(overlap(f, name) for name in protected)
        ]
        return [*declared, *allowed, *decision_findings(text, folded, others, ("add",))]

    def _declared(self, identities: Sequence[Identity], people: PeopleInText) -> Iterator[SearchTerm]:
        """What to look for because the register declares it; the recognizers say what kind of place or organisation it is."""
        for form, person in people.forms():
            yield SearchTerm(form, Entity.PERSON, DECLARED, Source(Origin.REGISTER), person=person.id, declared=True)
        for identity in identities:
            if identity.born:
                for form in born_forms(identity.born):
                    if form.strength is Strength.STRONG:
                        yield SearchTerm(form, Entity.DATE, DECLARED, Source(Origin.REGISTER), BIRTH, declared=True)
            if identity.kind is IdentityKind.PERSON:
                continue
            entity, name = _ENTITY_OF[identity.kind], identity.names[0]
            alike = {entity, Entity.CONTACT if entity is Entity.CODE else Entity.ADDRESS}
            seen = [f for f in self._analyzer.findings(Document(name), self._replaced) if f.entity in alike]
            best = max(seen, key=lambda f: (f.end - f.start, f.score), default=None)
            if entity is Entity.PLACE and is_building(name) and not (best and best.end - best.start == len(name)):
                entity, best = Entity.ADDRESS, None
            for form in forms_of(identity):
                yield SearchTerm(
                    form,
                    best.entity if best else entity,
                    DECLARED,
                    Source(Origin.REGISTER),
                    best.subtype if best else "",
                    best.canonical if best else "",
                    declared=True,
                )

    def _resolve(
        self, document: Document, findings: list[Finding], untouchable: Sequence[Span], kinds: GuessedKinds
    ) -> list[Finding]:
        """The findings without overlaps; a guess without which a word would be left standing is taken back."""
        settled = (self._threshold, document.retained, untouchable, document.likelihood)
        chosen = resolve_overlaps(document.text, findings, *settled)
        bared = kinds.bared(chosen)
        return resolve_overlaps(document.text, [*findings, *bared], *settled) if bared else chosen


def mentions(
    text: str, findings: Iterable[Finding], among: Iterable[Finding] = ()
) -> tuple[list[Mention], list[tuple[Mention, Mention]]]:
    """Whom findings name, and which two name one person: of those `among` which they are, pairs with one of them.

    Not those declared and run together, for they are known already, nor phrases that somebody decided about ("a man with a warning").
    """
    people = _named(text, findings)
    new = set(people)
    pairs = aliases_in(text, _named(text, among) or people)
    aliases = [(mention_at(text, one), mention_at(text, other)) for one, other in pairs if one in new or other in new]
    couples = ((f, couple_at(text, f.start)) for f in people if f.subtype == "family")
    second = [mention_at(text, replace(f, start=start, subtype="")) for f, start in couples if start]
    return [*mentions_in(text, people), *second], aliases


def _named(text: str, findings: Iterable[Finding]) -> list[Finding]:
    return [
        f
        for f in findings
        if f.source != Source(Origin.REGISTER, JOINED)
        and (f.source.origin is not Origin.DECISION or _is_written_as_name(text[f.start : f.end]))
    ]


def _is_written_as_name(words: str) -> bool:
    """Whether no word is in small letters but for such as "de" and "van", or all are: a log has names without capitals."""
    small = [w for w in words.split() if w.islower() and fold_text(w).strip() not in PARTICLES]
    return not small or len(small) == len(words.split()) <= 2


def _occurrences(document: Document, terms: Sequence[SearchTerm]) -> list[Finding]:
    """Everywhere that something to look for is, as words of its own or inside a longer word."""
    text, folded = document.text, document.folded
    return [
        *occurrences(text, folded, terms, document.likelihood),
        *names_in_words(text, folded, terms, document.retained),
    ]


def _without_codes_of_names(text: str, declared: Sequence[Finding]) -> list[Finding]:
    """The declared findings, without codes that are written as somebody's name is: "Lokey Dosanjh" is no handle lokeydosanjh."""
    names = {f.span for f in declared if f.entity is Entity.PERSON and " " in text[f.start : f.end]}
    return [f for f in declared if f.entity is Entity.PERSON or f.span not in names]


def _outside_phrases(document: Document, declared: Iterable[Finding]) -> list[Finding]:
    """The declared findings, but for names within a known phrase ("Bail Act", "HM Prison and Probation Service").

    A law that is called after somebody gives a declared name away: the whole of it is said generally.
    """
    schemes = [v for v in document.vetoes if v.kind in SCHEMES]
    kept: list[Finding] = []
    for finding in declared:
        law = next((v for v in schemes if finding.entity is Entity.PERSON and contains(v, finding)), None)
        if law:
            source = Source(Origin.REGISTER, KNOWN_PHRASE)
            kept.append(Finding(law.start, law.end, Entity.OTHER, DECLARED, source, law.kind))
        elif finding.entity is not Entity.PERSON or not _is_within_phrase(document, finding):
            kept.append(finding)
    return kept


def _is_within_phrase(document: Document, name: Finding) -> bool:
    """Whether a name is a part of a known phrase of several words."""
    around = (t for t in near(name, document.retained, LONGEST_TERM) if contains(t, name))
    return any(len(document.text[t.start : t.end].split()) > 1 and t != name.span for t in around)


def _not_within(findings: Iterable[Finding], rejected: Sequence[Finding]) -> list[Finding]:
    """The findings that are not part of words which a person said to leave alone."""
    return [f for f in findings if not any(contains(other, f) for other in rejected)]


def _labels(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in LABEL.finditer(text))


def _chosen_names(document: Document, identities: Sequence[Identity]) -> Iterator[Span]:
    """Where there are names that families chose to be public, unless the register declares the same words for another."""
    declared = {form.text for identity in identities for form in forms_of(identity)}
    names = {fold_text(i.published_as).strip() for i in identities if i.published_as} - declared
    terms = [
        SearchTerm(Form(name, Strength.STRONG, "decided"), Entity.OTHER, DECLARED, Source(Origin.REGISTER))
        for name in names
    ]
    return (f.span for f in occurrences(document.text, document.folded, terms))


def _with_subtypes(text: str, fixed: Sequence[Finding], recognised: Sequence[Finding]) -> list[Finding]:
    """The fixed findings; a declared organisation whose name does not tell its kind gets the one that the text tells somewhere."""
    unknown = {fold_text(text[f.start : f.end]) for f in fixed if f.entity is Entity.ORGANISATION and not f.subtype}
    if not unknown:
        return list(fixed)
    telling = sorted(
        (f for f in recognised if f.entity is Entity.ORGANISATION and f.subtype not in ("", "Organisation")),
        key=lambda f: f.start,
    )
    known: dict[str, Finding] = {}
    for finding in fixed:
        name = fold_text(text[finding.start : finding.end])
        if name in unknown and name not in known:
            told = next((t for t in telling if overlap(t, finding)), None)
            if told:
                known[name] = told
    return [
        replace(f, subtype=told.subtype, canonical=told.canonical)
        if f.entity is Entity.ORGANISATION and not f.subtype and (told := known.get(fold_text(text[f.start : f.end])))
        else f
        for f in fixed
    ]


def _outside_dates(fixed: Sequence[Finding], counted: Iterable[Finding]) -> list[Finding]:
    """The fixed findings, but for parts of a date or number that is found whole.

    "March" of "3 March 2020" is no Ms March, and "August" that a person added does not cut "2 August" in two.
    """
    known = sorted((f for f in counted if f.source.origin is not Origin.TAGGER), key=lambda f: f.start)

    def is_part(finding: Finding) -> bool:
        first = bisect_right(known, finding.start, key=lambda f: f.start)
        entity = finding.entity if finding.source.origin is Origin.DECISION else Entity.DATE
        return any(
            f.entity is entity and finding.end <= f.end and f.span != finding.span
            for f in known[max(0, first - _BESIDES) : first]
        )

    return [f for f in fixed if not is_part(f)]


def _people_met(people: PeopleInText) -> Iterator[SearchTerm]:
    """What to look for because the text itself names people."""
    for form, person in people.forms():
        if not person.declared:
            sure = form.strength is Strength.STRONG or form.text in person.called
            score = _STRONG_SCORE if sure else _WEAK_SCORE
            yield SearchTerm(form, Entity.PERSON, score, Source(Origin.PROPAGATION), person=person.id)


def _things_met(text: str, findings: Sequence[Finding]) -> Iterator[SearchTerm]:
    """What to look for because a place, an organisation or a code is named elsewhere in the text."""
    for finding in findings:
        kind = _KIND_OF.get(finding.entity)
        if kind is None:
            continue
        for form in forms_of(Identity(kind, (text[finding.start : finding.end],))):
            if SHORTEST_THING <= len(form.text) <= LONGEST_THING:
                yield SearchTerm(
                    form,
                    finding.entity,
                    min(finding.score, _THING_SCORE),
                    Source(Origin.PROPAGATION),
                    finding.subtype,
                    finding.canonical,
                )
