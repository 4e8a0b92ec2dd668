"""The pages on which a case is tried from outside: the press check, and the blind intruder's pack."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing.checking import intruder, press
from publishing.errors import PublishingError
from publishing.intake.word_package import FILE_LIMIT
from publishing.release import signoff
from publishing.settings import today
from publishing.workbench import showing
from publishing.workbench.pages import FORM_LIMIT, Pages, back, text_of

LENGTHS = (4, 5, 6, 8)
"""How many words in a row may be asked for."""


class OutsidePages(Pages):
    """What somebody outside could find out."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/press", self.page(self.press)),
            Route("/case/{case}/press", self.form(self.keep, FILE_LIMIT + FORM_LIMIT), methods=["POST"]),
            Route("/case/{case}/press/remove", self.form(self.remove), methods=["POST"]),
            Route("/case/{case}/intruder", self.page(self.intruder)),
            Route("/case/{case}/intruder", self.form(self.guess), methods=["POST"]),
            Route("/case/{case}/intruder/pack", self.page(self.pack)),
        ]

    def press(self, request: Request) -> Response:
        """What the public text shares with the texts in the case's private folder."""
        opened = self.desk.open(request.path_params["case"])
        asked = request.query_params.get("words", "")
        words = int(asked) if asked in map(str, LENGTHS) else press.WORDS
        texts, unreadable = press.read(opened.folder)
        shared = press.shared(opened.redaction.texts, texts, words, self.desk.usual(opened.folder))
        places = [place for place, _ in showing.places(opened.review)]
        return self.show(
            "press",
            request,
            case=opened.folder.name,
            opened=opened,
            texts=texts,
            unreadable=unreadable,
            lengths=LENGTHS,
            words=words,
            kinds=press.KINDS,
            shared=[(hit, opened.redaction.texts[hit.part][hit.start : hit.end], places[hit.part]) for hit in shared],
            rows=showing.passages(opened.review, opened.redaction, shared),
        )

    def keep(self, request: Request, form: FormData) -> Response:
        """Keep an article that was pasted, or a file that was chosen."""
        folder = self.folder(request)
        sent = form.get("file")
        if isinstance(sent, UploadFile) and sent.filename:
            name = text_of(form, "name")
            suffix = Path(sent.filename).suffix
            name = sent.filename if not name else name if name.endswith(suffix) else name + suffix
            data = sent.file.read(FILE_LIMIT + 1)
        else:
            name, data = text_of(form, "name"), text_of(form, "text").encode()
        if not data.strip():
            raise PublishingError("Nothing was kept: paste a text, or choose a file.")
        press.keep(folder, name, data)
        return back(folder, "/press", "kept")

    def remove(self, request: Request, form: FormData) -> Response:
        """Take a text out of the private folder."""
        folder = self.folder(request)
        press.remove(folder, text_of(form, "name"))
        return back(folder, "/press", "removed")

    def intruder(self, request: Request) -> Response:
        """The guesses so far, and a form for one more."""
        opened = self.desk.open(request.path_params["case"])
        return self.show(
            "intruder",
            request,
            case=opened.folder.name,
            questions=intruder.questions(),
            verdicts=intruder.VERDICTS,
            guesses=intruder.read(opened.folder),
            text_seen=signoff.seen_as(opened.text),
        )

    def pack(self, request: Request) -> Response:
        """The public text alone with the questions, to print for somebody who has not seen the review."""
        opened = self.desk.open(request.path_params["case"])
        return self.show(
            "pack",
            request,
            case=opened.folder.name,
            public_id=opened.review.public_id,
            rows=showing.passages(opened.review, opened.redaction),
            questions=intruder.questions(),
            text_seen=signoff.seen_as(opened.text),
        )

    def guess(self, request: Request, form: FormData) -> Response:
        """Keep a guess with the text that it was made from."""
        folder = self.folder(request)
        seen = text_of(form, "text_seen")
        if seen != signoff.seen_as(self.desk.open(folder.name).text):
            raise PublishingError(
                "Nothing was kept: the public text is another one by now. Print the pack again, and let them read that."
            )
        answers = {name: text_of(form, f"answer-{name}") for name in intruder.questions()}
        with self.desk.decider.lock:
            intruder.keep(folder, intruder.Guess(text_of(form, "by"), today(), seen, answers, text_of(form, "verdict")))
        return back(folder, "/intruder", "kept")
