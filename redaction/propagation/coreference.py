"""Who is who in one text: everybody declared or mentioned, each once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redaction.entities import ROLES
from redaction.lexicon.words import is_english_word, is_proper
from redaction.names.parsing import PARTICLES, Name, parse_name
from redaction.names.short_names import is_short_for, sex_of_forename
from redaction.names.similarity import genders_agree, one_slip_apart, same_person, similarity_keys, without_title
from redaction.names.surface_forms import Form, forms_of
from redaction.propagation.mentions import STYLES, Mention, folded, settle, sex_of_title, takes_surname, title_of
from redaction.register import Identity, IdentityKind
from redaction.text.folding import fold_text

SINGLE_NAMES = ("surname", "given", "nickname")

"""The kinds of form that are one name of a person, written alone."""

LONGEST_NAME = 12

"""Words; a longer run of capitals is masked where it is, and is nobody to look for again."""

_LONG_WORD = 6
"""Letters of a name from which on a slip in it is believed of people whom nobody declared."""
_CLOSE = frozenset({"person-on-probation", "victim", "previous-victim", "partner", "family-member", "child"})
"""Roles of people whom a text does not call by a rank, unless they are declared with it."""
_SHORTEST_PART = 3
"""Letters of a name that is looked for in a longer word."""
_KUNYAS = (("abu",), ("umm",), ("um",))
"""Whoever is called "Abu Yaqoub" is Yaqoub's father."""
_PARENT = re.compile("father|mother|mum|dad|mam|gran|nan")
_NO_PARENTS = frozenset({"person-on-probation", "partner", "child"})
"""Roles of people whom a text does not call somebody's parent by their surname."""
_MARRIED, _UNMARRIED = "mrs", "miss"


@dataclass
class PersonInText:
    """Somebody in the text: declared by the register, or met in it; `titles` are folded, `told` is what else tells their sex.

    `called` are single names, folded, of which the text says that they are called so.
    """

    id: int
    role: str = "other"
    names: list[Name] = field(default_factory=list)
    identity: Identity | None = None
    forms: tuple[Form, ...] = ()
    titles: set[str] = field(default_factory=set)
    told: list[str | None] = field(default_factory=list)
    pronouns: list[str | None] = field(default_factory=list)
    called: set[str] = field(default_factory=set)

    @property
    def declared(self) -> bool:
        """Whether the register names this person."""
        return self.identity is not None

    @property
    def titled_sex(self) -> str | None:
        """The sex that the titles tell."""
        return next(iter({sex for title in self.titles if (sex := sex_of_title(title))}), None)

    @property
    def sex(self) -> str | None:
        """The sex that the titles tell, else words of kinship, else the forename, else most pronouns."""
        told = {sex for sex in self.told if sex}
        by_name = next((sex for name in self.names if name.given and (sex := sex_of_forename(name.given[0]))), None)
        return self.titled_sex or (told.pop() if len(told) == 1 else None) or by_name or settle(self.pronouns)

    def is_called(self, surname: str) -> bool:
        """Whether this is their whole surname, and no part of one."""
        return any(name.surname == surname and name.given[:1] not in _KUNYAS for name in self.names)


