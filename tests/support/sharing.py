"""A folder that one process of a test session makes and every other finds made: a built site is built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publishing.files import locks

PATIENCE = 900.0
"""Seconds to wait for another process to make it: a cold build of the samples on a busy machine takes minutes."""


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Have a folder made by the first process of the session that asks for it, and return its path.

    Nobody may change what is in it: other tests, in this process and in others, read it too. What `make` leaves half
    done when it raises is made afresh by the next process that asks.
    """
    base = factory.getbasetemp()
    session = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, made = session / f"shared-{name}", session / f"shared-{name}.made"
    with locks.hold_lock(session / f"shared-{name}.lock", PATIENCE):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
