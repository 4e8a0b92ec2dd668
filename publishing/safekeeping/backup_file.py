"""A backup is one zip file: `candour-backup.json`, which says what is in it, and the files of the reviews folder. PRIVATE.

What is read is believed only as far as it fits: names that lead nowhere else, the sizes that were said, SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.errors import PublishingError

CONTENTS = "candour-backup.json"
FILES = "reviews/"
"""What is in the file: its table of contents, and below this every file of the reviews folder."""

LARGEST = 1_000_000_000
"""Bytes of the largest file that may be in it."""

_CONTENTS_LIMIT = 100_000_000
_NAME = re.compile(r'[^\x00-\x1f\x7f/\\:*?"<>|]+')
_PIECE = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, OSError)


class DamagedBackupError(PublishingError):
    """A file is no backup, or not whole, or not as it was written."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is not a whole backup of Candour: {why}. Nothing was restored. Use another copy of it.")


class StoredFile(BaseModel):
    """A file of the reviews folder: its path there with slashes, its length in bytes, its SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    path: str
    size: int
    sha256: str


class _Contents(BaseModel):
    """candour-backup.json, format 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class Backup:
    """A backup that is open to be read, its names and sizes checked already."""

    files: Mapping[str, StoredFile]
    _package: zipfile.ZipFile

    def copy(self, path: str, write: Callable[[bytes], object]) -> None:
        """Read one file to its end.

        Raises:
            DamagedBackupError: it is not what was stored.
        """
        stored = self.files[path]
        digest, left = hashlib.sha256(), stored.size
        try:
            with self._package.open(FILES + path) as file:
                while piece := file.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        break
                    digest.update(piece)
                    write(piece)
        except _DAMAGED as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise DamagedBackupError("a file in it cannot be read to its end") from None
        if left or digest.hexdigest() != stored.sha256:
            raise DamagedBackupError("a file in it is not what was put in")


def add(package: zipfile.ZipFile, name: str, source: Path) -> StoredFile:
    """Put a file into a package that is written."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file, package.open(_entry(FILES + name), mode="w", force_zip64=True) as target:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return StoredFile(path=name, size=size, sha256=digest.hexdigest())


def add_contents(package: zipfile.ZipFile, files: tuple[StoredFile, ...]) -> None:
    """Say at the end what is in it: a file that was cut off has no such thing."""
    said = _Contents(format=1, files=files).model_dump(mode="json")
    package.writestr(_entry(CONTENTS), json.dumps(said, ensure_ascii=False, indent=1).encode())


@contextmanager
def open_backup(file: Path) -> Iterator[Backup]:
    """Open a backup, with every name and size in it checked.

    Raises:
        DamagedBackupError: it is none, it is cut off, or something in it could be written elsewhere than it should.
        PublishingError: it cannot be read.
    """
    try:
        package = zipfile.ZipFile(file)
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise PublishingError(f"The backup cannot be read ({error.strerror}).") from None
        raise DamagedBackupError("it is cut off, or it is another kind of file") from None
    with package:
        yield Backup(_checked(package), package)


def refusal_of_name(name: str) -> str | None:
    """Why a path may not be in a backup; None where it may."""
    path = PurePosixPath(name)
    if path.is_absolute() or str(path) != name or ".." in path.parts or name == ".":
        return "its name leads elsewhere"
    if not all(_NAME.fullmatch(part) for part in path.parts):
        return "its name has a character that not every system takes"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "its name is not readable"
    return None


def _checked(package: zipfile.ZipFile) -> dict[str, StoredFile]:
    entries = package.infolist()
    by_name = {entry.filename: entry for entry in entries}
    if len(by_name) != len(entries):
        raise DamagedBackupError("a name is in it twice")
    contents = by_name.pop(CONTENTS, None)
    if contents is None or contents.file_size > _CONTENTS_LIMIT:
        raise DamagedBackupError("it does not say what is in it")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.is_dir():
            raise DamagedBackupError("there is a link or a folder among its files")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
            raise DamagedBackupError("a file in it is packed in a way that Candour does not use")
    try:
        said = _Contents.model_validate_json(_read_contents(package))
    except (*_DAMAGED, ValidationError):
        raise DamagedBackupError("what it says of its files cannot be read") from None
    files = {stored.path: stored for stored in said.files}
    if len(files) != len(said.files) or {FILES + path for path in files} != set(by_name):
        raise DamagedBackupError("its files are not those that it names")
    for path, stored in files.items():
        if why := refusal_of_name(path):
            raise DamagedBackupError(f"a file would be written where it should not: {why}")
        if not 0 <= stored.size <= LARGEST or by_name[FILES + path].file_size != stored.size:
            raise DamagedBackupError("a file in it is larger than it says, or than may be")
    return files


def _read_contents(package: zipfile.ZipFile) -> bytes:
    with package.open(CONTENTS) as file:
        return file.read(_CONTENTS_LIMIT)


def checksum(file: Path) -> str:
    """The SHA-256 of a whole file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def new_package(file: BinaryIO) -> zipfile.ZipFile:
    """A package to write into."""
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry
