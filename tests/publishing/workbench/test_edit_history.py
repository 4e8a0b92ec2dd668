"""What was done to a case is undone and done again, step by step, and told with who did it."""

from __future__ import annotations

import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from publishing.checking import decisions
from publishing.errors import PublishingError
from publishing.files import atomic_writes
from publishing.intake.case_files import fingerprint
from publishing.workbench.case_decisions import RequestedDecision
from publishing.workbench.case_edits import CaseEditor, StaleCaseError
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.edit_history import Deed
from tests.support.cases import CASE
from tests.support.workbench import field, write_case

FILES = ("review.md", "register.yml", "decisions.yml")


def send(client: TestClient, form: str, **said: str) -> int:
    """Send a form of the case's page."""
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    return client.post(f"/case/{CASE}/{form}", data={"seen": seen, **said}).status_code


def done(client: TestClient) -> list[str]:
    """The list of what was done, as text, the newest first."""
    page = client.get(f"/case/{CASE}").text
    section = re.search(r'<section aria-labelledby="done">(.*?)</section>', page, re.DOTALL)
    items = re.findall(r"<li[^>]*>(\d.*?)</li>\n", section[1], re.DOTALL) if section else []
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def test_what_was_done_is_told_with_when_by_whom_and_what(client: TestClient, queue: CaseQueue) -> None:
    """Decisions with their words and kind, forms by what they are; what was undone stays in the list, with who undid it."""
    client.post("/you", data={"who": "A First", "at": "/"})
    send(client, "decide", action="add", text="Zebedee", entity="OTHER", replacement="[pet]")
    send(client, "forget", text="Zebedee")
    client.post("/you", data={"who": "B Second", "at": "/"})
    send(client, "undo")
    newest, oldest = done(client)
    assert re.fullmatch(r"\d+ \w+ \d{4}, \d\d:\d\d, A First: replaced: Zebedee \(other\), \[pet\]", oldest)
    assert re.fullmatch(
        r"\d+ .*, A First: decision taken back: Zebedee Undone by B Second, \d+ \w+ \d{4}, \d\d:\d\d\.", newest
    )
    send(client, "redo")
    assert "Undone" not in done(client)[0]
    register = {"role-0": "victim", "names-0": "Keisha Moorhouse"}
    send(client, "register", **register)
    assert done(client)[0].endswith("B Second: saved the names")


def test_what_was_undone_is_done_again_until_something_else_is_done(client: TestClient, queue: CaseQueue) -> None:
    """In the order in which it was done; a new decision ends it, and what it replaced is still told."""
    folder = queue.folder(CASE)
    for text in ("Zebedee", "boat"):
        send(client, "decide", action="add", text=text, entity="OTHER")
    for _ in range(2):
        send(client, "undo")
    assert 'data-do="undo" disabled' in client.get(f"/case/{CASE}").text
    assert send(client, "redo") == 200
    assert [d.text for d in decisions.load(folder)] == ["Zebedee"]
    send(client, "decide", action="reject", text="Bramley")
    assert send(client, "redo") == 400
    assert 'data-do="redo" disabled' in client.get(f"/case/{CASE}").text
    assert [d.text for d in decisions.load(folder)] == ["Zebedee", "Bramley"]
    assert [("Undone" in told) for told in done(client)] == [False, True, False]


def test_a_form_that_writes_two_files_is_one_step(client: TestClient, queue: CaseQueue) -> None:
    """Who is in it: what names somebody goes to one file and what names nobody to another; both go back and forth together."""
    folder = queue.folder(CASE)
    before = {name: read(folder / name) for name in FILES}
    said = {"label-0": "[Person 1]", "role-0": "witness", "names-0": "Zebedee", "whose-0": "",
            "label-1": "[Person 2]", "role-1": "no-person", "names-1": "Bramley", "whose-1": ""}  # fmt: skip
    assert send(client, "people", **said) == 200
    after = {name: read(folder / name) for name in FILES}
    assert [name for name in FILES if before[name] != after[name]] == ["register.yml", "decisions.yml"]
    assert len(done(client)) == 1
    assert send(client, "undo") == 200
    assert {name: read(folder / name) for name in FILES} == before
    assert send(client, "redo") == 200
    assert {name: read(folder / name) for name in FILES} == after


@pytest.mark.parametrize("cut_short", ["register.yml", "decisions.yml"])
def test_a_step_that_was_cut_short_is_no_step_or_is_undone_whole(
    queue: CaseQueue, monkeypatch: pytest.MonkeyPatch, cut_short: str
) -> None:
    """A full disk puts everything back; a machine that died between two files leaves a step that is undone as one."""
    folder, editor = queue.folder(CASE), queue.editor
    before = {name: read(folder / name) for name in FILES}
    whole = atomic_writes.write

    def fail(path: Path, data: bytes, mode: int = 0o600) -> None:
        if path.name == cut_short:
            raise OSError("no space left on device")
        whole(path, data, mode)

    monkeypatch.setattr(atomic_writes, "write", fail)
    files = {"register.yml": b"format: 1\n", "decisions.yml": b"format: 1\n"}
    with pytest.raises(PublishingError):
        editor.write(folder, files, fingerprint(folder), [Deed("people")], "")
    monkeypatch.undo()
    assert {name: read(folder / name) for name in FILES} == before
    assert not editor.history.steps(CASE)
    editor.write(folder, files, fingerprint(folder), [Deed("people")], "")
    if before[cut_short] is None:
        (folder / cut_short).unlink()
    else:
        (folder / cut_short).write_bytes(before[cut_short] or b"")
    editor.undo(folder, fingerprint(folder), "")
    assert {name: read(folder / name) for name in FILES} == before


