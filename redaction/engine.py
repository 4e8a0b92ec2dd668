"""Redactor: one review in, safe text out. The only file that builds Presidio's engines."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig
from presidio_anonymizer.entities import RecognizerResult as Span

from redaction.decided import decided
from redaction.entities import Entity
from redaction.findings import DECLARED, Finding
from redaction.flags import apart, reason_of
from redaction.forms import Folded, Form, Strength, born_forms, fold_text, forms_of
from redaction.hashtags import JOINED, gone_whole, names_in_words
from redaction.links import unlinked
from redaction.passage import Passage
from redaction.policy import Policy
from redaction.propagation import Cast, Searched, misspellings, occurrences, told_apart
from redaction.protected import SOURCE, is_protected, surroundings, worded
from redaction.readers import NerEngine, TaggedText
from redaction.reading import Reading, read
from redaction.recognizers import RECOGNIZERS
from redaction.recognizers.tagged import uncertain
from redaction.register import Identity, Kind, Register
from redaction.replacements import LABEL, Relabel, age, article, labels, possessive, repeated, wished
from redaction.resolve import resolve
from redaction.results import Anchor, Decision, Detection, Doubt, Flag, Redaction
from redaction.timeline import Timeline, mend

BREAK = "\n\n"
"""What stands between the texts of one review while they are read as one."""
LONGEST_THING = 200
"""Characters; whatever is longer is replaced where it stands, and looked for nowhere else."""
MORE_ROUNDS = 10
"""How often at most what was written is read again for more."""


class Redactor:
    """Finds what identifies people in a review and replaces it. Slow to build, quick to use; keep one.

    `without` takes stages out for measuring: names of recognizers, "propagation", "misspellings".
    """

    def __init__(self, policy: Policy | None = None, *, without: frozenset[str] = frozenset()) -> None:
        self.policy = policy or Policy.load()
        self._without = without
        self._at_work = threading.Lock()
        self._nlp = NerEngine(self.policy.model)
        registry = RecognizerRegistry(
            recognizers=[r() for r in RECOGNIZERS if r.name not in without], supported_languages=["en"]
        )
        self._tagged = None if "tagger" in without else TaggedText()
        self._analyzer = AnalyzerEngine(
            registry=registry, nlp_engine=self._nlp, supported_languages=["en"], context_aware_enhancer=_NoContext()
        )
        found = [e for r in RECOGNIZERS if r.name not in without for e in r.entities]
        self._replaced = sorted({str(e) for e in found if self.policy.replaces(e)})
        self._shown = sorted({str(e) for e in found if self.policy.shows(e)})
        self._anonymizer = AnonymizerEngine()  # type: ignore[no-untyped-call]
        self._anonymizer.add_anonymizer(Relabel)

    def redact(
        self,
        texts: Sequence[str],
        register: Register | None = None,
        *,
        anchor: Anchor | None = None,
        decisions: Sequence[Decision] = (),
    ) -> Redaction:
        """Redact the texts of one review: a name seen in one is masked in all, under one label.

        The rules read first, then spaCy reads what they left; what is written is read again until nothing more is found,
        so that redacting twice changes nothing more. Threads take turns.
        """
        # what has been read is kept by the readers: another review's end would forget it in the midst of this one
        with self._at_work:
            try:
                return self._redact(texts, (register or Register()).identities(), anchor, decisions)
            finally:
                self._nlp.forget()
                if self._tagged:
                    self._tagged.forget()

    def _redact(
        self,
        texts: Sequence[str],
        identities: Sequence[Identity],
        anchor: Anchor | None,
        decisions: Sequence[Decision],
    ) -> Redaction:
        source = BREAK.join(texts)
        reading = read(source)
        passage = self._passage(reading.text)
        folded = passage.folded
        chosen, cast = self._find(passage, identities, decisions, named=False)
        shown = self._analyze(passage, self._shown)
        chosen = resolve(reading.text, [*chosen, *_accepted(reading.text, folded, shown, chosen, decisions)], 0.0)
        undone = decided(reading.text, folded, [d for d in decisions if d.seconded], ("reject",))
        chosen = surroundings(reading.text, chosen, cast, [f.span for f in undone])
        for _ in range(MORE_ROUNDS):
            edits = self._edits(reading, chosen, cast, anchor, decisions)
            written, more, births = _apply(source, edits), [], set[Finding]()
            again = read(written.text)
            for finding in self._find(self._passage(again.text), identities, decisions, named=True)[0]:
                first, last = again.span(finding.start, finding.end)
                if finding.kind == "birth" and (edit := written.edit(first)):
                    births.add(edit.finding)
                span = reading.back(*written.back(first, last))
                if span:
                    more.append(replace(finding, start=span[0], end=span[1]))
            more = [f for f in more if not _meets(f, chosen)]
            # a year that a label's name now joins to a date of birth is one too
            births = {f for f in births if f.entity is Entity.DATE and f.kind != "birth"}
            if not more and not births:
                break
            chosen = [replace(f, kind="birth") if f in births else f for f in chosen]
            chosen = sorted([*chosen, *more], key=lambda f: f.start)
            cast.meet(_mentions(reading.text, more))
        edits = self._edits(reading, chosen, cast, anchor, decisions)
        detections = _in_parts(edits, texts)
        redacted = tuple(self._write(part, t, detections) for part, t in enumerate(texts))
        taken = _taken(reading, edits)
        flags = tuple(_flags(reading, passage, shown, taken, texts))
        doubts = tuple(_doubts(reading, passage, taken, flags, texts))
        return Redaction(redacted, tuple(detections), flags, doubts)

    def _edits(
        self,
        reading: Reading,
        chosen: Sequence[Finding],
        cast: Cast,
        anchor: Anchor | None,
        decisions: Sequence[Decision],
    ) -> list[_Edit]:
        """What to write where in the source; sorted, none overlapping."""
        edits: list[_Edit] = []
        for finding, told in zip(chosen, self._tell(reading.text, chosen, cast, anchor, decisions), strict=True):
            start, end, words = _fit(reading.text, finding, told)
            first, last = reading.span(start, end)
            if edits and first < edits[-1].end:
                # the words taken in are another's already: leave them and replace the span alone
                first, last = reading.span(finding.start, finding.end)
                first, words = max(first, edits[-1].end), told
            if edits and _goes_on(reading.source, edits[-1], first, words):
                # a nickname or forename of its own before the surname, or a code in two parts: one label
                first, finding = edits[-1].start, edits.pop().finding
            if first < last:
                edits.append(_Edit(first, last, words, finding))
        return unlinked(reading.source, edits)

    def _find(
        self,
        passage: Passage,
        identities: Sequence[Identity],
        decisions: Sequence[Decision],
        *,
        named: bool,
    ) -> tuple[list[Finding], Cast]:
        """Every span to replace, in order, and who is who; spaCy's named entities count where `named`."""
        text, folded, kept = passage.text, passage.folded, passage.kept
        threshold = self.policy.threshold
        cast = Cast(identities)
        declared = _named(passage, list(self._declared(identities, cast)))
        guarded = [f for f in declared if is_protected(f, cast)]
        # one person's words do not take the place of somebody who is protected for life
        alone = [d for d in decisions if d.replacement and not d.seconded]
        others = [d for d in decisions if d.seconded or not d.replacement]
        by_one = [f for f in decided(text, folded, alone, ("add",)) if not any(_overlap(f, name) for name in guarded)]
        fixed = [*declared, *by_one, *decided(text, folded, others, ("add",))]
        untouchable = sorted([m.span() for m in LABEL.finditer(text)] + _chosen_names(text, folded, identities))
        rejected = [(f.start, f.end) for f in decided(text, folded, decisions, ("reject",))]
        seen = self._analyze(passage, self._replaced, named=named)
        seen = [f for f in seen if not any(s <= f.start and f.end <= e for s, e in rejected)]
        fixed = _outside_dates(fixed, [f for f in seen if f.entity in _RECKONED and f.score >= threshold])
        fixed = _with_kinds(text, fixed, seen) + told_apart(text, fixed, seen)
        chosen = resolve(text, [*fixed, *seen], threshold, kept, untouchable, passage.likelihood)
        cast.meet(_mentions(text, chosen))
        if "propagation" not in self._without:
            again = _named(passage, [*_met(cast), *_things(text, chosen)])
            if "misspellings" not in self._without:
                again += misspellings(text, cast)
            again = [f for f in again if not any(s <= f.start and f.end <= e for s, e in rejected)]
            chosen = resolve(text, [*fixed, *seen, *again], threshold, kept, untouchable, passage.likelihood)
        contacts = [f for f in seen if f.entity is Entity.CONTACT and f.score >= threshold]
        return resolve(text, gone_whole(text, chosen, contacts), 0.0), cast

    def _declared(self, identities: Sequence[Identity], cast: Cast) -> Iterator[Searched]:
        """What to look for because the register declares it; the recognizers say what kind of place or organisation it is."""
        for form, person in cast.forms():
            yield Searched(form, Entity.PERSON, DECLARED, "register", f"person:{person.id}", declared=True)
        for identity in identities:
            if identity.born:
                for form in (form for form in born_forms(identity.born) if form.strength is Strength.STRONG):
                    yield Searched(form, Entity.DATE, DECLARED, "register", "birth", declared=True)
            if identity.kind is Kind.PERSON:
                continue
            entity = {Kind.CODE: Entity.CODE, Kind.ORGANISATION: Entity.ORGANISATION, Kind.PLACE: Entity.PLACE}[
                identity.kind
            ]
            alike = {entity, Entity.CONTACT} if entity is Entity.CODE else {entity, Entity.ADDRESS}
            seen = [f for f in self._analyze(Passage(identity.names[0]), self._replaced) if f.entity in alike]
            best = max(seen, key=lambda f: (f.end - f.start, f.score), default=None)
            for form in forms_of(identity):
                yield Searched(
                    form,
                    best.entity if best else entity,
                    DECLARED,
                    "register",
                    best.kind if best else "",
                    declared=True,
                )

    def _passage(self, text: str) -> Passage:
        """A text to read; the tagger begins at once, in the background."""
        if not self._tagged:
            return Passage(text)
        self._tagged.begin(text)
        return Passage(text, self._tagged.words)

    def _analyze(self, passage: Passage, entities: list[str], *, named: bool = False) -> list[Finding]:
        if not entities:
            return []
        text = passage.text
        artifacts = self._nlp.process_text(text if named else "", "en")
        document: Any = artifacts.tokens
        document.passage = passage
        results: list[RecognizerResult] = self._analyzer.analyze(
            text, "en", entities, score_threshold=0.0, nlp_artifacts=artifacts
        )
        return [
            Finding(
                r.start,
                r.end,
                Entity(r.entity_type),
                r.score,
                r.recognition_metadata["source"],
                r.recognition_metadata["kind"],
            )
            for r in results
            if r.entity_type in entities
        ]

    def _tell(
        self, text: str, chosen: Sequence[Finding], cast: Cast, anchor: Anchor | None, decisions: Sequence[Decision]
    ) -> list[str]:
        """What replaces each span."""
        timeline = Timeline(text, chosen, anchor, self.policy.dates, born=cast.born)
        given = [
            label or timeline.tell(f) for f, label in zip(chosen, labels(text, chosen, cast, decisions), strict=True)
        ]
        told = [(text[f.start : f.end], label) for f, label in zip(chosen, given, strict=True)]
        wishes = wished(told, decisions)
        guarded = [f.source.startswith(SOURCE) or is_protected(f, cast) for f in chosen]
        if any(guarded):
            by_two = wished(told, [d for d in decisions if d.seconded])
            wishes = [two if kept else one for one, two, kept in zip(wishes, by_two, guarded, strict=True)]
        return [wish or worded(text, f, label) for f, label, wish in zip(chosen, given, wishes, strict=True)]

    def _write(self, part: int, text: str, detections: Iterable[Detection]) -> str:
        """Put the replacements in with Presidio's anonymizer: every span is a kind of its own, so none are merged."""
        mine = [d for d in detections if d.part == part]
        if not mine:
            return text
        spans = [Span(f"D{n}", d.start, d.end, d.score) for n, d in enumerate(mine)]
        operators = {f"D{n}": OperatorConfig("relabel", {"label": d.replacement}) for n, d in enumerate(mine)}
        return self._anonymizer.anonymize(text, spans, operators, merge_entities_with_spaces=False).text


