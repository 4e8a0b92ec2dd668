"""Whether a redacted text is still true: of whom it speaks, when things were, and how many.

Shares of what is wrong (less is better), but for roles: measured where marks say who (`{P:victim|Ada}`) and when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from redaction.entities import ROLES, Entity
from redaction.evaluation.figures import Tally
from redaction.evaluation.marked import NEUTRAL, RECURRING, GoldMark, MarkedText
from redaction.evaluation.told_dates import Days, days_of_value, days_told, overlap
from redaction.labels import ANOTHER_NAME, LABEL, SOMEBODY, is_of_family
from redaction.lexicon.numbers import NUMBER
from redaction.names.surface_forms import forms_of
from redaction.register import IdentityKind, Register
from redaction.results import Detection, Redaction
from redaction.text.folding import fold_text

PEOPLE_TOGETHER = "+"
"""Between the ids of people who are named together ("the Byrons"): such a mention has no label of its own."""

_NUMBER = regex.compile(rf"(?<![\w.])(?:(?:\d[\d.,:/]*\d|\d)(?!\d)|{NUMBER}(?!\w))", regex.I)


@dataclass(frozen=True)
class Falsehood:
    """A mention that the public text tells wrongly: what is wrong with it, its words, and what is told in their place."""

    measure: str
    words: str
    told: str
    context: str


@dataclass(frozen=True)
class _Mention:
    """A marked mention and what replaces it; `told` is "" where nothing does."""

    part: int
    mark: GoldMark
    words: str
    entities: frozenset[Entity]
    told: str

    @property
    def label(self) -> str | None:
        """The label of one person that is told, where it is one; a neutral one ("[family]", "[person]") is nobody's."""
        labels = LABEL.findall(self.told)
        known = self.told.strip() if not labels and Entity.PERSON in self.entities else None
        neutral = len(labels) != 1 or labels[0] in (ANOTHER_NAME, SOMEBODY) or is_of_family(labels[0])
        return known if neutral else labels[0]


def truth_tally(document: MarkedText, redaction: Redaction) -> Tally:
    """The counts of one document: measure → (how many are wrong, or right for "roles"; of how many)."""
    mentions = list(_mentions(document, redaction))
    people = [m for m in mentions if _is_of_one(m) and m.label]
    wrong = Counter(falsehood.measure for falsehood in _falsehoods(document, redaction, mentions))
    labels = _labels_told(mentions)
    times = Counter(m.mark.value for m in people)
    numbers = sum(len(found) for found in _numbers(document))
    dates = [m for m in mentions if _is_dated(m) and (m.told or m.mark.value == RECURRING)]
    return {
        "false.people": (wrong["false.people"], len(people)),
        "split.people": (sum(len(told) > 1 for told in labels.values()), sum(n > 1 for n in times.values())),
        "false.dates": (wrong["false.dates"], len(dates)),
        "false.kinds": (wrong["false.kinds"], sum(bool(m.told) for m in mentions)),
        "destroyed.numbers": (wrong["destroyed.numbers"], numbers),
        **_roles(document.register, people),
    }


def falsehoods(document: MarkedText, redaction: Redaction) -> Iterator[Falsehood]:
    """Everything in one document that the public text tells wrongly, but for people under two labels and roles."""
    return _falsehoods(document, redaction, list(_mentions(document, redaction)))


def _falsehoods(document: MarkedText, redaction: Redaction, mentions: Sequence[_Mention]) -> Iterator[Falsehood]:
    owners = _owners(mentions)

    def told(measure: str, mention: _Mention) -> Falsehood:
        around = _context(document.texts[mention.part], mention.mark.start, mention.mark.end)
        return Falsehood(measure, mention.words, mention.told, around)

    for mention in mentions:
        if _is_of_one(mention) and mention.label and owners[mention.label] != mention.mark.value:
            yield told("false.people", mention)
        if _is_dated(mention) and _is_false_date(mention, document):
            yield told("false.dates", mention)
        if mention.told and _is_false_kind(mention):
            yield told("false.kinds", mention)
    yield from _destroyed_numbers(document, redaction)


def _destroyed_numbers(document: MarkedText, redaction: Redaction) -> Iterator[Falsehood]:
    for part, (text, numbers) in enumerate(zip(document.texts, _numbers(document), strict=True)):
        taken = [d for d in redaction.detections if d.part == part]
        for start, end in numbers:
            number = text[start:end]
            met = (d for d in taken if d.start < end and start < d.end)
            changed = next((d for d in met if number not in d.replacement), None)
            if changed:
                yield Falsehood("destroyed.numbers", number, changed.replacement, _context(text, start, end))


