"""Edits of a case's files: each is written at once and whole, and can be undone; two tabs never overwrite each other."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from publishing import intake
from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room
from publishing.intake.statements import STATEMENT
from publishing.intake.updates import UPDATES
from publishing.workbench.case_decisions import RefusedEditError, RequestedDecision, decisions_yaml
from redaction import fold_text

DECISIONS = "decisions.yml"

REVIEW = "review.md"

REGISTER = "register.yml"

_EDITED_FILES = (REVIEW, REGISTER, DECISIONS)

_READ_FILES = (*_EDITED_FILES, STATEMENT, UPDATES)

_STEP_LIMIT = 200

"""Steps that can be undone."""


class StaleCaseError(PublishingError):
    """The case is no longer as it was shown: another tab, program or person changed it."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f"{case}: this case was changed in another tab, or by someone else, after this page was shown. "
            "Nothing was written. Here it is as it stands now: look, and decide again."
        )


def fingerprint(folder: Path) -> str:
    """What the files are now of which a case is read, as a hash: whoever writes says which state they saw."""
    digest = hashlib.sha256()
    for name in _READ_FILES:
        data = _read_bytes(folder / name)
        digest.update(f"{name} {'-' if data is None else len(data)}\n".encode() + (data or b""))
    return digest.hexdigest()


class CaseEditor:
    """Writes the files of the cases of one reviews folder; each change can be undone."""

    def __init__(self, reviews: Path) -> None:
        self._undo = reviews / ".candour" / "undo"
        self.lock = threading.Lock()

    def decide(self, folder: Path, decisions: Sequence[RequestedDecision], seen: str) -> None:
        """Write decisions, each in place of any other about the same words.

        Raises:
            StaleCaseError: the case is not as it was seen.
            PublishingError: decisions.yml has faults, or a decision cannot be written.
        """
        entries = [decision.entry() for decision in decisions]
        self._replace_decisions(folder, seen, [entry["text"] for entry in entries], entries)

    def take_back(self, folder: Path, text: str, seen: str) -> None:
        """Take decisions about words back."""
        self._replace_decisions(folder, seen, [text], [])

    def write(self, folder: Path, file: str, data: bytes, seen: str) -> None:
        """Write one of a case's own files whole.

        Raises:
            StaleCaseError: the case is not as it was seen.
            PublishingError: it cannot be written.
        """
        with self.lock:
            _refuse_stale(folder, seen)
            self._write(folder, file, data)

    def undo(self, folder: Path, seen: str) -> None:
        """Take the newest change back.

        Raises:
            StaleCaseError: the case is not as it was seen.
            RefusedEditError: there is nothing to undo, or the file was changed by another program since.
        """
        with self.lock:
            _refuse_stale(folder, seen)
            step = self._find_newest(folder)
            if step is None:
                raise RefusedEditError("There is nothing to undo.")
            kept = json.loads(step.read_text(encoding="utf-8"))
            if kept["before"] is None:
                (folder / kept["file"]).unlink(missing_ok=True)
            else:
                _put(folder, kept["file"], kept["before"].encode())
            step.unlink()

    def newest_step(self, folder: Path) -> tuple[str, str | None]:
        """The file that the newest step changed, and its text before; ("", None) where there is no step."""
        step = self._find_newest(folder)
        if step is None:
            return "", None
        kept = json.loads(step.read_text(encoding="utf-8"))
        return kept["file"], kept["before"]

    def can_undo(self, folder: Path) -> bool:
        """Whether there is a step to take back."""
        return self._find_newest(folder) is not None

    def _replace_decisions(
        self, folder: Path, seen: str, texts: Sequence[str], new: Sequence[Mapping[str, Any]]
    ) -> None:
        gone = {fold_text(text) for text in texts}
        with self.lock:
            _refuse_stale(folder, seen)
            entries = [entry.model_dump(exclude_none=True) for entry in intake.load_decisions(folder)]
            others = [entry for entry in entries if fold_text(entry["text"]) not in gone]
            self._write(folder, DECISIONS, decisions_yaml([*others, *new]))

    def _write(self, folder: Path, file: str, data: bytes) -> None:
        # the step is kept first: if writing fails, its hash fits nothing and it is passed over
        try:
            self._keep_step(folder, file, _read_bytes(folder / file), data)
        except OSError as error:
            unwritten = PublishingError(
                f"{folder.name}: nothing was written, because it could not be undone: check that you may write to .candour "
                "in the reviews folder, then try again."
            )
            raise disk_room.explain_write_error(error, unwritten) from None
        _put(folder, file, data)

    def _keep_step(self, folder: Path, file: str, before: bytes | None, after: bytes) -> None:
        place = self._undo / folder.name
        for made in (self._undo.parent, self._undo, place):
            made.mkdir(mode=0o700, exist_ok=True)
        steps = sorted(place.glob("*.json"))
        number = int(steps[-1].stem) + 1 if steps else 1
        said = None if before is None else before.decode("utf-8")
        step = {"file": file, "before": said, "after": _hash_bytes(after)}
        atomic_writes.write(place / f"{number:08}.json", json.dumps(step, ensure_ascii=False).encode())
        for old in steps[: -_STEP_LIMIT + 1]:
            old.unlink(missing_ok=True)

    def _find_newest(self, folder: Path) -> Path | None:
        """The newest step that led to the files as they are now."""
        now = {file: _hash_bytes(_read_bytes(folder / file)) for file in _EDITED_FILES}
        for step in sorted((self._undo / folder.name).glob("*.json"), reverse=True):
            try:
                kept = json.loads(step.read_text(encoding="utf-8"))
                if kept["after"] == now.get(kept["file"]):
                    return step
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return None


def _refuse_stale(folder: Path, seen: str) -> None:
    if fingerprint(folder) != seen:
        raise StaleCaseError(folder.name)


def _put(folder: Path, file: str, data: bytes) -> None:
    try:
        atomic_writes.write(folder / file, data)
    except OSError as error:
        unwritten = PublishingError(
            f"{folder.name}: {file} cannot be written: check that you may write to the case's folder."
        )
        raise disk_room.explain_write_error(error, unwritten) from None


def _read_bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0"


def _hash_bytes(data: bytes | None) -> str:
    return hashlib.sha256(b"none" if data is None else b"some" + data).hexdigest()
