"""Annual reports that stay as they were published: whatever comes later, until a review that they count is withdrawn or corrected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.reviews import Edition, Lesson, RedactedReview, Update, Withdrawal
from publishing.site import pages, public_record
from publishing.site.pages import trends

DAY, LATER = dt.date(2026, 1, 31), dt.date(2026, 11, 3)
FOREWORD = "Nobody asked twice.\n\nWe must ask <b>twice</b>."
PAGE = "trends/2025/edition/index.md"


@pytest.fixture
def published(make_review: Callable[..., RedactedReview]) -> list[RedactedReview]:
    """What stands at the end of January: two reviews of 2025, and one of the year before."""
    own = Lesson(id=1, text="Ferry timetables are read before a curfew is set.", level="local", due="2025-12")
    return [
        make_review(),
        make_review("2025-002", region="wales", lessons=(own,)),
        make_review("2024-001", publish_on=dt.date(2024, 5, 6)),
    ]


@pytest.fixture
def edition(published: list[RedactedReview]) -> Edition:
    """The report of 2025."""
    return trends.edition_of(published, 2025, DAY, FOREWORD)


def write(folder: Path, reviews: list[RedactedReview], edition: Edition, gone: list[Withdrawal] | None = None) -> str:
    """The page of an edition, in a site that is written later."""
    pages.write_pages(reviews, gone or [], folder, LATER, (), [edition])
    return (folder / PAGE).read_text(encoding="utf-8")


def test_it_stays_whatever_comes_later(
    published: list[RedactedReview], edition: Edition, make_review: Callable[..., RedactedReview], tmp_path: Path
) -> None:
    """More reviews, and an answer to a lesson, change the page of the year and not the edition; a day before it, it is not there."""
    first = write(tmp_path / "first", published, edition)
    assert edition.page.strip() in first
    assert "Nobody asked twice.\n\nWe must ask &lt;b&gt;twice&lt;/b&gt;." in first.replace("\\", "")
    assert "what was published in 2025 and stood published on 31 January 2026." in first
    lesson = published[1].lessons[0]
    done = Update(date=dt.date(2026, 5, 1), status="implemented")
    answered = published[1].model_copy(update={"lessons": (lesson.model_copy(update={"updates": (done,)}),)})
    more = [published[0], answered, published[2], make_review("2026-001", publish_on=dt.date(2026, 3, 1))]
    assert write(tmp_path / "more", more, edition) == first
    assert "as it stood on 31 January 2026" in (tmp_path / "more/trends/2025/index.md").read_text(encoding="utf-8")
    pages.write_pages(published, [], tmp_path / "early", DAY - dt.timedelta(1), (), [edition])
    assert not (tmp_path / "early" / PAGE).exists()
    assert public_record.load_edition_records(tmp_path / "more") == (edition,)


def test_a_withdrawal_takes_out_all_that_tells_of_the_review(
    published: list[RedactedReview], edition: Edition, tmp_path: Path
) -> None:
    """Counted again without it, as of the same day; no foreword, no word of it, in page, record and data; again from that record too."""
    gone = [Withdrawal(public_id="2025-002", on=LATER, reason="legal")]
    text = write(tmp_path / "once", published, edition, gone)
    assert "counted again" in text
    assert "what was published in 2025, stood published on 31 January 2026 and stands today." in text
    assert re.search(r"One review was published in 2025, with 2 lessons", text)
    told = [
        path
        for path in (tmp_path / "once").rglob("*")
        if path.is_file() and path.suffix in (".md", ".json", ".csv", ".xml")
    ]
    for word in ("Ferry timetables", "asked twice"):
        assert [path.name for path in told if word in path.read_text(encoding="utf-8")] == []
    for folder in ("trends", "data/reports"):
        assert [path for path in (tmp_path / "once" / folder).rglob("*.*") if b"2025-002" in path.read_bytes()] == []
    (kept,) = public_record.load_edition_records(tmp_path / "once")
    assert write(tmp_path / "twice", published[::2], kept) == text


def test_a_correction_does_so_too(published: list[RedactedReview], edition: Edition, tmp_path: Path) -> None:
    """A word that was taken out of a review is in no report of before."""
    lesson = published[1].lessons[0].model_copy(update={"text": "Timetables are read before a curfew is set."})
    corrected = [published[0], published[1].model_copy(update={"lessons": (lesson,)}), published[2]]
    text = write(tmp_path, corrected, edition)
    assert "Timetables are read" in text
    assert "Ferry" not in text + (tmp_path / "data/reports/2025.json").read_text(encoding="utf-8")


def test_where_nothing_is_left_the_page_says_so(
    published: list[RedactedReview], edition: Edition, tmp_path: Path
) -> None:
    """Its address stays."""
    gone = [Withdrawal(public_id=name, on=LATER, reason="legal") for name in ("2025-001", "2025-002")]
    assert "Nothing that is published now stands here." in write(tmp_path, published, edition, gone)
