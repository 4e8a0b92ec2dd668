"""What somebody outside could find out: the press check, the blind reader, and cases that come back."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.testclient import TestClient

from publishing.checking import checklist, intruder
from publishing.errors import SigningRefusedError
from publishing.release.history import case_history
from publishing.release.signoff import sign_off
from publishing.workbench import case_queue
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import field, sign

ANSWERS = {f"question-{key}": "yes" for key in checklist.checklist_questions()}
ARTICLE = "His boat in its cagoule was known to all. The assessment was not reviewed when things changed."


def test_what_a_paper_says_too_is_marked(client: TestClient, queue: CaseQueue) -> None:
    """Pasted in the browser, kept in the case's folder, marked in the public text, and one step from being replaced."""
    path = queue.folder(CASE) / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace("The boat,", "The cagoule of the boat,"), encoding="utf-8")
    client.post(f"/case/{CASE}/press", data={"name": "evening paper", "text": ARTICLE})
    assert (queue.folder(CASE) / "press" / "evening paper.txt").read_text(encoding="utf-8") == ARTICLE
    page = client.get(f"/case/{CASE}/press").text
    assert '<mark class="rare" title="Rare word: evening paper.txt">cagoule</mark>' in page
    assert '<mark class="phrase" title="Phrase: evening paper.txt">The assessment was not reviewed when</mark>' in page
    assert f'href="/case/{CASE}?missed=cagoule#missed"' in page
    assert 'name="text" value="cagoule"' in client.get(f"/case/{CASE}?missed=cagoule").text
    assert "not reviewed when</mark>" not in client.get(f"/case/{CASE}/press?words=8").text
    assert "2 words, numbers or days" in client.get(f"/case/{CASE}/sign").text
    client.post(f"/case/{CASE}/press/remove", data={"name": "evening paper.txt"})
    assert "No press text was held against it" in client.get(f"/case/{CASE}/sign").text


def test_a_file_is_kept_as_it_came_and_nothing_is_overwritten(client: TestClient, queue: CaseQueue) -> None:
    """Under its own name or the one given; a path in its name leads nowhere; what cannot be read is refused."""
    file = {"file": ("page.html", b"<p>Zebedee</p>")}
    assert client.post(f"/case/{CASE}/press", data={"name": ""}, files=file).status_code == 200
    assert client.post(f"/case/{CASE}/press", data={"name": ""}, files=file).status_code == 400
    assert client.post(f"/case/{CASE}/press", data={"name": "saved page"}, files=file).status_code == 200
    for name, data in (("../a.txt", b"x"), ("a.pdf", b"%PDF-1.7"), ("a.txt", b"")):
        assert client.post(f"/case/{CASE}/press", data={"name": ""}, files={"file": (name, data)}).status_code == 400
    assert sorted(p.name for p in (queue.folder(CASE) / "press").iterdir()) == ["page.html", "saved page.html"]


def guess(client: TestClient, verdict: str) -> int:
    """Write a guess down."""
    seen = field(client.get(f"/case/{CASE}/intruder").text, "text_seen")
    said = {"text_seen": seen, "by": "B Reader", "verdict": verdict, "answer-where": "By the <canal>"}
    return client.post(f"/case/{CASE}/intruder", data=said).status_code


def test_the_pack_holds_the_public_text_alone(client: TestClient) -> None:
    """Neither a private word nor the case's name is printed."""
    page = client.get(f"/case/{CASE}/intruder/pack").text
    printed = page[page.index("<h1>") : page.index("</main>")]
    assert "Review 2025-001" in printed
    assert "[Person on probation]" in printed
    assert "Where did it happen" in printed
    for private in ("Whitlock", CASE, "Tennyson"):
        assert private not in printed
    assert CASE not in page[: page.index("<body>")]


def test_a_right_guess_keeps_that_text_from_being_signed(client: TestClient, queue: CaseQueue) -> None:
    """In the browser and on the command line; when the text is changed it may be signed."""
    assert guess(client, "wrong") == 200
    page = client.get(f"/case/{CASE}/intruder").text
    assert "By the &lt;canal&gt;" in page
    assert "From the text as it is now." in page
    assert guess(client, "right") == 200
    page = client.get(f"/case/{CASE}/sign").text
    assert "1 guessed right: it cannot be signed" in page
    said = {"text_seen": field(page, "text_seen"), "by": "A Checker", **ANSWERS}
    assert "guessed right from this very text" in client.post(f"/case/{CASE}/sign", data=said).text
    with pytest.raises(SigningRefusedError, match="guessed right"):
        sign_off(queue.reviews, CASE, "A Checker", redactor=queue.redactor)
    seen = field(client.get(f"/case/{CASE}").text, "seen")
    client.post(f"/case/{CASE}/decide", data={"seen": seen, "action": "add", "text": "boat", "entity": "OTHER"})
    assert "From an earlier text." in client.get(f"/case/{CASE}/intruder").text
    said["text_seen"] = field(client.get(f"/case/{CASE}/sign").text, "text_seen")
    assert client.post(f"/case/{CASE}/sign", data=said).status_code == 200


def test_a_guess_is_kept_with_the_text_that_was_read(client: TestClient, queue: CaseQueue) -> None:
    """If the text changed meanwhile, it would stand beside the wrong one."""
    seen = field(client.get(f"/case/{CASE}/intruder").text, "text_seen")
    said = {"text_seen": seen[:-1], "by": "B Reader", "verdict": "wrong"}
    assert client.post(f"/case/{CASE}/intruder", data=said).status_code == 400
    assert intruder.load_guesses(queue.folder(CASE)) == ()


def test_a_case_comes_back_on_its_day(queue: CaseQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the day to look at it again, until it is signed on or after that day, or the day is moved."""
    path = queue.folder(CASE) / "review.md"
    whole = path.read_text(encoding="utf-8")

    def state(day: str) -> str:
        path.write_text(whole.replace("disclosure:", f"reassess_by: {day}\ndisclosure:", 1), encoding="utf-8")
        queue.warm()
        (entry,) = queue.entries()
        return entry.state

    sign(queue)
    assert state("2025-01-21") == "reassess"
    assert state("2025-01-20") == "signed"
    assert state("2030-01-01") == "signed"
    monkeypatch.setattr(case_queue, "today", lambda: dt.date(2030, 1, 1))
    assert state("2030-01-01") == "reassess"


def test_a_signature_after_midnight_in_summer_is_of_the_new_day(client: TestClient, queue: CaseQueue) -> None:
    """Days are London's, wherever they are told: the clock of records is an hour behind."""
    sign(queue)
    signoff = queue.folder(CASE) / "signoff.yml"
    told = signoff.read_text(encoding="utf-8").replace("2025-01-20T00:00:00", "2025-07-01T23:30:00")
    signoff.write_text(told, encoding="utf-8")
    path = queue.folder(CASE) / "review.md"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("disclosure:", "reassess_by: 2025-07-02\ndisclosure:", 1), encoding="utf-8")
    queue.warm()
    (entry,) = queue.entries()
    assert entry.state == "signed"
    assert {event.on for event in case_history(queue.reviews, CASE, queue.out)} == {dt.date(2025, 7, 2)}
    assert "2 July 2025: A Checker" in client.get(f"/case/{CASE}/sheet").text


def test_a_right_guess_brings_a_signed_case_back(client: TestClient, queue: CaseQueue) -> None:
    """The world learned more, or somebody searched better."""
    sign(queue)
    guess(client, "right")
    (entry,) = queue.entries()
    assert (entry.state, entry.why) == ("reassess", "a second person guessed right from its text")
    assert "To look at again" in client.get("/").text
