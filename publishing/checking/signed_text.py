"""The text that is signed: its fields, its notes on changes, and the updates beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from publishing.checking.canonical_json import canonical_json
from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.checking.signature_files import update_sha256
from publishing.owners import spell_owner
from publishing.reviews import Change, RedactedReview

CORRECTED = "The text was corrected."
"""The note on a change for which the signer wrote none."""


def canonical_text(review: RedactedReview) -> bytes:
    """What is signed, as canonical JSON: sorted keys, UTF-8, no spaces; everything but what is said of lessons beside it."""
    return canonical_json(text_fields(review))


def text_sha256(review: RedactedReview) -> str:
    """The hash of what is signed, in hexadecimal."""
    return hashlib.sha256(canonical_text(review)).hexdigest()


def text_fields(review: RedactedReview) -> dict[str, Any]:
    """Everything of a review that its signature covers, as signed.json has it."""
    text = review.model_dump(mode="json")
    for lesson in text["lessons"]:
        # said of lessons beside the text, each thing with a hash of its own
        del lesson["updates"], lesson["same_as"]
    if not text["changes"]:
        # texts signed before there were changes keep their hash
        del text["changes"]
    return text


def same_text(one: RedactedReview, other: RedactedReview) -> bool:
    """Whether two texts say the same, whatever notes on changes they carry; both with their paragraphs numbered.

    An owner in another spelling is the same owner: what was signed before its spelling was listed is no other text.
    """
    return hash_without_changes(_with_spelled_owners(one)) == hash_without_changes(_with_spelled_owners(other))


def _with_spelled_owners(text: RedactedReview) -> RedactedReview:
    spelled = (
        lesson.model_copy(update={"owner": spell_owner(lesson.owner)}) if lesson.owner else lesson
        for lesson in text.lessons
    )
    return text.model_copy(update={"lessons": tuple(spelled)})


def hash_without_changes(review: RedactedReview) -> str:
    """What a text says, whatever notes on changes it carries, as a hash; few redactions of a kind, and none, are told alike."""
    bare = review.model_copy(update={"changes": (), "redactions": review.told_redactions})
    return text_sha256(bare)


def as_signed_after(redacted: RedactedReview, before: RedactedReview) -> RedactedReview:
    """A text with the paragraph numbers and notes that it would have if it were signed after another."""
    text = number_paragraphs(redacted, before, last_number(before))
    return text.model_copy(update={"changes": before.changes})


def add_change(text: RedactedReview, before: RedactedReview | None, note: str | None, on: dt.date) -> RedactedReview:
    """The text with the changes there were before, and with this one if the text is another and a note says so.

    Where the text is the same, a note takes the place of the stock one on the last change: nobody had said what changed.
    """
    changes = before.changes if before else ()
    if note and before:
        said = " ".join(note.split())
        if not same_text(before, as_signed_after(text, before)):
            new = Change(date=on, note=said)
            changes = (*changes, *(() if new in changes else (new,)))
        elif changes and changes[-1].note == CORRECTED:
            changes = (*changes[:-1], changes[-1].model_copy(update={"note": said}))
    return text.model_copy(update={"changes": changes})


def hashed_updates(review: RedactedReview) -> list[dict[str, Any]]:
    """What is said of every lesson beside the text, each with its own hash: its updates, and which other lessons it is the same as."""
    updates: list[dict[str, Any]] = []
    for lesson in review.lessons:
        for update in sorted(lesson.updates, key=lambda update: update.date):
            said = {"lesson": lesson.id, **update.model_dump(mode="json")}
            updates.append({**said, "sha256": update_sha256(review.public_id, said)})
        if lesson.same_as:
            said = {"lesson": lesson.id, "same_as": list(lesson.same_as)}
            updates.append({**said, "sha256": update_sha256(review.public_id, said)})
    return updates
