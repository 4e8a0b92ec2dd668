"""The sample reviews as `candour build` publishes them."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT, SAMPLES
from tests.support.running import CLOCK, isolation, on_path, run
from tests.support.watching import Watched

AS_OF = "2026-12-01"
"""The day of every build here; each sample that may be published is out of its embargo by then, but one."""


@dataclass(frozen=True)
class Sample:
    """The samples as built: the private copy and what it held, the output, what was said, how far it was cut off, what it did."""

    reviews: Path
    given: dict[str, bytes]
    out: Path
    done: subprocess.CompletedProcess[str]
    isolated: bool
    watched: Watched


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


def build_samples(folder: Path) -> None:
    """Build a copy of the samples, without any cache, in a folder of its own and cut off from the network."""
    watched = Watched(folder / "work", folder / "home")
    for place in (watched.folder, watched.home):
        place.mkdir()
    reviews, out = watched.folder / "reviews", watched.folder / "build"
    shutil.copytree(SAMPLES, reviews, ignore=shutil.ignore_patterns(".candour"))
    given = {path.relative_to(reviews).as_posix(): path.read_bytes() for path in reviews.rglob("*") if path.is_file()}
    before = isolation()
    out.mkdir()
    shutil.copy(ROOT / "build" / "README.md", out)
    done = build(watched.folder, reviews, out, (*before, *watched.command()), watched.environment())
    sample = Sample(reviews, given, out, done, bool(before), watched)
    (folder / "sample.pickle").write_bytes(pickle.dumps(sample))


def read_samples(folder: Path) -> Sample:
    """What `build_samples` built, in this process or another."""
    sample = pickle.loads((folder / "sample.pickle").read_bytes())
    assert isinstance(sample, Sample)
    return sample


def build_again(sample: Sample, folder: Path) -> Path:
    """Build a copy of the same cases once more: with the cache, on another day, in another zone, with other hashes, elsewhere.

    A copy, because a build three years later sweeps the cache of everything that is older.
    """
    reviews = shutil.copytree(sample.reviews, folder / "reviews")
    (folder / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    shutil.copytree(ROOT / "build", folder / "public", ignore=shutil.ignore_patterns("markdown", "site"))
    done = build(
        folder,
        reviews,
        folder / "public",
        PYTHONPATH=on_path(folder),
        PYTHONHASHSEED="7",
        TZ="Pacific/Auckland",
        SOURCE_DATE_EPOCH="1",
    )
    assert done.returncode == 0, "the samples could not be built again"
    return folder / "public"
