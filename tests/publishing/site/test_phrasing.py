"""How pages say things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from publishing.catalogue import review_titles
from publishing.checking import same_text
from publishing.reviews import Change, RedactedReview
from publishing.site import phrasing


def test_days_and_months_are_words() -> None:
    """Dates read as they are spoken."""
    assert phrasing.format_day(dt.date(2025, 2, 3)) == "3 February 2025"
    assert phrasing.format_month("2025-09") == "September 2025"
    assert phrasing.format_month("2025-09-30") == "September 2025"
    assert phrasing.format_month("2025") == "2025"


@pytest.mark.parametrize(
    ("term", "within"),
    [("Murder", "murder"), ("MAPPA", "MAPPA"), ("IPP licence", "IPP licence"), ("A legal reason", "a legal reason")],
)
def test_terms_within_a_sentence(term: str, within: str) -> None:
    """A term loses its capital; an abbreviation or a name keeps it."""
    assert review_titles.lower_first(term) == within


def test_counts() -> None:
    """One is singular."""
    assert phrasing.counted_with_commas(1, "lesson") == "1 lesson"
    assert phrasing.counted_with_commas(1200, "lesson") == "1,200 lessons"


def test_redactions_are_counted_in_the_order_of_their_kinds(make_review: Callable[..., RedactedReview]) -> None:
    """A kind that nobody has named yet comes last, under its own name; every other is there, whether few or none."""
    review = make_review(redactions={"NEW": 7, "DATE": 5, "PERSON": None})
    few = [(title, "fewer than five") for title in phrasing.DETAIL_TITLES.values()]
    few[6] = ("Dates", "5")
    assert phrasing.redaction_counts(review) == [*few, ("NEW", "7")]


def test_no_redaction_of_a_kind_is_told_as_few(make_review: Callable[..., RedactedReview]) -> None:
    """The page of a review with none, and of one with a few of each kind, are the same, and so is what was signed."""
    none, few = make_review(redactions={}), make_review(redactions=dict.fromkeys(phrasing.DETAIL_TITLES))
    assert phrasing.redaction_counts(none) == phrasing.redaction_counts(few)
    assert same_text(none, few)


def test_a_version_is_the_day_of_the_last_correction(make_review: Callable[..., RedactedReview]) -> None:
    """Or of the publication, where nothing was corrected since."""
    assert phrasing.version_day(make_review()) == dt.date(2025, 2, 3)
    changes = (Change(date=dt.date(2025, 4, 1), note="One."), Change(date=dt.date(2025, 6, 2), note="Another."))
    assert phrasing.version_day(make_review(changes=changes)) == dt.date(2025, 6, 2)


def test_an_address_begins_where_the_site_stands() -> None:
    """At the root, where nobody has said where that is."""
    assert (
        phrasing.page_address("https://learning.example.org/sfo/", "reviews/")
        == "https://learning.example.org/sfo/reviews/"
    )
    assert phrasing.page_address("", "reviews/") == "/reviews/"
