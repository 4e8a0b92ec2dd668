"""A command struck at each call by which it changes files: killed, the disk full, the disk broken. What stands is whole, and nothing comes back."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from redaction import Redactor
from tests.support.faults import Call, disk_order
from tests.support.striking import DEEDS, Struck, faults_of_message, make_struck_house
from tests.support.tally import Tally
from tests.support.watching import MISSING, may_watch

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not may_watch(), reason=MISSING),
    pytest.mark.usefixtures("logging_as_it_was"),
]


Choose = Callable[[Sequence[Call]], list[Call]]
MEMORY = Path("/dev/shm")
"""A disk in memory: thousands of blows would spend their time waiting for a real one."""


@pytest.fixture(scope="module", params=DEEDS)
def struck(request: pytest.FixtureRequest, redactor: Redactor) -> Iterator[Struck]:
    """Each command in its house, once done unharmed."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        make_struck_house(Path(place, "made"), redactor, request.param)
        yield Struck(Path(place), request.param, redactor)


@pytest.fixture
def chosen(pytestconfig: pytest.Config) -> Choose:
    """The calls at which a command is struck: each, or each so manieth, and always the renamings that put something in its place."""
    step = pytestconfig.getoption("--every")
    return lambda calls: [call for n, call in enumerate(calls) if n % step == 0 or call.name.startswith("rename")]


def test_killed_at_every_call(struck: Struck, chosen: Choose, tally: Tally) -> None:
    """The old or the new site stands, whole; the next build ends; no private word is left about; nothing withdrawn is back."""
    for call in chosen(struck.calls):
        ended = struck.kill(call)
        tally(call, [f"it ended with {ended.code}"] if ended.code != -signal.SIGKILL else struck.faults())


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EROFS"])
def test_told_of_an_error_at_every_call(struck: Struck, chosen: Choose, error: str, tally: Tally) -> None:
    """It ends with a plain message, and what stood stands."""
    for call in chosen(struck.calls):
        ended = struck.refuse(call, error)
        tally(call, [*faults_of_message(struck, ended), *struck.faults()], ended)


@pytest.mark.parametrize("error", ["ENOENT", "EACCES"])
def test_a_file_vanishes_or_may_not_be_read(struck: Struck, chosen: Choose, error: str, tally: Tally) -> None:
    """Whatever is opened to be read is gone by then, or somebody else's: the same."""
    for call in chosen(struck.reads):
        ended = struck.refuse(call, error)
        tally(call, [*faults_of_message(struck, ended), *struck.faults()], ended)


def test_what_is_put_in_its_place_has_reached_the_disk(struck: Struck, tally: Tally) -> None:
    """A power cut after any renaming finds no empty file under the new name, and none after the command's end the old name."""
    replaced = disk_order(struck.log, struck.house)
    for renaming in replaced:
        tally(renaming.said, renaming.faults)
    assert replaced
    assert not tally.failed, "\n".join(tally.failed)
