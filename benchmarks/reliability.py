"""What was tried against Candour, and how much of it held, in one run: writes docs/reliability.md.

Run: python benchmarks/reliability.py [--every N] [--table-only]   (`make soak` is the whole of it)
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
KINDS = Path(__file__).with_suffix(".yml")


@dataclass
class Row:
    """One kind of fault or attack: `tests` are the beginnings of the names of its tests, `ends` how those names end."""

    kind: str
    tests: Sequence[str]
    ends: str = ""
    tried: int = 0
    held: int = 0
    left_out: int = 0

    def has(self, test: str) -> bool:
        """Whether a test is of this kind."""
        return test.endswith(self.ends) and any(test.startswith(name) for name in self.tests)


@dataclass
class Counting:
    """A plugin of pytest that counts what the table has."""

    rows: Sequence[Row]
    failed: set[str] = field(default_factory=set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test: as often as it says that it tried something, or once."""
        if report.outcome == "failed":
            self.failed.add(report.nodeid)
        if report.when != "teardown" and not (report.when == "setup" and report.outcome != "passed"):
            return
        for row in self.rows:
            if row.has(report.nodeid):
                self._count(row, report)

    def _count(self, row: Row, report: pytest.TestReport) -> None:
        if report.when == "setup":
            row.left_out += report.outcome == "skipped"
            row.tried += report.outcome == "failed"
            return
        said: Mapping[str, Any] = dict(report.user_properties)
        row.tried += int(said.get("tried", 1))
        row.held += int(said.get("held", report.nodeid not in self.failed))


def read_kinds() -> Mapping[str, Any]:
    """reliability.yml, each row as a Row."""
    kinds: dict[str, Any] = yaml.safe_load(KINDS.read_text(encoding="utf-8"))
    for part in kinds["parts"]:
        part["rows"] = [Row(**row) for row in part["rows"]]
    return kinds


def page(kinds: Mapping[str, Any], command: str, minutes: float) -> Iterator[str]:
    """The lines of docs/reliability.md."""
    yield from ("# What was tried against Candour, and what held", "")
    yield (
        f"Written by `make soak`; do not edit. This edition: {dt.date.today():%-d %B %Y}, `{command}`, {round(minutes)} minutes on a "
        f"{platform.system()} machine ({platform.machine()}) with {os.cpu_count()} processors, Python {platform.python_version()}."
    )
    if any(row.tried == 0 for part in kinds["parts"] for row in part["rows"]):
        yield from ("", "**This edition is of a part**: rows without a number were not tried.")
    for part in kinds["parts"]:
        yield from (
            "",
            f"## {part['part']}",
            "",
            part["about"],
            "",
            "| what was done | tried | held |",
            "|---|---|---|",
        )
        for row in part["rows"]:
            left = f" ({row.left_out} left out: this machine cannot)" if row.left_out else ""
            counts = f"{row.tried:,}{left} | {row.held:,}" if row.tried else f"not in this edition{left} | "
            yield f"| {row.kind} | {counts} |"
    yield from ("", kinds["ending"].rstrip())


def main() -> None:
    """Run, write the page, and end as pytest did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="strike commands at each Nth call (1)")
    parser.add_argument("--table-only", action="store_true", help="run what the table has and no other long test")
    chosen = parser.parse_args()
    kinds = read_kinds()
    rows = [row for part in kinds["parts"] for row in part["rows"]]
    listed = sorted({test.partition("[")[0] for row in rows for test in row.tests})
    began = time.monotonic()
    ended = pytest.main(["-m", "soak or not soak", "--every", str(chosen.every), *listed], plugins=[Counting(rows)])
    command = " ".join(["python benchmarks/reliability.py", *sys.argv[1:]])
    lines = page(kinds, command, (time.monotonic() - began) / 60)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if not chosen.table_only:
        ended = max(ended, pytest.main(["-m", "soak", *(f"--deselect={test}" for test in listed)]))
    sys.exit(ended)


if __name__ == "__main__":
    main()
