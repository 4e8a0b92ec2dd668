"""register.yml as a form: who and what a review knows, and two people for taking a protection away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yaml import YAMLError

from publishing import intake
from publishing.errors import PublishingError
from publishing.intake import plain_text
from publishing.intake.faults import FaultsError
from publishing.intake.plain_text import CONTROL
from publishing.settings import today
from publishing.workbench import register_lines
from publishing.workbench.deciding import REGISTER
from publishing.workbench.front import quoted
from redaction import Register, RegisterError
from redaction.register import Person

PROTECTED = {
    "sexual-offence": "Victim of a sexual offence",
    "trafficking": "Victim of trafficking",
    "child-order": "Child in family proceedings",
    "witness-order": "Witness under an order",
}
"""Why somebody is protected for life, as people read it."""

THINGS = {
    "places": ("Places", "Homes, streets, towns, premises: as the review writes them, one a line."),
    "organisations": ("Organisations", "Schools, employers, clubs, offices, one a line."),
    "codes": ("Codes", "CRN, prison number, every reference, one a line."),
}
"""The lists of a register, how they are asked, and what to tell whoever fills them in."""

_HEAD = "# Who and what this review knows: all of it is removed from the public text. Private, never published."
_LONGEST = 500


@dataclass(frozen=True)
class Row:
    """A person as the form shows them."""

    role: str = ""
    names: str = ""
    born: str = ""
    protected: str = ""
    published_as: str = ""


def rows(register: Register | None) -> tuple[Row, ...]:
    """Everyone whom a register declares, and an empty row for one more."""
    people = register.people if register else ()
    return (
        *(Row(p.role, "\n".join(p.names), str(p.born or ""), p.protected or "", p.published_as or "") for p in people),
        Row(),
    )


def changed(folder: Path, said: Mapping[str, Sequence[str]], by: str, second: str) -> bytes:
    """register.yml as a form said it: only what was changed is rewritten, and no note of the file is lost.

    Args:
        folder: the case's folder.
        said: the form: `role-0`, `names-0` (one a line), … for each person, and the lists.
        by: who fills it in.
        second: the other person, who is needed where a protection goes.

    Raises:
        RegisterError: the register that is there cannot be read.
        PublishingError: it cannot be written so.
    """
    before = intake.register_of(folder)
    entries = [_entry(said, number) for number in range(len([name for name in said if name.startswith("role-")]))]
    lists = {name: _items(said, name) for name in THINGS}
    lines = ["format: 1", "people:", *(f"  - {entry}" for entry in entries if entry)]
    if lines[-1] == "people:":
        lines[-1] = "people: []"
    lines += [f"{name}: [{', '.join(map(quoted, items))}]" for name, items in lists.items()]
    try:
        after = Register.parse("\n".join(lines))
    except RegisterError as error:
        raise PublishingError(f"Nothing was written: {error}.") from None
    note = ""
    if before and (loses := _unprotected(before, after)):
        by, second = (" ".join(name.split()) for name in (by, second))
        if not by or not second or by.casefold() == second.casefold():
            raise PublishingError(
                "Nothing was written: this takes the protection, or a name, of somebody who is protected for life away. "
                "Two people decide that: say who you are (at the top of the page), and who the other one is."
            )
        if CONTROL.search(by + second):
            raise PublishingError("Nothing was written: a name holds signs that no name has.")
        note = f"# {today()}: the protection of {loses} was changed by {by} and {second}.\n"
    if before is None:
        return "\n".join((_HEAD, *lines, "")).encode()
    return (_in_place(folder, before, after, entries, lists) or _anew(folder, lines)).encode() + note.encode()


def _in_place(
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
        text = register_lines.rewritten(
            plain_text.read(folder / REGISTER), changed, [entry for entry in entries[there:] if entry], lists
        )
        return text if Register.parse(text) == after else None
    except (FaultsError, RegisterError, YAMLError, ValueError):
        return None


def _anew(folder: Path, lines: Sequence[str]) -> str:
    """The whole file written anew, every note of the old one at its head."""
    return "\n".join((*register_lines.comments(plain_text.read(folder / REGISTER)), *lines, ""))


def _entry(said: Mapping[str, Sequence[str]], number: int) -> str:
    """A person as YAML on one line; empty where nobody is named."""
    names = _items(said, f"names-{number}")
    if not names:
        return ""
    role, born, protected, public = (_one(said, f"{name}-{number}") for name in _FIELDS)
    fields = [f"role: {quoted(role or 'other')}", f"names: [{', '.join(map(quoted, names))}]"]
    if born:
        try:
            fields.append(f"born: {dt.date.fromisoformat(born)}")
        except ValueError:
            raise PublishingError("Nothing was written: a birthday is a day such as 1987-03-14.") from None
    fields += [f"protected: {quoted(protected)}"] if protected else []
    fields += [f"published_as: {quoted(public)}"] if public else []
    return f"{{{', '.join(fields)}}}"


_FIELDS = ("role", "born", "protected", "published_as")


def _items(said: Mapping[str, Sequence[str]], name: str) -> list[str]:
    found = [" ".join(line.split()) for text in said.get(name, ()) for line in text.splitlines()]
    if any(len(item) > _LONGEST or CONTROL.search(item) for item in found):
        raise PublishingError("Nothing was written: a name is too long, or holds signs that no name has.")
    return list(dict.fromkeys(item for item in found if item))


def _one(said: Mapping[str, Sequence[str]], name: str) -> str:
    return " ".join(" ".join(said.get(name, ())).split())


def takes_protection(folder: Path, text: str | None) -> bool:
    """Whether another text of register.yml protects somebody less than the one that is there; None is no register at all."""
    before = intake.register_of(folder)
    try:
        after = Register.parse(text) if text is not None else Register()
    except RegisterError:
        after = Register()
    return before is not None and bool(_unprotected(before, after))


def _unprotected(before: Register, after: Register) -> str:
    """Who is protected in one register and less so in the other, as it is said in a note; empty where nobody is."""
    lost = [
        number
        for number, person in enumerate(before.people, start=1)
        if person.protected and not any(_still(person, other) for other in after.people)
    ]
    return f"person no. {' and no. '.join(map(str, lost))}" if lost else ""


def _still(person: Person, other: Person) -> bool:
    return (
        other.protected == person.protected
        and set(person.names) <= set(other.names)
        and other.published_as in (None, person.published_as)
    )
