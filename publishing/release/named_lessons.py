"""Lessons that a case names as the same as its own: whether that may be signed."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from publishing import intake
from publishing.checking import signing
from publishing.checking.publishability import explain_unpublishable
from publishing.checking.same_lessons import (
    describe_contradictions,
    find_contradictions,
    group_references,
    said_same,
)
from publishing.errors import PublishingError, TamperedSignatureError
from publishing.release.standing_reviews import load_published
from publishing.release.withdrawal_record import load_withdrawals
from publishing.reviews import RedactedReview, Review
from publishing.settings import today
from redaction import RegisterError


def refusals_for_same_as(reviews: Path, review: Review, out: Path | None) -> tuple[str, ...]:
    """Why what a case says of its lessons may not be signed; `out` is where the site is.

    It names a lesson that is not published, of which signed.json, which may be given out, would tell; or what it says is not the
    same would be, by way of what others signed.
    """
    names = {name for lesson in review.lessons for name in lesson.same_as}
    if not names and not review.not_same_as:
        return ()  # no other case is read for it
    gone = {withdrawal.public_id for withdrawal in load_withdrawals(reviews)}
    said = said_same([review])
    for folder in intake.case_folders(reviews):
        with suppress(TamperedSignatureError):
            text = signing.load_signed_text(folder, dt.date.max) if folder.name != review.case else None
            if text and text.public_id not in gone and (not names or _may_be_published(folder, text)):
                said |= said_same([text])
    public = said_same(load_published(out)) if names else {}
    unpublished = sorted(name for name in names if name not in said and name not in public)
    return (
        *(f"same_as names {name}, which is no published lesson: sign it when it is" for name in unpublished),
        *describe_contradictions(find_contradictions(group_references(said), review)),
    )


def _may_be_published(folder: Path, text: RedactedReview) -> bool:
    """Whether a signed text may be published today."""
    try:
        return explain_unpublishable(intake.load_case(folder), text, today()) is None
    except (PublishingError, RegisterError):
        return False
