"""The pages on which a case is tried from outside: the press check, and the blind intruder's pack."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing.checking import intruder, press_check, text_sha256
from publishing.errors import PublishingError
from publishing.intake.word.package import FILE_LIMIT
from publishing.settings import today
from publishing.workbench import highlighting
from publishing.workbench.pages.base import FORM_LIMIT, Pages, form_text, redirect_to_case

LENGTHS = (4, 5, 6, 8)
"""How many words in a row may be asked for."""


class OutsidePages(Pages):
    """What somebody outside could find out."""

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/case/{case}/press", self.page(self.show_press)),
            Route("/case/{case}/press", self.form(self.keep_text, FILE_LIMIT + FORM_LIMIT), methods=["POST"]),
            Route("/case/{case}/press/remove", self.form(self.remove_text), methods=["POST"]),
            Route("/case/{case}/intruder", self.page(self.show_intruder)),
            Route("/case/{case}/intruder", self.form(self.keep_guess), methods=["POST"]),
            Route("/case/{case}/intruder/pack", self.page(self.show_pack)),
        ]

    def show_press(self, request: Request) -> Response:
        """What the public text shares with the texts in the case's private folder."""
        open_case = self.queue.open(request.path_params["case"])
        asked = request.query_params.get("words", "")
        words = int(asked) if asked in map(str, LENGTHS) else press_check.WORDS
        texts, unreadable = press_check.load_press_texts(open_case.folder)
        shared = press_check.find_shared(
            open_case.redaction.texts, texts, words, self.queue.signed_words.usual(open_case.folder)
        )
        places = [place for place, _ in highlighting.block_places(open_case.review)]
        return self.show(
            "press",
            request,
            case=open_case.folder.name,
            open_case=open_case,
            texts=texts,
            unreadable=unreadable,
            lengths=LENGTHS,
            words=words,
            kinds=press_check.KINDS,
            shared=[
                (hit, open_case.redaction.texts[hit.part][hit.start : hit.end], places[hit.part]) for hit in shared
            ],
            rows=highlighting.highlighted_blocks(open_case.review, open_case.redaction, shared),
        )

    def keep_text(self, request: Request, form: FormData) -> Response:
        """Keep an article that was pasted, or a file that was chosen."""
        folder = self.folder(request)
        sent = form.get("file")
        if isinstance(sent, UploadFile) and sent.filename:
            name = form_text(form, "name")
            suffix = Path(sent.filename).suffix
            name = sent.filename if not name else name if name.endswith(suffix) else name + suffix
            data = sent.file.read(FILE_LIMIT + 1)
        else:
            name, data = form_text(form, "name"), form_text(form, "text").encode()
        if not data.strip():
            raise PublishingError("Nothing was kept: paste a text, or choose a file.")
        press_check.add_press_text(folder, name, data)
        return redirect_to_case(folder, "/press", "kept")

    def remove_text(self, request: Request, form: FormData) -> Response:
        """Take a text out of the private folder."""
        folder = self.folder(request)
        press_check.remove_press_text(folder, form_text(form, "name"))
        return redirect_to_case(folder, "/press", "removed")

    def show_intruder(self, request: Request) -> Response:
        """The guesses so far, and a form for one more."""
        open_case = self.queue.open(request.path_params["case"])
        return self.show(
            "intruder",
            request,
            case=open_case.folder.name,
            questions=intruder.intruder_questions(),
            verdicts=intruder.VERDICTS,
            guesses=intruder.load_guesses(open_case.folder),
            text_seen=text_sha256(open_case.text),
        )

    def show_pack(self, request: Request) -> Response:
        """The public text alone with the questions, to print for somebody who has not seen the review."""
        open_case = self.queue.open(request.path_params["case"])
        return self.show(
            "pack",
            request,
            case=open_case.folder.name,
            public_id=open_case.review.public_id,
            rows=highlighting.highlighted_blocks(open_case.review, open_case.redaction),
            questions=intruder.intruder_questions(),
            text_seen=text_sha256(open_case.text),
        )

    def keep_guess(self, request: Request, form: FormData) -> Response:
        """Keep a guess with the text that it was made from."""
        folder = self.folder(request)
        seen = form_text(form, "text_seen")
        if seen != text_sha256(self.queue.open(folder.name).text):
            raise PublishingError(
                "Nothing was kept: the public text is another one by now. Print the pack again, and let them read that."
            )
        answers = {name: form_text(form, f"answer-{name}") for name in intruder.intruder_questions()}
        with self.queue.editor.lock:
            intruder.add_guess(
                folder, intruder.Guess(form_text(form, "by"), today(), seen, answers, form_text(form, "verdict"))
            )
        return redirect_to_case(folder, "/intruder", "kept")
