"""What is wrong with a file that a person wrote: a fault in plain words, and its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_FAULTS = 100
"""More faults than this in one case help nobody: the rest are counted."""


@dataclass(frozen=True)
class Fault:
    """One fault. `text` says what and how to mend it, and never holds a word of the review.

    `unfilled` marks what a new case is made with: a field or section that is there and is empty.
    """

    file: str
    line: int | None
    text: str
    unfilled: bool = False

    def __str__(self) -> str:
        """As users read it: `review.md line 9: region: …`."""
        return f"{self.file} line {self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class FaultsError(Exception):
    """A file that cannot be understood at all; whoever reads the file catches it, and users never see it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} faults")


def describe_faults(faults: Iterable[Fault]) -> list[str]:
    """Every fault as users read it: file by file, from the top, each once, no more than can be read."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line or 0))
    words = [str(fault) for fault in ordered[:MOST_FAULTS]]
    if len(ordered) > MOST_FAULTS:
        words.append(f"and {len(ordered) - MOST_FAULTS} more faults; mend these first")
    return words
