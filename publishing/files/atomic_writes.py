"""Files written whole or not at all: a killed process leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import tempfile
import time
from pathlib import Path

_LEFT = 3600
"""Seconds after which nobody can still be writing a file."""


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put data in the place of a file in one step, on every system. Only its owner may read it, unless `mode` lets others.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    settle(path.parent)
    _sweep(path)


def settle(folder: Path) -> None:
    """Have the renaming itself reach the disk, where a folder can be opened (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def settle_all(folder: Path) -> None:
    """Have everything in a folder reach the disk: on Linux by its filesystem alone, where there is none of that (Windows) not at all.

    Raises:
        OSError: something could not be written there after all.
    """
    if sys.platform.startswith("linux"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).syncfs(handle):
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code))
        finally:
            os.close(handle)
    elif hasattr(os, "sync"):
        os.sync()


def _sweep(path: Path) -> None:
    """Take away what killed writers of this file left behind, and nothing that another is writing just now."""
    for left in path.parent.glob(f".{path.name}.*.part"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - _LEFT:
                left.unlink()
