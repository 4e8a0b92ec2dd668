"""A long step says how far it has come: a bar on a terminal, plain lines in a log, and nothing where nobody listens."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from publishing.cli.progress_display import ProgressLines
from publishing.progress import step, told_to, track
from tests.support.building import AS_OF, build_small
from tests.support.hearing import Heard


def test_a_build_tells_each_long_step_and_gets_to_its_end(house: Path, one_redactor: None) -> None:
    """In the order of the work, each with as many pieces as it said."""
    heard = Heard()
    with told_to(heard):
        build_small(house / "reviews", house / "build", AS_OF)
    assert [name for name, _, _ in heard.steps] == ["reading cases", "redacting cases", "searching files"]
    assert all(total == done for _, total, done in heard.steps)
    assert heard.steps[0] == ("reading cases", 2, 2)


def test_nobody_is_told_outside(house: Path, one_redactor: None) -> None:
    """A listener hears what is done within its time alone."""
    heard = Heard()
    with told_to(heard):
        pass
    build_small(house / "reviews", house / "build", AS_OF)
    assert heard.steps == []


def test_a_step_that_fails_ends() -> None:
    """Whatever is told next is a step of its own."""
    heard = Heard()
    with told_to(heard), pytest.raises(ZeroDivisionError):
        for piece in track("dividing", [2, 0, 1]):
            assert 4 / piece
    with told_to(heard), step("adding", 1) as advance:
        advance()
    assert heard.steps == [("dividing", 3, 1), ("adding", 1, 1)]


@pytest.mark.parametrize(
    ("seconds_each", "total", "lines"),
    [
        (0.1, 10, []),
        (0.5, 4, []),
        (0.5, 5, ["counting: 5 of 5, in 2 s"]),
        (
            25,
            6,
            [
                "counting: 3 of 6, some 75 s left",
                "counting: 6 of 6, in 2 min",
            ],
        ),
        (
            60,
            4,
            [
                "counting: 1 of 4, some 3 min left",
                "counting: 2 of 4, some 2 min left",
                "counting: 3 of 4, some 60 s left",
                "counting: 4 of 4, in 4 min",
            ],
        ),
        (0.002, 1500, ["counting: 1,500 of 1,500, in 3 s"]),
    ],
)
def test_a_log_has_a_line_a_minute_and_one_at_the_end_of_what_took_long(
    seconds_each: float, total: int, lines: list[str]
) -> None:
    """What is over in two seconds is not told."""
    said: list[str] = []
    # the clock is asked once as the step begins, once a piece, and once at its end
    moments: Iterator[float] = accumulate([100.0, *[seconds_each] * total, 0.0])
    with told_to(ProgressLines(said.append, lambda: next(moments))):
        list(track("counting", range(total)))
    assert said == lines


TERMINAL = """
import time
from publishing.cli.output import say
from publishing.cli.progress_display import show_progress
from publishing.progress import track
with show_progress():
    for piece in track("counting", range(4)):
        time.sleep(0.15)
        if piece == 2:
            say("a line meanwhile")
say("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_has_a_bar_that_is_gone_afterwards() -> None:
    """The bar names the step and counts; lines said meanwhile and afterwards are whole."""
    outer, inner = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
    process = subprocess.Popen([sys.executable, "-c", TERMINAL], stdout=inner, stderr=inner, env=environment)
    os.close(inner)
    shown = b""
    while select.select([outer], [], [], 30)[0]:
        try:
            piece = os.read(outer, 4096)
        except OSError:
            # how Linux says that the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(outer)
    assert process.wait(30) == 0
    text = shown.decode()
    assert "counting" in text
    assert "/4" in text
    assert "a line meanwhile\r\n" in text
    assert text.splitlines()[-1].endswith("done")
    assert "\x1b[2K" in text
