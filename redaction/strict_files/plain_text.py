"""Text files of a case, read with care: no link is followed, no huge or binary file is taken in, UTF-8 alone."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from redaction.strict_files.faults import Fault, FaultsError

BYTE_LIMIT = 5_000_000
"""Bytes; the longest real review has under 500,000."""

_SIGNATURES = (
    (b"PK\x03\x04", "is a Word or zip file, not text: import it with candour import FILE.docx CASE"),
    (b"\xd0\xcf\x11\xe0", "is an old Word file, not text: save it as .docx, then candour import FILE.docx CASE"),
    (b"%PDF", "is a PDF, not text: get the review as a Word file, then candour import FILE.docx CASE"),
    (b"{\\rtf", "is an RTF file, not text: save it as .docx, then candour import FILE.docx CASE"),
)
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that no text has; the last are halves of a pair, which YAML's escapes can make."""
TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9): text reads otherwise than it is stored.

The marks that names in Arabic or Hebrew may need (U+200E, U+200F, U+061C) turn nothing around and are none of them.
"""


def read_utf8(path: Path) -> str:
    """The text of a file, its lines ended by newlines and without a byte order mark.

    Raises:
        FaultsError: the file is missing, a link, unreadable, too large, binary or not UTF-8.
    """
    data = read_bytes(path)
    for start, words in _SIGNATURES:
        if data.startswith(start):
            raise FaultsError(Fault(path.name, None, words))
    if data.startswith(_UTF_16_OR_32):
        raise FaultsError(
            Fault(path.name, None, "is saved as UTF-16: save it again as UTF-8 (Notepad: Save as, Encoding: UTF-8)")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_after(data[: error.start].decode("utf-8", "replace"))
        raise FaultsError(
            Fault(path.name, line, "is not UTF-8 text from here on: save the file again as UTF-8")
        ) from None
    return normalise_lines(text, path.name)


def normalise_lines(text: str, file: str) -> str:
    """Text with its lines ended by newlines.

    Raises:
        FaultsError: it holds a character that no text has.
    """
    if found := CONTROL.search(text):
        what = "a NUL byte" if found[0] == "\0" else "a control character"
        raise FaultsError(
            Fault(
                file,
                _line_after(text[: found.start()]),
                f"holds {what}, which no text has: delete it or type the line again",
            )
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path) -> bytes:
    """The bytes of a plain file that is no larger than a review's can be.

    Raises:
        FaultsError: it is missing, a link, no file, unreadable or too large.
    """
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise FaultsError(Fault(path.name, None, "is a link to another file: put the file itself in its place"))
        if not stat.S_ISREG(kind):
            raise FaultsError(Fault(path.name, None, "is not a plain file"))
        with path.open("rb") as file:
            data = file.read(BYTE_LIMIT + 1)
    except FileNotFoundError:
        raise FaultsError(Fault(path.name, None, "is missing")) from None
    except OSError:
        raise FaultsError(Fault(path.name, None, "cannot be opened: check that you may read it")) from None
    if len(data) > BYTE_LIMIT:
        raise FaultsError(
            Fault(
                path.name,
                None,
                f"is larger than {BYTE_LIMIT // 1_000_000} MB, far more than it can be: is it the right file?",
            )
        )
    return data


def _line_after(before: str) -> int:
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
