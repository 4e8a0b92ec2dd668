"""The workbench's port: taken, or who has it and what to do."""

from __future__ import annotations

import errno
import http.client
import socket
import sys

from publishing.errors import PublishingError
from publishing.workbench.access import PROCESS
from publishing.workbench.presence import Presence

HOST = "127.0.0.1"

_PATIENCE = 2.0
"""Seconds that whoever has a port may take to say who they are."""


def listen(port: int, presence: Presence) -> socket.socket:
    """A socket that listens at a port of this machine, 0 for a free one.

    Raises:
        PublishingError: the port cannot be had; the message says who has it, and what to do.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # there another program could take the port over otherwise
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        # what is left of the connections of a workbench that was stopped holds no port then
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        # a browser that is quicker than the server waits instead of being turned away
        listening.listen(100)
    except OSError as error:
        listening.close()
        raise PublishingError(_explain(port, error, presence)) from None
    return listening


def _explain(port: int, error: OSError, presence: Presence) -> str:
    """Why a port cannot be had, and what to do."""
    other = f"candour workbench --port {port + 1 if port < 65535 else port - 1}"
    if error.errno == errno.EACCES and sys.platform != "win32":
        return "This port is kept for the system. Choose one above 1023, or leave --port out."
    holder = _ask_holder(port)
    if holder is None:
        return (
            f"Port {port} is not free again yet: the system keeps it for a minute or two after a workbench was stopped. "
            f"Start it again in two minutes, or choose another port now: {other}"
        )
    if not holder:
        return f"Port {port} is taken by another program. Choose another: {other}"
    running = presence.find_running(holder)
    if running is None:
        return (
            f"A Candour workbench is running at port {port} already, over another reviews folder or for another person of this "
            f"machine. If it is yours, {_what_to_do(holder)}. To run another beside it: {other}"
        )
    return (
        f"The workbench that {running.who} started at {running.clock} over this reviews folder is still running: "
        f"{_what_to_do(holder)}. To run another beside it: {other}"
    )


def _what_to_do(process: int) -> str:
    return (
        "go on in the browser window that has it open, or press Ctrl+C in the window where it was started and start it "
        f"again (if that window is gone, end process {process})"
    )


def _ask_holder(port: int) -> int | None:
    """The process of the workbench that answers at a port; 0 where another program does, None where nobody listens."""
    line = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        line.request("GET", "/")
        told = line.getresponse().getheader(PROCESS, "")
        return int(told) if told.isascii() and told.isdecimal() else 0
    except ConnectionRefusedError:
        return None
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()
