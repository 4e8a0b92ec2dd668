"""What is kept of a case beside its folder: one folder or file of its name in each of `.candour/`'s folders."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path


def move_traces(reviews: Path, case: str, name: str) -> None:
    """Give all that is kept of a case another name.

    Raises:
        OSError: something cannot be moved.
    """
    for trace in _traces(reviews, case):
        os.rename(trace, trace.with_name(name + trace.name.removeprefix(case)))


def remove_traces(reviews: Path, case: str) -> None:
    """Remove all that is kept of a case, what a stopped program left half written included.

    Raises:
        OSError: something cannot be removed.
    """
    half_written = re.compile(rf"\.?{re.escape(case)}(\.\w+)?\.\w+\.part")
    parts = [path for kind in _kinds(reviews) for path in kind.iterdir() if half_written.fullmatch(path.name)]
    for trace in [*_traces(reviews, case), *parts]:
        if trace.is_dir() and not trace.is_symlink():
            shutil.rmtree(trace)
        else:
            trace.unlink()


def _traces(reviews: Path, case: str) -> list[Path]:
    """In these folders alone: a case may be called as one of them, or as a file within that is another case's."""
    own_file = re.compile(rf"{re.escape(case)}\.(json|yml|md|txt)")
    return [
        path
        for kind in _kinds(reviews)
        for path in sorted(kind.iterdir())
        if (path.name == case if path.is_dir() else own_file.fullmatch(path.name))
    ]


def _kinds(reviews: Path) -> Iterator[Path]:
    return (kind for kind in sorted((reviews / ".candour").glob("*")) if kind.is_dir())
