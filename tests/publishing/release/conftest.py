"""Small invented cases, a Redactor, and a published site to start from."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from publishing import checking, intake
from publishing.checking import decisions
from publishing.release.build import build
from publishing.release.redacting import assembled, job_of, worked_out
from publishing.reviews import RedactedReview, Review
from redaction import Decision, Redactor

AS_OF = dt.date(2025, 3, 1)

REVIEW = """---
format: 1
public_id: "{public_id}"
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
    text: {lesson}
    themes: [recall]
    level: national
    owner: HM Prison and Probation Service
---
## Summary

{summary}

## Findings

The assessment was not reviewed when circumstances changed. The court was not told.
"""

REGISTER = """format: 1
people:
  - {{role: person-on-probation, names: [{person}]}}
  - {{role: victim, names: [{victim}]}}
places: [27 Tennyson Road]
codes: [{code}]
"""

Case = Callable[..., Path]


def write_case(
    reviews: Path,
    case: str = "amber-kettle-21",
    *,
    public_id: str = "2025-001",
    person: str = "Darren Whitlock",
    victim: str = "Keisha Moorhouse",
    code: str = "A4821CK",
    status: str = "approved",
    publish_on: str = "2025-02-03",
    lesson: str = "A recall must be decided within one working day.",
    summary: str | None = None,
    register: str | None = None,
) -> Path:
    """Write an invented case folder."""
    folder = reviews / case
    folder.mkdir(parents=True, exist_ok=True)
    summary = summary or f"{person} ({code}) lived at 27 Tennyson Road. He was on licence when he killed {victim}."
    text = REVIEW.format(public_id=public_id, status=status, publish_on=publish_on, lesson=lesson, summary=summary)
    (folder / "review.md").write_text(text, encoding="utf-8")
    if register is None:
        register = REGISTER.format(person=person, victim=victim, code=code)
    (folder / "register.yml").write_text(register, encoding="utf-8")
    return folder


def redacted(review: Review, redactor: Redactor, decisions: Sequence[Decision]) -> RedactedReview:
    """Everything of a review that may be public, as redacted and decided now."""
    return assembled(review, worked_out(job_of(review, decisions), redactor))


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """One Redactor for every test: it is slow to build."""
    return Redactor()


@pytest.fixture(scope="session")
def sign(redactor: Redactor) -> Callable[[Path], None]:
    """Sign a case as redacted now."""

    def sign(folder: Path) -> None:
        review = intake.load(folder)
        text = redacted(review, redactor, decisions.load(folder))
        now = dt.datetime(2025, 1, 20, 12, tzinfo=dt.UTC)
        checking.sign(folder, review, text, "A Checker", now)

    return sign


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, sign: Callable[[Path], None]) -> Path:
    """A folder with reviews/ (two signed cases) and build/ (their published site): copy it, don't change it."""
    root = tmp_path_factory.mktemp("published")
    sign(write_case(root / "reviews"))
    sign(
        write_case(
            root / "reviews",
            "walnut-anchor-08",
            public_id="2025-002",
            person="Tomasz Wołkowski",
            victim="Ffion Cadwaladr",
            code="X412398",
            lesson="A handover needs a spoken briefing.",
        )
    )
    build(root / "reviews", root / "build", AS_OF)
    return root


@pytest.fixture
def house(tmp_path: Path, published: Path) -> Path:
    """A copy of the published folder, to break."""
    return Path(shutil.copytree(published, tmp_path / "house"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
