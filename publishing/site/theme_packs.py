"""What of a theme stands on the two sheets that a team prints: as much as fits by a rule, and how much was left out.

A sheet's room is counted in lines of an average letter's width, with some to spare, since each machine has fonts of its own.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from publishing.catalogue.good_practice import PracticePoint
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.recommendations import assess_lesson
from publishing.catalogue.themes import ThemeWords

_LESSON_LINES = 52
"""Lines of the first sheet for lessons."""

_TALK_LINES = 54
"""Lines of the second sheet for questions and good practice together."""

_LESSON_GAP, _POINT_GAP = 1, 0.3
"""Lines of space that part a lesson, or a point or question, from the next."""

_LETTERS = 82
"""Letters of an average line; measured: 105 in the font that takes most room."""

_CAPITAL = re.compile(r"[A-Z]")

T = TypeVar("T")


@dataclass(frozen=True)
class ThemePack:
    """The lessons of the first sheet, the good practice of the second, and how many of each did not fit."""

    lessons: tuple[ReviewLesson, ...]
    lessons_left: int
    points: tuple[PracticePoint, ...]
    points_left: int


def theme_pack(
    words: ThemeWords, lessons: Sequence[ReviewLesson], points: Sequence[PracticePoint], as_of: dt.date
) -> ThemePack:
    """What fits of a theme's lessons and points, each in the order given: what would not fit is passed over, and counted."""
    asked = sum(_lines(question) + _POINT_GAP for question in words.questions)
    shown = _fitting(
        lessons,
        lambda taught: _lines(taught.lesson.text) + _lines(_beneath(taught, as_of)) + _LESSON_GAP,
        _LESSON_LINES,
    )
    told = _fitting(
        points,
        lambda point: _lines(f"{point.text} (Review {point.review.public_id})") + _POINT_GAP,
        _TALK_LINES - asked,
    )
    return ThemePack(shown, len(lessons) - len(shown), told, len(points) - len(told))


def _beneath(taught: ReviewLesson, as_of: dt.date) -> str:
    """About the words that stand beneath a lesson: where it is from, whom it is for and what became of it."""
    return f"Review {taught.review.public_id}, lesson 10. For: {taught.lesson.owner}. {assess_lesson(taught, as_of).progress}. Overdue"


def _lines(text: str) -> int:
    """How many lines a text takes; a capital takes the room of two letters."""
    return len(textwrap.wrap(_CAPITAL.sub(r"\g<0>\g<0>", text), _LETTERS))


def _fitting(entries: Sequence[T], lines: Callable[[T], float], room: float) -> tuple[T, ...]:
    fitting = []
    for entry in entries:
        if (needed := lines(entry)) <= room:
            fitting.append(entry)
            room -= needed
    return tuple(fitting)
