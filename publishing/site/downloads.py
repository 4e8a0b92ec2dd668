"""What the open data has beside what MkDocs copies: the SHA-256 of each of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path

CHECKSUMS = "checksums.txt"


def write_checksums(site: Path) -> None:
    """Write data/checksums.txt of a built site, as `sha256sum -c` reads it; pages are left out."""
    data = site / "data"
    files = sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256((data / name).read_bytes()).hexdigest()}  {name}\n"
        for name in files
        if not name.endswith(".html") and name != CHECKSUMS
    ]
    (data / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
