"""The list of cases and the sheet of days, as pages: everything by the address, nothing by script."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from starlette.testclient import TestClient

from publishing.settings import today
from publishing.workbench.case_list import PAGE_SIZE
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.presence import Presence
from tests.support.cases import CASE
from tests.support.workbench import sign, write_case


def rows(page: str) -> list[str]:
    """The cases that a page shows, in order."""
    return re.findall(r'<tr data-case="([^"]*)">', page)


def plain(page: str) -> str:
    """A page's words."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


@pytest.fixture
def many(queue: CaseQueue) -> CaseQueue:
    """A folder of more cases than a page shows; of one text, which is redacted once."""
    for number in range(2, PAGE_SIZE + 3):
        write_case(
            queue.reviews, f"case-{number:03}", f"2025-{number:03}", status="draft" if number % 2 else "approved"
        )
    queue.warm()
    return queue


def test_a_list_is_shown_fifty_at_a_time(client: TestClient, many: CaseQueue) -> None:
    """Every case once; the pages lead to each other, and keep what was asked for."""
    first, second = (client.get(f"/?sort=case&page={number}").text for number in (1, 2))
    assert len(rows(first)) == PAGE_SIZE
    assert rows(first) + rows(second) == sorted([CASE, *(f"case-{n:03}" for n in range(2, PAGE_SIZE + 3))])
    assert f"Cases 1 to {PAGE_SIZE} of {PAGE_SIZE + 2}." in plain(first)
    assert '<a href="/?sort=case&amp;page=2" rel="next">Next</a>' in first
    assert 'rel="prev"' not in first
    assert '<a href="/?sort=case&amp;page=1" rel="prev">' in second
    assert '<th scope="col" aria-sort="ascending"><a href="/?sort=-case">Case</a></th>' in second


def test_a_form_without_script_finds_filters_and_says_how_many(client: TestClient, many: CaseQueue) -> None:
    """And comes back with what was asked for; where nothing fits it says what to try."""
    page = client.get("/?find=case-00&state=draft&owner=Head+of+Casework").text
    assert rows(page) == ["case-003", "case-005", "case-007", "case-009"]
    assert f"4 of {PAGE_SIZE + 2} cases fit." in plain(page)
    assert 'name="find" type="search" value="case-00"' in page
    assert '<option value="draft" selected>' in page
    assert "<option selected>Head of Casework</option>" in page
    nothing = client.get("/?find=%3Cscript%3E&due=2001-01-01").text
    assert rows(nothing) == []
    assert "No case fits." in nothing
    assert "<script>" not in nothing.partition("<main")[2]
    wrong = client.get("/?due=tomorrow").text
    assert len(rows(wrong)) == PAGE_SIZE
    assert "That is no day" in wrong
    assert 'aria-invalid="true"' in wrong


def test_a_list_without_a_case_leads_to_the_import(client: TestClient, queue: CaseQueue) -> None:
    """On both pages."""
    for path in queue.folder(CASE).iterdir():
        path.unlink()
    queue.folder(CASE).rmdir()
    for page in ("/", "/deadlines", "/?find=x"):
        assert "There is no case yet." in client.get(page).text


def test_a_case_that_is_open_elsewhere_says_with_whom(client: TestClient, queue: CaseQueue) -> None:
    """In the list, by the filter, and on the case's pages; it hinders nothing, and what is left is told no more."""
    queue.warm()
    other = Presence(queue.reviews)
    other.who = 'J. Smith <b>"'
    page = other.open_page(CASE)
    shown = client.get(f"/case/{CASE}").text
    assert re.search(r'This case is open with J\. Smith <b>" since \d\d:\d\d\.', plain(shown))
    assert "<b>" not in client.get("/").text
    assert rows(client.get("/?owner=j.+smith+%3Cb%3E%22").text) == [CASE]
    names = [
        re.findall(r'data-page="([0-9a-f]{16})"', text) for text in (shown, client.get(f"/case/{CASE}/facts").text)
    ]
    (first,), (second,) = names
    told = client.post(f"/case/{CASE}/open", data={"page": second}).json()
    assert [words.partition(" since ")[0] for words in told] == ['open with J. Smith <b>"']
    client.post(f"/case/{CASE}/open", data={"page": first})
    told = client.post(f"/case/{CASE}/open", data={"page": second}).json()
    assert any(words.startswith("open in another tab here") for words in told), "the first page is open still"
    other.close_page(page)
    assert "J. Smith" not in client.get(f"/case/{CASE}").text
    assert client.post(f"/case/{CASE}/left", data={"page": second}).status_code == 204


@pytest.mark.parametrize("page", ["", "x", "0" * 15, "../../etc/passwd", "0" * 16 + "\n"])
def test_a_page_that_was_never_shown_is_not_heard(client: TestClient, queue: CaseQueue, page: str) -> None:
    """Nor one of a case that is not there."""
    assert client.post(f"/case/{CASE}/open", data={"page": page}).status_code == 404
    assert client.post("/case/nowhere/open", data={"page": "0" * 16}).status_code == 400
    assert queue.presence.everywhere() == {}


def test_the_sheet_tells_every_day_of_a_case(client: TestClient, queue: CaseQueue) -> None:
    """When families were told, from when it is published, when it is looked at again, and what is missed."""
    later = today() + dt.timedelta(days=40)
    path = queue.folder(CASE) / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("disclosure:", f"reassess_by: {later}\ndisclosure:", 1), encoding="utf-8")
    coming = write_case(queue.reviews, "coming", "2025-002", publish_on="2099-01-01") / "review.md"
    text = coming.read_text(encoding="utf-8")
    coming.write_text(text.replace("victims_informed: 2024-12-02", 'victims_informed: "not-applicable: none left"'))
    gone = write_case(queue.reviews, "gone", "2025-003", status="withdrawn")
    untold = write_case(queue.reviews, "untold", "2025-004", status="draft") / "review.md"
    untold.write_text(untold.read_text(encoding="utf-8").replace("  victims_informed: 2024-12-02\n", ""))
    queue.warm()
    sign(queue, "coming")
    page = client.get("/deadlines").text
    cells = {row.partition("</a>")[0].rpartition(">")[2]: plain(row) for row in page.split("<tr>")[2:]}
    assert list(cells) == ["coming", CASE, "untold"] or list(cells) == [CASE, "untold", "coming"]
    assert gone.name not in cells
    assert f"2 December 2024 3 February 2025 past {later.day} {later:%B %Y}" in cells[CASE]
    assert "To publish later Nobody to tell 1 January 2099" in cells["coming"]
    assert "not yet" in cells["untold"]
    assert "none left" not in page
    assert "data-print" in page
    assert list(map(plain, re.findall(r'<th scope="row">(.*?)</th>', client.get("/deadlines?find=com").text))) == [
        "coming"
    ]
