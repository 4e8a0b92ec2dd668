"""The rows of the open data, from what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from publishing.catalogue import statistics
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.public_events import PublicEvent, public_events
from publishing.catalogue.recommendations import Recommendation, owner_group, owner_title, recommendations_on
from publishing.catalogue.review_titles import review_title
from publishing.reviews import RedactedReview, Withdrawal

Record = Mapping[str, Any]
"""One row: a value for each column of its dataset, and what only JSON can hold."""


def all_records(
    reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal], as_of: dt.date, address: str = ""
) -> dict[str, list[Record]]:
    """The rows of every dataset, in an order that adding a review does not change for the others."""
    ordered = sorted(reviews, key=lambda review: review.public_id)
    taught = [ReviewLesson(review, lesson) for review in ordered for lesson in review.lessons]
    return {
        "reviews": [_review_record(review, address) for review in ordered],
        "review_themes": [{"review": r.public_id, "theme": theme} for r in ordered for theme in r.facts.themes],
        "review_agencies": [{"review": r.public_id, "agency": agency} for r in ordered for agency in r.facts.agencies],
        "lessons": [_lesson_record(entry, address) for entry in taught],
        "lesson_themes": [{"id": _lesson_name(entry), "theme": theme} for entry in taught for theme in entry.themes],
        "recommendations": [_recommendation_record(found) for found in recommendations_on(taught, as_of)],
        "updates": [
            {"id": _lesson_name(entry), "date": update.date.isoformat(), "status": update.status, "note": update.note}
            for entry in taught
            for update in sorted(entry.lesson.updates, key=lambda update: update.date)
        ],
        "trends": [
            {"year": str(report.year or "all"), "table": table.key, "row": row.key, "column": column, "count": count}
            for report in statistics.trends_reports(reviews)
            for table in report.tables.values()
            for row in table.rows
            for column, count in zip(table.columns, row.counts, strict=True)
        ],
        "changes": [_change_record(event) for event in reversed(public_events(ordered, withdrawals))],
    }


def _lesson_name(entry: ReviewLesson) -> str:
    return f"{entry.review.public_id}/lesson-{entry.lesson.id}"


def _review_record(review: RedactedReview, address: str) -> Record:
    facts = review.facts.model_dump()
    # a year is its own first and last
    years = str(review.facts.offence_year).split("-")
    return {
        "review": review.public_id,
        "title": review_title(review),
        "address": f"{address}reviews/{review.public_id}/",
        "published": review.publish_on.isoformat(),
        **facts,
        "offence_year": str(review.facts.offence_year),
        "took": review.took,
        "lessons": len(review.lessons),
        "offence_year_from": int(years[0]),
        "offence_year_to": int(years[-1]),
    }


def _lesson_record(entry: ReviewLesson, address: str) -> Record:
    lesson = entry.lesson
    return {
        "id": _lesson_name(entry),
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
        "same_as": [reference.replace("/", "/lesson-") for reference in lesson.same_as],
    }


def _recommendation_record(found: Recommendation) -> Record:
    lesson = _lesson_record(found.taught, "")
    return {
        **{name: value for name, value in lesson.items() if name not in ("address", "why", "same_as")},
        "published": found.taught.review.publish_on.isoformat(),
        "overdue": found.overdue,
        "unanswered": found.unanswered,
        "months_silent": found.silent,
        "outcome_unknown": found.outcome_unknown,
        "owner_group": owner_title(owner_group(found.taught.lesson.owner)),
        "progress": found.progress,
        "history": [
            {"date": update.date.isoformat(), "status": update.status}
            for update in sorted(found.taught.lesson.updates, key=lambda update: update.date)
        ],
    }


def _change_record(event: PublicEvent) -> Record:
    name = f"correction-{event.number}" if event.number else event.what
    return {
        "id": f"{event.public_id}/{name}",
        "date": event.on.isoformat(),
        "review": event.public_id,
        "event": event.what,
        "correction": event.number or None,
        "reason": event.words if event.what == "withdrawn" else None,
    }
