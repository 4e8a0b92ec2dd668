"""How pages say things: titles, dates and counts in words."""

from __future__ import annotations

import datetime as dt

from publishing.catalogue.titles import lesson_title, low, review_title
from publishing.reviews import RedactedReview

__all__ = [
    "KINDS",
    "address",
    "count",
    "day",
    "lesson_title",
    "low",
    "month",
    "redaction_counts",
    "review_title",
    "version",
]

KINDS = {
    "PERSON": "Names of people",
    "CODE": "Reference numbers",
    "CONTACT": "Telephone numbers, e-mail and web addresses",
    "ADDRESS": "Addresses and postcodes",
    "PLACE": "Towns, villages and areas",
    "ORGANISATION": "Prisons, courts, offices, schools and other organisations",
    "DATE": "Dates",
    "AGE": "Ages",
    "QUANTITY": "Sentence lengths and other exact numbers",
    "DEMOGRAPHIC": "Details of background",
    "OTHER": "Other details",
}
"""What a reader sees for each kind of redacted detail."""


def day(date: dt.date) -> str:
    """A day as it is read aloud: 3 February 2025."""
    return f"{date.day} {date:%B} {date.year}"


def month(text: str) -> str:
    """A month or a day as cases write it (2025-09, 2025-09-30), in words."""
    year, number, *_ = [*text.split("-"), "1"]
    return f"{dt.date(int(year), int(number), 1):%B} {year}" if len(text) >= 7 else text


def count(number: int, one: str, many: str | None = None) -> str:
    """A count and its noun: 1 lesson, 2 lessons."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def redaction_counts(review: RedactedReview) -> list[tuple[str, str]]:
    """Kinds of detail and how often each was replaced, in words; small counts are not shown."""
    ordered = sorted(review.redactions.items(), key=lambda item: [*KINDS, item[0]].index(item[0]))
    return [(KINDS.get(kind, kind), "fewer than five" if n is None else f"{n:,}") for kind, n in ordered]


def version(review: RedactedReview) -> dt.date:
    """The day of the text as it stands: of its last correction, or else of its publication."""
    return max([review.publish_on, *(change.date for change in review.changes)])


def address(root: str, path: str) -> str:
    """The whole address of a page; from the site's root alone where nobody has said where the site will stand.

    `root` ends with a slash, or is "".
    """
    return f"{root or '/'}{path}"
