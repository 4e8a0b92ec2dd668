"""A port that cannot be had: who has it, and what to do."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from publishing.errors import PublishingError
from publishing.workbench import listening
from publishing.workbench.presence import Presence
from tests.support.running import Running


def refusal(port: int, reviews: Path) -> str:
    """What is said of a port that cannot be had."""
    with pytest.raises(PublishingError) as caught:
        listening.listen(port, Presence(reviews)).close()
    return str(caught.value)


def test_what_is_left_of_a_stopped_workbench_holds_no_port(tmp_path: Path) -> None:
    """The system keeps its half of a connection for a minute or two: whoever closes first waits."""
    first = listening.listen(0, Presence(tmp_path))
    port = first.getsockname()[1]
    browser = socket.create_connection((listening.HOST, port))
    line, _ = first.accept()
    line.close()
    first.close()
    browser.close()
    with socket.socket() as plain, pytest.raises(OSError, match="in use"):
        plain.bind((listening.HOST, port))
    again = listening.listen(port, Presence(tmp_path))
    again.close()


@pytest.mark.build
def test_a_workbench_that_still_runs_is_named(tmp_path: Path) -> None:
    """Over the same reviews folder with who started it and when, over another as what it is; then it is stopped and the port is free."""
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    old = Running(reviews, tmp_path / "build")
    try:
        words = refusal(old.port, reviews)
        assert re.match(
            r"The workbench that \S+ started at \d\d:\d\d over this reviews folder is still running: ", words
        )
        assert f"end process {old.process.pid}" in words
        assert f"candour workbench --port {old.port + 1}" in words
        other = refusal(old.port, tmp_path / "other")
        assert other.startswith(f"A Candour workbench is running at port {old.port} already")
        assert "another program" not in words + other
    finally:
        old.close()
    listening.listen(old.port, Presence(reviews)).close()
    assert list((reviews / ".candour" / "open").iterdir()) == [], "it took its note along"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"SSH-2.0-x\r\n", None])
def test_another_program_is_called_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | None) -> None:
    """Whatever it answers, and when it answers nothing at all."""
    import threading

    monkeypatch.setattr(listening, "_PATIENCE", 0.3)
    with socket.socket() as other:
        other.bind((listening.HOST, 0))
        other.listen()

        def serve() -> None:
            line, _ = other.accept()
            if answer is not None:
                line.recv(1000)
                line.sendall(answer)
                line.close()
            else:
                threading.Event().wait(1)
                line.close()

        thread = threading.Thread(target=serve)
        thread.start()
        port = other.getsockname()[1]
        assert refusal(port, tmp_path).startswith(f"Port {port} is taken by another program. Choose another")
        thread.join()


def test_a_port_that_nobody_answers_at_is_not_free_yet(tmp_path: Path) -> None:
    """As on Windows, where the system keeps it: it says so, and for how long."""
    with socket.socket() as bound:
        # taken, and nobody listens
        bound.bind((listening.HOST, 0))
        words = refusal(bound.getsockname()[1], tmp_path)
    assert "not free again yet" in words
    assert "another program" not in words