@pytest.mark.parametrize("go", ["undo", "redo"])
def test_a_step_back_or_forth_that_fails_can_be_tried_again(
    queue: CaseQueue, monkeypatch: pytest.MonkeyPatch, go: str
) -> None:
    """Where the second of two files cannot be written: it is told, and once there is room the step is done whole."""
    folder, editor = queue.folder(CASE), queue.editor
    states = {"undo": {name: read(folder / name) for name in FILES}}
    files = {"register.yml": b"format: 1\n", "review.md": b"---\n"}
    editor.write(folder, files, fingerprint(folder), [Deed("people")], "")
    states["redo"] = {name: read(folder / name) for name in FILES}
    if go == "redo":
        editor.undo(folder, fingerprint(folder), "")
    whole = atomic_writes.write

    def fail(path: Path, data: bytes, mode: int = 0o600) -> None:
        if path.name == "review.md":
            raise OSError("no space left on device")
        whole(path, data, mode)

    monkeypatch.setattr(atomic_writes, "write", fail)
    with pytest.raises(PublishingError):
        getattr(editor, go)(folder, fingerprint(folder), "")
    monkeypatch.undo()
    getattr(editor, go)(folder, fingerprint(folder), "")
    assert {name: read(folder / name) for name in FILES} == states[go]


def test_doing_again_takes_no_protection_away_for_one_person(client: TestClient, queue: CaseQueue) -> None:
    """What two people did and one undid is not done again by one."""
    folder = queue.folder(CASE)
    protected = {"role-0": "victim", "names-0": "Keisha Moorhouse", "protected-0": "sexual-offence"}
    assert send(client, "register", **protected) == 200
    client.post("/you", data={"who": "A First", "at": "/"})
    assert send(client, "register", **{**protected, "protected-0": ""}, second="B Second") == 200
    assert send(client, "undo") == 200
    assert send(client, "redo") == 400
    register = yaml.safe_load((folder / "register.yml").read_text(encoding="utf-8"))
    assert register["people"][0]["protected"] == "sexual-offence"


def test_another_programs_change_is_never_undone(queue: CaseQueue) -> None:
    """A file that an editor wrote since fits no step, back or forth."""
    folder, editor = queue.folder(CASE), queue.editor
    editor.write(folder, {"decisions.yml": b"format: 1\n"}, fingerprint(folder), [Deed("edit")], "")
    (folder / "decisions.yml").write_bytes(b"format: 1\ndecisions: []\n")
    for go in (editor.undo, editor.redo):
        with pytest.raises(PublishingError, match="nothing to"):
            go(folder, fingerprint(folder), "")
    assert read(folder / "decisions.yml") == b"format: 1\ndecisions: []\n"


def test_steps_that_cannot_be_read_are_passed_over(client: TestClient, queue: CaseQueue) -> None:
    """Half a file, another's file, and what an earlier Candour kept."""
    send(client, "decide", action="add", text="Zebedee", entity="OTHER")
    place = queue.reviews / ".candour" / "undo" / CASE
    for number, said in enumerate(("{", "[]", '{"file": "review.md", "before": null, "after": "0"}', '"x"')):
        (place / f"0000002{number}.json").write_text(said, encoding="utf-8")
    assert len(done(client)) == 1
    assert send(client, "undo") == 200
    assert not (queue.folder(CASE) / "decisions.yml").exists()


def read(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    return path.read_bytes() if path.exists() else None


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.dictionaries(st.sampled_from(FILES), st.sampled_from([b"a", b"b", b"\xff"]))),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just({})),
    ),
    max_size=12,
)


@given(ACTIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_and_doing_again_follow_what_was_done(actions: list[tuple[str, dict[str, bytes]]]) -> None:
    """Whatever is written, undone and done again in whatever order, the files are as a list of states with a finger on it says."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_case(Path(name))
        editor = CaseEditor(Path(name))
        states, now = [{file: read(folder / file) for file in FILES}], 0
        for action, files in actions:
            wanted = {**states[now], **files}
            try:
                if action == "write":
                    editor.write(folder, files, fingerprint(folder), [Deed("edit")], "")
                    if wanted != states[now]:
                        states, now = [*states[: now + 1], wanted], now + 1
                else:
                    getattr(editor, action)(folder, fingerprint(folder), "")
                    now += -1 if action == "undo" else 1
            except PublishingError:
                assert now == (0 if action == "undo" else len(states) - 1)
            assert {file: read(folder / file) for file in FILES} == states[now]


def test_two_workbenches_never_write_one_over_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both saw the same case: the second, which comes while the first writes, is told that it was changed."""
    folder = write_case(tmp_path / "reviews")
    one, other = CaseEditor(folder.parent), CaseEditor(folder.parent)
    seen = fingerprint(folder)
    write, second = atomic_writes.write, []

    def write_slowly(path: Path, data: bytes) -> None:
        if path.name == "decisions.yml" and not second:
            second.append(pool.submit(other.decide, folder, [RequestedDecision("reject", "Swinton")], seen))
            time.sleep(0.3)
        write(path, data)

    monkeypatch.setattr(atomic_writes, "write", write_slowly)
    with ThreadPoolExecutor(1) as pool:
        one.decide(folder, [RequestedDecision("reject", "Leeds")], seen)
        with pytest.raises(StaleCaseError):
            second[0].result()
    assert [decision.text for decision in decisions.load(folder)] == ["Leeds"]
