"""A withheld fact that the text still tells: signing waits, and afterwards nobody recovers it from what is published."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.checking import checklist, load_signed_text
from publishing.errors import SigningRefusedError
from publishing.release.responding import respond
from publishing.release.signoff import sign_off
from publishing.site import pages
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.building import AS_OF
from tests.support.cases import CASE, write_case
from tests.support.workbench import field

ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}
SUMMARY = "Darren Whitlock murdered Keisha Moorhouse in 2018. He was released on life licence on 3 June 2018. In 2017 he was ill."
LESSON = "A lifer’s recall must be decided in a day."
COUNTS = (
    "offence,year,region,count,source,supervision\nmurder,2018,greater-manchester,50,A,\n"
    "murder,2016,greater-manchester,3,A,\nmurder,2018,greater-manchester,1,A,life-licence\n"
)


@pytest.fixture
def telling(queue: CaseQueue) -> CaseQueue:
    """A queue with a case whose year becomes a period, and whose supervision is held back."""
    folder = write_case(queue.reviews, summary=SUMMARY, lesson=LESSON)
    path = folder / "review.md"
    said = path.read_text(encoding="utf-8").replace("supervision: licence", "supervision: life-licence")
    said = said.replace("anchor: 2018-06-03\n", "").replace(
        "    level: national\n", "    level: national\n    why: The 2018 guidance was not read.\n    due: 2019-09\n"
    )
    path.write_text(said, encoding="utf-8")
    (queue.reviews / "national.csv").write_text(COUNTS, encoding="utf-8")
    return queue


def published(queue: CaseQueue, folder: Path) -> str:
    """Every file that is published of the signed text."""
    text = load_signed_text(queue.folder(CASE), AS_OF)
    assert text
    pages.write_pages([text], [], folder, AS_OF)
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "2025-001" in path.as_posix()
    )


def decide_all(client: TestClient, choice: int) -> int:
    """Keep (0) or replace (1) everything that is to be decided, as the page's buttons do; returns how many there were."""
    for count in range(20):
        page = client.get(f"/case/{CASE}").text
        first = page.partition('<li id="to-do-1"')[2]
        if not first:
            return count
        form = re.findall(r"<form.*?</form>", first, re.DOTALL)[choice]
        said = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
        assert client.post(f"/case/{CASE}/decide", data=said).status_code == 200
    raise AssertionError("it never ends")


def sign(client: TestClient) -> int:
    """Sign as the page does."""
    page = client.get(f"/case/{CASE}/sign").text
    said = {"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS}
    return client.post(f"/case/{CASE}/sign", data=said).status_code


def test_signing_waits_until_each_place_is_decided(telling: CaseQueue, client: TestClient, tmp_path: Path) -> None:
    """Replaced, none of it can be read in anything that is published."""
    page = client.get(f"/case/{CASE}/sign").text
    assert "It cannot be signed yet" in page
    assert "narrows it: lesson 1, due 2019-09" in page
    assert sign(client) == 422
    shown = client.get(f"/case/{CASE}").text
    assert "Tells the year of the offence, which the key facts hold back" in shown
    assert decide_all(client, 1) >= 4
    assert sign(client) == 200
    told = published(telling, tmp_path / "site")
    assert "2015-2019" in told
    assert not re.search(r"2018|life.licence|lifer", told, re.IGNORECASE)
    assert not re.search(r"3 June|June", told)
    assert "2017" in told


def test_what_is_kept_stays_and_brings_no_day_back(telling: CaseQueue, client: TestClient, tmp_path: Path) -> None:
    """To keep the year that a date became is not to show the date."""
    assert decide_all(client, 0) >= 4
    assert sign(client) == 200
    told = published(telling, tmp_path / "site")
    assert "released on life licence in 2018" in told
    assert "June" not in told


def test_what_was_accepted_for_another_reason_is_asked_again(telling: CaseQueue, client: TestClient) -> None:
    """That a date was rightly found, or that a word is no name, does not say that it may tell what is held back."""
    for action, words in (
        ("accept", "on 3 June 2018"),
        ("reject", "2018"),
        ("reject", "life licence"),
        ("reject", "murdered"),
    ):
        seen = field(client.get(f"/case/{CASE}").text, "seen")
        said = {"seen": seen, "action": action, "text": words}
        assert client.post(f"/case/{CASE}/decide", data=said).status_code == 200
    page = client.get(f"/case/{CASE}").text
    for words in ("on 3 June 2018", "2018", "life licence"):
        assert f'aria-label="Keep: {words}"' in page
    assert sign(client) == 422


def test_the_command_line_warns_in_numbers(telling: CaseQueue, redactor: Redactor) -> None:
    """As of every detail that nobody decided; never a word of the review."""
    outcome = sign_off(telling.reviews, CASE, "A Checker", redactor=redactor)
    left = next(warning for warning in outcome.warnings if "because nobody decided them" in warning)
    assert re.search(r"\d supervision", left)
    assert re.search(r"\d year of the offence", left)
    assert not [warning for warning in outcome.warnings if "2018" in warning or "lifer" in warning]


def test_later_notes_do_not_tell_it(telling: CaseQueue, client: TestClient, redactor: Redactor) -> None:
    """Neither the note on a correction nor an answer to a lesson."""
    decide_all(client, 1)
    assert sign(client) == 200
    # words that were decided are replaced in notes too: these tell it in others
    for note in ("The guidance of 2017/18 was put right.", "The life sentence was put right."):
        with pytest.raises(SigningRefusedError, match="the note on the change tells the"):
            sign_off(telling.reviews, CASE, "A Checker", note=note, redactor=redactor)
        with pytest.raises(SigningRefusedError, match="the note tells the") as caught:
            respond(telling.reviews, CASE, 1, "in-progress", note, "A Checker", AS_OF, redactor=redactor)
        assert "2018" not in str(caught.value)
    assert not (telling.folder(CASE) / "updates.yml").exists()


def test_facts_that_are_told_exactly_hold_nothing(queue: CaseQueue, client: TestClient) -> None:
    """Without counts the same text is signed as before."""
    write_case(queue.reviews, summary="He killed her in 2018 while on licence.", lesson=LESSON)
    assert "which the key facts hold back" not in client.get(f"/case/{CASE}").text
