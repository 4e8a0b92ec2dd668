"""The public record: each published review as data, from which the site can be written again."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from publishing.catalogue.national_counts import NationalCount
from publishing.catalogue.statistics import NationalComparison
from publishing.errors import BuildError
from publishing.files.indented_json import indented_json
from publishing.files.listing import entries_of
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.settings import PUBLIC_ID

WITHDRAWN = "data/withdrawals.json"
NATIONAL = "data/national.json"
_REPORTS = "data/reports"
_REVIEWS = "data/reviews"
"""Where the records of withdrawals and of national counts are, in the folders of Markdown and of HTML alike."""

_WITHDRAWALS = TypeAdapter(tuple[Withdrawal, ...])
_NATIONAL = TypeAdapter(tuple[NationalCount, ...])


def record_path(public_id: str) -> str:
    """Where a review's record is, in the folders of Markdown and of HTML alike."""
    return f"{_REVIEWS}/{public_id}.json"


def write_public_record(reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal], folder: Path) -> None:
    """Write data/reviews/<public_id>.json and data/withdrawals.json, each as canonical JSON."""
    for review in reviews:
        _put(folder / record_path(review.public_id), record_json(review))
    _put(folder / WITHDRAWN, withdrawals_json(withdrawals))


def record_json(review: RedactedReview) -> bytes:
    """What the record of a review holds."""
    return _canonical(review.model_dump(mode="json"))


def withdrawals_json(withdrawals: Sequence[Withdrawal]) -> bytes:
    """What the record of withdrawals holds."""
    ordered = sorted(withdrawals, key=lambda withdrawal: withdrawal.public_id)
    return _canonical([withdrawal.model_dump(mode="json") for withdrawal in ordered])


def write_national_record(beside: Sequence[NationalComparison], folder: Path) -> None:
    """Write data/national.json: the national counts that the site shows, and no other."""
    rows = [
        {"offence": row.offence, "year": row.year, "count": row.national, "source": row.source}
        for row in beside
        if row.national is not None
    ]
    _put(folder / NATIONAL, _canonical(rows))


def load_national_record(folder: Path) -> tuple[NationalCount, ...]:
    """Read back the national counts that a site shows; none where there is no such record.

    Raises:
        BuildError: the record cannot be read.
    """
    path = folder / NATIONAL
    return _read_record(path, _NATIONAL.validate_json) if path.exists() else ()


def write_edition_records(editions: Sequence[Edition], folder: Path) -> None:
    """Write data/reports/<year>.json for each annual report that stays as it was published."""
    for edition in editions:
        _put(folder / _REPORTS / f"{edition.year}.json", _canonical(edition.model_dump(mode="json")))


def load_edition_records(folder: Path) -> tuple[Edition, ...]:
    """Read back the annual reports that a site keeps as they were published.

    Raises:
        BuildError: a record cannot be read.
    """
    return tuple(_read_record(path, Edition.model_validate_json) for path in _entries(folder / _REPORTS, ".json"))


def published_page_ids(site: Path) -> set[str]:
    """References that have a page in a built site, whatever its record says.

    Raises:
        BuildError: the pages cannot be listed.
    """
    folders = (place for place in _entries(site / "reviews") if re.fullmatch(PUBLIC_ID, place.name, re.ASCII))
    return {place.name for place in folders if (place / "index.html").exists()}


def load_public_record(folder: Path) -> tuple[tuple[RedactedReview, ...], tuple[Withdrawal, ...]]:
    """Read the public record of a site's Markdown folder; a folder without one has nothing published.

    Raises:
        BuildError: a record cannot be read; the message names the file alone.
    """
    paths = _entries(folder / _REVIEWS, ".json")
    reviews = tuple(_read_record(path, RedactedReview.model_validate_json) for path in paths)
    withdrawals = folder / WITHDRAWN
    return reviews, _read_record(withdrawals, _WITHDRAWALS.validate_json) if withdrawals.exists() else ()


def tells_same_lessons(folder: Path) -> bool:
    """Whether a site's records are of a time when people said which lessons are the same: before, a program put them together on pages.

    Raises:
        BuildError: a record cannot be read.
    """
    records = [_read_record(path, json.loads) for path in _entries(folder / _REVIEWS, ".json")]
    return all("same_as" in lesson for record in records for lesson in record["lessons"])


def _entries(folder: Path, suffix: str = "") -> list[Path]:
    try:
        return entries_of(folder, suffix)
    except OSError:
        raise BuildError(
            f"the public record cannot be read in {folder.name}; look at who may read it, and try again"
        ) from None


def _canonical(value: Any) -> bytes:
    return indented_json(value, sort_keys=True)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _read_record(path: Path, parse: Any) -> Any:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        # a record holds a review's words, so the error says where and not what
        raise BuildError(f"the public record {path.name} cannot be read; build the site again") from None
