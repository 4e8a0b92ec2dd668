"""decisions.yml: what a person decided about words of a review."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from publishing import intake
from redaction import Decision, Entity


def load(folder: Path) -> tuple[Decision, ...]:
    """The decisions of a case in the order they were made; none where it has no decisions.yml.

    Raises:
        CaseError: with every fault of the file; none of its words is in the message.
    """
    return tuple(
        Decision(
            action=cast(Literal["accept", "reject", "add"], entry.action),
            text=entry.text,
            entity=Entity(entry.entity) if entry.entity else None,
            replacement=entry.replacement,
        )
        for entry in intake.decisions_of(folder)
    )
