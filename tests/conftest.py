"""What all tests share: one Chromium and small disks, where they can be had; and no test fails because the machine was busy."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CANDOUR_CHROMIUM") or shutil.which("chromium") or ""
MISSING = "browser tests left out: no Chromium here (Debian: apt-get install chromium)"
NO_DISK = "tests of a full disk left out: a small disk cannot be mounted here (unshare -rm)"
FILLER = "filler"
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")

REQUIRED = os.environ.get("CANDOUR_REQUIRE_BROWSER") == "1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: Playwright's synchronous face may be open once in a process."""
    if not CHROMIUM and not REQUIRED:
        pytest.skip(MISSING)
    assert CHROMIUM, MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


class SmallDisk:
    """A disk of a few megabytes, mounted where nothing but its own commands sees it; `folder` leads to it from here."""

    def __init__(self, place: Path, megabytes: int) -> None:
        self.place = place
        mount = f"mount -t tmpfs -o size={megabytes}m tmpfs '{place}' && echo mounted && exec cat"
        try:
            self._holder = subprocess.Popen(
                ["unshare", "-rm", "sh", "-c", mount],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            pytest.skip(NO_DISK)
        assert self._holder.stdout is not None
        if self._holder.stdout.readline() != b"mounted\n":
            self.close()
            pytest.skip(NO_DISK)
        self.folder = Path(f"/proc/{self._holder.pid}/root{place}")

    def command(self, *arguments: object) -> list[str]:
        """The command line of a command that sees the disk."""
        inside = ["nsenter", "-t", str(self._holder.pid), "-U", "-m", "--preserve-credentials", "--"]
        return [*inside, *map(str, arguments)]

    def fill(self, leave: int = 0) -> None:
        """Take everything that is free on it, but for some bytes, of which there are 4096 in each block."""
        free = shutil.disk_usage(self.folder).free - leave
        with (self.folder / FILLER).open("ab") as file:
            while free >= 4096:
                free -= file.write(bytes(min(free // 4096 * 4096, 1 << 20)))

    def make_room(self) -> None:
        """Give back what `fill` took."""
        (self.folder / FILLER).unlink()

    def close(self) -> None:
        """Take the disk away."""
        self._holder.kill()
        self._holder.communicate()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], SmallDisk]]:
    """Makes small disks; the test is left out where nobody may mount one."""
    made: list[SmallDisk] = []

    def make(megabytes: int) -> SmallDisk:
        place = tmp_path / f"disk-{len(made)}"
        place.mkdir()
        made.append(SmallDisk(place, megabytes))
        return made[-1]

    yield make
    for disk in made:
        disk.close()