class PeopleInText:
    """Everybody in one text, each once."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self.everybody: list[PersonInText] = []
        self._by_form: dict[str, list[int]] = {}
        self._by_surname: dict[str, list[int]] = {}
        self._as_declared: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for identity in identities:
            if identity.kind is IdentityKind.PERSON:
                names = _declared_names(identity.names)
                titles = {title for n in identity.names if (title := title_of(n))}
                person = PersonInText(len(self.everybody), identity.role, names, identity, titles=titles)
                self.everybody.append(person)
                self._learn(person, forms_of(identity))
                for key in dict.fromkeys((title_of(n), parse_name(n).words) for n in identity.names):
                    self._as_declared.setdefault(key, []).append(person.id)

    def add_mentions(self, mentions: Sequence[Mention], aliases: Iterable[tuple[Mention, Mention]] = ()) -> None:
        """Make everyone mentioned somebody in the text; `aliases` are pairs of mentions of one person.

        Full names come first, so that single ones find their person, and titles before bare names; the first role that the
        text gives stays.
        """
        pairs = sorted(aliases, key=lambda pair: not (pair[0].is_whole and pair[1].is_whole))
        named = [m for m in mentions if 0 < len(m.name.words) <= LONGEST_NAME]
        ranked = sorted(named, key=lambda m: (-sum(len(w) > 1 for w in m.name.words), not m.title, m.start))
        for one, other in pairs:
            if one.is_whole and other.is_whole:
                self.join(one, other)
        for mention in ranked:
            if mention.is_whole and not any(self.cut(word) for word in mention.written.split()):
                self._meet(mention)
        for one, other in pairs:
            self.join(one, other)
        for mention in ranked:
            if not mention.is_whole and self.cut(mention.written) is None:
                self._meet(mention)

    def is_declared(self, number: int | None) -> bool:
        """Whether somebody of this number is declared; those declared come first, in the register's order."""
        return number is not None and number < len(self.everybody) and self.everybody[number].declared

    def bearers(self, mention: Mention) -> list[PersonInText]:
        """Everybody whom a mention can mean by its words and by what is told beside it; those declared before others."""
        if not mention.name.words:
            return []
        exactly = self._declared_exactly(mention)
        if len(exactly) == 1:
            return exactly
        for ways in (self._written_so, self._written_alike, self._initialled, self._shortened, self._misspelt):
            found = [person for person in ways(mention) if _agree(mention, person)]
            if found:
                return [p for p in found if p.declared] or found
        return []

    def _declared_exactly(self, mention: Mention) -> list[PersonInText]:
        """Those whom the register writes so, title and all ("Ms Bowen"); a bare name may be any of the family's."""
        words = parse_name(mention.written).words
        if not mention.title and len(words) < 2:
            return []
        found = (self.everybody[number] for number in self._as_declared.get((mention.title, words), ()))
        return [person for person in found if _agree(mention, person)]

    def known_by(self, form: str, *, joined: bool = False) -> list[PersonInText]:
        """Everybody of whom a folded form is one name; or, `joined`, a name whose parts are written as one word."""
        kinds = (*SINGLE_NAMES, "handle") if joined else SINGLE_NAMES
        return [
            self.everybody[i]
            for i in self._by_form.get(form, ())
            if any(f.text == form and f.kind in kinds for f in self.everybody[i].forms)
        ]

    def cut(self, written: str) -> int | None:
        """Where one word of letters parts into the names of two people (HALSZKAJAGODA); None where it does not."""
        word = fold_text(written).strip()
        if len(word) != len(written) or not word.isalpha() or self.known_by(word):
            return None
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, second = (self.known_by(part, joined=True) for part in (word[:place], word[place:]))
            if first and second and not {p.id for p in first} & {p.id for p in second}:
                return place
        return None

    def _meet(self, mention: Mention) -> None:
        found = self.bearers(mention)
        person = found[0] if found else self._add(mention)
        if len(found) < 2:
            self._hear(person, mention)
            role = mention.role or mention.titled_role
            if role in ROLES and person.role == "other" and not person.declared:
                person.role = role
        elif mention.is_whole:
            # it is looked for whole, whoever of them it means
            for each in found:
                self._learn(each, _forms(mention))

    def _add(self, mention: Mention) -> PersonInText:
        name = mention.name
        if mention.style and len(name.words) == 1:
            # "Mrs Hughes" is known by a surname
            name = Name((), name.words[0])
        person = PersonInText(len(self.everybody), names=[name])
        self.everybody.append(person)
        self._learn(person, _forms(mention))
        return person

    def _hear(self, person: PersonInText, mention: Mention) -> None:
        """Take in what a mention tells of its person."""
        if mention.title:
            person.titles.add(mention.title)
        person.told.append(mention.sex)
        person.pronouns.append(mention.pronoun)
        if mention.is_whole and mention.name not in person.names:
            person.names.append(mention.name)
            self._learn(person, _forms(mention))
        elif not mention.is_whole and " ".join(mention.name.words) not in self._by_form:
            # a short form, or a slip that may come again
            self._learn(person, _forms(mention))

    def join(self, one: Mention, other: Mention) -> None:
        """Make two mentions one person's, where nothing that is known stands against it."""
        first, second = self.bearers(one), self.bearers(other)
        if first and second:
            both = [person for person in first if person in second]
            if len(both) == 1:
                self._hear(both[0], one)
                self._hear(both[0], other)
                both[0].called |= {" ".join(m.name.words) for m in (one, other) if not m.is_whole}
            return
        if len(first or second) > 1 or not genders_agree(one.sex, other.sex):
            return
        known, new = (one, other) if first or not second else (other, one)
        person = next(iter(first or second), None) or self._add(known)
        self._hear(person, known)
        if new.name.words not in [name.words for name in person.names]:
            person.names.append(new.name)
            self._learn(person, _forms(new))
        self._hear(person, new)
        person.called |= {" ".join(m.name.words) for m in (one, other) if not m.is_whole}
        for surname in {n.surname for n in person.names if n.surname and not n.given}:
            self._add_name(person, Name(new.name.words, surname))

    def _add_name(self, person: PersonInText, name: Name) -> None:
        person.names.append(name)
        self._learn(person, forms_of(Identity(IdentityKind.PERSON, (" ".join(name.words),))))

    def _written_so(self, mention: Mention) -> list[PersonInText]:
        """Those of whom the words are a form."""
        ids = self._by_form.get(" ".join(mention.name.words)) or self._by_form.get(folded(mention)) or ()
        return [self.everybody[i] for i in ids]

    def _written_alike(self, mention: Mention) -> list[PersonInText]:
        """Those who have a full name that can be the same person's."""
        if not mention.is_whole:
            return []
        near = {i for key in similarity_keys(mention.name) for i in self._by_surname.get(key, ())}
        people = [self.everybody[i] for i in sorted(near)]
        return [p for p in people if any(same_person(mention.name, known) for known in p.names)]

    def _initialled(self, mention: Mention) -> list[PersonInText]:
        """Those who have a full name of which one word and the initial of the other are written: "Deio P", "Maughan J"."""
        words = mention.name.words
        if len(words) != 2 or len(words[1]) != 1 or len(words[0]) == 1:
            return []
        return [
            person
            for person in self.everybody
            if any(
                (given == words[0] and name.surname.startswith(words[1]) and len(name.surname) > 1)
                or (name.surname == words[0] and given.startswith(words[1]) and len(given) > 1)
                for name in person.names
                if name.surname
                for given in name.given[:1]
            )
        ]

    def _shortened(self, mention: Mention) -> list[PersonInText]:
        """Those who have a full name, of whose forename one bare name is a short form."""
        words = mention.name.words
        if len(words) != 1 or mention.title:
            return []
        return [
            person
            for person in self.everybody
            if not person.titles - STYLES
            and any(n.surname and is_short_for(words[0], given) for n in person.names for given in n.given)
        ]

    def _misspelt(self, mention: Mention) -> list[PersonInText]:
        """Whoever has one name that is written with a slip ("Mr Whitlok"): of those declared any, of others a long one."""
        words = mention.name.words
        if len(words) != 1 and words[0] not in PARTICLES:
            return []
        word = " ".join(words)
        odd = len(word) >= _LONG_WORD and not is_proper(word) and not is_english_word(word)
        found = [
            person
            for person in self.everybody
            if (person.declared or odd)
            and any(f.kind in SINGLE_NAMES and one_slip_apart(word, f.text) for f in person.forms)
        ]
        return found[:1] if found and found[0].declared else found

    @property
    def born(self) -> frozenset[dt.date]:
        """The declared days of birth, each also a century on: two figures for a year may be read so."""
        days = {person.identity.born for person in self.everybody if person.identity and person.identity.born}
        return frozenset(days) | {day.replace(year=day.year + 100) for day in days if day.year < 1950}

    def forms(self) -> Iterator[tuple[Form, PersonInText]]:
        """Every form of everybody, with whose it is first."""
        for person in self.everybody:
            for form in person.forms:
                yield form, person

    def _learn(self, person: PersonInText, forms: tuple[Form, ...]) -> None:
        person.forms = tuple(dict.fromkeys((*person.forms, *forms)))
        for form in forms:
            ids = self._by_form.setdefault(form.text, [])
            if person.id not in ids:
                ids.append(person.id)
        for key in (key for name in person.names if name.surname for key in similarity_keys(name)):
            self._by_surname.setdefault(key, []).append(person.id)


