"""One at a time: whoever changes or signs a case keeps everybody else from it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import disk_room, locks

_PATIENCE = 10.0
"""Seconds to wait for another who signs the same case."""


@contextmanager
def hold_case_lock(folder: Path) -> Iterator[None]:
    """Keep everybody else, in whatever process, from changing or signing anything of a case meanwhile.

    Raises:
        PublishingError: somebody else is at it for long, or no lock can be made.
    """
    place = folder.parent / ".candour"
    with ExitStack() as stack:
        try:
            place.mkdir(mode=0o700, exist_ok=True)
            stack.enter_context(locks.hold_lock(place / f"{folder.name}.lock", _PATIENCE))
        except BlockingIOError:
            raise PublishingError(
                f"{folder.name}: somebody else is changing or signing it just now: wait until that is done, then try again"
            ) from None
        except OSError as error:
            unwritable = PublishingError(
                f"{folder.name}: it cannot be signed: check that you may write to .candour in the reviews folder"
            )
            raise disk_room.explain_write_error(error, unwritable) from None
        yield
