"""Invented cases on a desk, an app over it, and a browser's session with it."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import checking, intake
from publishing.checking import decisions
from publishing.workbench.app import create
from publishing.workbench.desk import Desk
from redaction import Redactor
from tests.publishing.release import conftest as release

ADDRESS = "127.0.0.1:8100"
OWN = f"http://{ADDRESS}"
TOKEN = "a-token-for-tests"
CASE = "amber-kettle-21"

SUMMARY = """Darren Whitlock (A4821CK) lived at 27 Tennyson Road. He was on licence when he killed **Keisha Moorhouse**.

Bramley saw him on 14 June 2018. <script>document.title = "broken"</script> The boat, Zebedee, was Zebedee to all."""


def write_case(reviews: Path, case: str = CASE, public_id: str = "2025-001", **fields: str) -> Path:
    """Write an invented case folder, with a note in its head and much to decide in its summary."""
    folder = release.write_case(reviews, case, public_id=public_id, **{"summary": SUMMARY, **fields})
    path = folder / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{public_id}"\n', f'"{public_id}"   # a note beside it\n', 1), encoding="utf-8")
    return folder


# one Redactor for every test: it is slow to build
redactor = release.redactor


@pytest.fixture
def desk(tmp_path: Path, redactor: Redactor) -> Desk:
    """A desk with one case on it, and nothing published."""
    write_case(tmp_path / "reviews")
    return Desk(tmp_path / "reviews", tmp_path / "build", redactor)


@pytest.fixture
def outside(desk: Desk) -> TestClient:
    """A browser that knows the address and nothing else."""
    return TestClient(create(desk, ADDRESS, TOKEN, warm=False), base_url=OWN)


@pytest.fixture
def client(outside: TestClient) -> TestClient:
    """A browser that came in by the address that was printed."""
    assert outside.get(f"/start?token={TOKEN}").status_code == 200
    outside.headers["Origin"] = OWN
    return outside


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def sign(desk: Desk, case: str = CASE) -> None:
    """Sign a case as it is now."""
    review = intake.load(desk.reviews / case)
    text = release.redacted(review, desk.redactor, decisions.load(desk.reviews / case))
    checking.sign(desk.reviews / case, review, text, "A Checker", dt.datetime(2025, 1, 20, tzinfo=dt.UTC))
