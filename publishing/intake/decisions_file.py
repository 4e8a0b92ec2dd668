"""decisions.yml, format 1: what a person decided about words of a review, and which passages they put into other words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from publishing.intake import rewrites, strict_model
from publishing.intake.field_types import Day, EntityName, OneOf, Text
from publishing.intake.rewrites import RewriteEntry
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
    rewrites: tuple[RewriteEntry, ...] = Field(
        (), description="passages in other words, in the order they were written"
    )


def read_decisions(folder: Path) -> tuple[DecisionsFile, list[Fault]]:
    """What the file says, and its faults; nothing where there is no file."""
    path = folder / DECISIONS
    if not path.is_symlink() and not path.exists():
        return NOTHING_DECIDED, []
    try:
        return parse_decisions(plain_text.read_utf8(path))
    except FaultsError as error:
        return NOTHING_DECIDED, list(error.faults)


def parse_decisions(text: str) -> tuple[DecisionsFile, list[Fault]]:
    """What a text of decisions.yml says, and its faults; nothing where it has any.

    Raises:
        FaultsError: it cannot be read as YAML at all.
    """
    document = strict_yaml.parse(text, DECISIONS)
    file, faults, _ = strict_model.validate(DecisionsFile, document)
    faults = [*document.faults, *faults, *_contradictions(file, document), *_refused_rewrites(file, document)]
    return (file if file and not faults else NOTHING_DECIDED), faults


NOTHING_DECIDED = DecisionsFile(format=1)
"""What the file says where there is none."""


def _refused_rewrites(file: DecisionsFile | None, document: strict_yaml.YamlDocument) -> Iterator[Fault]:
    """Rewrites whose passage or words are not what a block of a review can be, and passages that have two."""
    first: dict[str, int] = {}
    for position, entry in enumerate(file.rewrites if file else ()):
        where = f"rewrites no. {position + 1}"
        if why := rewrites.explain_refused(entry.passage, entry.words):
            yield document.fault(("rewrites", position), f"{where}, {why}")
            continue
        earlier = first.setdefault(rewrites.canonical(entry.passage), position)
        if earlier != position:
            said = f"{where}: has the same passage as no. {earlier + 1}: delete one"
            yield document.fault(("rewrites", position), said)


def _contradictions(file: DecisionsFile | None, document: strict_yaml.YamlDocument) -> Iterator[Fault]:
    """Words that one decision leaves alone and another replaces."""
    first: dict[str, tuple[int, str]] = {}
    for position, entry in enumerate(file.decisions if file else ()):
        words = " ".join(entry.text.casefold().split())
        earlier, action = first.setdefault(words, (position, entry.action))
        if (entry.action == "reject") != (action == "reject"):
            said = f"decisions no. {position + 1}: contradicts no. {earlier + 1}, which has the same words: delete one"
            yield document.fault(("decisions", position), said)
