"""A whole build that is killed at random moments leaves what stood, or the new site, whole."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publishing.release.build import build
from tests.support.paths import contents
from tests.support.tally import Tally

COMMAND = """
import datetime, sys
from pathlib import Path
from publishing.release.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]), datetime.date.fromisoformat(sys.argv[3]))
"""


@pytest.mark.soak
def test_a_killed_build_leaves_a_whole_site(tmp_path: Path, tally: Tally) -> None:
    """Two days give two different sites; after every kill one of the two stands, whole."""
    reviews, out = tmp_path / "reviews", tmp_path / "build"
    reviews.mkdir()
    days = (dt.date(2025, 3, 1), dt.date(2026, 3, 1))
    known = []
    for day in days:
        build(reviews, out, day)
        known.append(contents(out))
    chance = random.Random(20250203)
    for n in range(40):
        process = subprocess.Popen([sys.executable, "-c", COMMAND, reviews, out, days[n % 2].isoformat()])
        time.sleep(chance.uniform(0.5, 4))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        tally(f"kill {n}", [] if contents(out) in known else ["what stands is not whole"])
    build(reviews, out, days[0])
    left = {path.name for path in tmp_path.iterdir()} - {".build.candour-releases", ".build.candour-pages"}
    assert left == {".build.candour-reserve", "build", "reviews"}
