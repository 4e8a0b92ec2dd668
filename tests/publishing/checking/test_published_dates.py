"""Warnings of days and months beside a period, and beside a date that is told from release."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from publishing import intake
from publishing.checking.published_dates import warnings_for_published_dates
from publishing.reviews import Block, Lesson, RedactedReview, Section, Update
from redaction import Redactor
from tests.publishing.catalogue.test_disclosure import review
from tests.support.cases import redacted, write_case


def text(*lessons: Lesson, plan: str = "") -> RedactedReview:
    """A text published on 3 February 2025."""
    sections = (Section(key="action-plan", blocks=(Block(text=plan),)),) if plan else ()
    return review(1, "murder").model_copy(update={"lessons": lessons, "sections": sections})


def lesson(words: str = "Ask.", **fields: object) -> Lesson:
    """Lesson 1."""
    return Lesson.model_validate({"id": 1, "text": words, "level": "local", **fields})


UPDATE = Update(date=dt.date(2019, 6, 1), status="in-progress")
LATER = Update(date=dt.date(2025, 6, 1), status="in-progress", note="Done by [week 87 on licence].")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"due": "2019-09"}, ["lesson 1, due 2019-09"]),
        ({"due": "2025-01", "updates": (UPDATE,)}, ["lesson 1, due 2025-01", "lesson 1, update of 2019-06-01"]),
        ({"due": "2025-02"}, []), ({"updates": (LATER,)}, []), ({}, []),
    ],
)  # fmt: skip
def test_what_is_dated_before_publication_narrows_a_period(fields: dict[str, object], told: list[str]) -> None:
    """Months and days after publication do not; and where the year is told nothing is given away."""
    found = [w for w in warnings_for_published_dates(text(lesson(**fields)), year_withheld=True) if "period" in w]
    assert found == [] if not told else "; ".join(told) in found[0]
    assert not [w for w in warnings_for_published_dates(text(lesson(**fields)), year_withheld=False) if "period" in w]


@pytest.mark.parametrize(
    ("public", "warned"),
    [
        (text(lesson("By [week 87 on licence].", due="2025-09")), True),
        (text(lesson(due="2025-09", why="Since [month 4 on licence].")), True),
        (text(lesson(updates=(LATER,))), True),
        (text(lesson(due="2025-09"), plan="By [3 days after release]."), True),
        (text(lesson("By [week 87 on licence].")), False),
        (text(lesson("By [date removed], for [Prison 2].", due="2025-09")), False),
        (text(lesson("In 2019.", due="2025-09")), False),
    ],
)
def test_a_date_told_from_release_beside_a_day_is_warned_of(public: RedactedReview, warned: bool) -> None:
    """The one less the other is the day of release."""
    found = list(warnings_for_published_dates(public, year_withheld=False))
    assert bool(found) is warned
    assert not warned or "tell the day of release" in found[0]


def test_no_lesson_tells_a_date_from_release(tmp_path: Path, redactor: Redactor) -> None:
    """The engine gives the year alone in lessons, owners and notes, though the case has an anchor."""
    folder = write_case(tmp_path / "reviews", lesson="By 14 September 2019 the plan of 20 June 2018 must be read.")
    public = redacted(intake.load_case(folder), redactor)
    assert "2019" in public.lessons[0].text
    assert list(warnings_for_published_dates(public, year_withheld=False)) == []
    assert "licence]" not in public.lessons[0].text
