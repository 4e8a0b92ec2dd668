"""What all tests share: one engine, one Chromium, small disks, built houses to break; and no test fails because the machine was busy."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# compiled once, and not by both workers of every run and by each command that they start: thirty seconds of a run
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
pytest.register_assert_rewrite("tests.support")

from publishing import settings as project  # noqa: E402
from publishing import site  # noqa: E402
from publishing.files import atomic_writes  # noqa: E402
from publishing.site import templating  # noqa: E402
from publishing.site.chromium import CHROMIUM as NAMES_CHROMIUM  # noqa: E402
from publishing.site.chromium import find_chromium  # noqa: E402
from redaction import Redactor  # noqa: E402
from redaction.evaluation.systems import Once  # noqa: E402
from tests.support.building import build_small, make_house, publish_small, withdraw_small  # noqa: E402
from tests.support.cases import sign_case  # noqa: E402
from tests.support.paths import ROOT  # noqa: E402
from tests.support.redacting import read_redacted, redact_samples  # noqa: E402
from tests.support.samples import Sample, build_samples, read_samples  # noqa: E402
from tests.support.sharing import make_once  # noqa: E402
from tests.support.signers import make_keyed_house, move_in  # noqa: E402
from tests.support.tally import Tally  # noqa: E402

# whoever starts another process of the tests has found it, and emptied the name by which it is found
CHROMIUM = os.environ.setdefault("CANDOUR_TESTS_CHROMIUM", find_chromium())
# a build prints its annual reports where there is a Chromium: seconds that only tests of that are to take
os.environ[NAMES_CHROMIUM] = ""
MISSING = "browser tests left out: no Chromium here (Debian: apt-get install chromium)"
NO_DISK = "tests of a full disk left out: a small disk cannot be mounted here (unshare -rm)"
FILLER = "filler"
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")

REQUIRED = os.environ.get("CANDOUR_REQUIRE_BROWSER") == "1"

BUILT = frozenset({"staging", "sample", "again", "whole_house", "wheel"})
"""Fixtures that build a whole site, or what is installed: whoever asks for one is marked `build`."""


MARKS = {"build": BUILT, "browser": {"browser", "chromium"}}
SAMPLES = frozenset({"sample", "again"})
"""Fixtures that wait for the samples to be built: `again` builds them a second time, so its file begins."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """How densely `make soak` tries what can be tried at thousands of places."""
    parser.addoption(
        "--every", type=int, default=8, metavar="N", help="strike commands at each Nth call (make soak: at each)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a built site or a browser by the fixtures that it asks for, and put the files in order."""
    for item in items:
        for mark, fixtures in MARKS.items():
            if fixtures.intersection(getattr(item, "fixturenames", ())):
                item.add_marker(mark)
    _put_in_order(items)


def _put_in_order(items: list[pytest.Item]) -> None:
    """The file that builds the samples, heavy ones beside it, those that need what it builds, and light ones to end with.

    Files are handed to processes whole and in this order (`--no-loadscope-reorder`): none waits for the samples while
    there is other work, and at the end none has a heavy file left.
    """
    of_file: dict[Path, set[str]] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        of_file.setdefault(item.path, set()).update(marks, getattr(item, "fixturenames", ()))

    def turn(item: pytest.Item) -> int:
        asked = of_file[item.path]
        if "again" in asked:
            return 0
        if asked & SAMPLES:
            return 2
        return 1 if asked & {"build", "browser", "slow"} else 3

    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Hundreds of built sites need not outlast a power cut; tests/soak/test_system_calls.py holds that real ones do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(atomic_writes, "settle_all", lambda folder: None)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is, for what starts it by itself."""
    if not CHROMIUM and not REQUIRED:
        pytest.skip(MISSING)
    assert CHROMIUM, MISSING
    return CHROMIUM


@pytest.fixture(autouse=True)
def _chromium_is_found(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Candour finds a Chromium in tests that ask for one, and in no other."""
    if "chromium" in request.fixturenames:
        monkeypatch.setenv(NAMES_CHROMIUM, CHROMIUM)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests: Playwright's synchronous face may be open once in a process."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
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


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """The engine with its default policy: it is slow to build."""
    return Redactor()


@pytest.fixture(scope="session")
def redacted_samples(redactor: Redactor, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """The samples, each redacted once a session with its register, and without one where it is held aside."""
    made = make_once(tmp_path_factory, "redacted", partial(redact_samples, redactor=redactor))
    return read_redacted(made, redactor)


@pytest.fixture
def one_redactor(redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every command in this process use the tests' engine: each would build its own."""
    for module in ("redaction", "publishing.release.signoff", "publishing.release.responding"):
        monkeypatch.setattr(f"{module}.Redactor", lambda: redactor, raising=False)


@pytest.fixture
def set_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Give options of mkdocs.yml other values, in a copy of what builds are made with."""
    folder = tmp_path / "project"
    for name in ("templates", "site_src"):
        shutil.copytree(ROOT / name, folder / name)

    def write(**values: str) -> None:
        text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        for name, value in values.items():
            (line,) = (line for line in text.splitlines() if line.startswith(f"  {name}:"))
            text = text.replace(line, f"  {name}: {value}")
        (folder / "mkdocs.yml").write_text(text, encoding="utf-8")

    monkeypatch.setattr(project, "_HERE", folder / "publishing")
    templating.page_templates.cache_clear()
    yield write
    templating.page_templates.cache_clear()


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """The command line turns logging off for the whole process."""
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="session")
def sign(redactor: Redactor) -> Callable[[Path], None]:
    """Sign a case as redacted now."""
    return partial(sign_case, redactor=redactor)


@pytest.fixture
def house(tmp_path: Path, redactor: Redactor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to break, with reviews/ (two signed cases) and build/ (a site of three pages)."""
    made = make_once(tmp_path_factory, "house", partial(make_house, redactor=redactor, publish=publish_small))
    return Path(shutil.copytree(made, tmp_path / "house"))


@pytest.fixture
def keyed_house(
    tmp_path: Path, redactor: Redactor, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A house to break whose two cases are signed with keys, and settings/ with the keys of both signers."""
    made = make_once(tmp_path_factory, "keyed-house", partial(make_keyed_house, redactor=redactor))
    return move_in(tmp_path, made, monkeypatch)


@pytest.fixture(scope="session")
def whole_house(redactor: Redactor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the whole site as readers get it; nobody may change what is in it."""
    return make_once(tmp_path_factory, "real-house", partial(make_house, redactor=redactor, publish=site.publish))


@pytest.fixture
def real_house(tmp_path: Path, whole_house: Path) -> Path:
    """A copy of the whole house, to break."""
    return Path(shutil.copytree(whole_house, tmp_path / "house"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample cases, copied without any cache, and the site that one cold build by the real command line makes of them.

    It is built once for a session, cut off from the network; nobody may change what is in it.
    """
    return read_samples(make_once(tmp_path_factory, "samples", build_samples))


@pytest.fixture
def small_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the command line build and withdraw in this process with the publisher of three pages."""
    monkeypatch.setattr("publishing.release.build.build", build_small)
    monkeypatch.setattr("publishing.release.withdrawal.withdraw", withdraw_small)


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Counts what a test tries in great number, for docs/reliability.md; the test fails if one did not hold."""
    counted = Tally()
    yield counted
    record_property("tried", counted.tried)
    record_property("held", counted.tried - len(counted.failed))
    assert not counted.failed, "\n".join(counted.failed)
