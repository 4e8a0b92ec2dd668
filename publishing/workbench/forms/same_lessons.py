"""Which published lessons those of a case are the same as: proposed by likeness, decided by a person, written to review.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publishing.catalogue.like_lessons import LessonWords
from publishing.errors import FormRefusedError
from publishing.settings import LESSON_REFERENCE
from publishing.workbench.forms.facts_form import FormField, field_value
from publishing.workbench.forms.front_matter_editing import FrontMatterLines
from publishing.workbench.forms.lessons_form import head_lessons, rewrite_lesson
from publishing.workbench.published_reviews import PublicSite

_FIELDS = (FormField(("same_as",), "The same as", "lines"), FormField(("not_same_as",), "Not the same as", "lines"))
_ANSWERS = {"same": "same_as", "other": "not_same_as"}
_SHOWN = tuple(
    FormField((name,), name, kind) for name, kind in (("text", "long"), ("owner", "text"), ("themes", "choices"))
)


@dataclass(frozen=True)
class LikeRow:
    """A lesson of another review beside one of the case: what it says, and what was answered: same, other or nothing yet.

    One that does not stand published has no text. `group` are the other lessons that people called the same as it: whoever says that it is
    the same says it of them too.
    """

    reference: str
    answer: str
    text: str = ""
    owner: str = ""
    year: str = ""
    group: tuple[LikeRow, ...] = ()


@dataclass(frozen=True)
class SameRow:
    """A lesson of the case and those that are, or may be, the same; `another` is a reference that somebody typed."""

    id: str
    text: str
    like: tuple[LikeRow, ...]
    another: str = ""

    @property
    def undecided(self) -> int:
        """How many proposals nobody has answered."""
        return sum(not row.answer for row in self.like)


def same_rows(folder: Path, site: PublicSite, typed: Mapping[str, Sequence[str]] | None = None) -> tuple[SameRow, ...]:
    """Every lesson of a case with what was decided, and with published ones that are like it; as `typed`, where something was.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    head = FrontMatterLines(folder)
    return tuple(_row(lesson, site, str(head.data.get("public_id", "")), typed) for lesson in head_lessons(head))


def _row(
    lesson: dict[str, Any], site: PublicSite, public_id: str, typed: Mapping[str, Sequence[str]] | None
) -> SameRow:
    number = str(lesson.get("id", ""))
    text, owner, themes = (field_value(lesson, field) for field in _SHOWN)
    answers = _answers(lesson)
    words = LessonWords(str(text), str(owner), tuple(themes))
    # what is one with a lesson that was decided about is decided with it
    decided = set(answers).union(*(site.same.get(name, ()) for name, said in answers.items() if said == "same"))
    proposed = site.lessons.find(words, public_id, decided)
    answers |= {one.reference: "" for one in proposed}
    if typed is not None:
        answers |= _typed_answers(number, typed)
    another = next(iter(typed.get(f"another-{number}", ())), "") if typed else ""
    own = f"{public_id}/{number}"
    rows = tuple(_with_group(_like_row(name, said, site), own, site) for name, said in answers.items())
    return SameRow(number, str(text), rows, another)


def _answers(lesson: dict[str, Any]) -> dict[str, str]:
    """What review.md says of other lessons."""
    fields = zip(_ANSWERS, _FIELDS, strict=True)
    return {reference: answer for answer, field in fields for reference in field_value(lesson, field)}


def _typed_answers(number: str, typed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    about = re.compile(rf"about-{re.escape(number)}-({LESSON_REFERENCE})", re.ASCII)
    return {
        match[1]: values[-1] if values[-1] in _ANSWERS else ""
        for name, values in typed.items()
        if values and (match := about.fullmatch(name))
    }


def _like_row(reference: str, answer: str, site: PublicSite) -> LikeRow:
    found = site.lessons.get(reference)
    if found is None:
        return LikeRow(reference, answer)
    lesson, year = found.lesson, str(found.review.facts.offence_year)
    return LikeRow(reference, answer, lesson.text, lesson.owner or "", year)


def _with_group(row: LikeRow, own: str, site: PublicSite) -> LikeRow:
    others = sorted(site.same.get(row.reference, frozenset()) - {row.reference, own})
    return replace(row, group=tuple(_like_row(name, "", site) for name in others))


def change_same_lessons(folder: Path, submitted: Mapping[str, Sequence[str]]) -> str:
    """review.md with what a form answered: `about-<lesson>-<reference>` is same, other or empty, `another-<lesson>` one more reference.

    Raises:
        FormRefusedError: what was typed is no reference of another review's lesson.
        PublishingError: it cannot be written here.
    """
    head = FrontMatterLines(folder)
    lessons = head_lessons(head)
    own, faults = str(head.data.get("public_id", "")), {}
    for place, lesson in enumerate(lessons):
        number = str(lesson.get("id", ""))
        before = _answers(lesson)
        answers = {**before, **_typed_answers(number, submitted)}
        another = "".join(next(iter(submitted.get(f"another-{number}", ())), "").split())
        if another and (not re.fullmatch(LESSON_REFERENCE, another, re.ASCII) or another.startswith(f"{own}/")):
            faults[f"another-{number}"] = (
                f"Lesson {number}: write the reference of another review’s lesson, such as 2024-001/3."
            )
        elif another:
            answers[another] = "same"
        if answers != before and not faults:
            wanted: dict[str, str | list[str]] = {
                name: [reference for reference, said in answers.items() if said == answer]
                for answer, name in _ANSWERS.items()
            }
            rewrite_lesson(head, place, _FIELDS, wanted)
    if faults:
        raise FormRefusedError(faults)
    return head.to_markdown()
