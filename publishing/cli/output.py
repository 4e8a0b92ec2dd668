"""What the command line says, and how it ends: the only module that prints or exits."""

from __future__ import annotations

import functools
import getpass
import io
import logging
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer

from publishing.errors import FullDiskError, PublishingError
from publishing.files import disk_room
from redaction import RedactionError

P = ParamSpec("P")
STOPPED = 130
"""What the shell says of Ctrl+C."""


def say(message: str) -> None:
    """One line of progress on standard output."""
    typer.echo(message)


def write(text: str) -> None:
    """Text on standard output as it is, without an end of line."""
    sys.stdout.write(text)


def ask_name() -> str:
    """Who signs, typed on the terminal: a name need not stand in the list of processes. Wrong usage where there is no terminal."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("is needed: who signs", param_hint="--by")
    return str(typer.prompt("Who signs", err=True))


def ask_yes(question: str) -> bool:
    """A question that is answered on the terminal; whoever only presses Enter says no."""
    return typer.confirm(question, err=True)


def ask_passphrase(whose: str) -> str:
    """A passphrase typed on the terminal, unseen: it is never an argument, which other people's process lists show.

    Raises:
        PublishingError: there is no terminal. Signing is a person's act, so nothing else is read.
    """
    if not sys.stdin.isatty():
        raise PublishingError("A passphrase is typed on a terminal: run this in one, or sign in the workbench.")
    return getpass.getpass(f"Passphrase of {whose}: ", stream=sys.stderr)


def ask_new_passphrase(whose: str) -> str:
    """A passphrase typed twice alike.

    Raises:
        PublishingError: there is no terminal, or the two are not alike.
    """
    say("Take three or four words that nobody would guess. Nobody can find it again for you.")
    first = ask_passphrase(whose)
    if ask_passphrase(f"{whose}, once more") != first:
        raise PublishingError("The two are not alike: nothing was made. Try again.")
    return first


def megabytes(size: int) -> str:
    """Bytes as people say them."""
    return f"{max(1, round(size / disk_room.MEGABYTE))} MB"


def refuse(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error and end with 1, or with STOPPED after Ctrl+C."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def in_plain_words(command: Callable[P, None]) -> Callable[P, None]:
    """Errors in plain words and exit code 1; never a traceback, since its lines may hold a word of a review."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")
        try:
            command(*args, **kwargs)
        except (PublishingError, RedactionError) as error:
            refuse(str(error))
        except (typer.Exit, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            refuse("Stopped.", STOPPED)
        except BrokenPipeError:
            # whoever read the output has gone; what the command did is done
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001  the last line of defence: its text may hold private words
            if disk_room.is_full(error):
                refuse(str(FullDiskError("the folder that was written to", disk_room.MEGABYTE)))
            if refusal := disk_room.explain_refusal(error):
                refuse(refusal)
            frame = traceback.extract_tb(error.__traceback__)[-1]
            refuse(
                f"Something went wrong inside Candour ({type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}). "
                "Nothing was published. No more is shown, because it could hold words of a review. "
                "Report this line to the people who maintain Candour."
            )

    return run


def use_utf8() -> None:
    """What is printed is UTF-8 wherever it runs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
