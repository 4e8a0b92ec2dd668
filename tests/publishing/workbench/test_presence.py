"""Who has a case open: told to others, forgotten by itself, and never in anybody's way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publishing.workbench.presence import LATE, STALE, Presence

CASE = "amber-kettle-21"


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 1_764_412_800.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """One clock for all."""
    return Clock()


def presence(reviews: Path, clock: Clock, who: str = "") -> Presence:
    """A workbench over a reviews folder with the case."""
    (reviews / CASE).mkdir(parents=True, exist_ok=True)
    made = Presence(reviews, clock)
    made.who = who
    return made


def told(by: Presence, page: str = "") -> list[str]:
    """Who else has the case open, without the time."""
    return [str(opening).rpartition(" since ")[0] for opening in by.others(CASE, page)]


def test_another_workbench_sees_who_has_a_case_open(tmp_path: Path, clock: Clock) -> None:
    """From the first page on, until it is left; not of another case."""
    smith, jones = presence(tmp_path, clock, "J. Smith"), presence(tmp_path, clock, "B. Jones")
    page = smith.open_page(CASE)
    assert told(jones) == ["open with J. Smith"]
    assert jones.others("walnut-anchor-08", "") == ()
    assert [str(o).partition(" since")[0] for o in jones.everywhere()[CASE]] == ["open with J. Smith"]
    smith.close_page(page)
    assert told(jones) == []
    assert jones.everywhere() == {}


def test_the_time_is_that_of_the_first_page(tmp_path: Path, clock: Clock) -> None:
    """Going from page to page of a case does not begin anew."""
    smith, jones = presence(tmp_path, clock), presence(tmp_path, clock)
    first = smith.open_page(CASE)
    clock.now += 200
    smith.open_page(CASE)
    smith.close_page(first)
    (opening,) = jones.others(CASE, "")
    assert opening.since.timestamp() == clock.now - 200


def test_another_tab_is_told_and_the_page_itself_is_not(tmp_path: Path, clock: Clock) -> None:
    """Of the same browser."""
    smith = presence(tmp_path, clock)
    page = smith.open_page(CASE)
    assert told(smith, page) == []
    clock.now += 1
    other = smith.open_page(CASE)
    assert told(smith, page) == ["open in another tab here"]
    clock.now += 1
    smith.hear(page, CASE)
    assert told(smith, other) == ["open in another tab here"]


def test_a_page_that_was_left_without_a_word_is_no_other_tab_for_the_next(tmp_path: Path, clock: Clock) -> None:
    """What it sends on leaving may be lost: only what is heard of again is open."""
    smith = presence(tmp_path, clock)
    pages = []
    for _ in range(3):
        pages.append(smith.open_page(CASE))
        smith.hear(pages[-1], CASE)
        clock.now += 2
    smith.hear(pages[-1], CASE)
    assert told(smith, pages[-1]) == []


def test_what_was_not_heard_of_for_minutes_is_not_told(tmp_path: Path, clock: Clock) -> None:
    """A browser that was killed, and a workbench too; one that is heard of stays."""
    smith, jones = presence(tmp_path, clock, "J. Smith"), presence(tmp_path, clock)
    page, tab = smith.open_page(CASE), smith.open_page(CASE)
    clock.now += STALE - 1
    smith.hear(page, CASE)
    clock.now += 2
    assert told(smith, page) == [], "the tab was not heard of"
    assert told(jones) == ["open with J. Smith"]
    clock.now += STALE
    assert told(jones) == []
    smith.hear(tab, CASE)
    assert told(jones) == ["open with J. Smith"], "a machine woke up"


def test_what_a_killed_workbench_left_is_taken_away_in_the_end(tmp_path: Path, clock: Clock) -> None:
    """After a day; one that stops in order takes its file along."""
    smith, jones = presence(tmp_path, clock), presence(tmp_path, clock)
    smith.start()
    jones.start()
    jones.stop()
    clock.now += 90_000
    presence(tmp_path, clock).everywhere()
    assert list((tmp_path / ".candour" / "open").iterdir()) == []


@pytest.mark.parametrize(
    "junk",
    [
        b"", b"\xff", b"[]", b"{}", b"null", b'{"who": "x", "process": 1, "started": 1, "heard": 1e999, "cases": {"a": 1}}',
        b'{"who": "x", "process": 1, "started": 1e99, "heard": 1, "cases": {}}',
        b'{"who": "x", "process": 1, "started": 1, "heard": 1, "cases": []}',
        b'{"who": "x", "process": 1, "started": 1, "heard": 1, "cases": {"a": "b"}}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_junk_of_another_program_is_passed_over(tmp_path: Path, clock: Clock, junk: bytes) -> None:
    """Nothing depends on a note."""
    smith, jones = presence(tmp_path, clock, "J. Smith"), presence(tmp_path, clock)
    smith.open_page(CASE)
    (tmp_path / ".candour" / "open" / "junk.json").write_bytes(junk)
    assert told(jones) == ["open with J. Smith"]
    assert list(jones.everywhere()) == [CASE]


def test_nothing_but_names_and_times_is_kept_for_its_owner_alone(tmp_path: Path, clock: Clock) -> None:
    """No word of a review."""
    smith = presence(tmp_path, clock, "J. Smith")
    smith.open_page(CASE)
    (kept,) = (tmp_path / ".candour" / "open").iterdir()
    said = json.loads(kept.read_text(encoding="utf-8"))
    assert set(said) == {"who", "process", "started", "heard", "cases"}
    assert (said["who"], list(said["cases"])) == ("J. Smith", [CASE])
    assert not kept.stat().st_mode & 0o077
    assert not kept.parent.stat().st_mode & 0o077


def test_a_folder_that_cannot_be_written_to_hinders_nothing(tmp_path: Path, clock: Clock) -> None:
    """Tabs are told all the same."""
    (tmp_path / ".candour").write_text("a file in the way")
    smith = presence(tmp_path, clock)
    smith.start()
    page = smith.open_page(CASE)
    smith.open_page(CASE)
    assert told(smith, page) == ["open in another tab here"]
    smith.stop()


def test_what_a_page_said_before_it_was_left_may_come_late(tmp_path: Path, clock: Clock) -> None:
    """It opens nothing again; somebody who goes back to the page minutes later is heard."""
    smith = presence(tmp_path, clock)
    page = smith.open_page(CASE)
    smith.close_page(page)
    smith.hear(page, CASE)
    assert smith.everywhere() == {}
    clock.now += LATE
    smith.hear(page, CASE)
    assert list(smith.everywhere()) == [CASE]
