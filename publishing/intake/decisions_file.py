"""decisions.yml, format 1: what a person decided about words of a review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from publishing.intake import strict_model
from publishing.intake.field_types import Day, EntityName, OneOf, Text
from publishing.intake.strict_model import StrictModel
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import Fault, FaultsError

DECISIONS = "decisions.yml"


class DecisionEntry(StrictModel):
    """What a person decided about words of the review, by the words themselves."""

    action: Annotated[str, OneOf(("accept", "reject", "add"))] = Field(
        description="accept a finding, reject it, or add what was missed"
    )
    text: Text = Field(description="the words, as the review has them")
    entity: EntityName | None = Field(None, description="the kind of detail")
    replacement: Text | None = Field(None, description="what stands in their place; published")
    label: Annotated[str, OneOf(("own",))] | None = Field(
        None, description="own: the number in replacement is theirs alone"
    )
    same_as: Text | None = Field(None, description="other words of the same person: the label is always theirs")
    withheld: Annotated[str, OneOf(("kept",))] | None = Field(
        None, description="kept: the words stay though they tell what the key facts hold back"
    )
    by: Text | None = Field(None, description="who decided")
    second: Text | None = Field(None, description="the second person, where two decide")
    on: Day | None = Field(None, description="when")
    reason: Text | None = Field(None, description="why")


class DecisionsFile(StrictModel):
    """decisions.yml, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    decisions: tuple[DecisionEntry, ...] = Field((), description="in the order they were made")


def read_decisions(folder: Path) -> tuple[tuple[DecisionEntry, ...], list[Fault]]:
    """What the file says, and its faults; nothing where there is no file."""
    path = folder / DECISIONS
    if not path.is_symlink() and not path.exists():
        return (), []
    try:
        document = strict_yaml.parse(plain_text.read_utf8(path), DECISIONS)
    except FaultsError as error:
        return (), list(error.faults)
    file, faults, _ = strict_model.validate(DecisionsFile, document)
    faults = [*document.faults, *faults, *_contradictions(file, document)]
    return (file.decisions if file and not faults else ()), faults


def _contradictions(file: DecisionsFile | None, document: strict_yaml.YamlDocument) -> Iterator[Fault]:
    """Words that one decision leaves alone and another replaces."""
    first: dict[str, tuple[int, str]] = {}
    for position, entry in enumerate(file.decisions if file else ()):
        words = " ".join(entry.text.casefold().split())
        earlier, action = first.setdefault(words, (position, entry.action))
        if (entry.action == "reject") != (action == "reject"):
            said = f"decisions no. {position + 1}: contradicts no. {earlier + 1}, which has the same words: delete one"
            yield document.fault(("decisions", position), said)
