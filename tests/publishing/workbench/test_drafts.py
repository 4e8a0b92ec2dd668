"""What is typed into a form and not saved is kept, offered back, and gone once it is saved or thrown away."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import field

FORMS = {
    "facts": ("/facts", "facts", {"approved_by": "Head of Nowhere"}, 'value="Head of Nowhere"'),
    "lesson-1": ("/lessons", "lessons", {"place": "0", "id": "1", "text": "Half a less"}, "Half a less</textarea>"),
    "lesson-new": ("/lessons", "lessons", {"place": "", "id": "", "text": "Half a less"}, "Half a less</textarea>"),
    "register": ("/register", "register", {"role-0": "victim", "names-0": "Keisha Moor"}, "Keisha Moor</textarea>"),
    "same": ("/same", "same", {"another-1": "2024-0"}, 'value="2024-0"'),
    "people": (
        "/people",
        "people",
        {"label-0": "[Town 1]", "role-0": "witness", "names-0": "Bramley", "whose-0": "", "published_as-0": "Ann"},
        "",
    ),
}


def page_of(client: TestClient, where: str) -> str:
    """A page of the case."""
    answer = client.get(f"/case/{CASE}{where}")
    assert answer.status_code == 200
    return answer.text


def keep(client: TestClient, name: str) -> dict[str, str]:
    """Send what is typed so far in a form, as the page's script does; what was sent."""
    where, _, typed, _ = FORMS[name]
    page = page_of(client, where)
    assert f'data-keep="/case/{CASE}/draft/{name}"' in page
    said = {"seen": field(page, "seen"), "draft": name, **typed}
    assert client.post(f"/case/{CASE}/draft/{name}", data=said).status_code == 204
    return said


def draft_files(queue: CaseQueue) -> list[Path]:
    """Every draft that is kept."""
    return [path for path in (queue.reviews / ".candour" / "drafts").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_is_offered_back(client: TestClient, queue: CaseQueue, name: str) -> None:
    """With when; going on puts it into the form, nothing is written to the case, and throwing it away forgets it."""
    where, _, _, shown = FORMS[name]
    before = {path: path.read_bytes() for path in queue.folder(CASE).iterdir()}
    assert "had typed something here" not in page_of(client, where)
    keep(client, name)
    page = page_of(client, where)
    assert re.search(r"You had typed something here(, in .*,)? on \d+ \w+ \d{4}, \d\d:\d\d, and not saved it", page)
    assert f'data-keep="/case/{CASE}/draft/{name}"' not in page, "what is typed anew must not take its place"
    assert not shown or shown not in page
    page = page_of(client, f"{where}?draft={name}")
    assert "It is not saved yet" in page
    assert shown in page
    assert f'data-keep="/case/{CASE}/draft/{name}"' in page
    assert {path: path.read_bytes() for path in queue.folder(CASE).iterdir()} == before
    assert client.post(f"/case/{CASE}/draft/{name}/discard", data={}).status_code == 200
    assert "had typed something here" not in page_of(client, where)
    assert not draft_files(queue)


@pytest.mark.parametrize("name", ["facts", "lesson-1", "lesson-new", "register"])
def test_what_is_saved_is_no_draft_any_more(client: TestClient, queue: CaseQueue, name: str) -> None:
    """Once it is saved; while it is refused it stays. Somebody who saves without having gone on with it loses nothing."""
    where, form, _, _ = FORMS[name]
    said = keep(client, name)
    assert client.post(f"/case/{CASE}/{form}", data={**said, "seen": "old"}).status_code == 409
    assert draft_files(queue)
    fresh = dict(re.findall(r'<input id="field-[^"]*" name="([^"]*)" value="([^"]*)"', page_of(client, where)))
    said = {**{key: html.unescape(value) for key, value in fresh.items()}, **said}
    without = {key: value for key, value in said.items() if key != "draft"}
    answer = client.post(f"/case/{CASE}/{form}", data={**without, "seen": field(page_of(client, where), "seen")})
    assert answer.status_code == 200
    assert draft_files(queue)
    again = {**said, "seen": field(page_of(client, where), "seen")}
    assert client.post(f"/case/{CASE}/{form}", data=again).status_code == 200
    assert not draft_files(queue)


def test_a_draft_of_a_case_that_was_changed_since_shows_both(client: TestClient, queue: CaseQueue) -> None:
    """What the file says now stands beside what was typed before."""
    keep(client, "facts")
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Head of Casework", "Head of Wales"), encoding="utf-8")
    page = page_of(client, "/facts?draft=facts")
    assert "The file says now: Head of Wales" in page
    assert 'value="Head of Nowhere"' in page


def test_another_persons_draft_is_told_as_theirs(client: TestClient, queue: CaseQueue) -> None:
    """By the name that they gave."""
    client.post("/you", data={"who": "A First", "at": "/"})
    keep(client, "facts")
    assert "You had typed" in page_of(client, "/facts")
    client.post("/you", data={"who": "B Second", "at": "/"})
    assert "A First had typed something here" in page_of(client, "/facts")


def test_drafts_are_private_and_outside_what_is_published(client: TestClient, queue: CaseQueue, tmp_path: Path) -> None:
    """In .candour, for their owner alone, and nowhere else."""
    keep(client, "register")
    (kept,) = draft_files(queue)
    typed = [path for path in tmp_path.rglob("*") if path.is_file() and 'Keisha Moor"' in path.read_text("utf-8")]
    assert typed == [kept]
    for path in (kept, kept.parent, kept.parent.parent, queue.reviews / ".candour"):
        assert not path.stat().st_mode & 0o077


@pytest.mark.parametrize("name", ["%2e%2e%2ffacts", "lesson-", "lesson-x", "facts.json", "decisions", "%2e%2e"])
def test_only_the_forms_there_are_have_drafts(client: TestClient, queue: CaseQueue, name: str) -> None:
    """A name is never a path."""
    assert client.post(f"/case/{CASE}/draft/{name}", data={"seen": ""}).status_code in (400, 404, 405)
    assert client.get(f"/case/{CASE}/facts?draft={name}").status_code == 200
    assert not draft_files(queue)


def test_a_draft_that_cannot_be_kept_or_read_is_no_harm(client: TestClient, queue: CaseQueue) -> None:
    """The answer says so, for the page's script; a file that is broken is no draft."""
    keep(client, "facts")
    (kept,) = draft_files(queue)
    kept.write_text("{", encoding="utf-8")
    assert "had typed" not in page_of(client, "/facts?draft=facts")
    kept.unlink()
    kept.parent.rmdir()
    kept.parent.write_text("a file in the way", encoding="utf-8")
    assert client.post(f"/case/{CASE}/draft/facts", data={"seen": ""}).status_code == 400
