"""Files that ship with an installed package, known by their hash."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from publishing.errors import BuildError, FullDiskError
from publishing.files import disk_room

_PACKAGES = ("mkdocs", "mkdocs-material")

"""Packages whose files a site holds as they are."""

_TEMPORARY = "this machine's folder for temporary files"


# --- what comes from installed packages -----------------------------------------------------------------------------
@cache
def shipped_hashes() -> frozenset[str]:
    """SHA-256 of every file that a site holds exactly as an installed package ships it.

    Raises:
        BuildError: Pagefind, whose files lie inside its program, cannot be run.
    """
    return frozenset([*_package_hashes(), *_pagefind_hashes()])


def _package_hashes() -> Iterator[str]:
    for package in _PACKAGES:
        try:
            files = distribution(package).files or []
        except PackageNotFoundError:
            continue
        for file in files:
            # what a site serves; not the package's code or page templates
            if file.hash and file.hash.mode == "sha256" and file.suffix not in (".py", ".pyi", ".html"):
                yield base64.urlsafe_b64decode(file.hash.value + "=").hex()


def _pagefind_hashes() -> Iterator[str]:
    """Pagefind writes its scripts and styles out of its own program: they are what it writes for an empty page."""
    spec = find_spec("pagefind_bin")
    program = Path(spec.origin).parent / "pagefind" if spec and spec.origin else None
    if program is None or not program.exists():
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "index.html")
            page.write_text(
                '<html lang="en"><body data-pagefind-body>page</body></html>', encoding="utf-8", newline="\n"
            )
            _run(program, page.parent)
            paths = sorted(Path(folder, "pagefind").glob("*"))
            yield from [_hash(path) for path in paths if path.suffix in (".js", ".css", ".pagefind")]
    except OSError as error:
        unwritable = BuildError(f"Nothing can be written in {_TEMPORARY}: make room in it, or name another in TMPDIR.")
        raise disk_room.explain_write_error(error, unwritable, _TEMPORARY) from None


def _run(program: Path, folder: Path) -> None:
    """Have Pagefind index a folder."""
    try:
        done = subprocess.run([program, "--site", folder], capture_output=True, check=False, timeout=60)
        failed = done.returncode != 0
    except OSError:
        failed = True
    if failed and disk_room.free_bytes(folder) < disk_room.MEGABYTE:
        raise FullDiskError(_TEMPORARY, disk_room.MEGABYTE)
    if failed:
        raise BuildError("Pagefind cannot be run, so its own files cannot be told from others: install it again.")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
