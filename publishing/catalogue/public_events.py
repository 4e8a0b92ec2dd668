"""What happened to published reviews, from public records alone: publications, corrections, withdrawals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from publishing.reviews import RedactedReview, Withdrawal

_ORDER = ("withdrawn", "corrected", "published")


@dataclass(frozen=True)
class PublicEvent:
    """One line of the change log. `words` are a correction's note, or a withdrawal's reason (a vocabulary term).

    `number` counts a review's corrections, the first is 1.
    """

    on: dt.date
    public_id: str
    what: Literal["published", "corrected", "withdrawn"]
    words: str = ""
    number: int = 0


def public_events(reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal]) -> tuple[PublicEvent, ...]:
    """Every event, the newest first; of a withdrawn review its withdrawal alone, which the page tells without its reference."""
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    found = [PublicEvent(w.on, w.public_id, "withdrawn", w.reason) for w in withdrawals]
    for review in reviews:
        if review.public_id not in gone:
            found.append(PublicEvent(review.publish_on, review.public_id, "published"))
            found += [
                PublicEvent(change.date, review.public_id, "corrected", change.note, number)
                for number, change in enumerate(review.changes, start=1)
            ]
    found.sort(key=lambda event: (_ORDER.index(event.what), event.public_id))
    return tuple(sorted(found, key=lambda event: event.on, reverse=True))
