"""A case that may be signed, and its redacted text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.reviews import Block, Disclosure, KeyFacts, Lesson, RedactedReview, Review, Section, Update
from redaction import Register

FACTS = KeyFacts(
    outcome="convicted",
    offence="murder",
    offence_year=2018,
    region="greater-manchester",
    provider="national-probation-service",
    supervision="licence",
    risk_of_serious_harm="high",
    agencies=("police",),
    themes=("recall",),
    reasonable_steps="not-taken",
)
LESSON = Lesson(
    id=1,
    text="Checks are made.",
    level="national",
    updates=(
        Update(date=dt.date(2025, 6, 1), status="in-progress", note="Guidance drafted."),
        Update(date=dt.date(2025, 9, 1), status="implemented"),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty case folder."""
    path = tmp_path / "reviews" / "cedar-lantern-07"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def review() -> Callable[..., Review]:
    """A case that may be signed; any field may be replaced, those of `disclosure` and `facts` by name."""

    def build(**changes: Any) -> Review:
        facts = FACTS.model_copy(update={k: changes.pop(k) for k in list(changes) if k in KeyFacts.model_fields})
        disclosure: dict[str, Any] = {
            "proceedings": "concluded",
            "restrictions": ("none",),
            "victims_informed": dt.date(2024, 12, 2),
            "considered_by": "Victim Liaison Lead",
            "considered_on": dt.date(2024, 12, 5),
        }
        disclosure |= {k: changes.pop(k) for k in list(changes) if k in disclosure}
        fields: dict[str, Any] = {
            "case": "cedar-lantern-07",
            "public_id": "2025-001",
            "status": "approved",
            "approved_by": "Ada  Approver",
            "approved_on": dt.date(2025, 1, 14),
            "publish_on": dt.date(2025, 2, 3),
            "facts": facts,
            "disclosure": Disclosure(**disclosure),
            "sections": (Section(key="summary", blocks=(Block(text="Darren Whitlock was released."),)),),
            "lessons": (LESSON,),
            "declared": Register.parse(
                "people: [{role: person-on-probation, names: [Darren Whitlock, Will]}]\nplaces: [Swinton]"
            ),
        }
        return Review(**{**fields, **changes})

    return build


@pytest.fixture
def redacted() -> Callable[..., RedactedReview]:
    """The redacted text, with the given paragraphs in its summary."""

    def build(*paragraphs: str, **changes: Any) -> RedactedReview:
        texts = paragraphs or ("A man was released.", "He was seen once.", "Nobody asked.")
        fields: dict[str, Any] = {
            "public_id": "2025-001",
            "publish_on": dt.date(2025, 2, 3),
            "facts": FACTS,
            "content_notes": ("fatal violence",),
            "sections": (Section(key="summary", blocks=tuple(Block(text=text) for text in texts)),),
            "lessons": (LESSON,),
            "redactions": {"PERSON": 7, "DATE": None},
        }
        return RedactedReview(**{**fields, **changes})

    return build
