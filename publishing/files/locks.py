"""One at a time, whatever the process: a lock is a file that the system releases when its holder is killed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def hold_lock(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock that a file is; it is gone afterwards.

    Raises:
        BlockingIOError: another held it for all the seconds of `patience`.
        OSError: the file cannot be made.
    """
    until = time.monotonic() + patience
    while (handle := _try_to_lock(path)) is None:
        if time.monotonic() >= until:
            raise BlockingIOError
        time.sleep(0.05)
    try:
        yield
    finally:
        # Windows takes no open file away: there it stays, and binds nobody
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _try_to_lock(path: Path) -> int | None:
    """The file, open and locked; None where another holds it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            return None
        # whoever held it before may have taken the file away between our opening and our locking it
        if _is_same(path, handle):
            return handle
        os.close(handle)


def _lock(handle: int) -> None:
    """Lock an open file; raises OSError where another holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_same(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
