"""The last releases, kept beside <out> to go back to: `.<out>.candour-releases/`, readable by its owner alone.

A build or a rollback keeps the site that it replaced, if readers could tell the two apart; a withdrawal never does. What is withdrawn
goes from every kept release at once: of one that held it nothing stays but the records of its other reviews, from which it can be
written again.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.files import disk_room
from publishing.files.listing import entries_of
from publishing.release import swap
from publishing.settings import in_london
from publishing.site import public_record

FOLDERS = ("markdown", "site")
"""What of a release is gone back to; its manifest is written anew."""

_PLACE = "releases"
_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(-\d+)?(-left)?")
_LEFT = "-left"
"""Ends the name of a release from which somebody went back."""

_READ = frozenset({".html", ".css", ".js"})
"""What readers see; feeds, maps and archives hold the day of each build besides."""


@dataclass(frozen=True)
class KeptRelease:
    """A release that was replaced. `name` tells when, in London; `whole` is whether every file of it is still there."""

    name: str
    folder: Path
    whole: bool

    @property
    def left(self) -> bool:
        """Whether somebody went back from it."""
        return self.name.endswith(_LEFT)

    @property
    def until(self) -> str:
        """When it was replaced, for a person to read."""
        moment = dt.datetime.strptime(self.name[:17], "%Y-%m-%d-%H%M%S")
        return f"{moment.day} {moment:%B %Y, %H:%M}"

    @property
    def size(self) -> int:
        """Bytes that it takes on the disk."""
        return disk_room.used_bytes(self.folder)


def list_releases(out: Path) -> tuple[KeptRelease, ...]:
    """Every kept release, the newest first."""
    place = swap.private_path(out, _PLACE)
    folders = [path for path in place.iterdir() if _NAME.fullmatch(path.name)] if place.is_dir() else []
    return tuple(
        KeptRelease(folder.name, folder, _is_whole(folder))
        for folder in sorted(folders, key=lambda folder: folder.name, reverse=True)
    )


def find_release(out: Path, name: str | None) -> KeptRelease:
    """The release of a name; without one the newest from which nobody went back.

    Raises:
        PublishingError: there is none.
    """
    kept = list_releases(out)
    for release in kept:
        if release.name == name or (name is None and not release.left):
            return release
    if not kept:
        raise PublishingError("No release is kept yet: the first is kept when a build puts another site in its place.")
    raise PublishingError("There is no kept release of that name. Those there are: candour releases")


def keep(old: Path, out: Path, limit: int, gone: Collection[str], *, left: bool = False) -> tuple[str, ...]:
    """Keep a site that was replaced, if readers could tell it from the one in its place; older ones than `limit` go.

    Args:
        old: the folder that held <out> until now; it is moved.
        out: where the site is.
        limit: how many releases are kept; 0 keeps none.
        gone: references of what is withdrawn: it is taken out before the site is kept.
        left: whether somebody went back from it.

    Returns:
        What hindered it, in words: the new site stands all the same.
    """
    try:
        # what was taken apart on a full disk never was a release
        if limit and _is_whole(old) and (left or _differ(old, out)):
            _strip_withdrawn(old, gone)
            _move(old, swap.private_path(out, _PLACE), left)
        _prune(out, limit)
    except OSError as error:
        return (f"The release before could not be kept ({error.strerror}): nobody can go back to it.",)
    return ()


def make_room(out: Path) -> None:
    """Give up kept pages, then kept releases, the oldest first, while there is no room for another site."""
    if disk_room.free_bytes(out.resolve().parent) < disk_room.used_bytes(out):
        swap.drop_kept_pages(out)
    for release in reversed(list_releases(out)):
        if disk_room.free_bytes(out.resolve().parent) >= disk_room.used_bytes(out):
            return
        shutil.rmtree(release.folder, ignore_errors=True)


def purge(out: Path, gone: Collection[str]) -> tuple[str, ...]:
    """Take withdrawn reviews out of every kept release: its pages first, and last the record of each by which it is found.

    Killed at any moment, it is done to the end by the next build, withdrawal or rollback.

    Args:
        out: where the site is.
        gone: their public references.

    Returns:
        The names of releases of which something could not be removed.
    """
    failed = []
    for release in list_releases(out):
        try:
            _strip_withdrawn(release.folder, gone)
        except OSError:
            failed.append(release.name)
    return tuple(failed)


def explain_stuck(name: str) -> str:
    """What somebody must do about a release that could not be purged."""
    return (
        f"A REVIEW THAT WAS WITHDRAWN STILL LIES IN THE KEPT RELEASE {name}, privately, because it could not be removed: delete that "
        "folder by hand (its path: candour releases)"
    )


def _strip_withdrawn(folder: Path, gone: Collection[str]) -> None:
    """Leave of a release that holds withdrawn reviews nothing but the records of the others."""
    records = [folder / part / public_record.record_path(public_id) for part in FOLDERS for public_id in gone]
    if there := [path for path in records if path.exists()]:
        _strip(folder, there)


def _strip(folder: Path, records: Iterable[Path]) -> None:
    """Leave the records of a release alone, without some."""
    own = folder / "markdown" / "data"
    kept = {*entries_of(own / "reviews", ".json"), folder / "markdown" / public_record.WITHDRAWN}
    kept.add(folder / "markdown" / public_record.NATIONAL)
    if (folder / "site").exists():
        shutil.rmtree(folder / "site")
    for root, _, files in os.walk(folder, topdown=False):
        for name in files:
            if Path(root, name) not in kept:
                Path(root, name).unlink()
        with suppress(OSError):
            # what is not empty stays
            os.rmdir(root)
    for record in records:
        record.unlink(missing_ok=True)


def _move(old: Path, place: Path, left: bool) -> None:
    place.mkdir(mode=0o700, exist_ok=True)
    for entry in old.iterdir():
        if entry.name not in swap.OURS:
            # what is not the build's own was carried over into the new site
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    stamp = f"{in_london(dt.datetime.now(dt.UTC)):%Y-%m-%d-%H%M%S}"
    taken = {path.name.removesuffix(_LEFT) for path in place.iterdir()}
    free = next(name for name in (stamp, *(f"{stamp}-{n}" for n in range(1, 100))) if name not in taken)
    old.chmod(0o700)
    os.rename(old, place / f"{free}{_LEFT if left else ''}")


def _prune(out: Path, limit: int) -> None:
    for release in list_releases(out)[limit:]:
        shutil.rmtree(release.folder)


def _is_whole(folder: Path) -> bool:
    """Whether a release is as it stood: one that was taken apart on a full disk, or purged, has no pages in Markdown."""
    return (folder / "site" / "index.html").is_file() and (folder / "markdown" / "index.md").is_file()


def _differ(old: Path, new: Path) -> bool:
    """Whether readers could tell two sites apart."""
    seen = _seen(old)
    # most that differ do so in the length of a page: then nothing needs to be read
    return seen != _seen(new) or any((old / name).read_bytes() != (new / name).read_bytes() for name in seen)


def _seen(folder: Path) -> dict[str, int]:
    """What readers see of a site, and the records of its reviews: how long each file is."""
    records = entries_of(folder / "markdown" / "data" / "reviews", ".json")
    pages = (path for path in (folder / "site").rglob("*") if path.suffix in _READ)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in (*records, *pages) if path.is_file()}
