"""How pages say things: dates and counts in words."""

from __future__ import annotations

import datetime as dt
from functools import partial

from publishing.reviews import RedactedReview
from publishing.vocabulary import counted

DETAIL_TITLES = {
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


def format_day(date: dt.date) -> str:
    """A day as it is read aloud: 3 February 2025."""
    return f"{date.day} {date:%B} {date.year}"


def format_month(text: str) -> str:
    """A month or a day as cases write it (2025-09, 2025-09-30), in words."""
    year, number, *_ = [*text.split("-"), "1"]
    return f"{dt.date(int(year), int(number), 1):%B} {year}" if len(text) >= 7 else text


counted_with_commas = partial(counted, thousands=",")
"""A count and its noun: 1 lesson, 1,200 lessons."""


def redaction_counts(review: RedactedReview) -> list[tuple[str, str]]:
    """Kinds of detail and how often each was replaced, in words; small counts, zero included, are not shown."""
    ordered = sorted(review.told_redactions.items(), key=lambda item: [*DETAIL_TITLES, item[0]].index(item[0]))
    return [(DETAIL_TITLES.get(kind, kind), "fewer than five" if n is None else f"{n:,}") for kind, n in ordered]


def version_day(review: RedactedReview) -> dt.date:
    """The day of the current text: of its last correction, or else of its publication."""
    return max([review.publish_on, *(change.date for change in review.changes)])


def page_address(root: str, path: str) -> str:
    """The whole address of a page; from the site's root alone where its address is not known.

    `root` ends with a slash, or is "".
    """
    return f"{root or '/'}{path}"