class _NoContext(ContextAwareEnhancer):
    """Leaves scores alone: our recognizers look at the words around a finding themselves, with no lemmas needed."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """The results as they are."""
        return raw_results


def _chosen_names(text: str, folded: Folded, identities: Sequence[Identity]) -> list[tuple[int, int]]:
    """Where names stand that families chose to be public, unless the register declares the same words for another."""
    declared = {form.text for identity in identities for form in forms_of(identity)}
    names = {fold_text(i.published_as).strip() for i in identities if i.published_as} - declared
    words = [Searched(Form(name, Strength.STRONG, "decided"), Entity.OTHER, DECLARED, "register") for name in names]
    return [(f.start, f.end) for f in occurrences(text, folded, words)]


def _with_kinds(text: str, fixed: Sequence[Finding], seen: Sequence[Finding]) -> list[Finding]:
    """Declared organisations whose name alone does not tell their kind get the kind that the text tells where one stands."""
    untold = {fold_text(text[f.start : f.end]) for f in fixed if f.entity is Entity.ORGANISATION and not f.kind}
    if not untold:
        return list(fixed)
    kinds: dict[str, str] = {}
    told = sorted(
        (f for f in seen if f.entity is Entity.ORGANISATION and f.kind not in ("", "Organisation")),
        key=lambda f: f.start,
    )
    for finding in fixed:
        name = fold_text(text[finding.start : finding.end])
        if name in untold and name not in kinds:
            kind = next((t.kind for t in told if t.start < finding.end and finding.start < t.end), None)
            if kind:
                kinds[name] = kind
    return [
        replace(f, kind=kinds.get(fold_text(text[f.start : f.end]), ""))
        if f.entity is Entity.ORGANISATION and not f.kind
        else f
        for f in fixed
    ]


_RECKONED = frozenset({Entity.DATE, Entity.AGE, Entity.QUANTITY})
_BESIDES = 8
"""So many findings at most begin between the beginning of a date and a word of it."""


def _outside_dates(fixed: Sequence[Finding], reckoned: Iterable[Finding]) -> list[Finding]:
    """What was declared or decided, but for parts of a date or number that is found whole.

    "March" of "3 March 2020" is no Ms March, and "August" that a person added does not cut "2 August" in two.
    """
    known = sorted(reckoned, key=lambda f: f.start)

    def is_part(finding: Finding) -> bool:
        first = bisect_right(known, finding.start, key=lambda f: f.start)
        return any(
            f.entity is (finding.entity if finding.source == "decision" else Entity.DATE)
            and finding.end <= f.end
            and f.span != finding.span
            for f in known[max(0, first - _BESIDES) : first]
        )

    return [f for f in fixed if not is_part(f)]


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _meets(finding: Finding, chosen: Sequence[Finding]) -> bool:
    """Whether a finding meets one of those chosen, which are sorted and do not overlap."""
    index = bisect_right(chosen, finding.start, key=lambda other: other.end)
    return index < len(chosen) and chosen[index].start < finding.end


def _named(passage: Passage, searched: Sequence[Searched]) -> list[Finding]:
    """Everywhere that something to look for is, as words of its own or inside a longer word."""
    text, folded = passage.text, passage.folded
    return [*occurrences(text, folded, searched), *names_in_words(text, folded, searched, passage.kept)]


def _mentions(text: str, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The people whom findings name, in words that the cast can read: it knows whom the register declares, however run together."""
    people = (f for f in findings if f.entity is Entity.PERSON and f.source != f"register{JOINED}")
    return [(text[f.start : f.end], f.kind) for f in people]


