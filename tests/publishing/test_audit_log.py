"""The audit log: each line follows from the one before, and whoever changes one is seen; a stopped machine loses the newest at most."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publishing.audit_log import AuditLog, read_log, record, tell
from publishing.cli import app
from tests.conftest import SmallDisk
from tests.support.building import AS_OF, build_small, withdraw_small
from tests.support.cases import CASE
from tests.support.paths import ROOT

pytestmark = pytest.mark.usefixtures("logging_as_it_was")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of five lines."""
    for number in range(1, 6):
        assert record(tmp_path, "signed", review=f"2025-00{number}", by="Sal Second") == ()
    return tmp_path / ".candour/audit.log"


def followed(log: Path) -> AuditLog:
    return read_log(log.parent.parent)


def test_who_did_what_is_told_in_plain_words(house: Path) -> None:
    """Signed, built, withdrawn: by the public reference, in the order in which it was done; no case is named, nor a word of one."""
    reviews = house / "reviews"
    build_small(reviews, house / "build", AS_OF)
    withdraw_small(CASE, "legal", reviews, house / "build", AS_OF)
    withdraw_small(CASE, "legal", reviews, house / "build", AS_OF)
    result = CliRunner().invoke(app, ["audit", "--reviews", str(reviews)])
    assert result.exit_code == 0
    told = [
        line.partition("  ")[2].partition("  ")[2].partition(" (login")[0] for line in result.stdout.splitlines()[:5]
    ]
    assert [line.partition(", by login")[0] for line in told] == [
        "signed: 2025-001, by A Checker",
        "signed: 2025-002, by A Checker",
        "built",
        "built",
        "withdrawn: 2025-001",
    ]
    assert "5 lines, and each follows from the one before" in result.stdout
    data = (reviews / ".candour/audit.log").read_text(encoding="utf-8").casefold()
    for private in ("amber", "kettle", "whitlock", "moorhouse", "recall", str(house)):
        assert private not in data


def test_it_is_its_owners_alone(log: Path) -> None:
    """As everything in .candour is."""
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def change_a_letter(lines: list[bytes]) -> None:
    lines[2] = lines[2].replace(b"Sal", b"Sam")


def take_a_line_out(lines: list[bytes]) -> None:
    del lines[2]


def put_one_in(lines: list[bytes]) -> None:
    lines.insert(2, lines[2])


def change_places(lines: list[bytes]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def write_over(lines: list[bytes]) -> None:
    lines[2] = b"x" * len(lines[2])


def begin_later(lines: list[bytes]) -> None:
    del lines[:2]


def empty_a_line(lines: list[bytes]) -> None:
    lines[2] = b""


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (change_a_letter, 4),
        (take_a_line_out, 3),
        (put_one_in, 4),
        (change_places, 3),
        (write_over, 4),
        (begin_later, 1),
        (empty_a_line, 4),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_line_where_the_chain_breaks_is_told(log: Path, change: Callable[[list[bytes]], None], at: int) -> None:
    """Whatever is done to a line that another follows; exit code 1, and what still holds is shown."""
    lines = log.read_bytes().splitlines()
    change(lines)
    log.write_bytes(b"\n".join(lines) + b"\n")
    assert followed(log).broken.startswith(f"The chain breaks at line {at}:")
    result = CliRunner().invoke(app, ["audit", "--reviews", str(log.parent.parent)])
    assert result.exit_code == 1
    assert f"The chain breaks at line {at}:" in result.stderr
    assert record(log.parent.parent, "built") == ()
    assert followed(log).broken.startswith(f"The chain breaks at line {at}:")


def test_an_end_that_was_cut_off_shows_in_the_checksum_alone(log: Path) -> None:
    """The chain cannot know it: the command says so, and gives what to note elsewhere."""
    before = followed(log).checksum
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3]))
    assert not followed(log).broken
    assert followed(log).checksum != before
    assert any("note this checksum elsewhere" in line for line in tell(followed(log)))


@pytest.mark.parametrize("cut", [1, 2, 40, 100])
def test_a_line_that_a_stopped_machine_cut_short_is_told_and_the_chain_goes_on(log: Path, cut: int) -> None:
    """Nothing before it is lost, and the next deed is recorded behind it."""
    data = log.read_bytes()
    log.write_bytes(data[:-cut])
    record(log.parent.parent, "built")
    after = followed(log)
    assert after.broken == ""
    assert after.torn == (() if cut == 1 else (5,))
    assert after.lines[-1].did == "built"
    assert [line.n for line in after.lines] == ([1, 2, 3, 4, 5, 6] if cut == 1 else [1, 2, 3, 4, 6])


def test_what_cannot_be_recorded_is_told_and_hinders_nothing(
    tmp_path: Path, small_disk: Callable[[int], SmallDisk]
) -> None:
    """A full disk, a file in the way, a link where the log should be: a withdrawal comes first."""
    disk = small_disk(1)
    disk.fill()
    (told,) = record(disk.folder, "built")
    assert told.startswith("The audit log could not be written (No space left on device)")
    (tmp_path / ".candour").touch()
    assert record(tmp_path, "built")
    (tmp_path / ".candour").unlink()
    (tmp_path / ".candour").mkdir()
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / ".candour/audit.log").symlink_to(tmp_path / "elsewhere")
    assert record(tmp_path, "built")
    assert (tmp_path / "elsewhere").read_text() == ""


WRITER = """
import sys
from pathlib import Path
from publishing.audit_log import record
print("ready", flush=True)
while True:
    assert record(Path(sys.argv[1]), "built", more=sys.argv[2]) == ()
"""


@pytest.mark.build
def test_writers_that_are_killed_leave_a_chain(tmp_path: Path) -> None:
    """Two at once, killed as kill -9 does, three times over: every line that is there follows from the one before."""
    for turn in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(tmp_path), f"{turn}-{n}"],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
            )
            for n in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        wanted = len(followed(tmp_path / ".candour/audit.log").lines) + 20
        while len(followed(tmp_path / ".candour/audit.log").lines) < wanted:
            pass
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    found = followed(tmp_path / ".candour/audit.log")
    assert (found.broken, found.torn) == ("", ())
    assert len({line.more for line in found.lines}) >= 3


def test_nothing_recorded_yet_is_no_fault(tmp_path: Path) -> None:
    """An empty log is told as such."""
    assert list(tell(read_log(tmp_path))) == ["Nothing is recorded yet."]
