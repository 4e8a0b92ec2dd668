"""Nothing is sent or fetched: redaction and building need no network and ask for none, and leave nothing under HOME."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.running import CANDOUR, isolation, run
from tests.support.samples import Sample
from tests.support.watching import MISSING, REQUIRED, Watched, may_watch

NO_NAMESPACE = "left out: this machine permits no network namespace (unshare -rn)"


@pytest.fixture(scope="module")
def strace() -> None:
    """What a test needs that reads system calls; where it is missing the test is left out, unless it is required."""
    if not may_watch() and not REQUIRED:
        pytest.skip(MISSING)
    assert may_watch(), MISSING


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """An empty folder to work in, and an empty home."""
    return new(tmp_path)


def new(folder: Path) -> Watched:
    """A watch over one folder, with an empty home beside it."""
    for name in ("work", "home"):
        (folder / name).mkdir()
    return Watched(folder / "work", folder / "home")


def keeps_to_itself(watched: Watched) -> bool:
    """Whether a watched program reached no other machine and wrote nothing elsewhere; shows what else it did."""
    assert watched.reached() == []
    assert watched.wrote() == []
    return not any(watched.home.iterdir())


def test_the_samples_are_built_without_a_route(sample: Sample) -> None:
    """The session's site was built, from a cold cache, in a network namespace that has no way out."""
    if not sample.isolated:
        pytest.skip(NO_NAMESPACE)
    assert sample.done.returncode == 0
    probe = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    done = subprocess.run([*isolation(), sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Network is unreachable" in done.stderr


def test_no_process_of_the_build_reaches_for_another_machine(sample: Sample, strace: None) -> None:
    """All were watched, native code and Pagefind too: none asked for an address or wrote anywhere but beside the site."""
    assert sample.done.returncode == 0
    assert keeps_to_itself(sample.watched)


@pytest.fixture(scope="module")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Watched]:
    """`candour redact`, which people run on their own machines, cut off and watched as far as this machine permits."""
    watched = new(tmp_path_factory.mktemp("redacted"))
    (watched.folder / "text.md").write_text("Mr Tomasz Zielony rang from ada@example.org.", encoding="utf-8")
    before = (*isolation(), *watched.command())
    return run("redact", "text.md", cwd=watched.folder, before=before, env=watched.environment()), watched


@pytest.mark.build
def test_one_text_is_redacted_without_a_route(redacted: tuple[subprocess.CompletedProcess[str], Watched]) -> None:
    """Names and addresses are found all the same."""
    if not isolation():
        pytest.skip(NO_NAMESPACE)
    done, _ = redacted
    assert done.returncode == 0
    assert "Zielony" not in done.stdout
    assert "[contact removed]" in done.stdout


@pytest.mark.build
def test_one_text_is_redacted_without_a_word_to_anybody(
    redacted: tuple[subprocess.CompletedProcess[str], Watched], strace: None
) -> None:
    """No list of suffixes is asked for that would tell what an e-mail address is, and no maker of a library is told."""
    done, watched = redacted
    assert done.returncode == 0
    assert keeps_to_itself(watched)


@pytest.mark.parametrize("module", ["redaction", "redaction.ner.tagger", "publishing.redacting.workers", "training"])
def test_no_way_to_onnx_runtime_lets_it_speak(module: str, watched: Watched) -> None:
    """Whichever of our packages is imported first: command, worker, test, benchmark or training."""
    program = f"import {module}, onnxruntime"
    command = [*isolation(), sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=watched.environment(), timeout=60)
    assert done.returncode == 0
    assert not any(watched.home.iterdir())


def test_the_preview_asks_for_no_name(sample: Sample, watched: Watched, strace: None) -> None:
    """`candour serve` does not look up what this machine is called."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    command = [*watched.command(), *CANDOUR, "serve", "--out", str(sample.out), "--port", port]
    environment = {**watched.environment(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, cwd=watched.folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            assert running.stdout is not None
            assert port in running.stdout.readline()
        finally:
            os.killpg(running.pid, signal.SIGTERM)
    assert keeps_to_itself(watched)


REACHING = {
    "a host's address": "socket.getaddrinfo('example.org', 80)",
    "the same, in native code": "ctypes.CDLL(None).gethostbyname(b'example.org')",
    "a resolver on this machine": "socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.53', 53))",
    "another machine": "socket.socket().connect(('192.0.2.1', 80))",
    "another machine by its longer address": "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "without a connection": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
    "a door for others": "socket.create_server(('', 0))",
    "in a child": "os.fork() or socket.socket().connect(('192.0.2.1', 80)); os.wait()",
}
"""Programs that reach out, each in its own way."""
WRITING = {
    "a file under HOME": "open(home + '/file', 'w')",
    "a file that is gone again": "open(home + '/file', 'x'); os.unlink(home + '/file')",
    "a file beside HOME": "open(home + '.log', 'a')",
    "a folder under HOME": "os.mkdir(home + '/folder')",
    "in native code": "ctypes.CDLL(None).creat(home.encode() + b'/file', 0o600)",
}
"""Programs that write where they should not."""
QUIET = {
    "this machine": "socket.socket().connect(('127.0.0.1', 9))",
    "this machine by its longer address": "socket.socket(socket.AF_INET6).connect(('::1', 9))",
    "a socket in a folder": "socket.socket(socket.AF_UNIX).connect('nobody')",
    "its own folder": "os.mkdir('made'); open('made/file', 'w'); open(os.getcwd() + '/file', 'w')",
    "reading": "os.listdir(home); open(os.__file__).read()",
    "nowhere": "open(os.devnull, 'w').write('x')",
}
"""Programs that keep to themselves."""


@pytest.mark.parametrize(
    ("program", "reaches", "writes"),
    [
        *(pytest.param(program, True, False, id=name) for name, program in REACHING.items()),
        *(pytest.param(program, False, True, id=name) for name, program in WRITING.items()),
        *(pytest.param(program, False, False, id=name) for name, program in QUIET.items()),
    ],
)
def test_the_watch_sees(program: str, reaches: bool, writes: bool, watched: Watched, strace: None) -> None:
    """Whoever reaches out or writes elsewhere is noted, whether it succeeds or not; nobody else is."""
    whole = f"import ctypes, os, socket; home = os.environ['HOME']; {program}"
    command = [*isolation(), *watched.command(), sys.executable, "-c", whole]
    subprocess.run(command, env=watched.environment(), cwd=watched.folder, capture_output=True, timeout=60)
    assert bool(watched.reached()) == reaches
    assert bool(watched.wrote()) == writes
