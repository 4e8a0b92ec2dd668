"""Only this machine's user gets in, with one browser, and no other page can speak in their name."""

from __future__ import annotations

import os
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

START = "/start"
_SAFE_METHODS = frozenset(("GET", "HEAD"))
_OWN_SITES = frozenset(("same-origin", "none"))
NO_SESSION = "Open the address that candour workbench printed. It works once; start it again for another."
_POLICY = (
    "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src {script}; "
    "form-action {form}; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with it a browser sends no origin with its own forms either
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
PROCESS = "X-Candour-Process"
"""A header of every answer: the number of the process, so that another workbench can tell who has its port."""
PREVIEW, PAGE = "/preview", "/page"
"""Addresses of the built site, and of the page of one review as it will look: public pages, which may run nothing here."""


class AccessMiddleware:
    """ASGI middleware: host, origin and session are checked before anything else sees a request.

    `token` opens one session, once; `address` is the only host and port that the app answers to.
    """

    def __init__(self, app: ASGIApp, address: str, token: str) -> None:
        self.app = app
        self.address = address
        self._token: str | None = token
        self._session = secrets.token_urlsafe(32)
        # cookies are shared by all ports of a host: each workbench has a name of its own
        self._cookie = f"candour-{address.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, text in _HEADERS.items():
                    headers[name] = text
                headers[PROCESS] = str(os.getpid())
                preview = scope["path"].startswith((f"{PREVIEW}/", f"{PAGE}/"))
                headers["Content-Security-Policy"] = _POLICY.format(
                    script="'none'" if preview else "'self'", form="'none'" if preview else "'self'"
                )
            await send(message)

        answer = self._answer_instead(scope)
        await (answer or self.app)(scope, receive, secured)

    def _answer_instead(self, scope: Scope) -> Response | None:
        """What to say instead of the app; None lets the request through."""
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self.address]:
            return PlainTextResponse("This is not the workbench's address.", 421)
        origin = headers.get("origin")
        own = f"http://{self.address}"
        if origin is not None and origin != own:
            return PlainTextResponse("Another site may not ask this.", 403)
        if scope["method"] not in _SAFE_METHODS and origin != own:
            return PlainTextResponse("Another site may not ask this.", 403)
        if headers.get("sec-fetch-site", "none") not in _OWN_SITES:
            return PlainTextResponse("Another site may not ask this.", 403)
        if scope["path"] == START and scope["method"] == "GET":
            return self._start_session(scope["query_string"].decode("latin-1"))
        if not self._has_session(headers.getlist("cookie")):
            return PlainTextResponse(NO_SESSION, 403)
        return None

    def _start_session(self, query: str) -> Response:
        """Change the token in the address for a cookie; the token is worth nothing afterwards."""
        given = query.removeprefix("token=")
        if self._token is None or not _equal_secrets(given, self._token):
            return PlainTextResponse(NO_SESSION, 403)
        self._token = None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
        return answer

    def _has_session(self, cookies: list[str]) -> bool:
        for header in cookies:
            try:
                morsel = SimpleCookie(header).get(self._cookie)
            except CookieError:
                continue
            if morsel is not None and _equal_secrets(morsel.value, self._session):
                return True
        return False


def _equal_secrets(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())
