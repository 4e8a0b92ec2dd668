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
from publishing.errors import CaseError, PublishingError
from publishing.workbench import highlighting
from publishing.workbench.access import PAGE
from publishing.workbench.case_decisions import RefusedEditError, RequestedDecision
from publishing.workbench.deciding import STATES, DetailFilter, batches, next_undecided, place_of, shown_kinds
from publishing.workbench.forms import register_form
from publishing.workbench.open_case import OpenText
from publishing.workbench.pages.base import Pages, form_text, redirect_to_case
from publishing.workbench.passages import passages
from redaction import LABEL, REGISTER, Entity, RedactionError, RegisterError, fold_text


class CasePages(Pages):
    """One case: check and decide."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/you", self.form(self.set_user), methods=["POST"]),
            Route("/case/{case}", self.page(self.show_text)),
            Route("/case/{case}/page", self.page(self.preview)),
            Route("/case/{case}/decide", self.form(self.decide), methods=["POST"]),
            Route("/case/{case}/decide-together", self.form(self.decide_together), methods=["POST"]),
            Route("/case/{case}/label", self.form(self.relabel), methods=["POST"]),
            Route("/case/{case}/forget", self.form(self.take_back), methods=["POST"]),
            Route("/case/{case}/undo", self.form(self.undo), methods=["POST"]),
            Route("/case/{case}/redo", self.form(self.redo), methods=["POST"]),
            Route("/case/{case}/keys", self.form(self.set_keys), methods=["POST"]),
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
            open_case = self.queue.open_text(name)
        except (CaseError, RegisterError) as error:
            faults = error.faults if isinstance(error, CaseError) else (str(error),)
            return self.show("faults", request, case=folder.name, faults=faults)
        said = "\n".join(open_case.redaction.texts).casefold()
        shown = DetailFilter.from_fields(request.query_params)
        details, findings = shown.details(open_case), shown.findings(open_case)
        ids = {detail.name for detail in details} | {finding.name for finding in findings}
        return self.show(
            "case",
            request,
            case=name,
            open_case=open_case,
            missing=self.queue.missing(name),
            passages=passages(open_case.review),
            shown=shown,
            details=details,
            findings=findings,
            batches=batches(open_case, shown),
            states=STATES,
            shown_kinds=shown_kinds(open_case, shown),
            rows=highlighting.comparison_rows(
                open_case.review,
                open_case.job.texts,
                open_case.redaction,
                open_case.finding_ids,
                find,
                open_case.undecided_spans,
                # what is not shown now is on the whole page
                lambda id_: f"{'' if id_ in ids else request.url.path}#{id_}",
            ),
            kinds=[str(entity) for entity in Entity],
            find=find,
            missed=missed,
            hits=said.count(find.casefold()) if find else 0,
            keys_on=self.queue.keys_on,
            steps_done=self.queue.editor.history.steps(name),
            can_undo=self.queue.editor.next_step(folder, back=True) is not None,
            can_redo=self.queue.editor.next_step(folder, back=False) is not None,
        )

    def preview(self, request: Request) -> Response:
        """The page as readers would see it now."""
        open_case = self.queue.open(request.path_params["case"])
        site = self.queue.previews.site(open_case).relative_to(self.queue.previews.folder).as_posix()
        return RedirectResponse(f"{PAGE}/{quote(site)}/reviews/{open_case.review.public_id}/", 303)

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a decision about words, wherever they stand in the review."""
        folder = self.folder(request)
        open_case = self.queue.open_text(folder.name)
        at = form_text(form, "at")
        decision = RequestedDecision(
            form_text(form, "action"),
            form_text(form, "text"),
            form_text(form, "entity") or None,
            form_text(form, "replacement") or None,
            self.queue.user,
            form_text(form, "second"),
            knowing=form_text(form, "withheld") == "kept",
        )
        changed = next((finding for finding in open_case.findings if finding.name == at), None)
        if changed and changed.replacement == decision.replacement and decision.entity not in (None, changed.entity):
            # of another kind, they get another label
            decision = replace(decision, replacement=None)
        if decision.replacement and LABEL.search(decision.replacement):
            apart, same_as = open_case.label_bearer(decision.replacement, [decision.text])
            decision = replace(decision, apart=apart, same_as=same_as)
        self._require_second([decision], folder.name)
        self.queue.editor.decide(folder, [decision], form_text(form, "seen"))
        return self._show_next(open_case, at, form)

    def decide_together(self, request: Request, form: FormData) -> Response:
        """Give one answer about all details of a kind that are shown and may be decided together: one step to undo."""
        folder = self.folder(request)
        open_case = self.queue.open_text(folder.name)
        kind, answer = form_text(form, "kind"), form_text(form, "answer")
        chosen = (b for b in batches(open_case, _shown(form)) if b.kind == kind and answer in b.answers)
        batch = next(chosen, None)
        if batch is None or form_text(form, "count") != str(len(batch.details)):
            raise RefusedEditError(
                "Nothing was decided: there is no longer what the button said. Look, and decide again."
            )
        decisions = batch.decisions(answer, self.queue.user)
        self._require_second(decisions, folder.name)
        self.queue.editor.decide(folder, decisions, form_text(form, "seen"))
        return self._show_next(open_case, "", form)

    def _show_next(self, before: OpenText, at: str, form: FormData) -> Response:
        """The page of a case that a decision was written about, at what is to be decided next, with the same details shown."""
        shown = _shown(form)
        try:
            name = next_undecided(before, self.queue.open_text(before.folder.name), at, shown)
        except (PublishingError, RedactionError):
            # it is written: what is wrong with the case is told on its page
            name = "findings"
        return redirect_to_case(
            before.folder, "", "decided" if name else "all-decided", _in_address(shown, name or "findings")
        )

    def relabel(self, request: Request, form: FormData) -> Response:
        """Give all the words that were ticked another label: two people become one, or one becomes two."""
        folder = self.folder(request)
        open_case = self.queue.open_text(folder.name)
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
        return redirect_to_case(folder, "", "decided", _in_address(_shown(form), "labels"))

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
        around = {
            fold_text(finding.words).strip() for finding in self.queue.open_text(case).findings if finding.protects
        }
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
        self.queue.editor.take_back(folder, form_text(form, "text"), form_text(form, "seen"), self.queue.user)
        return redirect_to_case(folder, "", "forgotten", _in_address(_shown(form), "decisions"))

    def undo(self, request: Request, form: FormData) -> Response:
        """Undo the last change."""
        return self._go(request, form, back=True)

    def redo(self, request: Request, form: FormData) -> Response:
        """Do again what was undone last."""
        return self._go(request, form, back=False)

    def _go(self, request: Request, form: FormData, *, back: bool) -> Response:
        """A step back or forth, unless it takes a protection away; then the page at what it was about."""
        folder, editor = self.folder(request), self.queue.editor
        step = editor.next_step(folder, back=back)
        change = step.files.get(REGISTER) if step else None
        if change and register_form.removes_protection(folder, change.before if back else change.after):
            raise RefusedEditError(
                f"Nothing was {'undone' if back else 'done again'}: it would take a protection away, which two people decide. "
                "Do it under Names."
            )
        (editor.undo if back else editor.redo)(folder, form_text(form, "seen"), self.queue.user)
        shown, words = _shown(form), next((deed.words for deed in step.deeds), "") if step else ""
        try:
            name = place_of(self.queue.open_text(folder.name), shown, words)
        except (PublishingError, RedactionError):
            name = ""
        return redirect_to_case(folder, "", "undone" if back else "redone", _in_address(shown, name or "findings"))

    def set_keys(self, request: Request, form: FormData) -> Response:
        """Turn single letters on or off."""
        self.queue.keys_on = form_text(form, "keys") == "on"
        return redirect_to_case(self.folder(request), "", "keys", _in_address(_shown(form), "deciding"))


def _shown(form: FormData) -> DetailFilter:
    """Which details the page showed that a form was sent from."""
    return DetailFilter.from_query(form_text(form, "shown"))


def _in_address(shown: DetailFilter, place: str) -> str:
    """The rest of an address: which details are shown, and the place on the page."""
    return f"{'&' if shown.query else ''}{shown.query}#{place}"
