"""The lessons of a case as forms: each is changed by itself, and a new one is put after the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.checking.records import readable
from publishing.errors import PublishingError
from publishing.workbench.facts import Field, as_yaml, shown
from publishing.workbench.front import Head, end_of, find, with_field

FIELDS = (
    Field(("text",), "What must be done", "long", "In a sentence or two. Redacted and published."),
    Field(("why",), "What contributed", "long", "Optional. Redacted and published."),
    Field(("themes",), "Themes", "choices", "Optional.", "themes"),
    Field(("level",), "For whom it is", "choice", "", "levels"),
    Field(("owner",), "Who is to do it", "text", "Optional: an organisation, not a person. Redacted and published."),
    Field(("response",), "What the owner answered", "choice", "Optional.", "responses"),
    Field(("due",), "Promised by", "month", "Optional: a month such as 2025-09."),
)
_ITEM = re.compile(r"(?P<indent>\s*)-(?P<gap>\s+)[a-z_]+:(\s|$)")


@dataclass(frozen=True)
class Written:
    """A lesson as the form shows it. `signed`: its number is public, so it stays."""

    id: str
    values: Mapping[str, str | list[str]]
    updates: int
    signed: bool


def read(folder: Path) -> tuple[Written, ...]:
    """The lessons as review.md has them.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    text = readable(folder)
    public = {str(lesson.id) for lesson in text.lessons} if text else set()
    return tuple(
        Written(
            str(lesson.get("id", "")),
            {field.name: shown(lesson, field) for field in FIELDS},
            len(updates) if isinstance(updates := lesson.get("updates", ()), tuple) else 0,
            str(lesson.get("id", "")) in public,
        )
        for lesson in _lessons(Head(folder))
    )


def changed(folder: Path, place: int, said: Mapping[str, Sequence[str]]) -> str:
    """review.md with one lesson as it was said; `place` counts from 0.

    Raises:
        PublishingError: it cannot be written here.
    """
    head = Head(folder)
    lessons = _lessons(head)
    if not 0 <= place < len(lessons):
        raise PublishingError("There is no such lesson any more.")
    now = {field.name: shown(lessons[place], field) for field in FIELDS}
    wanted = _wanted(said)
    first, last, indent = _item(head, place)
    # an item is a field list whose first line carries the dash
    dash = head.lines[first]
    lines = [" " * indent + dash[indent:], *head.lines[first + 1 : last]]
    for field in FIELDS:
        if wanted[field.name] != now[field.name]:
            lines = with_field(lines, field.path, as_yaml(field, wanted[field.name]), " " * indent)
    if not lines[0].startswith(" " * indent):
        raise head.by_hand()
    head.lines[first:last] = [dash[:indent] + lines[0][indent:], *lines[1:]]
    _check(head, lessons, place, wanted)
    return head.written()


def added(folder: Path, said: Mapping[str, Sequence[str]]) -> str:
    """review.md with one more lesson, under a number that no lesson has or had in a signed text.

    Raises:
        PublishingError: it cannot be written here.
    """
    head = Head(folder)
    lessons = _lessons(head)
    text = readable(folder)
    used = [n for lesson in lessons if isinstance(n := lesson.get("id"), int)]
    number = max([0, *used, *(lesson.id for lesson in (text.lessons if text else ()))]) + 1
    wanted = _wanted(said)
    start = find(head.lines, "lessons", 0, len(head.lines))
    if start is None:
        head.lines.append("lessons:")
        start = len(head.lines) - 1
    if not lessons:
        head.lines[start : end_of(head.lines, start)] = ["lessons:"]
    indent = " " * (_item(head, 0)[2] - 2 if lessons else 2)
    filled = [field for field in FIELDS if wanted[field.name]]
    end = end_of(head.lines, start)
    head.lines[end:end] = [
        f"{indent}- id: {number}",
        *(f"{indent}  {field.name}: {as_yaml(field, wanted[field.name])}" for field in filled),
    ]
    _check(head, [*lessons, {"id": number}], len(lessons), wanted)
    return head.written()


def removed(folder: Path, place: int) -> str:
    """review.md without a lesson that no signed text has.

    Raises:
        PublishingError: its number is public, or it cannot be taken out here.
    """
    head = Head(folder)
    lessons = _lessons(head)
    if not 0 <= place < len(lessons):
        raise PublishingError("There is no such lesson any more.")
    if read(folder)[place].signed:
        raise PublishingError(
            "This lesson is signed and has a public address: correct what it says, or withdraw the review."
        )
    first, last, _ = _item(head, place)
    head.lines[first:last] = []
    start = find(head.lines, "lessons", 0, len(head.lines))
    if len(lessons) == 1 and start is not None:
        head.lines[start] = "lessons: []"
    expected = tuple(lesson for number, lesson in enumerate(lessons) if number != place)
    _hold(head, expected)
    return head.written()


def _lessons(head: Head) -> list[dict[str, Any]]:
    found = head.data.get("lessons") or ()
    if not isinstance(found, tuple) or not all(isinstance(lesson, dict) for lesson in found):
        raise head.by_hand()
    return [dict(lesson) for lesson in found if isinstance(lesson, dict)]


def _wanted(said: Mapping[str, Sequence[str]]) -> dict[str, str | list[str]]:
    return {field.name: field.value(said.get(field.name, ())) for field in FIELDS}


def _item(head: Head, place: int) -> tuple[int, int, int]:
    """The lines of a lesson, notes after it apart, and the column in which its fields begin."""
    start = find(head.lines, "lessons", 0, len(head.lines))
    if start is None:
        raise head.by_hand()
    end = end_of(head.lines, start)
    starts = [n for n in range(start + 1, end) if head.lines[n].lstrip().startswith("- ")]
    outer = min((len(head.lines[n]) - len(head.lines[n].lstrip()) for n in starts), default=0)
    starts = [n for n in starts if len(head.lines[n]) - len(head.lines[n].lstrip()) == outer]
    match = _ITEM.match(head.lines[starts[place]]) if place < len(starts) else None
    if match is None:
        raise head.by_hand()
    last = (*starts, end)[place + 1]
    while head.lines[last - 1].lstrip().startswith("#") or not head.lines[last - 1].strip():
        last -= 1
    return starts[place], last, match.end("gap")


def _check(head: Head, lessons: Sequence[Mapping[str, Any]], place: int, wanted: Mapping[str, str | list[str]]) -> None:
    """Refuse unless one lesson says what was wanted, and all else what it said before."""
    head_before = [lesson for number, lesson in enumerate(lessons) if number != place]
    before = head.data
    head.reread()
    now = _lessons(head)
    others = [lesson for number, lesson in enumerate(now) if number != place]
    names = {field.name for field in FIELDS}
    kept = {name: value for name, value in lessons[place].items() if name not in names}
    if (
        len(now) != len(lessons)
        or others != head_before
        or {name: value for name, value in now[place].items() if name not in names} != kept
        or {field.name: shown(now[place], field) for field in FIELDS} != wanted
        or _without_lessons(before) != _without_lessons(head.data)
    ):
        raise head.by_hand()


def _hold(head: Head, expected: tuple[Mapping[str, Any], ...]) -> None:
    before = head.data
    head.reread()
    if tuple(_lessons(head)) != expected or _without_lessons(before) != _without_lessons(head.data):
        raise head.by_hand()


def _without_lessons(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "lessons"}
