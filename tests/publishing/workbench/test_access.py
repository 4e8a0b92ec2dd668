"""Only this machine's user gets in."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from tests.support.cases import CASE
from tests.support.workbench import ADDRESS, OWN, TOKEN

PAGES = (
    "/", "/import", "/build", "/withdraw", f"/case/{CASE}", f"/case/{CASE}/facts", f"/case/{CASE}/sign",
    f"/case/{CASE}/lessons", f"/case/{CASE}/register", f"/case/{CASE}/press", f"/case/{CASE}/intruder", f"/case/{CASE}/intruder/pack",
    f"/case/{CASE}/sheet", "/deadlines",
)  # fmt: skip
FORMS = (
    "/import", "/build", "/withdraw", f"/case/{CASE}/decide", f"/case/{CASE}/forget", f"/case/{CASE}/undo",
    f"/case/{CASE}/facts", f"/case/{CASE}/sign", f"/case/{CASE}/lessons", f"/case/{CASE}/register", f"/case/{CASE}/press",
    f"/case/{CASE}/press/remove", f"/case/{CASE}/intruder", f"/case/{CASE}/label", f"/case/{CASE}/ticks", f"/case/{CASE}/respond", "/you",
    f"/case/{CASE}/decide-together", f"/case/{CASE}/redo", f"/case/{CASE}/keys", f"/case/{CASE}/people", f"/case/{CASE}/draft/facts",
    f"/case/{CASE}/draft/facts/discard",
    f"/case/{CASE}/open", f"/case/{CASE}/left",
)  # fmt: skip


@pytest.mark.parametrize(
    "page", [*PAGES, f"/case/{CASE}/page", "/page/x/", "/static/workbench.js", "/preview/", "/build/state", "/nowhere"]
)
def test_nothing_is_shown_without_the_session(outside: TestClient, page: str) -> None:
    """Not even whether a page exists."""
    answer = outside.get(page)
    assert answer.status_code == 403
    assert answer.text == outside.get("/").text


@pytest.mark.parametrize("token", ["", "guess", TOKEN[:-1], TOKEN + "x", "é", "%00"])
def test_a_guessed_token_opens_nothing(outside: TestClient, token: str) -> None:
    """Nor does it use the true one up."""
    answer = outside.get(f"/start?token={token}")
    assert answer.status_code == 403
    assert not outside.cookies
    assert outside.get(f"/start?token={TOKEN}").status_code == 200


def test_the_address_works_once(queue: CaseQueue) -> None:
    """A second user's browser that saw the address comes too late."""
    app = create_app(queue, ADDRESS, TOKEN, warm=False)
    first, second = TestClient(app, base_url=OWN), TestClient(app, base_url=OWN)
    assert first.get(f"/start?token={TOKEN}").status_code == 200
    assert second.get(f"/start?token={TOKEN}").status_code == 403
    assert second.get("/").status_code == 403
    assert first.get("/").status_code == 200


def test_the_cookie_is_out_of_reach(outside: TestClient) -> None:
    """Of scripts and of other sites; its value is not the token."""
    answer = outside.get(f"/start?token={TOKEN}", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie


@pytest.mark.parametrize(
    "cookie", ["candour-8100=guess", "candour-8100=", "candour-8100=é", "x; candour-8100", "\x01="]
)
def test_a_guessed_cookie_opens_nothing(outside: TestClient, cookie: str) -> None:
    """Whatever it looks like."""
    assert outside.get("/", headers={"Cookie": cookie.encode()}).status_code == 403  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8100", "localhost:8100", "127.0.0.1", "127.0.0.1:8101", ""]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    """A name that was made to point here (DNS rebinding) gets nothing, cookie or not."""
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert CASE not in answer.text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:8101", "https://127.0.0.1:8100", None]
)
def test_another_site_cannot_send_a_form(client: TestClient, form: str, origin: str | None) -> None:
    """Nor can a form without an origin."""
    del client.headers["Origin"]
    headers = {"Origin": origin} if origin is not None else {}
    assert client.post(form, headers=headers, data={"x": "y"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_even_link_here(client: TestClient, site: str) -> None:
    """What the browser says of where a request began is believed."""
    assert client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert client.get("/", headers={"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "/static/workbench.js", "/nowhere", "/preview/nothing", "/page/nothing"])
def test_no_page_is_kept_or_framed_or_runs_what_is_not_ours(client: TestClient, page: str) -> None:
    """On every answer: no caching, a strict policy, no framing."""
    headers = client.get(page).headers
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert ("script-src 'none'" in policy) == page.startswith(("/preview", "/page"))
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/case/%2e%2e", "/case/%2e%2e%2fbuild", "/case/..%5Cbuild", "/case/.candour",
        "/case/%00", "/case/a%2fb", "/static/..%2fcase.html.j2", "/static/case.html.j2", "/preview/..%2f..%2freviews",
        "/preview/../../reviews/amber-kettle-21/review.md", "/preview/%2e%2e/%2e%2e/reviews/amber-kettle-21/review.md",
    ],
)  # fmt: skip
def test_no_path_leads_out(client: TestClient, queue: CaseQueue, path: str) -> None:
    """A case's name is never a path, and the preview shows the site alone."""
    (queue.out / "site").mkdir(parents=True)
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "Whitlock" not in answer.text


def test_a_form_that_is_too_large_is_not_read(client: TestClient) -> None:
    """By its length, before any of it."""
    answer = client.post(f"/case/{CASE}/decide", data={"text": "x" * 1_100_000})
    assert answer.status_code == 413
