"""The page on which a person says which published lessons those of a case are the same as."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing import intake
from publishing.checking import load_signed_text
from publishing.checking.same_lessons import unsigned_same_as
from publishing.checking.signature_files import SIGNED
from publishing.checking.signers import load_signers
from publishing.errors import CaseError, TamperedSignatureError
from publishing.intake.case_files import READ_FILES, REVIEW, fingerprint
from publishing.release.same_lessons import sign_same_as
from publishing.workbench.case_decisions import RefusedEditError
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.edit_history import Deed
from publishing.workbench.forms import same_lessons
from publishing.workbench.pages.base import Refusal, form_text, redirect_to_case, submitted_fields
from publishing.workbench.pages.form_pages import FormPages
from redaction import RegisterError

_SIGNED_FROM = (*READ_FILES, SIGNED)
"""What the page on which it is signed was made from."""


@dataclass(frozen=True)
class UnsignedLesson:
    """What is signed that a lesson is the same as, and what will be."""

    number: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class SamePages(FormPages):
    """The computer proposes, a person decides, and what was decided is signed."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/same", self.page(self.show_same)),
            Route("/case/{case}/same", self.form(self.save_same), methods=["POST"]),
            Route("/case/{case}/same/sign", self.form(self.sign_same), methods=["POST"]),
        ]

    def show_same(self, request: Request, refusal: Refusal | None = None) -> Response:
        """Each lesson of a case with the published ones that are, or may be, the same."""
        folder = self.folder(request)
        refusal = refusal or self._resumed(request, folder, "same")
        rows = same_lessons.same_rows(folder, self.queue.published.load(), refusal.typed if refusal else None)
        return self.show(
            "same",
            request,
            rows=rows,
            unsigned=_unsigned(folder),
            shown=fingerprint(folder, _SIGNED_FROM),
            with_key=load_signers(self.queue.reviews) is not None,
            **self._shared_context(folder, refusal, "same"),
        )

    def save_same(self, request: Request, form: FormData) -> Response:
        """Write the answers to review.md, as one step."""

        def write() -> Response:
            folder = self.folder(request)
            text = same_lessons.change_same_lessons(folder, submitted_fields(form))
            self._write(form, folder, {REVIEW: text.encode()}, Deed("same-lessons"))
            return redirect_to_case(folder, "/same", "saved")

        return self.save(form, write, lambda refusal: self.show_same(request, refusal))

    def sign_same(self, request: Request, form: FormData) -> Response:
        """Sign what review.md says of lessons that are signed; their text stays as it was signed."""
        folder = self.folder(request)
        if not self.queue.user:
            raise RefusedEditError("Nothing was signed: say who you are, at the top of the page.")
        with self.queue.editor.lock:
            if form_text(form, "shown") != fingerprint(folder, _SIGNED_FROM):
                raise StaleCaseError(folder.name)
            sign_same_as(
                self.queue.reviews,
                folder.name,
                self.queue.user,
                ask_passphrase=lambda: form_text(form, "passphrase"),
                out=self.queue.out,
            )
        return redirect_to_case(folder, "/same", "same-signed")


def _unsigned(folder: Path) -> tuple[UnsignedLesson, ...]:
    """What signing would sign; nothing where the case or its signature cannot be read, for that is refused."""
    try:
        review, text = intake.load_case(folder), load_signed_text(folder, dt.date.max)
    except (CaseError, RegisterError, TamperedSignatureError):
        return ()
    before = {lesson.id: lesson.same_as for lesson in text.lessons} if text else {}
    after = {lesson.id: lesson.same_as for lesson in review.lessons}
    return tuple(UnsignedLesson(n, before[n], after[n]) for n in unsigned_same_as(review, text))