def _declared_names(written: Sequence[str]) -> list[Name]:
    """Declared names taken apart; one word is a surname after a style or a rank ("DS Grace"), or where another of them ends so."""
    names = [parse_name(name) for name in written]
    surnames = {name.surname for name in names if name.given}
    return [
        Name((), name.given[0])
        if len(name.given) == 1 and not name.surname and (takes_surname(title_of(whole)) or name.given[0] in surnames)
        else name
        for whole, name in zip(written, names, strict=True)
    ]


def _forms(mention: Mention) -> tuple[Form, ...]:
    # in small letters a forename may be a word ("lei tsang"): the part without it would take the place of the whole
    name = mention.written if mention.written.islower() else mention.called
    return forms_of(Identity(IdentityKind.PERSON, (without_title(name),)))


def _agree(mention: Mention, person: PersonInText) -> bool:
    """Whether a mention can mean somebody by title, sex and rank; a full name outweighs what pronouns say."""
    if mention.is_whole:
        return genders_agree(sex_of_title(mention.title), person.titled_sex)
    if not genders_agree(mention.sex, person.sex):
        return False
    married = {_MARRIED, _UNMARRIED} & person.titles
    if mention.title in (_MARRIED, _UNMARRIED) and married and mention.title not in married:
        return False
    surname = " ".join(mention.name.words)
    if mention.kin_before and _PARENT.search(mention.kin) and person.role in _NO_PARENTS and person.is_called(surname):
        return False
    return not mention.titled_role or mention.title in person.titles or person.role not in _CLOSE
