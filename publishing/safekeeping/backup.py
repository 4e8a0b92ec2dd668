"""Backing up the reviews folder: one private file of everything that is needed to go on, read back before it counts."""

from __future__ import annotations

import itertools
import os
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from publishing import audit_log, intake
from publishing.checking.case_lock import hold_case_lock
from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room
from publishing.safekeeping import backup_file
from publishing.safekeeping.backup_file import StoredFile

_PRIVATE = ".candour"
_WORKED_OUT_AGAIN = frozenset({"cache", "cases", "gate", "open", "pages", "readings", "release", "reserve", "states"})
"""What Candour keeps only to be faster, or for the moment."""

_TRIES = 3
_UNFINISHED = ".candour-backup-"
_LEFT = 86_400
"""Seconds after which nobody can still be writing a backup."""

_WHERE = "the folder of the backup"

Looked = Mapping[str, tuple[int, int, int]]
"""The files of a folder by their paths, each with length, time of change and number on the disk."""


@dataclass(frozen=True)
class BackupMade:
    """`files` and `size` (bytes) of what was put in, and the SHA-256 of the whole backup."""

    files: int
    size: int
    checksum: str
    warnings: tuple[str, ...]


def back_up(reviews: Path, file: Path, out: Path) -> BackupMade:
    """Write a backup of the reviews folder.

    Args:
        reviews: the reviews folder.
        file: the new file; readable by its owner alone.
        out: where the public site is: no backup is written there.

    Raises:
        PublishingError: the place is not private, there is such a file already, something in the folder cannot be backed up, it
            was changed all the while, or there is no room. No file is left behind.
    """
    intake.case_folders(reviews)
    _refuse_place(reviews, file, out)
    _sweep(file.parent)
    need = 0
    try:
        for _ in range(_TRIES):
            before = look(reviews)
            need = sum(size for size, _, _ in before.values())
            if (made := _write(reviews, file, before)) is not None:
                unlogged = audit_log.record(reviews, "backed-up", more=f"{made.files} files, checksum {made.checksum}")
                return BackupMade(made.files, made.size, made.checksum, unlogged)
    except OSError as error:
        unwritten = PublishingError(f"The backup could not be written ({error.strerror}).")
        raise disk_room.explain_write_error(error, unwritten, _WHERE, need) from None
    raise PublishingError(
        "The reviews folder was changed all the while: close the workbench, or wait, and back up again."
    )


def look(reviews: Path) -> Looked:
    """Every file that belongs into a backup, as it is now.

    Raises:
        PublishingError: something is a link, no plain file or too large, or cannot be read.
    """
    found = {}
    for name, path in _files(reviews):
        known = path.lstat()
        why = backup_file.refusal_of_name(name)
        if not stat.S_ISREG(known.st_mode):
            why = "it is a link or no plain file, so a backup would not hold what it leads to"
        elif known.st_size > backup_file.LARGEST:
            why = f"it is larger than {backup_file.LARGEST // 1_000_000} MB"
        if why:
            # its own name may name somebody
            case, inside, _ = name.partition("/")
            where = f"{case}: a file in this folder" if inside else "A file beside the cases in the reviews folder"
            raise PublishingError(f"{where} cannot be backed up: {why}. Move it away, then try again.")
        found[name] = (known.st_size, known.st_mtime_ns, known.st_ino)
    return found


def _files(reviews: Path) -> Iterator[tuple[str, Path]]:
    """Every file and link, without what can be worked out again, locks, and what is being written just now."""

    def stop(error: OSError) -> None:
        raise PublishingError("A folder in the reviews folder cannot be read, so a backup would lack it.") from None

    for root, folders, files in os.walk(reviews, onerror=stop):
        place = Path(root)
        if place == reviews / _PRIVATE:
            folders[:] = [name for name in folders if name not in _WORKED_OUT_AGAIN]
            files = [name for name in files if name not in _WORKED_OUT_AGAIN and not name.endswith(".lock")]
        folders.sort()
        links = [name for name in folders if (place / name).is_symlink()]
        for name in sorted([*files, *links]):
            if not (name.startswith(".") and name.endswith(".part")):
                yield (place / name).relative_to(reviews).as_posix(), place / name


def _write(reviews: Path, file: Path, before: Looked) -> BackupMade | None:
    """Write and read back; None where the folder changed meanwhile."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=".part", dir=file.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            try:
                stored = _pack(reviews, target, before)
            except FileNotFoundError:
                return None
            target.flush()
            os.fsync(target.fileno())
        if look(reviews) != before or any(one.size != before[one.path][0] for one in stored):
            return None
        _read_back(unfinished, stored)
        checksum = backup_file.checksum(unfinished)
        os.rename(unfinished, file)
        atomic_writes.settle(file.parent)
        return BackupMade(len(stored), sum(one.size for one in stored), checksum, ())
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _pack(reviews: Path, target: BinaryIO, names: Iterable[str]) -> tuple[StoredFile, ...]:
    """Put every file in, each case while nobody signs it."""
    stored: list[StoredFile] = []
    with backup_file.new_package(target) as package:
        for top, inside in itertools.groupby(names, key=lambda name: name.partition("/")[0]):
            with _hold(reviews / top):
                stored += [backup_file.add(package, name, reviews / name) for name in inside]
        backup_file.add_contents(package, tuple(stored))
    return tuple(stored)


def _hold(top: Path) -> AbstractContextManager[None]:
    return hold_case_lock(top) if top.is_dir() and not top.name.startswith(".") else nullcontext()


def _read_back(file: Path, stored: tuple[StoredFile, ...]) -> None:
    with backup_file.open_backup(file) as backup:
        if tuple(backup.files.values()) != stored:
            raise backup_file.DamagedBackupError("it is not what was written")
        for path in backup.files:
            backup.copy(path, lambda piece: None)


def _refuse_place(reviews: Path, file: Path, out: Path) -> None:
    where = file.parent.resolve()
    if not where.is_dir():
        raise PublishingError("The folder for the backup is not there. Make it, or name another.")
    if file.is_dir():
        raise PublishingError(
            "That is a folder. Give the name of a new file for the backup, such as reviews-2025-02-03.zip."
        )
    if file.exists() or file.is_symlink():
        raise PublishingError("There is a file of that name already, and no backup is written over. Give another name.")
    if where.is_relative_to(reviews.resolve()):
        raise PublishingError(
            "A backup inside the reviews folder would be lost with it. Give a place elsewhere, best on another disk."
        )
    above = (where, *where.parents)
    if out.resolve() in above or any((folder / "index.html").exists() for folder in above):
        raise PublishingError(
            "That folder is public, or may be: it holds a site. A backup holds original reviews: give a private place."
        )


def _sweep(folder: Path) -> None:
    """Take away what killed backups left behind."""
    for left in folder.glob(f"{_UNFINISHED}*.part"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _LEFT:
                left.unlink()
