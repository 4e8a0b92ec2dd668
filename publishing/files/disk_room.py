"""Room on the disk: how much is free and how much a folder takes, and how a full disk is distinguished from any other fault."""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from publishing.errors import FullDiskError, PublishingError

REVIEWS = "the reviews folder"
MEGABYTE = 1_000_000

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, getattr(errno, "ESTALE", errno.EIO)}
_BLOCK = 4096


def explain_write_error(
    error: OSError, otherwise: PublishingError, where: str = REVIEWS, need: int = MEGABYTE
) -> PublishingError:
    """What a user is told about something that could not be written: that the disk is full, or else what went wrong.

    Args:
        error: what the system said.
        otherwise: what is told where the disk is not full.
        where: the folder that needs room, in words and never as a path.
        need: bytes that are needed there.
    """
    return FullDiskError(where, need) if is_full(error) else otherwise


def is_full(error: BaseException) -> bool:
    """Whether an error means that a disk, or what somebody may use of one, is full."""
    return bool(_codes(error) & _FULL)


def explain_refusal(error: BaseException) -> str | None:
    """What a user is told where a disk or its rights are at fault, and not Candour; None for any other error. No path, which may be private."""
    refused = _codes(error) & _REFUSED
    if not refused:
        return None
    return (
        f"A file or folder could not be read or written ({os.strerror(min(refused))}). See that the disk is sound, that you may read "
        "and write there, and that nobody moves or deletes files meanwhile; then run it again."
    )


def _codes(error: BaseException) -> set[int]:
    """The system's numbers of an error."""
    if isinstance(error, shutil.Error):
        # it gathers the errors of many files, each as text alone
        return {int(code) for code in re.findall(r"\[Errno (\d+)\]", str(error))}
    return {error.errno} if isinstance(error, OSError) and error.errno else set()


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written in a folder's filesystem, as far as the system says; a quota is not counted."""
    return shutil.disk_usage(folder).free


def used_bytes(folder: Path) -> int:
    """Bytes that a folder and everything in it take on the disk, as far as it may be read."""
    used, left = 0, [str(folder)]
    while left:
        with suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                used += _size(entry)
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
    return used


def _size(entry: os.DirEntry[str]) -> int:
    try:
        known = entry.stat(follow_symlinks=False)
    except OSError:
        return 0
    # Windows does not say how many blocks a file takes
    blocks: int | None = getattr(known, "st_blocks", None)
    return -(-known.st_size // _BLOCK) * _BLOCK if blocks is None else blocks * 512
