"""A review's prose goes in as one and comes back into its places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from publishing import intake
from publishing.redacting.jobs import job_for
from publishing.reviews import Block, Review, Section, Update
from redaction import Decision, Redactor
from tests.support.cases import redacted, write_case


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return intake.load_case(write_case(tmp_path / "reviews"))


def test_every_string_comes_back_in_its_place(review: Review, redactor: Redactor) -> None:
    """Sections in the page's order whatever the file's; facts, ids and numbers untouched; names gone."""
    sections = (
        Section(key="findings", blocks=(Block(text="### Whitlock", number=None), Block(text="Second.", number=7))),
        Section(key="summary", blocks=(Block(text="Darren Whitlock came.", number=3),)),
    )
    text = redacted(review.model_copy(update={"sections": sections, "content_notes": ("violence",)}), redactor, ())
    assert [section.key for section in text.sections] == ["summary", "findings"]
    assert [block.number for section in text.sections for block in section.blocks] == [3, None, 7]
    assert text.content_notes == ("violence",)
    assert text.sections[1].blocks[1].text == "Second."
    assert "Whitlock" not in "".join(text.strings())
    assert text.lessons[0].text == review.lessons[0].text
    assert text.facts == review.facts
    assert len(list(text.strings())) == len(job_for(review, ()).texts) + 2


def test_lessons_and_action_plans_tell_dates_by_their_year(review: Review, redactor: Redactor) -> None:
    """Beside a published due day, "[month 4 on licence]" would tell the day of release."""
    dated = "Done on 14 September 2018."
    sections = tuple(Section(key=key, blocks=(Block(text=dated),)) for key in ("findings", "lessons", "action-plan"))
    update = Update(date=dt.date(2019, 1, 2), status="in-progress", note=dated)
    lesson = review.lessons[0].model_copy(update={"text": dated, "why": dated, "updates": (update,)})
    dated_review = review.model_copy(update={"sections": sections, "lessons": (lesson,), "notified": "2018-11"})
    text = redacted(dated_review, redactor, ())
    assert [section.blocks[0].text for section in text.sections] == [
        "Done in [month 4 on licence].",
        "Done in 2018.",
        "Done in 2018.",
    ]
    told = text.lessons[0]
    assert [told.text, told.why, told.updates[0].note] == ["Done in 2018."] * 3


def test_few_redactions_are_not_counted_out(review: Review, redactor: Redactor) -> None:
    """Under five of a kind is None."""
    many = Section(key="findings", blocks=tuple(Block(text=f"Darren Whitlock came on day {n}.") for n in range(6)))
    text = redacted(review.model_copy(update={"sections": (*review.sections[:1], many)}), redactor, ())
    assert text.redactions["PERSON"] is not None
    assert text.redactions["PERSON"] >= 6
    assert text.redactions["CODE"] is None
    assert text.redactions["CONTACT"] is None, "none is told as few"


def test_a_jobs_name_says_nothing_and_everything_decides_its_key(review: Review) -> None:
    """Logs of clusters show a job's repr; the key changes with text, register, anchor, decisions and engine."""
    job = job_for(review, ())
    assert repr(job) == "Job('amber-kettle-21')"
    others = [
        job_for(review, [Decision("reject", "Darren")]),
        job_for(review, (), ["other"]),
        job_for(review.model_copy(update={"declared": None}), ()),
        job_for(review.model_copy(update={"anchor": None}), ()),
    ]
    assert len({job.key("a"), job.key("b"), *(other.key("a") for other in others)}) == 6
