"""What a folder holds, where "nothing" and "it may not be read" are two answers; and how paths in it begin."""

from __future__ import annotations

from pathlib import Path


def entries_of(folder: Path, suffix: str = "") -> list[Path]:
    """What is in a folder, by name, with an ending if one is given; nothing where there is no such folder.

    `Path.glob` takes a folder that may not be read for an empty one.

    Raises:
        OSError: the folder is there, and cannot be listed.
    """
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.name.endswith(suffix))


def prefix_within(folder: Path, inner: str) -> str:
    """What comes before the names in a folder within another, in paths from that: "" or "reviews/2025-001/"."""
    place = Path(inner).relative_to(folder).as_posix()
    return "" if place == "." else f"{place}/"
