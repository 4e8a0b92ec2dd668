"""One review on its way through the stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from redaction.document import Document
from redaction.findings import Finding
from redaction.propagation.coreference import PeopleInText
from redaction.register import Identity
from redaction.results import Anchor, Decision
from redaction.spans import Span
from redaction.text.normalise import NormalisedText

BREAK = "\n\n"
"""What is put between the texts of one review while they are read as one."""


@dataclass(frozen=True)
class Edit:
    """Words to write in the place of source[start:end], and the finding that asks for it."""

    start: int
    end: int
    words: str
    finding: Finding


@dataclass(frozen=True)
class OpenMention:
    """A finding that can mean several people, and the labels of those."""

    finding: Finding
    labels: tuple[str, ...]


@dataclass
class State:
    """What is known of a review so far; each stage adds what the next ones need.

    `identities` are those that the register declares. `findings` are to be replaced: spans of the normalised text, in order, none
    overlapping. `flaggable` may be shown to the checker instead. `by_year` are the positions of texts whose dates are told by their year alone. `edits` are what is written where in
    the source, in order, none overlapping. `open` are the mentions of which nothing tells whom they mean.
    """

    texts: Sequence[str]
    normalised: NormalisedText
    document: Document
    identities: Sequence[Identity]
    anchor: Anchor | None
    decisions: Sequence[Decision]
    findings: list[Finding]
    people: PeopleInText
    flaggable: list[Finding]
    by_year: frozenset[int] = frozenset()
    edits: list[Edit] = field(default_factory=list)
    open: list[OpenMention] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The texts as one, as they were written."""
        return self.normalised.source

    @property
    def text(self) -> str:
        """The texts as one, as a reader sees them."""
        return self.normalised.text

    def words(self, finding: Finding) -> str:
        """The words of a finding."""
        return self.text[finding.start : finding.end]

    def is_told_by_year(self, finding: Finding) -> bool:
        """Whether a finding is in a text whose dates are told by their year alone."""
        place = self.place(finding.start, finding.end) if self.by_year else None
        return place is not None and place[0] in self.by_year

    def place(self, start: int, end: int) -> tuple[int, Span] | None:
        """Where a span of the normalised text is in the texts as they were given: (part, span); None across a border."""
        first, last = self.normalised.to_source(start, end)
        begins = 0
        for part, text in enumerate(self.texts):
            if begins <= first and last <= begins + len(text):
                return part, Span(first - begins, last - begins)
            begins += len(text) + len(BREAK)
        return None
