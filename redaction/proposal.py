"""A register proposed for a review: who is in it, every way they are written, and who the text says that they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import regex

from redaction.data import load_yaml
from redaction.entities import ROLES, Entity
from redaction.findings import Finding, Origin, Source
from redaction.labels import LABEL
from redaction.lexicon.pattern_words import alternatives
from redaction.lexicon.titles import CUE_PATTERN, CUES
from redaction.names.parsing import Name, parse_name
from redaction.names.short_names import is_short_for
from redaction.names.similarity import one_slip_apart, same_person, without_title
from redaction.names.surface_forms import forms_of
from redaction.propagation.attribution import SUBJECT
from redaction.propagation.mentions import mention_at
from redaction.register import IdentityKind, Register
from redaction.results import Detection, Redaction
from redaction.text.folding import fold_text

VICTIM = "victim"

_MOST_CUES = 3
_CUE_REACH = 40
"""Characters before and after a name in which words may tell a role."""
_EARLY = ((6, "named first"), (3, "named second"))
"""What it weighs to be named early, in mentions."""
_HEADING = regex.compile(r"\p{Lu}{3,}, \p{Lu}|\p{Ll} \p{Lu}{3,}$")
_FAMILY = regex.compile(
    r"mother|mum|mam|father|dad|brother|sister|gran|nan|aunt|uncle|cousin|niece|nephew|sibling|in-law|parent"
)
_PARTNERS = regex.compile(r"partner|wife|husband|girlfriend|boyfriend|fianc|widow")
_CHILDREN = regex.compile(r"son|daughter|child|twin")
_POST = regex.compile(
    rf"(?i),[ ](?:(?:an?|the|his|her|their|then)[ ])?(?:(?P<cue>{CUE_PATTERN})(?=[,.;)]|[ ](?:for|at|in|of|who|with)\b|$)|(?P<head>head of)[ ])"
)
"""Somebody's post behind their name: "Ngozi Bright, his probation officer, …"."""
_AGE = regex.compile(r"[ ,(]{1,3}(?P<cue>aged?[ ](?:[0-9]|1[0-7]))\b(?![ ]?(?:months|weeks))")
"""A child's age behind a name: "Alfie Bright, aged 6"."""
_POSTS = {cue.casefold(): role for cue, role in CUES.items()}
_KINDS = {Entity.PLACE: "places", Entity.ADDRESS: "places", Entity.ORGANISATION: "organisations", Entity.CODE: "codes"}


@dataclass(frozen=True)
class Written:
    """A way in which a review writes somebody or something: the words, how often, and where first (part, start, end)."""

    words: str
    count: int
    first: tuple[int, int, int]


@dataclass(frozen=True)
class ProposedPerson:
    """Somebody in a review whom its register does not declare, or declares without all the ways in which they are written.

    `label` is their present public label. `role` may be theirs, "" where nothing tells it; `why` says what tells it, in plain words.
    `declared` is the position in the register of whom these may be further names of.
    """

    label: str
    names: tuple[Written, ...]
    role: str = ""
    why: str = ""
    declared: int | None = None

    @property
    def count(self) -> int:
        """How often they are mentioned."""
        return sum(name.count for name in self.names)

    @property
    def preset_role(self) -> str:
        """The role that a form may have chosen beforehand: none that says something false of somebody where it is wrong."""
        return "" if self.role in (SUBJECT, VICTIM) else self.role

    @property
    def hint(self) -> str:
        """What is suggested in words alone, for a person to say; "" where nothing is."""
        return f"Perhaps the {ROLES[self.role].label.lower()}: {self.why}." if self.role in (SUBJECT, VICTIM) else ""


@dataclass(frozen=True)
class Likeness:
    """Two people, by their labels, who may be one; `why` in plain words."""

    one: str
    other: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """What a register of a review would have to declare beyond what it declares: the most mentioned first.

    `unsure` are words that can mean several people, with the labels of these. `roles` are suggested for people whom the register
    declares without one, by their position in it.
    """

    people: tuple[ProposedPerson, ...]
    places: tuple[Written, ...]
    organisations: tuple[Written, ...]
    codes: tuple[Written, ...]
    likenesses: tuple[Likeness, ...]
    unsure: tuple[tuple[Written, tuple[str, ...]], ...]
    roles: Mapping[int, str]

    def alike(self, label: str) -> Iterator[tuple[str, str]]:
        """Who may be the same person as whoever bears a label: their label, and why."""
        for likeness in self.likenesses:
            if label in (likeness.one, likeness.other):
                yield likeness.other if label == likeness.one else likeness.one, likeness.why


