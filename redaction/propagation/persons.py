"""One person of a text: what is known of them, and whether a mention can mean them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from redaction.names.parsing import Name, parse_name
from redaction.names.short_names import is_short_for, sex_of_forename
from redaction.names.similarity import genders_agree
from redaction.names.surface_forms import Form
from redaction.propagation.mentions import Mention, settle, sex_of_title, takes_surname, title_of
from redaction.register import Identity

_CLOSE = frozenset({"person-on-probation", "victim", "previous-victim", "partner", "family-member", "child"})
"""Roles of people whom a text does not call by a rank, unless they are declared with it."""
_KUNYAS = (("abu",), ("umm",), ("um",))
"""Whoever is called "Abu Yaqoub" is Yaqoub's father."""
_PARENT = re.compile("father|mother|mum|dad|mam|gran|nan")
_NO_PARENTS = frozenset({"person-on-probation", "partner", "child"})
"""Roles of people whom a text does not call somebody's parent by their surname."""
_MARRIED, _UNMARRIED = "mrs", "miss"


@dataclass
class PersonInText:
    """Somebody in the text: declared by the register, or met in it; `titles` are folded, `told` is what else tells their sex.

    `called` are single names, folded, of which the text says that they are called so; `met` is where the text first names them.
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
    met: int | None = None

    @property
    def declared(self) -> bool:
        """Whether the register names this person."""
        return self.identity is not None

    @property
    def is_protected(self) -> bool:
        """Whether the register says that the law protects this person."""
        return self.identity is not None and self.identity.protected is not None

    @property
    def titled_sex(self) -> str | None:
        """The sex that the titles tell; None where they contradict each other."""
        told = {sex for title in self.titles if (sex := sex_of_title(title))}
        return told.pop() if len(told) == 1 else None

    @property
    def told_sex(self) -> str | None:
        """The sex that the titles tell, else words of kinship, else the forename."""
        told = {sex for sex in self.told if sex}
        by_name = next((sex for name in self.names if name.given and (sex := sex_of_forename(name.given[0]))), None)
        return self.titled_sex or (told.pop() if len(told) == 1 else None) or by_name

    @property
    def sex(self) -> str | None:
        """The sex that is told, else that of most pronouns, which may mean somebody else."""
        return self.told_sex or settle(self.pronouns)

    def may_sign(self, letters: str) -> bool:
        """Whether only forenames are known, and one begins with the first of some folded initials."""
        names = [name.given[0] for name in self.names if len(name.given) == 1 and not name.surname]
        return len(names) == len(self.names) and any(len(n) > 3 and n[0] == letters[0] for n in names)

    def is_called(self, surname: str) -> bool:
        """Whether this is their whole surname, and no part of one."""
        return any(name.surname == surname and name.given[:1] not in _KUNYAS for name in self.names)


def declared_names(written: Sequence[str]) -> list[Name]:
    """Declared names taken apart; one word is a surname after a style or a rank ("DS Grace"), or where another of them ends so."""
    names = [parse_name(name) for name in written]
    surnames = {name.surname for name in names if name.given}
    return [
        Name((), name.given[0])
        if len(name.given) == 1 and not name.surname and (takes_surname(title_of(whole)) or name.given[0] in surnames)
        else name
        for whole, name in zip(written, names, strict=True)
    ]


def called_so(mention: Mention, found: list[PersonInText]) -> list[PersonInText]:
    """Of some, those of whom the word after a style is the surname, if any is called so."""
    word = " ".join(mention.name.words)
    called = [person for person in found if mention.style and len(word) > 1 and person.is_called(word)]
    return called or found


def is_another(person: PersonInText, known: Mention, new: Mention) -> bool:
    """Whether a title and a surname, and the forename that the text gives with them, are not somebody of that surname and another forename.

    "Mrs Ridley is his mother Una" is not Struan Ridley.
    """
    if person.declared or known.is_whole or not known.style or not new.name.given:
        return False
    forenames = {name.given[0] for name in person.names if name.given}
    word = new.name.given[0]
    return bool(forenames) and not any(word == name or is_short_for(word, name) for name in forenames)


def is_family_name(person: PersonInText, mention: Mention) -> bool:
    """Whether a single name is the surname of somebody who has a forename: "née Sahota" may be said of a daughter."""
    return not mention.is_whole and any(n.given and n.surname == " ".join(mention.name.words) for n in person.names)


def agree(mention: Mention, person: PersonInText) -> bool:
    """Whether a mention can mean somebody by title, sex and rank; a full name outweighs what pronouns say."""
    if mention.is_whole:
        return genders_agree(sex_of_title(mention.title), person.titled_sex)
    if not genders_agree(mention.sex, person.told_sex):
        return False
    married = {_MARRIED, _UNMARRIED} & person.titles
    if mention.title in (_MARRIED, _UNMARRIED) and married and mention.title not in married:
        return False
    surname = " ".join(mention.name.words)
    if mention.kin_before and _PARENT.search(mention.kin) and person.role in _NO_PARENTS and person.is_called(surname):
        return False
    return not mention.titled_role or mention.title in person.titles or person.role not in _CLOSE
