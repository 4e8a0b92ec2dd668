"""PDF by Chromium, where one is installed: with a profile of its own that is gone afterwards, and no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import disk_room

CHROMIUM = "CANDOUR_CHROMIUM"
"""The environment variable that names another browser of Chromium's kind."""

_NAMES = ("chromium", "chromium-browser")
_LIMIT = 60
"""Seconds. A review of a hundred pages takes three."""
_OPTIONS = (
    "--headless",
    "--incognito",
    "--no-first-run",
    "--password-store=basic",
    # no name of a machine has an address; what Chromium would ask of its maker is not asked either
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-pings",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_NONE = (
    "There is no Chromium on this machine, so no PDF can be made here. Take the HTML file: any browser opens it, and prints it or "
    "saves it as PDF (Print). Or have Chromium installed (Debian: apt-get install chromium)."
)
_FAILED = (
    "Chromium {what}, and no PDF was made. Try once more; if it happens again, take the HTML file, open it in a browser, and print it or "
    "save it as PDF."
)


def find_chromium() -> str:
    """Where Chromium is; empty where there is none."""
    named = os.environ.get(CHROMIUM)
    return named or next(filter(None, map(shutil.which, _NAMES)), "")


def print_to_pdf(page: bytes, room: Path) -> bytes:
    """A page as PDF.

    Args:
        page: HTML that needs nothing beside itself.
        room: where a private folder for the page and the PDF is made, which is gone afterwards.

    Raises:
        PublishingError: there is no Chromium, it failed or took too long, or the folder cannot be written to.
    """
    chromium = find_chromium()
    if not chromium:
        raise PublishingError(_NONE)
    try:
        with _private_room(room) as own, _short_room() as short:
            source, made = own / "page.html", own / "page.pdf"
            source.write_bytes(page)
            _run(chromium, source, made, short)
            data = made.read_bytes() if made.is_file() else b""
    except OSError as error:
        unwritten = PublishingError(
            "No PDF was made: the reviews folder, or the system's temporary folder, cannot be written to."
        )
        raise disk_room.explain_write_error(error, unwritten) from None
    if not data.startswith(b"%PDF-"):
        raise PublishingError(_FAILED.format(what="did not do it"))
    return data


def _run(chromium: str, source: Path, made: Path, short: Path) -> None:
    """Run it; what it notes of the page, its address and title, goes into a profile beside it."""
    profile = source.with_name("profile").resolve()
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(profile))
    passing = dict.fromkeys(("TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"), str(short))
    command = [
        chromium,
        *_OPTIONS,
        *_without_sandbox(),
        f"--user-data-dir={profile}",
        f"--print-to-pdf={made.resolve()}",
    ]
    try:
        subprocess.run(
            [*command, source.resolve().as_uri()],
            env={**os.environ, **places, **passing},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise PublishingError(_FAILED.format(what=f"took longer than {_LIMIT} seconds")) from None
    except subprocess.CalledProcessError:
        raise PublishingError(_FAILED.format(what="stopped with an error")) from None
    except OSError:
        raise PublishingError(_FAILED.format(what="could not be started")) from None


def _without_sandbox() -> tuple[str, ...]:
    """Chromium does not start otherwise for a machine's administrator; the page runs no script and loads nothing."""
    if os.name == "posix" and os.geteuid() == 0:
        return ("--no-sandbox",)
    return ()


@contextmanager
def _private_room(room: Path) -> Iterator[Path]:
    """An empty folder for its owner alone; what a killed program left there goes first."""
    _remove(room)
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        _remove(room)


@contextmanager
def _short_room() -> Iterator[Path]:
    """A folder for Chromium's socket, the path of which may have no more than 107 characters."""
    folder = Path(tempfile.mkdtemp(prefix="candour-"))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder; a browser that was stopped may go on writing to it for a moment."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
