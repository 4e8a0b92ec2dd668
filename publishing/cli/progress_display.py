"""How far a long step has come: a bar with rate and time left on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from publishing.cli.output import say
from publishing.progress import told_to

PATIENCE = 2.0
"""Seconds that nobody minds waiting without a word."""

MINUTE = 60.0
"""Seconds from one line in a log to the next."""


def show_progress() -> AbstractContextManager[None]:
    """Show the steps of what is done within, as suits where the output goes."""
    # a bar over lines that go elsewhere would be in their way
    on_terminal = sys.stdout.isatty() and sys.stderr.isatty()
    return told_to(ProgressBar() if on_terminal else ProgressLines(say))


class ProgressBar:
    """A bar on the terminal that goes where its step ends."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def begin(self, step: str, total: int) -> None:
        """Draw the bar."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.add_task(step, total=total)
        self._bar.start()

    def advance(self) -> None:
        """One piece more."""
        if self._bar:
            self._bar.advance(self._bar.task_ids[0])

    def end(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()


class _Rate(ProgressColumn):
    """Pieces a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f} a second" if task.speed else "")


class ProgressLines:
    """Plain lines, for steps that take longer than a moment: one a minute, and one at the end.

    Args:
        say: what writes a line.
        clock: seconds, from whenever.
    """

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._step, self._total, self._done = "", 0, 0
        self._began = self._told = 0.0

    def begin(self, step: str, total: int) -> None:
        """Look at the clock."""
        self._step, self._total, self._done = step, total, 0
        self._began = self._told = self._clock()

    def advance(self) -> None:
        """One piece more; a line, if there was none for a minute."""
        self._done += 1
        now = self._clock()
        if now - self._told >= MINUTE and self._done < self._total:
            self._told = now
            left = (now - self._began) / self._done * (self._total - self._done)
            self._say(f"{self._step}: {self._done:,} of {self._total:,}, some {_duration(left)} left")

    def end(self) -> None:
        """A line, if the step took long."""
        took = self._clock() - self._began
        if took > PATIENCE:
            self._say(f"{self._step}: {self._done:,} of {self._total:,}, in {_duration(took)}")


def _duration(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 2 * MINUTE else f"{round(seconds / MINUTE)} min"
