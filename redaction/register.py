"""The identities that a case declares: who and what its review knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from redaction.entities import ROLES
from redaction.errors import RegisterError

# intake's own reader hands on numbers as the text that stood there; a plain dictionary may hold them as numbers
Text = Annotated[str, BeforeValidator(lambda v: str(v) if type(v) is int else v), Field(min_length=1)]


class Kind(StrEnum):
    """What a declared identity is."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    CODE = "code"


@dataclass(frozen=True)
class Identity:
    """One thing to guard: `names` are the ways the register itself writes it.

    `role` and `published_as` are given for people alone. `published_as` is a name that the family
    chose: it is public, so it is never an identity to search for.
    """

    kind: Kind
    names: tuple[str, ...]
    role: str = "other"
    protected: str | None = None
    published_as: str | None = None
    born: dt.date | None = None


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


class _Loader(yaml.BaseLoader):
    """YAML whose values are all text: a code 0117 stays 0117 and a name No stays No. A key given twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse duplicate keys: the second list of people would silently replace the first."""
        keys = [self.construct_object(key) for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise yaml.constructor.ConstructorError(problem="a field is given twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


class Register(BaseModel):
    """Everyone and everything that a case declares (`register.yml`, format 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[Literal[1], BeforeValidator(lambda v: 1 if v == "1" else v)] = 1
    people: tuple[Person, ...] = ()
    places: tuple[Text, ...] = ()
    organisations: tuple[Text, ...] = ()
    codes: tuple[Text, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Register:
        """Read YAML text.

        Raises:
            RegisterError: the text is not YAML or not a register; the message names the field and
                never repeats a value.
        """
        try:
            data = yaml.load(text, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f" (line {mark.line + 1})" if mark else ""
            raise RegisterError(f"the register is not readable YAML{where}") from None
        if not isinstance(data, dict):
            raise RegisterError("the register must begin with `format: 1` and hold lists of people, places, …")
        try:
            # through JSON's rules a tuple may be a list, and nothing else is coerced
            return cls.model_validate(data)
        except ValidationError as error:
            faults = "; ".join(_describe(e["loc"], e["type"], e["msg"]) for e in error.errors(include_input=False))
            raise RegisterError(f"the register is not valid: {faults}") from None

    @classmethod
    def load(cls, path: Path) -> Register:
        """Read a register file.

        Raises:
            RegisterError: the file cannot be read, is not UTF-8, not YAML or not a register.
        """
        try:
            return cls.parse(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise RegisterError("the register cannot be read as a UTF-8 text file") from None

    def identities(self) -> tuple[Identity, ...]:
        """Everything declared, people first, in the register's order."""
        people = [Identity(Kind.PERSON, p.names, p.role, p.protected, p.published_as, p.born) for p in self.people]
        things = [
            Identity(kind, (name,))
            for kind, names in (
                (Kind.PLACE, self.places),
                (Kind.ORGANISATION, self.organisations),
                (Kind.CODE, self.codes),
            )
            for name in names
        ]
        return (*people, *things)


def _describe(loc: tuple[int | str, ...], kind: str, message: str) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc) or "top level"
    if kind == "extra_forbidden":
        # the key itself may be a name typed in the wrong place
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc[:-1]) or "top level"
        return f"{where} has a field that registers do not have"
    return f"{where}: {message}"
