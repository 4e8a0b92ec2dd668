"""Running the workbench: on this machine alone, at an address that nobody can guess."""

from __future__ import annotations

import secrets
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from publishing.release.renaming import finish_interrupted
from publishing.workbench.access import START
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.listening import HOST, listen


def run_workbench(reviews: Path, out: Path, port: int, browser: bool, say: Callable[[str], None]) -> None:
    """Serve until somebody presses Ctrl+C.

    Args:
        reviews: the reviews folder.
        out: the folder of the built site.
        port: the port, or 0 for a free one.
        browser: whether to open the address in a browser.
        say: tells the person at the terminal.

    Raises:
        PublishingError: the port cannot be had.
    """
    finish_interrupted(reviews)
    queue = CaseQueue(reviews, out)
    listening = listen(port, queue.presence)
    address = f"{HOST}:{listening.getsockname()[1]}"
    token = secrets.token_urlsafe(32)
    app = create_app(queue, address, token)
    # no log: addresses and errors may hold words of a review
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, log_level="critical", access_log=False, server_header=False, ws="none")
    )
    start = f"http://{address}{START}?token={token}"
    say(f"The workbench is at {start}")
    say("The address works once, on this machine alone. Press Ctrl+C to stop.")
    if browser:
        webbrowser.open(start)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
