"""Builds and withdrawals in processes of their own."""

from __future__ import annotations

import errno
import os
import subprocess
import time

import pytest

from publishing.errors import PublishingError
from publishing.workbench.background_jobs import BackgroundJobs


def test_a_start_that_fails_blocks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so, and the next one starts."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    jobs = BackgroundJobs()
    with monkeypatch.context() as patched, pytest.raises(PublishingError, match="Building: not started"):
        patched.setattr(subprocess, "Popen", refuse)
        jobs.start("Building", ["build"])
    assert jobs.last is None
    assert jobs.start("Helping", ["--help"])
    assert jobs.last
    while jobs.last.running:
        time.sleep(0.05)
    assert jobs.last.outcome == "Helping: done"
