"""The pages on which a case is checked: its text with what was found, decisions, the signature, and the sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from publishing import intake
from publishing.catalogue import national
from publishing.checking import checklist, intruder, press, signing, unpublishable
from publishing.errors import CaseError, SigningRefusedError
from publishing.release import signoff
from publishing.settings import in_london, today
from publishing.workbench import declaring, showing
from publishing.workbench.deciding import REGISTER, OvertakenError, UnwiseError, Wish
from publishing.workbench.guard import PAGE
from publishing.workbench.opened import Opened
from publishing.workbench.pages import Pages, back, text_of
from publishing.workbench.ticks import Reading
from redaction import Entity, RegisterError
from redaction.forms import fold_text
from redaction.replacements import LABEL

_PLACE = re.compile(r"(finding|to-do)-[0-9]+")


class CasePages(Pages):
    """One case: check, decide, sign."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/you", self.form(self.you), methods=["POST"]),
            Route("/case/{case}", self.page(self.case)),
            Route("/case/{case}/page", self.page(self.whole)),
            Route("/case/{case}/decide", self.form(self.decide), methods=["POST"]),
            Route("/case/{case}/label", self.form(self.label), methods=["POST"]),
            Route("/case/{case}/forget", self.form(self.forget), methods=["POST"]),
            Route("/case/{case}/undo", self.form(self.undo), methods=["POST"]),
            Route("/case/{case}/sign", self.page(self.sign_page)),
            Route("/case/{case}/sign", self.form(self.sign), methods=["POST"]),
            Route("/case/{case}/ticks", self.form(self.tick), methods=["POST"]),
            Route("/case/{case}/sheet", self.page(self.sheet)),
        ]

    def you(self, request: Request, form: FormData) -> Response:
        """Who sits at the desk: decisions are written under that name."""
        self.desk.who = " ".join(text_of(form, "who").split())[:100]
        where = text_of(form, "at")
        own = where if re.fullmatch(r"/(?!/)[\w%./-]*", where) else "/"
        return RedirectResponse(f"{own}?done=you" if self.desk.who else own, 303)

    def case(self, request: Request) -> Response:
        """A case in two columns, with what was found and decided."""
        name = request.path_params["case"]
        folder = self.folder(request)
        find, missed = (" ".join(request.query_params.get(key, "").split())[:200] for key in ("find", "missed"))
        try:
            opened = self.desk.open(name)
        except (CaseError, RegisterError) as error:
            faults = error.faults if isinstance(error, CaseError) else (str(error),)
            return self.show("faults", request, case=folder.name, faults=faults)
        said = "\n".join(opened.redaction.texts).casefold()
        return self.show(
            "case",
            request,
            case=name,
            opened=opened,
            rows=showing.rows(opened.review, opened.job.texts, opened.redaction, opened.names, find, opened.pointed_at),
            kinds=[str(entity) for entity in Entity],
            find=find,
            missed=missed,
            hits=said.count(find.casefold()) if find else 0,
            can_undo=self.desk.decider.can_undo(folder),
        )

    def whole(self, request: Request) -> Response:
        """The page as readers would see it now."""
        opened = self.desk.open(request.path_params["case"])
        site = self.desk.pages.site(opened).relative_to(self.desk.pages.folder).as_posix()
        return RedirectResponse(f"{PAGE}/{quote(site)}/reviews/{opened.review.public_id}/", 303)

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a decision about words, wherever they stand in the review."""
        folder = self.folder(request)
        wish = Wish(
            text_of(form, "action"),
            text_of(form, "text"),
            text_of(form, "entity") or None,
            text_of(form, "replacement") or None,
            self.desk.who,
            text_of(form, "second"),
        )
        if wish.replacement and LABEL.search(wish.replacement):
            apart, same_as = self.desk.open(folder.name).joined(wish.replacement, [wish.text])
            wish = replace(wish, apart=apart, same_as=same_as)
        self._ask_two([wish], folder.name)
        self.desk.decider.decide(folder, [wish], text_of(form, "seen"))
        return back(folder, "", "decided", "#" + at if _PLACE.fullmatch(at := text_of(form, "at")) else "#findings")

    def label(self, request: Request, form: FormData) -> Response:
        """Give all the words that were ticked another label: two people become one, or one becomes two."""
        folder = self.folder(request)
        opened = self.desk.open(folder.name)
        chosen = [f for f in opened.findings if f.name in form.getlist("finding")]
        wanted = text_of(form, "label")
        if not chosen:
            raise UnwiseError("Nothing was decided: tick the words that are to have another label.")
        label = wanted or opened.fresh_label(chosen[0].replacement)
        apart, same_as = opened.joined(label, [f.words for f in chosen])
        who, second = self.desk.who, text_of(form, "second")
        wishes = [Wish("add", f.words, f.entity, label, who, second, apart, same_as) for f in chosen]
        self._ask_two(wishes, folder.name)
        self.desk.decider.decide(folder, wishes, text_of(form, "seen"))
        return back(folder, "", "decided", "#labels")

    def _ask_two(self, wishes: Sequence[Wish], case: str) -> None:
        """What stands around somebody who is protected for life comes back by the word of two people."""
        register = intake.register_of(self.desk.folder(case))
        if not register or not any(person.protected for person in register.people):
            # a decision is written at once: nothing is redacted where there is nobody to ask for
            return
        around = {fold_text(finding.words).strip() for finding in self.desk.open(case).findings if finding.protects}
        alone = [fold_text(wish.text) for wish in wishes if wish.action != "accept" and not wish.second.strip()]
        if any(words in wish for wish in alone for words in around):
            raise UnwiseError(
                "These words name or surround somebody who is protected for life. Two people decide to change what stands in their place: say "
                "who you are (at the top of the page), and who the other one is."
            )

    def forget(self, request: Request, form: FormData) -> Response:
        """Take a decision back."""
        folder = self.folder(request)
        self.desk.decider.forget(folder, text_of(form, "text"), text_of(form, "seen"))
        return back(folder, "", "forgotten", "#decisions")

    def undo(self, request: Request, form: FormData) -> Response:
        """Undo the last change."""
        folder = self.folder(request)
        file, before = self.desk.decider.undoing(folder)
        if file == REGISTER and declaring.takes_protection(folder, before):
            raise UnwiseError(
                "Nothing was undone: it would take a protection away, which two people decide. Do it under Names."
            )
        self.desk.decider.undo(folder, text_of(form, "seen"))
        return back(folder, "", "undone", "#findings")

    # --- signing

    def sign_page(self, request: Request) -> Response:
        """The public text alone, the questions of the motivated intruder, and the signature."""
        return self._sign_page(request, request.path_params["case"], ())

    def _sign_page(
        self, request: Request, case: str, against: Sequence[str], name: str = "", status: int = 200
    ) -> Response:
        opened = self.desk.open(case)
        reading = Reading(signoff.seen_as(opened.text), self.desk.who)
        counts = national.load(self.desk.reviews / national.FILE)
        return self.show(
            "sign",
            request,
            status,
            case=case,
            opened=opened,
            rows=showing.passages(opened.review, opened.redaction),
            questions=checklist.questions(),
            ticked=self.desk.ticks.of(case, reading),
            ticks_lost=self.desk.ticks.lost(case, reading),
            text_seen=reading.text,
            is_public=signoff.before_is_public(self.desk.out, opened.review.public_id) and opened.is_changed,
            against=against,
            name=name or self.desk.who,
            unfit=[d for d in opened.decided if not d.fits],
            outside=self._outside(opened),
            standing=signoff.standing(opened.text, counts),
            doubts=signoff.coarsened(opened.text, opened.before, counts)[1],
        )

    def sign(self, request: Request, form: FormData) -> Response:
        """Sign the text that was shown, and no other."""
        folder = self.folder(request)
        name = text_of(form, "by")
        confirmed = _ticked(form)
        try:
            if missing := checklist.unconfirmed(confirmed):
                raise SigningRefusedError(folder.name, [f"{len(missing)} questions are not answered"])
            if holding := list(self.desk.open(folder.name).holding()):
                raise SigningRefusedError(folder.name, holding)
            with self.desk.decider.lock:
                signoff.sign_off(
                    self.desk.reviews,
                    folder.name,
                    name,
                    confirmed=confirmed,
                    note=text_of(form, "note").strip() or None,
                    out=self.desk.out,
                    redactor=self.desk.redactor,
                    seen=text_of(form, "text_seen"),
                )
        except SigningRefusedError as error:
            return self._sign_page(request, folder.name, error.reasons, name, 422)
        self.desk.ticks.clear(folder.name)
        return back(folder, "", "signed")

    def tick(self, request: Request, form: FormData) -> Response:
        """Keep what was ticked so far: one question, as the page's script tells it, or all of them."""
        folder = self.folder(request)
        reading = Reading(text_of(form, "text_seen"), self.desk.who)
        if reading.text != signoff.seen_as(self.desk.open(folder.name).text):
            raise OvertakenError(folder.name)
        one = text_of(form, "one")
        self.desk.ticks.set(folder.name, reading, _ticked(form), (one,) if one else checklist.questions())
        return Response(status_code=204) if one else back(folder, "/sign", "ticked", "#questions")

    def _outside(self, opened: Opened) -> dict[str, int]:
        """What was tried from outside: press texts, what the text shares with them, and guesses from this very text."""
        texts, _ = press.read(opened.folder)
        shared = press.shared(opened.redaction.texts, texts, usual=self.desk.usual(opened.folder)) if texts else ()
        seen = signoff.seen_as(opened.text)
        guesses = [guess for guess in intruder.read(opened.folder) if guess.text == seen]
        right = [guess for guess in guesses if guess.verdict == "right"]
        return {"texts": len(texts), "shared": len(shared), "guesses": len(guesses), "right": len(right)}

    def sheet(self, request: Request) -> Response:
        """A private sheet to print for the head of department: what was found, decided, by whom, and what remains."""
        opened = self.desk.open(request.path_params["case"])
        return self.show(
            "sheet",
            request,
            case=opened.folder.name,
            opened=opened,
            counts=Counter(str(detection.entity) for detection in opened.redaction.detections),
            signatures=[replace(s, at=in_london(s.at)) for s in signing.history(opened.folder)],
            reason=unpublishable(opened.review, opened.before, today()),
            questions=len(checklist.questions()),
            outside=self._outside(opened),
            entries=intake.decisions_of(opened.folder),
        )


def _ticked(form: FormData) -> tuple[str, ...]:
    """The questions of the checklist that a form ticks."""
    return tuple(key for key in checklist.questions() if form.get(f"question-{key}"))
