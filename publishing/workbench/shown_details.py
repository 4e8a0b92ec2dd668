"""What is decided about, as the workbench shows it: what was found, what the engine points out, and labels."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.workbench.excerpts import Excerpt

UNSURE_BELOW = 0.6
"""A finding with a lower score is on the list of what to look at first."""


@dataclass(frozen=True)
class ShownDetection:
    """Detections of the same words of one kind, and the sentence of each.

    `protects`: they name or surround somebody who is protected for life, so two people decide to undo it.
    `shared`: it is one name alone that several people of the review bear, so that the label may be another's.
    """

    name: str
    words: str
    entity: str
    source: str
    score: float
    replacement: str
    places: tuple[Excerpt, ...]
    decided: str
    protects: bool = False
    shared: bool = False

    @property
    def count(self) -> int:
        """In how many places they stand."""
        return len(self.places)

    @property
    def declared(self) -> bool:
        """Whether the register declares it: then it is always removed."""
        return self.source.partition(":")[0] == "register"

    @property
    def undecided(self) -> bool:
        """Whether somebody may decide about it, and nobody has."""
        return not self.decided and not self.declared

    @property
    def unsure(self) -> bool:
        """Whether the engine was not sure, or may take one for another, and nobody has decided."""
        return (self.score < UNSURE_BELOW or self.shared) and not self.decided


@dataclass(frozen=True)
class UndecidedDetail:
    """Words that the engine points out and nobody decided: a flagged detail, or (`is_doubt`) one it is not sure of.

    `sort` says what sort of detail it is ("quotation", "doubt"). `holds`: nobody signs before it is decided. `alone`: it is decided by itself, never together with others.
    `tells_withheld`: it tells what the key facts hold back. `keep` and `replace` are the decisions that do so, `replacement` what then takes
    its place where that is not the engine's to say.
    """

    name: str
    words: str
    entity: str
    sort: str
    reason: str
    places: tuple[Excerpt, ...]
    is_doubt: bool
    holds: bool
    alone: bool
    tells_withheld: bool
    keep: str
    replace: str
    replacement: str

    @property
    def count(self) -> int:
        """In how many places they stand."""
        return len(self.places)


@dataclass(frozen=True)
class Label:
    """A label of the public text, and the findings that it replaces."""

    words: str
    findings: tuple[ShownDetection, ...]
