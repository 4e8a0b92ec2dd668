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
from publishing.errors import CaseError
from publishing.release import responding
from publishing.vocabulary import terms, title
from publishing.workbench import declaring, facts, lessons
from publishing.workbench.deciding import REGISTER, REVIEW, UnwiseError, fingerprint
from publishing.workbench.pages import Pages, back, text_of
from redaction import RegisterError
from redaction.entities import ROLES


class FormPages(Pages):
    """Forms in place of YAML."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/facts", self.page(self.facts)),
            Route("/case/{case}/facts", self.form(self.save_facts), methods=["POST"]),
            Route("/case/{case}/lessons", self.page(self.lessons)),
            Route("/case/{case}/lessons", self.form(self.save_lesson), methods=["POST"]),
            Route("/case/{case}/respond", self.form(self.respond), methods=["POST"]),
            Route("/case/{case}/register", self.page(self.register)),
            Route("/case/{case}/register", self.form(self.save_register), methods=["POST"]),
        ]

    # --- facts and disclosure

    def facts(self, request: Request) -> Response:
        """The facts of a case as forms."""
        folder = self.folder(request)
        groups = (("What happened", facts.FACTS), ("Before anyone outside sees a word", facts.DISCLOSURE))
        said = self._common(folder)
        return self.show("facts", request, groups=groups, values=facts.read(folder), **said)

    def save_facts(self, request: Request, form: FormData) -> Response:
        """Write the facts to review.md, each as it was said; what is still missing is told."""
        folder = self.folder(request)
        text = facts.changed(folder, (*facts.FACTS, *facts.DISCLOSURE), _said(form))
        self.desk.decider.write(folder, REVIEW, text.encode(), text_of(form, "seen"))
        return back(folder, "/facts", "saved")

    def _common(self, folder: Path) -> dict[str, Any]:
        """What every form page shows: the case, what it was like when the page was made, and what is wrong with it."""
        try:
            intake.load(folder)
            faults: tuple[str, ...] = ()
        except CaseError as error:
            faults = error.faults
        except RegisterError as error:
            faults = (str(error),)
        can_undo = self.desk.decider.can_undo(folder)
        return {"case": folder.name, "faults": faults, "seen": fingerprint(folder), "can_undo": can_undo}

    # --- lessons

    def lessons(self, request: Request) -> Response:
        """Every lesson as a form, and an empty one."""
        folder = self.folder(request)
        written = lessons.read(folder)
        statuses = {key: term.title for key, term in terms("lesson_statuses").items() if key != responding.NO_RESPONSE}
        said = self._common(folder)
        return self.show("lessons", request, written=written, fields=lessons.FIELDS, statuses=statuses, **said)

    def save_lesson(self, request: Request, form: FormData) -> Response:
        """Write one lesson to review.md, add one, or take one out that was never signed."""
        folder = self.folder(request)
        place = text_of(form, "place")
        if not place:
            text, at = lessons.added(folder, _said(form)), "#new"
        elif not place.isdecimal():
            raise UnwiseError("That is not a lesson.")
        elif form.get("remove"):
            text, at = lessons.removed(folder, int(place)), "#lessons"
        else:
            text, at = lessons.changed(folder, int(place), _said(form)), f"#lesson-{int(place)}"
        self.desk.decider.write(folder, REVIEW, text.encode(), text_of(form, "seen"))
        return back(folder, "/lessons", "saved", at)

    def respond(self, request: Request, form: FormData) -> Response:
        """Record what was said of a lesson that is signed, redact it and sign that alone."""
        folder = self.folder(request)
        lesson, said_on = text_of(form, "lesson"), text_of(form, "date")
        try:
            day = dt.date.fromisoformat(said_on) if said_on else None
            number = int(lesson)
        except ValueError:
            raise UnwiseError("Nothing was recorded: choose a lesson, and a day such as 2025-06-01.") from None
        if not self.desk.who:
            raise UnwiseError(
                "Nothing was recorded: say who you are, at the top of the page. Whoever records it signs it."
            )
        with self.desk.decider.lock:
            told = responding.respond(
                self.desk.reviews,
                folder.name,
                number,
                text_of(form, "status"),
                text_of(form, "note").strip() or None,
                self.desk.who,
                day,
                self.desk.redactor,
            )
        return self.show("responded", request, case=folder.name, told=told, said=title("lesson_statuses", told.status))

    # --- the register

    def register(self, request: Request) -> Response:
        """Who and what the review knows."""
        folder = self.folder(request)
        declared = intake.register_of(folder)
        return self.show(
            "register",
            request,
            rows=declaring.rows(declared),
            lists={name: getattr(declared, name) if declared else () for name in declaring.THINGS},
            things=declaring.THINGS,
            roles={key: role.label for key, role in ROLES.items()},
            protections=declaring.PROTECTED,
            **self._common(folder),
        )

    def save_register(self, request: Request, form: FormData) -> Response:
        """Write register.yml."""
        folder = self.folder(request)
        data = declaring.changed(folder, _said(form), self.desk.who, text_of(form, "second"))
        self.desk.decider.write(folder, REGISTER, data, text_of(form, "seen"))
        return back(folder, "/register", "declared")


def _said(form: FormData) -> dict[str, list[str]]:
    return {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}
