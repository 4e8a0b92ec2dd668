"""The sample site, built once for every test of this folder by the real command line, cut off from the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

# the small house of the release tests: two signed cases and their published site
from tests.publishing.release.conftest import house, published, redactor, sign  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-12-01"
"""The day of every build here; each sample that may be published is out of its embargo by then, but one."""

CANDOUR = (str(Path(sys.executable).with_name("candour")),)

GUARD = """
import os, socket

LOG = os.environ["CANDOUR_NETWORK_LOG"]

def note(line):
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(line + "\\n")

def is_local(address):
    host = address[0] if isinstance(address, tuple) else address
    return not isinstance(address, tuple) or str(host) in ("127.0.0.1", "::1", "localhost")

class Socket(socket.socket):
    def connect(self, address):
        self._ask(address)
        return super().connect(address)

    def connect_ex(self, address):
        self._ask(address)
        return super().connect_ex(address)

    def sendto(self, data, *rest):
        self._ask(rest[-1])
        return super().sendto(data, *rest)

    def _ask(self, address):
        if not is_local(address):
            note("reached out")
            raise OSError("this test allows no network")

real = socket.getaddrinfo

def getaddrinfo(host, *rest, **more):
    if host and not is_local((host,)):
        note("asked for a host's address")
        raise OSError("this test allows no network")
    return real(host, *rest, **more)

socket.socket, socket.getaddrinfo = Socket, getaddrinfo
note("watching")
"""
"""A sitecustomize module: every Python process that finds it on its path refuses to reach another host, and says so."""


CLOCK = """
import datetime, time

AHEAD = datetime.timedelta(days=1000)
real_time, real_gmtime, real_localtime, real = time.time, time.gmtime, time.localtime, datetime.datetime

class Same(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)

class Later(real, metaclass=Same):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + AHEAD

    @classmethod
    def utcnow(cls):
        return real.utcnow() + AHEAD

Later.__name__ = Later.__qualname__ = "datetime"
datetime.datetime = Later
time.time = lambda: real_time() + AHEAD.total_seconds()
time.gmtime = lambda seconds=None: real_gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: real_localtime(time.time() if seconds is None else seconds)
"""
"""A sitecustomize module: every Python process that finds it on its path believes that it is nearly three years later."""


@dataclass(frozen=True)
class Sample:
    """The samples as built: the private copy and what it held, the output, what was said, how far it was cut off."""

    reviews: Path
    given: dict[str, bytes]
    out: Path
    done: subprocess.CompletedProcess[str]
    isolated: bool
    network_log: tuple[str, ...]


def isolation() -> tuple[str, ...]:
    """The command that runs another in a network namespace without a route; empty where that is not permitted."""
    for command in (("unshare", "-rn"), ("unshare", "-n")):
        if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return ()


def on_path(folder: Path) -> str:
    """A PYTHONPATH with a folder in front of what it holds."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def run(*arguments: str, cwd: Path, before: Sequence[str] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `candour …` as a user would, from another folder than the repository's."""
    return subprocess.run(
        [*before, *CANDOUR, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=540,
    )


def build(
    cwd: Path, reviews: Path, out: Path, before: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """`candour build` for the fixed day."""
    arguments = ("build", "--reviews", str(reviews), "--out", str(out), "--as-of", AS_OF)
    return run(*arguments, cwd=cwd, before=before, **environment)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample cases, copied without any cache, and the site that one cold build makes of them."""
    root = tmp_path_factory.mktemp("sample")
    reviews = shutil.copytree(ROOT / "reviews", root / "reviews", ignore=shutil.ignore_patterns(".candour"))
    given = {path.relative_to(reviews).as_posix(): path.read_bytes() for path in reviews.rglob("*") if path.is_file()}
    guard, log = root / "guard", root / "network.log"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    before = isolation()
    (root / "build").mkdir()
    shutil.copy(ROOT / "build" / "README.md", root / "build")
    done = build(
        root, reviews, root / "build", before, PYTHONPATH=on_path(guard), CANDOUR_NETWORK_LOG=str(log), LANG="C.UTF-8"
    )
    lines = tuple(log.read_text(encoding="utf-8").splitlines()) if log.exists() else ()
    return Sample(reviews, given, root / "build", done, bool(before), lines)


@pytest.fixture(scope="session")
def again(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same cases built once more: with the cache, on another day, in another zone, with other hashes, elsewhere."""
    root = tmp_path_factory.mktemp("again")
    (root / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    shutil.copytree(ROOT / "build", root / "public", ignore=shutil.ignore_patterns("markdown", "site"))
    done = build(
        root,
        sample.reviews,
        root / "public",
        PYTHONPATH=on_path(root),
        PYTHONHASHSEED="7",
        TZ="Pacific/Auckland",
        SOURCE_DATE_EPOCH="1",
    )
    assert done.returncode == 0, "the samples could not be built again"
    return root / "public"
