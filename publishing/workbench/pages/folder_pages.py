"""The page about a case as a whole: its name, a newer Word file of it, and its end."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from jinja2 import Environment
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from publishing.errors import CaseError, FormRefusedError, PublishingError, WordRefusedError
from publishing.intake.case_files import REVIEW, fingerprint
from publishing.intake.word.newer_file import NewerText, read_newer_file
from publishing.intake.word.package import FILE_LIMIT
from publishing.intake.word.questions import UnmappedHeadingsError
from publishing.release.renaming import rename_case
from publishing.safekeeping.forgetting import forget, reference_to_type, refuse_published
from publishing.vocabulary import section_headings
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.edit_history import Deed
from publishing.workbench.pages.base import FORM_LIMIT, Pages, Refusal, form_text
from publishing.workbench.pages.uploads import Upload, heading_answers, receive


class FolderPages(Pages):
    """One case."""

    def __init__(self, queue: CaseQueue, templates: Environment) -> None:
        super().__init__(queue, templates)
        self._uploads: dict[str, Upload] = {}

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/folder", self.page(self.show_folder)),
            Route("/case/{case}/rename", self.form(self.rename), methods=["POST"]),
            Route("/case/{case}/import", self.form(self.import_again, FILE_LIMIT + FORM_LIMIT), methods=["POST"]),
            Route("/case/{case}/delete", self.form(self.delete), methods=["POST"]),
        ]

    def show_folder(
        self,
        request: Request,
        refusal: Refusal | None = None,
        reasons: Sequence[str] = (),
        waiting: Upload | None = None,
        answers: Mapping[int, str] = MappingProxyType({}),
    ) -> Response:
        """What can be done with the case as a whole; of a newer file that waits for answers, one and no more is held."""
        folder = self.folder(request)
        key = secrets.token_urlsafe(16) if waiting else ""
        self._uploads = {key: waiting} if waiting else {}
        try:
            refuse_published(self.queue.reviews, folder.name, self.queue.out)
            kept = ""
        except PublishingError as error:
            kept = str(error)
        return self.show(
            "folder",
            request,
            refusal.status if refusal else 422 if reasons or waiting else 200,
            case=folder.name,
            kept=kept,
            name=refusal.one("name", folder.name) if refusal else folder.name,
            reasons=reasons,
            questions=waiting.questions if waiting else (),
            answers=answers,
            upload=key,
            sections=section_headings(),
            seen=fingerprint(folder),
            refusal=refusal,
        )

    def rename(self, request: Request, form: FormData) -> Response:
        """Give the case another name."""

        def write() -> Response:
            folder, name = self.folder(request), " ".join(form_text(form, "name").split())
            if name == folder.name:
                raise FormRefusedError({"name": "That is its name already."})
            with self.queue.editor.lock:
                rename_case(self.queue.reviews, self.queue.out, folder.name, name)
            self.queue.forget(folder.name)
            return RedirectResponse(f"/case/{name}/folder?done=renamed", 303)

        return self.save(form, write, lambda refusal: self.show_folder(request, refusal))

    def import_again(self, request: Request, form: FormData) -> Response:
        """Put the text of a newer Word file in place of the one that is there; what was decided stays."""
        folder = self.folder(request)
        try:
            waiting = self._uploads.get(form_text(form, "upload")) or receive(form)
        except PublishingError as error:
            return self.show_folder(request, reasons=(str(error),))
        answers = heading_answers(form)
        self._uploads.clear()
        try:
            newer = read_newer_file(waiting.data, waiting.file, folder, answers)
            files = {REVIEW: newer.review.encode()}
            self.queue.editor.write(folder, files, form_text(form, "seen"), [Deed("import")], self.queue.user)
        except UnmappedHeadingsError as error:
            return self.show_folder(request, waiting=replace(waiting, questions=error.questions), answers=answers)
        except WordRefusedError as error:
            return self.show_folder(request, reasons=error.reasons)
        except PublishingError as error:
            return self.show_folder(request, Refusal({}, str(error), {}, isinstance(error, StaleCaseError)))
        return self._show_imported_again(request, folder.name, newer)

    def _show_imported_again(self, request: Request, case: str, newer: NewerText) -> Response:
        """What is to be looked at, and which decisions no longer fit."""
        try:
            open_case = self.queue.open_text(case)
        except CaseError as error:
            return self.show("faults", request, case=case, faults=error.faults)
        return self.show(
            "imported_again",
            request,
            case=case,
            notes=newer.notes,
            undeclared=newer.undeclared,
            decided=open_case.decided,
            rewrites=open_case.review.rewrites,
        )

    def delete(self, request: Request, form: FormData) -> Response:
        """Delete the case for good, once its name was typed; what is left of it elsewhere is told."""

        def write() -> Response:
            folder = self.folder(request)
            if form_text(form, "typed").strip() != folder.name:
                raise FormRefusedError({"typed": "That is not the name of the case. Nothing was deleted."})
            with self.queue.editor.lock:
                if fingerprint(folder) != form_text(form, "seen"):
                    raise StaleCaseError(folder.name)
                reference = reference_to_type(self.queue.reviews, folder.name)
                done = forget(self.queue.reviews, folder.name, reference, self.queue.out, self.queue.user)
            self.queue.forget(folder.name)
            return self.show("deleted", request, deleted=done, case=folder.name)

        return self.save(form, write, lambda refusal: self.show_folder(request, refusal))
