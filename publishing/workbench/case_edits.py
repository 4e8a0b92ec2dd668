"""Edits of a case's files: written at once and whole, undone and done again; two tabs never overwrite each other."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from publishing import intake
from publishing.checking.case_lock import hold_case_lock
from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room
from publishing.intake.case_files import REVIEW, fingerprint, read_bytes
from publishing.intake.decisions_file import DECISIONS
from publishing.intake.rewrites import canonical
from publishing.intake.strict_model import StrictModel
from publishing.workbench.case_decisions import RefusedEditError, RequestedDecision, RequestedRewrite, decisions_yaml
from publishing.workbench.edit_history import Deed, EditHistory, FileChange, Step
from redaction import REGISTER, fold_text

_EDITED_FILES = (REVIEW, REGISTER, DECISIONS)


class StaleCaseError(PublishingError):
    """The case is no longer as it was shown: another tab, program or person changed it."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f"{case}: this case was changed in another tab, or by someone else, after this page was shown. "
            "Nothing was written. Here it is as it stands now: look, and decide again."
        )


class CaseEditor:
    """Writes the files of the cases of one reviews folder; each change can be undone and done again."""

    def __init__(self, reviews: Path) -> None:
        self.history = EditHistory(reviews)
        self.lock = threading.Lock()

    def decide(self, folder: Path, decisions: Sequence[RequestedDecision], seen: str) -> None:
        """Write decisions, each in place of any other about the same words.

        Raises:
            StaleCaseError: the case is not as it was seen.
            PublishingError: decisions.yml has faults, or a decision cannot be written.
        """
        data = with_decisions(folder, decisions)
        deeds = [deed_of(decision) for decision in decisions]
        self.write(folder, {DECISIONS: data}, seen, deeds, next((d.by for d in decisions), ""))

    def take_back(self, folder: Path, text: str, seen: str, by: str) -> None:
        """Take decisions about words back."""
        data = _replaced_decisions(folder, [text], [])
        self.write(folder, {DECISIONS: data}, seen, [Deed("take-back", text)], by)

    def rewrite(self, folder: Path, rewrite: RequestedRewrite, seen: str) -> None:
        """Put a passage into other words, in place of any others that were written for it.

        Raises:
            StaleCaseError: the case is not as it was seen.
            FormRefusedError: the words cannot stand there.
            PublishingError: decisions.yml has faults, or cannot be written.
        """
        data = _replaced_rewrite(folder, rewrite.passage, [rewrite.entry()])
        self.write(folder, {DECISIONS: data}, seen, [Deed("rewrite", rewrite.passage)], rewrite.by)

    def take_back_rewrite(self, folder: Path, passage: str, seen: str, by: str) -> None:
        """Have the review's own words stand again."""
        data = _replaced_rewrite(folder, passage, [])
        self.write(folder, {DECISIONS: data}, seen, [Deed("restore", passage)], by)

    def write(self, folder: Path, files: Mapping[str, bytes], seen: str, deeds: Sequence[Deed], by: str) -> None:
        """Write a case's own files, each whole: one step to undo.

        Args:
            folder: the case's folder.
            files: the data of each file by its name.
            seen: the fingerprint of the case as it was shown.
            deeds: what is done by that, for the list of what was done.
            by: who does it.

        Raises:
            StaleCaseError: the case is not as it was seen.
            PublishingError: it cannot be written.
        """
        with self.lock, hold_case_lock(folder):
            _refuse_stale(folder, seen)
            changes = {name: FileChange(_read_text(folder / name), _as_text(data)) for name, data in files.items()}
            changes = {name: change for name, change in changes.items() if change.before != change.after}
            if not changes:
                return
            # the step is kept first: if writing fails, it fits nothing and is passed over
            with _explained(folder):
                number = self.history.add(folder.name, by, deeds, changes)
            try:
                for name, change in changes.items():
                    _put(folder, name, change.after)
            except PublishingError:
                self._withdraw_step(folder, number, changes)
                raise

    def _withdraw_step(self, folder: Path, number: int, changes: Mapping[str, FileChange]) -> None:
        """Put back what was written of a step that failed; where that fails too the step stays, so that it can be undone."""
        for name, change in changes.items():
            if _read_text(folder / name) != change.before:
                with contextlib.suppress(PublishingError):
                    _put(folder, name, change.before)
        if all(_read_text(folder / name) == change.before for name, change in changes.items()):
            self.history.drop(folder.name, number)

    def next_step(self, folder: Path, *, back: bool) -> Step | None:
        """The step that undoing (`back`) or doing again would be about; None where there is none."""
        now = {name: _read_text(folder / name) for name in _EDITED_FILES}
        steps = self.history.steps(folder.name)
        return next((s for s in (steps if back else reversed(steps)) if s.leads_from(now, back=back)), None)

    def undo(self, folder: Path, seen: str, by: str) -> None:
        """Take the newest change back.

        Raises:
            StaleCaseError: the case is not as it was seen.
            RefusedEditError: there is nothing to undo, or the file was changed by another program since.
        """
        self._go(folder, seen, by, back=True)

    def redo(self, folder: Path, seen: str, by: str) -> None:
        """Do again what was undone last.

        Raises:
            StaleCaseError: the case is not as it was seen.
            RefusedEditError: nothing was undone, or something else was done since.
        """
        self._go(folder, seen, by, back=False)

    def _go(self, folder: Path, seen: str, by: str, *, back: bool) -> None:
        with self.lock, hold_case_lock(folder):
            _refuse_stale(folder, seen)
            step = self.next_step(folder, back=back)
            if step is None:
                raise RefusedEditError(f"There is nothing to {'undo' if back else 'do again'}.")
            with _explained(folder):
                self.history.mark(folder.name, step, by, undone=back)
            try:
                for name, change in step.files.items():
                    _put(folder, name, change.before if back else change.after)
            except PublishingError:
                # as it was before: what was written of it fits this step still
                self.history.restore(folder.name, step)
                raise


