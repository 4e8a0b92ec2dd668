"""A release of which nothing changed is not made again: what stands is what would be made.

PRIVATE: what the last build told is kept in `.candour/release` of the reviews folder, for it names cases. One hash over that, over everything
that a build reads and over the site that stands lies beside the site: whoever can write there can change the site itself.
docs/decisions/0039-pages-are-kept-whole.md says why it is sound.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import stat
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.audit_log import LOG
from publishing.checking.signers import what_is_known
from publishing.files.cache import Cache, key_of
from publishing.files.program import hash_program
from publishing.release import swap
from publishing.release.notices import Notices
from publishing.settings import project_root, read_mkdocs_settings
from publishing.site import chromium
from redaction import Policy

FOLDER = "release"
"""The folder of what was told, beside the other caches."""

_ENTRY = "last"
_PRIVATE = ".candour"
_PROJECT = ("site_src", "templates")
_ASKED = ("CANDOUR_", "PAGEFIND_")
"""How the names of variables begin that a build asks the environment for."""


class Standing(BaseModel):
    """What the build that made the site that stands had to tell: `lines` are what else somebody should know. It left no case out for a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    published: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]
    notices: Notices
    withdrawn: tuple[str, ...]
    lines: tuple[str, ...]


class LastRelease:
    """What the site of <out> was made from last, held against what a build would read now.

    Args:
        reviews: the reviews folder, before a build reads it.
        out: where the site is.
        as_of: the day to build for.
    """

    def __init__(self, reviews: Path, out: Path, as_of: dt.date) -> None:
        self._told = Cache.of_reviews(reviews, FOLDER)
        self._beside = swap.kept_beside(out)
        self._reviews = reviews
        self._out = out.resolve()
        self._around = _describe_around(as_of)
        self._read = self._hash_reviews()

    def find(self) -> Standing | None:
        """What the last build told, where nothing that it read has changed, nor what it made; else None."""
        key = (self._beside.get(_ENTRY) or {}).get("key")
        last = self._told.get(_ENTRY) or {}
        told = last.get("told")
        # where a case changed, there is no need to read the whole site for it
        if self._read is None or last.get("read") != self._read or not key or not isinstance(told, str):
            return None
        if key != self._key(told):
            return None
        try:
            return Standing.model_validate_json(told)
        except ValidationError:
            return None

    def store(self, told: Standing, as_of: dt.date) -> None:
        """Keep what a build told, unless what it read changed while it was at work."""
        is_as_read = self._around == _describe_around(as_of) and self._read == self._hash_reviews()
        if self._read is not None and is_as_read:
            words = told.model_dump_json()
            self._told.put(_ENTRY, {"told": words, "read": self._read})
            self._beside.put(_ENTRY, {"key": self._key(words)})

    def _key(self, told: str) -> str | None:
        """The hash of everything; None where the site cannot be read."""
        try:
            standing = _hash_tree(self._out)
        except OSError:
            return None
        # an account learns from a build: what it knows is asked for again at the end
        known = hashlib.sha256(what_is_known()).hexdigest()
        return key_of(
            determined_by={
                "around": self._around,
                "reviews": self._read,
                "known": known,
                "standing": standing,
                "told": told,
            }
        )

    def _hash_reviews(self) -> str | None:
        """A hash of every file of the cases, and of what lies beside the caches; None where something cannot be read."""
        try:
            beside = sorted(
                path for path in (self._reviews / _PRIVATE).glob("*") if path.is_file() and not _is_passing(path.name)
            )
            return key_of(
                determined_by={
                    "cases": _hash_tree(self._reviews, without=_PRIVATE),
                    "beside": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in beside},
                }
            )
        except OSError:
            return None


def _is_passing(name: str) -> bool:
    """Whether a file is one that a build writes itself, or only a lock or room that is kept back."""
    return name in (LOG, "reserve") or name.endswith(".lock")


def _describe_around(as_of: dt.date) -> dict[str, Any]:
    """Everything beside the cases and the site that a build reads."""
    root = project_root()
    return {
        "day": as_of.isoformat(),
        "program": hash_program(),
        "engine": Policy.load().fingerprint,
        "project": [*(_hash_tree(root / name) for name in _PROJECT), (root / "mkdocs.yml").read_text(encoding="utf-8")],
        # mkdocs.yml may ask the environment
        "settings": repr(read_mkdocs_settings()),
        "environment": sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith(_ASKED)),
        "libraries": _list_libraries(),
        "python": platform.python_version(),
        "chromium": chromium.identify(),
    }


@cache
def _list_libraries() -> list[str]:
    """What is installed beside this program, as it was when the process first asked: what it has loaded stays as it is."""
    return sorted(f"{found.name} {found.version}" for found in distributions())


def _hash_tree(folder: Path, without: str = "") -> str:
    """A hash of every file, folder and link under a folder: its name, its mode and its bytes; of a link those that it leads to as well.

    Raises:
        OSError: something cannot be read.
    """

    def stop(error: OSError) -> None:
        raise error

    digest = hashlib.sha256()

    def add(path: str, name: str) -> None:
        mode = os.lstat(path).st_mode
        is_link = stat.S_ISLNK(mode)
        data = os.fsencode(os.readlink(path)) if is_link else b""
        if os.path.isfile(path) if is_link else stat.S_ISREG(mode):
            with open(path, "rb") as file:
                data += file.read()
        digest.update(f"{name!a} {mode} {len(data)}\n".encode() + hashlib.sha256(data).digest())

    top = str(folder)
    add(top, "")
    for root, folders, files in os.walk(top, onerror=stop):
        folders[:] = sorted(name for name in folders if root != top or name != without)
        for name in [*folders, *sorted(files)]:
            path = os.path.join(root, name)
            add(path, path[len(top) :])
    return digest.hexdigest()
