"""What leaves the house before publication: the signed text alone, and nothing while a doubt about it is left."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import docx
import pytest
from starlette.testclient import TestClient

from publishing import audit_log
from publishing.checking import intruder, text_sha256
from publishing.release import withdrawal_record
from publishing.reviews import Withdrawal
from publishing.settings import today
from publishing.site import public_record
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE, edit_case, write_other_case
from tests.support.workbench import sign, write_case

PRIVATE = ("Whitlock", "Moorhouse", "Tennyson", "A4821CK", CASE, "A Checker", "Head of Casework")
ADDRESS = f"/case/{CASE}/family"


def asked(client: TestClient, kind: str) -> tuple[int, str, str]:
    """What is answered: status, name of the file, words."""
    answer = client.post(ADDRESS, data={"kind": kind})
    name = re.search(r'filename="([^"]*)"', answer.headers.get("content-disposition", ""))
    return answer.status_code, name[1] if name else "", answer.text if kind == "html" else ""


def given(queue: CaseQueue) -> list[audit_log.Line]:
    """The copies that are on record."""
    return [line for line in audit_log.read_log(queue.reviews).lines if line.did == "shown"]


def test_a_signed_text_is_given_and_recorded(client: TestClient, queue: CaseQueue) -> None:
    """Word for word as signed, with no private word in it or in its name; nothing is kept but who made which copy."""
    write_case(queue.reviews, publish_on="2099-01-01")
    sign(queue)
    before = {p for p in queue.reviews.rglob("*") if p.is_file()}
    page = client.get(ADDRESS).text
    assert "It cannot be shown" not in page
    assert "1 January 2099" in page
    queue.user = "Ada"
    status, name, said = asked(client, "html")
    assert status == 200
    assert re.fullmatch(r"review-2025-001-not-published-[0-9a-f]{4}-[0-9a-f]{4}\.html", name)
    assert "It will not be on the website before <strong>1 January 2099</strong>." in said
    words = html.unescape(re.sub("<[^>]*>", "", said))
    assert "The assessment was not reviewed when circumstances changed. The court was not told." in words
    assert '<script>document.title = "broken"</script>' in words
    assert not [word for word in PRIVATE if word in said]
    (line,) = given(queue)
    assert (line.review, line.by) == ("2025-001", "Ada")
    assert line.more == f"html, copy {name.removesuffix('.html')[-9:]}"
    new = {p.relative_to(queue.reviews).parts[:2] for p in queue.reviews.rglob("*") if p.is_file() and p not in before}
    assert {parts[1] for parts in new} <= {"audit.log", ".audit.lock", "cache", "open"}


def test_nothing_goes_out_before_it_is_signed_or_after_it_changed(client: TestClient, queue: CaseQueue) -> None:
    """The page says why and what to do; nothing is recorded, since nothing was given."""
    assert "Nobody has signed it" in client.get(ADDRESS).text
    status, name, said = asked(client, "html")
    assert (status, name) == (400, "")
    assert "nobody has signed it" in said
    assert "Moorhouse" not in said
    sign(queue)
    assert asked(client, "html")[0] == 200
    edit_case(queue.reviews.parent)
    assert "sign it again" in asked(client, "html")[2]
    edit_case(queue.reviews.parent, "The court was told late.", "The court was not told.")
    assert asked(client, "html")[0] == 200
    signed = queue.folder(CASE) / "signed.json"
    signed.write_text(signed.read_text(encoding="utf-8").replace("court", "Court"), encoding="utf-8")
    assert asked(client, "html")[:2] == (400, "")
    assert len(given(queue)) == 2


@pytest.mark.parametrize("field", ["status: draft", "outcome: acquitted", "  proceedings: pending"])
def test_what_no_build_publishes_is_not_shown(field: str, client: TestClient, queue: CaseQueue) -> None:
    """A draft, an acquittal, a case that is still before a court: whatever was signed before."""
    sign(queue)
    path = queue.folder(CASE) / "review.md"
    name = field.partition(":")[0]
    path.write_text(re.sub(rf"(?m)^{name}:.*$", field, path.read_text(encoding="utf-8")), encoding="utf-8")
    assert asked(client, "html")[:2] == (400, "")


def test_a_right_guess_a_withdrawal_and_a_name_left_stop_it(client: TestClient, queue: CaseQueue) -> None:
    """Each for itself; a register that cannot be read stops it too, whosever it is."""
    sign(queue)
    seen = text_sha256(queue.open(CASE).text)
    intruder.add_guess(queue.folder(CASE), intruder.Guess("B", dt.date(2025, 1, 21), seen, {"where": "Here"}, "right"))
    assert "a blind reader guessed right" in asked(client, "html")[2]
    (queue.folder(CASE) / intruder.GUESSES).unlink()
    other = write_other_case(queue.reviews)
    register = other / "register.yml"
    whole = register.read_text(encoding="utf-8")
    # declared elsewhere, and found by no name of this case
    register.write_text(whole.replace("Ffion Cadwaladr", "circumstances changed"), encoding="utf-8")
    assert "declared by case walnut-anchor-08" in asked(client, "html")[2]
    register.write_text("format: 1\npeople: 7\n", encoding="utf-8")
    assert "walnut-anchor-08" in asked(client, "html")[2]
    register.write_text(whole, encoding="utf-8")
    assert asked(client, "html")[0] == 200
    gone = Withdrawal(public_id="2025-001", on=today(), reason="legal")
    withdrawal_record.record_withdrawal(queue.reviews, gone)
    assert "It was withdrawn" in client.get(ADDRESS).text
    assert asked(client, "html")[:2] == asked(client, "docx")[:2] == (400, "")


def test_what_stands_published_needs_no_copy_and_its_correction_does(client: TestClient, queue: CaseQueue) -> None:
    """The copy says then that an earlier text is on the website."""
    sign(queue)
    text = queue.open(CASE).before
    assert text
    public_record.write_public_record([text], [], queue.out / "markdown")
    assert "This very text stands published" in client.get(ADDRESS).text
    assert asked(client, "docx")[:2] == (400, "")
    edit_case(queue.reviews.parent)
    sign(queue)
    status, _, said = asked(client, "html")
    assert status == 200
    assert "An earlier text of this review is on the website already." in said


def test_the_letter_needs_no_signature_and_has_no_name(client: TestClient, queue: CaseQueue) -> None:
    """It tells what the facts of the case say, and not a word of its text or register; it is not recorded."""
    answer = client.post(ADDRESS, data={"kind": "docx"})
    assert answer.headers["content-disposition"] == 'attachment; filename="letter-2025-001.docx"'
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "Its number is 2025-001." in said
    assert not [word for word in PRIVATE if word in said]
    assert given(queue) == []


def test_the_pdf_is_made_by_chromium_and_nothing_stays(chromium: str, client: TestClient, queue: CaseQueue) -> None:
    """From the workbench; its title says on every system that it is not published."""
    sign(queue)
    answer = client.post(ADDRESS, data={"kind": "pdf"})
    assert answer.headers["content-type"] == "application/pdf"
    assert b"/Title (Not published yet, please do not pass on: review 2025-001, copy " in answer.content
    assert list((queue.reviews / ".candour" / "print").iterdir()) == []
    assert given(queue)[0].more.startswith("pdf, copy ")


def test_a_machine_without_chromium_offers_the_rest(
    client: TestClient, queue: CaseQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button cannot be pressed, and says why; a request for it all the same is answered in words."""
    sign(queue)
    monkeypatch.setattr("publishing.site.chromium.find_chromium", lambda: "")
    page = client.get(ADDRESS).text
    assert 'value="pdf" disabled aria-describedby="no-pdf"' in page
    assert "There is no Chromium on this machine" in page
    answer = client.post(ADDRESS, data={"kind": "pdf"})
    assert answer.status_code == 400
    assert "Take the HTML file" in answer.text
    assert client.post(ADDRESS, data={"kind": "exe"}).status_code == 400
    assert given(queue) == []


def test_what_cannot_be_recorded_is_not_given(client: TestClient, queue: CaseQueue) -> None:
    """Whoever asks later who had which copy must find it."""
    sign(queue)
    log = queue.reviews / ".candour" / audit_log.LOG
    log.unlink()
    log.mkdir()
    status, name, said = asked(client, "html")
    assert (status, name) == (400, "")
    assert "Nothing was given out" in said
