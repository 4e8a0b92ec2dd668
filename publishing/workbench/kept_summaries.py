"""The summaries of cases, kept in `.candour/states` of the reviews folder.

Each lies there under a hash of the bytes of its case's files, of the engine, of who may sign and of the rules of this program, so that what
is kept is never of another case, text, engine or list of signers.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from publishing.checking import intruder, signature_files
from publishing.checking.signers import load_signers, moments_seen
from publishing.files.cache import Cache, key_of
from publishing.files.program import hash_program
from publishing.intake.case_files import READ_FILES, fingerprint
from publishing.workbench.case_summaries import CaseSummary, FindRedaction, summarise

_FILES = (*READ_FILES, signature_files.SIGNED, signature_files.SIGNOFF, intruder.GUESSES)

_SETTLED = 3.0
"""Seconds after which a file that is written again has another time, on every file system."""


@dataclass(frozen=True)
class Readers:
    """What decides, beside its files, how a case is read: the engine, the list of signers, and the signatures that this account has seen."""

    engine: str
    signers: str
    seen: Callable[[str], dt.datetime | None]

    @classmethod
    def load(cls, reviews: Path, engine: str) -> Readers:
        """As they are now.

        Raises:
            SignersError: the list of signers does not hold.
        """
        listed = load_signers(reviews)
        return cls(engine, listed.hashes[-1] if listed else "", moments_seen(reviews))

    def of(self, case: str) -> tuple[str, str, str]:
        """The same for one case, to be compared."""
        return self.engine, self.signers, str(self.seen(case))


class CaseSummaries:
    """The summaries of the cases of one reviews folder: in memory, on the disk, or worked out anew."""

    def __init__(self, reviews: Path) -> None:
        self._kept = Cache.of_reviews(reviews, "states")
        self._keys: dict[str, _SeenFiles] = {}
        self._known: dict[str, tuple[str, CaseSummary]] = {}

    def find(self, folder: Path, by: Readers) -> CaseSummary | None:
        """What is kept of a case as its files are now; None where nothing is."""
        key = self._key(folder, by)
        known = self._known.get(folder.name)
        if known is None or known[0] != key:
            summary = _parse(self._kept.get(key))
            if summary is None:
                return None
            known = self._known[folder.name] = (key, summary)
        return known[1]

    def work_out(self, folder: Path, find: FindRedaction, engine: str) -> CaseSummary | None:
        """Work a case out and keep it; None where a redaction that it needs is not there.

        Raises:
            SignersError: the list of signers does not hold.
        """
        key = self._hash_files(folder, Readers.load(folder.parent, engine))
        summary = summarise(folder, find)
        # what changed meanwhile is worked out again the next time
        if summary is not None and self._hash_files(folder, Readers.load(folder.parent, engine)) == key:
            self._known[folder.name] = (key, summary)
            self._kept.put(key, summary.model_dump(mode="json"))
        return summary

    def is_seen(self, folder: Path, by: Readers) -> bool:
        """Whether the files of a case are those that were looked at last, as far as their times and sizes tell."""
        seen = self._keys.get(folder.name)
        return seen is not None and seen.is_settled and seen.by == by.of(folder.name) and seen.times == _times(folder)

    def sweep(self) -> None:
        """Forget what nobody has asked for in a long time."""
        self._kept.sweep()

    def _key(self, folder: Path, by: Readers) -> str:
        """The key of a case; its files are read again only where their times and sizes are others."""
        return self._keys[folder.name].key if self.is_seen(folder, by) else self._hash_files(folder, by)

    def _hash_files(self, folder: Path, by: Readers) -> str:
        times, now = _times(folder), time.time()
        key = key_of(
            determined_by={
                "case": folder.name,
                "files": fingerprint(folder, _FILES),
                "links": [name for name, is_link, *_ in times if is_link],
                "by": by.of(folder.name),
                "rules": hash_program(),
            }
        )
        newest = max((changed for *_, changed in times), default=0) / 1e9
        self._keys[folder.name] = _SeenFiles(times, by.of(folder.name), key, newest < now - _SETTLED)
        return key


@dataclass(frozen=True)
class _SeenFiles:
    """The times and sizes of a case's files, and the key that their bytes gave; not `is_settled`: they may change unseen."""

    times: tuple[tuple[str, bool, int, int, int], ...]
    by: tuple[str, str, str]
    key: str
    is_settled: bool


def _times(folder: Path) -> tuple[tuple[str, bool, int, int, int], ...]:
    """(name, whether it is a link, number on the disk, bytes, when it changed) of every file that a state depends on."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_link = entry.is_symlink()
                if is_link or entry.name in _FILES:
                    about = entry.stat(follow_symlinks=False)
                    changed = max(about.st_mtime_ns, about.st_ctime_ns)
                    found.append((entry.name, is_link, about.st_ino, about.st_size, changed))
    except OSError:
        return ()
    return tuple(sorted(found))


def _parse(kept: object) -> CaseSummary | None:
    try:
        return CaseSummary.model_validate(kept) if kept else None
    except ValidationError:
        return None
