"""Who listens to how far a long step has come."""

from __future__ import annotations


class Heard:
    """A listener that remembers each step: its name, how many pieces it said and how many were told as done."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int, int]] = []
        self._open: list[tuple[str, int]] = []
        self._done = 0

    def begin(self, step: str, total: int) -> None:
        """A step within another would be drawn over it."""
        assert not self._open
        self._open, self._done = [(step, total)], 0

    def advance(self) -> None:
        """One more."""
        self._done += 1

    def end(self) -> None:
        """The step is over."""
        ((name, total),) = self._open
        self._open = []
        self.steps.append((name, total, self._done))
