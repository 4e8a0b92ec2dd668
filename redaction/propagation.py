"""Seen once, masked in every form: who is in a text, and everywhere that they and other names stand again."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import ahocorasick
import regex
from rapidfuzz.distance import OSA

from redaction.entities import ROLES, Entity
from redaction.findings import DECLARED, Finding
from redaction.forms import (
    PARTICLES,
    Folded,
    Form,
    Name,
    Strength,
    finder_of_names,
    fold_text,
    forms_of,
    is_day_written,
    parse_name,
    written_as_initials,
)
from redaction.gazetteer import towns
from redaction.lexicon import is_common, is_kept, is_proper
from redaction.register import Identity, Kind
from redaction.titles import TITLE_PATTERN, TITLE_WORDS, gender_of

_GAP = regex.compile(r"(?:\s|[>*_~`])*(?:[-–'’.,/_@&+]|\\[-.,'])?(?:\s|[>*_~`])*")
_VERB_AFTER = regex.compile(
    r"(?:['’]s\b|,[ ]|[ ](?:was|is|had|has|did|does|said|told|went|came|felt|saw|knew|gave|took|made|left|rang|wrote|met|got|and(?=[ ]\p{Lu})|who|"
    r"(?!need)\p{Ll}+ed|\p{Ll}{2,}s(?=[ ](?:an?|the|his|her|their|him|them|it|up|out|back|no|not)[ ]))\b)"
)
_DOT_ENDS = regex.compile(r"\.(?:['’]|[ ]\p{Ll}|[,;:)])")
_LONG_NAME = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]{4,}")
_TERM_AFTER = regex.compile(
    r"[ ](?:Court|Offender|Office|Justice|Report|Plan|Order|Team|Service|People|Person|Adults?|Street|Road)\b"
)
_COURT_BEFORE = regex.compile(r"(?:Crown|Magistrates['’]?|County|Youth|High|Family|Supreme)[ ]$")
_HEADING = regex.compile(r"[ \t>]*#+[ \t]")
_CELL_ENDS = regex.compile(r"\W*(?:\n|\||$).*", regex.S)
_BETWEEN = regex.compile(r"(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]+(?=[\p{L}\p{N}])")
_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_INITIAL_LAST = regex.compile(r"(?:^|[^\p{L}])\p{L}$")
_THREE_LETTERS = regex.compile(r"\p{L}{3,}")
_SPACED = regex.compile(r"(?:[\p{L}\p{N}]\p{M}*+[ ./_-]?)+")
_TITLE_BEFORE = regex.compile(rf"(?<![\p{{L}}\d])(?:(?:{TITLE_PATTERN})[ ])+$")
_SENTENCE_START = regex.compile(r"(?:^|[.!?:;]['\"’”)]*\s+|\n\s*(?:[-*>#|\d.]+\s*)*|\|\s*|[\"“‘]\s*)$")


SINGLE_NAMES = ("surname", "given", "nickname")
"""The kinds of form that are one name of a person, written alone."""

LONGEST_NAME = 12
"""Words; a longer run of capitals is masked where it stands, and is nobody to look for again."""


@dataclass
class Person:
    """Somebody in the text: declared by the register, or met in it."""

    id: int
    role: str = "other"
    names: list[Name] = field(default_factory=list)
    identity: Identity | None = None
    gender: str | None = None
    forms: tuple[Form, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether the register names this person."""
        return self.identity is not None