def _context(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - 60) : end + 40].split())


def split_people(document: MarkedText, redaction: Redaction) -> dict[str, frozenset[str]]:
    """Everybody who is told under more than one label: id → labels."""
    return {who: told for who, told in labels_of_people(document, redaction).items() if len(told) > 1}


def labels_of_people(document: MarkedText, redaction: Redaction) -> dict[str, frozenset[str]]:
    """Everybody who is told under a label: id → labels."""
    return {who: frozenset(told) for who, told in _labels_told(_mentions(document, redaction)).items()}


def _labels_told(mentions: Iterable[_Mention]) -> dict[str, set[str]]:
    """Under which labels everybody is told: id → labels."""
    labels: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if _is_of_one(mention) and mention.label:
            labels[mention.mark.value].add(mention.label)
    return labels


def _mentions(document: MarkedText, redaction: Redaction) -> Iterator[_Mention]:
    for part, (text, marks) in enumerate(zip(document.texts, document.marks, strict=True)):
        replaced = [d for d in redaction.detections if d.part == part]
        for mark in marks:
            met = [d for d in replaced if d.start < mark.end and mark.start < d.end]
            yield _Mention(
                part,
                mark,
                text[mark.start : mark.end],
                frozenset(d.entity for d in met),
                _replacement(text, mark, met),
            )


def _replacement(text: str, mark: GoldMark, met: list[Detection]) -> str:
    """What a reader sees in place of a mark, with the words of it that stay; "" where nothing is replaced."""
    if not met:
        return ""
    pieces, position = [], mark.start
    for detection in met:
        pieces += [text[position : max(position, detection.start)], detection.replacement]
        position = detection.end
    return "".join((*pieces, text[position : max(position, mark.end)]))


def _is_of_one(mention: _Mention) -> bool:
    """Whether a mark says which one person is meant."""
    value = mention.mark.value
    return mention.mark.kind == "P" and bool(value) and PEOPLE_TOGETHER not in value


def _is_dated(mention: _Mention) -> bool:
    return mention.mark.kind in ("D", NEUTRAL) and bool(mention.mark.value)


def _owners(mentions: Sequence[_Mention]) -> dict[str, str]:
    """Whose each label is, by most of its mentions."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if _is_of_one(mention) and mention.label:
            told[mention.label][mention.mark.value] += 1
    return {label: people.most_common(1)[0][0] for label, people in told.items()}


def _is_false_date(mention: _Mention, document: MarkedText) -> bool:
    if not mention.told:
        return False
    if mention.mark.value == RECURRING:
        return Entity.DATE in mention.entities
    days: Days | None = days_told(mention.told, document.anchor.date if document.anchor else None)
    return days is not None and not overlap(days, days_of_value(mention.mark.value))


def _is_false_kind(mention: _Mention) -> bool:
    """A person told as a place, a body or a date, or the other way round."""
    if mention.mark.kind == "P":
        return not mention.entities & {Entity.PERSON, Entity.CONTACT, Entity.OTHER, Entity.CODE}
    return mention.mark.kind in ("L", "O", "D") and mention.entities == {Entity.PERSON}


def _numbers(document: MarkedText) -> Iterator[list[tuple[int, int]]]:
    """Where the numbers are that no mark covers, text by text."""
    for text, marks in zip(document.texts, document.marks, strict=True):
        yield [
            match.span()
            for match in _NUMBER.finditer(text)
            if not any(mark.start < match.end() and match.start() < mark.end for mark in marks)
        ]


def _roles(register: Register | None, people: list[_Mention]) -> Tally:
    """How often somebody declared is told in the declared role, or by the name that the family chose."""
    if register is None:
        return {}
    expected: dict[str, set[str]] = defaultdict(set)
    for identity in register.identities():
        if identity.kind is IdentityKind.PERSON:
            label = identity.published_as or ROLES[identity.role].label
            for form in forms_of(identity):
                expected[form.text].add(label)
    whose: dict[str, set[str]] = defaultdict(set)
    for mention in people:
        whose[mention.mark.value] |= expected.get(fold_text(mention.words).strip(), set())
    judged = [m for m in people if len(whose[m.mark.value]) == 1]
    right = sum((m.label or "").strip("[]").startswith(next(iter(whose[m.mark.value]))) for m in judged)
    return {"roles": (right, len(judged))}
