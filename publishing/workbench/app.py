"""The workbench's pages: what each address shows, and what each form does."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import threading
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from publishing import intake
from publishing.checking import checklist, signing, unpublishable
from publishing.errors import CaseError, PublishingError, SigningRefusedError, WordRefusedError
from publishing.intake import word
from publishing.intake.word_package import FILE_LIMIT
from publishing.release import signoff
from publishing.settings import project_root, today
from publishing.site import records, words
from publishing.vocabulary import terms
from publishing.workbench import deciding, facts, showing
from publishing.workbench.deciding import OvertakenError, Wish, fingerprint
from publishing.workbench.desk import STATES, Desk, labels
from publishing.workbench.guard import PREVIEW, Guard
from publishing.workbench.jobs import Jobs
from redaction import Entity, RedactionError, RegisterError

_FORM_LIMIT = 1_000_000
# what is uploaded stays in memory: a review must not lie in the system's temporary folder
MultiPartParser.spool_max_size = FILE_LIMIT

DONE = {
    "decided": "Written to decisions.yml.",
    "forgotten": "The decision was taken back.",
    "undone": "The last change was undone.",
    "saved": "Saved to review.md.",
    "signed": "Signed. The next build publishes this text.",
    "imported": "The case was made. Fill in its facts, then check its text.",
}
"""What a page says after a form was sent; addresses carry the key alone."""

Handler = Callable[[Request, FormData], Response]


class _Site(StaticFiles):
    """The built site, which may not be there yet and is exchanged as a whole while the workbench runs."""

    async def check_config(self) -> None:
        """Nothing to check beforehand."""


class Workbench:
    """The app's pages over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.jobs = Jobs()
        self._uploads: dict[str, tuple[str, str, bytes]] = {}
        self._templates = _templates()

    def routes(self) -> list[Route | Mount]:
        """Every address."""
        return [
            Route("/", self._page(self.queue)),
            Route("/static/{name}", self._page(self.static)),
            Route("/import", self._page(self.import_page)),
            Route("/import", self._form(self.import_word, FILE_LIMIT + _FORM_LIMIT), methods=["POST"]),
            Route("/case/{case}", self._page(self.case)),
            Route("/case/{case}/decide", self._form(self.decide), methods=["POST"]),
            Route("/case/{case}/forget", self._form(self.forget), methods=["POST"]),
            Route("/case/{case}/undo", self._form(self.undo), methods=["POST"]),
            Route("/case/{case}/facts", self._page(self.facts)),
            Route("/case/{case}/facts", self._form(self.save_facts), methods=["POST"]),
            Route("/case/{case}/sheet", self._page(self.sheet)),
            Route("/case/{case}/sign", self._page(self.sign_page)),
            Route("/case/{case}/sign", self._form(self.sign), methods=["POST"]),
            Route("/build", self._page(self.build_page)),
            Route("/build", self._form(self.build), methods=["POST"]),
            Route("/build/state", self._page(self.build_state)),
            Route("/withdraw", self._page(self.withdraw_page)),
            Route("/withdraw", self._form(self.withdraw), methods=["POST"]),
            Mount(PREVIEW, _Site(directory=self.desk.out / "site", html=True, check_dir=False)),
        ]

    # --- the queue, and new cases

    def queue(self, request: Request) -> Response:
        """Every case by what is to be done."""
        return self._show("queue", request, entries=self.desk.queue(), states=STATES)

    def import_page(self, request: Request) -> Response:
        """Where a Word file is dropped."""
        return self._show("import", request, headings=(), upload="", name="", reasons=(), sections=terms("sections"))

    def import_word(self, request: Request, form: FormData) -> Response:
        """Make a case of a Word file; headings that name no section are asked for."""
        case, key = _text(form, "case"), _text(form, "upload")
        if key in self._uploads:
            _, file, data = self._uploads[key]
        else:
            sent = form.get("file")
            if not isinstance(sent, UploadFile) or not sent.filename:
                raise PublishingError("No file was chosen.")
            file, data = sent.filename, sent.file.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            raise WordRefusedError([f"the file is larger than {FILE_LIMIT // 1_000_000} MB: take its pictures out"])
        chosen = {
            int(name.removeprefix("heading-")): str(said)
            for name, said in form.items()
            if name.startswith("heading-") and name[8:].isdecimal() and said
        }
        context: dict[str, Any] = {"name": case, "sections": terms("sections"), "upload": "", "headings": ()}
        try:
            done = word.import_bytes(data, file, self.desk.reviews, case, chosen)
        except word.UnmappedHeadingsError as error:
            # one file waits for its answers, no more
            key = secrets.token_urlsafe(16)
            self._uploads = {key: (case, file, data)}
            context |= {"upload": key, "headings": error.headings}
            return self._show("import", request, 422, reasons=(), **context)
        except WordRefusedError as error:
            return self._show("import", request, 422, reasons=error.reasons, **context)
        self._uploads.clear()
        return self._show("imported", request, case=done.folder.name, notes=done.notes)

    # --- one case

    def case(self, request: Request) -> Response:
        """A case in two columns, with what was found and decided."""
        name = request.path_params["case"]
        folder = self.desk.folder(name)
        find = " ".join(request.query_params.get("find", "").split())[:100]
        try:
            opened = self.desk.open(name)
        except (CaseError, RegisterError) as error:
            faults = error.faults if isinstance(error, CaseError) else (str(error),)
            return self._show("faults", request, case=folder.name, faults=faults)
        said = "\n".join(opened.redaction.texts).casefold()
        return self._show(
            "case",
            request,
            case=name,
            opened=opened,
            rows=showing.rows(opened.review, opened.job.texts, opened.redaction, opened.names, find),
            labels=labels(opened.findings),
            kinds=[str(entity) for entity in Entity],
            find=find,
            hits=said.count(find.casefold()) if find else 0,
            can_undo=self.desk.decider.can_undo(folder),
        )

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a decision about words, wherever they stand in the review."""
        folder = self.desk.folder(request.path_params["case"])
        wish = Wish(
            _text(form, "action"),
            _text(form, "text"),
            _text(form, "entity") or None,
            _text(form, "replacement") or None,
        )
        self.desk.decider.decide(folder, wish, _text(form, "seen"))
        return _back(
            folder, "decided", "#" + at if re.fullmatch(r"finding-[0-9]+", at := _text(form, "at")) else "#findings"
        )

    def forget(self, request: Request, form: FormData) -> Response:
        """Take a decision back."""
        folder = self.desk.folder(request.path_params["case"])
        self.desk.decider.forget(folder, _text(form, "text"), _text(form, "seen"))
        return _back(folder, "forgotten", "#decisions")

    def undo(self, request: Request, form: FormData) -> Response:
        """Undo the last change."""
        folder = self.desk.folder(request.path_params["case"])
        self.desk.decider.undo(folder, _text(form, "seen"))
        return _back(folder, "undone", "#findings")

    # --- facts and disclosure

    def facts(self, request: Request) -> Response:
        """The facts of a case as forms."""
        folder = self.desk.folder(request.path_params["case"])
        return self._show("facts", request, **self._facts(folder))

    def _facts(self, folder: Path) -> dict[str, Any]:
        try:
            intake.load(folder)
            faults: tuple[str, ...] = ()
        except CaseError as error:
            faults = error.faults
        except RegisterError as error:
            faults = (str(error),)
        groups = (("What happened", facts.FACTS), ("Before anyone outside sees a word", facts.DISCLOSURE))
        seen = fingerprint(folder)
        return {"case": folder.name, "groups": groups, "values": facts.read(folder), "faults": faults, "seen": seen}

    def save_facts(self, request: Request, form: FormData) -> Response:
        """Write the facts to review.md, each as it was said; what is still missing is told."""
        folder = self.desk.folder(request.path_params["case"])
        said = {name: [str(value) for value in form.getlist(name)] for name in form}
        text = facts.changed(folder, (*facts.FACTS, *facts.DISCLOSURE), said)
        deciding.replace_review(self.desk.decider, folder, text, _text(form, "seen"))
        return RedirectResponse(f"/case/{folder.name}/facts?done=saved", 303)

    # --- signing

    def sign_page(self, request: Request) -> Response:
        """The public text alone, the questions of the motivated intruder, and the signature."""
        return self._sign_page(request, request.path_params["case"], ())

    def _sign_page(
        self, request: Request, case: str, against: Sequence[str], name: str = "", status: int = 200
    ) -> Response:
        opened = self.desk.open(case)
        return self._show(
            "sign",
            request,
            status,
            case=case,
            opened=opened,
            rows=showing.rows(opened.review, opened.job.texts, opened.redaction, opened.names),
            questions=checklist.questions(),
            text_seen=signoff.seen_as(opened.text),
            is_public=signoff.before_is_public(self.desk.out, opened.review.public_id) and opened.is_changed,
            against=against,
            name=name,
            unfit=[d for d in opened.decided if not d.fits],
        )

    def sign(self, request: Request, form: FormData) -> Response:
        """Sign the text that was shown, and no other."""
        folder = self.desk.folder(request.path_params["case"])
        name = _text(form, "by")
        confirmed = tuple(key for key in checklist.questions() if form.get(f"question-{key}"))
        try:
            if missing := checklist.unconfirmed(confirmed):
                raise SigningRefusedError(folder.name, [f"{len(missing)} questions are not answered"])
            with self.desk.decider.lock:
                signoff.sign_off(
                    self.desk.reviews,
                    folder.name,
                    name,
                    confirmed=confirmed,
                    note=_text(form, "note").strip() or None,
                    out=self.desk.out,
                    redactor=self.desk.redactor,
                    seen=_text(form, "text_seen"),
                )
        except SigningRefusedError as error:
            return self._sign_page(request, folder.name, error.reasons, name, 422)
        return _back(folder, "signed", "")

    def sheet(self, request: Request) -> Response:
        """A private sheet to print for the head of department: what was found, decided, by whom, and what remains."""
        opened = self.desk.open(request.path_params["case"])
        return self._show(
            "sheet",
            request,
            case=opened.folder.name,
            opened=opened,
            counts=Counter(str(detection.entity) for detection in opened.redaction.detections),
            signatures=signing.history(opened.folder),
            reason=unpublishable(opened.review, opened.before is not None, today()),
            questions=len(checklist.questions()),
        )

    # --- building and withdrawing

    def build_page(self, request: Request) -> Response:
        """The last build or withdrawal, and how it goes."""
        built = (self.desk.out / "site" / "index.html").is_file()
        return self._show("build", request, job=self.jobs.last, built=built)

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
        """What stands published, to choose from."""
        published, _ = records.load(self.desk.out / "markdown")
        reasons = {key: term.title for key, term in terms("withdrawal_reasons").items() if key != "not-stated"}
        chosen = request.query_params.get("review", "")
        return self._show("withdraw", request, published=published, reasons=reasons, chosen=chosen)

    def withdraw(self, request: Request, form: FormData) -> Response:
        """Take a published review down at once."""
        public_id, reason = _text(form, "review"), _text(form, "reason")
        published, _ = records.load(self.desk.out / "markdown")
        if public_id not in {review.public_id for review in published} or reason not in terms("withdrawal_reasons"):
            raise PublishingError("Choose a published review and a reason.")
        if not form.get("sure"):
            raise PublishingError("Nothing was withdrawn: say that you are sure.")
        command = ["withdraw", public_id, "--reason", reason, *self._places()]
        if not self.jobs.start(f"Withdrawing {public_id}", command):
            raise PublishingError("Something is being built or withdrawn just now. Wait until it is done.")
        return RedirectResponse("/build", 303)

    def _places(self) -> list[str]:
        return ["--reviews", str(self.desk.reviews), "--out", str(self.desk.out)]

    # --- how pages are made

    def static(self, request: Request) -> Response:
        """The style sheet and the script; nothing else."""
        kinds = {"workbench.css": "text/css", "workbench.js": "text/javascript"}
        name = request.path_params["name"]
        if name not in kinds:
            raise HTTPException(404)
        return FileResponse(project_root() / "templates" / "workbench" / name, media_type=kinds[name])

    def _show(self, template: str, request: Request, status: int = 200, **context: Any) -> Response:
        done = DONE.get(request.query_params.get("done", ""), "") if request.method == "GET" else ""
        page = self._templates.get_template(f"{template}.html.j2")
        return HTMLResponse(page.render(done=done, path=request.url.path, **context), status)

    def _page(self, handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await self._safely(request, lambda: handler(request))

        return answer

    def _form(self, handler: Handler, limit: int = _FORM_LIMIT) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > limit:
                return self._message(request, 413, "That is more than can be sent here. Nothing was changed.")
            try:
                async with request.form(max_files=1, max_fields=500) as form:
                    return await self._safely(request, lambda: handler(request, form))
            except (HTTPException, ClientDisconnect):
                return self._message(request, 400, "The form could not be read. Nothing was changed.")

        return answer

    async def _safely(self, request: Request, work: Callable[[], Response]) -> Response:
        """Errors in plain words, and never a traceback: its lines may hold a word of a review."""
        try:
            return await run_in_threadpool(work)
        except OvertakenError as error:
            return self._message(request, 409, str(error))
        except (PublishingError, RedactionError) as error:
            return self._message(request, 400, str(error))
        except HTTPException as error:
            return self._message(request, error.status_code, "There is no such page.")
        except Exception as error:  # noqa: BLE001  the last line of defence: its text may hold private words
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
            return self._message(request, 500, f"Something went wrong inside Candour ({where}). No more is shown.")

    def _message(self, request: Request, status: int, text: str) -> Response:
        case = request.path_params.get("case", "")
        known = bool(case) and intake.is_case_name(case) and (self.desk.reviews / case).is_dir()
        return self._show("message", request, status, text=text, case=case if known else "")


def create(desk: Desk, address: str, token: str, *, warm: bool = True) -> Starlette:
    """The app.

    Args:
        desk: the cases.
        address: host and port, as browsers will name them.
        token: what opens the one session.
        warm: whether to read every case in the background.
    """
    pages = Workbench(desk)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=desk.warm, daemon=True).start()
        yield

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return pages._message(request, status, "There is no such page.")

    return Starlette(
        routes=pages.routes(),
        lifespan=lifespan,
        middleware=[Middleware(Guard, address=address, token=token)],
        exception_handlers={HTTPException: missing},
    )


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(project_root() / "templates" / "workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    environment.globals["today"] = today
    return environment


def _day(value: dt.date | None) -> str:
    return words.day(value) if value else ""


def _text(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _back(folder: Path, done: str, at: str) -> Response:
    return RedirectResponse(f"/case/{folder.name}?done={done}{at}", 303)
