"""What days and months that are published with lessons give away beside a period, or beside a date told from release or sentence."""

from __future__ import annotations

from collections.abc import Iterator

from publishing.reviews import Lesson, RedactedReview
from redaction import ANCHORED_DATE


def warnings_for_published_dates(text: RedactedReview, *, year_withheld: bool) -> Iterator[str]:
    """What the signer of a text should know of the days and months that stand in it.

    Args:
        text: what is to be signed.
        year_withheld: the year of the offence is given as a period.
    """
    early = [told for lesson in text.lessons for told in _early_dates(lesson, text)]
    if year_withheld and early:
        yield (
            f"the year of the offence is given as a period, and what is dated before publication narrows it: {'; '.join(early)}. "
            "Leave these months and days out unless they would fit every year of the period"
        )
    anchored = list(_anchored_places(text))
    dated = [f"lesson {lesson.id}" for lesson in text.lessons if lesson.due or lesson.updates]
    if anchored and dated:
        yield (
            f"a date is told from release or sentence in {', '.join(anchored)}, and months or days are published with "
            f"{', '.join(dated)}: the two together tell the day of release or sentence. Give the year instead"
        )


def _early_dates(lesson: Lesson, text: RedactedReview) -> Iterator[str]:
    """A lesson's months and days that lie before its review's publication."""
    if lesson.due and lesson.due < f"{text.publish_on:%Y-%m}":
        yield f"lesson {lesson.id}, due {lesson.due[:7]}"
    for update in lesson.updates:
        if update.date < text.publish_on:
            yield f"lesson {lesson.id}, update of {update.date}"


def _anchored_places(text: RedactedReview) -> Iterator[str]:
    """Lessons and action plans that tell a date from release or sentence."""
    if any(ANCHORED_DATE.search(block.text) for s in text.sections if s.key in _PLANS for block in s.blocks):
        yield "the lessons or the action plan as the review writes them"
    for lesson in text.lessons:
        said = (lesson.text, lesson.why, lesson.owner, *(update.note for update in lesson.updates))
        if any(ANCHORED_DATE.search(words) for words in said if words):
            yield f"lesson {lesson.id}"


_PLANS = ("lessons", "action-plan")
"""The sections that are read beside the lessons' own months and days."""
