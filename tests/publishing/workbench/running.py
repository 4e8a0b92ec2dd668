"""A workbench in a process of its own, as people start it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[3]


class Running:
    """`candour workbench` on a free port."""

    def __init__(self, reviews: Path, out: Path) -> None:
        command = [sys.executable, "-m", "publishing.cli", "workbench", "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--reviews", str(reviews), "--out", str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE)},
        )
        assert self.process.stdout is not None
        said = ""
        while "http://" not in said:
            said = self.process.stdout.readline()
            assert said, "the workbench did not start"
        match = re.search(r"(http://127\.0\.0\.1:(\d+))(/start\?token=\S+)", said)
        assert match
        self.root, self.port, self.start = match[1], int(match[2]), match[1] + match[3]

    def kill(self) -> None:
        """As kill -9 does; nothing of it has a chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.close()

    def close(self) -> str:
        """Stop it; what it said since it started."""
        if self.process.poll() is None:
            self.process.terminate()
        said, _ = self.process.communicate(timeout=30)
        return said
