"""Which questions of the checklist somebody has ticked so far: kept until they sign, for the very text that they read.

They lie in `.candour/` of the reviews folder, one small file a case; no word of a review is in them.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import checklist
from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room


@dataclass(frozen=True)
class TextReading:
    """What was read, and by whom: `text` is the hash of the public text (`text_sha256`)."""

    text: str
    by: str


class ChecklistProgress:
    """The ticks of every case of one reviews folder."""

    def __init__(self, reviews: Path) -> None:
        self._folder = reviews / ".candour" / "ticks"
        self._lock = threading.Lock()

    def ticked(self, case: str, reading: TextReading) -> frozenset[str]:
        """The questions that were ticked in this very reading; none if the text or the reader is another."""
        return self._read(case).get(reading, frozenset())

    def has_outdated(self, case: str, reading: TextReading) -> bool:
        """Whether the same reader ticked questions for an earlier text, which do not count for this one."""
        return any(old.by == reading.by and old.text != reading.text for old in self._read(case))

    def update(self, case: str, reading: TextReading, chosen: Collection[str], among: Collection[str]) -> None:
        """Tick and untick the questions `among`; the others stay, and so does what the other readers ticked.

        Raises:
            PublishingError: it cannot be written.
        """
        with self._lock:
            others = {old: known for old, known in self._read(case).items() if old.by != reading.by}
            now = (self.ticked(case, reading) - set(among)) | {
                key for key in chosen if key in checklist.checklist_questions()
            }
            self._write(case, {**others, reading: now})

    def clear(self, case: str) -> None:
        """Forget them: the case is signed."""
        with self._lock, contextlib.suppress(OSError):
            self._path(case).unlink(missing_ok=True)

    def _path(self, case: str) -> Path:
        return self._folder / f"{case}.json"

    def _read(self, case: str) -> dict[TextReading, frozenset[str]]:
        """Everything kept of a case; nothing where the file cannot be understood, so that the questions are read again."""
        try:
            kept = json.loads(self._path(case).read_text(encoding="utf-8"))
            return {TextReading(one["text"], one["by"]): frozenset(one["ticked"]) for one in kept}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _write(self, case: str, kept: Mapping[TextReading, frozenset[str]]) -> None:
        said = [{"text": one.text, "by": one.by, "ticked": sorted(ticked)} for one, ticked in kept.items()]
        try:
            for made in (self._folder.parent, self._folder):
                made.mkdir(mode=0o700, exist_ok=True)
            atomic_writes.write(self._path(case), json.dumps(said, ensure_ascii=False).encode())
        except OSError as error:
            unkept = PublishingError("The ticks cannot be kept: the reviews folder cannot be written to.")
            raise disk_room.explain_write_error(error, unkept) from None
