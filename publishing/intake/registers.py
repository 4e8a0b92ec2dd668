"""register.yml, read so strictly that no name in it can be lost or changed on the way to the guard.

`redaction.Register` says what a register holds; here it is read as a case's file, with a line for every fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from publishing.intake import plain_text, strict_yaml
from publishing.intake.faults import Fault, FaultsError, in_words
from publishing.intake.nearest import wrong_field, wrong_word
from publishing.intake.plain_text import CONTROL
from publishing.intake.schema import label
from publishing.intake.strict_yaml import Document, Unclear, Value
from redaction import Register, RegisterError
from redaction.entities import ROLES
from redaction.register import Person

REGISTER = "register.yml"

_WORDS = {
    "missing": "is missing",
    "tuple_type": "must be a list, such as [a, b], or a line with a hyphen for each",
    "too_short": "is empty: it needs at least one",
    "literal_error": "is none of the values it may have; docs/formats.md lists them",
    "model_type": "must hold fields: a role, names, …",
    "model_attributes_type": "must hold fields: a role, names, …",
}


def load(folder: Path) -> Register | None:
    """What a case declares; None where it has no register.

    Raises:
        RegisterError: it cannot be read, or holds a name that YAML would lose or change; no name is in the message.
    """
    path = folder / REGISTER
    if not path.is_symlink() and not path.exists():
        return None
    try:
        if folder.is_symlink():
            raise FaultsError(Fault(REGISTER, None, "stands behind a link: put the case's folder itself in its place"))
        document = strict_yaml.parse(plain_text.read(path), REGISTER)
        register, faults = _register(document)
    except FaultsError as error:
        register, faults = None, list(error.faults)
    if register is None or faults:
        raise RegisterError("; ".join(in_words(faults)))
    return register


def is_misnamed(folder: Path) -> bool:
    """Whether something stands in a case that was meant to be its register, such as register.yaml or register.yml.txt."""
    return any(path.name != REGISTER and path.name.casefold().startswith("register") for path in folder.iterdir())


def _register(document: Document) -> tuple[Register | None, list[Fault]]:
    faults = [*document.faults, *_unclear(document, document.data, ())]
    if not isinstance(document.data, dict):
        return None, [*faults, document.fault((), "must begin with `format: 1` and hold lists of people, places, …")]
    if faults:
        return None, faults
    try:
        return Register.model_validate(document.data), []
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        return None, [_fault(document, e["loc"], e["type"]) for e in found]


def _unclear(document: Document, value: Value, path: strict_yaml.Path) -> Iterator[Fault]:
    """Values that say less or other than was typed: 0117 is 79 to YAML, No is false, an empty item is nobody."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unclear(document, inner, (*path, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _unclear(document, inner, (*path, position))
    elif path and path[-1] == "born":
        if not isinstance(value, dt.date):
            yield document.fault(path, _where(path) + "must be a day of the calendar, year first, such as 1987-03-14")
    elif isinstance(value, Unclear | dt.date):
        yield document.fault(path, _where(path) + "YAML reads this otherwise than it is typed: put it in quotes")
    elif path and (value is None or (isinstance(value, str) and not value.strip())):
        yield document.fault(path, _where(path) + "is empty: delete it, or write what belongs there")
    elif isinstance(value, str) and CONTROL.search(value):
        yield document.fault(path, _where(path) + "holds a control character, which no text has: type it again")


def _fault(document: Document, loc: strict_yaml.Path, kind: str) -> Fault:
    if kind == "extra_forbidden":
        fields = Person.model_fields if "people" in loc[:-1] else Register.model_fields
        return document.fault(loc, _where(loc[:-1]) + wrong_field(str(loc[-1]), fields))
    if loc[-1] == "role" and kind == "value_error":
        words = wrong_word(_value(document, loc), "a role", {key: (role.label,) for key, role in ROLES.items()})
    elif loc == ("format",):
        words = "must be 1"
    else:
        words = _WORDS.get(kind, "is not right: it must be text")
    return document.fault(loc, _where(loc) + words)


def _value(document: Document, path: strict_yaml.Path) -> Any:
    value: Any = document.data
    for part in path:
        value = value[part]
    return value


def _where(path: strict_yaml.Path) -> str:
    """Where a value stands; nothing if a field's name on the way is not one of a register's: it may be a person's."""
    known = {*Register.model_fields, *Person.model_fields}
    return f"{label(path)}: " if path and all(isinstance(part, int) or part in known for part in path) else ""
