"""PDF by Chromium, where one is installed: with a profile of its own that is gone afterwards, and no network."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import disk_room
from publishing.site import chromium
from publishing.site.chromium import QUIET, places, remove, short_room, without_sandbox

_LIMIT = 60
"""Seconds. A review of a hundred pages takes three."""
_OPTIONS = (
    *QUIET,
    "--headless",
    "--incognito",
    # no name of a machine has an address; what Chromium would ask of its maker is not asked either
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
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


def print_to_pdf(page: bytes, room: Path) -> bytes:
    """A page as PDF.

    Args:
        page: HTML that needs nothing beside itself.
        room: where a private folder for the page and the PDF is made, which is gone afterwards.

    Raises:
        PublishingError: there is no Chromium, it failed or took too long, or the folder cannot be written to.
    """
    program = chromium.find_chromium()
    if not program:
        raise PublishingError(_NONE)
    try:
        with _private_room(room) as own, short_room() as short:
            source, made = own / "page.html", own / "page.pdf"
            source.write_bytes(page)
            _run(program, source, made, short)
            data = made.read_bytes() if made.is_file() else b""
    except OSError as error:
        unwritten = PublishingError(
            "No PDF was made: the reviews folder, or the system's temporary folder, cannot be written to."
        )
        raise disk_room.explain_write_error(error, unwritten) from None
    if not data.startswith(b"%PDF-"):
        raise PublishingError(_FAILED.format(what="did not do it"))
    return data


def _run(program: str, source: Path, made: Path, short: Path) -> None:
    """Run it; what it notes of the page, its address and title, goes into a profile beside it."""
    profile = source.with_name("profile").resolve()
    command = [
        program,
        *_OPTIONS,
        *without_sandbox(),
        f"--user-data-dir={profile}",
        f"--print-to-pdf={made.resolve()}",
    ]
    try:
        subprocess.run(
            [*command, source.resolve().as_uri()],
            env=places(profile, short),
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


@contextmanager
def _private_room(room: Path) -> Iterator[Path]:
    """An empty folder for its owner alone; what a killed program left there goes first."""
    remove(room)
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        remove(room)