def propose_register(texts: Sequence[str], redaction: Redaction, register: Register | None = None) -> Proposal:
    """Everybody and everything that a redaction found and the register does not declare.

    Args:
        texts: the texts as they went into the redaction.
        redaction: what came out, with that register.
        register: what is declared so far.
    """
    register = register or Register()
    people: dict[str, list[Detection]] = {}
    things: dict[str, list[Detection]] = {kind: [] for kind in _KINDS.values()}
    for detection in redaction.detections:
        label = next(iter(LABEL.findall(detection.replacement)), "")
        if detection.entity is Entity.PERSON and _role_of(label):
            people.setdefault(label, []).append(detection)
        elif detection.entity in _KINDS and not _is_declared(detection):
            things[_KINDS[detection.entity]].append(detection)
    proposed = [_person(texts, label, found, register) for label, found in people.items()]
    undeclared = _with_subject(texts, [person for person in proposed if person], register)
    undeclared.sort(key=lambda person: (-person.count, person.label))
    return Proposal(
        tuple(undeclared),
        **{kind: _written(texts, found) for kind, found in things.items()},
        likenesses=tuple(_likenesses(undeclared)),
        unsure=tuple(_unsure(texts, redaction)),
        roles=dict(_roles_of_declared(texts, people, register)),
    )


def _role_of(label: str) -> str | None:
    """The role of whom a label means, "[Victim 2]" or "[Person on probation]"; None for "[person]" and that of a family."""
    name = label.strip("[]").rstrip("0123456789 ")
    return next((role for role, known in ROLES.items() if known.label == name), None)


def _is_declared(detection: Detection) -> bool:
    return detection.source.partition(":")[0] == Origin.REGISTER


def _written(texts: Sequence[str], found: Iterable[Detection]) -> tuple[Written, ...]:
    """Each way of writing once, by its most frequent spelling; the longest first, titles aside."""
    spellings: dict[str, Counter[str]] = {}
    first: dict[str, tuple[int, int, int]] = {}
    for detection in found:
        words = " ".join(texts[detection.part][detection.start : detection.end].split())
        key = fold_text(words).strip()
        spellings.setdefault(key, Counter())[words] += 1
        first.setdefault(key, (detection.part, detection.start, detection.end))
    ways = [
        Written(counted.most_common(1)[0][0], counted.total(), first[key]) for key, counted in spellings.items() if key
    ]
    return tuple(sorted(ways, key=lambda way: (-len(without_title(way.words).split()), -way.count, way.words)))


def _person(texts: Sequence[str], label: str, found: Sequence[Detection], register: Register) -> ProposedPerson | None:
    """Who bears a label, with what is not declared of them; None where all is."""
    new = [detection for detection in found if not _is_declared(detection)]
    names = _written(texts, new)
    if not names:
        return None
    if len(new) < len(found):
        known = [texts[d.part][d.start : d.end] for d in found if _is_declared(d)]
        declared = _position(register, known)
        return ProposedPerson(label, names, declared=declared) if declared is not None else None
    role, why = _role(texts, label, found)
    ages = (_AGE.match(texts[d.part], d.end, d.end + _CUE_REACH) for d in found)
    if role in ("", "family-member") and (age := next(filter(None, ages), None)):
        role, why = "child", f"beside the name: “{age['cue']}”"
    return ProposedPerson(label, names, role, why)


def _roles_of_declared(
    texts: Sequence[str], people: Mapping[str, Sequence[Detection]], register: Register
) -> Iterator[tuple[int, str]]:
    """A role for whoever is declared as somebody, and no more; none that a form may not have chosen beforehand."""
    for label, found in people.items():
        known = [texts[d.part][d.start : d.end] for d in found if _is_declared(d)]
        place = _position(register, known) if known else None
        role = _role(texts, label, found)[0]
        if place is not None and register.people[place].role == "other" and role not in ("", SUBJECT, VICTIM):
            yield place, role


def _position(register: Register, written: Sequence[str]) -> int | None:
    """Which person of a register is written so in most of these ways; None where two are alike."""
    people = [i for i in register.identities() if i.kind is IdentityKind.PERSON]
    words = {fold_text(one).strip() for one in written}
    alike = [len(words & {form.text for form in forms_of(identity)}) for identity in people]
    most = max(alike, default=0)
    return alike.index(most) if most and alike.count(most) == 1 else None


# --- who somebody is


@cache
def _cues() -> Mapping[str, tuple[regex.Pattern[str], regex.Pattern[str]]]:
    """For each role that words tell: the patterns of what comes before a name and after it."""

    def patterns(told: Mapping[str, Sequence[str]]) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
        before = rf"(?i)(?<![\p{{L}}])(?P<cue>{alternatives(told['before'])})[ ](?:(?:the[ ])?(?:late[ ])?)$"
        after = (
            rf"(?i)(?:[ ](?P<cue>{alternatives(told['after'])})|(?:['’]s?|(?<=s)['’])[ ](?:\p{{L}}+[ ])?(?P<theirs>{alternatives(told['of theirs'])}))"
            r"(?![\p{L}])"
        )
        return regex.compile(before), regex.compile(after)

    return {role: patterns(told) for role, told in load_yaml("role_evidence.yml").items()}


