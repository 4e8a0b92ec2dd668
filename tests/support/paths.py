"""Where the repository keeps what tests read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
SAMPLES = ROOT / "reviews"
GOLD = TESTS / "gold"
GOLDEN = TESTS / "golden"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path there, and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


INDEPENDENT = GOLD / "independent"
"""Marked texts whose authors never saw the engine: measured on, never tuned on."""
