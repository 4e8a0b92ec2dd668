"""Invented cases on a desk, an app over it, and a browser's session with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from publishing import checking, intake
from publishing.checking import decisions
from publishing.release.redacting import redacted
from publishing.workbench.app import create
from publishing.workbench.desk import Desk
from redaction import Redactor

ADDRESS = "127.0.0.1:8100"
OWN = f"http://{ADDRESS}"
TOKEN = "a-token-for-tests"
CASE = "amber-kettle-21"

REVIEW = """---
format: 1
public_id: "{public_id}"   # a note beside it
status: {status}
approved_by: Head of Casework
approved_on: 2025-01-14
publish_on: {publish_on}
outcome: convicted
offence: murder
offence_year: 2018
region: greater-manchester
provider: national-probation-service
supervision: licence
anchor: 2018-06-03
risk_of_serious_harm: high
agencies: [probation, police]
themes: [recall]
reasonable_steps: not-taken
disclosure:
  proceedings: concluded
  restrictions: [none]
  victims_informed: 2024-12-02
  considered_by: Victim Liaison Lead
  considered_on: 2024-12-05
lessons:
  - id: 1
    text: A recall must be decided within one working day.
    themes: [recall]
    level: national
---
## Summary

Darren Whitlock (A4821CK) lived at 27 Tennyson Road. He was on licence when he killed **Keisha Moorhouse**.

Bramley saw him on 14 June 2018. <script>document.title = "broken"</script> The dog, Zebedee, was Zebedee to all.

## Findings

The assessment was not reviewed when circumstances changed. The court was not told.
"""
REGISTER = """format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock]}
  - {role: victim, names: [Keisha Moorhouse]}
places: [27 Tennyson Road]
codes: [A4821CK]
"""


def write_case(reviews: Path, case: str = CASE, public_id: str = "2025-001", **fields: str) -> Path:
    """Write an invented case folder."""
    folder = reviews / case
    folder.mkdir(parents=True)
    values = {"status": "approved", "publish_on": "2025-02-03", **fields}
    (folder / "review.md").write_text(REVIEW.format(public_id=public_id, **values), encoding="utf-8")
    (folder / "register.yml").write_text(REGISTER, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """One Redactor for every test: it is slow to build."""
    return Redactor()


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


def sign(desk: Desk, case: str = CASE) -> None:
    """Sign a case as it is now."""
    review = intake.load(desk.reviews / case)
    text = redacted(review, desk.redactor, decisions.load(desk.reviews / case))
    checking.sign(desk.reviews / case, review, text, "A Checker", dt.datetime(2025, 1, 20, tzinfo=dt.UTC))
