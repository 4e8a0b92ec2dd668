"""A case as a whole, in the browser: another name, a newer Word file, and its end after its name was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import intake
from publishing.files import atomic_writes
from publishing.intake.case_files import fingerprint
from publishing.workbench.case_decisions import RequestedDecision, RequestedRewrite
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.documents import HEADING, paragraph, raw
from tests.support.workbench import field

NEW = "slate-harbour-40"
AT = f"/case/{CASE}/folder"
SAME = "The boat, Zebedee, was Zebedee to all."
NEWER = raw(paragraph("Darren Whitlock (A4821CK) lived at 27 Tennyson Road.") + paragraph(SAME))


def send(client: TestClient, what: str, **said: str) -> tuple[int, str]:
    """Send a form of the case's page."""
    answer = client.post(f"/case/{CASE}/{what}", data={"seen": field(client.get(AT).text, "seen"), **said})
    return answer.status_code, answer.text


def import_again(client: TestClient, data: bytes, name: str = "newer.docx", **said: str) -> tuple[int, str]:
    """Choose a newer file and send it."""
    said = {"seen": field(client.get(AT).text, "seen"), **said}
    answer = client.post(f"/case/{CASE}/import", data=said, files={"file": (name, data)})
    return answer.status_code, answer.text


def test_it_gets_another_name(client: TestClient, queue: CaseQueue) -> None:
    """And is at that address from then on; what was open under the old one is no case any more."""
    status, page = send(client, "rename", name=f"  {NEW} ")
    assert status == 200
    assert "The case has its new name." in page
    assert client.get(f"/case/{NEW}").status_code == 200
    assert client.get(AT).status_code == 400
    assert CASE not in {entry.case for entry in queue.entries()}


@pytest.mark.parametrize("name", [CASE, "", "../x", "a/b"])
def test_a_name_that_cannot_be_comes_back(client: TestClient, queue: CaseQueue, name: str) -> None:
    """With why; nothing was renamed."""
    status, page = send(client, "rename", name=name)
    assert status == 400
    assert "It was not saved" in page
    assert [entry.case for entry in queue.entries()] == [CASE]


@pytest.mark.parametrize("typed", ["", CASE.upper(), f"{CASE}x", "yes"])
def test_it_is_not_deleted_before_its_name_is_typed(client: TestClient, queue: CaseQueue, typed: str) -> None:
    """The name itself, and no other."""
    status, page = send(client, "delete", typed=typed)
    assert status == 400
    assert "That is not the name of the case. Nothing was deleted." in page
    assert queue.folder(CASE).is_dir()


def test_it_is_deleted_for_good(client: TestClient, queue: CaseQueue) -> None:
    """The list says so, and nothing of it is anywhere."""
    status, page = send(client, "delete", typed=CASE)
    assert status == 200
    assert "The case is gone, with everything that was kept about it." in page
    assert "Something of it is left" not in page
    left = [path for path in queue.reviews.rglob("*") if path.is_file() and b"Whitlock" in path.read_bytes()]
    assert left == []
    assert not any(CASE in str(path.relative_to(queue.reviews)) for path in queue.reviews.rglob("*"))


def test_one_works_while_another_deletes(client: TestClient, queue: CaseQueue) -> None:
    """A case that was changed after the page was shown is not deleted unseen."""
    seen = field(client.get(AT).text, "seen")
    folder = queue.folder(CASE)
    queue.editor.decide(folder, [RequestedDecision("reject", "Zebedee")], fingerprint(folder))
    answer = client.post(f"/case/{CASE}/delete", data={"seen": seen, "typed": CASE})
    assert answer.status_code == 409
    assert folder.is_dir()


