"""Restoring a reviews folder from a backup: whole, held against the backup file by file, and with what was withdrawn since."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from publishing import audit_log
from publishing.errors import BuildError, FullDiskError, PublishingError
from publishing.files import atomic_writes, disk_room
from publishing.release.withdrawal_record import load_withdrawals, store_withdrawals
from publishing.safekeeping import backup_file
from publishing.safekeeping.backup import look
from publishing.safekeeping.backup_file import Backup
from publishing.site import public_record

_WHERE = "the folder that is to hold the reviews folder"


@dataclass(frozen=True)
class Restored:
    """`withdrawn` are references that the published site says were withdrawn after the backup was made."""

    files: int
    size: int
    checksum: str
    withdrawn: tuple[str, ...]
    warnings: tuple[str, ...]


def restore(file: Path, reviews: Path, out: Path) -> Restored:
    """Put the reviews folder of a backup where there is none, or an empty one.

    Args:
        file: the backup.
        reviews: the reviews folder to be.
        out: where the public site is: what its record says was withdrawn stays withdrawn.

    Raises:
        PublishingError: there is something in the folder, the backup is not whole, or there is no room. Nothing is there then that
            was not there before.
    """
    reviews = reviews.resolve()
    _refuse_target(reviews)
    if not file.is_file():
        raise PublishingError("There is no backup of that name.")
    with backup_file.open_backup(file) as backup:
        size = sum(stored.size for stored in backup.files.values())
        try:
            reviews.parent.mkdir(parents=True, exist_ok=True)
            _put(backup, size, reviews)
        except OSError as error:
            unwritten = PublishingError(
                f"The reviews folder could not be restored ({error.strerror}). Nothing was restored."
            )
            raise disk_room.explain_write_error(error, unwritten, _WHERE, size) from None
        checksum = backup_file.checksum(file)
        withdrawn, warnings = _withdraw_again(reviews, out)
        unlogged = audit_log.record(reviews, "restored", more=f"{len(backup.files)} files, checksum {checksum}")
        return Restored(len(backup.files), size, checksum, withdrawn, (*warnings, *unlogged))


def _refuse_target(reviews: Path) -> None:
    if reviews.exists() and not reviews.is_dir():
        raise PublishingError("What --reviews names is a file. Name a folder that is not there yet, or is empty.")
    if reviews.is_dir() and any(reviews.iterdir()):
        raise PublishingError(
            "The reviews folder is not empty, and nothing in it is written over. Name another with --reviews, or move away what is there."
        )


def _put(backup: Backup, size: int, reviews: Path) -> None:
    """Write every file beside the place, prove that they are the backup's, and put them in place in one step."""
    for left in reviews.parent.glob(f".{reviews.name}.candour-restoring-*"):
        shutil.rmtree(left, ignore_errors=True)
    if disk_room.free_bytes(reviews.parent) < size:
        raise FullDiskError(_WHERE, size)
    staging = Path(tempfile.mkdtemp(prefix=f".{reviews.name}.candour-restoring-", dir=reviews.parent))
    try:
        for path in backup.files:
            _write(backup, path, staging / path)
        _prove(backup, staging)
        if reviews.is_dir():
            # Windows renames onto nothing that is there
            reviews.rmdir()
        os.rename(staging, reviews)
        atomic_writes.settle(reviews.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(backup: Backup, path: str, target: Path) -> None:
    for folder in reversed(target.parents):
        if not folder.exists():
            folder.mkdir(mode=0o700)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as opened:
        backup.copy(path, opened.write)
        opened.flush()
        os.fsync(opened.fileno())


def _prove(backup: Backup, staging: Path) -> None:
    """Read everything once more from the disk: the same files, and each the same."""
    if set(look(staging)) != set(backup.files):
        raise PublishingError("The files that were written are not those of the backup. Nothing was restored.")
    for path, stored in backup.files.items():
        if backup_file.checksum(staging / path) != stored.sha256:
            raise PublishingError(
                "A file was not written as the backup has it: is this disk sound? Nothing was restored."
            )


def _withdraw_again(reviews: Path, out: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write what was withdrawn since the backup into the restored record; the references, and what somebody must do by hand."""
    try:
        known = {withdrawal.public_id for withdrawal in load_withdrawals(reviews)}
        if not (out / "markdown" / public_record.WITHDRAWN).is_file():
            return (), (
                f"There is no published site in {out.name} that would say what was withdrawn since this backup was made. "
                "Withdraw that again before anybody builds: candour withdraw REFERENCE --reason …",
            )
        gone = public_record.load_public_record(out / "markdown")[1]
        store_withdrawals(reviews, gone)
    except (BuildError, FullDiskError) as error:
        return (), (f"What was withdrawn since this backup was made could not be written: {error}",)
    return tuple(sorted({withdrawal.public_id for withdrawal in gone} - known)), ()
