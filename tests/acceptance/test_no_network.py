"""The whole of redaction and building works where there is no network at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import CANDOUR, GUARD, Sample, isolation, on_path


def test_the_samples_are_built_without_a_route(sample: Sample) -> None:
    """The session's site was built, from a cold cache, in a network namespace that has no way out."""
    if not sample.isolated:
        pytest.skip("left out: this machine permits no network namespace (unshare -rn)")
    assert sample.done.returncode == 0
    probe = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    done = subprocess.run([*isolation(), sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Network is unreachable" in done.stderr


def test_no_python_of_the_build_reaches_for_another_host(sample: Sample) -> None:
    """Every Python process of the build was watched, and none so much as asked for an address."""
    assert sample.done.returncode == 0
    assert set(sample.network_log) == {"watching"}


def test_the_watch_works(tmp_path: Path) -> None:
    """A program that reaches out under it is refused and noted; one that speaks to its own machine is not."""
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    log = tmp_path / "log"
    environment = {"PYTHONPATH": on_path(tmp_path), "CANDOUR_NETWORK_LOG": str(log)}
    tries = {
        "import urllib.request; urllib.request.urlopen('http://example.org/')": ["asked for a host's address"],
        "import socket; socket.socket().connect(('192.0.2.1', 80))": ["reached out"],
        "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())": [],
    }
    for program, noted in tries.items():
        log.write_text("")
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, timeout=60)
        assert (done.returncode != 0) == bool(noted)
        assert [line for line in log.read_text().splitlines() if line != "watching"] == noted


def test_one_text_is_redacted_without_a_route(tmp_path: Path) -> None:
    """`candour redact`, which people run on their own machines."""
    before = isolation()
    if not before:
        pytest.skip("left out: this machine permits no network namespace (unshare -rn)")
    (tmp_path / "text.md").write_text("Mr Tomasz Zielony rang from ada@example.org.", encoding="utf-8")
    done = subprocess.run(
        [*before, *CANDOUR, "redact", "text.md"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0
    assert "Zielony" not in done.stdout
    assert "[contact removed]" in done.stdout
