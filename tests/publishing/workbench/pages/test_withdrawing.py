"""The page that takes a review down: it shows which, asks for its reference, and does nothing in doubt."""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.checking import load_signed_text
from publishing.reviews import Withdrawal
from publishing.site import public_record
from publishing.workbench.background_jobs import BackgroundJobs
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import sign, write_case

WISH = {"review": "2025-001", "reason": "legal", "typed": "2025-001"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that was started; none is run."""
    commands: list[list[str]] = []

    def start(self: BackgroundJobs, title: str, command: list[str]) -> bool:
        commands.append(list(command))
        return True

    monkeypatch.setattr(BackgroundJobs, "start", start)
    return commands


@pytest.fixture
def published(queue: CaseQueue) -> CaseQueue:
    """One review stands published, one was withdrawn, and one case was never published."""
    write_case(queue.reviews, "never", "2025-003")
    sign(queue)
    text = load_signed_text(queue.folder(CASE), dt.date.max)
    assert text
    gone = Withdrawal(public_id="2025-002", on=dt.date(2025, 3, 3), reason="legal")
    public_record.write_public_record([text], [gone], queue.out / "markdown")
    return queue


def test_the_page_shows_the_case_and_its_title(client: TestClient, published: CaseQueue) -> None:
    """To choose from, by any of both, and again before anything is asked."""
    title = "Review 2025-001: murder, Greater Manchester, 2018"
    for find in ("", "?find=amber", "?find=manchester+murder", "?find=2025-001"):
        page = client.get(f"/withdraw{find}").text
        assert f'<a href="/withdraw?review=2025-001">{title}</a></th><td>{CASE}</td>' in page
    assert "No published review fits." in client.get("/withdraw?find=never").text
    page = client.get("/withdraw?review=2025-001").text
    assert f"<dd>{title}</dd>" in page
    assert f'<dd><a href="/case/{CASE}">{CASE}</a></dd>' in page
    assert "Type the reference of the review" in page


def test_the_typed_reference_takes_it_down(client: TestClient, published: CaseQueue, started: list[list[str]]) -> None:
    """By the command that people have too."""
    assert client.post("/withdraw", data={**WISH, "typed": " 2025-001 "}, follow_redirects=False).status_code == 303
    (command,) = started
    assert command[:4] == ["withdraw", "2025-001", "--reason", "legal"]
    assert command[4:] == ["--reviews", str(published.reviews), "--out", str(published.out)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"typed": ""}, "Type 2025-001, the reference of this very review"),
        ({"typed": "2025-002"}, "Type 2025-001"),
        ({"typed": "2025001"}, "Type 2025-001"),
        ({"typed": CASE}, "Type 2025-001"),
        ({"typed": "yes", "sure": "yes"}, "Type 2025-001"),
        ({"reason": ""}, "Choose the reason"),
        ({"reason": "not-stated"}, "Choose the reason"),
        ({"reason": "boredom"}, "Choose the reason"),
        ({"review": "2025-003", "typed": "2025-003"}, "2025-003 was never published from here"),
        ({"review": "2025-999", "typed": "2025-999"}, "2025-999 was never published from here"),
        ({"review": "2025-002", "typed": "2025-002"}, "2025-002 was withdrawn on 3 March 2025"),
        ({"review": "", "typed": ""}, "choose one of the published reviews"),
        ({"review": "<b>", "typed": "<b>"}, "choose one of the published reviews"),
        ({"review": CASE, "typed": CASE}, "choose one of the published reviews"),
    ],
)
def test_in_doubt_nothing_is_taken_down(
    client: TestClient, published: CaseQueue, started: list[list[str]], change: dict[str, str], words: str
) -> None:
    """It says why, keeps what was typed, and starts nothing."""
    answer = client.post("/withdraw", data={**WISH, **change})
    assert answer.status_code == 400
    assert words in answer.text
    assert started == []
    assert "<b>" not in answer.text
    if change.get("review") is None and "reason" not in change:
        assert '<option value="legal" selected>' in answer.text
        assert f'name="typed" type="text" value="{html.escape(change["typed"])}"' in answer.text


@pytest.mark.parametrize("review", ["2025-003", "2025-002", "nonsense"])
def test_what_does_not_stand_published_is_not_even_asked_about(
    client: TestClient, published: CaseQueue, review: str
) -> None:
    """The address alone leads nowhere."""
    answer = client.get(f"/withdraw?review={review}")
    assert answer.status_code == 400
    assert 'name="typed"' not in answer.text


def test_a_record_that_cannot_be_read_stops_it(
    client: TestClient, published: CaseQueue, started: list[list[str]]
) -> None:
    """Nobody can tell what stands published then."""
    record = published.out / "markdown" / public_record.record_path("2025-001")
    record.write_text("{", encoding="utf-8")
    answer = client.post("/withdraw", data=WISH)
    assert answer.status_code == 400
    assert "cannot be read; build the site again" in answer.text
    assert started == []


def test_a_page_without_a_record_can_be_taken_down_all_the_same(
    client: TestClient, queue: CaseQueue, started: list[list[str]]
) -> None:
    """It is public, whatever the records say."""
    page = queue.out / "site" / "reviews" / "2025-001" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x", encoding="utf-8")
    assert "The record of its page is missing" in client.get("/withdraw?review=2025-001").text
    assert client.post("/withdraw", data=WISH, follow_redirects=False).status_code == 303
    assert len(started) == 1


def test_nothing_published_is_told(client: TestClient, queue: CaseQueue, tmp_path: Path) -> None:
    """Before the first build."""
    assert "Nothing stands published" in client.get("/withdraw").text
