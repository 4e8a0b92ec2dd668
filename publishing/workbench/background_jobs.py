"""Builds and withdrawals at work: each is the command line in a process of its own, one at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from publishing.errors import PublishingError


@dataclass
class BackgroundJob:
    """A command that runs or has run. `lines` are what it said; never a word of a review."""

    title: str
    lines: list[str] = field(default_factory=list)
    status: int | None = None

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.status is None

    @property
    def outcome(self) -> str:
        """How far it is, in words."""
        if self.running:
            return f"{self.title}: at work"
        return (
            f"{self.title}: done" if self.status == 0 else f"{self.title}: not done, or not wholly; read what it said"
        )


class BackgroundJobs:
    """The one job there is, or was last."""

    def __init__(self) -> None:
        self.last: BackgroundJob | None = None
        self._lock = threading.Lock()

    def start(self, title: str, command: Sequence[str]) -> bool:
        """Start `candour COMMAND`; False if another job is still at work.

        Raises:
            PublishingError: the system starts no process; what ran last is still the last.
        """
        with self._lock:
            if self.last is not None and self.last.running:
                return False
            try:
                # a process of its own: a build changes the environment, and the workbench may be closed meanwhile
                process = subprocess.Popen(
                    [sys.executable, "-m", "publishing.cli", *command],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                )
            except OSError as error:
                raise PublishingError(
                    f"{title}: not started ({error.strerror}). Close other programs, then try again."
                ) from None
            job = self.last = BackgroundJob(title)
        threading.Thread(target=_follow, args=(job, process), daemon=True).start()
        return True


def _follow(job: BackgroundJob, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        job.lines.append(line.rstrip("\n"))
    job.status = process.wait()
