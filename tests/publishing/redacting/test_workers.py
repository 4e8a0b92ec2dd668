"""Many reviews at once: with a cache, in several processes, on a cluster; and what a failure says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from publishing import intake
from publishing.errors import BuildError
from publishing.files.cache import Cache
from publishing.redacting import workers
from publishing.redacting.jobs import job_for
from publishing.redacting.workers import redact_all
from publishing.reviews import Review
from redaction import Redaction
from tests.support.cases import write_case


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return intake.load_case(write_case(tmp_path / "reviews"))


def test_the_cache_saves_the_work(review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is worked out; a lost entry is worked out again."""
    cache = Cache.of_reviews(tmp_path / "reviews")
    job = job_for(review, ())
    first = redact_all([job, job], cache=cache)
    assert first[0] == first[1]
    with monkeypatch.context() as patch:
        patch.setattr(workers, "_work", None)
        assert redact_all([job], cache=cache) == first[:1]
    for path in cache.folder.rglob("*.json"):
        path.write_text("{")
    assert redact_all([job], cache=cache) == first[:1]


@pytest.mark.build
def test_several_processes_do_the_same_in_order(tmp_path: Path) -> None:
    """Order and results do not depend on the number of workers."""
    people = ["Darren Whitlock", "Tomasz Wołkowski", "Ffion Cadwaladr"]
    folders = [write_case(tmp_path / "reviews", f"case-{n}", person=name) for n, name in enumerate(people)]
    jobs = [job_for(intake.load_case(folder), ()) for folder in folders]
    assert redact_all(jobs, workers=2) == redact_all(jobs)


ENDLESS = """
import time
from publishing.redacting import workers

class Endless:
    def __iter__(self):
        print("begun", flush=True)
        time.sleep(60)

if __name__ == "__main__":
    try:
        list(workers._on_processes([Endless()] * 8, 2))
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_ctrl_c_waits_for_no_case(tmp_path: Path) -> None:
    """Neither for those that are being redacted nor for those that wait their turn."""
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"begun\n"
            assert process.stdout.readline() == b"begun\n"
            os.killpg(process.pid, signal.SIGINT)
            assert process.communicate(timeout=30) == (b"stopped\n", b"")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("asked", "cases", "cores", "processes"),
    [
        (None, 7, 4, 0),
        (None, 8, 4, 2),
        (None, 100, 4, 4),
        (None, 100, 1, 0),
        (3, 2, 1, 2),
        (3, 100, 8, 3),
        (1, 100, 8, 0),
    ],
)
def test_there_are_as_many_processes_as_pay(
    review: Review, monkeypatch: pytest.MonkeyPatch, asked: int | None, cases: int, cores: int, processes: int
) -> None:
    """Unless somebody says how many: one for each core, where each has enough to do to be worth its start."""
    started: list[int] = []

    def start(parts: Sequence[object], count: int) -> Iterator[object]:
        started.append(count)
        return map(workers._work, parts)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "_most_workers", lambda: cores)
    monkeypatch.setattr(workers, "_on_processes", start)
    monkeypatch.setattr(workers, "_redact_one", lambda job: workers._Done(workers._fingerprint(), Redaction((), ())))
    redact_all([replace(job_for(review, ()), case=f"case-{n}") for n in range(cases)], workers=asked)
    assert started == ([processes] if processes else [])


@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked for on Linux alone")
@pytest.mark.parametrize(
    ("limit", "most"), [("1999999999\n", 1), ("2000000000\n", 2), ("999999999\n", 0), ("max\n", 8), (None, 8)]
)
def test_a_container_has_as_many_processes_as_its_memory_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None, most: int
) -> None:
    """However much the machine has that it runs on: a process more would be killed, and with it the build."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_PAGE_SIZE": 4096}.get(name, 8_000_000))
    monkeypatch.setattr(workers, "_MEMORY_LIMITS", (tmp_path / "nowhere", tmp_path / "memory.max"))
    if limit is not None:
        (tmp_path / "memory.max").write_text(limit)
    assert workers._most_workers() == most


@pytest.mark.build
def test_a_cluster_does_the_same(review: Review) -> None:
    """A Dask cluster on this machine, spoken to by address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        job = job_for(review, ())
        assert redact_all([job], scheduler=cluster.scheduler_address) == redact_all([job])


def test_a_cluster_that_is_not_there_is_a_plain_error(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is named."""
    monkeypatch.setattr(workers, "_PATIENCE", "1s")
    with pytest.raises(BuildError, match=r"The scheduler at tcp://127\.0\.0\.1:9 cannot be reached"):
        redact_all([job_for(review, ())], scheduler="tcp://127.0.0.1:9")


def test_a_failure_names_the_case_alone(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine's own message may quote the review: it is not repeated."""

    def fail(job: object, redactor: object) -> None:
        raise ValueError("Darren Whitlock")

    monkeypatch.setattr(workers, "redact", fail)
    with pytest.raises(BuildError) as caught:
        redact_all([job_for(review, ())])
    assert str(caught.value) == "amber-kettle-21: it could not be redacted (ValueError). Nothing was published."
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
