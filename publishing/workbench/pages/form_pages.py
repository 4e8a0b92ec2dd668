"""The pages on which what a case says of itself is filled in: facts and disclosure, lessons, and the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing import intake
from publishing.checking.publishability import missing_roles
from publishing.checking.signers import load_signers
from publishing.errors import BuildError, CaseError
from publishing.intake.case_files import REVIEW, fingerprint
from publishing.intake.decisions_file import DECISIONS
from publishing.release import responding
from publishing.reviews import NO_RESPONSE
from publishing.vocabulary import terms, title
from publishing.workbench.case_decisions import RefusedEditError
from publishing.workbench.case_edits import deed_of, with_decisions
from publishing.workbench.edit_history import Deed
from publishing.workbench.forms import (
    facts_form,
    lessons_form,
    proposal_form,
    register_form,
    same_lessons,
    stated_lessons,
)
from publishing.workbench.pages.base import Pages, Refusal, form_text, redirect_to_case, submitted_fields
from redaction import REGISTER, ROLES, RegisterError


class FormPages(Pages):
    """Forms in place of YAML."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/facts", self.page(self.show_facts)),
            Route("/case/{case}/facts", self.form(self.save_facts), methods=["POST"]),
            Route("/case/{case}/lessons", self.page(self.show_lessons)),
            Route("/case/{case}/lessons", self.form(self.save_lesson), methods=["POST"]),
            Route("/case/{case}/lessons/take", self.form(self.take_lessons), methods=["POST"]),
            Route("/case/{case}/respond", self.form(self.respond), methods=["POST"]),
            Route("/case/{case}/people", self.page(self.show_people)),
            Route("/case/{case}/people", self.form(self.save_people), methods=["POST"]),
            Route("/case/{case}/register", self.page(self.show_register)),
            Route("/case/{case}/register", self.form(self.save_register), methods=["POST"]),
            Route("/case/{case}/draft/{form}", self.form(self.keep_draft), methods=["POST"]),
            Route("/case/{case}/draft/{form}/discard", self.form(self.discard_draft), methods=["POST"]),
        ]

    # --- facts and disclosure

    def show_facts(self, request: Request, refusal: Refusal | None = None) -> Response:
        """The facts of a case as forms."""
        folder = self.folder(request)
        refusal = refusal or self._resumed(request, folder, "facts")
        groups = (("What happened", facts_form.FACTS), ("Before anyone outside sees a word", facts_form.DISCLOSURE))
        values = now = facts_form.fact_values(folder)
        if refusal:
            values = facts_form.submitted_values(_ALL_FACTS, refusal.typed)
        shared = self._shared_context(folder, refusal, "facts")
        return self.show("facts", request, groups=groups, values=values, now=now, **shared)

    def save_facts(self, request: Request, form: FormData) -> Response:
        """Write the facts to review.md, each as it was said; what is still missing is told."""

        def write() -> Response:
            folder = self.folder(request)
            text = facts_form.change_facts(folder, _ALL_FACTS, submitted_fields(form))
            self._write(form, folder, {REVIEW: text.encode()}, Deed("facts"))
            return self._go_on(form, folder, "/facts", "saved")

        return self.save(form, write, lambda refusal: self.show_facts(request, refusal))

    def _write(self, form: FormData, folder: Path, files: Mapping[str, bytes], *deeds: Deed) -> None:
        """Write the files that a form changes, as one step; the draft that was kept of it is done with."""
        self.queue.editor.write(folder, files, form_text(form, "seen"), deeds, self.queue.user)
        if (draft := form_text(form, "draft")) in self.queue.drafts.forms(folder.name):
            self.queue.drafts.discard(folder.name, draft)

    def _go_on(self, form: FormData, folder: Path, page: str, done: str) -> Response:
        """After saving: to the page that the button names, or to the same again."""
        then = form_text(form, "then")
        return redirect_to_case(folder, "" if then == "text" else f"/{then}" if then in _NEXT else page, done)

    def _shared_context(self, folder: Path, refusal: Refusal | None, form: str) -> dict[str, Any]:
        """What every form page shows: the case, what it was like when the page was made, what is wrong with it, and why it was not saved.

        And what was typed before and not saved, in forms whose names begin with `form`.
        """
        try:
            intake.load_case(folder)
            faults: tuple[str, ...] = ()
        except CaseError as error:
            faults = error.faults
        except RegisterError as error:
            faults = (str(error),)
        names = [name for name in self.queue.drafts.forms(folder.name) if name.startswith(form)]
        drafts = {name: self.queue.drafts.load(folder.name, name) for name in names}
        going_on = refusal.one("draft") if refusal else ""
        return {
            "case": folder.name,
            "faults": faults,
            "seen": fingerprint(folder),
            "can_undo": self.queue.editor.next_step(folder, back=True) is not None,
            "can_redo": self.queue.editor.next_step(folder, back=False) is not None,
            "drafts": {name: draft for name, draft in drafts.items() if draft and name != going_on},
            "refusal": refusal,
            "status": refusal.status if refusal else 200,
        }

    # --- drafts

    def keep_draft(self, request: Request, form: FormData) -> Response:
        """Keep what is typed in a form, as the page's script tells it."""
        typed = submitted_fields(form)
        self.queue.drafts.keep(self.folder(request).name, request.path_params["form"], typed, self.queue.user)
        return Response(status_code=204)

    def discard_draft(self, request: Request, form: FormData) -> Response:
        """Throw away what was typed and not saved."""
        folder, name = self.folder(request), request.path_params["form"]
        self.queue.drafts.discard(folder.name, name)
        return redirect_to_case(folder, "/lessons" if name.startswith("lesson-") else f"/{name}", "discarded")

    def _resumed(self, request: Request, folder: Path, form: str) -> Refusal | None:
        """What was typed before in one of the forms of a page, where the address says that somebody goes on with it."""
        name = request.query_params.get("draft", "") if request.method == "GET" else ""
        is_kept = name.startswith(form) and name in self.queue.drafts.forms(folder.name)
        draft = self.queue.drafts.load(folder.name, name) if is_kept else None
        if draft is None:
            return None
        return Refusal(draft.typed, "", {}, is_stale=draft.seen != fingerprint(folder), is_draft=True)

    # --- lessons

    def show_lessons(self, request: Request, refusal: Refusal | None = None) -> Response:
        """Every lesson as a form, and an empty one."""
        folder = self.folder(request)
        refusal = refusal or self._resumed(request, folder, "lesson-")
        written = lessons_form.lesson_rows(folder)
        statuses = {key: term.title for key, term in terms("lesson_statuses").items() if key != NO_RESPONSE}
        # which of the page's forms was refused
        taking = stated_lessons.typed_lessons(refusal.typed) if refusal else {}
        return self.show(
            "lessons",
            request,
            written=written,
            typed=facts_form.submitted_values(lessons_form.LESSON_FIELDS, refusal.typed) if refusal else {},
            typed_id=_typed_lesson(refusal, written) if refusal and not taking else None,
            fields=lessons_form.LESSON_FIELDS,
            stated=stated_lessons.stated_lessons(folder),
            for_all=stated_lessons.FOR_ALL,
            taking=taking,
            like=self._like_lessons(folder),
            statuses=statuses,
            with_key=load_signers(self.queue.reviews) is not None,
            **self._shared_context(folder, refusal, "lesson-"),
        )

    def _like_lessons(self, folder: Path) -> dict[str, same_lessons.SameRow]:
        """What is said to be, or may be, the same as each lesson, by its number; nothing where what is published cannot be read."""
        try:
            published = self.queue.published.load()
        except BuildError:
            return {}
        return {row.id: row for row in same_lessons.same_rows(folder, published) if row.like}

    def save_lesson(self, request: Request, form: FormData) -> Response:
        """Write one lesson to review.md, add one, or take one out that was never signed."""

        def write() -> Response:
            folder = self.folder(request)
            place = lessons_form.place_of(folder, form_text(form, "place"), form_text(form, "id"))
            if not place:
                text, at, deed = lessons_form.add_lesson(folder, submitted_fields(form)), "#new", "lesson-added"
            elif not place.isdecimal():
                raise RefusedEditError("That is not a lesson.")
            elif form.get("remove"):
                text, at, deed = lessons_form.remove_lesson(folder, int(place)), "#lessons", "lesson-removed"
            else:
                text = lessons_form.change_lesson(folder, int(place), submitted_fields(form))
                at, deed = f"#lesson-{int(place)}", "lesson-changed"
            self._write(form, folder, {REVIEW: text.encode()}, Deed(deed))
            return redirect_to_case(folder, "/lessons", "saved", at)

        return self.save(form, write, lambda refusal: self.show_lessons(request, refusal))

    def take_lessons(self, request: Request, form: FormData) -> Response:
        """Take lessons that the text states over into the list of lessons, as one step."""

        def write() -> Response:
            folder = self.folder(request)
            text = stated_lessons.take_lessons(folder, submitted_fields(form))
            self._write(form, folder, {REVIEW: text.encode()}, Deed("lessons-taken"))
            return self._go_on(form, folder, "/lessons", "saved")

        return self.save(form, write, lambda refusal: self.show_lessons(request, refusal))

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
                ask_passphrase=lambda: form_text(form, "passphrase"),
                out=self.queue.out,
            )
        return self.show(
            "responded", request, case=folder.name, told=told, status_title=title("lesson_statuses", told.status)
        )

    # --- who is in it

    def show_people(self, request: Request, refusal: Refusal | None = None) -> Response:
        """Everybody and everything that was found and is not declared, for a person to say who they are."""
        folder = self.folder(request)
        refusal = refusal or self._resumed(request, folder, "people")
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
        shared = self._shared_context(folder, refusal, "people")
        return self.show(
            "people",
            request,
            rows=proposal_form.proposal_rows(texts, proposal, refusal.typed if refusal else None),
            things=[(name, register_form.LISTS[name][0], words) for name, words in found.items() if words],
            unsure=[(proposal_form.excerpt(texts, w), w.count, labels) for w, labels in proposal.unsure],
            meant=proposal_form.chosen_meanings(refusal.typed) if refusal else {},
            unsaid=[ROLES[role].label for role in missing_roles(declared)],
            declared=[person.names[0] for person in (declared.people if declared else ())],
            unnamed=proposal_form.without_role(declared, proposal, refusal.typed if refusal else {}),
            roles={key: role.label for key, role in ROLES.items()},
            protections=register_form.PROTECTIONS,
            **shared,
        )

    def save_people(self, request: Request, form: FormData) -> Response:
        """Write who somebody is to register.yml, and that words name nobody to decisions.yml."""

        def write() -> Response:
            folder = self.folder(request)
            data, rejected = proposal_form.change_by_proposal(folder, submitted_fields(form), self.queue.user)
            files = {REGISTER: data, **({DECISIONS: with_decisions(folder, rejected)} if rejected else {})}
            self._write(form, folder, files, Deed("people"), *map(deed_of, rejected))
            return self._go_on(form, folder, "/people", "declared")

        return self.save(form, write, lambda refusal: self.show_people(request, refusal))

    # --- the register

    def show_register(self, request: Request, refusal: Refusal | None = None) -> Response:
        """Who and what the review knows."""
        folder = self.folder(request)
        refusal = refusal or self._resumed(request, folder, "register")
        declared = intake.load_register(folder)
        lists = {name: getattr(declared, name) if declared else () for name in register_form.LISTS}
        rows = register_form.register_rows(declared)
        if refusal:
            rows = register_form.typed_rows(refusal.typed)
            typed = {name: tuple(refusal.one(name).splitlines()) for name in lists}
            # what somebody else declared meanwhile is in the form too: saving it takes nobody out unseen
            lists = {name: (*said, *lists[name]) if refusal.is_stale else said for name, said in typed.items()}
            rows = register_form.with_declared(rows, declared) if refusal.is_stale else rows
        return self.show(
            "register",
            request,
            rows=rows,
            lists={name: "\n".join(dict.fromkeys(said)) for name, said in lists.items()},
            things=register_form.LISTS,
            roles={key: role.label for key, role in ROLES.items()},
            protections=register_form.PROTECTIONS,
            **self._shared_context(folder, refusal, "register"),
        )

    def save_register(self, request: Request, form: FormData) -> Response:
        """Write register.yml."""

        def write() -> Response:
            folder = self.folder(request)
            said, second = submitted_fields(form), form_text(form, "second")
            data = register_form.change_register(folder, said, self.queue.user, second)
            self._write(form, folder, {REGISTER: data}, Deed("register"))
            return redirect_to_case(folder, "/register", "declared")

        return self.save(form, write, lambda refusal: self.show_register(request, refusal))


def _typed_lesson(refusal: Refusal, written: Sequence[lessons_form.LessonRow]) -> str:
    """The number of the lesson whose form was refused; "" for a new one, and for one that is gone meanwhile."""
    place = refusal.one("place")
    number = refusal.one("id") or (written[int(place)].id if place.isdecimal() and int(place) < len(written) else "")
    return number if number in {lesson.id for lesson in written} else ""


_ALL_FACTS = (*facts_form.FACTS, *facts_form.DISCLOSURE)

_NEXT = ("lessons", "people")
"""Pages to which a button goes on after saving; "text" is the text of the case."""
