"""The pages that list cases: what waits for whom, and the sheet of days."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing.settings import today
from publishing.workbench.case_list import PAGE_SIZE, CaseList, Wish, deadlines
from publishing.workbench.pages.base import Pages


class ListPages(Pages):
    """Every case: the list, and the sheet of days to print."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [Route("/", self.page(self.show_list)), Route("/deadlines", self.page(self.show_deadlines))]

    def show_list(self, request: Request) -> Response:
        """The cases that fit what the address asks for, fifty at a time."""
        return self.show("queue", request, found=self._found(request), page_size=PAGE_SIZE)

    def show_deadlines(self, request: Request) -> Response:
        """Of the same cases, when families were told, when each is published, and when it is looked at again."""
        found = self._found(request)
        return self.show("deadlines", request, found=found, entries=deadlines(found.fitting, today()))

    def _found(self, request: Request) -> CaseList:
        return CaseList(self.queue.entries(), Wish.read(request.query_params))
