"""Any bytes that a fuzzer which follows the code comes upon are read or refused, in time and memory."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cases import write_case
from tests.support.documents import made
from tests.support.paths import ROOT
from tests.support.word_files import told

MISSING = "left out: atheris is not installed here (pip install atheris==3.0.0; Linux)"
SECONDS = 30
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason=MISSING),
]


@pytest.mark.parametrize("target", ["review.md", "register.yml", "decisions.yml", "word", "gate"])
def test_a_fuzzer_finds_nothing(tmp_path: Path, target: str, record_property: Callable[[str, object], None]) -> None:
    """Half a minute for each, begun with what is sound; a crash, ten seconds for one input or 2 GB end it."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    folder = write_case(tmp_path)
    if (folder / target).exists():
        shutil.copy(folder / target, seeds / "sound")
    else:
        word = made(told("Summary", "Findings"))
        with zipfile.ZipFile(io.BytesIO(word)) as package:
            (seeds / "sound").write_bytes(package.read("word/document.xml") if target == "word" else word)
    limits = [f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={tmp_path}/"]
    command = [sys.executable, "-m", "tests.support.fuzzing", target, *limits, str(seeds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * 10)
    runs = re.search(r"Done (\d+) runs", done.stderr)
    assert done.returncode == 0, done.stderr[-3000:]
    assert runs
    record_property("tried", int(runs[1]))
    record_property("held", int(runs[1]))
