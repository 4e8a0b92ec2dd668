"""The published site is exchanged whole, or not at all.

A build works in a private sibling of <out> on the same filesystem and changes places with it in one step.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from publishing.errors import BuildError, FullDiskError, PublishingError
from publishing.files import atomic_writes, disk_room, locks
from publishing.files.cache import Cache
from publishing.release import manifest

OURS = ("markdown", "site", manifest.NAME, manifest.NAME + manifest.SIGNATURE)
"""What a build makes in <out>; whatever else is there is carried over."""

_A_CASE = 500_000
_BESIDES = 5_000_000
"""Bytes on the disk that a review takes in a site, and those that a site takes besides, with what is pruned later."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@contextmanager
def staging(out: Path, cases: int = 0) -> Iterator[Path]:
    """The right to change <out>, and a private folder beside it to build in: `lock_site` and `make_private_folder`.

    Raises:
        PublishingError: another build is at work, the place cannot be written to, or there is no room in it.
    """
    with lock_site(out), make_private_folder(out, cases) as folder:
        yield folder


@contextmanager
def lock_site(out: Path) -> Iterator[None]:
    """The right to change <out>: one build or withdrawal at a time. What killed ones left behind is cleaned up first.

    Raises:
        PublishingError: another is at work, or the place cannot be written to.
    """
    out = out.resolve()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        made = BuildError(f"{out.name}: the folder above it cannot be made ({error.strerror})")
        raise disk_room.explain_write_error(error, made, *_room_needed(out)) from None
    with _hold_site_lock(out):
        _recover(out)
        _remove_leftovers(out)
        yield


@contextmanager
def make_private_folder(out: Path, cases: int = 0) -> Iterator[Path]:
    """A private folder beside <out>, gone afterwards, whatever happens; a disk that fills up meanwhile is reported as such.

    Args:
        out: where the site is, or will be.
        cases: how many reviews there may be, to say how much room a first site needs.

    Raises:
        FullDiskError: there is less room than the site takes that is there now, or it ran out.
        BuildError: the place cannot be written to, the disk failed, or what follows an exchange was not finished.
    """
    out = out.resolve()
    where, need = _room_needed(out, cases)
    if disk_room.free_bytes(out.parent) < disk_room.used_bytes(out):
        raise FullDiskError(where, need)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{_prefix(out)}new-", dir=out.parent))
    except OSError as error:
        raise disk_room.explain_write_error(error, _unwritable(out, error), where, need) from None
    made = _identity(folder)
    try:
        yield folder
    except Exception as error:
        if made and made == _identity(out):
            raise _unfinished(out, error) from None
        if not isinstance(error, OSError):
            raise
        if disk_room.is_full(error):
            raise FullDiskError(where, need) from None
        if refusal := disk_room.explain_refusal(error):
            raise BuildError(f"{out.name} was not changed: {refusal[0].lower()}{refusal[1:]}") from None
        raise
    finally:
        _remove(folder)


def _room_needed(out: Path, cases: int = 0) -> tuple[str, int]:
    """Where room is needed to build in, in words, and how many bytes."""
    return f"the folder that holds {out.name}", max(disk_room.used_bytes(out), cases * _A_CASE) + _BESIDES


def _unwritable(out: Path, error: OSError) -> BuildError:
    return BuildError(f"{out.name}: nothing can be written beside it ({error.strerror})")


def _identity(folder: Path) -> tuple[int, int] | None:
    """What distinguishes a folder from every other one, whatever it is called; None where there is none."""
    try:
        known = folder.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino


def _unfinished(out: Path, error: Exception) -> BuildError:
    """What a user is told about a fault after the exchange: readers see the new site, so nothing may say that the old one stands."""
    if isinstance(error, FullDiskError):
        why = f"The disk is full: {error.needed}."
    elif disk_room.is_full(error):
        why = "The disk is full."
    elif isinstance(error, PublishingError):
        why = str(error)
    else:
        # the text of any other error may hold private words
        why = f"{(isinstance(error, OSError) and error.strerror) or type(error).__name__}."
    return BuildError(
        f"{out.name}: the new site is in its place and readers see it, but not all that follows was done (keeping the site before, "
        f"recording who did what). {why} Mend that, then run candour doctor; candour releases lists what is kept."
    )


def carry_over(out: Path, folder: Path) -> None:
    """Copy what <out> holds besides a build's own folders (README.md and the like), so that the gate reads it too.

    Raises:
        PublishingError: it cannot be copied.
    """
    out = out.resolve()
    if not out.is_dir():
        return
    for entry in sorted(out.iterdir()):
        if entry.name in OURS:
            continue
        try:
            if entry.is_dir() and not entry.is_symlink():
                shutil.copytree(entry, folder / entry.name, symlinks=True)
            else:
                shutil.copy2(entry, folder / entry.name, follow_symlinks=False)
        except OSError as error:
            lost = BuildError(f"{out.name}/{entry.name} is not the build's own and cannot be kept: move it away.")
            raise disk_room.explain_write_error(error, lost, *_room_needed(out)) from None


def swap(folder: Path, out: Path) -> None:
    """Put the staging folder in <out>'s place in one step; a kill or a power cut at any moment leaves the old or the new site whole.

    The old site is where the staging folder was, for its owner alone.

    Raises:
        PublishingError: the system refused; the old site is unchanged.
    """
    out = out.resolve()
    _open_to_readers(folder)
    try:
        # a folder whose name reached the disk before its files would be a site of empty pages after a power cut
        atomic_writes.settle_all(folder)
        if not out.exists():
            os.rename(folder, out)
        elif _exchange(folder, out):
            _make_private(folder)
        else:
            _replace(folder, out)
    except OSError as error:
        mounted = error.errno == errno.EBUSY
        hint = "; a mounted folder cannot be swapped: give --out a folder inside it" if mounted else ""
        refused = BuildError(f"{out.name}: the new site could not be put in its place ({error.strerror}){hint}")
        raise disk_room.explain_write_error(error, refused, *_room_needed(out)) from None
    with suppress(OSError):
        # the new site stands, whether or not the disk has heard of it
        atomic_writes.settle(out.parent)


def private_path(out: Path, name: str) -> Path:
    """A private file of ours beside <out>."""
    out = out.resolve()
    return out.parent / f"{_prefix(out)}{name}"


def kept_pages(out: Path, cases: int) -> Cache | None:
    """The pages of the site as they were made, with its index of search; None where the disk has no room to spare for them."""
    if disk_room.free_bytes(out.resolve().parent) < 2 * _room_needed(out, cases)[1]:
        drop_kept_pages(out)
        return None
    return kept_beside(out)


def drop_kept_pages(out: Path) -> bool:
    """Remove them, with the hash of what the site was made from: for room, or because a review was taken down or refused; whether none is left."""
    return kept_beside(out).keep_only(())


def explain_stuck_pages(out: Path) -> str:
    """What somebody must do where `drop_kept_pages` left something."""
    name = private_path(out, "pages").name
    return f"WORDS OF IT MAY STILL LIE in {name} beside the site, for its owner alone: delete that folder by hand."


def kept_beside(out: Path) -> Cache:
    """What is kept of the site's last release, beside it, since whoever can write there can change the site itself."""
    return Cache(private_path(out, "pages"), lasting=False)


def _prefix(out: Path) -> str:
    return f".{out.name}.candour-"


@contextmanager
def _hold_site_lock(out: Path) -> Iterator[None]:
    """Hold the lock of <out>."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locks.hold_lock(private_path(out, "lock")))
        except BlockingIOError:
            raise BuildError(
                f"{out.name}: another build or withdrawal is at work on it. Wait until it has finished, then try again."
            ) from None
        except OSError as error:
            raise disk_room.explain_write_error(error, _unwritable(out, error), *_room_needed(out)) from None
        yield


def _recover(out: Path) -> None:
    """Put back the old site where a build was killed between the fallback's two steps."""
    if out.exists():
        return
    for old in sorted(out.parent.glob(f"{_prefix(out)}old-*")):
        os.rename(old, out)
        return


def _remove_leftovers(out: Path) -> None:
    for leftover in out.parent.glob(f"{_prefix(out)}*-*"):
        _remove(leftover)


def _remove(folder: Path) -> None:
    """Remove a folder as far as possible: what cannot go now goes at the next build."""
    shutil.rmtree(folder, ignore_errors=True)


def _open_to_readers(folder: Path) -> None:
    """Give everything the modes a web server needs; until now the folder was its owner's alone."""
    for root, folders, files in os.walk(folder):
        for name in folders:
            _chmod(os.path.join(root, name), 0o755)
        for name in files:
            _chmod(os.path.join(root, name), 0o644)
    folder.chmod(0o755)


def _chmod(path: str, mode: int) -> None:
    known = os.lstat(path).st_mode
    if not stat.S_ISLNK(known) and stat.S_IMODE(known) != mode:
        os.chmod(path, mode)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where the system or filesystem cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))


def _replace(folder: Path, out: Path) -> None:
    """Three renames where there is no exchange: the next build puts the old site back if a kill falls after the first."""
    old = Path(tempfile.mkdtemp(prefix=f"{_prefix(out)}old-", dir=out.parent))
    # Windows renames onto nothing that is there
    old.rmdir()
    os.rename(out, old)
    try:
        os.rename(folder, out)
    except OSError:
        os.rename(old, out)
        raise
    _make_private(old)
    with suppress(OSError):
        # the new site stands: the old one is then removed as a leftover by the next build
        os.rename(old, folder)


def _make_private(old: Path) -> None:
    """Nobody else may read the old site any more: it may hold what was just withdrawn. The new one stands all the same."""
    with suppress(OSError):
        old.chmod(0o700)
