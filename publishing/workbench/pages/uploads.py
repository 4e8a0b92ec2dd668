"""A Word file that was sent to the workbench, and is held until what must be answered about it is answered."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from publishing.errors import PublishingError
from publishing.intake.word.package import FILE_LIMIT
from publishing.intake.word.questions import Question


@dataclass(frozen=True, repr=False)
class Upload:
    """A Word file that was sent, and what must be answered before it is imported."""

    file: str
    data: bytes
    questions: tuple[Question, ...] = ()


def receive(form: FormData) -> Upload:
    """The file of a form.

    Raises:
        PublishingError: there is none, or it is too large.
    """
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise PublishingError("No file was chosen, or the one that was sent is no longer held. Choose it again.")
    data = sent.file.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise PublishingError(f"The file is larger than {FILE_LIMIT // 1_000_000} MB: take its pictures out.")
    return Upload(sent.filename, data)


def heading_answers(form: FormData) -> dict[int, str]:
    """What a form says that the headings of a file are, by their numbers."""
    return {
        int(name.removeprefix("heading-")): str(said)
        for name, said in form.items()
        if name.startswith("heading-") and name[8:].isdecimal() and said
    }
