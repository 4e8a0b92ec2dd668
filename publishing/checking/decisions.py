"""decisions.yml: what a person decided about words of a review."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from publishing import intake
from publishing.checking.signers import SignerList, are_two_names, load_signers
from publishing.intake.decisions_file import DecisionsFile
from redaction import Decision, Entity


def load(folder: Path) -> tuple[Decision, ...]:
    """The decisions of a case in the order they were made; none where it has no decisions.yml.

    Raises:
        CaseError: with every fault of the file; none of its words is in the message.
        SignersError: two people decided, and the list that says who they are does not hold.
    """
    return as_made(intake.load_decisions(folder), folder.parent)


def as_made(file: DecisionsFile, reviews: Path) -> tuple[Decision, ...]:
    """The decisions of a decisions.yml that was read already, of a case of the reviews folder.

    Raises:
        SignersError: two people decided, and the list that says who they are does not hold.
    """
    # asked for once, and only where it matters: a review has hundreds of decisions, and a build thousands of reviews
    listed = load_signers(reviews) if any(entry.by and entry.second for entry in file.decisions) else None
    return tuple(
        Decision(
            action=cast(Literal["accept", "reject", "add"], entry.action),
            text=entry.text,
            entity=Entity(entry.entity) if entry.entity else None,
            replacement=entry.replacement,
            seconded=bool(entry.by and entry.second) and _are_two(listed, entry.by or "", entry.second or ""),
            apart=entry.label == "own",
            same_as=entry.same_as,
            knowing=entry.withheld == "kept",
        )
        for entry in file.decisions
    )


def count_by_two(folder: Path) -> int:
    """How many decisions and changed passages of a case name a second person.

    Raises:
        CaseError: with every fault of the file.
    """
    file = intake.load_decisions(folder)
    return sum(d.second is not None for d in file.decisions) + sum(r.second is not None for r in file.rewrites)


def are_two_people(reviews: Path, one: str, other: str) -> bool:
    """Whether two names are two people's: two signers' where the reviews folder lists them, else two that are not one spelt twice.

    Raises:
        SignersError: the list of signers does not hold.
    """
    return _are_two(load_signers(reviews), one, other)


def _are_two(listed: SignerList | None, one: str, other: str) -> bool:
    return are_two_names(one, other) if listed is None else listed.are_two(one, other)
