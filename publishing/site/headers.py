"""The HTTP headers that a web server must send, as a file that hosts read (`_headers`); docs/hosting.md has other forms."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],  # Pagefind is a WebAssembly program
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
_OTHERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "public, max-age=300",  # a withdrawn page is gone from every cache within five minutes
}
OPEN = {"Access-Control-Allow-Origin": "*"}
"""For the open data alone: a page of another site may read it in its reader's browser. No cookie is ever sent with it."""
_INLINE = {
    "script-src": re.compile(r"<script>(.*?)</script>", re.S),
    "style-src": re.compile(r"<style>(.*?)</style>", re.S),
}


def write_headers(site: Path) -> None:
    """Write `_headers` for a built site, as Netlify and Cloudflare Pages read it."""
    lines = []
    for place, headers in (("/*", response_headers(site)), ("/data/*", OPEN)):
        lines += [place, *(f"  {name}: {value}" for name, value in headers.items())]
    (site / "_headers").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def response_headers(site: Path) -> dict[str, str]:
    """The headers for every file of a built site.

    The 404 page alone needs no other file: it has a style and a script inside it, and holds no word of a review. They are
    allowed by their hashes, so no other inline script or style runs anywhere.
    """
    page = (site / "404.html").read_text(encoding="utf-8")
    hashes = {name: [_hash(inline) for inline in pattern.findall(page)] for name, pattern in _INLINE.items()}
    policy = "; ".join(f"{name} {' '.join(sources + hashes.get(name, []))}" for name, sources in _POLICY.items())
    return {"Content-Security-Policy": policy, **_OTHERS}


def _hash(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
