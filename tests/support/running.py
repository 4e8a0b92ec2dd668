"""Candour in a process of its own, as people start it: a command, cut off from the network or not, or the workbench."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import redaction
from publishing.cli import main
from redaction import Redactor
from tests.support.paths import ROOT

CANDOUR = (str(Path(sys.executable).with_name("candour")),)

CLOCK = """
import datetime, time

AHEAD = datetime.timedelta(days=1000)
real_time, real_gmtime, real_localtime, real = time.time, time.gmtime, time.localtime, datetime.datetime

class Same(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)

class Later(real, metaclass=Same):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + AHEAD

    @classmethod
    def utcnow(cls):
        return real.utcnow() + AHEAD

Later.__name__ = Later.__qualname__ = "datetime"
datetime.datetime = Later
time.time = lambda: real_time() + AHEAD.total_seconds()
time.gmtime = lambda seconds=None: real_gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: real_localtime(time.time() if seconds is None else seconds)
"""
"""A sitecustomize module: every Python process that finds it on its path believes that it is nearly three years later."""


def isolation() -> tuple[str, ...]:
    """The command that runs another in a network namespace without a route; empty where that is not permitted."""
    for command in (("unshare", "-rn"), ("unshare", "-n")):
        if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return ()


def on_path(folder: Path) -> str:
    """A PYTHONPATH with a folder in front of what it holds."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def run(
    *arguments: str, cwd: Path, before: Sequence[str] = (), env: Mapping[str, str] = os.environ, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `candour …` as a user would, from another folder than the repository's."""
    return subprocess.run(
        [*before, *CANDOUR, *arguments],
        cwd=cwd,
        env={**env, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=540,
    )


def become(command: Callable[[], None]) -> NoReturn:
    """Be a command in a copy of this process, which has loaded all that it needs, over what lies at 0, 1 and 2; end with its exit code.

    Nothing of this process's own tidying up is done.
    """
    code = 70
    try:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        command()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as error:  # noqa: BLE001
        sys.stderr.write(f"Traceback: {error!r}")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Running:
    """`candour workbench` on a free port.

    With an engine it is a copy of this process, which has loaded all that it takes; without one it is started as people start it.
    """

    def __init__(self, reviews: Path, out: Path, redactor: Redactor | None = None) -> None:
        arguments = ["workbench", "--no-browser", "--port", "0", "--reviews", str(reviews), "--out", str(out)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "publishing.cli", *arguments],
            preexec_fn=partial(_be_candour, arguments, redactor) if redactor and hasattr(os, "fork") else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
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


def _be_candour(arguments: Sequence[str], redactor: Redactor) -> NoReturn:
    """Where another program would begin: Candour with an engine that is loaded, in place of whatever was to be run."""
    # what this process has open is not the copy's to hold, nor to close when it forgets it; what starts it waits until it is closed
    gc.freeze()
    gc.enable()
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    redaction.Redactor = lambda: redactor  # type: ignore[assignment,misc]
    sys.argv = ["candour", *arguments]
    become(main)