def _met(cast: Cast) -> Iterator[Searched]:
    """What to look for because the text itself names people."""
    for form, person in cast.forms():
        if not person.declared:
            score = 0.8 if form.strength is Strength.STRONG else 0.6
            yield Searched(form, Entity.PERSON, score, "propagation", f"person:{person.id}")


def _things(text: str, findings: Sequence[Finding]) -> Iterator[Searched]:
    """What to look for because a place, an organisation or a code stands elsewhere in the text."""
    for finding in findings:
        kind = {
            Entity.PLACE: Kind.PLACE,
            Entity.ADDRESS: Kind.PLACE,
            Entity.ORGANISATION: Kind.ORGANISATION,
            Entity.CODE: Kind.CODE,
        }.get(finding.entity)
        if kind is not None:
            for form in forms_of(Identity(kind, (text[finding.start : finding.end],))):
                if 3 < len(form.text) <= LONGEST_THING:
                    yield Searched(form, finding.entity, min(finding.score, 0.7), "propagation", finding.kind)


@dataclass(frozen=True)
class _Edit:
    """Words to write in the place of source[start:end]."""

    start: int
    end: int
    words: str
    finding: Finding


def _goes_on(source: str, last: _Edit, start: int, words: str) -> bool:
    """Whether one label, of a person or of something removed, would stand there twice with a mere space between."""
    one = last.finding.entity is Entity.PERSON or words.endswith(" removed]")
    return one and last.words == words and source[last.end : start] == " "


