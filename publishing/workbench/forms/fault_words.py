"""Faults of a case as its forms name them: by the labels of their fields, and not by lines of review.md."""

from __future__ import annotations

import re

from publishing.workbench.forms.facts_form import DISCLOSURE, FACTS
from publishing.workbench.forms.lessons_form import LESSON_FIELDS

_FAULT = re.compile(
    r"review\.md line \d+: (?:lessons no\. (?P<lesson>\d+), )?(?P<field>[a-z_]+(?:, [a-z_]+)?): (?P<said>.*)"
)
_FACTS = {field.name: field.label for field in (*FACTS, *DISCLOSURE)}
_LESSONS = {field.name: field.label for field in LESSON_FIELDS}


def fault_in_words(fault: str) -> str:
    """A fault with the label of its field before it; as it is, where no form has the field."""
    if not (found := _FAULT.fullmatch(fault)):
        return fault
    lesson, name = found["lesson"], found["field"].replace(", ", ".")
    label = (_LESSONS if lesson else _FACTS).get(name)
    place = f"Lesson {lesson}, {label[:1].lower()}{label[1:]}" if lesson and label else label
    return f"{place}: {found['said']}" if place else fault