class Cast:
    """Everybody in one text, each once."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self.people: list[Person] = []
        self._by_form: dict[str, list[int]] = {}
        self._by_surname: dict[str, list[int]] = {}
        for identity in identities:
            if identity.kind is Kind.PERSON:
                person = Person(len(self.people), identity.role, [parse_name(n) for n in identity.names], identity)
                self.people.append(person)
                self._learn(person, forms_of(identity))

    def meet(self, mentions: Sequence[tuple[str, str]]) -> None:
        """Make everyone mentioned somebody of the cast; a mention is (name, role or "").

        Full names come first, so that single ones find their person; the first role that the text gives stays.
        """
        for written, role in sorted(dict.fromkeys(mentions), key=lambda mention: -len(parse_name(mention[0]).words)):
            name = parse_name(written)
            if not 0 < len(name.words) <= LONGEST_NAME:
                continue
            person = self.who(written)
            if person is None:
                person = Person(len(self.people), names=[name], gender=_gender(written))
                self.people.append(person)
                self._learn(person, forms_of(Identity(Kind.PERSON, (_without_title(written),))))
            if role in ROLES and person.role == "other" and not person.declared:
                person.role = role

    def who(self, written: str, recent: Sequence[int] = ()) -> Person | None:
        """The person that a written name means; of several, the one mentioned last (`recent`, newest last)."""
        name, gender = parse_name(written), _gender(written)
        if not name.words:
            return None
        exact = self._by_form.get(" ".join(name.words)) or self._by_form.get(fold_text(written).strip()) or []
        found = [self.people[i] for i in exact if _agree(gender, self.people[i].gender)]
        if not found and name.surname:
            near = {i for key in _near_keys(name) for i in self._by_surname.get(key, ())}
            alike = [self.people[i] for i in sorted(near)]
            found = [p for p in alike if any(_same(name, known) for known in p.names) and _agree(gender, p.gender)]
            if found:
                self._learn(found[0], forms_of(Identity(Kind.PERSON, (_without_title(written),))))
        if not found and (len(name.words) == 1 or name.words[0] in PARTICLES):
            found = self._misspelt(" ".join(name.words), gender)
        if not found:
            return None
        found = [p for p in found if p.declared] or found
        if gender and len(name.words) == 1:
            found = self._called(name.words[0], gender, found)
        person = found[0]
        if len(found) > 1:
            person = next((p for i in reversed(recent) for p in found if p.id == i), person)
        person.gender = person.gender or gender
        return person

    def _called(self, surname: str, gender: str, bearers: list[Person]) -> list[Person]:
        """Of those whom "Mr Hughes" can mean, whom a review calls so: whom it is about before their family.

        "Mr Tapley" is Graham Tapley rather than Lorraine Tapley-Dunn.
        """
        whole = [p for p in bearers if any(n.surname == surname for n in p.names)] or bearers
        return [p for p in whole if p.role == "person-on-probation" and p.gender in (gender, None)] or whole

    def _misspelt(self, word: str, gender: str | None) -> list[Person]:
        """The declared person of whom one name alone is written with a slip ("Mr Whitlok")."""
        for person in self.people:
            known = (f.text for f in person.forms if f.kind in SINGLE_NAMES)
            if person.declared and _agree(gender, person.gender) and any(_slip(word, text) for text in known):
                return [person]
        return []

    @property
    def born(self) -> frozenset[dt.date]:
        """The declared days of birth, each also a century on: two figures for a year may be read so."""
        days = {person.identity.born for person in self.people if person.identity and person.identity.born}
        return frozenset(days) | {day.replace(year=day.year + 100) for day in days if day.year < 1950}

    def forms(self) -> Iterator[tuple[Form, Person]]:
        """Every form of everybody, with whose it is first."""
        for person in self.people:
            for form in person.forms:
                yield form, person

    def _learn(self, person: Person, forms: tuple[Form, ...]) -> None:
        person.forms = tuple(dict.fromkeys((*person.forms, *forms)))
        for form in forms:
            ids = self._by_form.setdefault(form.text, [])
            if person.id not in ids:
                ids.append(person.id)
        for key in (key for name in person.names if name.surname for key in _near_keys(name)):
            self._by_surname.setdefault(key, []).append(person.id)


@dataclass(frozen=True)
class Searched:
    """A form to look for, what it stands for, and how sure a hit is; `runs_on`: it is of several sentences."""

    form: Form
    entity: Entity
    score: float
    source: str
    kind: str = ""
    declared: bool = False
    runs_on: bool = False


def occurrences(text: str, folded: Folded, searched: Iterable[Searched]) -> list[Finding]:
    """Everywhere in the text (`folded` is its folding) that a form stands; weak forms only where they stand as a name does."""
    table: dict[str, Searched] = {}
    codes: list[Searched] = []
    for item in searched:
        if item.form.kind == "code":
            codes.append(item)
            continue
        known = table.get(item.form.text)
        if item.form.text and (known is None or item.score > known.score):
            table[item.form.text] = item
    found = _codes(text, folded, codes)
    if not table:
        return found
    for start, end, key in folded.where(finder_of_names(table)):
        item = table[key]
        if item.form.kind == "born" and not is_day_written(text, start, end):
            continue
        if (_in_one_place(text[start:end]) if item.runs_on else _whole(text, start, end)) and (
            item.form.strength is Strength.STRONG or stands_as_name(text, start, end, item)
        ):
            if item.entity is Entity.PERSON:
                start, end = _with_style(text, start, end)
            kind = "family" if item.form.kind == "plural" else item.kind
            found.append(Finding(start, end, item.entity, item.score, item.source, kind))
    return found


def _codes(text: str, folded: Folded, searched: Sequence[Searched]) -> list[Finding]:
    """Everywhere that a code stands, however it is spaced: A4821CK, A 4821 CK, a-4821-ck."""
    codes = {item.form.text.replace(" ", ""): item for item in reversed(searched)}
    codes.pop("", None)
    if not codes:
        return []
    finder = ahocorasick.Automaton()
    for code in codes:
        finder.add_word(code, code)
    finder.make_automaton()
    offsets = [at for character, at in zip(folded.text, folded.offsets, strict=True) if character != " "]
    found = []
    for last, code in finder.iter(folded.text.replace(" ", "")):
        start, end = offsets[last + 1 - len(code)], offsets[last] + 1
        beside = text[start - 1 : start] + text[end : end + 1]
        if _SPACED.fullmatch(text, start, end) and not any(c.isalnum() for c in beside):
            item = codes[code]
            found.append(Finding(start, end, item.entity, item.score, item.source, item.kind))
    return found


def _with_style(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the title before a name, and the last full stop of dotted initials."""
    title = _TITLE_BEFORE.search(text, max(0, start - 40), start)
    if text[end : end + 1] == "." and text[end - 2 : end - 1] in (".", " ") and _DOT_ENDS.match(text[end : end + 3]):
        end += 1
    return (title.start() if title else start), end


