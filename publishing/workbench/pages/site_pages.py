"""The pages about the whole site: import, building and withdrawing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jinja2 import Environment
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from publishing import intake
from publishing.errors import FormRefusedError, PublishingError, WordRefusedError
from publishing.intake.new import propose_name
from publishing.intake.word import importer, questions
from publishing.intake.word import template as word_template
from publishing.intake.word.package import FILE_LIMIT
from publishing.release.withdrawal import public_id_of
from publishing.settings import PUBLIC_ID, project_root
from publishing.site import phrasing
from publishing.vocabulary import section_headings, terms
from publishing.workbench.access import PAGE, PREVIEW
from publishing.workbench.background_jobs import BackgroundJobs
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.pages.base import FORM_LIMIT, Pages, Refusal, form_text
from publishing.workbench.pages.uploads import Upload, heading_answers, receive
from publishing.workbench.published_reviews import PublishedReview

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _SiteFolders(StaticFiles):
    """The built site, which may not be there yet and is exchanged as a whole while the workbench runs."""

    async def check_config(self) -> None:
        """Nothing to check beforehand."""


class SitePages(Pages):
    """What concerns every case: new ones, the site."""

    def __init__(self, queue: CaseQueue, templates: Environment) -> None:
        super().__init__(queue, templates)
        self.jobs = BackgroundJobs()
        self._uploads: dict[str, Upload] = {}

    def routes(self) -> list[Route | Mount]:
        """Every address."""
        return [
            Route("/static/{name}", self.page(self.static)),
            Route("/import", self.page(self.import_page)),
            Route("/import", self.form(self.import_word, FILE_LIMIT + FORM_LIMIT), methods=["POST"]),
            Route("/template.docx", self.page(self.template)),
            Route("/build", self.page(self.build_page)),
            Route("/build", self.form(self.build), methods=["POST"]),
            Route("/build/state", self.page(self.build_state)),
            Route("/withdraw", self.page(self.withdraw_page)),
            Route("/withdraw", self.form(self.withdraw), methods=["POST"]),
            Mount(PREVIEW, _SiteFolders(directory=self.queue.out / "site", html=True, check_dir=False)),
            Mount(PAGE, _SiteFolders(directory=self.queue.previews.folder, html=True, check_dir=False)),
        ]

    # --- new cases

    def import_page(self, request: Request) -> Response:
        """Where a Word file is dropped."""
        return self._show_import(request, 200, propose_name(self.queue.reviews), None, {})

    def import_word(self, request: Request, form: FormData) -> Response:
        """Make a case of a Word file; headings that name no section, and lines that may be headings, are asked for."""
        case, key = form_text(form, "case"), form_text(form, "upload")
        try:
            waiting = self._uploads.get(key) or receive(form)
        except PublishingError as error:
            return self._show_import(request, 400, case, None, {}, (str(error),))
        answers = heading_answers(form)
        try:
            done = importer.import_bytes(waiting.data, waiting.file, self.queue.reviews, case, answers)
        except questions.UnmappedHeadingsError as error:
            return self._show_import(request, 422, case, replace(waiting, questions=error.questions), answers)
        except WordRefusedError as error:
            again = waiting if waiting.questions else None
            return self._show_import(request, 422, case, again, answers, error.reasons)
        except PublishingError as error:
            return self._show_import(request, 400, case, waiting, answers, (str(error),))
        self._uploads.clear()
        return self.show("imported", request, case=done.folder.name, notes=done.notes)

    def _show_import(
        self,
        request: Request,
        status: int,
        case: str,
        waiting: Upload | None,
        answers: Mapping[int, str],
        reasons: Sequence[str] = (),
    ) -> Response:
        """The page of the import; a file that waits for answers or another name is kept, one and no more."""
        key = secrets.token_urlsafe(16) if waiting else ""
        self._uploads = {key: waiting} if waiting else {}
        context = {"sections": section_headings(), "upload": key, "questions": waiting.questions if waiting else ()}
        return self.show("import", request, status, name=case, answers=answers, reasons=reasons, **context)

    def template(self, request: Request) -> Response:
        """What review writers begin with."""
        return Response(word_template.template_bytes(), media_type=_WORD_TYPE)

    # --- building and withdrawing

    def build_page(self, request: Request) -> Response:
        """The last build or withdrawal, and how it goes."""
        built = (self.queue.out / "site" / "index.html").is_file()
        return self.show("build", request, job=self.jobs.last, built=built)

    def build_state(self, request: Request) -> Response:
        """How the job goes, for the page's script."""
        job = self.jobs.last
        lines = job.lines if job else []
        return JSONResponse(
            {"running": bool(job and job.running), "outcome": job.outcome if job else "", "lines": lines}
        )

    def build(self, request: Request, form: FormData) -> Response:
        """Start a build."""
        if not self.jobs.start("Building the site", ["build", *self._places()]):
            raise PublishingError("Something is being built or withdrawn just now. Wait until it is done.")
        return RedirectResponse("/build", 303)

    def withdraw_page(self, request: Request) -> Response:
        """The published reviews, to choose from; or the one that was chosen, and what is asked before it is taken down."""
        if chosen := request.query_params.get("review", ""):
            return self._ask_about(request, self._require_published(chosen), None)
        find = " ".join(request.query_params.get("find", "").split())[:200]
        cases = self._cases_by_reference()
        published = [(review, cases.get(review.public_id, "")) for review in self.queue.published.load().reviews]
        shown = [
            (review, case)
            for review, case in published
            if all(word in f"{review.title} {review.public_id} {case}".casefold() for word in find.casefold().split())
        ]
        return self.show("withdraw", request, review=None, published=published, shown=shown, find=find, refused=None)

    def _ask_about(self, request: Request, review: PublishedReview, refused: Refusal | None) -> Response:
        case = self._cases_by_reference().get(review.public_id, "")
        status = refused.status if refused else 200
        return self.show(
            "withdraw", request, status, review=review, case=case, reasons=_reasons(), refused=refused, published=()
        )

    def withdraw(self, request: Request, form: FormData) -> Response:
        """Take a published review down at once, once its reference was typed."""
        review = self._require_published(form_text(form, "review"))
        return self.save(
            form, lambda: self._withdraw(review, form), lambda refused: self._ask_about(request, review, refused)
        )

    def _withdraw(self, review: PublishedReview, form: FormData) -> Response:
        reason, faults = form_text(form, "reason"), {}
        if reason not in _reasons():
            faults["reason"] = "Choose the reason."
        if form_text(form, "typed").strip() != review.public_id:
            faults["typed"] = f"Type {review.public_id}, the reference of this very review."
        if faults:
            raise FormRefusedError(faults)
        command = ["withdraw", review.public_id, "--reason", reason, *self._places()]
        if not self.jobs.start(f"Withdrawing {review.public_id}", command):
            raise PublishingError("Something is being built or withdrawn just now. Wait until it is done.")
        return RedirectResponse("/build", 303)

    def _require_published(self, public_id: str) -> PublishedReview:
        """A review that stands published; a refusal in words where it does not."""
        site = self.queue.published.load()
        if review := site.find(public_id):
            return review
        if not re.fullmatch(PUBLIC_ID, public_id, re.ASCII):
            raise PublishingError("Nothing was withdrawn: choose one of the published reviews.")
        if gone := next((w for w in site.withdrawals if w.public_id == public_id), None):
            raise PublishingError(
                f"{public_id} was withdrawn on {phrasing.format_day(gone.on)}, and its notice stands: there is nothing more to take down."
            )
        raise PublishingError(
            f"{public_id} was never published from here, so there is nothing to take down. If you see it on the public site "
            "all the same, tell whoever keeps the web server at once."
        )

    def _cases_by_reference(self) -> dict[str, str]:
        """The case of each reference: the one that was signed under it, else the one that has it now."""
        try:
            entries = self.queue.entries()
        except PublishingError:
            # whatever does not hold must not hinder taking a page down
            entries = ()
        told = {entry.case: entry for entry in entries if entry.state != "reading"}
        found: dict[str, str] = {}
        for folder in intake.case_folders(self.queue.reviews) if self.queue.reviews.is_dir() else ():
            entry = told.get(folder.name)
            now = entry.public_id if entry else public_id_of(folder)
            found.setdefault(now or "", folder.name)
            if entry and entry.signed_as:
                found[entry.signed_as] = folder.name
        return found

    def _places(self) -> list[str]:
        return ["--reviews", str(self.queue.reviews), "--out", str(self.queue.out)]

    def static(self, request: Request) -> Response:
        """The style sheet and the script; nothing else."""
        kinds = {"workbench.css": "text/css", "workbench.js": "text/javascript"}
        name = request.path_params["name"]
        if name not in kinds:
            raise HTTPException(404)
        return FileResponse(project_root() / "templates" / "workbench" / name, media_type=kinds[name])


def _reasons() -> dict[str, str]:
    """Every reason that somebody may give, in words."""
    return {key: term.title for key, term in terms("withdrawal_reasons").items() if key != "not-stated"}
