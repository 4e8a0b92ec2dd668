"""Right after an import the text can be read and decided about, before its facts are there; signing stays shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import intake
from publishing.checking import checklist
from publishing.errors import CaseError
from publishing.workbench.case_queue import CaseQueue
from tests.support.documents import HEADING, paragraph, raw
from tests.support.workbench import field

CASE = "plum-ladder-33"
ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}
BODY = paragraph("Osric Penhale killed Ilse Varga in Tavistock. Two men are called Osric Penhale.")


@pytest.fixture
def imported(client: TestClient, queue: CaseQueue) -> Path:
    """A case that has just come from Word, and somebody at the workbench."""
    queue.user = "Ada Checker"
    answer = client.post("/import", data={"case": CASE}, files={"file": ("a.docx", raw(BODY))})
    assert answer.status_code == 200, answer.text
    assert f'href="/case/{CASE}"' in answer.text
    return queue.folder(CASE)


def test_the_text_is_there_and_says_what_the_case_lacks(client: TestClient, imported: Path) -> None:
    """Both texts, what was found, every missing fact with a way to the form; nothing to sign with."""
    page = client.get(f"/case/{CASE}").text
    assert ">Osric Penhale</a>" in page
    assert "It cannot be signed yet" in page
    assert "offence: is empty" in page
    assert f'href="/case/{CASE}/facts"' in page
    assert "Read the public text and sign" not in page
    assert f'href="/case/{CASE}/page"' not in page


def test_what_is_decided_is_kept_and_holds_when_the_facts_are_there(client: TestClient, imported: Path) -> None:
    """Decisions, labels and other words are written as for any other case."""
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    said = {"seen": seen, "action": "reject", "text": "Tavistock"}
    assert client.post(f"/case/{CASE}/decide", data=said).status_code == 200
    page = client.get(f"/case/{CASE}/rewrite/0").text
    passage = field(page, "passage")
    said = {"seen": field(page, "seen"), "passage": passage, "words": "Osric Penhale killed Ilse Varga in Tavistock."}
    answer = client.post(f"/case/{CASE}/rewrite/0", data={**said, "reason": "Says nothing once redacted."})
    assert answer.status_code == 200
    assert "in Tavistock." in answer.text
    assert "left alone" in answer.text
    file = intake.load_decisions(imported)
    assert [entry.text for entry in file.decisions] == ["Tavistock"]
    assert [entry.passage for entry in file.rewrites] == [passage]


@pytest.mark.parametrize("where", ["sign", "sheet", "press", "intruder", "page"])
def test_what_needs_the_facts_stays_shut(client: TestClient, imported: Path, where: str) -> None:
    """It says what is missing, and the way back to the case."""
    answer = client.get(f"/case/{CASE}/{where}")
    assert answer.status_code == 400
    assert "offence: is empty" in answer.text
    assert f'href="/case/{CASE}"' in answer.text


def test_nobody_signs_it_by_another_way(client: TestClient, imported: Path) -> None:
    """A form sent all the same."""
    said = {"by": "A Signer", "text_seen": "", **ANSWERS}
    assert client.post(f"/case/{CASE}/sign", data=said).status_code == 400
    assert not (imported / "signed.json").exists()


def test_a_missing_section_is_no_reason_to_hide_the_others(client: TestClient, queue: CaseQueue) -> None:
    """A Word file without a summary comes in with a note: the rest can be read."""
    heading = HEADING.replace("Summary", "Findings")
    client.post("/import", data={"case": CASE}, files={"file": ("a.docx", raw(BODY, heading=heading))})
    page = client.get(f"/case/{CASE}").text
    assert "the section Summary is missing" in page
    assert ">Osric Penhale</a>" in page


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("review.md", "## Of no kind\n\nWords of Osric Penhale.\n"),
        ("decisions.yml", "format: 1\ndecisions: [{}]\n"),
        ("register.yml", "people: [\n"),
    ],
)
def test_a_text_that_is_not_understood_whole_is_not_shown_in_part(
    client: TestClient, imported: Path, file: str, text: str
) -> None:
    """A section, a decision or a declared name that is lost could let somebody's name stand."""
    path = imported / file
    path.write_text((path.read_text(encoding="utf-8") if file == "review.md" else "") + text, encoding="utf-8")
    page = client.get(f"/case/{CASE}").text
    assert "Its text can be checked when this is filled in or mended" in page
    assert "Osric Penhale" not in page
    if file != "register.yml":
        with pytest.raises(CaseError):
            intake.load_text(imported)
