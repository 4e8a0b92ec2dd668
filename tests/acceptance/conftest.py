"""The sample site, built once for every test of this folder by the real command line, cut off from the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

# the small house of the release tests: two signed cases and their published site
from tests.publishing.release.conftest import house, published, redactor, sign  # noqa: F401

from .watching import Watched

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-12-01"
"""The day of every build here; each sample that may be published is out of its embargo by then, but one."""

CANDOUR = (str(Path(sys.executable).with_name("candour")),)

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
    """The samples as built: the private copy and what it held, the output, what was said, how far it was cut off, what it did."""

    reviews: Path
    given: dict[str, bytes]
    out: Path
    done: subprocess.CompletedProcess[str]
    isolated: bool
    watched: Watched


def isolation() -> tuple[str, ...]:
    """The command that runs another in a network namespace without a route; empty where that is not permitted."""
    for command in (("unshare", "-rn"), ("unshare", "-n")):
        if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return ()


def on_path(folder: Path) -> str:
    """A PYTHONPATH with a folder in front of what it holds."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def run(
    *arguments: str, cwd: Path, before: Sequence[str] = (), env: Mapping[str, str] = os.environ, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `candour …` as a user would, from another folder than the repository's."""
    return subprocess.run(
        [*before, *CANDOUR, *arguments],
        cwd=cwd,
        env={**env, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=540,
    )


def build(
    cwd: Path,
    reviews: Path,
    out: Path,
    before: Sequence[str] = (),
    env: Mapping[str, str] = os.environ,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """`candour build` for the fixed day."""
    arguments = ("build", "--reviews", str(reviews), "--out", str(out), "--as-of", AS_OF)
    return run(*arguments, cwd=cwd, before=before, env=env, **environment)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample cases, copied without any cache, and the site that one cold build makes of them."""
    root = tmp_path_factory.mktemp("sample")
    reviews = shutil.copytree(ROOT / "reviews", root / "reviews", ignore=shutil.ignore_patterns(".candour"))
    given = {path.relative_to(reviews).as_posix(): path.read_bytes() for path in reviews.rglob("*") if path.is_file()}
    watched = Watched(root, tmp_path_factory.mktemp("home"))
    before = isolation()
    (root / "build").mkdir()
    shutil.copy(ROOT / "build" / "README.md", root / "build")
    done = build(root, reviews, root / "build", (*before, *watched.command()), watched.environment())
    return Sample(reviews, given, root / "build", done, bool(before), watched)


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
