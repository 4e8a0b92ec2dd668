"""Running the workbench: on this machine alone, at an address that nobody can guess."""

from __future__ import annotations

import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from publishing.errors import PublishingError
from publishing.workbench.access import START
from publishing.workbench.app import create_app
from publishing.workbench.case_queue import CaseQueue

HOST = "127.0.0.1"


def run_workbench(reviews: Path, out: Path, port: int, browser: bool, say: Callable[[str], None]) -> None:
    """Serve until somebody presses Ctrl+C.

    Args:
        reviews: the reviews folder.
        out: the folder of the built site.
        port: the port, or 0 for a free one.
        browser: whether to open the address in a browser.
        say: tells the person at the terminal.

    Raises:
        PublishingError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # there another program could take the port over otherwise
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    try:
        listening.bind((HOST, port))
        # a browser that is quicker than the server waits instead of being turned away
        listening.listen(100)
    except OSError:
        listening.close()
        raise PublishingError(
            f"Port {port} is taken by another program. Choose another: candour workbench --port {port + 1}"
        ) from None
    address = f"{HOST}:{listening.getsockname()[1]}"
    token = secrets.token_urlsafe(32)
    app = create_app(CaseQueue(reviews, out), address, token)
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
