"""A little room kept in reserve for withdrawals: a full disk must not keep a page from being taken away."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publishing.release import swap

SIZE = 1_000_000
"""Bytes kept beside <out>, and as many in the reviews folder, which may be on another disk."""


def keep_reserve(out: Path, reviews: Path | None) -> bool:
    """Reserve the room, where it is not reserved yet; False where there is too little left for it."""
    kept = [_write_reserve(place) for place in _reserve_files(out, reviews)]
    return all(kept)


@contextmanager
def release_reserve(out: Path, reviews: Path | None) -> Iterator[None]:
    """Release the room while something is being taken away, and reserve it again afterwards."""
    for place in _reserve_files(out, reviews):
        with suppress(OSError):
            place.unlink()
    try:
        yield
    finally:
        keep_reserve(out, reviews)


def _reserve_files(out: Path, reviews: Path | None) -> list[Path]:
    places = [swap.private_path(out, "reserve")]
    return places if reviews is None else [*places, reviews / ".candour" / "reserve"]


def _write_reserve(place: Path) -> bool:
    try:
        if place.is_file() and place.stat().st_size == SIZE:
            return True
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            # zeros could be stored as nothing, and make no room when they go
            file.write(random.Random(SIZE).randbytes(SIZE))
    except OSError:
        with suppress(OSError):
            place.unlink()
        return False
    return True
