"""What need not be worked out again, such as the redaction of a case. PRIVATE: kept in the reviews folder or beside the site, readable by its owner alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from publishing.files import atomic_writes
from publishing.files.reuse import Cause, Causes, find_causes

_PRIVATE = ".candour"

KEPT_DAYS = 30
"""Days after which an entry that no build has asked for is swept away."""


_HEAD = len('{"sha256": "", ') + 64
"""Bytes that an entry begins with: the hash of what follows in it, so that none that was damaged is taken."""


class Cache:
    """A folder of JSON files, one a result, each named by the hash of everything that decides it; those of one case may lie in a folder of its own.

    A folder that cannot be written to, and an entry that cannot be read, only cost time.
    """

    def __init__(self, folder: Path, *, lasting: bool = True) -> None:
        """`lasting`: an entry is on the disk before it has its name, so that a power cut loses none; the thousands of a site's pages need not be."""
        self.folder = folder
        self._lasting = lasting
        self._made: set[str] = set()
        self._stock: tuple[Sequence[str], set[str]] = (), set()

    @classmethod
    def of_reviews(cls, reviews: Path, name: str = "cache") -> Cache:
        """What is worked out from cases, in `.candour/` of the reviews folder; `name` is the folder's, one a kind of result."""
        return cls(reviews / _PRIVATE / name)

    def get(self, key: str) -> dict[str, Any] | None:
        """What is stored under a key, or None."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            if data[:_HEAD] != _head(data[_HEAD:]):
                return None
            entry = json.loads(data)
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
            said = json.dumps({"key": path.stem, "value": value}, ensure_ascii=False).encode()[1:]
            entry = _head(said) + said
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
                if os.path.isdir(path):
                    # what is not empty stays
                    os.rmdir(path)
                elif os.stat(path).st_mtime < (oldest if path.endswith(".json") else time.time() - 3600):
                    os.unlink(path)

    def part(self, name: str) -> Cache:
        """A folder within, of entries that are tidied up by themselves."""
        return Cache(self.folder / name, lasting=self._lasting)

    def keep_only(self, keys: Collection[str], part: str = "") -> bool:
        """Remove every entry but these and those of a part, and what killed builds left half written; whether nothing else is left."""
        kept = {str(self._path(key)) for key in keys}
        if part and (self.folder / part).is_dir():
            kept |= {str(self.folder / part), *map(str, (self.folder / part).iterdir())}
        with contextlib.suppress(OSError):
            if self.folder.is_symlink():
                # what it leads to is not ours
                self.folder.unlink()
        for path in (*self._take_stock(), str(self.folder)):
            if path not in kept:
                with contextlib.suppress(OSError):
                    # a folder that is not empty stays
                    Path(path).rmdir() if _is_folder(path) else Path(path).unlink()
        return kept.issuperset(path for path in self._list() if not _is_folder(path))

    def find_causes(self, made_of: Sequence[Cause]) -> dict[str, Causes]:
        """Why what was put here until this was last tidied up had to be made; `made_of` as `reuse.find_causes` has it."""
        paths, made = self._stock
        if not made:
            return {}
        first = len(str(self.folder)) + 1
        named = (os.path.splitext(path[first:]) for path in paths)
        there = {name.replace(os.sep, "/") for name, ending in named if ending}
        return find_causes(made, there - made, made_of)

    def _take_stock(self) -> Sequence[str]:
        """What is here, as `_list` has it, noted for `find_causes`."""
        self._stock = [*self._list()], self._made
        self._made = set()
        return self._stock[0]

    def _list(self) -> Iterator[str]:
        """Everything that is here, what is in a folder before it: as text, since there are ten thousands of paths."""
        for place, folders, files in os.walk(self.folder, topdown=False):
            yield from (os.path.join(place, name) for name in (*files, *folders))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _make_folder(self, place: Path) -> None:
        above = [self.folder.parent] if self.folder.parent.name == _PRIVATE else []
        for folder in dict.fromkeys((*above, self.folder, place)):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _head(said: bytes) -> bytes:
    return b'{"sha256": "%s", ' % hashlib.sha256(said).hexdigest().encode()


def key_of(*, determined_by: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of everything that decides a result."""
    return _hash(_canonical(determined_by))


def telling_key(*, determined_by: dict[str, Any]) -> str:
    """As `key_of`, after a short hash of each of what decides it in order: the name of an entry tells in which of them another differs."""
    # a part is the inside of braces: text is written as JSON once
    parts = {name: _canonical({name: value})[1:-1] for name, value in determined_by.items()}
    whole = ",".join(parts[name] for name in sorted(parts))
    return "-".join((*(_hash(f"{{{part}}}")[:10] for part in parts.values()), _hash(f"{{{whole}}}")))


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
