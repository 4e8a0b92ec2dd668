"""The identities that a case declares: who and what its review knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from redaction.entities import ROLES
from redaction.errors import RegisterError
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import Fault, FaultsError, describe_faults
from redaction.strict_files.plain_text import CONTROL
from redaction.strict_files.strict_yaml import UnclearValue, ValuePath, YamlDocument, YamlValue, describe_path
from redaction.strict_files.suggestions import explain_wrong_field, explain_wrong_word

REGISTER = "register.yml"

# a whole number that YAML reads as it was typed is the text that was typed
Text = Annotated[str, BeforeValidator(lambda v: str(v) if type(v) is int else v), Field(min_length=1)]


class IdentityKind(StrEnum):
    """What a declared identity is."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    CODE = "code"


@dataclass(frozen=True)
class Identity:
    """One thing to guard: `names` are the ways the register itself writes it.

    `role` and `published_as` are given for people alone. `published_as` is a name that the family
    chose: it is public, so it is never an identity to search for. `namesakes` are words for somebody or something
    else of the same name: on pages of others they are no leak.
    """

    kind: IdentityKind
    names: tuple[str, ...]
    role: str = "other"
    protected: str | None = None
    published_as: str | None = None
    born: dt.date | None = None
    namesakes: tuple[str, ...] = ()


class Person(BaseModel):
    """A person of the register."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    names: tuple[Text, ...] = Field(min_length=1)
    born: dt.date | None = None
    protected: Literal["sexual-offence", "trafficking", "child-order", "witness-order"] | None = None
    published_as: Text | None = None

    @field_validator("role")
    @classmethod
    def _role_exists(cls, role: str) -> str:
        if role not in ROLES:
            raise ValueError("is not a role; roles are: " + ", ".join(ROLES))
        return role


class Namesake(BaseModel):
    """Somebody or something else whose name is that of a declared identity ("Suzy Lamplugh Trust"), and why it may stand on the site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Text
    reason: Text


class Register(BaseModel):
    """Everyone and everything that a case declares (`register.yml`, format 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[Literal[1], BeforeValidator(lambda v: 1 if v == "1" else v)] = 1
    people: tuple[Person, ...] = ()
    places: tuple[Text, ...] = ()
    organisations: tuple[Text, ...] = ()
    codes: tuple[Text, ...] = ()
    namesakes: tuple[Namesake, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Register:
        """Read YAML text, so strictly that no name in it is lost or changed.

        Raises:
            RegisterError: it is not a register, or holds a value that YAML would lose or change; the message names the
                line and the field, and never repeats a value.
        """
        try:
            return _parse(plain_text.normalise_lines(text, REGISTER), REGISTER)
        except FaultsError as error:
            raise _refusal(error) from None

    @classmethod
    def load(cls, path: Path) -> Register:
        """Read a register file, as strictly.

        Raises:
            RegisterError: it cannot be read as text, or `parse` refuses what it holds.
        """
        try:
            return _parse(plain_text.read_utf8(path), path.name)
        except FaultsError as error:
            raise _refusal(error) from None

    def identities(self) -> tuple[Identity, ...]:
        """Everything declared, people first, in the register's order."""
        others = tuple(namesake.words for namesake in self.namesakes)
        people = [
            Identity(IdentityKind.PERSON, p.names, p.role, p.protected, p.published_as, p.born, others)
            for p in self.people
        ]
        things = [
            Identity(kind, (name,), namesakes=others)
            for kind, names in (
                (IdentityKind.PLACE, self.places),
                (IdentityKind.ORGANISATION, self.organisations),
                (IdentityKind.CODE, self.codes),
            )
            for name in names
        ]
        return (*people, *things)


# --- reading one


def _parse(text: str, file: str) -> Register:
    document = strict_yaml.parse(text, file)
    faults = [*document.faults, *_unclear_values(document, document.data, ())]
    if not isinstance(document.data, dict):
        faults.append(document.fault((), "must begin with `format: 1` and hold lists of people, places, …"))
    if faults:
        raise FaultsError(*faults)
    try:
        return Register.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise FaultsError(*(_fault(document, e["loc"], e["type"]) for e in found)) from None


def _refusal(error: FaultsError) -> RegisterError:
    return RegisterError("; ".join(describe_faults(error.faults)))


def _unclear_values(document: YamlDocument, value: YamlValue, path: ValuePath) -> Iterator[Fault]:
    """Values that say less or other than was typed: 0117 is 79 to YAML, No is false, an empty item is nobody."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unclear_values(document, inner, (*path, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _unclear_values(document, inner, (*path, position))
    elif path and path[-1] == "born":
        if not isinstance(value, dt.date):
            yield document.fault(path, _prefix(path) + "must be a day of the calendar, year first, such as 1987-03-14")
    elif isinstance(value, UnclearValue | dt.date):
        yield document.fault(path, _prefix(path) + "YAML reads this otherwise than it is typed: put it in quotes")
    elif path and (value is None or (isinstance(value, str) and not value.strip())):
        yield document.fault(path, _prefix(path) + "is empty: delete it, or write what belongs there")
    elif isinstance(value, str) and CONTROL.search(value):
        yield document.fault(path, _prefix(path) + "holds a control character, which no text has: type it again")


def _fault(document: YamlDocument, path: ValuePath, kind: str) -> Fault:
    """The fault that pydantic found at a value; `kind` is pydantic's name for it."""
    if kind == "extra_forbidden":
        inner: dict[str, type[BaseModel]] = {"people": Person, "namesakes": Namesake}
        fields = inner.get(str(path[0]) if len(path) > 1 else "", Register).model_fields
        return document.fault(path, _prefix(path[:-1]) + explain_wrong_field(str(path[-1]), fields))
    if path[-1] == "role" and kind == "value_error":
        roles = {key: (role.label,) for key, role in ROLES.items()}
        words = explain_wrong_word(document.value(path), "a role", roles)
    elif path == ("format",):
        words = "must be 1"
    else:
        words = _EXPLANATIONS.get(kind, "is not right: it must be text")
    return document.fault(path, _prefix(path) + words)


def _prefix(path: ValuePath) -> str:
    """The field in words and a colon; nothing where a name on the way is not a register's field: it may be a person's."""
    known = {*Register.model_fields, *Person.model_fields, *Namesake.model_fields}
    is_known = path and all(isinstance(part, int) or part in known for part in path)
    return f"{describe_path(path)}: " if is_known else ""


_EXPLANATIONS = {
    "missing": "is missing",
    "tuple_type": "must be a list, such as [a, b], or a line with a hyphen for each",
    "too_short": "is empty: it needs at least one",
    "literal_error": "is none of the values it may have; docs/formats.md lists them",
    "model_type": "must hold fields: a role, names, …",
    "model_attributes_type": "must hold fields: a role, names, …",
}
"""What to say of each kind of fault that pydantic finds."""
