"""The public record: what was published can be read back, and a broken record says so without its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.catalogue.repeated_lessons import name_published_alone
from publishing.errors import BuildError
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site import public_record


def test_what_is_written_is_read_back(
    staging: Path, reviews: tuple[RedactedReview, ...], withdrawals: tuple[Withdrawal, ...]
) -> None:
    """The record holds each review and each withdrawal exactly, and of lessons that are the same those that are published.

    Going back to a release compares it with what was signed.
    """
    assert public_record.load_public_record(staging / "markdown") == (name_published_alone(reviews), withdrawals)


def test_the_record_is_published_too(staging: Path) -> None:
    """The same files stand in the site."""
    here, there = staging / "markdown/data/reviews/2025-001.json", staging / "site/data/reviews/2025-001.json"
    assert here.read_bytes() == there.read_bytes()


def test_a_folder_without_a_record_has_nothing_published(tmp_path: Path) -> None:
    """Before the first build there is nothing to lose."""
    assert public_record.load_public_record(tmp_path) == ((), ())


def test_a_broken_record_is_named_and_not_quoted(tmp_path: Path) -> None:
    """The error tells the file alone."""
    path = tmp_path / "data/reviews/2025-001.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"public_id": "Secret Words"}', encoding="utf-8")
    with pytest.raises(BuildError, match=r"2025-001\.json") as caught:
        public_record.load_public_record(tmp_path)
    assert "Secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "read",
    [
        lambda folder: public_record.load_public_record(folder),
        lambda folder: public_record.tells_same_lessons(folder),
        lambda folder: public_record.load_edition_records(folder),
        lambda folder: public_record.published_page_ids(folder / "data"),
    ],
)
def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    """What stands published would else be taken for nothing, and going back to it would say that it is done."""
    (tmp_path / "data").mkdir()
    for name in ("reviews", "reports"):
        (tmp_path / "data" / name).write_text("no folder", encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be read"):
        read(tmp_path)
