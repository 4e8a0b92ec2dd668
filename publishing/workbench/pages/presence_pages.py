"""What the pages of a case tell of themselves: that they are open, and that they were left."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from publishing.workbench.pages.base import Pages, form_text


class PresencePages(Pages):
    """Addresses that the script of an open page calls; each page has a name of its own."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/open", self.form(self.hear), methods=["POST"]),
            Route("/case/{case}/left", self.form(self.leave), methods=["POST"]),
        ]

    def hear(self, request: Request, form: FormData) -> Response:
        """A page is still open; who else has its case open."""
        case, page = self.folder(request).name, _page_name(form)
        self.queue.presence.hear(page, case)
        return JSONResponse([str(opening) for opening in self.queue.presence.others(case, page)])

    def leave(self, request: Request, form: FormData) -> Response:
        """A page was left."""
        self.queue.presence.close_page(_page_name(form))
        return Response(status_code=204)


def _page_name(form: FormData) -> str:
    name = form_text(form, "page")
    if not re.fullmatch(r"[0-9a-f]{16}", name):
        raise HTTPException(404)
    return name
