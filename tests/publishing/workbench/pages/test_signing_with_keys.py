"""The workbench where the reviews folder lists its signers: a passphrase is asked for each signature, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from publishing.checking import checklist, load_signatures, load_signed_text
from publishing.checking.signers import load_signers
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.building import AS_OF
from tests.support.cases import CASE, OTHER, edit_case
from tests.support.running import Running
from tests.support.serving import VIOLATIONS
from tests.support.signers import PASSPHRASE, SAL, SAM
from tests.support.workbench import ADDRESS, OWN, TOKEN, field

ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}


@pytest.fixture
def desk(keyed_house: Path, redactor: Redactor) -> TestClient:
    """A browser at the workbench over a house whose cases are signed with keys."""
    queue = CaseQueue(keyed_house / "reviews", keyed_house / "build", redactor)
    client = TestClient(create_app(queue, ADDRESS, TOKEN, warm=False), base_url=OWN)
    assert client.get(f"/start?token={TOKEN}").status_code == 200
    client.headers["Origin"] = OWN
    return client


@pytest.mark.parametrize(
    ("by", "passphrase", "why"),
    [
        (SAM, "wrong, but long enough", "the passphrase is not the right one"),
        (SAM, "", "the passphrase is not the right one"),
        (SAL, PASSPHRASE.upper(), "the passphrase is not the right one"),
        ("Eve Forger", PASSPHRASE, "no signer of that name is on the list of signers"),
    ],
)
def test_nobody_signs_without_their_passphrase(
    desk: TestClient, keyed_house: Path, by: str, passphrase: str, why: str
) -> None:
    """The form comes back with the note, and without the passphrase; nothing is written."""
    edit_case(keyed_house, "The court was told late.", "The court was told at last.")
    before = (keyed_house / "reviews" / CASE / "signoff.yml").read_bytes()
    page = desk.get(f"/case/{CASE}/sign").text
    form = {"text_seen": field(page, "text_seen"), "by": by, "passphrase": passphrase, "note": "A day was put right."}
    answer = desk.post(f"/case/{CASE}/sign", data={**form, **ANSWERS})
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="A day was put right."' in answer.text
    assert not passphrase or passphrase not in answer.text
    assert (keyed_house / "reviews" / CASE / "signoff.yml").read_bytes() == before


def test_a_signature_and_an_update_are_made_with_the_key(desk: TestClient, keyed_house: Path) -> None:
    """Under the name on the list; and no file anywhere has the passphrase."""
    edit_case(keyed_house, "The court was told late.", "The court was told at last.")
    page = desk.get(f"/case/{CASE}/sign").text
    form = {"text_seen": field(page, "text_seen"), "by": "signer, sam", "passphrase": PASSPHRASE}
    assert desk.post(f"/case/{CASE}/sign", data={**form, **ANSWERS}).status_code == 200
    desk.post("/you", data={"who": SAL})
    said = {"lesson": "1", "status": "implemented", "date": "2025-02-01"}
    assert "the passphrase is not the right one" in desk.post(f"/case/{CASE}/respond", data=said).text
    assert desk.post(f"/case/{CASE}/respond", data={**said, "passphrase": PASSPHRASE}).status_code == 200
    folder = keyed_house / "reviews" / CASE
    listed = load_signers(keyed_house / "reviews")
    assert listed
    made = [(s.by, s.covers, listed.find(s.key)) for s in load_signatures(folder)[-2:]]
    assert made == [(SAM, "text", listed.called(SAM)), (SAL, "update", listed.called(SAL))]
    text = load_signed_text(folder, AS_OF)
    assert text
    assert text.lessons[0].status == "implemented"
    kept = [path.read_bytes() for path in keyed_house.rglob("*") if path.is_file()]
    assert not any(PASSPHRASE.encode() in data for data in kept)


def _spoil(list_file: Path) -> None:
    list_file.write_text(list_file.read_text(encoding="utf-8").replace(SAL, "Eve Forger"), encoding="utf-8")


@pytest.mark.parametrize("do", [_spoil, Path.unlink], ids=["changed", "gone"])
def test_a_list_that_does_not_hold_is_told_and_withdrawing_still_works(
    desk: TestClient, keyed_house: Path, do: Callable[[Path], None]
) -> None:
    """Cases are not shown as signed then; what takes a page down needs no signer."""
    do(keyed_house / "reviews" / "signers.yml")
    for page in ("/", f"/case/{CASE}", f"/case/{CASE}/sign"):
        answer = desk.get(page)
        assert answer.status_code == 400
        assert "signers.yml" in answer.text
        assert "Eve" not in answer.text
    assert desk.get("/withdraw").status_code == 200


@pytest.mark.browser
def test_the_passphrase_is_asked_as_forms_should(keyed_house: Path, browser: Browser, redactor: Redactor) -> None:
    """Labelled, hidden while it is typed, no fault for axe, wide and narrow; and it signs."""
    CaseQueue(keyed_house / "reviews", keyed_house / "build", redactor).open(OTHER)
    running = Running(keyed_house / "reviews", keyed_house / "build", redactor)
    try:
        for width in (1280, 390):
            context = browser.new_context(viewport={"width": width, "height": 900})
            page = context.new_page()
            if width == 1280:
                page.goto(running.start)
                cookies = context.cookies()
            else:
                context.add_cookies(cookies)
            page.goto(f"{running.root}/case/{OTHER}/lessons")
            assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
            page.goto(f"{running.root}/case/{OTHER}/sign")
            assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
            box = page.get_by_label("Your passphrase")
            assert box.get_attribute("type") == "password"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for tick in page.get_by_role("checkbox").all():
            tick.check()
        page.get_by_label("Your name").fill(SAM)
        box.fill(PASSPHRASE)
        page.get_by_role("button", name="Sign this text").click()
        page.wait_for_url(re.compile("done=signed"), timeout=60_000)
    finally:
        assert PASSPHRASE not in running.close()
    assert load_signatures(keyed_house / "reviews" / OTHER)[-1].by == SAM