def misspellings(text: str, cast: Cast) -> list[Finding]:
    """Capitalised words one slip away from a name of five letters or more."""
    known = {f.text: p for f, p in cast.forms() if f.kind in SINGLE_NAMES and len(f.text) >= 5 and " " not in f.text}
    if not known:
        return []
    order = {name: number for number, name in enumerate(known)}
    near: dict[str, list[str]] = {}
    for name in known:
        for variant in _variants(name):
            near.setdefault(variant, []).append(name)
    verdicts: dict[str, Person | None] = {}
    found = []
    for match in _LONG_NAME.finditer(text):
        word = fold_text(match[0]).strip()
        if word not in verdicts:
            ordinary = (
                word in known
                or is_common(word)
                or is_common(word.removesuffix("s"))
                or is_kept(match[0])
                or word in towns()
            )
            alike = () if ordinary else {name for variant in _variants(word) for name in near.get(variant, ())}
            meant = min((name for name in alike if _slip(word, name)), key=order.__getitem__, default=None)
            verdicts[word] = known[meant] if meant else None
        person = verdicts[word]
        if person is not None:
            found.append(
                Finding(match.start(), match.end(), Entity.PERSON, 0.6, "propagation:misspelt", f"person:{person.id}")
            )
    return found


def told_apart(text: str, fixed: Sequence[Finding], seen: Iterable[Finding]) -> list[Finding]:
    """Longer names in which a declared one stands with words that are names too, as sure as what is declared.

    "Jean Moorhouse" is one person, and not Jean beside the declared Kelly-Ann Moorhouse; "Darren Whitlok" is Darren, once.
    """
    declared = sorted((f for f in fixed if f.entity is Entity.PERSON), key=lambda f: f.start)
    longer = []
    for finding in seen:
        if finding.entity is not Entity.PERSON:
            continue
        index = bisect_left(declared, finding.start, key=lambda f: f.start)
        inside = []
        while index < len(declared) and declared[index].end <= finding.end:
            inside.append(declared[index])
            index += 1
        if inside and _are_names(_around(text, finding, inside)):
            longer.append(replace(finding, score=DECLARED))
    return longer


def _around(text: str, finding: Finding, inside: Sequence[Finding]) -> list[str]:
    """The words of a finding that the findings inside it leave, titles aside."""
    pieces, position = [], finding.start
    for other in inside:
        pieces.append(text[position : other.start])
        position = max(position, other.end)
    pieces.append(text[position : finding.end])
    words = _WORDS.findall(" ".join(pieces))
    return [word for word in words if fold_text(word).strip() not in TITLE_WORDS]


def _are_names(words: Sequence[str]) -> bool:
    """Whether each of some words is a name: known as one, or no word of English or of the trade; particles go with one."""
    names = [word for word in words if fold_text(word).strip() not in PARTICLES]
    return bool(names) and all(
        word[0].isupper()
        and not is_kept(word)
        and len(word) > 2
        and fold_text(word).strip() not in towns()
        and (is_proper(word) or not is_common(word))
        for word in names
    )


