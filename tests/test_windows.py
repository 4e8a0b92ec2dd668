"""What can be known on another system of whether the code runs on Windows; README says how the packages were checked."""

from __future__ import annotations

import ast
import errno
import os
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishing.release import swap
from tests.support.paths import ROOT

MODULES = frozenset("crypt fcntl grp nis posix pty pwd resource spwd syslog termios tty".split())
CALLS = frozenset(
    "O_CLOEXEC O_DIRECTORY O_NOFOLLOW chown chroot fchmod fchown fork forkpty getegid geteuid getgid getloadavg getpgid "
    "getuid kill killpg lchmod lchown link mkfifo mknod nice openpty renameat sched_getaffinity setgid setsid setuid "
    "statvfs symlink sync uname wait waitpid".split()
)


def _posix_only(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each thing that Windows does not have, with its line; what stands under a question about the system is spared."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and any(word in ast.unparse(node.test) for word in ("os.name", "sys.platform")):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from ((node.lineno, name) for name in names if name.split(".")[0] in MODULES)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called = f"{node.value.id}.{node.attr}"
            if (node.value.id == "os" and node.attr in CALLS) or (
                node.value.id == "signal" and node.attr not in ("SIGINT", "SIGTERM", "SIG_DFL", "signal")
            ):
                yield node.lineno, called
        yield from _posix_only(node)


def test_nothing_is_called_that_windows_does_not_have() -> None:
    """But where the code asks which system it runs on, and does otherwise elsewhere."""
    paths = [path for name in ("publishing", "redaction") for path in sorted((ROOT / name).rglob("*.py"))]
    found = [
        (path.name, line, name)
        for path in paths
        for line, name in _posix_only(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(paths) > 50
    assert found == []


def _as_the_system_likes(tree: ast.AST) -> Iterator[int]:
    """Each line on which text is written with whatever ends a line on the system, or read or written in its own encoding."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = {keyword.arg for keyword in node.keywords}
        modes = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        writes = (name == "write_text" and node.keywords) or (name in ("open", "fdopen") and "w" in modes)
        if (writes and not {"encoding", "newline"} <= given) or (
            isinstance(node.func, ast.Attribute) and name == "read_text" and "encoding" not in given
        ):
            yield node.lineno


def test_files_are_the_same_on_every_system() -> None:
    """UTF-8, and lines end with a line feed alone: else a site built on Windows would differ byte by byte."""
    paths = [path for name in ("publishing", "redaction") for path in sorted((ROOT / name).rglob("*.py"))]
    found = [(p.name, n) for p in paths for n in _as_the_system_likes(ast.parse(p.read_text(encoding="utf-8")))]
    assert found == []
    bad = ("p.write_text(x, encoding='utf-8')", "open(p, 'w', newline='')", "os.fdopen(h, 'w')", "p.read_text()")
    assert all(list(_as_the_system_likes(ast.parse(code))) == [1] for code in bad)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("def f():\n    os.fork()", ["os.fork"]),
        ("signal.SIGKILL", ["signal.SIGKILL"]),
        ("if os.name == 'posix':\n    os.chown(a, 1, 1)", []),
        ("os.replace(a, b)", []),
    ],
)
def test_the_search_finds_what_it_is_for(code: str, found: list[str]) -> None:
    """And passes over what every system has."""
    assert [name for _, name in _posix_only(ast.parse(code))] == found


def test_a_site_is_exchanged_as_windows_lets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No exchange, no folder opened, no open file taken away, no renaming onto what is there; and its kind of lock."""
    locked: list[int] = []
    opened: dict[str, int] = {}
    real_open, real_close, real_rename, real_unlink = os.open, os.close, os.rename, Path.unlink

    def open_(path: str | Path, *rest: int, **named: int) -> int:
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, "a folder cannot be opened")
        handle = real_open(path, *rest, **named)
        opened[str(path)] = handle
        return handle

    def close(handle: int) -> None:
        for path in [path for path, known in opened.items() if known == handle]:
            del opened[path]
        real_close(handle)

    def rename(one: str | Path, other: str | Path) -> None:
        if os.path.lexists(other):
            raise FileExistsError(errno.EEXIST, "it is there already")
        real_rename(one, other)

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if str(path) in opened:
            raise PermissionError(errno.EACCES, "it is open")
        real_unlink(path, missing_ok)

    msvcrt = types.SimpleNamespace(LK_NBLCK=2, locking=lambda handle, mode, size: locked.append(handle))
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(sys, "platform", "win32")
    # how the library removes folders where they cannot be opened
    monkeypatch.setattr(shutil, "_use_fd_functions", False)
    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "close", close)
    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(Path, "unlink", unlink)
    for text in ("old", "new"):
        with swap.staging(tmp_path / "build") as folder:
            (folder / "site").mkdir()
            (folder / "site" / "index.html").write_text(text, encoding="utf-8")
            swap.swap(folder, tmp_path / "build")
    monkeypatch.undo()
    assert (tmp_path / "build" / "site" / "index.html").read_text(encoding="utf-8") == "new"
    assert len(locked) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build.candour-lock", "build"]
