"""Files that a person asks for by name: written where there is nothing yet."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import disk_room

_TAKEN = "There is a file of that name already: nothing was changed; choose another name."


def refuse_existing(path: Path) -> None:
    """Refuse early what `write_new` would refuse, before anything else is done for it.

    Raises:
        PublishingError: something is there already.
    """
    if path.is_symlink() or path.exists():
        raise PublishingError(_TAKEN)


def write_new(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file where there is none; nothing is left of one that could not be written whole.

    Raises:
        PublishingError: something is there already, or it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except FileExistsError:
        raise PublishingError(_TAKEN) from None
    except OSError as error:
        raise _explain(error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise _explain(error) from None


def _explain(error: OSError) -> PublishingError:
    unwritten = PublishingError("The file cannot be written there: choose a folder that you may write to.")
    return disk_room.explain_write_error(error, unwritten, "the folder that you chose")
