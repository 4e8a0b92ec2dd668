"""`candour signer …` and a signature with a key, as somebody at a terminal sees them."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from publishing.cli import main
from tests.support.cases import write_case
from tests.support.paths import ROOT
from tests.support.running import become
from tests.support.signers import PASSPHRASE, SAL, SAM

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are made here as POSIX systems make them")
QUESTION = re.compile("Passphrase of [^:]*: |Who signs: ")
FINGERPRINT = re.compile(r"(?:[0-9a-f]{4}-){4}[0-9a-f]{4}")


def at_terminal(folder: Path, *arguments: str, answers: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run a command at a terminal of its own, typing an answer to each question; its exit code, and what the screen shows."""
    import pty

    process, mine = pty.fork()
    if process == 0:
        _be_candour(folder, arguments)
    screen, waiting = "", list(answers)
    with contextlib.suppress(OSError):
        while said := os.read(mine, 4096).decode():
            screen += said
            if waiting and len(QUESTION.findall(screen)) > len(answers) - len(waiting):
                os.write(mine, f"{waiting.pop(0)}\n".encode())
    os.close(mine)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), screen.replace("\r\n", "\n")


def _be_candour(folder: Path, arguments: tuple[str, ...]) -> NoReturn:
    """The copy of this process at the terminal: to load the command line afresh takes longer than what it does."""
    os.chdir(folder)
    os.environ["XDG_CONFIG_HOME"] = str(folder / "settings")
    sys.argv = ["candour", *arguments]
    become(main)


def without_terminal(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run a command as a script does, with the passphrase on its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "publishing.cli", *arguments],
        input=f"{PASSPHRASE}\n" * 2,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder / "settings")},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.build
def test_two_people_become_signers_at_a_terminal(tmp_path: Path) -> None:
    """The first begins the list, the second is confirmed by fingerprint; passphrases are never shown; what is mistyped is told."""
    (tmp_path / "reviews").mkdir()
    code, screen = at_terminal(tmp_path, "signer", "add", "--name", SAM, answers=(PASSPHRASE, PASSPHRASE))
    assert code == 0, screen
    assert "It is the first on the list" in screen
    assert PASSPHRASE not in screen
    code, screen = at_terminal(tmp_path, "signer", "add", "--name", SAL, answers=(PASSPHRASE, "another one, quite"))
    assert (code, "The two are not alike" in screen) == (1, True)
    code, screen = at_terminal(tmp_path, "signer", "add", "--name", SAL, answers=(PASSPHRASE, PASSPHRASE))
    assert code == 0, screen
    found = FINGERPRINT.search(screen)
    assert found
    code, screen = at_terminal(
        tmp_path, "signer", "confirm", found[0], "--by", SAM, answers=("wrong, but long enough",)
    )
    assert (code, "the passphrase is not the right one" in screen) == (1, True)
    code, screen = at_terminal(tmp_path, "signer", "confirm", found[0], "--by", SAM, answers=(PASSPHRASE,))
    assert (code, "Sal Second may sign from now on." in screen) == (0, True)
    code, screen = at_terminal(tmp_path, "signer", "retire", found[0], "--by", SAM, answers=(PASSPHRASE,))
    assert (code, "Sal Second may sign no more." in screen) == (0, True)
    code, screen = without_terminal(tmp_path, "signer", "list")
    assert code == 0
    assert re.search(rf"{found[0]}  Sal Second, since \d{{4}}-\d\d-\d\d until ", screen)
    write_case(tmp_path / "reviews", approved_by="Ada Approver")
    code, screen = at_terminal(tmp_path, "sign-off", "2025-001", "--by", SAM, answers=("wrong, but long enough",))
    assert (code, "not signed: key " in screen) == (1, True)
    code, screen = at_terminal(tmp_path, "sign-off", "2025-001", answers=(SAM, "wrong, but long enough"))
    assert (code, "not signed: key " in screen) == (1, True)
    code, screen = at_terminal(tmp_path, "sign-off", "2025-001", "--by", SAL)
    assert (code, "no signer of that name is on the list" in screen) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [("signer", "add", "--name", SAM), ("signer", "add", "--name", SAM, "--passphrase", PASSPHRASE)],
    ids=["standard input", "argument"],
)
def test_a_passphrase_comes_from_a_terminal_alone(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No script signs in somebody's name, and no list of processes shows a passphrase."""
    (tmp_path / "reviews").mkdir()
    code, said = without_terminal(tmp_path, *arguments)
    assert code in (1, 2)
    assert "A passphrase is typed on a terminal" in said or "No such option" in said
    assert not (tmp_path / "reviews" / "signers.yml").exists()
