"""The workbench as a web app: every page, behind the middleware that lets one browser in."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from publishing.intake.word.package import FILE_LIMIT
from publishing.workbench.access import AccessMiddleware
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.pages.base import create_environment
from publishing.workbench.pages.case_pages import CasePages
from publishing.workbench.pages.family_pages import FamilyPages
from publishing.workbench.pages.folder_pages import FolderPages
from publishing.workbench.pages.form_pages import FormPages
from publishing.workbench.pages.list_pages import ListPages
from publishing.workbench.pages.outside_checks import OutsidePages
from publishing.workbench.pages.presence_pages import PresencePages
from publishing.workbench.pages.rewriting_pages import RewritingPages
from publishing.workbench.pages.same_pages import SamePages
from publishing.workbench.pages.signature_pages import SignaturePages
from publishing.workbench.pages.site_pages import SitePages

# what is uploaded stays in memory: a review must not lie in the system's temporary folder
MultiPartParser.spool_max_size = FILE_LIMIT


def create_app(queue: CaseQueue, address: str, token: str, *, warm: bool = True) -> Starlette:
    """The app.

    Args:
        queue: the cases.
        address: host and port, as browsers will name them.
        token: what opens the one session.
        warm: whether to read every case in the background.
    """
    templates = create_environment()
    site_pages = SitePages(queue, templates)
    case_kinds = (
        CasePages,
        RewritingPages,
        SignaturePages,
        FamilyPages,
        FormPages,
        SamePages,
        FolderPages,
        OutsidePages,
    )
    case_pages = (kind(queue, templates) for kind in (ListPages, PresencePages, *case_kinds))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=queue.keep_reading, daemon=True).start()
        queue.presence.start()
        yield
        queue.presence.stop()

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return site_pages.message(request, status, "There is no such page.")

    return Starlette(
        routes=[*site_pages.routes(), *(route for pages in case_pages for route in pages.routes())],
        lifespan=lifespan,
        middleware=[Middleware(AccessMiddleware, address=address, token=token)],
        exception_handlers={HTTPException: missing},
    )
