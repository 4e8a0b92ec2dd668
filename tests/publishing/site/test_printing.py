"""PDF by Chromium: the page as it is, no network, nothing left behind, and plain words where it fails."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from publishing.errors import PublishingError
from publishing.site import printing
from publishing.site.chromium import CHROMIUM
from tests.support.paths import ROOT
from tests.support.watching import Watched, may_watch

PROBE = "2001:4860:4860::8888"
"""Chromium connects a datagram socket to it to learn whether there is a route, and sends nothing; no option prevents it."""
WORDS = "Zebedee rang"


def test_a_page_is_printed_and_nothing_is_asked_sent_or_left(chromium: str, tmp_path: Path) -> None:
    """The page asks for a picture of a machine that listens: it is not asked. Watched: nothing is written but to the room, which is long gone."""
    work = tmp_path / ("a-long-name-" * 10)
    watched = Watched(work, tmp_path / "home")
    for folder in (work, watched.home):
        folder.mkdir()
    # the path of a socket in it may not be long
    with tempfile.TemporaryDirectory(prefix="c") as short, socket.create_server(("127.0.0.1", 0)) as server:
        passing = Path(short)
        server.settimeout(0.1)
        places = [f"http://{host}:{server.getsockname()[1]}/x.png" for host in ("127.0.0.1", "localhost")]
        page = f"<title>A title</title><h1>One</h1><p>{WORDS}</p>{''.join(f'<img src={place}>' for place in places)}"
        program = (
            "import sys; from pathlib import Path; from publishing.site import printing\n"
            "Path('made.pdf').write_bytes(printing.print_to_pdf(sys.argv[1].encode(), Path('room')))"
        )
        done = subprocess.run(
            [*watched.command(), sys.executable, "-c", program, page],
            cwd=work,
            env={**watched.environment(), "TMPDIR": str(passing), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=120,
        )
        with pytest.raises(TimeoutError):
            server.accept()
        assert list(passing.iterdir()) == []
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    data = (work / "made.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/Title (A title)" in data
    assert b"/StructTreeRoot" in data
    assert not (work / "room").exists()
    assert list(watched.home.iterdir()) == []
    if may_watch():
        assert [line for line in watched.reached() if PROBE not in line and "resolv.conf" not in line] == []
        # in the short folder a socket, memory that is shared, and dconf's: no history, no session
        names = {name for path in watched.wrote() for name in Path(path).relative_to(passing).parts[1:]}
        assert [name for name in names if not re.fullmatch(r"\.?org\.chromium\.Chromium\.\w+|dconf|user", name)] == []


def stand_in(folder: Path, script: str) -> Path:
    """A program in Chromium's place."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(os.name != "posix", reason="a script stands in for the browser")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 3", "stopped with an error"),
        ("exit 0", "did not do it"),
        ("exec sleep 30", "took longer than 0.5 seconds"),
        ('for last; do :; done; out="${0%/*}/room/page.pdf"; echo "<p>" > "$out"', "did not do it"),
    ],
)
def test_a_browser_that_fails_is_told_and_leaves_nothing(
    script: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words for whoever asked, with the way out and no path; the room is empty again, and so is the temporary folder."""
    monkeypatch.setenv(CHROMIUM, str(stand_in(tmp_path, script)))
    monkeypatch.setattr(printing, "_LIMIT", 0.5)
    passing = tmp_path / "tmp"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    started = time.monotonic()
    with pytest.raises(PublishingError, match=re.escape(told)) as caught:
        printing.print_to_pdf(WORDS.encode(), tmp_path / "room")
    assert time.monotonic() - started < 10
    assert "take the HTML file" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert not (tmp_path / "room").exists()
    assert list(passing.iterdir()) == []


def test_what_a_killed_program_left_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a browser that is not there is told like one that fails."""
    room = tmp_path / "room"
    room.mkdir()
    (room / "page.html").write_text(WORDS, encoding="utf-8")
    monkeypatch.setenv(CHROMIUM, str(tmp_path / "nothing"))
    with pytest.raises(PublishingError, match="could not be started"):
        printing.print_to_pdf(b"", room)
    assert not room.exists()


def test_a_machine_without_chromium_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And offers what any browser does."""
    monkeypatch.delenv(CHROMIUM, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishingError, match="no Chromium on this machine.*Take the HTML file: any browser opens it"):
        printing.print_to_pdf(b"", tmp_path / "room")
    assert list(tmp_path.iterdir()) == []


def test_every_process_of_the_tests_finds_the_browser(chromium: str) -> None:
    """Processes that pytest starts too: else they leave every browser test out, and say so only where somebody asks."""
    ask = "import tests.conftest; print(tests.conftest.CHROMIUM)"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == chromium
