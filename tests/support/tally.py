"""What a test tries in great number: how much, how much of it held, and what did not."""

from __future__ import annotations

from collections.abc import Iterable


class Tally:
    """Counts as it is called: once for each thing tried, with whatever was wrong with it."""

    def __init__(self) -> None:
        self.tried = 0
        self.failed: list[str] = []

    def __call__(self, what: object, faults: Iterable[str] = (), seen: object = "") -> None:
        """Count one thing that was tried.

        Args:
            what: the thing, in words.
            faults: what did not hold.
            seen: what else tells of it, if it did not.
        """
        self.tried += 1
        if found := list(faults):
            self.failed.append(f"{what}: {'; '.join(found)} {seen}".strip())
