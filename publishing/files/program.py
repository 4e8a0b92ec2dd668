"""What this program is, as a hash, and which others it runs: what was worked out before holds for the same programs alone."""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import publishing
import redaction

_LIBRARIES = ("markdown-it-py", "pydantic", "pyyaml")
"""What cases are read with."""


@cache
def hash_program() -> str:
    """SHA-256 over every file of both packages that decides something, the libraries that read cases, and Python."""
    digest = hashlib.sha256(f"python={platform.python_version()}".encode())
    for name in _LIBRARIES:
        digest.update(f"{name}={version(name)}".encode())
    for package in (publishing, redaction):
        root = Path(package.__file__ or "").parent
        for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yml", ".txt")):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def identify_executable(path: str | os.PathLike[str] | None) -> list[object]:
    """Which executable there is: where it is, how big and of what moment; nothing of that where there is none."""
    try:
        known = os.stat(path) if path else None
    except OSError:
        known = None
    return [os.fspath(path), known.st_size, known.st_mtime_ns] if path and known else []
