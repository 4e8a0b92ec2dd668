"""Invented cases on a queue, an app over it, and a browser's session with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
from tests.support.running import Running
from tests.support.workbench import ADDRESS, OWN, TOKEN, write_case


@pytest.fixture
def queue(tmp_path: Path, redactor: Redactor) -> CaseQueue:
    """A queue with one case on it, and nothing published."""
    write_case(tmp_path / "reviews")
    return CaseQueue(tmp_path / "reviews", tmp_path / "build", redactor)


@pytest.fixture
def outside(queue: CaseQueue) -> TestClient:
    """A browser that knows the address and nothing else."""
    return TestClient(create_app(queue, ADDRESS, TOKEN, warm=False), base_url=OWN)


@pytest.fixture
def client(outside: TestClient) -> TestClient:
    """A browser that came in by the address that was printed."""
    # the list, to which it leads, is worked out for those tests alone that look at it
    led = outside.get(f"/start?token={TOKEN}", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/")
    outside.headers["Origin"] = OWN
    return outside


@pytest.fixture(scope="module")
def workbench(house: Path, redactor: Redactor) -> Iterator[Running]:
    """The workbench at work over the module's own `house`, in a process of its own; it says nothing while it runs, whatever happens."""
    running = Running(house / "reviews", house / "build", redactor)
    yield running
    said = running.close()
    assert "Whitlock" not in said
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def session(browser: Browser, workbench: Running) -> Iterator[BrowserContext]:
    """The one browser that came in by the address that was printed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(workbench.start)
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(session: BrowserContext, workbench: Running) -> Iterator[Page]:
    """A page; whatever goes wrong in it, or is asked of another machine, fails the test."""
    open_case = session.new_page()
    wrong: list[str] = []
    open_case.on("pageerror", lambda error: wrong.append(str(error)))
    # in the preview the public site's own scripts are held back, by that very policy
    open_case.on(
        "console",
        lambda m: wrong.append(m.text) if "Content Security" in m.text and "/preview/" not in m.text else None,
    )
    open_case.on("request", lambda r: None if r.url.startswith(workbench.root) else wrong.append(r.url))
    yield open_case
    open_case.close()
    assert not wrong
