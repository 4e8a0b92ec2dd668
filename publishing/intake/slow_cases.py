"""Who waits for a case that is slow to read is told which one it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MINUTE = 60.0
"""Seconds from one line to the next."""


@contextmanager
def name_while_slow(case: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Tell a case's name each minute, for as long as what is done within lasts."""
    done = threading.Event()

    def watch() -> None:
        minutes = 0
        while not done.wait(MINUTE):
            minutes += 1
            tell(f"{case}: still being read, for {minutes} min: its text is unusually long or tangled")

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
