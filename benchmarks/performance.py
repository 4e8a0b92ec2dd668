"""What redaction and a release cost, measured in one run: prints it, and writes docs/performance.md.

For each number of reviews a folder of signed cases is made (benchmarks/many_cases.py; redacted before, as where cases were published before), and
released by `candour build` again and again, each time in a process of its own: at first, when nothing changed, when one review changed, and when
somebody more is declared. MkDocs Material as it comes converts the same pages beside it.

Run: python benchmarks/performance.py [--sizes 100 500 2000] [--repeats 3] [--out FILE]   (on Linux; about an hour, with 10,000 reviews some more)
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import many_cases
import speed
import timed_build
import yaml

from publishing.settings import read_mkdocs_settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
SIZES = (100, 500, 2000)
MEGABYTE = 1_000_000
COLD, MKDOCS = "the first", "MkDocs Material as it comes, on the same pages"
CHANGES: dict[str, Callable[[Path], None]] = {
    COLD: lambda reviews: None,
    "nothing changed": lambda reviews: None,
    "one review changed": many_cases.correct,
    "a new identity declared": many_cases.declare,
}
"""The releases of a reviews folder one after another, and what changes before each."""


@dataclass(frozen=True)
class Run:
    """What one process and those that it started took: seconds by the clock and of processor, the most bytes of memory of the first of them.

    `stages` has (seconds of processor, seconds by the clock) of each stage.
    """

    wall: float
    processor: float
    peak: int
    stages: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """So many reviews: what each release took, and how many files and bytes the site has."""

    reviews: int
    runs: Mapping[str, Run]
    files: int
    size: int


def main() -> None:
    """Measure everything, print it and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="how many reviews")
    parser.add_argument("--repeats", type=int, default=speed.REPEATS, help="how often redaction is measured")
    parser.add_argument("--out", type=Path, default=PAGE, metavar="FILE", help="where the page goes")
    asked = parser.parse_args()
    redaction = list(speed.lines(speed.gold_texts(), asked.repeats))
    page = describe(describe_machine(), redaction, [measure(number) for number in sorted(set(asked.sizes))])
    print(page)
    asked.out.write_text(page, encoding="utf-8")


# --- measuring --------------------------------------------------------------------------------------------------------


def measure(number: int) -> Site:
    """Make a folder of so many cases, and release it time after time."""
    with tempfile.TemporaryDirectory(prefix="candour-") as name:
        place = Path(name)
        reviews, out, stages = place / "reviews", place / "build", place / "stages.json"
        reviews.mkdir()
        many_cases.fill(reviews, number)
        command = [str(ROOT / "benchmarks" / "timed_build.py"), str(stages), "build"]
        runs = {}
        for release, change in CHANGES.items():
            change(reviews)
            run = run_alone([*command, "--reviews", str(reviews), "--out", str(out)], place)
            runs[release] = Run(run.wall, run.processor, run.peak, json.loads(stages.read_text(encoding="utf-8")))
        files = [path.stat().st_size for path in (out / "site").rglob("*") if path.is_file()]
        runs[MKDOCS] = run_alone(["-m", "mkdocs", "build", "-f", str(write_plain_project(place, out))], place)
        return Site(number, runs, len(files), sum(files))


def run_alone(arguments: Sequence[str], place: Path) -> Run:
    """Run Python in a process of its own, and wait for it; whatever it says is shown only where it fails."""
    said = place / "said.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    start, peak, ended = time.perf_counter(), 0, 0
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=log, stderr=subprocess.STDOUT, cwd=place, env=environment
        )
        while not ended:
            # asked while it runs: what the system tells afterwards counts this process's memory too, which it began as
            peak = max(peak, _peak_of(process.pid))
            time.sleep(0.02)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{said.read_text(encoding='utf-8')}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, peak)


