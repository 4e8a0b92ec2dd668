"""Invented reviews as they are published: redacted, numbered, with two lessons each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from publishing import prose
from publishing.reviews import Block, KeyFacts, Lesson, RedactedReview, Section, Update, Withdrawal

TODAY = dt.date(2025, 11, 3)
"""The day that the site of these reviews is built for."""

# ⟦ and ⟧ become square brackets after the Markdown was read, as redaction's labels do
CHRONOLOGY = """\
| When | What happened |
| --- | --- |
| ⟦2 days after release⟧ | ⟦Person on probation⟧ missed his first appointment |
| ⟦week 3 on licence⟧ | ⟦Victim 1⟧(aged) rang the office \\| nobody rang back |
"""

SUMMARY = """\
⟦Practitioner 1⟧: No. That is how the record of the last meeting begins.

⟦Victim 1⟧(aged 25) had asked for *help* **twice**.[^1] <script>alert("x")</script> & so on, {{ review }}.

[^1]: The second time by letter.
"""


LESSONS = (
    Lesson(
        id=1,
        text="A home must be seen, not heard about: [Manager 1] <b>said</b> so.",
        why="Visits were counted when they were booked.",
        themes=("home-visits",),
        level="national",
        owner="HM Prison and Probation Service",
        response="accepted",
        due="2025-09",
        updates=(
            Update(date=dt.date(2025, 3, 1), status="not-started"),
            Update(date=dt.date(2025, 6, 1), status="in-progress", note="Guidance | drafted."),
        ),
    ),
    Lesson(id=2, text="Say what would lead to recall before it is needed, and who decides.", level="local"),
)


def make_review(public_id: str = "2025-001", **changes: Any) -> RedactedReview:
    """An invented review; keyword arguments change its key facts, `lessons` and the rest."""
    facts: dict[str, Any] = {
        "outcome": "convicted",
        "offence": "murder",
        "offence_year": 2018,
        "region": "greater-manchester",
        "provider": "national-probation-service",
        "supervision": "licence",
        "risk_of_serious_harm": "high",
        "mappa_level": 1,
        "agencies": ("probation", "police"),
        "themes": ("home-visits", "recall", "recording"),
        "reasonable_steps": "not-taken",
    }
    facts.update({name: changes.pop(name) for name in list(changes) if name in KeyFacts.model_fields})
    findings = "### Lesson 1\n\n### P1\n\nNobody asked."
    sections = (("summary", SUMMARY), ("chronology", CHRONOLOGY), ("findings", findings))
    number = iter(range(1, 100))
    return RedactedReview.model_validate(
        {
            "public_id": public_id,
            "publish_on": dt.date(2025, 2, 3),
            "facts": KeyFacts.model_validate(facts),
            "content_notes": ("domestic abuse", "fatal violence"),
            "sections": tuple(
                Section(key=key, blocks=tuple(_numbered(block, number) for block in prose.blocks(text)))
                for key, text in sections
            ),
            "lessons": LESSONS,
            "redactions": {"PERSON": 12, "CODE": None},
            **changes,
        }
    )


def _numbered(block: Block, number: Iterator[int]) -> Block:
    plain = not prose.is_heading(block.text) and prose.note_label(block.text) is None
    text = block.text.replace("⟦", "[").replace("⟧", "]")
    return Block(text=text, number=next(number) if plain else None)


def six_reviews() -> tuple[RedactedReview, ...]:
    """Six reviews, alike enough to be related and to fill filters; somebody said that they teach the same two lessons."""
    return with_same_lessons(
        make_review(),
        make_review("2025-002", offence="rape", region="wales", offence_year=2019, reasonable_steps="taken"),
        make_review("2025-003", offence="manslaughter", region="kent-surrey-and-sussex", themes=("mappa", "recall")),
        make_review("2025-004", offence="robbery-with-firearm", region="london", offence_year=2020, lessons=()),
        make_review("2025-005", publish_on=dt.date(2025, 9, 1), redactions={}, mappa_level=None, provider=None),
        make_review("2025-006", agencies=("probation", "childrens-services"), content_notes=()),
    )


def with_same_lessons(*reviews: RedactedReview) -> tuple[RedactedReview, ...]:
    """Reviews as somebody signs them who says of each lesson in the words of an earlier one that it is the same."""
    first: dict[str, str] = {}
    for review in reviews:
        for lesson in review.lessons:
            first.setdefault(lesson.text, f"{review.public_id}/{lesson.id}")

    def said(review: RedactedReview, lesson: Lesson) -> Lesson:
        other = first[lesson.text]
        own = other.startswith(f"{review.public_id}/")
        return lesson if own else lesson.model_copy(update={"same_as": (other,)})

    return tuple(
        review.model_copy(update={"lessons": tuple(said(review, lesson) for lesson in review.lessons)})
        for review in reviews
    )


WITHDRAWN = (Withdrawal(public_id="2024-009", on=dt.date(2025, 5, 6), reason="victim-request"),)
"""One review that was taken down."""
