"""What a person decides is written at once, whole, and can be undone; two tabs never overwrite each other."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from publishing import intake, room
from publishing.checking import storage
from publishing.errors import PublishingError
from publishing.intake.plain_text import CONTROL
from publishing.intake.statements import STATEMENT
from publishing.intake.updates import UPDATES
from publishing.settings import today
from redaction import Entity
from redaction.forms import fold_text

DECISIONS = "decisions.yml"
REVIEW = "review.md"
REGISTER = "register.yml"
_FILES = (REVIEW, REGISTER, DECISIONS)
_READ = (*_FILES, STATEMENT, UPDATES)
_HEAD = "# What a person decided about words of this review, wherever they stand in it. Private. The newest is last.\n"
_LONGEST = 1000
_KEPT = 200
"""Steps that can be undone."""


class OvertakenError(PublishingError):
    """The case is no longer as it was shown: another tab, program or person changed it."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f"{case}: this case was changed in another tab, or by someone else, after this page was shown. "
            "Nothing was written. Here it is as it stands now: look, and decide again."
        )


class UnwiseError(PublishingError):
    """What was asked for cannot be written down."""


def fingerprint(folder: Path) -> str:
    """What the files are now of which a case is read, as a hash: whoever writes says which state they saw."""
    digest = hashlib.sha256()
    for name in _READ:
        data = _bytes(folder / name)
        digest.update(f"{name} {'-' if data is None else len(data)}\n".encode() + (data or b""))
    return digest.hexdigest()


@dataclass(frozen=True)
class Wish:
    """A decision to write: as in decisions.yml. `second` is the other person without whom it does not count.

    `apart` and `same_as` say whose label stands in `replacement`: somebody's of their own, or that of other words.
    """

    action: str
    text: str
    entity: str | None = None
    replacement: str | None = None
    by: str = ""
    second: str = ""
    apart: bool = False
    same_as: str = ""

    def entry(self) -> dict[str, Any]:
        """As decisions.yml has it.

        Raises:
            UnwiseError: it cannot be one.
        """
        text, replacement = self.text.strip(), (self.replacement or "").strip()
        by, second = (" ".join(name.split()) for name in (self.by, self.second))
        if self.action not in ("accept", "reject", "add"):
            raise UnwiseError("That is not a decision.")
        if not fold_text(text).strip() or len(text) > _LONGEST or CONTROL.search(text + replacement + by + second):
            raise UnwiseError("Nothing was decided: write the words as the review has them, a few at a time.")
        if self.entity and self.entity not in Entity.__members__:
            raise UnwiseError("That is not a kind of detail.")
        if len(replacement) > _LONGEST:
            raise UnwiseError("What stands in their place is too long.")
        if second and (not by or by.casefold() == second.casefold()):
            raise UnwiseError("Two people decide this: say who you are (above), and who the other one is.")
        fields = {"action": self.action, "text": text, "entity": self.entity, "replacement": replacement}
        people = {"label": "own" if self.apart else None, "same_as": self.same_as, "by": by, "second": second}
        return {**{name: said for name, said in {**fields, **people}.items() if said}, "on": today()}


