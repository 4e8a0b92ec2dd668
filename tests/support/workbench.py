"""A case with much to decide, and what a browser's session with the workbench is known by."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

from publishing.workbench.case_queue import CaseQueue
from tests.support import cases
from tests.support.cases import CASE

ADDRESS = "127.0.0.1:8100"
OWN = f"http://{ADDRESS}"
TOKEN = "a-token-for-tests"

SUMMARY = """Darren Whitlock (A4821CK) lived at 27 Tennyson Road. He was on licence when he killed **Keisha Moorhouse**.

Bramley saw him on 14 June 2018. <script>document.title = "broken"</script> The boat, Zebedee, was Zebedee to all."""


def write_case(reviews: Path, case: str = CASE, public_id: str = "2025-001", **fields: str) -> Path:
    """Write an invented case folder, with a note in its head and much to decide in its summary."""
    folder = cases.write_case(reviews, case, public_id=public_id, **{"summary": SUMMARY, **fields})
    path = folder / "review.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{public_id}"\n', f'"{public_id}"   # a note beside it\n', 1), encoding="utf-8")
    return folder


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def sign(desk: CaseQueue, case: str = CASE) -> None:
    """Sign a case as it is now, at midnight in London."""
    cases.sign_case(desk.reviews / case, desk.redactor, at=dt.datetime(2025, 1, 20, tzinfo=dt.UTC))
