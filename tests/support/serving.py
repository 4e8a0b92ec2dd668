"""The site as a web server shows it, below a folder of its own, and a browser's pages that notice whatever goes wrong."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


VIOLATIONS = {"resultTypes": ["violations"]}
"""What axe-core is to tell: writing down what is right takes it as long as looking."""


@functools.lru_cache(maxsize=2000)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


class Server(http.server.ThreadingHTTPServer):
    """Serves the site below /some/where/, packed, and counts what went over the wire."""

    def __init__(self, folder: Path) -> None:
        self.sent: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))

    @property
    def root(self) -> str:
        """The address of the home page."""
        return f"http://127.0.0.1:{self.server_address[1]}/some/where/"


def headers_told(site: Path, path: str) -> list[tuple[str, str]]:
    """What a built site's `_headers` says of a path, as Netlify and Cloudflare Pages read it."""
    found, applies = [], False
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            applies = path.startswith(line.removesuffix("*"))
        elif applies:
            name, value = line.strip().split(": ", 1)
            found.append((name, value))
    return found


class Handler(http.server.SimpleHTTPRequestHandler):
    """Packs what a web server packs, says what the site's `_headers` say, and keeps no log."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the file."""
        prefix = "/some/where"
        path = Path(self.translate_path(self.path.removeprefix(prefix)))
        path = path / "index.html" if path.is_dir() else path
        found = self.path.startswith(prefix) and path.is_file()
        path = path if found else Path(self.directory) / "404.html"
        body = path.read_bytes()
        packed = _pack(body) if path.suffix in PACKED else body
        self.server.sent.append((self.path, len(packed)))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        for name, value in headers_told(Path(self.directory), self.path.removeprefix(prefix)):
            # each test wants to see what goes over the wire
            self.send_header(name, "no-store" if name == "Cache-Control" else value)
        if packed is not body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        # a page that was left before it was loaded hangs up
        with contextlib.suppress(ConnectionError):
            self.wfile.write(packed)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(site: Path) -> Iterator[Server]:
    """A built site, being served."""
    with Server(site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextlib.contextmanager
def watched_page(browser: Browser, root: str) -> Iterator[Page]:
    """A fresh page; it fails if anything goes wrong in it, asks another server than the root, or leaves a cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith(root) else wrong.append(f"asked {r.url}"))
    yield opened
    cookies = context.cookies()
    context.close()
    assert not wrong
    assert not cookies
