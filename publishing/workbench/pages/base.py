"""What every page of the workbench shares: how it is shown, how a form is read, and what is said when something fails."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from publishing import intake
from publishing.errors import FormRefusedError, FullDiskError, PublishingError
from publishing.files import disk_room
from publishing.settings import in_london, today
from publishing.site import phrasing
from publishing.site.environments import make_environment
from publishing.workbench.case_edits import StaleCaseError
from publishing.workbench.case_queue import CaseQueue
from publishing.workbench.forms.fault_words import fault_in_words
from redaction import RedactionError

FORM_LIMIT = 1_000_000
"""Bytes of a form without a file."""

CONFIRMATIONS = {
    "decided": "Written down: it holds everywhere in this review.",
    "all-decided": "Written down. Nothing that is shown here is left to decide.",
    "forgotten": "The decision was taken back.",
    "rewritten": "Kept beside the review. These words are redacted and published in place of the passage.",
    "renamed": "The case has its new name.",
    "restored": "The review’s own words stand again.",
    "undone": "The last change was undone.",
    "redone": "What was undone is done again.",
    "keys": "Whether keys decide is changed: see Keys.",
    "discarded": "What was typed and not saved was thrown away.",
    "saved": "Saved.",
    "same-signed": "Signed. The text stays as it was signed, and the next build shows it.",
    "declared": "Saved: what is declared is removed from the public text.",
    "ticked": "What you ticked is kept for this text, until you sign.",
    "signed": "Signed. The next build publishes this text.",
    "kept": "Kept in the case’s private folder.",
    "removed": "It was taken away.",
    "you": "Decisions are written under your name from now on.",
}
"""What a page says after a form was sent; addresses carry the key alone."""

Handler = Callable[[Request, FormData], Response]


@dataclass(frozen=True)
class Refusal:
    """Why a form was not saved, and what was typed in it: nothing of that is lost.

    `faults` are the words for each field that is at fault; `is_stale`: the case was changed after the form was shown.
    `is_draft`: nobody tried to save it yet, and somebody goes on with what they had typed.
    """

    typed: Mapping[str, Sequence[str]]
    message: str
    faults: Mapping[str, str]
    is_stale: bool = False
    is_draft: bool = False

    @property
    def status(self) -> int:
        """The status of the page that says so."""
        if self.is_draft:
            return 200
        return 409 if self.is_stale else 400

    def one(self, name: str, default: str = "") -> str:
        """The first value that was typed for a field."""
        return next(iter(self.typed.get(name, ())), default)


@dataclass(frozen=True)
class OpenPage:
    """A page of a case as the browser has it open: its name, and who else has the case open, in words."""

    name: str
    case: str
    others: Sequence[str]


class Pages:
    """Pages about the cases of one queue."""

    def __init__(self, queue: CaseQueue, templates: Environment) -> None:
        self.queue = queue
        self._templates = templates

    def show(self, template: str, request: Request, status: int = 200, **context: Any) -> Response:
        """A page from its template."""
        asked = request.query_params.get("done", "") if request.method == "GET" else ""
        page = self._templates.get_template(f"{template}.html.j2")
        case = request.path_params.get("case", "")
        # a message is about what was not done; the case is not open there
        opened = self._open_page(case) if case and case == context.get("case") and template != "message" else None
        shared = {
            "done": CONFIRMATIONS.get(asked, ""),
            "is_signed_now": asked == "signed",
            "path": request.url.path,
            "user": self.queue.user,
            "opened": opened,
        }
        return HTMLResponse(page.render(**shared, **context), status)

    def _open_page(self, case: str) -> OpenPage:
        """What a page of a case says of who else has it open."""
        name = self.queue.presence.open_page(case)
        # the page that leads here may still count as another tab: the script asks again
        elsewhere = [str(opening) for opening in self.queue.presence.others(case, name) if not opening.here]
        return OpenPage(name, case, elsewhere)

    def page(self, handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        """An address that shows something."""

        async def answer(request: Request) -> Response:
            return await self._safely(request, lambda: handler(request))

        return answer

    def form(self, handler: Handler, limit: int = FORM_LIMIT) -> Callable[[Request], Awaitable[Response]]:
        """An address that a form is sent to; `limit` in bytes."""

        async def answer(request: Request) -> Response:
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > limit:
                return self.message(request, 413, "That is more than can be sent here. Nothing was changed.")
            try:
                async with request.form(max_files=1, max_fields=2000) as form:
                    return await self._safely(request, lambda: handler(request, form))
            except (HTTPException, ClientDisconnect):
                return self.message(request, 400, "The form could not be read. Nothing was changed.")

        return answer

    async def _safely(self, request: Request, work: Callable[[], Response]) -> Response:
        """Errors in plain words, and never a traceback: its lines may hold a word of a review."""
        try:
            return await run_in_threadpool(work)
        except StaleCaseError as error:
            return self.message(request, 409, str(error))
        except (PublishingError, RedactionError) as error:
            return self.message(request, 400, str(error))
        except HTTPException as error:
            return self.message(request, error.status_code, "There is no such page.")
        except Exception as error:  # noqa: BLE001  the last line of defence: its text may hold private words
            if disk_room.is_full(error):
                return self.message(request, 400, str(FullDiskError(disk_room.REVIEWS, disk_room.MEGABYTE)))
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
            return self.message(request, 500, f"Something went wrong inside Candour ({where}). No more is shown.")

    def message(self, request: Request, status: int, text: str) -> Response:
        """A page that says what was not done."""
        case = request.path_params.get("case", "")
        known = bool(case) and intake.is_case_name(case) and (self.queue.reviews / case).is_dir()
        return self.show("message", request, status, text=text, case=case if known else "")

    def save(self, form: FormData, write: Callable[[], Response], show: Callable[[Refusal], Response]) -> Response:
        """What saving answers; where it is refused, the form comes back with everything that was typed."""
        try:
            return write()
        except StaleCaseError as error:
            return show(Refusal(submitted_fields(form), str(error), {}, is_stale=True))
        except FormRefusedError as error:
            return show(Refusal(submitted_fields(form), "", error.faults))
        except PublishingError as error:
            return show(Refusal(submitted_fields(form), str(error), {}))

    def folder(self, request: Request) -> Path:
        """The folder of the case in the address."""
        return self.queue.folder(request.path_params["case"])


def create_environment() -> Environment:
    """The templates, which escape whatever they are given."""
    found = make_environment("templates/workbench")
    found.filters["day"] = _day
    found.filters["moment"] = _moment
    found.filters["fault_in_words"] = fault_in_words
    found.globals["today"] = today
    return found


def _day(value: dt.date | None) -> str:
    return phrasing.format_day(value) if value else ""


def _moment(value: str) -> str:
    """An ISO time as clocks in London told it: "14 June 2026, 09:05"."""
    moment = in_london(dt.datetime.fromisoformat(value))
    return f"{phrasing.format_day(moment.date())}, {moment:%H:%M}"


def form_text(form: Mapping[str, Any], name: str) -> str:
    """A field of a form; empty where it is not there."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def submitted_fields(form: FormData) -> dict[str, list[str]]:
    """Every field of a form and its values, without files."""
    return {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}


def redirect_to_case(folder: Path, page: str, done: str, at: str = "") -> Response:
    """To a page of a case ("" is its text), with what was done."""
    return RedirectResponse(f"/case/{folder.name}{page}?done={done}{at}", 303)
