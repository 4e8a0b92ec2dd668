"""updates.yml: what was said of a case's lessons since, one entry for each; written by `candour respond`.

It adds to the updates in review.md and is read with them as one list, so that an answer can be recorded
without touching the review. docs/decisions/0006-updates-of-their-own.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from publishing.intake import front_matter, strict_model
from publishing.intake.field_types import Number, OneOf, Text
from publishing.intake.front_matter import UpdateEntry
from publishing.intake.strict_model import StrictModel
from publishing.reviews import Lesson, Update
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import Fault, FaultsError

UPDATES = "updates.yml"


class SaidEntry(UpdateEntry):
    """What was said of one lesson on a day, and who recorded it."""

    lesson: Number = Field(description="the lesson's id")
    by: Text | None = Field(None, description="who recorded it; never published")


class UpdatesFile(StrictModel):
    """updates.yml, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    updates: tuple[SaidEntry, ...] = Field((), description="the oldest first")


def load_updates(
    folder: Path, lessons: Iterable[front_matter.LessonEntry]
) -> tuple[tuple[SaidEntry, ...], list[Fault]]:
    """What the file says of a case's lessons, and its faults; nothing where there is no file."""
    path = folder / UPDATES
    if not path.is_symlink() and not path.exists():
        return (), []
    try:
        document = strict_yaml.parse(plain_text.read_utf8(path), UPDATES)
    except FaultsError as error:
        return (), list(error.faults)
    file, faults, _ = strict_model.validate(UpdatesFile, document)
    entries = file.updates if file else ()
    faults = [*document.faults, *faults, *_contradictions(entries, lessons, document)]
    return (() if faults else entries), faults


def _contradictions(
    entries: Iterable[SaidEntry], lessons: Iterable[front_matter.LessonEntry], document: strict_yaml.YamlDocument
) -> Iterator[Fault]:
    days = {lesson.id: {update.date for update in lesson.updates} for lesson in lessons}
    for position, entry in enumerate(entries):
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


def join_updates(lessons: Iterable[Lesson], entries: Sequence[SaidEntry]) -> tuple[Lesson, ...]:
    """Lessons with what the file says of them, the oldest first."""

    def with_own_updates(lesson: Lesson) -> Lesson:
        own = [Update(date=e.date, status=e.status, note=e.note) for e in entries if e.lesson == lesson.id]
        updates = sorted((*lesson.updates, *own), key=lambda update: update.date)
        return lesson.model_copy(update={"updates": tuple(updates)}) if own else lesson

    return tuple(with_own_updates(lesson) for lesson in lessons)
