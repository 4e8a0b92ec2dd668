"""The files that a case is read from, and what they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from publishing.intake.decisions_file import DECISIONS
from publishing.intake.statements import STATEMENT
from publishing.intake.updates import UPDATES
from redaction import REGISTER

REVIEW = "review.md"

READ_FILES = (REVIEW, REGISTER, DECISIONS, STATEMENT, UPDATES)
"""Every file that a case is read from."""


def fingerprint(folder: Path, names: Sequence[str] = READ_FILES) -> str:
    """What files of a case are now, as a hash: unless others are named, those that it is read from; whoever writes says which state they saw."""
    digest = hashlib.sha256()
    for name in names:
        data = read_bytes(folder / name)
        digest.update(f"{name} {'-' if data is None else len(data)}\n".encode() + (data or b""))
    return digest.hexdigest()


def read_bytes(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none, a NUL where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0"