@dataclass(frozen=True)
class _Written:
    """A source with its edits applied, and the way back."""

    text: str
    edits: Sequence[_Edit]

    def edit(self, start: int) -> _Edit | None:
        """The edit whose words stand at a place."""
        index = bisect_right(self._starts, start) - 1
        found = self.edits[index] if index >= 0 else None
        return found if found and start < self._starts[index] + len(found.words) else None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where a span that meets no edit stands in the source."""
        index = bisect_left(self._starts, start)
        shift = self._shifts[index]
        return start - shift, end - shift

    @cached_property
    def _shifts(self) -> list[int]:
        """How much longer the text has become before each edit, and after the last."""
        return [0, *accumulate(len(edit.words) - (edit.end - edit.start) for edit in self.edits)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each edit stands in the written text."""
        return [edit.start + shift for edit, shift in zip(self.edits, self._shifts, strict=False)]


def _apply(source: str, edits: Sequence[_Edit]) -> _Written:
    pieces, position = [], 0
    for edit in edits:
        pieces += [source[position : edit.start], edit.words]
        position = edit.end
    return _Written("".join([*pieces, source[position:]]), edits)


def _in_parts(edits: Sequence[_Edit], texts: Sequence[str]) -> list[Detection]:
    """The edits of the joined source as detections in its texts; one over a border is cut there."""
    detections: list[Detection] = []
    start, index = 0, 0
    for part, text in enumerate(texts):
        end = start + len(text)
        while index < len(edits) and edits[index].end <= start:
            index += 1
        for edit in (edits[number] for number in range(index, len(edits))):
            if edit.start >= end:
                break
            first, last, found = max(edit.start, start) - start, min(edit.end, end) - start, edit.finding
            if first < last:
                detections.append(
                    Detection(part, first, last, found.entity, round(found.score, 2), found.source, edit.words)
                )
        start = end + len(BREAK)
    return detections


