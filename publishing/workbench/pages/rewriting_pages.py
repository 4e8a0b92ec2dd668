"""The page on which a passage of the review is put into other words; the review itself stays as it is."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing.checking.decisions import are_two_people
from publishing.checking.rewritten_passages import names_protected
from publishing.errors import FormRefusedError
from publishing.workbench.case_decisions import RequestedRewrite
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.open_case import OpenText
from publishing.workbench.pages.base import Pages, Refusal, form_text, redirect_to_case
from publishing.workbench.passages import Passage, passages

_TWO_PEOPLE = (
    "This passage names somebody who is protected for life: two people decide its words, so say who the other one is."
)


class RewritingPages(Pages):
    """One passage of one case."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/rewrite/{passage:int}", self.page(self.show_passage)),
            Route("/case/{case}/rewrite/{passage:int}", self.form(self.rewrite), methods=["POST"]),
            Route("/case/{case}/restore", self.form(self.restore), methods=["POST"]),
        ]

    def show_passage(self, request: Request, refusal: Refusal | None = None) -> Response:
        """A passage as the review has it, and what is to stand in its place."""
        open_case = self.queue.open_text(request.path_params["case"])
        known = passages(open_case.review)
        number = (
            _position(known, refusal.one("passage").replace("\r\n", "\n"))
            if refusal
            else int(request.path_params["passage"])
        )
        if number is None or number not in known:
            raise HTTPException(404)
        passage = known[number]
        said = {"words": passage.words, "reason": passage.rewrite.reason if passage.rewrite else "", "second": ""}
        return self.show(
            "rewrite",
            request,
            refusal.status if refusal else 200,
            case=open_case.folder.name,
            number=number,
            passage=passage,
            public=open_case.redaction.texts[number],
            typed={name: refusal.one(name) if refusal else words for name, words in said.items()},
            asks_second=_names_protected(
                open_case, passage.source, passage.words, refusal.one("words") if refusal else ""
            ),
            seen=open_case.seen,
            refusal=refusal,
        )

    def rewrite(self, request: Request, form: FormData) -> Response:
        """Keep other words for a passage, wherever it stands in the review."""
        folder = self.folder(request)
        source, words, second = _source(form), form_text(form, "words"), form_text(form, "second")

        def write() -> Response:
            open_case = self.queue.open_text(folder.name)
            number = _position(passages(open_case.review), source)
            if open_case.seen != form_text(form, "seen") or number is None:
                raise StaleCaseError(folder.name)
            asked = RequestedRewrite(source, words, self.queue.user, form_text(form, "reason"), second)
            asked.entry()
            if _names_protected(open_case, source, words) and not self._are_two(second):
                raise FormRefusedError({"second": _TWO_PEOPLE})
            self.queue.editor.rewrite(folder, asked, open_case.seen)
            return redirect_to_case(folder, "", "rewritten", f"#original-{number + 1}")

        return self.save(form, write, lambda refusal: self.show_passage(request, refusal))

    def _are_two(self, second: str) -> bool:
        """Whether a name is somebody else's than the one of whoever sits here."""
        return bool(second.strip()) and are_two_people(self.queue.reviews, self.queue.user, second)

    def restore(self, request: Request, form: FormData) -> Response:
        """Have the review's own words stand again."""
        folder = self.folder(request)
        self.queue.editor.take_back_rewrite(folder, _source(form), form_text(form, "seen"), self.queue.user)
        return redirect_to_case(folder, "", "restored", "#rewrites")


def _source(form: FormData) -> str:
    """The passage that a form is about; browsers send lines ended their own way."""
    return form_text(form, "passage").replace("\r\n", "\n")


def _position(known: dict[int, Passage], source: str) -> int | None:
    """Where a passage is now; what a form says of one stays with its very words."""
    return next((number for number, passage in known.items() if passage.source == source), None)


def _names_protected(open_case: OpenText, *texts: str) -> bool:
    return names_protected("\n\n".join(texts), open_case.review.declared)
