"""Builds that are killed at random moments leave the old or the new site, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.tally import Tally

FILES = 200
BUILDER = f"""
import itertools, sys
from pathlib import Path
from publishing.release import swap
out = Path(sys.argv[1])
if len(sys.argv) > 2:
    swap._exchange = lambda one, other: False
print("ready", flush=True)
for n in itertools.count():
    with swap.staging(out) as folder:
        for file in range({FILES}):
            path = folder / "site" / f"{{file}}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{{sys.argv[0]}} {{n}}")
        swap.swap(folder, out)
"""


def whole(out: Path) -> bool:
    """Whether every file is there and of one and the same build."""
    texts = {path.read_text() for path in (out / "site").glob("*.html")}
    return len(texts) == 1 and len(list((out / "site").glob("*.html"))) == FILES


@pytest.mark.soak
@pytest.mark.parametrize("fallback", [False, True])
def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path, fallback: bool, tally: Tally) -> None:
    """A hundred kills; with the fallback the next build's first step mends the one moment without a site."""
    from publishing.release import swap

    out = tmp_path / "build"
    chance = random.Random(20250203)
    command = [sys.executable, "-c", BUILDER, str(out), *(["fallback"] if fallback else [])]
    for n in range(100):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd())
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.3))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if fallback:
            swap._recover(out)
        tally(f"kill {n}", [] if not out.exists() or whole(out) else ["what stands is not whole"])
    with swap.staging(out):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build"]
