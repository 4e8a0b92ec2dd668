"""The rows of the open data, from what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from publishing.catalogue import statistics
from publishing.catalogue.lessons import Taught
from publishing.catalogue.recommendations import Recommendation, recommendations
from publishing.catalogue.titles import review_title
from publishing.reviews import RedactedReview

Record = Mapping[str, Any]
"""One row: a value for each column of its dataset, and what only JSON can hold."""


def records(reviews: Sequence[RedactedReview], as_of: dt.date, address: str = "") -> dict[str, list[Record]]:
    """The rows of every dataset, in an order that adding a review does not change for the others."""
    ordered = sorted(reviews, key=lambda review: review.public_id)
    taught = [Taught(review, lesson) for review in ordered for lesson in review.lessons]
    return {
        "reviews": [_review(review, address) for review in ordered],
        "lessons": [_lesson(entry, address) for entry in taught],
        "recommendations": [_recommendation(found) for found in recommendations(taught, as_of)],
        "updates": [
            {"id": _id(entry), "date": update.date.isoformat(), "status": update.status, "note": update.note}
            for entry in taught
            for update in sorted(entry.lesson.updates, key=lambda update: update.date)
        ],
        "trends": [
            {"year": str(report.year or "all"), "table": table.key, "row": row.key, "column": column, "count": count}
            for report in statistics.reports(reviews)
            for table in report.tables.values()
            for row in table.rows
            for column, count in zip(table.columns, row.counts, strict=True)
        ],
    }


def _id(entry: Taught) -> str:
    return f"{entry.review.public_id}/lesson-{entry.lesson.id}"


def _review(review: RedactedReview, address: str) -> Record:
    facts = review.facts.model_dump()
    return {
        "review": review.public_id,
        "title": review_title(review),
        "address": f"{address}reviews/{review.public_id}/",
        "published": review.publish_on.isoformat(),
        **facts,
        "offence_year": str(review.facts.offence_year),
        "took": review.took,
        "lessons": len(review.lessons),
    }


def _lesson(entry: Taught, address: str) -> Record:
    lesson = entry.lesson
    return {
        "id": _id(entry),
        "review": entry.review.public_id,
        "lesson": lesson.id,
        "address": f"{address}reviews/{entry.review.public_id}/#lesson-{lesson.id}",
        "text": lesson.text,
        "why": lesson.why,
        "themes": entry.themes,
        "level": lesson.level,
        "owner": lesson.owner,
        "response": lesson.response,
        "due": lesson.due,
        "status": lesson.status,
    }


def _recommendation(found: Recommendation) -> Record:
    lesson = _lesson(found.taught, "")
    return {
        **{name: value for name, value in lesson.items() if name not in ("address", "why")},
        "published": found.taught.review.publish_on.isoformat(),
        "overdue": found.overdue,
        "unanswered": found.unanswered,
        "months_silent": found.silent,
        "history": [
            {"date": update.date.isoformat(), "status": update.status}
            for update in sorted(found.taught.lesson.updates, key=lambda update: update.date)
        ],
    }
