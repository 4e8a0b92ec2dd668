"""Lessons that a review states in its section Lessons, to be taken over: each leaves the text for the list of lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from publishing import prose
from publishing.errors import PublishingError
from publishing.intake.body import find_section
from publishing.workbench.forms.front_matter_editing import FrontMatterLines
from publishing.workbench.forms.lessons_form import LESSON_FIELDS, append_lesson

FOR_ALL = tuple(field for field in LESSON_FIELDS if field.name in ("level", "owner"))
"""What is said once of all the lessons that are taken over."""

_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[-*•]|(?:lesson|recommendation) \d{1,2}\s*[:.–-])\s+", re.IGNORECASE)


@dataclass(frozen=True)
class StatedLesson:
    """A paragraph or an item of a list: the lines of the body where it stands, its words, and whether it only leads on to others."""

    first: int
    last: int
    text: str

    @property
    def leads_on(self) -> bool:
        """Whether it announces what comes after it: "The review recommends:"."""
        return self.text.endswith(":")


def stated_lessons(folder: Path) -> tuple[StatedLesson, ...]:
    """What the section Lessons of a review says, each paragraph and each item by itself; tables and quotations are left out.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    return tuple(_stated(FrontMatterLines(folder).body))


def _stated(body: str) -> Iterator[StatedLesson]:
    first, last = _section(body)
    section = "\n".join(body.split("\n")[first:last])
    tokens = prose.source_tokens(section)
    if any(token.type == "heading_open" for token in tokens):
        return  # with headings of its own it is more than a list of lessons
    for token in tokens:
        is_item = token.type == "list_item_open" and token.level == 1
        if token.map and (is_item or (token.type == "paragraph_open" and token.level == 0)):
            markdown = "\n".join(section.split("\n")[slice(*token.map)])
            words = _NUMBER.sub("", " ".join(prose.plain(markdown).split()), count=1)
            if words and not prose.note_references(markdown):
                yield StatedLesson(first + token.map[0], first + token.map[1], words)


def _section(body: str) -> tuple[int, int]:
    """The lines between the heading Lessons and the next section; none where there is no such section."""
    tokens = prose.source_tokens(body)
    tops = [
        (token.map, following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2") and token.map
    ]
    ends = [*(lines[0] for lines, _ in tops[1:]), body.count("\n") + 1]
    found = ((at[1], end) for (at, title), end in zip(tops, ends, strict=True) if find_section(title) == "lessons")
    return next(found, (0, 0))


def typed_lessons(submitted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, bool]]:
    """What a form said of each stated lesson, by the words that the review has: the words left in the field, and whether it is ticked."""
    ticked, said = submitted.get("take", ()), {}
    for name, values in submitted.items():
        if name.startswith("was-") and values:
            number = name.removeprefix("was-")
            said[values[0]] = (next(iter(submitted.get(f"text-{number}", ())), ""), number in ticked)
    return said


def take_lessons(folder: Path, submitted: Mapping[str, Sequence[str]]) -> str:
    """review.md with the lessons that were ticked in its list of lessons, and no longer in its text.

    Args:
        folder: the case's folder.
        submitted: the form: for each stated lesson n `was-n`, the review's words, `text-n`, as somebody left or corrected them,
            and n among `take` where it is ticked; `level` and `owner` for all.

    Raises:
        FormRefusedError: values are none that their fields can have.
        PublishingError: nothing was ticked, the text says something else by now, or it cannot be written here.
    """
    head = FrontMatterLines(folder)
    wanted = {was: text for was, (text, is_ticked) in typed_lessons(submitted).items() if is_ticked}
    taken = [lesson for lesson in _stated(head.body) if lesson.text in wanted]
    if not wanted:
        raise PublishingError("Tick the lessons that are to be taken over.")
    if {lesson.text for lesson in taken} != set(wanted):
        raise PublishingError("The section Lessons says something else by now: look at the lessons again.")
    for lesson in taken:
        append_lesson(head, folder, {**submitted, "text": (wanted[lesson.text],)})
    head.body = _without(head.body, taken)
    return head.to_markdown()


def _without(body: str, gone: Sequence[StatedLesson]) -> str:
    """The body without some lines of the section Lessons, and without the section where nothing else stands in it."""
    first, last = _section(body)
    lines = body.split("\n")
    dropped = {number for lesson in gone for number in range(lesson.first, lesson.last)}
    kept = [line for number, line in enumerate(lines[first:last], start=first) if number not in dropped]
    if not any(map(str.strip, kept)):
        first, kept = first - 1, []
    return "\n".join((*lines[:first], *kept, *lines[last:])).rstrip() + "\n"
