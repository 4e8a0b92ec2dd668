"""The list of cases: what an address asks for, and what is shown of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.workbench.case_list import COLUMNS, PAGE_SIZE, CaseList, Wish, deadlines
from publishing.workbench.case_states import STATES, QueueEntry

DAY = dt.date(2026, 11, 29)


def entry(case: str, state: str = "to-check", number: int = 1, due: str = "", *people: tuple[str, str]) -> QueueEntry:
    """A case in the list."""
    deadline = dt.date.fromisoformat(due) if due else None
    return QueueEntry(case, state, "", f"2025-{number:03}", None, deadline, people)


CASES = (
    entry("amber-kettle-21", "to-check", 1, "2026-12-01", ("J. Smith", "has it open"), ("Head of Casework", "approved it")),
    entry("Amber-lamp-22", "published", 2, "", ("Ada Checker", "signed it"), ("Head of Casework", "approved it")),
    entry("walnut-anchor-08", "draft", 30, "2027-01-05"),
    QueueEntry("broken", "faulty", "3 things to mend"),
)  # fmt: skip


def cases(**wish: str) -> list[str]:
    """The cases that fit a wish, in its order."""
    return [found.case for found in CaseList(CASES, Wish.read(wish)).fitting]


@pytest.mark.parametrize(
    ("wish", "fitting"),
    [
        ({}, ["amber-kettle-21", "Amber-lamp-22", "walnut-anchor-08", "broken"]),
        ({"find": "amber"}, ["amber-kettle-21", "Amber-lamp-22"]),
        ({"find": " AMBER  22"}, ["Amber-lamp-22"]),
        ({"find": "2025-030"}, ["walnut-anchor-08"]),
        ({"find": "2025-0300"}, []),
        ({"find": "amber walnut"}, []),
        ({"state": "draft"}, ["walnut-anchor-08"]),
        ({"state": "no-state"}, []),
        ({"owner": "j. smith"}, ["amber-kettle-21"]),
        ({"owner": "J. Smit"}, []),
        ({"owner": "Head of Casework"}, ["amber-kettle-21", "Amber-lamp-22"]),
        ({"due": "2026-11-30"}, []),
        ({"due": "2026-12-01"}, ["amber-kettle-21"]),
        ({"due": "2027-01-05"}, ["amber-kettle-21", "walnut-anchor-08"]),
        ({"due": "soon"}, ["amber-kettle-21", "Amber-lamp-22", "walnut-anchor-08", "broken"]),
        ({"state": "to-check", "owner": "Ada Checker"}, []),
        ({"sort": "case"}, ["amber-kettle-21", "Amber-lamp-22", "broken", "walnut-anchor-08"]),
        ({"sort": "-reference"}, ["broken", "walnut-anchor-08", "Amber-lamp-22", "amber-kettle-21"]),
        ({"sort": "due"}, ["amber-kettle-21", "walnut-anchor-08", "Amber-lamp-22", "broken"]),
        ({"sort": "state"}, ["broken", "walnut-anchor-08", "amber-kettle-21", "Amber-lamp-22"]),
        ({"sort": "owner"}, ["Amber-lamp-22", "amber-kettle-21", "walnut-anchor-08", "broken"]),
        ({"sort": "nothing"}, ["amber-kettle-21", "Amber-lamp-22", "walnut-anchor-08", "broken"]),
    ],
)  # fmt: skip
def test_an_address_says_what_is_shown(wish: dict[str, str], fitting: list[str]) -> None:
    """Words in any order, whole names, days included; what it cannot mean is passed over."""
    assert cases(**wish) == fitting


def test_a_day_that_is_none_is_told() -> None:
    """And hides nothing."""
    assert [CaseList(CASES, Wish(due=due)).is_day_wrong for due in ("", "2026-12-01", "soon", "2026-02-30")] == [
        False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "shown"), [("", 1), ("2", 2), ("0", 1), ("99", 3), ("-1", 1), ("x", 1), ("٢", 1)])
def test_a_page_that_is_not_there_is_the_nearest(asked: str, shown: int) -> None:
    """Whatever the address says."""
    many = [entry(f"case-{number}", number=number) for number in range(2 * PAGE_SIZE + 1)]
    assert CaseList(many, Wish(page=asked)).page == shown


words = st.text(alphabet="ab-1 .", max_size=6)
entries = st.builds(
    QueueEntry,
    case=words,
    state=st.sampled_from(list(STATES)),
    public_id=st.none() | words,
    deadline=st.none() | st.dates(),
    people=st.lists(st.tuples(words, words), max_size=2).map(tuple),
)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "find": words,
        "state": st.sampled_from([*STATES, "x"]),
        "owner": words,
        "due": st.dates().map(str) | words,
        "sort": st.sampled_from([sign + column for column in COLUMNS for sign in ("", "-")]) | words,
        "page": words,
        "other": words,
    },
)


@given(st.lists(entries, max_size=120), wishes)
def test_every_case_that_fits_is_on_one_page(every: list[QueueEntry], query: dict[str, str]) -> None:
    """None twice, none lost, whatever is asked; and the address of a page asks for the same."""
    found = CaseList(every, Wish.read(query))
    pages = [CaseList(every, Wish.read({**query, "page": str(number + 1)})).shown for number in range(found.pages)]
    assert [one for page in pages for one in page] == list(found.fitting)
    assert all(len(page) <= PAGE_SIZE for page in pages)
    assert len(found.fitting) == len(every) or found.wish.narrows


def test_the_sheet_of_days_has_the_next_day_first() -> None:
    """What is missed before what is to come; a day on which families are told counts; nothing that is withdrawn."""
    late = entry("late", due="2026-11-01")
    told = QueueEntry("told", "signed", deadline=dt.date(2027, 3, 1), informed=dt.date(2026, 12, 1))
    soon, gone = entry("soon", due="2026-12-24"), entry("gone", "withdrawn", due="2026-12-01")
    never = QueueEntry("never", "published", publish_on=dt.date(2026, 1, 1))
    found = deadlines((never, gone, soon, told, late), DAY)
    assert [one.case for one in found] == ["late", "told", "soon", "never"]
