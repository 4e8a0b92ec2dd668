"""The built site on this machine, as a browser sees it."""

from __future__ import annotations

import http.server
from pathlib import Path
from typing import Any


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the built site; says nothing of what is asked for, and shows the site's own page for what is missing."""

    def log_message(self, format: str, *args: Any) -> None:
        """No log."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page."""
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
