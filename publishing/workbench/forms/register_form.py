"""register.yml as a form: who and what a review knows, and two people for taking a protection away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yaml import YAMLError

from publishing import intake
from publishing.checking.decisions import are_two_people
from publishing.errors import PublishingError
from publishing.settings import today
from publishing.workbench.forms import register_editing
from publishing.workbench.forms.front_matter_editing import quote
from redaction import REGISTER, Person, Register, RegisterError
from redaction.strict_files import plain_text
from redaction.strict_files.faults import FaultsError
from redaction.strict_files.plain_text import CONTROL

PROTECTIONS = {
    "sexual-offence": "Victim of a sexual offence",
    "trafficking": "Victim of trafficking",
    "child-order": "Child in family proceedings",
    "witness-order": "Witness under an order",
}
"""Why somebody is protected for life, as people read it."""

LISTS = {
    "places": ("Places", "Homes, streets, towns, premises: as the review writes them, one a line."),
    "organisations": ("Organisations", "Schools, employers, clubs, offices, one a line."),
    "codes": ("Codes", "CRN, prison number, every reference, one a line."),
}
"""The lists of a register, how they are asked, and what to tell whoever fills them in."""

_HEADER = "# Who and what this review knows: all of it is removed from the public text. Private, never published."
_LENGTH_LIMIT = 500


@dataclass(frozen=True)
class RegisterRow:
    """A person as the form shows them."""

    role: str = ""
    names: str = ""
    born: str = ""
    protected: str = ""
    published_as: str = ""


def register_rows(register: Register | None) -> tuple[RegisterRow, ...]:
    """Everyone whom a register declares, and an empty row for one more."""
    people = register.people if register else ()
    return (
        *(
            RegisterRow(p.role, "\n".join(p.names), str(p.born or ""), p.protected or "", p.published_as or "")
            for p in people
        ),
        RegisterRow(),
    )


def typed_rows(submitted: Mapping[str, Sequence[str]]) -> tuple[RegisterRow, ...]:
    """Everyone as a form submitted them, and an empty row for one more."""
    rows = [
        RegisterRow(
            **{name: "\n".join(submitted.get(f"{name}-{number}", ())) for name in ("names", *PERSON_FIELDS)},
        )
        for number in range(len([name for name in submitted if name.startswith("role-")]))
    ]
    while rows and rows[-1] in (RegisterRow(), RegisterRow(role="other")):
        rows.pop()
    return (*rows, RegisterRow())


def with_declared(rows: Sequence[RegisterRow], register: Register | None) -> tuple[RegisterRow, ...]:
    """Rows as a form submitted them, and whomever the file declares meanwhile of whom a name is in none of them."""
    typed = {name.strip() for row in rows for name in row.names.splitlines()}
    others = [row for row in register_rows(register)[:-1] if not typed.issuperset(row.names.splitlines())]
    return (*(row for row in rows if row != RegisterRow()), *others, RegisterRow())


def change_register(folder: Path, submitted: Mapping[str, Sequence[str]], by: str, second: str) -> bytes:
    """register.yml as a form submitted it: only what was changed is rewritten, and no comment of the file is lost.

    Args:
        folder: the case's folder.
        submitted: the form: `role-0`, `names-0` (one a line), … for each person, and the lists.
        by: who fills it in.
        second: the other person, who is needed where a protection goes.

    Raises:
        RegisterError: the register that is there cannot be read.
        PublishingError: it cannot be written so.
    """
    before = intake.load_register(folder)
    entries = [
        _person_yaml(submitted, number)
        for number in range(len([name for name in submitted if name.startswith("role-")]))
    ]
    lists = {name: _submitted_items(submitted, name) for name in LISTS}
    lines = ["format: 1", "people:", *(f"  - {entry}" for entry in entries if entry)]
    if lines[-1] == "people:":
        lines[-1] = "people: []"
    # the form does not show them
    lines += _namesakes_yaml(before)
    lines += [f"{name}: [{', '.join(map(quote, items))}]" for name, items in lists.items()]
    try:
        after = Register.parse("\n".join(lines))
    except RegisterError as error:
        raise PublishingError(f"Nothing was written: {error}.") from None
    note = ""
    if before and (loses := _lost_protections(before, after)):
        by, second = (" ".join(name.split()) for name in (by, second))
        if not are_two_people(folder.parent, by, second):
            raise PublishingError(
                "Nothing was written: this takes the protection, or a name, of somebody who is protected for life away. "
                "Two people decide that: say who you are (at the top of the page), and who the other one is. Where signers are "
                "listed, both are on that list."
            )
        if CONTROL.search(by + second):
            raise PublishingError("Nothing was written: a name holds signs that no name has.")
        note = f"# {today()}: the protection of {loses} was changed by {by} and {second}.\n"
    if before is None:
        return "\n".join((_HEADER, *lines, "")).encode()
    return (
        _rewrite_in_place(folder, before, after, entries, lists) or _write_anew(folder, lines)
    ).encode() + note.encode()


def _rewrite_in_place(
    folder: Path, before: Register, after: Register, entries: Sequence[str], lists: Mapping[str, Sequence[str]]
) -> str | None:
    """The file that is there with what was changed in it; None where it is written in a way that cannot be changed so."""
    people = iter(after.people)
    wanted = [next(people) if entry else None for entry in entries]
    there = len(before.people)
    changed = [
        None if one == old else entry for one, old, entry in zip(wanted[:there], before.people, entries, strict=False)
    ]
    try:
        text = register_editing.rewrite_register(
            plain_text.read_utf8(folder / REGISTER), changed, [entry for entry in entries[there:] if entry], lists
        )
        return text if Register.parse(text) == after else None
    except (FaultsError, RegisterError, YAMLError, ValueError):
        return None


def _write_anew(folder: Path, lines: Sequence[str]) -> str:
    """The whole file written anew, every note of the old one at its head."""
    return "\n".join((*register_editing.comments(plain_text.read_utf8(folder / REGISTER)), *lines, ""))


def _namesakes_yaml(register: Register | None) -> list[str]:
    """What the file says of namesakes, as YAML."""
    if not register or not register.namesakes:
        return []
    entries = (f"  - {{words: {quote(n.words)}, reason: {quote(n.reason)}}}" for n in register.namesakes)
    return ["namesakes:", *entries]


def _person_yaml(submitted: Mapping[str, Sequence[str]], number: int) -> str:
    """A person as YAML on one line; empty where nobody is named."""
    names = _submitted_items(submitted, f"names-{number}")
    if not names:
        return ""
    role, born, protected, public = (_submitted_value(submitted, f"{name}-{number}") for name in PERSON_FIELDS)
    fields = [f"role: {quote(role or 'other')}", f"names: [{', '.join(map(quote, names))}]"]
    if born:
        try:
            fields.append(f"born: {dt.date.fromisoformat(born)}")
        except ValueError:
            raise PublishingError("Nothing was written: a birthday is a day such as 1987-03-14.") from None
    fields += [f"protected: {quote(protected)}"] if protected else []
    fields += [f"published_as: {quote(public)}"] if public else []
    return f"{{{', '.join(fields)}}}"


PERSON_FIELDS = ("role", "born", "protected", "published_as")


def _submitted_items(submitted: Mapping[str, Sequence[str]], name: str) -> list[str]:
    found = [" ".join(line.split()) for text in submitted.get(name, ()) for line in text.splitlines()]
    if any(len(item) > _LENGTH_LIMIT or CONTROL.search(item) for item in found):
        raise PublishingError("Nothing was written: a name is too long, or holds signs that no name has.")
    return list(dict.fromkeys(item for item in found if item))


def _submitted_value(submitted: Mapping[str, Sequence[str]], name: str) -> str:
    return " ".join(" ".join(submitted.get(name, ())).split())


def removes_protection(folder: Path, text: str | None) -> bool:
    """Whether another text of register.yml protects somebody less than the one that is there; None is no register at all."""
    before = intake.load_register(folder)
    try:
        after = Register.parse(text) if text is not None else Register()
    except RegisterError:
        after = Register()
    return before is not None and bool(_lost_protections(before, after))


def _lost_protections(before: Register, after: Register) -> str:
    """Who is protected in one register and less so in the other, as a note in the file names them; empty where nobody is."""
    lost = [
        number
        for number, person in enumerate(before.people, start=1)
        if person.protected and not any(_is_still_protected(person, other) for other in after.people)
    ]
    return f"person no. {' and no. '.join(map(str, lost))}" if lost else ""


def _is_still_protected(person: Person, other: Person) -> bool:
    return (
        other.protected == person.protected
        and set(person.names) <= set(other.names)
        and other.published_as in (None, person.published_as)
    )
