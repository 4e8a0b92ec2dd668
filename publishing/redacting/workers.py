"""Redaction of many reviews at once: in this process, in several on this machine, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as remembered
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from publishing.errors import BuildError
from publishing.files.cache import Cache
from publishing.progress import track
from publishing.redacting.jobs import RedactionJob, load_cached, redact, start_engine, store_cached
from redaction import Policy, Redaction, RedactionError

if TYPE_CHECKING:
    from redaction import Redactor


_PATIENCE = "20s"
"""How long a cluster may take to answer."""

_CASES_EACH = 4
"""A process pays from so many cases on: to load the engine takes as long as to redact two or three."""

_MEMORY_EACH = 1_000_000_000
"""Bytes of memory that a process may take, and some more."""

_MEMORY_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where a container says how many bytes of memory it may take: today's way and the one before."""


@dataclass(frozen=True)
class _Done:
    """What comes back from a worker: a result or why there is none (never in words of the text), and which engine worked."""

    engine: str
    redaction: Redaction | None
    error: str = ""


def redact_all(
    jobs: Sequence[RedactionJob],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    cache: Cache | None = None,
) -> tuple[Redaction, ...]:
    """Redact every job, in order; what the cache holds is not redacted again.

    One worker takes all jobs of a case: paragraphs that they share are read once. Unless somebody says how many processes work side by
    side, there are as many as the machine has cores and memory for, and work.

    Raises:
        BuildError: redaction of a case failed, naming the case alone, or the workers cannot be had.
    """
    fingerprint = _fingerprint()
    keys = [job.key(fingerprint) for job in jobs]
    found = {key: redaction for key in keys if cache and (redaction := load_cached(cache, key))}
    missing = {key: job for key, job in zip(keys, jobs, strict=True) if key not in found}
    todo = _by_case(missing)
    for part, results in zip(track("redacting cases", todo), _run_jobs(todo, workers, scheduler), strict=True):
        for (key, job), done in zip(part.items(), results, strict=True):
            found[key] = _check_result(job, done, fingerprint if scheduler else done.engine)
            if cache:
                store_cached(cache, key, found[key])
    return tuple(found[key] for key in keys)


def _by_case(jobs: Mapping[str, RedactionJob]) -> list[dict[str, RedactionJob]]:
    """The jobs of each case, by their keys."""
    cases: dict[str, dict[str, RedactionJob]] = {}
    for key, job in jobs.items():
        cases.setdefault(job.case, {})[key] = job
    return list(cases.values())


def _run_jobs(
    todo: Sequence[dict[str, RedactionJob]], workers: int | None, scheduler: str | None
) -> Iterator[list[_Done]]:
    cases = [tuple(jobs.values()) for jobs in todo]
    if not cases:
        return iter(())
    if scheduler:
        return _on_cluster(cases, scheduler)
    count = min(workers, len(cases)) if workers else min(_most_workers(), len(cases) // _CASES_EACH)
    return _on_processes(cases, count) if count > 1 else map(_work, cases)


def _most_workers() -> int:
    """How many processes the machine has cores and memory for."""
    if sys.platform == "linux":
        return min(len(os.sched_getaffinity(0)), _memory() // _MEMORY_EACH)
    return os.cpu_count() or 1


def _memory() -> int:
    """Bytes of memory of this machine, or of the part of it that a container may take."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in _MEMORY_LIMITS:
        # where there is none, the file is not there or says "max"
        with suppress(OSError, ValueError):
            memory = min(memory, int(limit.read_text(encoding="ascii")))
    return memory


def _check_result(job: RedactionJob, done: _Done, fingerprint: str) -> Redaction:
    if done.redaction is None:
        raise BuildError(f"{job.case}: it could not be redacted ({done.error}). Nothing was published.")
    if done.engine != fingerprint:
        raise BuildError("A worker runs another version of Candour or of its policy: install the same on every worker.")
    return done.redaction


@remembered
def _fingerprint() -> str:
    """What decides a redaction in this process; its engine does not change while it runs, whatever happens to files."""
    return Policy.load().fingerprint


@remembered
def _redactor() -> Redactor:
    """One Redactor a process."""
    return start_engine()


def _work(jobs: Sequence[RedactionJob]) -> list[_Done]:
    """The jobs of one case, one after another."""
    return [_redact_one(job) for job in jobs]


def _redact_one(job: RedactionJob) -> _Done:
    try:
        redactor = _redactor()
        return _Done(redactor.policy.fingerprint, redact(job, redactor))
    except RedactionError as error:
        return _Done("", None, str(error))
    except Exception as error:  # noqa: BLE001 - an error's own text may quote the review
        return _Done("", None, type(error).__name__)


_MOMENT = 0.2
"""Seconds."""


def _on_processes(cases: Sequence[Sequence[RedactionJob]], workers: int) -> Iterator[list[_Done]]:
    # spawn: a forked copy of a process that already runs threads may hang
    start = multiprocessing.get_context("spawn")
    # Ctrl+C ends each process at once: it would go on with what is queued, and be waited for
    stop = (signal.SIGINT, signal.SIG_DFL)
    with ProcessPoolExecutor(workers, start, signal.signal, stop) as pool:
        try:
            yield from pool.map(_work, cases)
        except BrokenProcessPool:
            # Ctrl+C may reach this process a moment after it ended the others
            time.sleep(_MOMENT)
            raise BuildError(
                "A worker process was killed or could not start, perhaps for memory: try fewer --workers. A script of your own that builds "
                'does so under if __name__ == "__main__": each worker reads it first.'
            ) from None


def _on_cluster(cases: Sequence[Sequence[RedactionJob]], address: str) -> Iterator[list[_Done]]:
    try:
        from distributed import Client
    except ImportError:
        raise BuildError('--scheduler needs Dask: install it with pip install "candour[scale]".') from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise BuildError(f"The scheduler at {address} cannot be reached.") from None
    with client:
        # keys of our own: Dask would derive them from the texts and show them
        futures = [client.submit(_work, jobs, key=f"candour-{uuid4()}", pure=False) for jobs in cases]
        for future in futures:
            yield _gather_result(future)


def _gather_result(future: Any) -> list[_Done]:
    try:
        done: list[_Done] = future.result()
    except Exception as error:  # noqa: BLE001 - whatever a cluster may raise, of our own work there is nothing in it
        raise BuildError(f"The cluster failed ({type(error).__name__}): look at its workers, then try again.") from None
    return done
