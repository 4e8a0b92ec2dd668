"""The pages on which what a case says of itself is filled in: facts and disclosure, lessons, and the register."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing import intake
from publishing.checking.publishability import missing_roles
from publishing.errors import CaseError
from publishing.release import responding
from publishing.vocabulary import terms, title
from publishing.workbench.case_decisions import RefusedEditError
from publishing.workbench.case_edits import REGISTER, REVIEW, fingerprint
from publishing.workbench.forms import facts_form, lessons_form, proposal_form, register_form
from publishing.workbench.pages.base import Pages, form_text, redirect_to_case
from redaction import ROLES, RegisterError


class FormPages(Pages):
    """Forms in place of YAML."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/facts", self.page(self.show_facts)),
            Route("/case/{case}/facts", self.form(self.save_facts), methods=["POST"]),
            Route("/case/{case}/lessons", self.page(self.show_lessons)),
            Route("/case/{case}/lessons", self.form(self.save_lesson), methods=["POST"]),
            Route("/case/{case}/respond", self.form(self.respond), methods=["POST"]),
            Route("/case/{case}/people", self.page(self.show_people)),
            Route("/case/{case}/people", self.form(self.save_people), methods=["POST"]),
            Route("/case/{case}/register", self.page(self.show_register)),
            Route("/case/{case}/register", self.form(self.save_register), methods=["POST"]),
        ]

    # --- facts and disclosure

    def show_facts(self, request: Request) -> Response:
        """The facts of a case as forms."""
        folder = self.folder(request)
        groups = (("What happened", facts_form.FACTS), ("Before anyone outside sees a word", facts_form.DISCLOSURE))
        shared = self._shared_context(folder)
        return self.show("facts", request, groups=groups, values=facts_form.fact_values(folder), **shared)

    def save_facts(self, request: Request, form: FormData) -> Response:
        """Write the facts to review.md, each as it was said; what is still missing is told."""
        folder = self.folder(request)
        text = facts_form.change_facts(folder, (*facts_form.FACTS, *facts_form.DISCLOSURE), _submitted_fields(form))
        self.queue.editor.write(folder, REVIEW, text.encode(), form_text(form, "seen"))
        return redirect_to_case(folder, "/facts", "saved")

    def _shared_context(self, folder: Path) -> dict[str, Any]:
        """What every form page shows: the case, what it was like when the page was made, and what is wrong with it."""
        try:
            intake.load_case(folder)
            faults: tuple[str, ...] = ()
        except CaseError as error:
            faults = error.faults
        except RegisterError as error:
            faults = (str(error),)
        can_undo = self.queue.editor.can_undo(folder)
        return {"case": folder.name, "faults": faults, "seen": fingerprint(folder), "can_undo": can_undo}

    # --- lessons

    def show_lessons(self, request: Request) -> Response:
        """Every lesson as a form, and an empty one."""
        folder = self.folder(request)
        written = lessons_form.lesson_rows(folder)
        statuses = {key: term.title for key, term in terms("lesson_statuses").items() if key != responding.NO_RESPONSE}
        shared = self._shared_context(folder)
        return self.show(
            "lessons", request, written=written, fields=lessons_form.LESSON_FIELDS, statuses=statuses, **shared
        )

    def save_lesson(self, request: Request, form: FormData) -> Response:
        """Write one lesson to review.md, add one, or take one out that was never signed."""
        folder = self.folder(request)
        place = form_text(form, "place")
        if not place:
            text, at = lessons_form.add_lesson(folder, _submitted_fields(form)), "#new"
        elif not place.isdecimal():
            raise RefusedEditError("That is not a lesson.")
        elif form.get("remove"):
            text, at = lessons_form.remove_lesson(folder, int(place)), "#lessons"
        else:
            text, at = lessons_form.change_lesson(folder, int(place), _submitted_fields(form)), f"#lesson-{int(place)}"
        self.queue.editor.write(folder, REVIEW, text.encode(), form_text(form, "seen"))
        return redirect_to_case(folder, "/lessons", "saved", at)

    def respond(self, request: Request, form: FormData) -> Response:
        """Record what was said of a lesson that is signed, redact it and sign that alone."""
        folder = self.folder(request)
        lesson, said_on = form_text(form, "lesson"), form_text(form, "date")
        try:
            day = dt.date.fromisoformat(said_on) if said_on else None
            number = int(lesson)
        except ValueError:
            raise RefusedEditError("Nothing was recorded: choose a lesson, and a day such as 2025-06-01.") from None
        if not self.queue.user:
            raise RefusedEditError(
                "Nothing was recorded: say who you are, at the top of the page. Whoever records it signs it."
            )
        with self.queue.editor.lock:
            told = responding.respond(
                self.queue.reviews,
                folder.name,
                number,
                form_text(form, "status"),
                form_text(form, "note").strip() or None,
                self.queue.user,
                day,
                self.queue.redactor,
            )
        return self.show(
            "responded", request, case=folder.name, told=told, status_title=title("lesson_statuses", told.status)
        )

    # --- who is in it

    def show_people(self, request: Request) -> Response:
        """Everybody and everything that was found and is not declared, for a person to say who they are."""
        folder = self.folder(request)
        declared = intake.load_register(folder)
        try:
            texts, proposal = self.queue.propose(folder.name)
        except CaseError as error:
            return self.show("faults", request, case=folder.name, faults=error.faults)
        found = {
            "places": proposal.places,
            "organisations": proposal.organisations,
            "codes": proposal.codes,
        }
        return self.show(
            "people",
            request,
            case=folder.name,
            rows=proposal_form.proposal_rows(texts, proposal),
            things=[(name, register_form.LISTS[name][0], words) for name, words in found.items() if words],
            unsure=[(proposal_form.excerpt(texts, w), w.count, labels) for w, labels in proposal.unsure],
            unsaid=[ROLES[role].label for role in missing_roles(declared)],
            declared=[person.names[0] for person in (declared.people if declared else ())],
            roles={key: role.label for key, role in ROLES.items()},
            protections=register_form.PROTECTIONS,
            seen=fingerprint(folder),
            can_undo=self.queue.editor.can_undo(folder),
        )

    def save_people(self, request: Request, form: FormData) -> Response:
        """Write who somebody is to register.yml, and that words name nobody to decisions.yml."""
        folder = self.folder(request)
        data, rejected = proposal_form.change_by_proposal(folder, _submitted_fields(form), self.queue.user)
        self.queue.editor.write(folder, REGISTER, data, form_text(form, "seen"))
        if rejected:
            self.queue.editor.decide(folder, rejected, fingerprint(folder))
        return redirect_to_case(folder, "/people", "declared")

    # --- the register

    def show_register(self, request: Request) -> Response:
        """Who and what the review knows."""
        folder = self.folder(request)
        declared = intake.load_register(folder)
        return self.show(
            "register",
            request,
            rows=register_form.register_rows(declared),
            lists={name: getattr(declared, name) if declared else () for name in register_form.LISTS},
            things=register_form.LISTS,
            roles={key: role.label for key, role in ROLES.items()},
            protections=register_form.PROTECTIONS,
            **self._shared_context(folder),
        )

    def save_register(self, request: Request, form: FormData) -> Response:
        """Write register.yml."""
        folder = self.folder(request)
        data = register_form.change_register(
            folder, _submitted_fields(form), self.queue.user, form_text(form, "second")
        )
        self.queue.editor.write(folder, REGISTER, data, form_text(form, "seen"))
        return redirect_to_case(folder, "/register", "declared")


def _submitted_fields(form: FormData) -> dict[str, list[str]]:
    return {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}
