"""Invented reviews, already redacted, and one built site that every test of this folder reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing import prose, site
from publishing.reviews import Block, KeyFacts, Lesson, RedactedReview, Section, Update, Withdrawal

# ⟦ and ⟧ become square brackets after the Markdown was read, as redaction's labels do
TODAY = dt.date(2025, 11, 3)

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


@pytest.fixture(scope="session")
def make_review() -> Callable[..., RedactedReview]:
    """Build an invented review; keyword arguments change its key facts, `lessons` and the rest."""
    return _review


def _review(public_id: str = "2025-001", **changes: Any) -> RedactedReview:
    facts = {
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
    lessons = (
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
        Lesson(id=2, text="Say what would lead to recall before it is needed.", level="local"),
    )
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
            "lessons": lessons,
            "redactions": {"PERSON": 12, "CODE": None},
            **changes,
        }
    )


def _numbered(block: Block, number: Any) -> Block:
    plain = not prose.is_heading(block.text) and prose.note_label(block.text) is None
    text = block.text.replace("⟦", "[").replace("⟧", "]")
    return Block(text=text, number=next(number) if plain else None)


@pytest.fixture(scope="session")
def reviews() -> tuple[RedactedReview, ...]:
    """Six reviews, alike enough to be related and to fill filters."""
    return (
        _review(),
        _review("2025-002", offence="rape", region="wales", offence_year=2019, reasonable_steps="taken"),
        _review("2025-003", offence="manslaughter", region="kent-surrey-and-sussex", themes=("mappa", "recall")),
        _review("2025-004", offence="robbery-with-firearm", region="london", offence_year=2020, lessons=()),
        _review("2025-005", publish_on=dt.date(2025, 9, 1), redactions={}, mappa_level=None, provider=None),
        _review("2025-006", agencies=("probation", "childrens-services"), content_notes=()),
    )


@pytest.fixture(scope="session")
def withdrawals() -> tuple[Withdrawal, ...]:
    """One review that was taken down."""
    return (Withdrawal(public_id="2024-009", on=dt.date(2025, 5, 6), reason="victim-request"),)


@pytest.fixture(scope="session")
def staging(
    reviews: tuple[RedactedReview, ...], withdrawals: tuple[Withdrawal, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The whole site, built once: markdown/ and site/."""
    folder = tmp_path_factory.mktemp("staging")
    site.publish(reviews, withdrawals, folder, TODAY)
    return folder


@pytest.fixture(scope="session")
def today() -> dt.date:
    """The day that the site is built for."""
    return TODAY
