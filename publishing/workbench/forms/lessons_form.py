"""The lessons of a case as forms: each is changed by itself, and a new one is put after the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.checking.signature_files import load_unverified_text
from publishing.errors import PublishingError
from publishing.workbench.forms.facts_form import FormField, field_value, submitted_values, to_yaml
from publishing.workbench.forms.front_matter_editing import FrontMatterLines, find_field, find_field_end, set_field

LESSON_FIELDS = (
    FormField(("text",), "What must be done", "long", "In a sentence or two. Redacted and published."),
    FormField(("why",), "What contributed", "long", "Optional. Redacted and published."),
    FormField(("themes",), "Themes", "choices", "Optional.", "themes"),
    FormField(("level",), "For whom it is", "choice", "", "levels"),
    FormField(
        ("owner",), "Who is to do it", "text", "Optional: an organisation, not a person. Redacted and published."
    ),
    FormField(("response",), "What the owner answered", "choice", "Optional.", "responses"),
    FormField(("due",), "Promised by", "month", "Optional: a month such as 2025-09."),
)
_ITEM = re.compile(r"(?P<indent>\s*)-(?P<gap>\s+)[a-z_]+:(\s|$)")


@dataclass(frozen=True)
class LessonRow:
    """A lesson as the form shows it. `signed`: its number is public, so it stays."""

    id: str
    values: Mapping[str, str | list[str]]
    updates: int
    signed: bool


def lesson_rows(folder: Path) -> tuple[LessonRow, ...]:
    """The lessons as review.md has them.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    text = load_unverified_text(folder)
    public = {str(lesson.id) for lesson in text.lessons} if text else set()
    return tuple(
        LessonRow(
            str(lesson.get("id", "")),
            {field.name: field_value(lesson, field) for field in LESSON_FIELDS},
            len(updates) if isinstance(updates := lesson.get("updates", ()), tuple) else 0,
            str(lesson.get("id", "")) in public,
        )
        for lesson in head_lessons(FrontMatterLines(folder))
    )


def place_of(folder: Path, place: str, number: str) -> str:
    """Where a lesson is now that was at `place` under this number when its form was shown; "" for a new one.

    Raises:
        PublishingError: it is gone.
    """
    if not place or not number:
        return place
    numbers = [lesson.id for lesson in lesson_rows(folder)]
    if number not in numbers:
        raise PublishingError("There is no such lesson any more: it was taken out after this page was shown.")
    return str(numbers.index(number))


def change_lesson(folder: Path, place: int, submitted: Mapping[str, Sequence[str]]) -> str:
    """review.md with one lesson as a form submitted it; `place` counts from 0.

    Raises:
        FormRefusedError: values are none that their fields can have.
        PublishingError: it cannot be written here.
    """
    head = FrontMatterLines(folder)
    rewrite_lesson(head, place, LESSON_FIELDS, submitted_values(LESSON_FIELDS, submitted))
    return head.to_markdown()


def rewrite_lesson(
    head: FrontMatterLines, place: int, fields: Sequence[FormField], wanted: Mapping[str, str | list[str]]
) -> None:
    """Have some fields of a lesson say what is wanted; raises as `change_lesson` does."""
    lessons = head_lessons(head)
    if not 0 <= place < len(lessons):
        raise PublishingError("There is no such lesson any more.")
    now = {field.name: field_value(lessons[place], field) for field in fields}
    first, last, indent = _find_item(head, place)
    # an item is a field list whose first line carries the dash
    dash = head.lines[first]
    lines = [" " * indent + dash[indent:], *head.lines[first + 1 : last]]
    changed = [field for field in fields if wanted[field.name] != now[field.name]]
    for field, written in zip(changed, to_yaml(changed, wanted), strict=True):
        lines = set_field(lines, field.path, written, " " * indent)
    if not lines[0].startswith(" " * indent):
        raise head.unsupported_layout()
    head.lines[first:last] = [dash[:indent] + lines[0][indent:], *lines[1:]]
    _verify_change(head, lessons, place, fields, wanted)


def add_lesson(folder: Path, submitted: Mapping[str, Sequence[str]]) -> str:
    """review.md with one more lesson, under a number that no lesson has or had in a signed text.

    Raises:
        FormRefusedError: values are none that their fields can have.
        PublishingError: it cannot be written here.
    """
    head = FrontMatterLines(folder)
    append_lesson(head, folder, submitted)
    return head.to_markdown()


