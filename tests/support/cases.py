"""Small invented cases: written, redacted and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from publishing import checking, intake
from publishing.checking import decisions as case_decisions
from publishing.checking.signers import Sealer
from publishing.redacting.jobs import assemble, job_for, redact_cached
from publishing.reviews import RedactedReview, Review
from redaction import Decision, Redactor

CASE = "amber-kettle-21"
OTHER = "walnut-anchor-08"
SIGNED_AT = dt.datetime(2025, 1, 20, 12, tzinfo=dt.UTC)

REVIEW = """---
format: 1
public_id: "{public_id}"
status: {status}
approved_by: {approved_by}
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


def write_case(
    reviews: Path,
    case: str = CASE,
    *,
    public_id: str = "2025-001",
    person: str = "Darren Whitlock",
    victim: str = "Keisha Moorhouse",
    code: str = "A4821CK",
    status: str = "approved",
    approved_by: str = "Head of Casework",
    publish_on: str = "2025-02-03",
    lesson: str = "A recall must be decided within one working day.",
    summary: str | None = None,
    register: str | None = None,
) -> Path:
    """Write an invented case folder."""
    folder = reviews / case
    folder.mkdir(parents=True, exist_ok=True)
    summary = summary or f"{person} ({code}) lived at 27 Tennyson Road. He was on licence when he killed {victim}."
    text = REVIEW.format(
        public_id=public_id,
        status=status,
        approved_by=approved_by,
        publish_on=publish_on,
        lesson=lesson,
        summary=summary,
    )
    (folder / "review.md").write_text(text, encoding="utf-8")
    if register is None:
        register = REGISTER.format(person=person, victim=victim, code=code)
    (folder / "register.yml").write_text(register, encoding="utf-8")
    return folder


def write_other_case(reviews: Path, **fields: str) -> Path:
    """Write a second case, with other people and another lesson."""
    return write_case(
        reviews,
        OTHER,
        public_id="2025-002",
        person="Tomasz Wołkowski",
        victim="Ffion Cadwaladr",
        code="X412398",
        lesson="A handover needs a spoken briefing.",
        **fields,
    )


def redacted(review: Review, redactor: Redactor, decisions: Sequence[Decision] = ()) -> RedactedReview:
    """Everything of a review that may be public, as redacted and decided now."""
    return assemble(review, redact_cached(job_for(review, decisions), redactor))


def sign_case(folder: Path, redactor: Redactor, at: dt.datetime = SIGNED_AT, sealer: Sealer | None = None) -> None:
    """Sign a case as redacted now, with a key where signers are listed."""
    review = intake.load_case(folder)
    text = redacted(review, redactor, case_decisions.load(folder))
    checking.sign(folder, review, text, "A Checker", at, sealer=sealer)


def edit_case(house: Path, old: str = "The court was not told.", new: str = "The court was told late.") -> Path:
    """Change a sentence of a published case's source."""
    path = house / "reviews" / CASE / "review.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path.parent