def with_decisions(folder: Path, decisions: Sequence[RequestedDecision]) -> bytes:
    """decisions.yml with new decisions, each in place of any other about the same words.

    Raises:
        PublishingError: decisions.yml has faults, or a decision cannot be written.
    """
    entries = [decision.entry() for decision in decisions]
    return _replaced_decisions(folder, [entry["text"] for entry in entries], entries)


def _replaced_decisions(folder: Path, texts: Sequence[str], new: Sequence[Mapping[str, Any]]) -> bytes:
    gone = {fold_text(text) for text in texts}
    file = intake.load_decisions(folder)
    others = [entry for entry in _as_written(file.decisions) if fold_text(entry["text"]) not in gone]
    return decisions_yaml([*others, *new], _as_written(file.rewrites))


def _replaced_rewrite(folder: Path, passage: str, new: Sequence[Mapping[str, Any]]) -> bytes:
    file = intake.load_decisions(folder)
    others = [entry for entry in file.rewrites if canonical(entry.passage) != passage]
    return decisions_yaml(_as_written(file.decisions), [*_as_written(others), *new])


def _as_written(entries: Iterable[StrictModel]) -> list[dict[str, Any]]:
    """Entries of decisions.yml as the file has them."""
    return [entry.model_dump(exclude_none=True) for entry in entries]


def deed_of(decision: RequestedDecision) -> Deed:
    """A decision as the list of what was done tells it."""
    return Deed(decision.action, decision.text, decision.entity or "", decision.replacement or "")


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Errors of keeping a step in plain words."""
    try:
        yield
    except OSError as error:
        unwritten = PublishingError(
            f"{folder.name}: nothing was written, because it could not be undone: check that you may write to .candour "
            "in the reviews folder, then try again."
        )
        raise disk_room.explain_write_error(error, unwritten) from None


def _refuse_stale(folder: Path, seen: str) -> None:
    if fingerprint(folder) != seen:
        raise StaleCaseError(folder.name)


def _put(folder: Path, file: str, text: str | None) -> None:
    try:
        if text is None:
            (folder / file).unlink(missing_ok=True)
        else:
            atomic_writes.write(folder / file, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        unwritten = PublishingError(
            f"{folder.name}: {file} cannot be written: check that you may write to the case's folder."
        )
        raise disk_room.explain_write_error(error, unwritten) from None


def _read_text(path: Path) -> str | None:
    data = read_bytes(path)
    return None if data is None else _as_text(data)


def _as_text(data: bytes) -> str:
    """Bytes as text from which they can be had again, whatever they are."""
    return data.decode("utf-8", "surrogateescape")
