"""The site as a web server shows it, below a folder of its own, and a browser's pages that notice whatever goes wrong."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}


VIOLATIONS = {"resultTypes": ["violations"]}
"""What axe-core is to tell: writing down what is right takes it as long as looking."""


EMPTY = "empty-between-tests"
"""Below the root: a page with nothing on it, which is no page of the site."""


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
        if path.name == EMPTY:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b'<!doctype html><link rel="icon" href="data:,">')
            return
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


VIEW: ViewportSize = {"width": 1280, "height": 900}
"""The screen of every page, until its test sets another."""


@contextlib.contextmanager
def watched_page(browser: Browser, root: str) -> Iterator[Page]:
    """A page of a browser that knows nothing of the site yet; watched as `watching` does."""
    context = browser.new_context(viewport=VIEW)
    opened = context.new_page()
    with watching(opened, root, context.close):
        yield opened


@contextlib.contextmanager
def watching(page: Page, root: str, leave: Callable[[], None]) -> Iterator[None]:
    """Fail if anything goes wrong in a page until it is left, asks another server than the root, or leaves a cookie."""
    wrong: list[str] = []
    heard: dict[str, Callable[[Any], None]] = {
        "console": lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None,
        "pageerror": lambda error: wrong.append(str(error)),
        "request": lambda r: None if r.url.startswith(root) else wrong.append(f"asked {r.url}"),
    }
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    yield
    cookies = page.context.cookies()
    leave()
    for event, hear in heard.items():
        page.remove_listener(event, hear)
    assert not wrong
    assert not cookies


def make_as_new(page: Page, root: str) -> None:
    """Take from a page what a test did to it, for the next to go on with: a new one takes a third of a second to open.

    A test that wants what stays (a script put before every page's own, a browser that has read nothing) opens its own.
    """
    page.unroute_all(behavior="ignoreErrors")
    # on the same server: for about:blank Chromium begins another process, and for the next page one more
    page.goto(root + EMPTY)
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    # no element lies under the pointer, as before it was first moved
    page.mouse.move(-1, -1)
    page.set_viewport_size(VIEW)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null", contrast="null")
    page.context.clear_cookies()
    page.context.clear_permissions()