def append_lesson(head: FrontMatterLines, folder: Path, submitted: Mapping[str, Sequence[str]]) -> None:
    """Put one more lesson into the head of a review, as `add_lesson` does; raises the same."""
    lessons = head_lessons(head)
    text = load_unverified_text(folder)
    used = [n for lesson in lessons if isinstance(n := lesson.get("id"), int)]
    number = max([0, *used, *(lesson.id for lesson in (text.lessons if text else ()))]) + 1
    wanted = submitted_values(LESSON_FIELDS, submitted)
    start = find_field(head.lines, "lessons", 0, len(head.lines))
    if start is None:
        head.lines.append("lessons:")
        start = len(head.lines) - 1
    if not lessons:
        head.lines[start : find_field_end(head.lines, start)] = ["lessons:"]
    indent = " " * (_find_item(head, 0)[2] - 2 if lessons else 2)
    filled = [field for field in LESSON_FIELDS if wanted[field.name]]
    end = find_field_end(head.lines, start)
    head.lines[end:end] = [
        f"{indent}- id: {number}",
        *(f"{indent}  {field.name}: {said}" for field, said in zip(filled, to_yaml(filled, wanted), strict=True)),
    ]
    _verify_change(head, [*lessons, {"id": number}], len(lessons), LESSON_FIELDS, wanted)


def remove_lesson(folder: Path, place: int) -> str:
    """review.md without a lesson that no signed text has.

    Raises:
        PublishingError: its number is public, or it cannot be taken out here.
    """
    head = FrontMatterLines(folder)
    lessons = head_lessons(head)
    if not 0 <= place < len(lessons):
        raise PublishingError("There is no such lesson any more.")
    if lesson_rows(folder)[place].signed:
        raise PublishingError(
            "This lesson is signed and has a public address: correct what it says, or withdraw the review."
        )
    first, last, _ = _find_item(head, place)
    head.lines[first:last] = []
    start = find_field(head.lines, "lessons", 0, len(head.lines))
    if len(lessons) == 1 and start is not None:
        head.lines[start] = "lessons: []"
    expected = tuple(lesson for number, lesson in enumerate(lessons) if number != place)
    _verify_removal(head, expected)
    return head.to_markdown()


def head_lessons(head: FrontMatterLines) -> list[dict[str, Any]]:
    """The lessons as the head of a review has them."""
    found = head.data.get("lessons") or ()
    if not isinstance(found, tuple) or not all(isinstance(lesson, dict) for lesson in found):
        raise head.unsupported_layout()
    return [dict(lesson) for lesson in found if isinstance(lesson, dict)]


def _find_item(head: FrontMatterLines, place: int) -> tuple[int, int, int]:
    """The lines of a lesson, notes after it apart, and the column in which its fields begin."""
    start = find_field(head.lines, "lessons", 0, len(head.lines))
    if start is None:
        raise head.unsupported_layout()
    end = find_field_end(head.lines, start)
    starts = [n for n in range(start + 1, end) if head.lines[n].lstrip().startswith("- ")]
    outer = min((len(head.lines[n]) - len(head.lines[n].lstrip()) for n in starts), default=0)
    starts = [n for n in starts if len(head.lines[n]) - len(head.lines[n].lstrip()) == outer]
    match = _ITEM.match(head.lines[starts[place]]) if place < len(starts) else None
    if match is None:
        raise head.unsupported_layout()
    last = (*starts, end)[place + 1]
    while head.lines[last - 1].lstrip().startswith("#") or not head.lines[last - 1].strip():
        last -= 1
    return starts[place], last, match.end("gap")


def _verify_change(
    head: FrontMatterLines,
    lessons: Sequence[Mapping[str, Any]],
    place: int,
    fields: Sequence[FormField],
    wanted: Mapping[str, str | list[str]],
) -> None:
    """Refuse unless one lesson says what was wanted, and all else what it said before."""
    head_before = [lesson for number, lesson in enumerate(lessons) if number != place]
    before = head.data
    head.reread()
    now = head_lessons(head)
    others = [lesson for number, lesson in enumerate(now) if number != place]
    names = {field.name for field in fields}
    kept = {name: value for name, value in lessons[place].items() if name not in names}
    if (
        len(now) != len(lessons)
        or others != head_before
        or {name: value for name, value in now[place].items() if name not in names} != kept
        or {field.name: field_value(now[place], field) for field in fields} != wanted
        or _without_lessons(before) != _without_lessons(head.data)
    ):
        raise head.unsupported_layout()


def _verify_removal(head: FrontMatterLines, expected: tuple[Mapping[str, Any], ...]) -> None:
    before = head.data
    head.reread()
    if tuple(head_lessons(head)) != expected or _without_lessons(before) != _without_lessons(head.data):
        raise head.unsupported_layout()


def _without_lessons(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "lessons"}