def test_a_newer_file_comes_in_and_decisions_stay(client: TestClient, queue: CaseQueue) -> None:
    """Facts and register as they are; what no longer fits is listed; one step takes all of it back."""
    folder = queue.folder(CASE)
    review, register = (folder / "review.md").read_bytes(), (folder / "register.yml").read_bytes()
    queue.editor.decide(folder, [RequestedDecision("reject", "Zebedee")], fingerprint(folder))
    queue.editor.decide(folder, [RequestedDecision("reject", "Bramley")], fingerprint(folder))
    for passage, words in ((SAME, "The boat was Zebedee."), ("The court was not told.", "Nobody told it.")):
        rewrite = RequestedRewrite(passage, words, "Ada", "A slip.")
        queue.editor.rewrite(folder, rewrite, fingerprint(folder))
    decided = (folder / "decisions.yml").read_bytes()
    status, page = import_again(client, NEWER)
    assert status == 200, page
    assert "1 decision and 1 passage in other words hold as before" in page
    assert "<strong>Bramley</strong>" in page
    assert "Passage in other words: <strong>The court was not told.</strong>" in page
    case = intake.load_case(folder)
    assert [block.text for section in case.sections for block in section.blocks][-1] == "The boat was Zebedee."
    assert (case.public_id, case.facts.offence) == ("2025-001", "murder")
    assert b"# a note beside it" in (folder / "review.md").read_bytes()
    assert (folder / "register.yml").read_bytes() == register
    assert (folder / "decisions.yml").read_bytes() == decided
    assert client.post(f"/case/{CASE}/undo", data={"seen": fingerprint(folder)}).status_code == 200
    assert (folder / "review.md").read_bytes() == review


def test_headings_of_a_newer_file_are_asked_for(client: TestClient, queue: CaseQueue) -> None:
    """The file is held until each is answered."""
    data = raw(HEADING.replace("Summary", "Odds and ends") + paragraph("More."), heading=HEADING + paragraph("Words."))
    status, page = import_again(client, data)
    assert status == 422
    assert "Which section is this?" in page
    seen, upload = field(page, "seen"), field(page, "upload")
    answer = client.post(f"/case/{CASE}/import", data={"seen": seen, "upload": upload, "heading-2": "findings"})
    assert answer.status_code == 200, answer.text
    assert [section.key for section in intake.load_case(queue.folder(CASE)).sections] == ["summary", "findings"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"junk", "It was not imported"),
        (raw(paragraph("x", "<w:rPr><w:vanish/></w:rPr>")), "hidden text"),
        (raw("", heading=""), "It was not imported"),
    ],
)
def test_a_newer_file_that_is_refused_changes_nothing(
    client: TestClient, queue: CaseQueue, data: bytes, words: str
) -> None:
    """With the very reasons of a first import."""
    before = fingerprint(queue.folder(CASE))
    status, page = import_again(client, data)
    assert status in (400, 422)
    assert words in page
    assert fingerprint(queue.folder(CASE)) == before


def test_the_same_file_again_and_none_are_told(client: TestClient, queue: CaseQueue) -> None:
    """Nothing is written, so nothing has to be undone."""
    assert import_again(client, NEWER)[0] == 200
    status, page = import_again(client, NEWER)
    assert status == 400
    assert "the text of this file is the one that is there already" in page
    assert "No file was chosen" in send(client, "import")[1]


def test_two_people_import_and_decide(client: TestClient, queue: CaseQueue) -> None:
    """A case that was changed meanwhile keeps the change."""
    seen = field(client.get(AT).text, "seen")
    folder = queue.folder(CASE)
    queue.editor.decide(folder, [RequestedDecision("reject", "Zebedee")], fingerprint(folder))
    before = fingerprint(folder)
    assert import_again(client, NEWER, seen=seen)[0] == 409
    assert fingerprint(folder) == before


def test_a_crash_while_a_newer_file_is_written_leaves_the_old_text(
    client: TestClient, queue: CaseQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is exchanged whole or not at all."""
    folder = queue.folder(CASE)
    before, real = fingerprint(folder), atomic_writes.write

    def fail(path: Path, data: bytes, mode: int = 0o600) -> None:
        if path.name == "review.md":
            raise OSError(5, "killed")
        real(path, data, mode)

    monkeypatch.setattr(atomic_writes, "write", fail)
    assert import_again(client, NEWER)[0] == 400
    assert fingerprint(folder) == before
    monkeypatch.undo()
    assert import_again(client, NEWER)[0] == 200


def test_names_of_the_files_properties_that_nobody_declared_are_told(client: TestClient, queue: CaseQueue) -> None:
    """They are not in the register by themselves: that is a person's file by now."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Gwenda Ashmole; Darren Whitlock</dc:creator></cp:coreProperties>'
    )
    page = import_again(client, raw(paragraph(SAME), parts={"docProps/core.xml": core}))[1]
    assert "not among the names: Gwenda Ashmole." in page
