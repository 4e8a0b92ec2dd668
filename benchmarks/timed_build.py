"""`candour build` itself, with a clock around each of its stages: seconds of processor and by the clock go into a file, as JSON.

Run: python benchmarks/timed_build.py FILE build --reviews DIR --out DIR   (whatever candour takes)
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from publishing.cli import main

STAGES = {
    "publishing.release.gathered_cases:load_cases": "cases read",
    "publishing.release.build:read_again": "second reader",
    "publishing.site.pages:write_pages": "Markdown",
    "publishing.site.mkdocs:build_html": "MkDocs",
    "publishing.site.search.indexing:build_index": "Pagefind",
    "publishing.site.report_pdfs:write_report_pdfs": "PDFs",
    "publishing.release.gate:check_signed_texts": "gate",
    "publishing.release.gate:check_folder": "gate",
}
"""What is timed: a function where a build finds it, and what it is called; none is called by another."""


def time_stages() -> dict[str, list[float]]:
    """Put a clock around each; [seconds of processor, seconds by the clock] of each, which grow while it works."""
    spent: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, name in STAGES.items():
        module, _, function = place.partition(":")
        found = importlib.import_module(module)
        setattr(found, function, _timed(getattr(found, function), spent[name]))
    return spent


def _timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    @wraps(work)
    def run(*given: Any, **named: Any) -> Any:
        before = _processor_seconds(), time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            spent[0] += _processor_seconds() - before[0]
            spent[1] += time.perf_counter() - before[1]

    return run


def _processor_seconds() -> float:
    """Of this process and of those that it started and waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    report = Path(sys.argv.pop(1))
    stages = time_stages()
    try:
        main()
    finally:
        report.write_text(json.dumps(stages), encoding="utf-8")
