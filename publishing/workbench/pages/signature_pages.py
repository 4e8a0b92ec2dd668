"""The pages on which a case is signed: the public text alone, the checklist, and the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing import intake
from publishing.catalogue import national_counts
from publishing.checking import checklist, explain_unpublishable, intruder, press_check, signing, text_sha256
from publishing.checking.publishability import missing_roles
from publishing.checking.signers import load_signers
from publishing.errors import SigningRefusedError
from publishing.release import signed_facts, signoff, standing_reviews
from publishing.release.named_elsewhere import describe_named_elsewhere
from publishing.settings import in_london, today
from publishing.workbench import highlighting
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.checklist_progress import TextReading
from publishing.workbench.open_case import OpenCase
from publishing.workbench.pages.base import Pages, form_text, redirect_to_case
from redaction import ROLES


class SignaturePages(Pages):
    """One case: read the public text, tick the checklist, sign."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/sign", self.page(self.show_form)),
            Route("/case/{case}/sign", self.form(self.sign), methods=["POST"]),
            Route("/case/{case}/ticks", self.form(self.keep_ticks), methods=["POST"]),
            Route("/case/{case}/sheet", self.page(self.show_sheet)),
        ]

    def show_form(self, request: Request) -> Response:
        """The public text alone, the questions of the motivated intruder, and the signature."""
        return self._show_form(request, request.path_params["case"], ())

    def _show_form(
        self, request: Request, case: str, against: Sequence[str], name: str = "", note: str = "", status: int = 200
    ) -> Response:
        open_case = self.queue.open(case)
        reading = TextReading(text_sha256(open_case.text), self.queue.user)
        counts = national_counts.load_national_counts(self.queue.reviews / national_counts.FILE)
        public, doubts = signed_facts.coarsen_facts(open_case.text, open_case.before, counts)
        return self.show(
            "sign",
            request,
            status,
            case=case,
            open_case=open_case,
            rows=highlighting.highlighted_blocks(open_case.review, open_case.redaction),
            questions=checklist.checklist_questions(),
            unsaid={role: ROLES[role].label.lower() for role in _unsaid_roles(open_case)},
            ticked=self.queue.progress.ticked(case, reading),
            ticks_outdated=self.queue.progress.has_outdated(case, reading),
            text_seen=reading.text,
            is_public=standing_reviews.is_published(self.queue.out, open_case.review.public_id)
            and open_case.is_changed,
            against=against,
            name=name or self.queue.user,
            note=note,
            with_key=load_signers(self.queue.reviews) is not None,
            unfit=[d for d in open_case.decided if not d.fits],
            outside=self._count_outside_checks(open_case),
            standing=signed_facts.text_anonymity_sets(open_case.text, counts),
            alike=signed_facts.describe_published_alike(public, self.queue.out),
            doubts=(*doubts, *describe_named_elsewhere(open_case.review, self.queue.out)),
        )

    def sign(self, request: Request, form: FormData) -> Response:
        """Sign the text that was shown, and no other."""
        folder = self.folder(request)
        name, note = form_text(form, "by"), form_text(form, "note").strip()
        confirmed = _ticked(form)
        try:
            if missing := checklist.unconfirmed_questions(confirmed):
                raise SigningRefusedError(folder.name, [f"{len(missing)} questions are not answered"])
            open_case = self.queue.open(folder.name)
            if unsaid := [role for role in _unsaid_roles(open_case) if not form.get(f"nobody-{role}")]:
                raise SigningRefusedError(folder.name, [_explain_unsaid(role) for role in unsaid])
            if obstacles := list(open_case.signing_obstacles()):
                raise SigningRefusedError(folder.name, obstacles)
            with self.queue.editor.lock:
                signoff.sign_off(
                    self.queue.reviews,
                    folder.name,
                    name,
                    confirmed=confirmed,
                    note=note or None,
                    out=self.queue.out,
                    redactor=self.queue.redactor,
                    seen=form_text(form, "text_seen"),
                    ask_passphrase=lambda: form_text(form, "passphrase"),
                )
        except SigningRefusedError as error:
            return self._show_form(request, folder.name, error.reasons, name, note, 422)
        self.queue.progress.clear(folder.name)
        return redirect_to_case(folder, "", "signed")

    def keep_ticks(self, request: Request, form: FormData) -> Response:
        """Keep what was ticked so far: one question, as the page's script tells it, or all of them."""
        folder = self.folder(request)
        reading = TextReading(form_text(form, "text_seen"), self.queue.user)
        if reading.text != text_sha256(self.queue.open(folder.name).text):
            raise StaleCaseError(folder.name)
        one = form_text(form, "one")
        self.queue.progress.update(
            folder.name, reading, _ticked(form), (one,) if one else checklist.checklist_questions()
        )
        return Response(status_code=204) if one else redirect_to_case(folder, "/sign", "ticked", "#questions")

    def _count_outside_checks(self, open_case: OpenCase) -> dict[str, int]:
        """What was tried from outside: press texts, what the text shares with them, and guesses from this very text."""
        texts, _ = press_check.load_press_texts(open_case.folder)
        shared = (
            press_check.find_shared(
                open_case.redaction.texts, texts, usual=self.queue.signed_words.usual(open_case.folder)
            )
            if texts
            else ()
        )
        seen = text_sha256(open_case.text)
        guesses = [guess for guess in intruder.load_guesses(open_case.folder) if guess.text == seen]
        right = [guess for guess in guesses if guess.verdict == "right"]
        return {"texts": len(texts), "shared": len(shared), "guesses": len(guesses), "right": len(right)}

    def show_sheet(self, request: Request) -> Response:
        """A private sheet to print for the head of department: what was found, decided, by whom, and what remains."""
        open_case = self.queue.open(request.path_params["case"])
        return self.show(
            "sheet",
            request,
            case=open_case.folder.name,
            open_case=open_case,
            counts=Counter(str(detection.entity) for detection in open_case.redaction.detections),
            signatures=[replace(s, at=in_london(s.at)) for s in signing.load_signatures(open_case.folder)],
            reason=explain_unpublishable(open_case.review, open_case.before, today()),
            questions=len(checklist.checklist_questions()),
            outside=self._count_outside_checks(open_case),
            entries=intake.load_decisions(open_case.folder).decisions,
        )


def _unsaid_roles(open_case: OpenCase) -> tuple[str, ...]:
    return missing_roles(open_case.review.declared)


def _explain_unsaid(role: str) -> str:
    name = ROLES[role].label.lower()
    return (
        f"nobody has said who the {name} is: say it under “Who is in it”, or tick that the review names nobody who is"
    )


def _ticked(form: FormData) -> tuple[str, ...]:
    """The questions of the checklist that a form ticks."""
    return tuple(key for key in checklist.checklist_questions() if form.get(f"question-{key}"))
