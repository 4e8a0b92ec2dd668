"""`make benchmark`: what it tells of given figures, and that it finds the stages of a build; nothing here is timed."""

from __future__ import annotations

import colorsys
import importlib
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.paths import ROOT


@pytest.fixture
def performance(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The script, which finds the others beside it."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    before = set(sys.modules)
    yield importlib.import_module("performance")
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(ROOT / "benchmarks")):
            del sys.modules[name]


def test_the_page_tells_each_release_by_stage_and_how_it_grows(performance: ModuleType) -> None:
    """What no stage took is the rest; twice the reviews at four times the time grow with the square."""

    def site(reviews: int, seconds: float) -> object:
        stages = {"MkDocs": [seconds / 2, 2.0], "gate": [1.0, 1.5]}
        runs = {
            "the first": performance.Run(7.0, seconds, 300_000_000, stages),
            performance.MKDOCS: performance.Run(3.0, 2.5, 90_000_000),
        }
        return performance.Site(reviews, runs, files=10 * reviews, size=1_000_000 * reviews)

    page = performance.describe(
        "a machine, 2 cores", ["Ours: 1,500 words a second"], [site(1000, 8.0), site(2000, 32.0)]
    )
    lines = page.splitlines()
    assert "Measured in one run by `make benchmark`. The machine: a machine, 2 cores." in lines
    assert "- Ours: 1,500 words a second." in lines
    assert "### 1,000 reviews" in lines
    assert (
        "| release | cases read | second reader | Markdown | MkDocs | Pagefind | PDFs | gate | the rest | all | memory |"
        in lines
    )
    assert "| the first |  |  |  | 4.0 (2.0) |  |  | 1.0 (1.5) | 3.0 (3.5) | 8.0 (7.0) | 300 MB |" in lines
    assert f"| {performance.MKDOCS} |  |  |  |  |  |  |  |  | 2.5 (3.0) | 90 MB |" in lines
    assert "| 2,000 | 20,000 | 2,000.0 MB | 1,000 kB |" in lines
    assert "| 1,000 to 2,000 | 2.00 | 0.00 | 0.00 | 1.00 |" in lines


def test_a_single_size_tells_nothing_of_growth(performance: ModuleType) -> None:
    """There is nothing to hold it against."""
    page = performance.describe("m", [], [performance.Site(20, {"the first": performance.Run(1, 1, 1)}, 1, 1)])
    assert "How it grows" not in page


def test_every_stage_is_a_function_of_a_build(performance: ModuleType) -> None:
    """A build that is built otherwise must not be told with stages of no time."""
    for place in performance.timed_build.STAGES:
        module, _, name = place.partition(":")
        assert callable(getattr(importlib.import_module(module), name)), place


def test_a_stage_is_timed_each_time_it_is_called(performance: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives what it gave, and its seconds add up."""
    clocked = performance.timed_build
    monkeypatch.setattr("colorsys.rgb_to_yiq", lambda *given: given)
    monkeypatch.setattr(clocked, "STAGES", {"colorsys:rgb_to_yiq": "colours"})
    spent = clocked.time_stages()
    assert spent == {"colours": [0.0, 0.0]}
    assert colorsys.rgb_to_yiq(1, 2, 3) == (1, 2, 3)
    once = spent["colours"][1]
    colorsys.rgb_to_yiq(1, 2, 3)
    assert spent["colours"][1] > once > 0


@pytest.mark.build
def test_a_process_that_fails_is_no_figure(performance: ModuleType, tmp_path: Path) -> None:
    """It ends with what the process said; one that does not fail has used some memory."""
    assert performance.run_alone(["-c", "import time; time.sleep(.2)"], tmp_path).peak > 1_000_000
    with pytest.raises(SystemExit, match="no such release"):
        performance.run_alone(["-c", "raise SystemExit('no such release')"], tmp_path)


def test_the_machine_is_described_without_its_name(performance: ModuleType) -> None:
    """Cores, AVX-512 or not, memory and the day."""
    told = performance.describe_machine()
    assert "AVX-512" in told
    assert "cores" in told
    assert platform.node() not in told
