"""Who is who in one text: everybody declared or mentioned, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redaction.entities import ROLES
from redaction.names.parsing import PARTICLES, Name, parse_name
from redaction.names.similarity import (
    gender_told,
    genders_agree,
    one_slip_apart,
    same_person,
    similarity_keys,
    without_title,
)
from redaction.names.surface_forms import Form, forms_of
from redaction.register import Identity, IdentityKind
from redaction.text.folding import fold_text

SINGLE_NAMES = ("surname", "given", "nickname")

"""The kinds of form that are one name of a person, written alone."""

LONGEST_NAME = 12

"""Words; a longer run of capitals is masked where it is, and is nobody to look for again."""


@dataclass
class PersonInText:
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


class PeopleInText:
    """Everybody in one text, each once."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self.everybody: list[PersonInText] = []
        self._by_form: dict[str, list[int]] = {}
        self._by_surname: dict[str, list[int]] = {}
        for identity in identities:
            if identity.kind is IdentityKind.PERSON:
                person = PersonInText(
                    len(self.everybody), identity.role, [parse_name(n) for n in identity.names], identity
                )
                self.everybody.append(person)
                self._learn(person, forms_of(identity))

    def add_mentions(self, mentions: Sequence[tuple[str, str]]) -> None:
        """Make everyone mentioned somebody in the text; a mention is (name, role or "").

        Full names come first, so that single ones find their person; the first role that the text gives stays.
        """
        for written, role in sorted(dict.fromkeys(mentions), key=lambda mention: -len(parse_name(mention[0]).words)):
            name = parse_name(written)
            if not 0 < len(name.words) <= LONGEST_NAME:
                continue
            person = self.find_person(written)
            if person is None:
                person = PersonInText(len(self.everybody), names=[name], gender=gender_told(written))
                self.everybody.append(person)
                self._learn(person, forms_of(Identity(IdentityKind.PERSON, (without_title(written),))))
            if role in ROLES and person.role == "other" and not person.declared:
                person.role = role

    def find_person(self, written: str, recent: Sequence[int] = ()) -> PersonInText | None:
        """The person that a written name means; of several, the one mentioned last (`recent`, newest last)."""
        name, gender = parse_name(written), gender_told(written)
        if not name.words:
            return None
        exact = self._by_form.get(" ".join(name.words)) or self._by_form.get(fold_text(written).strip()) or []
        found = [self.everybody[i] for i in exact if genders_agree(gender, self.everybody[i].gender)]
        if not found and name.surname:
            near = {i for key in similarity_keys(name) for i in self._by_surname.get(key, ())}
            alike = [self.everybody[i] for i in sorted(near)]
            found = [
                p
                for p in alike
                if any(same_person(name, known) for known in p.names) and genders_agree(gender, p.gender)
            ]
            if found:
                self._learn(found[0], forms_of(Identity(IdentityKind.PERSON, (without_title(written),))))
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

    def _called(self, surname: str, gender: str, bearers: list[PersonInText]) -> list[PersonInText]:
        """Of those whom "Mr Hughes" can mean, whom a review calls so: whom it is about before their family.

        "Mr Tapley" is Graham Tapley rather than Lorraine Tapley-Dunn.
        """
        whole = [p for p in bearers if any(n.surname == surname for n in p.names)] or bearers
        return [p for p in whole if p.role == "person-on-probation" and p.gender in (gender, None)] or whole

    def _misspelt(self, word: str, gender: str | None) -> list[PersonInText]:
        """The declared person of whom one name alone is written with a slip ("Mr Whitlok")."""
        for person in self.everybody:
            known = (f.text for f in person.forms if f.kind in SINGLE_NAMES)
            if (
                person.declared
                and genders_agree(gender, person.gender)
                and any(one_slip_apart(word, text) for text in known)
            ):
                return [person]
        return []

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