def _accepted(
    text: str,
    folded: Folded,
    shown: Sequence[Finding],
    chosen: Sequence[Finding],
    decisions: Sequence[Decision],
) -> list[Finding]:
    """Words to replace because a person accepted a flag on them; accepting what is replaced anyway changes nothing."""
    accepted = decided(text, folded, decisions, ("accept",))
    if not accepted:
        return []
    flags = apart(text, shown, [(f.start, f.end) for f in chosen])
    words = {fold_text(text[a.start : a.end]) for a in accepted if _meets(a, flags)}
    return [a for a in accepted if fold_text(text[a.start : a.end]) in words]


def _taken(reading: Reading, edits: Sequence[_Edit]) -> list[tuple[int, int]]:
    """What of the text that was read is replaced, or stood there as a label; sorted."""
    edited = [span for edit in edits if (span := reading.back(edit.start, edit.end))]
    return sorted([*edited, *(m.span() for m in LABEL.finditer(reading.text))])


def _flags(
    reading: Reading,
    passage: Passage,
    shown: Iterable[Finding],
    taken: Sequence[tuple[int, int]],
    texts: Sequence[str],
) -> Iterator[Flag]:
    """What a person should look at, in the texts it stands in: nothing of it is replaced, and no label is in it."""
    for finding in apart(reading.text, shown, taken):
        if place := _place(reading, finding.start, finding.end, texts):
            likely = passage.likelihood(finding.start, finding.end)
            probability = None if likely is None else round(likely, 2)
            yield Flag(*place, finding.entity, finding.source, reason_of(finding), probability)


def _doubts(
    reading: Reading, passage: Passage, taken: Sequence[tuple[int, int]], flags: Sequence[Flag], texts: Sequence[str]
) -> Iterator[Doubt]:
    """What the tagger is not sure of, where nothing is replaced or flagged already."""
    flagged = {(f.part, position) for f in flags for position in range(f.start, f.end)}
    for start, end, kind, probability in uncertain(passage, taken):
        place = _place(reading, start, end, texts)
        if place and not any((place[0], position) in flagged for position in range(*place[1:])):
            yield Doubt(*place, kind, round(probability, 2))


def _place(reading: Reading, start: int, end: int, texts: Sequence[str]) -> tuple[int, int, int] | None:
    """Where a span of what was read stands: (part, start, end) in the texts as they were given; None over a border."""
    first, last = reading.span(start, end)
    begins = 0
    for part, text in enumerate(texts):
        if begins <= first and last <= begins + len(text):
            return part, first - begins, last - begins
        begins += len(text) + len(BREAK)
    return None


def _fit(text: str, finding: Finding, replacement: str) -> tuple[int, int, str]:
    """The span with the article or preposition before it where that must change, and the words that replace it."""
    before = text[max(0, finding.start - 16) : finding.start]
    if finding.entity is Entity.AGE:
        aged = age(before, text[finding.end : finding.end + 16], replacement)
        return (
            (finding.start - aged[0], finding.end + aged[1], aged[2])
            if aged
            else (finding.start, finding.end, replacement)
        )
    end = finding.end + repeated(text[finding.end : finding.end + 12], replacement)
    owner = possessive(text[finding.start : finding.end], before, text[finding.end : finding.end + 3])
    if owner is not None and replacement.startswith("["):
        return finding.start, finding.end + 1, replacement + owner
    mended = mend(before, replacement) if finding.entity is Entity.DATE else article(before, replacement)
    if mended:
        return finding.start - mended[0], end, mended[1]
    return finding.start, end, replacement
