"""Recording what was said of a lesson: an entry of updates.yml, which intake reads beside review.md."""

from __future__ import annotations

from pathlib import Path

import yaml

from publishing.files import atomic_writes
from publishing.intake import strict_model
from publishing.intake.updates import UPDATES, SaidEntry, UpdatesFile
from publishing.reviews import Update
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import FaultsError

_NOTE = (
    "# Private: what was said of lessons, as it was said. Written by candour respond; redacted and signed to publish.\n"
)


def append_update(folder: Path, lesson: int, update: Update, by: str) -> None:
    """Add an entry to updates.yml, which is written whole.

    Raises:
        FaultsError: the file that is there cannot be understood.
        OSError: it cannot be written; the old file is unchanged.
    """
    entry = SaidEntry(lesson=lesson, date=update.date, status=update.status, note=update.note, by=by)
    entries = [said.model_dump(exclude_none=True) for said in (*_load_entries(folder / UPDATES), entry)]
    ordered = [{name: said[name] for name in _FIELDS if name in said} for said in entries]
    text = yaml.safe_dump({"format": 1, "updates": ordered}, allow_unicode=True, sort_keys=False, width=120)
    atomic_writes.write(folder / UPDATES, (_NOTE + text).encode())


_FIELDS = ("lesson", "date", "status", "note", "by")


def _load_entries(path: Path) -> tuple[SaidEntry, ...]:
    if not path.is_symlink() and not path.exists():
        return ()
    document = strict_yaml.parse(plain_text.read_utf8(path), UPDATES)
    file, faults, _ = strict_model.validate(UpdatesFile, document)
    if file is None or faults or document.faults:
        raise FaultsError(*document.faults, *faults)
    return file.updates
