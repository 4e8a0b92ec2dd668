"""updates.yml: what was said of a case's lessons since, one entry for each; written by `candour respond`.

It stands beside the updates in review.md and is read as if they were one list, so that an answer can be recorded
without touching the review. docs/decisions/0006-updates-of-their-own.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from publishing.intake import plain_text, schema, strict_yaml
from publishing.intake.faults import Fault, FaultsError
from publishing.intake.schema import File, Number, OneOf, Text, UpdateEntry
from publishing.reviews import Lesson, Update

UPDATES = "updates.yml"


class SaidEntry(UpdateEntry):
    """What was said of one lesson on a day, and who recorded it."""

    lesson: Number = Field(description="the lesson's id")
    by: Text | None = Field(None, description="who recorded it; never published")


class UpdatesFile(File):
    """updates.yml, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    updates: tuple[SaidEntry, ...] = Field((), description="the oldest first")


def read(folder: Path, lessons: Iterable[schema.LessonEntry]) -> tuple[tuple[SaidEntry, ...], list[Fault]]:
    """What the file says of a case's lessons, and its faults; nothing where there is no file."""
    path = folder / UPDATES
    if not path.is_symlink() and not path.exists():
        return (), []
    try:
        document = strict_yaml.parse(plain_text.read(path), UPDATES)
    except FaultsError as error:
        return (), list(error.faults)
    file, faults, _ = schema.read(UpdatesFile, document)
    said = file.updates if file else ()
    faults = [*document.faults, *faults, *_contradictions(said, lessons, document)]
    return (() if faults else said), faults


def _contradictions(
    said: Iterable[SaidEntry], lessons: Iterable[schema.LessonEntry], document: strict_yaml.Document
) -> Iterator[Fault]:
    days = {lesson.id: {update.date for update in lesson.updates} for lesson in lessons}
    for position, entry in enumerate(said):
        where = f"updates no. {position + 1}"
        if entry.lesson not in days:
            yield document.fault(("updates", position), f"{where}, lesson: review.md has no lesson of this id")
            continue
        if entry.date in days[entry.lesson]:
            yield document.fault(
                ("updates", position),
                f"{where}, date: another update of this lesson has this day, so nobody could tell which is the newest",
            )
        days[entry.lesson].add(entry.date)


def joined(lessons: Iterable[Lesson], said: Sequence[SaidEntry]) -> tuple[Lesson, ...]:
    """Lessons with what the file says of them, the oldest first."""

    def whole(lesson: Lesson) -> Lesson:
        own = [Update(date=e.date, status=e.status, note=e.note) for e in said if e.lesson == lesson.id]
        updates = sorted((*lesson.updates, *own), key=lambda update: update.date)
        return lesson.model_copy(update={"updates": tuple(updates)}) if own else lesson

    return tuple(whole(lesson) for lesson in lessons)
