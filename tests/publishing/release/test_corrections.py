"""Corrections of what is published: their dated notes, and the change log."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from publishing.checking import load_signed_text
from publishing.errors import SigningRefusedError
from publishing.release.build import build
from publishing.release.signoff import sign_off
from publishing.release.withdrawal import withdraw
from redaction import Redactor
from tests.support.building import AS_OF
from tests.support.cases import CASE, edit_case


def sign(house: Path, redactor: Redactor, note: str | None = None) -> None:
    """Sign the case again, with the site at hand."""
    sign_off(house / "reviews", CASE, "Another Checker", note=note, out=house / "build", redactor=redactor)


def page(house: Path, address: str) -> str:
    """A page of the site."""
    return (house / "build" / "site" / address / "index.html").read_text(encoding="utf-8")


def test_a_correction_has_a_dated_note_on_its_page_and_in_the_log(real_house: Path, redactor: Redactor) -> None:
    """The address stays; page and change log say when and what."""
    folder = edit_case(real_house)
    sign(real_house, redactor, "The finding about the court was corrected.")
    text = load_signed_text(folder, dt.date.max)
    assert text
    assert [change.note for change in text.changes] == ["The finding about the court was corrected."]
    build(real_house / "reviews", real_house / "build", dt.date.today())
    assert "The finding about the court was corrected." in page(real_house, "reviews/2025-001")
    log = page(real_house, "about/changes")
    assert "The finding about the court was corrected." in log
    assert log.count("published.") == 2
    assert "Changes since publication" not in page(real_house, "reviews/2025-002")
    feed = (real_house / "build" / "site" / "data" / "feeds" / "withdrawals.xml").read_text(encoding="utf-8")
    assert "Review 2025-001 was corrected" in feed
    assert "court" not in feed
    anchor = feed.split("reviews/2025-001/#")[1].split('"')[0]
    assert f'id="{anchor}"' in page(real_house, "reviews/2025-001")


def test_a_correction_without_a_note_is_told_all_the_same(house: Path, redactor: Redactor) -> None:
    """Readers learn that the text changed; notes of earlier corrections stay."""
    folder = edit_case(house)
    sign(house, redactor, "First.")
    edit_case(house, "The court was told late.", "The court was never told.")
    sign(house, redactor)
    text = load_signed_text(folder, dt.date.max)
    assert text
    assert [change.note for change in text.changes] == ["First.", "The text was corrected."]


def test_signing_an_unchanged_text_again_adds_no_note(house: Path, redactor: Redactor) -> None:
    """Also with a note, and its hash stays what it was."""
    before = json.loads((house / "reviews" / CASE / "signed.json").read_text(encoding="utf-8"))
    sign(house, redactor, "Nothing happened.")
    assert json.loads((house / "reviews" / CASE / "signed.json").read_text(encoding="utf-8")) == before


def test_a_note_that_comes_late_is_used_or_refused_aloud(house: Path, redactor: Redactor) -> None:
    """It takes the place of the stock note, whose day stays; a note with nothing to tell of is said to be unused."""
    folder = edit_case(house)
    sign(house, redactor)
    before = load_signed_text(folder, dt.date.max)
    outcome = sign_off(
        house / "reviews", CASE, "B", note="The  court was\ntold.", out=house / "build", redactor=redactor
    )
    after = load_signed_text(folder, dt.date.max)
    assert before
    assert after
    assert [(c.date, c.note) for c in after.changes] == [(before.changes[0].date, "The court was told.")]
    assert outcome.message.startswith("Signed: ")
    assert "not used" not in outcome.message
    again = sign_off(house / "reviews", CASE, "B", note="Another note.", out=house / "build", redactor=redactor)
    assert again.message.startswith("Signed again, with no change to the text: ")
    assert "The note was not used" in again.message
    assert load_signed_text(folder, dt.date.max) == after


def test_a_text_that_never_stood_published_has_no_note(house: Path, redactor: Redactor) -> None:
    """What readers never saw was not corrected."""
    folder = edit_case(house)
    sign_off(house / "reviews", CASE, "Another Checker", out=house / "nowhere", redactor=redactor)
    text = load_signed_text(folder, dt.date.max)
    assert text
    assert text.changes == ()


@pytest.mark.parametrize(
    "note", ["We named Darren Whitlock.", "See Mr Pilkington of Swindon.", "The CRN X412398 is gone."]
)
def test_a_note_that_names_someone_is_refused(house: Path, redactor: Redactor, note: str) -> None:
    """A declared name, one that the engine finds, a reference; none is repeated."""
    edit_case(house)
    with pytest.raises(SigningRefusedError, match="note") as caught:
        sign(house, redactor, note)
    assert "Pilkington" not in str(caught.value)


def test_the_log_has_withdrawals_and_nothing_else_of_what_was_withdrawn(real_house: Path) -> None:
    """A withdrawn review's publication is not told any more."""
    withdraw(CASE, "legal", real_house / "reviews", real_house / "build", AS_OF)
    log = page(real_house, "about/changes")
    assert "withdrawn: a legal reason" in log
    assert log.count("published.") == 1
