"""What was ticked of the checklist is kept until somebody signs, for the text and the reader that it was ticked by."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from publishing.checking import checklist
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import field


def tick(client: TestClient, one: str = "", **said: str) -> int:
    """Send ticks as the page does: one question, or the whole form."""
    page = client.get(f"/case/{CASE}/sign").text
    answers = {f"question-{key}": value for key, value in said.items()}
    sent = client.post(f"/case/{CASE}/ticks", data={"text_seen": field(page, "text_seen"), "one": one, **answers})
    return sent.status_code


def ticked(client: TestClient) -> set[str]:
    """What the page shows as ticked."""
    page = client.get(f"/case/{CASE}/sign").text
    return set(re.findall(r'name="question-(\w+)" value="yes" required checked', page))


def be(client: TestClient, who: str) -> None:
    """Sit down at the queue."""
    client.post("/you", data={"who": who, "at": "/"})


def change(queue: CaseQueue, old: str, new: str) -> None:
    """Change the review."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_ticks_are_kept_one_by_one_and_all_at_once(client: TestClient) -> None:
    """Each for itself, in whatever tab; the whole form says what is not ticked too."""
    assert tick(client, "neighbour", neighbour="yes") == 204
    assert tick(client, "family", family="yes") == 204
    assert ticked(client) == {"neighbour", "family"}
    assert tick(client, "family", family="") == 204
    assert ticked(client) == {"neighbour"}
    assert tick(client, family="yes", jigsaw="yes") == 200
    assert ticked(client) == {"family", "jigsaw"}
    assert tick(client, "no-such", **{"no-such": "yes"}) == 204
    assert ticked(client) == {"family", "jigsaw"}


def test_ticks_count_for_the_text_that_was_read(client: TestClient, queue: CaseQueue) -> None:
    """Another text has none, and the page says why; the old text back again has them still."""
    page = client.get(f"/case/{CASE}/sign").text
    tick(client, "neighbour", neighbour="yes")
    change(queue, "was not told", "was told")
    assert ticked(client) == set()
    assert "The text is another one than when you ticked" in client.get(f"/case/{CASE}/sign").text
    stale = {"text_seen": field(page, "text_seen"), "one": "family", "question-family": "yes"}
    assert client.post(f"/case/{CASE}/ticks", data=stale).status_code == 409
    assert ticked(client) == set()
    change(queue, "was told", "was not told")
    assert ticked(client) == {"neighbour"}
    assert "The text is another one" not in client.get(f"/case/{CASE}/sign").text


def test_nobody_signs_for_what_another_ticked(client: TestClient) -> None:
    """Ticks belong to whoever uses the workbench; each finds their own again."""
    be(client, "Ada")
    tick(client, "neighbour", neighbour="yes")
    be(client, "Ben")
    assert ticked(client) == set()
    tick(client, "family", family="yes")
    be(client, "Ada")
    assert ticked(client) == {"neighbour"}


def test_ticks_are_private_and_gone_when_signed(client: TestClient, queue: CaseQueue) -> None:
    """No word of the review is in them; their owner alone reads them; what cannot be read counts for nothing."""
    tick(client, "neighbour", neighbour="yes")
    path = queue.reviews / ".candour" / "ticks" / f"{CASE}.json"
    assert not path.stat().st_mode & 0o077
    assert not path.parent.stat().st_mode & 0o077
    assert "Whitlock" not in path.read_text(encoding="utf-8")
    page = client.get(f"/case/{CASE}/sign").text
    said = {"text_seen": field(page, "text_seen"), "by": "A Checker"}
    answers = {f"question-{key}": "yes" for key in checklist.checklist_questions()}
    assert client.post(f"/case/{CASE}/sign", data={**said, **answers}).status_code == 200
    assert not path.exists()
    tick(client, "neighbour", neighbour="yes")
    path.write_text("{", encoding="utf-8")
    assert ticked(client) == set()
