"""A case under another name: its folder, and everything in `.candour/` that bears its name.

What is kept of a case there lies in a folder, or in a .json file, of the case's name within a folder of its kind. A name is
changed in one step, that of the case's own folder; a process killed before it leaves the old name, one killed after it the new.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from publishing.checking.case_lock import hold_case_lock
from publishing.checking.signing import load_signatures
from publishing.errors import PublishingError
from publishing.files import atomic_writes, disk_room, locks
from publishing.intake.new import refuse_taken_name
from publishing.release import swap
from publishing.release.case_traces import move_traces, remove_traces
from publishing.release.signoff import case_folder

_PATIENCE = 10.0
"""Seconds to wait for another who renames."""

# no case's name begins with a full stop
_JOURNAL, _LOCK = ".renaming.json", ".names.lock"


def rename_case(reviews: Path, out: Path, case: str, name: str) -> None:
    """Give a case another name; its public reference, its signature and what is published of it stay.

    Args:
        reviews: the reviews folder.
        out: where the site is: nothing is renamed while a build or a withdrawal is at work.
        case: the case.
        name: its new name.

    Raises:
        PublishingError: there is no such case, the name is none or taken, somebody is at work on it, or it cannot be
            written: it has its old name then.
    """
    folder = case_folder(reviews, case)
    with _hold_everything(reviews, out, folder):
        refuse_taken_name(reviews, name, but=case)
        if any(signature.key for signature in load_signatures(folder)):
            raise PublishingError(
                f"{case}: it was not renamed: it is signed with a key, and its name is part of what was signed. It keeps the name."
            )
        state = reviews / ".candour"
        try:
            remove_traces(reviews, name)
            atomic_writes.write(
                state / _JOURNAL, json.dumps({"from": case, "to": name, "folder": folder.stat().st_ino}).encode()
            )
            move_traces(reviews, case, name)
            os.rename(folder, reviews / name)
        except OSError as error:
            unwritten = PublishingError(
                f"{case}: it was not renamed: check that you may write to the reviews folder, then try again."
            )
            raise disk_room.explain_write_error(error, unwritten) from None
        finally:
            _finish(reviews)


def finish_interrupted(reviews: Path) -> None:
    """Finish what a killed process left of a renaming; nothing where there is nothing.

    Raises:
        PublishingError: somebody else is at it just now.
    """
    if (reviews / ".candour" / _JOURNAL).exists():
        with _hold_names(reviews):
            _finish(reviews)


def _finish(reviews: Path) -> None:
    state = reviews / ".candour"
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        said = json.loads((state / _JOURNAL).read_text(encoding="utf-8"))
        new = reviews / said["to"]
        if not new.exists() or new.stat().st_ino != said["folder"]:
            # the folder was not renamed any more: what is kept about it goes back to it
            move_traces(reviews, said["to"], said["from"])
    with contextlib.suppress(OSError):
        (state / _JOURNAL).unlink(missing_ok=True)


# --- locks


@contextmanager
def _hold_everything(reviews: Path, out: Path, folder: Path) -> Iterator[None]:
    """Keep builds, withdrawals, signatures and other renamings away meanwhile; what a killed one left is finished first."""
    with swap.lock_site(out), _hold_names(reviews), hold_case_lock(folder):
        _finish(reviews)
        yield


@contextmanager
def _hold_names(reviews: Path) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            (reviews / ".candour").mkdir(mode=0o700, exist_ok=True)
            stack.enter_context(locks.hold_lock(reviews / ".candour" / _LOCK, _PATIENCE))
        except BlockingIOError:
            raise PublishingError("Somebody else renames a case just now: wait, then try again.") from None
        except OSError as error:
            unwritten = PublishingError("The reviews folder cannot be written to: check that you may write to it.")
            raise disk_room.explain_write_error(error, unwritten) from None
        yield
