"""A Chromium of this machine without a window, spoken to over two pipes in the Chrome DevTools Protocol: it opens no port."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from publishing.errors import BrowserError
from publishing.site.chromium import QUIET, find_chromium, places, short_room, without_sandbox

Message = dict[str, Any]

_MISSING = (
    "There is no Chromium on this machine, so no page was looked at in a browser: install it (Debian: apt-get install chromium), or name the "
    "program of a Chromium or Chrome in the environment variable CANDOUR_CHROMIUM."
)
_UNSUITABLE = "Pages are looked at in a browser on Linux and macOS alone: run candour check --browser there."
_STOPPED = (
    "Chromium did not start, or stopped in the middle, so not every page was looked at. See whether it runs at all under this account "
    "(chromium --headless --dump-dom about:blank), then try again."
)

_OPTIONS = (
    *QUIET,
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-dev-shm-usage",
    # so that what is in a sandboxed frame is in the snapshot of its page
    "--disable-site-isolation-trials",
    # no way to anything but the proxy: no name is looked up, no address of this machine is reached directly, nor by WebRTC
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_START = 60.0
"""Seconds that a slow machine may take to start it."""
_GOODBYE = 5.0
_LARGEST = 300_000_000
"""Bytes of one message; the largest page of a site has under a million."""


class PageTimeoutError(Exception):
    """Time is up for what is done just now."""


def require_chromium() -> str:
    """The program of a Chromium on this machine.

    Raises:
        BrowserError: there is none, or it cannot be run from here.
    """
    program = shutil.which(find_chromium())
    if program is None:
        raise BrowserError(_MISSING)
    if not hasattr(os, "posix_spawn"):
        raise BrowserError(_UNSUITABLE)
    return program


class Chromium:
    """A running Chromium. What happens is kept until it is asked for; dialogs are closed, and their words kept in `dialogs`."""

    def __init__(self, reading: int, writing: int) -> None:
        self.dialogs: list[str] = []
        self._reading, self._writing = reading, writing
        self._buffer = bytearray()
        self._events: list[Message] = []
        self._number = 0
        self._deadline = time.monotonic() + _START

    def allow(self, seconds: float) -> None:
        """How long everything may take from now on together; nothing that happened before counts any more."""
        self._deadline = time.monotonic() + seconds
        self._events.clear()
        self.dialogs.clear()

    def call(self, method: str, session: str = "", **params: Any) -> Message:
        """Have it do something; what it answers.

        Raises:
            PageTimeoutError: it took too long, or cannot be done.
            BrowserError: it runs no more.
        """
        number = self._send(method, session, params)
        while True:
            message = self._receive()
            if message.get("id") == number:
                if "error" in message:
                    raise PageTimeoutError
                result: Message = message["result"]
                return result
            if "method" in message:
                self._events.append(message)

    def wait_for(self, method: str, session: str, is_it: Callable[[Message], bool] = lambda said: True) -> None:
        """Wait until something happens, or has happened.

        Raises:
            PageTimeoutError: it took too long.
            BrowserError: it runs no more.
        """
        while True:
            for event in self._events:
                if event["method"] == method and event.get("sessionId") == session and is_it(event["params"]):
                    self._events.remove(event)
                    return
            message = self._receive()
            if "method" in message:
                self._events.append(message)

    def _send(self, method: str, session: str, params: Message) -> int:
        self._number += 1
        message = {
            "id": self._number,
            "method": method,
            "params": params,
            **({"sessionId": session} if session else {}),
        }
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._writing, data) :]
        except OSError:
            raise BrowserError(_STOPPED) from None
        return self._number

    def _receive(self) -> Message:
        searched = 0
        while (end := self._buffer.find(b"\0", searched)) < 0:
            searched = len(self._buffer)
            left = self._deadline - time.monotonic()
            if left <= 0 or not select.select([self._reading], [], [], left)[0]:
                raise PageTimeoutError
            data = os.read(self._reading, 1 << 20)
            if not data or len(self._buffer) > _LARGEST:
                raise BrowserError(_STOPPED)
            self._buffer += data
        message: Message = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        if message.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(str(message["params"].get("message", "")))
            self._send("Page.handleJavaScriptDialog", message["sessionId"], {"accept": False})
        return message


@contextmanager
def run_chromium(proxy_port: int) -> Iterator[Chromium]:
    """Run it with a profile of its own, gone afterwards, and no way to anything but a proxy on this machine.

    Raises:
        BrowserError: there is none, it cannot run here, or it did not start.
    """
    program = require_chromium()
    with tempfile.TemporaryDirectory(prefix="candour-", ignore_cleanup_errors=True) as folder, short_room() as short:
        profile = Path(folder)
        commands_out, commands_in, answers_out, answers_in = (*os.pipe(), *os.pipe())
        process = None
        try:
            try:
                process = _start(program, places(profile, short), profile, proxy_port, commands_out, answers_in)
            finally:
                os.close(commands_out)
                os.close(answers_in)
            running = Chromium(answers_out, commands_in)
            try:
                running.call("Browser.getVersion")
            except PageTimeoutError:
                raise BrowserError(_STOPPED) from None
            yield running
        finally:
            os.close(commands_in)
            os.close(answers_out)
            if process is not None:
                _end(process)


def _start(program: str, surroundings: dict[str, str], profile: Path, proxy_port: int, reads: int, writes: int) -> int:
    """Start it at the head of a process group; it reads commands at 3 and answers at 4."""
    own = (f"--proxy-server=http://127.0.0.1:{proxy_port}", f"--user-data-dir={profile / 'profile'}", "about:blank")
    command = [program, *_OPTIONS, *without_sandbox(), *own]
    # by way of two numbers that are free, because an end may have the number that the other is to get
    one, other = max(reads, writes, 4) + 1, max(reads, writes, 4) + 2
    pipes = [(os.POSIX_SPAWN_DUP2, had, gets) for had, gets in ((reads, one), (writes, other), (one, 3), (other, 4))]
    closed = [(os.POSIX_SPAWN_CLOSE, one), (os.POSIX_SPAWN_CLOSE, other)]
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    try:
        return os.posix_spawn(program, command, surroundings, file_actions=[*pipes, *closed, *silent], setpgroup=0)
    except OSError:
        raise BrowserError(_STOPPED) from None


def _end(process: int) -> None:
    """End it with everything that it started: without its pipes it ends itself, or is made to."""
    if os.name == "posix":
        until = time.monotonic() + _GOODBYE
        ended = 0
        while not ended and time.monotonic() < until:
            time.sleep(0.02)
            ended, _ = os.waitpid(process, os.WNOHANG)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)
        if not ended:
            os.waitpid(process, 0)
