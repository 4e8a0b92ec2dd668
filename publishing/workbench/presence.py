"""Who has a case open: a note for others, never a lock. Each workbench keeps one small file in `.candour/open` of the reviews folder.

A page that is open says so every minute; what was not heard of for minutes is no longer told. Another tab of the same browser, and
another workbench over the same folder, are told alike.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.files import atomic_writes
from publishing.settings import in_london, login_name

STALE = 300.0
"""Seconds after which a page that was not heard of counts as closed."""

LATE = 10.0
"""Seconds for which what a page sent before it was left may still arrive."""

_LEFT = 86400.0
"""Seconds after which the file of a workbench that was killed is taken away."""

_NAME_LIMIT = 100


@dataclass(frozen=True)
class Opening:
    """A case that somebody has open; `here` is whether in another tab of this very workbench."""

    who: str
    since: dt.datetime
    here: bool = False

    def __str__(self) -> str:
        """For a person to read: open with J. Smith since 10:40."""
        where = "open in another tab here" if self.here else f"open with {self.who}"
        return f"{where} since {self.clock}"

    @property
    def clock(self) -> str:
        """When it was opened."""
        return _clock(self.since)


@dataclass(frozen=True)
class RunningWorkbench:
    """A workbench that runs over the same folder: who started it, and when."""

    who: str
    since: dt.datetime

    @property
    def clock(self) -> str:
        """When it was started."""
        return _clock(self.since)


@dataclass
class _Page:
    """A page of a case that is open in the browser: since when somebody has the case open, when it was shown, and last heard of."""

    case: str
    since: float
    shown: float
    heard: float


class Presence:
    """The pages that are open in this workbench, and what the other workbenches of one reviews folder tell of theirs.

    `clock` gives the seconds since 1970. Whatever cannot be written or read is not told: nothing depends on it.
    """

    def __init__(self, reviews: Path, clock: Callable[[], float] = time.time) -> None:
        self.who = ""
        self._reviews = reviews
        self._folder = reviews / ".candour" / "open"
        self._own = self._folder / f"{secrets.token_hex(8)}.json"
        self._clock = clock
        self._started = clock()
        self._pages: dict[str, _Page] = {}
        self._left: dict[str, float] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Say that this workbench runs."""
        with self._lock:
            self._write()

    def stop(self) -> None:
        """Say nothing any more."""
        with contextlib.suppress(OSError):
            self._own.unlink(missing_ok=True)

    def open_page(self, case: str) -> str:
        """A page of a case was shown; the name by which it is heard of again."""
        page = secrets.token_hex(8)
        with self._lock:
            now = self._clock()
            self._drop_stale(now)
            since = min((known.since for known in self._pages.values() if known.case == case), default=now)
            self._pages[page] = _Page(case, since, now, now)
            self._write()
        return page

    def hear(self, page: str, case: str) -> None:
        """A page is still open."""
        with self._lock:
            now = self._clock()
            self._drop_stale(now)
            if page in self._left:
                # it said so before it left, and was heard after
                return
            # a machine that slept wakes with its pages open
            self._pages.setdefault(page, _Page(case, now, now, now)).heard = now
            self._write()

    def close_page(self, page: str) -> None:
        """A page was left."""
        with self._lock:
            self._left[page] = self._clock()
            if self._pages.pop(page, None):
                self._write()

    def others(self, case: str, page: str) -> tuple[Opening, ...]:
        """Who else has a case open than one page.

        A page of this workbench counts once it was heard of since that one was shown: the page that led to it may have been left
        without a word.
        """
        now = self._clock()
        with self._lock:
            self._drop_stale(now)
            shown = self._pages[page].shown if page in self._pages else 0.0
            tabs = [p.since for name, p in self._pages.items() if p.case == case and name != page and p.heard >= shown]
        here = [Opening(self._name(), _moment(min(tabs)), here=True)] if tabs else []
        return (*here, *self._elsewhere().get(case, ()))

    def everywhere(self) -> dict[str, tuple[Opening, ...]]:
        """Every case that is open, in this workbench or another."""
        with self._lock:
            self._drop_stale(self._clock())
            since: dict[str, float] = {}
            for page in self._pages.values():
                since[page.case] = min(page.since, since.get(page.case, page.since))
        found = self._elsewhere()
        for case, start in since.items():
            found[case] = (Opening(self._name(), _moment(start)), *found.get(case, ()))
        return found

    def find_running(self, process: int) -> RunningWorkbench | None:
        """The workbench over the same folder that runs in a process, the newest that said so."""
        said = [told for told in self._others() if told["process"] == process]
        newest = max(said, key=lambda told: told["started"], default=None)
        return RunningWorkbench(newest["who"], _moment(newest["started"])) if newest else None

    def _name(self) -> str:
        return self.who or login_name("somebody")[:_NAME_LIMIT]

    def _drop_stale(self, now: float) -> None:
        for name in [name for name, page in self._pages.items() if page.heard < now - STALE]:
            del self._pages[name]
        # a page that somebody goes back to may say again that it is open
        self._left = {page: at for page, at in self._left.items() if at > now - LATE}

    def _write(self) -> None:
        """Tell the others; a note that cannot be kept hinders nothing."""
        told = {
            "who": self._name(),
            "process": os.getpid(),
            "started": self._started,
            "heard": self._clock(),
            # of a case that was forgotten or renamed meanwhile nothing is told
            "cases": {p.case: p.since for p in self._pages.values() if (self._reviews / p.case).is_dir()},
        }
        with contextlib.suppress(OSError):
            for made in (self._folder.parent, self._folder):
                made.mkdir(mode=0o700, exist_ok=True)
            atomic_writes.write(self._own, json.dumps(told, ensure_ascii=False).encode())

    def _elsewhere(self) -> dict[str, tuple[Opening, ...]]:
        found: dict[str, tuple[Opening, ...]] = {}
        oldest = self._clock() - STALE
        for told in self._others():
            for case, since in told["cases"].items() if told["heard"] >= oldest else ():
                found[case] = (*found.get(case, ()), Opening(told["who"], _moment(since)))
        return found

    def _others(self) -> list[dict[str, Any]]:
        """What other workbenches said last; what was left behind by one that was killed long ago is taken away."""
        found = []
        with contextlib.suppress(OSError):
            for path in self._folder.glob("*.json"):
                told = _read(path) if path != self._own else None
                if told is None:
                    continue
                if told["heard"] < self._clock() - _LEFT:
                    with contextlib.suppress(OSError):
                        path.unlink()
                    continue
                found.append(told)
        return found


def _read(path: Path) -> dict[str, Any] | None:
    """What a workbench said of itself; None where that cannot be understood."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        for moment in (told["started"], told["heard"]):
            _moment(moment)
        return {
            "who": str(told["who"])[:_NAME_LIMIT],
            "process": int(told["process"]),
            "started": float(told["started"]),
            "heard": float(told["heard"]),
            "cases": {str(case): _moment(since).timestamp() for case, since in told["cases"].items()},
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _clock(moment: dt.datetime) -> str:
    """A time of today as 10:40, an earlier one with its day."""
    now, then = in_london(dt.datetime.now(dt.UTC)), in_london(moment)
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%H:%M} on {then.day} {then:%B}"
