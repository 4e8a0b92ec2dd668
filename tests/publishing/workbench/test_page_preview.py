"""The page of one review as readers will see it, before anybody signs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.reviews import RedactedReview
from publishing.settings import today
from publishing.workbench import page_preview
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import field


@pytest.mark.build
def test_the_page_is_shown_as_readers_will_see_it(client: TestClient, queue: CaseQueue) -> None:
    """The real page, with its styles; nothing private is in it, nothing in it acts here, and nothing is published by it."""
    answer = client.get(f"/case/{CASE}/page")
    assert answer.status_code == 200
    assert str(answer.url).endswith("/reviews/2025-001/")
    assert "[Person on probation]" in answer.text
    assert "<article" in answer.text
    assert client.get(str(answer.url) + "learning/").status_code == 200
    assert "script-src 'none'" in answer.headers["content-security-policy"]
    for path in queue.previews.folder.rglob("*"):
        if path.is_file():
            assert b"Whitlock" not in path.read_bytes()
    assert not queue.out.exists()
    assert not queue.previews.folder.stat().st_mode & 0o077
    first = answer.url
    assert client.get(f"/case/{CASE}/page").url == first
    page = client.get(f"/case/{CASE}").text
    client.post(
        f"/case/{CASE}/decide",
        data={
            "seen": field(page, "seen"),
            "action": "add",
            "text": "Zebedee",
            "entity": "OTHER",
            "replacement": "[Pet]",
        },
    )
    answer = client.get(f"/case/{CASE}/page")
    assert answer.url != first
    assert "[Pet]" in answer.text
    assert client.get(str(first)).status_code == 404


def test_the_page_is_made_anew_when_it_would_be_another(queue: CaseQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """With national counts that make facts less exact, an update of a lesson, another day, or another design."""
    built = []

    def build(text: RedactedReview, day: dt.date, place: Path) -> None:
        (place / "site").mkdir()
        built.append((text.facts.offence_year, len(text.lessons[0].updates), day, page_preview._newest_change()))

    monkeypatch.setattr(queue.previews, "_build", build)
    monkeypatch.setattr(page_preview, "_newest_change", lambda: 1)
    for _ in range(2):
        queue.previews.site(queue.open(CASE))
    counts = (
        "offence,year,region,count,source\nmurder,2018,greater-manchester,2,A\nmurder,2016,greater-manchester,3,A\n"
    )
    (queue.reviews / "national.csv").write_text(counts, encoding="utf-8")
    queue.previews.site(queue.open(CASE))
    said = "format: 1\nupdates:\n  - {lesson: 1, date: 2025-03-01, status: rejected}\n"
    (queue.reviews / CASE / "updates.yml").write_text(said, encoding="utf-8")
    queue.previews.site(queue.open(CASE))
    monkeypatch.setattr(page_preview, "today", lambda: dt.date(2040, 1, 1))
    queue.previews.site(queue.open(CASE))
    monkeypatch.setattr(page_preview, "_newest_change", lambda: 2)
    queue.previews.site(queue.open(CASE))
    day = today()
    assert built == [
        (2018, 0, day, 1),
        ("2015-2019", 0, day, 1),
        ("2015-2019", 1, day, 1),
        ("2015-2019", 1, dt.date(2040, 1, 1), 1),
        ("2015-2019", 1, dt.date(2040, 1, 1), 2),
    ]


@pytest.mark.build
def test_no_way_leads_out_of_it(client: TestClient, queue: CaseQueue) -> None:
    """To the cases beside it, by no spelling."""
    site = client.get(f"/case/{CASE}/page").url.path.removesuffix("reviews/2025-001/")
    for up in ("../../../../", "..%2f..%2f..%2f..%2f", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/", "..%5c..%5c..%5c..%5c"):
        answer = client.get(f"{site}{up}{CASE}/review.md")
        assert answer.status_code in (400, 404)
        assert "Whitlock" not in answer.text
