"""A command struck at one of the calls by which it changes files: killed there, or told that the disk is full or broken."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tests.support.running import become

CHANGING = (
    "openat,write,pwrite64,writev,sendfile,copy_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,"
    "symlink,symlinkat,truncate,ftruncate,fallocate,chmod,fchmod,fchmodat,utimensat,fsync,fdatasync,syncfs"
)
"""What a program asks of Linux to change a file, a folder or a name, or to have it reach the disk."""

_CALL = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")


@dataclass(frozen=True)
class Call:
    """One call of a command: `number` counts the calls of that name, from 1, as strace does; `said` is what strace noted of it."""

    name: str
    number: int
    said: str


@dataclass(frozen=True)
class Ended:
    """How a command ended: `code` is minus the signal where it was killed."""

    code: int
    out: str
    err: str


def run_struck(command: Callable[[], None], folder: Path, *strace: str) -> Ended:
    """Run a command in a copy of this process, watched by strace from its first step.

    Args:
        command: what it does; it ends by raising SystemExit or by returning.
        folder: where its output and strace's log are kept.
        strace: what strace is asked besides.
    """
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        _be(command, folder, ready, go)
    os.close(ready)
    watcher = subprocess.Popen(
        ["strace", "-f", "-y", "-s", "0", "-p", str(child), "-o", str(folder / "calls.log"), *strace],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watcher.stderr is not None
    assert "attached" in watcher.stderr.readline()
    os.write(go, b"!")
    os.close(go)
    _, status = os.waitpid(child, 0)
    watcher.communicate()
    said = [(folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")]
    return Ended(os.waitstatus_to_exitcode(status), *said)


def _be(command: Callable[[], None], folder: Path, ready: int, go: int) -> NoReturn:
    """The copy: it waits until it is watched."""
    os.close(go)
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.read(ready, 1)
    become(command)


def changing_calls(log: Path, place: Path) -> list[Call]:
    """Every call of a log by which something under a place was to be changed, in its order."""
    return [
        Call(name, number, said)
        for name, number, said in _calls(log, Counter())
        if str(place) in said and (name != "openat" or _WRITES.search(said))
    ]


def reading_calls(log: Path, place: Path) -> list[Call]:
    """Every call of a log by which a file or folder under a place was opened to be read, in its order."""
    return [
        Call(name, number, said)
        for name, number, said in _calls(log, Counter())
        if name == "openat" and str(place) in said and not _WRITES.search(said) and "= -1" not in said
    ]


def _calls(log: Path, counted: Counter[tuple[str, str]]) -> Iterator[tuple[str, int, str]]:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _CALL.match(line):
            counted[match["pid"], match["name"]] += 1
            yield match["name"], counted[match["pid"], match["name"]], match["rest"]


# --- power loss -------------------------------------------------------------------------------------------------------
_PATHS = re.compile(r'"([^"]*)"')
_OPEN = re.compile(r"^\d+<([^>]*)>")
_KEPT = ".candour-releases/"
"""Where old releases go: what of that is lost in a power cut was public, and the next build or withdrawal does again."""


@dataclass(frozen=True)
class Renaming:
    """One renaming that puts something in its place, and what a power cut could still undo of it or empty."""

    said: str
    faults: tuple[str, ...]


def disk_order(log: Path, place: Path) -> list[Renaming]:
    """Every renaming under a place, held against what reached the disk before it and after it.

    Linux promises no more than this: a file's content is on the disk after its fsync, a name after that of its folder, and
    both after syncfs of the filesystem.
    """
    calls = [(name, said) for name, _, said in _calls(log, Counter()) if "= -1" not in said]
    found = []
    for turn, (name, said) in enumerate(calls):
        if not name.startswith("rename") or str(place) not in said:
            continue
        old, new = _PATHS.findall(said)
        if _KEPT in new:
            continue
        unsafe = _not_on_disk(calls[:turn], old)
        faults = [f"{path} had not reached the disk" for path in unsafe]
        if not _settled_after(calls[turn:], str(Path(new).parent)):
            faults.append("its new name may not have reached the disk")
        found.append(Renaming(f"{old} -> {new}", tuple(faults)))
    return found


def _not_on_disk(calls: list[tuple[str, str]], renamed: str) -> list[str]:
    """Files at or under a path that were written and did not reach the disk since."""
    written: dict[str, None] = {}
    for name, said in calls:
        opened = _OPEN.match(said)
        path = opened[1] if opened else ""
        if name == "syncfs":
            written.clear()
        elif name in ("fsync", "fdatasync"):
            written.pop(path, None)
        elif name in ("write", "pwrite64", "writev", "sendfile"):
            written[path] = None
    return [path for path in written if path == renamed or path.startswith(f"{renamed}/")]


def _settled_after(calls: list[tuple[str, str]], folder: str) -> bool:
    opened = ((name, _OPEN.match(said)) for name, said in calls)
    return any(name == "syncfs" or (name == "fsync" and match and match[1] == folder) for name, match in opened)
