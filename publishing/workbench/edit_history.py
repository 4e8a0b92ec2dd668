"""What was done to a case in the workbench, by whom, and the way back and forth: one small private file for each step."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from publishing.files import atomic_writes

_STEP_LIMIT = 200
"""Steps that are kept, and can be undone."""


@dataclass(frozen=True)
class Deed:
    """One thing that was done, as the list of what was done tells it: for a decision its words, their kind and what stands in their place."""

    action: str
    words: str = ""
    entity: str = ""
    replacement: str = ""


@dataclass(frozen=True)
class FileChange:
    """A file's text before and after a step; None where there was, or is, no such file."""

    before: str | None
    after: str | None


@dataclass(frozen=True)
class Step:
    """What was done at once. `files` is empty where it can be neither undone nor redone any more.

    `at` and `undone_at` are ISO times in UTC; `undone_by` and `undone_at` are empty while the step stands.
    """

    number: int
    at: str
    by: str
    deeds: tuple[Deed, ...]
    files: Mapping[str, FileChange]
    undone_at: str = ""
    undone_by: str = ""

    def leads_from(self, now: Mapping[str, str | None], *, back: bool) -> bool:
        """Whether files as they are now come of this step (`back`), or are what it was done to.

        A step that was cut short between two files fits both ways: it is taken back whole, or done whole.
        """
        states = [(now.get(name), *_ends(change, back)) for name, change in self.files.items()]
        return (
            bool(self.undone_at) != back
            and all(text in (start, end) for text, start, end in states)
            and any(text == start for text, start, _ in states)
        )


def _ends(change: FileChange, back: bool) -> tuple[str | None, str | None]:
    return (change.after, change.before) if back else (change.before, change.after)


class EditHistory:
    """The steps of the cases of one reviews folder, in `.candour/undo`, for their owner alone."""

    def __init__(self, reviews: Path) -> None:
        self._folder = reviews / ".candour" / "undo"

    def steps(self, case: str) -> tuple[Step, ...]:
        """Every step that is kept of a case, the newest first; one that cannot be read is passed over."""
        found = []
        for path in sorted((self._folder / case).glob("*.json"), reverse=True):
            try:
                found.append(_from_json(int(path.stem), json.loads(path.read_text(encoding="utf-8"))))
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
        return tuple(found)

    def add(self, case: str, by: str, deeds: Sequence[Deed], files: Mapping[str, FileChange]) -> int:
        """Keep a step, and give its number; what was undone before it is told still, and can be redone no more.

        Raises:
            OSError: it cannot be kept.
        """
        place = self._folder / case
        for made in (self._folder.parent, self._folder, place):
            made.mkdir(mode=0o700, exist_ok=True)
        paths = sorted(place.glob("*.json"))
        number = int(paths[-1].stem) + 1 if paths else 1
        for step in self.steps(case):
            if step.undone_at and step.files:
                self._write(case, replace(step, files={}))
        self._write(case, Step(number, _now(), by, tuple(deeds), files))
        for old in paths[: -_STEP_LIMIT + 1]:
            old.unlink(missing_ok=True)
        return number

    def drop(self, case: str, number: int) -> None:
        """Forget a step that came to nothing."""
        with contextlib.suppress(OSError):
            self._path(case, number).unlink(missing_ok=True)

    def mark(self, case: str, step: Step, by: str, *, undone: bool) -> None:
        """Say of a step that it was undone, by whom, or that it stands again.

        Raises:
            OSError: it cannot be kept.
        """
        self._write(case, replace(step, undone_at=_now() if undone else "", undone_by=by if undone else ""))

    def restore(self, case: str, step: Step) -> None:
        """Say of a step what was said of it before."""
        with contextlib.suppress(OSError):
            self._write(case, step)

    def _write(self, case: str, step: Step) -> None:
        said = {name: value for name, value in asdict(step).items() if name != "number"}
        atomic_writes.write(self._path(case, step.number), json.dumps(said).encode())

    def _path(self, case: str, number: int) -> Path:
        return self._folder / case / f"{number:08}.json"


def _from_json(number: int, kept: Mapping[str, Any]) -> Step:
    return Step(
        number,
        kept["at"],
        kept["by"],
        tuple(Deed(**deed) for deed in kept["deeds"]),
        {name: FileChange(**change) for name, change in kept["files"].items()},
        kept["undone_at"],
        kept["undone_by"],
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
