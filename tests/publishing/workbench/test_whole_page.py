"""The page of one review as readers will see it, before anybody signs."""

from __future__ import annotations

from starlette.testclient import TestClient

from publishing.workbench.desk import Desk

from .conftest import CASE, field


def test_the_page_is_shown_as_readers_will_see_it(client: TestClient, desk: Desk) -> None:
    """The real page, with its styles; nothing private is in it, nothing in it acts here, and nothing is published by it."""
    answer = client.get(f"/case/{CASE}/page")
    assert answer.status_code == 200
    assert str(answer.url).endswith("/reviews/2025-001/")
    assert "[Person on probation]" in answer.text
    assert "<article" in answer.text
    assert client.get(str(answer.url) + "learning/").status_code == 200
    assert "script-src 'none'" in answer.headers["content-security-policy"]
    for path in desk.pages.folder.rglob("*"):
        if path.is_file():
            assert b"Whitlock" not in path.read_bytes()
    assert not desk.out.exists()
    assert not desk.pages.folder.stat().st_mode & 0o077
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


def test_no_way_leads_out_of_it(client: TestClient, desk: Desk) -> None:
    """To the cases beside it, by no spelling."""
    site = client.get(f"/case/{CASE}/page").url.path.removesuffix("reviews/2025-001/")
    for up in ("../../../../", "..%2f..%2f..%2f..%2f", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/", "..%5c..%5c..%5c..%5c"):
        answer = client.get(f"{site}{up}{CASE}/review.md")
        assert answer.status_code in (400, 404)
        assert "Whitlock" not in answer.text