def _role(texts: Sequence[str], label: str, found: Sequence[Detection]) -> tuple[str, str]:
    """The role that the text suggests, and what tells it; "" where nothing does."""
    named = _role_of(label)
    if named and named != "other":
        return named, f"the words beside the name say {ROLES[named].label.lower()}"
    told: Counter[str] = Counter()
    words: dict[str, dict[str, None]] = {}
    for detection in found:
        for role, cue in _cues_beside(texts[detection.part], detection):
            told[role] += 1
            words.setdefault(role, {})[f"“{cue}”"] = None
    if not told:
        return "", ""
    role = max(told, key=lambda one: (told[one], one == VICTIM, ROLES[one].staff))
    return role, f"beside the name: {', '.join(list(words[role])[:_MOST_CUES])}"


def _cues_beside(text: str, detection: Detection) -> Iterator[tuple[str, str]]:
    start, end = detection.start, detection.end
    for role, (before, after) in _cues().items():
        told = before.search(text, max(0, start - _CUE_REACH), start) or after.match(text, end, end + _CUE_REACH)
        if told:
            yield role, " ".join((told["cue"] or told["theirs"]).split())
    if post := _POST.match(text, end, end + _CUE_REACH):
        role = "manager" if post["head"] else _POSTS[post["cue"].casefold()]
        if ROLES[role].staff:
            yield role, post["head"] or post["cue"]
    kin = mention_at(text, Finding(start, end, Entity.PERSON, 1.0, Source(Origin.PEOPLE))).kin
    for role, pattern in (("partner", _PARTNERS), ("family-member", _FAMILY), ("child", _CHILDREN)):
        if kin and pattern.search(kin):
            yield role, kin
            return


def _with_subject(texts: Sequence[str], people: Sequence[ProposedPerson], register: Register) -> list[ProposedPerson]:
    """The people again, with one at most who may be whom the review is about, where the register does not say."""
    if any(person.role == SUBJECT for person in register.people):
        return [replace(p, role="", why="") if p.role == SUBJECT else p for p in people]
    new = [p for p in people if p.declared is None and p.role in ("", SUBJECT)]
    told = {person.label: list(_signs_of_subject(texts, place, person)) for place, person in enumerate(new)}
    subject = max(new, key=lambda p: p.count + sum(weight for weight, _ in told[p.label]), default=None)
    often = max((p.count for p in new), default=0)
    return [
        replace(p, role=SUBJECT, why="; ".join(_reasons(p, often, told[p.label])))
        if p is subject
        else replace(p, role="", why="")
        if p.role == SUBJECT
        else p
        for p in people
    ]


def _signs_of_subject(texts: Sequence[str], place: int, person: ProposedPerson) -> Iterator[tuple[int, str]]:
    """What speaks for somebody as the person on probation, each with how many mentions it weighs; `place` is their turn in the text."""
    if place < len(_EARLY):
        yield _EARLY[place]
    if any(_HEADING.search(texts[part][start:end]) for part, start, end in (name.first for name in person.names)):
        yield 3, "surname in capitals, as a report is headed"
    if person.role == SUBJECT:
        yield 4, person.why


def _reasons(person: ProposedPerson, often: int, signs: Iterable[tuple[int, str]]) -> Iterator[str]:
    if person.count == often:
        yield f"named {person.count} times, more than others" if often > 1 else "named once, as others are"
    yield from (words for _, words in signs)


# --- what only a person can say


def _likenesses(people: Sequence[ProposedPerson]) -> Iterator[Likeness]:
    """Pairs of people whose names can be one person's."""
    for one, other in combinations(people, 2):
        why = next(
            (
                said
                for name in one.names
                for alike in other.names
                if (said := _why_alike(parse_name(name.words), parse_name(alike.words)))
            ),
            "",
        )
        if why:
            yield Likeness(one.label, other.label, why)


def _why_alike(one: Name, other: Name) -> str:
    short, long = sorted((one, other), key=lambda name: len(name.words))
    if not short.words or not long.words:
        return ""
    word = short.words[0]
    if same_person(one, other):
        return "the names differ by a slip, a short form or an initial"
    if len(short.words) > 1:
        return ""
    if len(long.words) == 1:
        return "one name is the other with a slip or in short" if _one_in_short(word, long.words[0]) else ""
    if word in long.words:
        return f"both bear the name {word.title()}"
    if any(_one_in_short(word, part) for part in long.words):
        return "one name is a part of the other, with a slip or in short"
    initials = "".join(part[0] for part in long.words)
    return "the letters are the other's initials" if len(word) > 1 and word == initials else ""


def _one_in_short(one: str, other: str) -> bool:
    return one_slip_apart(one, other) or is_short_for(one, other) or is_short_for(other, one)


def _unsure(texts: Sequence[str], redaction: Redaction) -> Iterator[tuple[Written, tuple[str, ...]]]:
    """Each question once: the words, and whom they can mean."""
    asked: dict[tuple[str, tuple[str, ...]], list[tuple[int, int, int]]] = {}
    for question in redaction.questions:
        words = texts[question.part][question.start : question.end]
        asked.setdefault((words, question.labels), []).append((question.part, question.start, question.end))
    for (words, labels), places in asked.items():
        yield Written(words, len(places), places[0]), labels
