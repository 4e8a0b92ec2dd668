"""Fuzzing that follows the code (atheris, where it is installed): what is read of a case, and what the gate unpacks, from any bytes.

Run: python -m tests.support.fuzzing TARGET [options of libFuzzer, such as -max_total_time=60]
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["publishing.intake", "publishing.prose", "redaction.strict_files", "redaction.leaks"]
):
    from publishing import intake
    from publishing.errors import PublishingError
    from publishing.intake.word.importer import read_document
    from redaction import RedactionError, UnpackingError, unpack

import contextlib

from tests.support.documents import made
from tests.support.word_files import told

with zipfile.ZipFile(io.BytesIO(made(told("Summary", "Findings")))) as sound:
    WORD = {name: sound.read(name) for name in sound.namelist()}
PLACE = Path(tempfile.mkdtemp(prefix="candour-fuzzing-"))


def _read(name: str, load: Callable[[Path], object]) -> Callable[[bytes], None]:
    """A target: a file of a case, read or refused."""

    def attack(data: bytes) -> None:
        (PLACE / name).write_bytes(data)
        with contextlib.suppress(PublishingError, RedactionError):
            load(PLACE)

    return attack


def _import(data: bytes) -> None:
    """The bytes are the text of a Word file; what surrounds it is sound."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in WORD.items():
            package.writestr(name, data if name == "word/document.xml" else content)
    with contextlib.suppress(PublishingError):
        read_document(file.getvalue(), "a.docx")


def _unpack(data: bytes) -> None:
    try:
        for _ in unpack(data):
            pass
    except UnpackingError:
        pass


TARGETS: dict[str, Callable[[bytes], None]] = {
    "review.md": _read("review.md", intake.load_case),
    "register.yml": _read("register.yml", intake.load_register),
    "decisions.yml": _read("decisions.yml", intake.load_decisions),
    "word": _import,
    "gate": _unpack,
}


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
