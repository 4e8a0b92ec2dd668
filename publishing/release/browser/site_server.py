"""Serves a built site to one browser, whose only way to anything this is: it is the browser's proxy, and refuses all else."""

from __future__ import annotations

import http.server
import secrets
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote


class LoopbackServer(http.server.ThreadingHTTPServer):
    """A server that asks nobody for this machine's name, as Python's own does when it starts."""

    server_bind = socketserver.TCPServer.server_bind


class SiteServer(LoopbackServer):
    """The site at an address that nobody else on this machine can guess. `origin` is that address."""

    def __init__(self, site: Path) -> None:
        # a name that ends so is held for this machine's own: pages may do there what they may on the web
        self.host = f"{secrets.token_hex(16)}.localhost"
        self.origin = f"http://{self.host}"
        self._due = ""
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(site)))

    def expect(self, path: str) -> None:
        """Let the browser open this page next, and once: a page that leads on, or loads itself anew, stays as it is."""
        self._due = path

    def may_open(self, path: str) -> bool:
        """Whether the browser may show this instead of what it shows."""
        due, self._due = self._due, ""
        return unquote(path) == unquote(due)


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """A file of the site; nothing of any other address."""
        host, slash, path = self.path.removeprefix("http://").partition("/")
        if host != self.server.host:
            self._refuse(http.HTTPStatus.FORBIDDEN)
        elif self.headers.get("Sec-Fetch-Dest") == "document" and not self.server.may_open(slash + path):
            self._refuse(http.HTTPStatus.NO_CONTENT)
        else:
            self.path = slash + path
            super().do_GET()

    do_HEAD = do_GET

    def _refuse_all(self) -> None:
        self._refuse(http.HTTPStatus.FORBIDDEN)

    # a line to another host, and every way to send something
    do_CONNECT = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refuse_all

    def _refuse(self, status: http.HTTPStatus) -> None:
        self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Without a word: nobody reads it."""
        del message, explain
        self._refuse(http.HTTPStatus(code))

    def list_directory(self, path: Any) -> None:
        """No list of files: the site has none."""
        del path
        self._refuse(http.HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        """No log."""


@contextmanager
def serve_site(site: Path) -> Iterator[SiteServer]:
    """Serve a site on this machine, as long as it is looked at."""
    with SiteServer(site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
