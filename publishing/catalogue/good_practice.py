"""What reviews commend as good practice, point by point, where it tells of nobody but those who did their work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publishing import prose
from publishing.reviews import Block, RedactedReview
from redaction import ROLES

SECTION = "good-practice"
"""The section of a review that sets it out."""

_OTHERS = "|".join(re.escape(role.label) for role in ROLES.values() if not role.staff)
_OF_OTHERS = re.compile(rf"\[(?:{_OTHERS})(?: \d+)?\]")
"""The label of somebody who was not there to do a job: a victim, a child, a witness, the person on probation."""


@dataclass(frozen=True)
class PracticePoint:
    """One point as plain words, with the permanent number of its paragraph in the review, if it has one."""

    review: RedactedReview
    text: str
    number: int | None


def practice_points(reviews: Iterable[RedactedReview]) -> tuple[PracticePoint, ...]:
    """The points of good practice of reviews, in their order: each paragraph and each item of a list is one.

    Sub-headings, footnotes, tables and the words that announce a list are left to the review's own page; and so are points that
    tell of a victim, a witness or the like: beside them often stands what was done to them.
    """
    return tuple(
        PracticePoint(review, line, block.number)
        for review in reviews
        for section in review.sections
        if section.key == SECTION
        for block in section.blocks
        for line in _lines(block)
    )


def _lines(block: Block) -> Iterator[str]:
    if prose.is_heading(block.text) or prose.is_table(block.text) or prose.note_label(block.text) is not None:
        return
    for line in prose.plain(block.text).splitlines():
        words = line.strip()
        if words and not words.endswith(":") and not _OF_OTHERS.search(words):
            yield words
