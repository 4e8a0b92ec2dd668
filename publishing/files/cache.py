"""What need not be worked out again, such as the redaction of a case. PRIVATE: kept in the reviews folder or beside the site, readable by its owner alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from publishing.files import atomic_writes
from publishing.files.reuse import Cause, Causes, find_causes

_PRIVATE = ".candour"

KEPT_DAYS = 30
"""Days after which an entry that no build has asked for is swept away."""


class Cache:
    """A folder of JSON files, one a result, each named by the hash of everything that decides it; those of one case may lie in a folder of its own.

    A folder that cannot be written to, and an entry that cannot be read, only cost time.
    """

    def __init__(self, folder: Path, *, lasting: bool = True) -> None:
        """`lasting`: an entry is on the disk before it has its name, so that a power cut loses none; the thousands of a site's pages need not be."""
        self.folder = folder
        self._lasting = lasting
        self._made: set[str] = set()
        self._stock: tuple[Sequence[Path], set[str]] = (), set()

    @classmethod
    def of_reviews(cls, reviews: Path, name: str = "cache") -> Cache:
        """What is worked out from cases, in `.candour/` of the reviews folder; `name` is the folder's, one a kind of result."""
        return cls(reviews / _PRIVATE / name)

    def get(self, key: str) -> dict[str, Any] | None:
        """What is stored under a key, or None."""
        path = self._path(key)
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(entry, dict) or entry.get("key") != path.stem or not isinstance(entry.get("value"), dict):
                return None
            os.utime(path)
        except (OSError, ValueError, RecursionError):
            return None
        value: dict[str, Any] = entry["value"]
        return value

    def touch(self, key: str) -> bool:
        """Ask for an entry without reading it, so that it stays; whether it is there."""
        try:
            os.utime(self._path(key))
        except OSError:
            return False
        return True

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Store a value whole or not at all."""
        self._made.add(key)
        with contextlib.suppress(OSError):
            path = self._path(key)
            if path.parent != self.folder and not (self.folder.parents[1] / path.parent.name).is_dir():
                # the case was forgotten or renamed meanwhile
                return
            self._make_folder(path.parent)
            entry = json.dumps({"key": path.stem, "value": value}, ensure_ascii=False).encode()
            if self._lasting:
                atomic_writes.write(path, entry)
            else:
                half = path.with_suffix(".part")
                half.write_bytes(entry)
                os.replace(half, path)

    def sweep(self) -> None:
        """Remove what no build has asked for in a long time, and what killed builds left half written."""
        oldest = time.time() - KEPT_DAYS * 86400
        for path in self._take_stock():
            with contextlib.suppress(OSError):
                if path.is_dir():
                    # what is not empty stays
                    path.rmdir()
                elif path.stat().st_mtime < (oldest if path.suffix == ".json" else time.time() - 3600):
                    path.unlink()

    def part(self, name: str) -> Cache:
        """A folder within, of entries that are tidied up by themselves."""
        return Cache(self.folder / name, lasting=self._lasting)

    def keep_only(self, keys: Collection[str], part: str = "") -> bool:
        """Remove every entry but these and those of a part, and what killed builds left half written; whether nothing else is left."""
        kept = {self._path(key) for key in keys}
        if part:
            kept |= {self.folder / part, *(self.folder / part).iterdir()} if (self.folder / part).is_dir() else set()
        with contextlib.suppress(OSError):
            if self.folder.is_symlink():
                # what it leads to is not ours
                self.folder.unlink()
        for path in (*self._take_stock(), self.folder):
            if path not in kept:
                with contextlib.suppress(OSError):
                    # a folder that is not empty stays
                    path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        return {path for path in self.folder.rglob("*") if path.is_symlink() or not path.is_dir()} <= kept

    def find_causes(self, made_of: Sequence[Cause]) -> dict[str, Causes]:
        """Why what was put here until this was last tidied up had to be made; `made_of` as `reuse.find_causes` has it."""
        paths, made = self._stock
        if not made:
            return {}
        there = {path.relative_to(self.folder).with_suffix("").as_posix() for path in paths if path.suffix}
        return find_causes(made, there - made, made_of)

    def _take_stock(self) -> Sequence[Path]:
        """Everything that is here, what is in a folder before it."""
        self._stock = sorted(self.folder.rglob("*"), reverse=True), self._made
        self._made = set()
        return self._stock[0]

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _make_folder(self, place: Path) -> None:
        above = [self.folder.parent] if self.folder.parent.name == _PRIVATE else []
        for folder in dict.fromkeys((*above, self.folder, place)):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)


def key_of(*, determined_by: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of everything that decides a result."""
    canonical = json.dumps(determined_by, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", errors="surrogatepass")).hexdigest()


def telling_key(*, determined_by: dict[str, Any]) -> str:
    """As `key_of`, after a short hash of each of what decides it in order: the name of an entry tells in which of them another differs."""
    short = (key_of(determined_by={name: value})[:10] for name, value in determined_by.items())
    return "-".join((*short, key_of(determined_by=determined_by)))