_SHOUTED_CUE = {
    True: regex.compile(r"\b(?:MR|MRS|MS|MISS|DR|PC|DC|DS|DI|SGT|OFFICER|VICTIM|NURSE)\.?[ ]$"),
    False: regex.compile(r"\b(?:IN|AT|TO|FROM|NEAR)[ ]$"),
}
"""What leads to a name, and to a place, where everything is in capitals."""


def stands_as_name(text: str, start: int, end: int, item: Searched) -> bool:
    """Whether a single word stands here as a name does: capitalised, and where it is an English word too, not just as one."""
    word = text[start:end]
    letters = [c for c in word if c.isalpha()]
    if item.form.kind == "initials":
        return written_as_initials(word) and not (is_common(item.form.text) and _shouted(text, start, end))
    if not letters:
        return True
    folded = item.form.text
    common = any(is_common(part) for part in folded.split())
    if not letters[0].isupper():
        return item.declared and not common and len(folded) >= 5
    if not common:
        return True
    if _HEADING.match(text, text.rfind("\n", 0, start) + 1, start):
        # a heading's first word has a capital, name or not
        return False
    if word.isupper() and len(word) > 1 and _shouted(text, start, end):
        return (
            item.declared
            and _SHOUTED_CUE[item.entity is Entity.PERSON].search(text[max(0, start - 12) : start]) is not None
        )
    if _TERM_AFTER.match(text[end : end + 12]) or _COURT_BEFORE.search(text[max(0, start - 14) : start]):
        return False
    if _SENTENCE_START.search(text[max(0, start - 12) : start]):
        return bool(_VERB_AFTER.match(text, end)) or (
            _CELL_ENDS.fullmatch(text[end : end + 3]) is not None and item.declared
        )
    return True


def runs_on(words: str) -> bool:
    """Whether words are of more than one sentence, or of both sides of a colon."""
    return not _whole(words, 0, len(words))


def _in_one_place(inside: str) -> bool:
    """Whether words are of one cell and one paragraph."""
    return "|" not in inside and "\n\n" not in inside


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the words of a hit stand together, not in two cells, sentences or paragraphs."""
    inside = text[start:end]
    if not _in_one_place(inside):
        return False
    for gap in _BETWEEN.finditer(inside):
        if not _GAP.fullmatch(gap[0]):
            return False
        if "." in gap[0] and gap[0] != "." and not _INITIAL_LAST.search(inside[max(0, gap.start() - 2) : gap.start()]):
            return False
    return True


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around are in capitals too, as in a heading."""
    around = _THREE_LETTERS.findall(text[max(0, start - 30) : start] + " " + text[end : end + 30])
    return sum(bool(w.isupper()) for w in around) >= 2


def _same(one: Name, other: Name) -> bool:
    """Whether two full names are one person's: the same surname, and forenames that can be one."""
    if not (one.given and other.given and one.surname and other.surname):
        return False
    if sorted(one.words) == sorted(other.words):
        return True
    surname = one.surname.replace(" ", "") == other.surname.replace(" ", "") or _slip(one.surname, other.surname)
    return surname and _same_forename(one.given[0], other.given[0])


def _same_forename(one: str, other: str) -> bool:
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    return (
        short == long
        or (len(short) == 1 and long.startswith(short))
        or (len(short) >= 3 and long.startswith(short))
        or _slip(one, other)
    )


def _slip(one: str, other: str) -> bool:
    """Whether two words of five letters or more are one typing slip apart; the first letter is rarely the slip."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return bool(OSA.distance(one, other, score_cutoff=1) <= 1)


def _variants(word: str) -> set[str]:
    """The word, and the word without any one of its letters: two words a slip apart have one of these in common."""
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def _near_keys(name: Name) -> set[str]:
    """What two names have in common that can be one person's."""
    return {*_variants(name.surname), name.surname.replace(" ", ""), " ".join(sorted(name.words))}


def _gender(written: str) -> str | None:
    return gender_of(written.split(" ")[0])


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _without_title(written: str) -> str:
    """The name without the titles before it, as it was written."""
    words = written.split()
    while (
        len(words) > 1
        and all(part in TITLE_WORDS for part in fold_text(words[0]).split())
        and fold_text(words[0]).strip() not in PARTICLES
    ):
        words.pop(0)
    return " ".join(words)
