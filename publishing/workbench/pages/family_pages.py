"""The page from which a family's copy and the letter to go with it are had, as files."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing.checking import embargo_day
from publishing.errors import PublishingError
from publishing.site import chromium
from publishing.workbench.family_copy import KINDS
from publishing.workbench.pages.base import Pages, form_text


class FamilyPages(Pages):
    """One case: what its family is shown before publication."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/family", self.page(self.show_family)),
            Route("/case/{case}/family", self.form(self.give), methods=["POST"]),
        ]

    def show_family(self, request: Request, refusal: str = "") -> Response:
        """What can be had, or why not."""
        open_case = self.queue.open(request.path_params["case"])
        return self.show(
            "family",
            request,
            400 if refusal else 200,
            case=open_case.folder.name,
            informed=open_case.review.disclosure.victims_informed,
            publish_on=embargo_day(open_case.review, open_case.before),
            against=self.queue.family.refusals(open_case),
            against_letter=self.queue.family.refusals_for_letter(open_case),
            has_chromium=bool(chromium.find_chromium()),
            refusal=refusal,
        )

    def give(self, request: Request, form: FormData) -> Response:
        """One of the files, to be saved; the page again, with the reason, where it cannot be had."""
        kind = form_text(form, "kind")
        if kind not in KINDS:
            return self.show_family(request, "Choose one of the files.")
        open_case = self.queue.open(request.path_params["case"])
        try:
            name, data = self.queue.family.make(open_case, kind, self.queue.user)
        except PublishingError as error:
            return self.show_family(request, str(error))
        return Response(data, media_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
