"""The pages on which a case is checked: its text with what was found, and decisions about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from publishing import intake
from publishing.checking.decisions import are_two_people
from publishing.errors import CaseError
from publishing.workbench import highlighting
from publishing.workbench.access import PAGE
from publishing.workbench.case_decisions import RefusedEditError, RequestedDecision
from publishing.workbench.case_edits import REGISTER
from publishing.workbench.forms import register_form
from publishing.workbench.pages.base import Pages, form_text, redirect_to_case
from redaction import LABEL, Entity, RegisterError, fold_text

_ANCHOR = re.compile(r"(finding|to-do)-[0-9]+")


class CasePages(Pages):
    """One case: check and decide."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/you", self.form(self.set_user), methods=["POST"]),
            Route("/case/{case}", self.page(self.show_text)),
            Route("/case/{case}/page", self.page(self.preview)),
            Route("/case/{case}/decide", self.form(self.decide), methods=["POST"]),
            Route("/case/{case}/label", self.form(self.relabel), methods=["POST"]),
            Route("/case/{case}/forget", self.form(self.take_back), methods=["POST"]),
            Route("/case/{case}/undo", self.form(self.undo), methods=["POST"]),
        ]

    def set_user(self, request: Request, form: FormData) -> Response:
        """Who sits at the queue: decisions are written under that name."""
        self.queue.user = " ".join(form_text(form, "who").split())[:100]
        where = form_text(form, "at")
        own = where if re.fullmatch(r"/(?!/)[\w%./-]*", where) else "/"
        return RedirectResponse(f"{own}?done=you" if self.queue.user else own, 303)

    def show_text(self, request: Request) -> Response:
        """A case in two columns, with what was found and decided."""
        name = request.path_params["case"]
        folder = self.folder(request)
        find, missed = (" ".join(request.query_params.get(key, "").split())[:200] for key in ("find", "missed"))
        try:
            open_case = self.queue.open(name)
        except (CaseError, RegisterError) as error:
            faults = error.faults if isinstance(error, CaseError) else (str(error),)
            return self.show("faults", request, case=folder.name, faults=faults)
        said = "\n".join(open_case.redaction.texts).casefold()
        return self.show(
            "case",
            request,
            case=name,
            open_case=open_case,
            rows=highlighting.comparison_rows(
                open_case.review,
                open_case.job.texts,
                open_case.redaction,
                open_case.finding_ids,
                find,
                open_case.undecided_spans,
            ),
            kinds=[str(entity) for entity in Entity],
            find=find,
            missed=missed,
            hits=said.count(find.casefold()) if find else 0,
            can_undo=self.queue.editor.can_undo(folder),
        )

    def preview(self, request: Request) -> Response:
        """The page as readers would see it now."""
        open_case = self.queue.open(request.path_params["case"])
        site = self.queue.previews.site(open_case).relative_to(self.queue.previews.folder).as_posix()
        return RedirectResponse(f"{PAGE}/{quote(site)}/reviews/{open_case.review.public_id}/", 303)

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a decision about words, wherever they stand in the review."""
        folder = self.folder(request)
        decision = RequestedDecision(
            form_text(form, "action"),
            form_text(form, "text"),
            form_text(form, "entity") or None,
            form_text(form, "replacement") or None,
            self.queue.user,
            form_text(form, "second"),
        )
        if decision.replacement and LABEL.search(decision.replacement):
            apart, same_as = self.queue.open(folder.name).label_bearer(decision.replacement, [decision.text])
            decision = replace(decision, apart=apart, same_as=same_as)
        self._require_second([decision], folder.name)
        self.queue.editor.decide(folder, [decision], form_text(form, "seen"))
        return redirect_to_case(
            folder, "", "decided", "#" + at if _ANCHOR.fullmatch(at := form_text(form, "at")) else "#findings"
        )

    def relabel(self, request: Request, form: FormData) -> Response:
        """Give all the words that were ticked another label: two people become one, or one becomes two."""
        folder = self.folder(request)
        open_case = self.queue.open(folder.name)
        chosen = [f for f in open_case.findings if f.name in form.getlist("finding")]
        wanted = form_text(form, "label")
        if not chosen:
            raise RefusedEditError("Nothing was decided: tick the words that are to have another label.")
        label = wanted or open_case.fresh_label(chosen[0].replacement)
        apart, same_as = open_case.label_bearer(label, [f.words for f in chosen])
        who, second = self.queue.user, form_text(form, "second")
        decisions = [RequestedDecision("add", f.words, f.entity, label, who, second, apart, same_as) for f in chosen]
        self._require_second(decisions, folder.name)
        self.queue.editor.decide(folder, decisions, form_text(form, "seen"))
        return redirect_to_case(folder, "", "decided", "#labels")

    def _require_second(self, decisions: Sequence[RequestedDecision], case: str) -> None:
        """Refuse unless two people decide where words name or surround somebody who is protected for life."""
        if any(d.second.strip() and not are_two_people(self.queue.reviews, d.by, d.second) for d in decisions):
            raise RefusedEditError(
                "Two people decide this: say who you are (at the top of the page), and who the other one is. Where signers are listed, both "
                "are on that list, and both sign the text."
            )
        register = intake.load_register(self.queue.folder(case))
        if not register or not any(person.protected for person in register.people):
            # a decision is written at once: nothing is redacted where there is nobody to ask for
            return
        around = {fold_text(finding.words).strip() for finding in self.queue.open(case).findings if finding.protects}
        alone = [
            fold_text(decision.text)
            for decision in decisions
            if decision.action != "accept" and not decision.second.strip()
        ]
        if any(words in decision for decision in alone for words in around):
            raise RefusedEditError(
                "These words name or surround somebody who is protected for life. Two people decide to change what stands in their place: say "
                "who you are (at the top of the page), and who the other one is."
            )

    def take_back(self, request: Request, form: FormData) -> Response:
        """Take a decision back."""
        folder = self.folder(request)
        self.queue.editor.take_back(folder, form_text(form, "text"), form_text(form, "seen"))
        return redirect_to_case(folder, "", "forgotten", "#decisions")

    def undo(self, request: Request, form: FormData) -> Response:
        """Undo the last change."""
        folder = self.folder(request)
        file, before = self.queue.editor.newest_step(folder)
        if file == REGISTER and register_form.removes_protection(folder, before):
            raise RefusedEditError(
                "Nothing was undone: it would take a protection away, which two people decide. Do it under Names."
            )
        self.queue.editor.undo(folder, form_text(form, "seen"))
        return redirect_to_case(folder, "", "undone", "#findings")