def _peak_of(process: int) -> int:
    """The most bytes that it had in memory so far; 0 where it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def write_plain_project(place: Path, out: Path) -> Path:
    """The same pages as a project of Material as it comes, its own search among them, but for the menu: with every page in it nobody waits for the end."""
    docs = place / "plain"
    shutil.copytree(out / "markdown", docs)
    for page in docs.rglob("*.md"):
        # templates of our theme are not there
        text = re.sub(r"^template: .*\n", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        page.write_text(text, encoding="utf-8")
    ours = read_mkdocs_settings()
    settings = {
        "site_name": "Plain",
        "theme": {"name": "material"},
        "markdown_extensions": ["tables", "footnotes", "md_in_html", "sane_lists", "def_list"],
        "docs_dir": str(docs),
        "site_dir": str(place / "plain-site"),
        **{name: ours[name] for name in ("nav", "not_in_nav")},
    }
    path = place / "plain.yml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path


def describe_machine() -> str:
    """The processor, its cores, memory and system, and the day; nothing that tells whose machine it is."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*: (.+)$", told, re.MULTILINE)
    flags = re.search(r"^flags\s*: (.+)$", told, re.MULTILINE)
    wide = "with" if flags and "avx512f" in flags[1].split() else "without"
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return (
        f"{model[1] if model else platform.machine()}, {len(os.sched_getaffinity(0))} cores, {wide} AVX-512; {memory:.0f} GB of memory; "
        f"{platform.system()}, Python {platform.python_version()}; {dt.date.today()}"
    )


# --- telling ----------------------------------------------------------------------------------------------------------


def describe(machine: str, redaction: Iterable[str], sites: Sequence[Site]) -> str:
    """The whole page."""
    return "\n\n".join(
        [
            "# What redaction and a release cost",
            f"Measured in one run by `make benchmark`. The machine: {machine}.",
            "## Redaction",
            *(f"- {line}." for line in redaction),
            "## Releases",
            "Cases are mixed from the samples, each with a register of its own and redacted before. Every release is a process of its own. Seconds are "
            "of processor, of all processes together, and in brackets by the clock; memory is the most that the first process had.",
            *(f"### {site.reviews:,} reviews\n\n{releases_table(site)}" for site in sites),
            "## Sites\n\n" + sites_table(sites),
            *(["## How it grows\n\n" + growth_table(sites)] if len(sites) > 1 else []),
            "Bytes of a first search in Chromium are measured by `make soak` (`tests/publishing/site/test_budgets.py`).\n",
        ]
    )


def releases_table(site: Site) -> str:
    """A row for each release, with its stages; what no stage took is starting, swapping and keeping."""
    names = list(dict.fromkeys(timed_build.STAGES.values()))

    def rows() -> Iterator[list[str]]:
        for release, run in site.runs.items():
            stages = [_seconds(*run.stages[name]) if name in run.stages else "" for name in names]
            processor, wall = (sum(spent[k] for spent in run.stages.values()) for k in (0, 1))
            rest = _seconds(run.processor - processor, run.wall - wall) if run.stages else ""
            yield [release, *stages, rest, _seconds(run.processor, run.wall), f"{run.peak / MEGABYTE:,.0f} MB"]

    return table(["release", *names, "the rest", "all", "memory"], rows())


def sites_table(sites: Iterable[Site]) -> str:
    """How large each site is."""
    rows = ([f"{s.reviews:,}", f"{s.files:,}", f"{s.size / MEGABYTE:,.1f} MB", f"{s.size / s.reviews / 1000:,.0f} kB"] for s in sites)  # fmt: skip
    return table(["reviews", "files", "bytes", "a review"], rows)


def growth_table(sites: Sequence[Site]) -> str:
    """The exponent with which each figure grows from a number of reviews to the next: 1 is in line with it, 2 with its square."""

    def rows() -> Iterator[list[str]]:
        for less, more in pairwise(sites):
            size = [exponent(less, more, lambda site: site.size)]
            processor = [exponent(less, more, lambda site, r=r: site.runs[r].processor) for r in less.runs]
            memory = [exponent(less, more, lambda site: site.runs[COLD].peak)]
            yield [f"{less.reviews:,} to {more.reviews:,}", *(f"{figure:.2f}" for figure in processor + memory + size)]

    return table(["reviews", *sites[0].runs, "memory of the first", "bytes of the site"], rows())


def exponent(less: Site, more: Site, figure: Callable[[Site], float]) -> float:
    """How a figure grows from one number of reviews to another."""
    return math.log(figure(more) / figure(less)) / math.log(more.reviews / less.reviews)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its figures to the right."""
    ruler = ["---", *["--:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ruler, *rows))


def _seconds(processor: float, wall: float) -> str:
    return f"{processor:,.1f} ({wall:,.1f})"


if __name__ == "__main__":
    main()
