"""What was promised, held against a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.recommendations import (
    due_state,
    months_between,
    overall_rate,
    owner_group,
    rates_by_owner,
    rates_by_publication_year,
    rates_by_theme,
    recommendations_on,
)
from publishing.reviews import KeyFacts, Lesson, RedactedReview, Update

TODAY = dt.date(2025, 11, 3)
FACTS = KeyFacts(
    outcome="convicted", offence="murder", offence_year=2018, region="london", supervision="licence",
    risk_of_serious_harm="high", agencies=("probation",), themes=("recall", "mappa"), reasonable_steps="taken",
)  # fmt: skip


def taught(*said: tuple[str, str], published: str = "2025-02-03", **lesson: Any) -> ReviewLesson:
    """A lesson of an invented review, with updates as (day, status)."""
    updates = tuple(Update(date=dt.date.fromisoformat(day), status=status) for day, status in said)
    one = Lesson(id=1, text="Ask.", level="local", updates=updates, **lesson)
    return ReviewLesson(
        RedactedReview(
            public_id="2025-001", publish_on=dt.date.fromisoformat(published), facts=FACTS, content_notes=(),
            sections=(), lessons=(one,), redactions={},
        ),
        one,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "said", "overdue"),
    [
        ("2025-10", (), True),
        ("2025-11", (), False),
        ("2025-12", (), False),
        (None, (), False),
        ("2025-10", (("2025-03-01", "implemented"),), False),
        ("2025-10", (("2025-03-01", "rejected"),), False),
        ("2025-10", (("2025-03-01", "partly-implemented"),), True),
        ("2025-10", (("2025-03-01", "implemented"), ("2025-04-01", "in-progress")), True),
        ("2025-10", (("2025-03-01", "no-response"),), True),
        ("2025-10", (("2025-05-01", "implemented"), ("2025-08-01", "no-response")), False),
        ("2025-02", (), True),
    ],
)
def test_overdue_once_the_month_is_over(due: str | None, said: tuple[tuple[str, str], ...], overdue: bool) -> None:
    """A promise is late from the first of the next month, unless it was kept or refused."""
    assert recommendations_on([taught(*said, due=due)], TODAY)[0].overdue is overdue


@pytest.mark.parametrize(
    ("due", "said", "state"),
    [
        ("2025-01", (), "unknown"),
        ("2019-09", (), "unknown"),
        ("2019-09", (("2019-06-01", "in-progress"),), "unknown"),
        ("2019-09", (("2025-04-01", "no-response"),), "unknown"),
        ("2019-09", (("2019-10-01", "in-progress"),), "overdue"),
        ("2019-09", (("2025-04-01", "not-started"),), "overdue"),
        ("2019-09", (("2019-06-01", "implemented"),), ""),
        ("2025-02", (), "overdue"),
        ("2025-11", (), ""),
    ],
)
def test_what_was_due_before_publication_is_not_known(due: str, said: tuple[tuple[str, str], ...], state: str) -> None:
    """Nobody has said since it was due whether it was done: that it was not would be made up."""
    entry = taught(*said, due=due)
    assert due_state(entry.lesson, entry.review.publish_on, TODAY) == state
    found = recommendations_on([entry], TODAY)[0]
    assert (found.overdue, found.outcome_unknown) == (state == "overdue", state == "unknown")


@pytest.mark.parametrize("due", ["2019-09", "2025-10"])
def test_what_was_not_accepted_is_never_overdue(due: str) -> None:
    """Nobody promised it, so nobody is late or silent; what was accepted in part is."""
    refused = recommendations_on([taught(due=due, response="not-accepted")], TODAY)[0]
    assert (refused.overdue, refused.outcome_unknown, refused.silent, refused.unanswered) == (False, False, None, False)
    partly = recommendations_on([taught(due=due, response="partly-accepted")], TODAY)[0]
    assert partly.overdue or partly.outcome_unknown


@pytest.mark.parametrize(
    ("response", "said", "told"),
    [
        (None, (), "Not answered"),
        (None, (("2025-10-20", "no-response"),), "Not answered"),
        ("accepted", (), "Accepted, no progress reported for 9 months"),
        ("partly-accepted", (("2025-10-20", "no-response"),), "Partly accepted, no progress reported for 9 months"),
        ("not-accepted", (), "Not accepted"),
        ("not-accepted", (("2025-10-20", "in-progress"),), "Not accepted"),
        ("accepted", (("2025-10-20", "in-progress"),), "In progress"),
        ("accepted", (("2025-09-20", "in-progress"),), "In progress, nothing more reported for 1 month"),
        ("accepted", (("2025-03-01", "in-progress"), ("2025-10-20", "no-response")), "In progress, nothing more reported for 8 months"),
        ("accepted", (("2025-03-01", "implemented"),), "Implemented"),
        ("accepted", (("2025-05-01", "implemented"), ("2025-08-01", "no-response")), "Implemented"),
        ("accepted", (("2025-03-01", "rejected"),), "Rejected"),
    ],
)  # fmt: skip
def test_progress_is_told_with_the_answer(response: str | None, said: tuple[tuple[str, str], ...], told: str) -> None:
    """One sentence that contradicts nothing; months are told of what is open alone."""
    assert recommendations_on([taught(*said, response=response)], TODAY)[0].progress == told
    new = recommendations_on([taught(response="accepted", published="2025-10-20")], TODAY)[0]
    assert new.progress == "Accepted, no progress reported yet"


def test_no_response_is_no_answer_and_restarts_no_clock() -> None:
    """That somebody asked and nobody answered is not an answer."""
    asked = recommendations_on([taught(("2025-10-20", "no-response"))], TODAY)[0]
    assert asked.unanswered
    assert asked.silent == recommendations_on([taught()], TODAY)[0].silent
    answered = recommendations_on([taught(("2025-03-01", "in-progress"), ("2025-10-20", "no-response"))], TODAY)[0]
    assert not answered.unanswered
    assert answered.silent == recommendations_on([taught(("2025-03-01", "in-progress"))], TODAY)[0].silent


def test_silence_counts_from_what_was_last_said() -> None:
    """Or from publication; what is closed is not awaited."""
    found = recommendations_on(
        [taught(), taught(("2025-08-03", "in-progress")), taught(("2025-08-04", "in-progress")),
         taught(("2025-03-01", "implemented"))],
        TODAY,
    )  # fmt: skip
    assert [one.silent for one in found] == [9, 3, 2, None]
    assert [one.unanswered for one in found] == [True, False, False, False]
    assert not recommendations_on([taught(response="accepted")], TODAY)[0].unanswered


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-01-31", "2025-02-28", 1), ("2025-01-31", "2025-02-27", 0), ("2024-02-29", "2025-02-28", 12),
        ("2025-01-01", "2025-01-31", 0), ("2025-12-31", "2025-01-01", 0), ("2020-05-05", "2025-05-05", 60),
    ],
)  # fmt: skip
def test_months_are_whole(first: str, last: str, months: int) -> None:
    """Ends of months included; never below zero."""
    assert months_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == months


def test_owners_of_one_kind_are_counted_together() -> None:
    """A label's number says nothing across reviews."""
    assert owner_group("[Prison 2]") == owner_group("[Prison]") == "[Prison]"
    assert owner_group("Head of [Town 1] LDU and [Town 12] LDU") == "Head of [Town] LDU and [Town] LDU"
    assert owner_group(None) == "No owner named"
    entries = [taught(owner="[Prison 1]"), taught(owner="[Prison 3]", due="2025-02"), taught()]
    assert [(r.label, r.lessons, r.overdue) for r in rates_by_owner(recommendations_on(entries, TODAY))] == [
        ("Prisons, names removed", 2, 1), ("No owner named", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("owners", "said"),
    [
        (("[Police force]", "[Police force 3]"), "Police forces, names removed"),
        (("Governor of [Prison]", "Governor, [Prison 1]"), "Governor of [Prison], names removed"),
        (
            ("Head of [Probation office 2]", "Head of the [Probation office]"),
            "Head of [Probation office], names removed",
        ),
        (("[Charity]",), "Charities, names removed"),
        (("[Church]",), "Churches, names removed"),
        (("[Approved premises]",), "Approved premises, names removed"),
        (("Home Office",), "Home Office"),
    ],
)
def test_owners_whose_names_were_removed_are_not_shown_as_one(owners: tuple[str, ...], said: str) -> None:
    """Seventeen lessons for police forces are not seventeen for one; nor is an office two by how it was written."""
    entries = [taught(owner=owner) for owner in owners]
    assert [(r.label, r.lessons) for r in rates_by_owner(recommendations_on(entries, TODAY))] == [(said, len(owners))]


def test_rates_by_theme_and_year() -> None:
    """A lesson counts under each of its themes, or its review's; years are of publication."""
    done = taught(("2025-03-01", "implemented"), themes=("stalking",))
    partly = taught(("2025-03-01", "partly-implemented"), published="2024-01-01")
    found = recommendations_on([done, partly], TODAY)
    assert [(r.key, r.lessons, r.implemented, r.partly) for r in rates_by_theme(found)] == [
        ("stalking", 1, 1, 0), ("recall", 1, 0, 1), ("mappa", 1, 0, 1),
    ]  # fmt: skip
    assert [(r.key, r.implemented) for r in rates_by_publication_year(found)] == [("2025", 1), ("2024", 0)]
    assert (overall_rate(found).lessons, overall_rate(found).implemented, overall_rate(()).lessons) == (2, 1, 0)
