"""decisions.yml: what a person decided about words of a review."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from publishing import intake
from publishing.intake.decisions_file import DecisionEntry
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
            seconded=_by_two(entry),
            apart=entry.label == "own",
            same_as=entry.same_as,
        )
        for entry in intake.load_decisions(folder)
    )


def _by_two(entry: DecisionEntry) -> bool:
    """Whether two people decided it: names that differ in more than case and spaces."""
    one, other = (" ".join((name or "").casefold().split()) for name in (entry.by, entry.second))
    return bool(one and other) and one != other
