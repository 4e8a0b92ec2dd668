"""What a case's history tells: signatures, corrections, publication and withdrawal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from publishing.errors import PublishingError
from publishing.release.history import case_history
from publishing.release.responding import respond
from publishing.release.signoff import sign_off
from redaction import Redactor
from tests.support.building import withdraw_small
from tests.support.cases import CASE, edit_case, write_case


def test_history_tells_everything_in_order(house: Path, redactor: Redactor) -> None:
    """Signatures, corrections, publication, withdrawal; an unknown case is refused."""
    edit_case(house)
    sign_off(house / "reviews", CASE, "Another Checker", note="Corrected.", out=house / "build", redactor=redactor)
    withdraw_small(CASE, "legal", house / "reviews", house / "build", dt.date.today())
    told = [event.words.split(",")[0] for event in case_history(house / "reviews", CASE, house / "build")]
    assert told == [
        "signed by A Checker",
        "2025-001 could be published from this day",
        "signed by Another Checker",
        "a correction was signed: Corrected.",
        "2025-001 was withdrawn: a legal reason",
    ]
    with pytest.raises(PublishingError):
        case_history(house / "reviews", "../build", house / "build")


def test_history_says_what_each_signature_covers_and_from_when_it_counted(house: Path, redactor: Redactor) -> None:
    """An update's signature confirms no question of the text; nothing was published before somebody signed."""
    late = write_case(house / "reviews", "late", public_id="2025-003", publish_on="2025-01-15")
    sign_off(house / "reviews", late.name, "A Checker", redactor=redactor)
    respond(house / "reviews", late.name, 1, "in-progress", None, "An Officer", redactor=redactor)
    told = [str(event) for event in case_history(house / "reviews", late.name, house / "build")]
    day = dt.datetime.now(dt.UTC).date()
    assert told[0].startswith(f"{day}  signed by A Checker, 8 of 8 questions confirmed by signing, text ")
    assert told[1:] == [
        f"{day}  an update of a lesson was signed by An Officer; the text stayed as it was signed",
        f"{day}  2025-003 could be published from this day",
    ]
    assert "2025-02-03  2025-001 could be published from this day" in [
        str(event) for event in case_history(house / "reviews", CASE, house / "build")
    ]