class Decider:
    """Writes the files of the cases of one reviews folder; each change can be undone."""

    def __init__(self, reviews: Path) -> None:
        self._undo = reviews / ".candour" / "undo"
        self.lock = threading.Lock()

    def decide(self, folder: Path, wishes: Sequence[Wish], seen: str) -> None:
        """Write decisions, each in place of any other about the same words.

        Raises:
            OvertakenError: the case is not as it was seen.
            PublishingError: decisions.yml has faults, or a decision cannot be written.
        """
        entries = [wish.entry() for wish in wishes]
        self._change(folder, seen, [entry["text"] for entry in entries], entries)

    def forget(self, folder: Path, text: str, seen: str) -> None:
        """Take decisions about words back."""
        self._change(folder, seen, [text], [])

    def write(self, folder: Path, file: str, data: bytes, seen: str) -> None:
        """Write one of a case's own files whole.

        Raises:
            OvertakenError: the case is not as it was seen.
            PublishingError: it cannot be written.
        """
        with self.lock:
            _check(folder, seen)
            self._write(folder, file, data)

    def undo(self, folder: Path, seen: str) -> None:
        """Take the newest change back.

        Raises:
            OvertakenError: the case is not as it was seen.
            UnwiseError: there is nothing to undo, or the file was changed by another program since.
        """
        with self.lock:
            _check(folder, seen)
            step = self._newest(folder)
            if step is None:
                raise UnwiseError("There is nothing to undo.")
            kept = json.loads(step.read_text(encoding="utf-8"))
            if kept["before"] is None:
                (folder / kept["file"]).unlink(missing_ok=True)
            else:
                _put(folder, kept["file"], kept["before"].encode())
            step.unlink()

    def undoing(self, folder: Path) -> tuple[str, str | None]:
        """The file that the newest step changed, and what stood in it before; ("", None) where there is no step."""
        step = self._newest(folder)
        if step is None:
            return "", None
        kept = json.loads(step.read_text(encoding="utf-8"))
        return kept["file"], kept["before"]

    def can_undo(self, folder: Path) -> bool:
        """Whether there is a step to take back."""
        return self._newest(folder) is not None

    def _change(self, folder: Path, seen: str, texts: Sequence[str], new: Sequence[Mapping[str, Any]]) -> None:
        gone = {fold_text(text) for text in texts}
        with self.lock:
            _check(folder, seen)
            entries = [entry.model_dump(exclude_none=True) for entry in intake.decisions_of(folder)]
            others = [entry for entry in entries if fold_text(entry["text"]) not in gone]
            self._write(folder, DECISIONS, _written([*others, *new]))

    def _write(self, folder: Path, file: str, data: bytes) -> None:
        # the step is kept first: if writing fails, its hash fits nothing and it is passed over
        try:
            self._keep(folder, file, _bytes(folder / file), data)
        except OSError as error:
            unwritten = PublishingError(
                f"{folder.name}: nothing was written, because it could not be undone: check that you may write to .candour "
                "in the reviews folder, then try again."
            )
            raise room.told(error, unwritten) from None
        _put(folder, file, data)

    def _keep(self, folder: Path, file: str, before: bytes | None, after: bytes) -> None:
        place = self._undo / folder.name
        for made in (self._undo.parent, self._undo, place):
            made.mkdir(mode=0o700, exist_ok=True)
        steps = sorted(place.glob("*.json"))
        number = int(steps[-1].stem) + 1 if steps else 1
        said = None if before is None else before.decode("utf-8")
        step = {"file": file, "before": said, "after": _hash(after)}
        storage.write(place / f"{number:08}.json", json.dumps(step, ensure_ascii=False).encode())
        for old in steps[: -_KEPT + 1]:
            old.unlink(missing_ok=True)

    def _newest(self, folder: Path) -> Path | None:
        """The newest step that led to what stands there."""
        now = {file: _hash(_bytes(folder / file)) for file in _FILES}
        for step in sorted((self._undo / folder.name).glob("*.json"), reverse=True):
            try:
                kept = json.loads(step.read_text(encoding="utf-8"))
                if kept["after"] == now.get(kept["file"]):
                    return step
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return None


def _check(folder: Path, seen: str) -> None:
    if fingerprint(folder) != seen:
        raise OvertakenError(folder.name)


def _put(folder: Path, file: str, data: bytes) -> None:
    try:
        storage.write(folder / file, data)
    except OSError as error:
        unwritten = PublishingError(
            f"{folder.name}: {file} cannot be written: check that you may write to the case's folder."
        )
        raise room.told(error, unwritten) from None


def _written(entries: Sequence[Mapping[str, Any]]) -> bytes:
    data = {"format": 1, "decisions": [dict(entry) for entry in entries]}
    return (_HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)).encode()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0"


def _hash(data: bytes | None) -> str:
    return hashlib.sha256(b"none" if data is None else b"some" + data).hexdigest()
