"""The Chromium of a machine, where one is installed: where it is, and what it is run with. None is ever fetched."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publishing.files.program import identify_executable

CHROMIUM = "CANDOUR_CHROMIUM"
"""The environment variable that names another browser of Chromium's kind; empty, it says that none is to be used."""

_NAMES = ("chromium", "chromium-browser")

QUIET = (
    "--no-first-run",
    "--password-store=basic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-pings",
    "--disable-gpu",
)
"""Options with which it asks its maker for nothing, and tells it nothing."""


def find_chromium() -> str:
    """Where Chromium is; empty where there is none, or none is to be used."""
    named = os.environ.get(CHROMIUM)
    return next(filter(None, map(shutil.which, _NAMES)), "") if named is None else named


def identify() -> list[object]:
    """Which Chromium there is, as `identify_executable` says it."""
    browser = find_chromium()
    return identify_executable(shutil.which(browser) if browser else None)


def is_switched_off() -> bool:
    """Whether none is to be used, though there may be one."""
    return os.environ.get(CHROMIUM) == ""


def without_sandbox() -> tuple[str, ...]:
    """The option without which Chromium does not start for a machine's administrator."""
    if os.name == "posix" and os.geteuid() == 0:
        return ("--no-sandbox",)
    return ()


def places(profile: Path, short: Path) -> dict[str, str]:
    """An environment in which everything that it writes goes into two folders of ours."""
    kept = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(profile))
    passing = dict.fromkeys(("TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"), str(short))
    return {**os.environ, **kept, **passing}


@contextmanager
def short_room() -> Iterator[Path]:
    """A folder for Chromium's socket, the path of which may have no more than 107 characters; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="candour-"))
    try:
        yield folder
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder; a browser that was stopped may go on writing to it for a moment."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
