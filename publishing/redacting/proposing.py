"""A register proposed for a case on the command line: as YAML to look through, with why each role is suggested."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.checking import decisions
from publishing.errors import CaseError
from publishing.files.cache import Cache
from publishing.redacting.jobs import draft_job, job_for, redact_cached
from publishing.vocabulary import counted

if TYPE_CHECKING:
    from redaction import Proposal, ProposedPerson, Redactor, Written


def propose_as_yaml(folder: Path, redactor: Redactor) -> str:
    """What the register of a case would have to declare beyond what it declares, as a register of its own with notes.

    Raises:
        CaseError: the text of the case has faults.
        RegisterError: its register cannot be read.
    """
    from redaction import propose_register

    try:
        job = job_for(intake.load_case(folder), decisions.load(folder))
    except CaseError:
        job = draft_job(intake.load_text(folder), decisions.load(folder))
    redaction = redact_cached(job, redactor, Cache.of_reviews(folder.parent))
    return "\n".join((*_lines(propose_register(job.texts, redaction, job.register)), ""))


def _lines(proposal: Proposal) -> Iterator[str]:
    yield "# Proposed: whom and what the text names and register.yml does not declare. Nobody has confirmed any of it."
    yield "format: 1"
    yield "people:" if proposal.people else "people: []"
    for person in proposal.people:
        yield f"  # {_note(person)}"
        yield from (f"  # May be the same person as {other}: {why}." for other, why in proposal.alike(person.label))
        yield f"  - {{role: {person.preset_role or 'other'}, names: {_flow(person.names)}}}"
    for name in ("places", "organisations", "codes"):
        yield f"{name}: {_flow(getattr(proposal, name))}"
    for written, labels in proposal.unsure:
        yield f"# {_text(written.words)}, {counted(written.count, 'time')}, can mean {' or '.join(labels)}."


def _note(person: ProposedPerson) -> str:
    if person.declared is not None:
        return f"{person.label}: further names of person no. {person.declared + 1} of register.yml."
    said = person.hint or (f"Suggested: {person.why}." if person.why else "Say who it is.")
    return f"{person.label}, {counted(person.count, 'time')}. {said}"


def _flow(found: Iterable[Written]) -> str:
    return f"[{', '.join(_text(written.words) for written in found)}]"


def _text(words: str) -> str:
    """Words as a YAML value that is read back as itself."""
    return json.dumps(words, ensure_ascii=False)
