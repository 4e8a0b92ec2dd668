"""Invented cases on a queue, an app over it, and a browser's session with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from redaction import Redactor
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
    assert outside.get(f"/start?token={TOKEN}").status_code == 200
    outside.headers["Origin"] = OWN
    return outside
