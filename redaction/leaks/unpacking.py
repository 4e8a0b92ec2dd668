"""Every text that bytes hold: what a file says, however it is packed, encoded or escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from redaction.leaks.archives import members_of, refuse_unreadable, streams_in
from redaction.leaks.budget import Budget, UnpackingError
from redaction.leaks.code_pages import read_in_code_pages
from redaction.leaks.databases import is_database, tables_of
from redaction.leaks.decoding import undone
from redaction.leaks.encodings import spelled_out
from redaction.leaks.images import is_whole_image
from redaction.leaks.pdf import is_pdf, is_readable_pdf, letters_of_pdf
from redaction.leaks.printed_pdf import PrintedPDF, read_printed

DEPTH = 6

"""How deep packing may be nested."""

BREAK = "\n0zq0\n"

"""Stands between texts that have nothing to do with each other, so that no name is read across them."""

DRAWN_IN_PDF = "on a page of a PDF"

"""How a part is packed that a PDF's own fonts show: a run of letters a line, and once more all run together."""

_INDEX_PREFIX = b"pagefind_dcd"

_FONT = b"wOF2"

_BARE_GZIP = b"\x1f\x8b\x08\x00"  # without a name or comment, which would have to be searched too

_PRINTABLE = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff]{4,}")

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Part:
    """A text that the bytes hold.

    `how` says in plain words how it was packed ("" for the file's own text); `exact` is False for what merely
    looks like text in an image or another binary, where short numbers mean nothing.
    """

    text: str
    how: str = ""
    exact: bool = True

    @cached_property
    def undone(self) -> tuple[str, ...]:
        """The text after each round of undoing escapes that changed it."""
        return tuple(undone(self.text))


def unpack(data: bytes) -> Iterator[Part]:
    """Every text in the bytes: their own, and what is packed in them at any depth.

    Raises:
        UnpackingError: they unpack to too much, too deeply, or are of a kind that cannot be read to the end; all that could be
            read comes first.
    """
    yield from _parts(data, "", 0, Budget())


def _parts(data: bytes, how: str, depth: int, budget: Budget, *, is_file: bool = True) -> Iterator[Part]:
    """The texts of a file, a member of an archive, or (not `is_file`) of bytes that may be noise."""
    if depth > DEPTH:
        raise UnpackingError(f"it is packed more than {DEPTH} times over")
    if data.startswith(_INDEX_PREFIX):
        yield from _index(data.removeprefix(_INDEX_PREFIX), how or "in a search index", depth, budget)
        return
    texts = _texts(data, is_file)
    if texts:
        for text in texts:
            yield from _of_text(Part(text, how), depth, budget)
        return
    if is_database(data):
        for rows in tables_of(data, budget):
            yield from _parts(rows, how or "in a database", depth + 1, budget)
        return
    members = members_of(data, budget)
    if members is None or not data.startswith(_BARE_GZIP):
        yield from _of_binary(data, how or "in binary data", depth, budget)
    for member in members or ():
        yield from _parts(member, how or "in compressed data", depth + 1, budget)
    if is_file and members is None and not is_whole_image(data) and not is_readable_pdf(data, budget):
        raise UnpackingError("it is of a kind that cannot be read to the end")


def _of_text(part: Part, depth: int, budget: Budget) -> Iterator[Part]:
    """A text, and what it spells out."""
    yield part
    for packed, how in spelled_out(part.undone[-1] if part.undone else part.text):
        budget.spend(len(packed))
        yield from _parts(packed, how, depth + 1, budget, is_file=False)


def _of_binary(data: bytes, how: str, depth: int, budget: Budget) -> Iterator[Part]:
    """What looks like text in binary data, and what is compressed anywhere in it."""
    if data.startswith(_FONT):
        raise UnpackingError("it holds a WOFF2 font, which cannot be read")
    if printed := read_printed(data, budget):
        yield from _of_printed(printed, how, depth, budget)
        return
    refuse_unreadable(data)
    for seen in _glimpses(data):
        yield from _of_text(Part(seen, how, exact=False), depth, budget)
    streams = list(streams_in(data, budget))
    if is_pdf(data):
        yield Part(letters_of_pdf([data, *streams]), "in a PDF")
    for inner in streams:
        yield from _parts(inner, "in compressed data", depth + 1, budget, is_file=False)


def _of_printed(printed: PrintedPDF, how: str, depth: int, budget: Budget) -> Iterator[Part]:
    """A PDF that Chromium printed: packed bytes would look like names by chance, and the strings of its pages are numbers of letters."""
    yield from _of_text(Part(printed.dictionaries.decode("latin-1"), how, exact=False), depth, budget)
    yield Part(letters_of_pdf([printed.dictionaries]), "in a PDF")
    yield Part("\n".join(printed.runs), DRAWN_IN_PDF)
    yield Part("".join(printed.runs), DRAWN_IN_PDF)
    for stream in printed.streams:
        yield from _parts(stream, "in compressed data", depth + 1, budget, is_file=False)


def _texts(data: bytes, is_file: bool) -> tuple[str, ...]:
    """The bytes as text, in each code page that a file may be of; none if they are no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return (data.decode("utf-16"),)
        except UnicodeDecodeError:
            return ()
    if b"\x00" in data or data.startswith((b"%PDF", b"PK\x03\x04")):
        return ()
    try:
        return (data.decode("utf-8-sig"),)
    except UnicodeDecodeError:
        return read_in_code_pages(data) if is_file and not _CONTROL.search(data) else ()


_SYLLABLES = re.compile("[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Chinese, Korean and the like: any bytes read as such, and romanised, give syllables that are names ("Keung", "Chi")."""


def _glimpses(data: bytes) -> Iterator[str]:
    """What may be text in binary data, in the encodings that people and cameras write."""
    latin = data.decode("latin-1")
    # a null between letters is UTF-16 seen as bytes; what is left catches Latin names in either byte order
    yield BREAK.join(_PRINTABLE.findall(latin))
    if b"\x00" in data:
        yield BREAK.join(_PRINTABLE.findall(latin.replace("\x00", "")))
        for encoding in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                yield _SYLLABLES.sub(" ", data[start:].decode(encoding, errors="ignore"))
    if b"\x00\x00" in data:
        for encoding in ("utf-32-le", "utf-32-be"):
            for start in range(4):
                yield _SYLLABLES.sub(" ", data[start:].decode(encoding, errors="ignore"))
    yield data.decode("utf-8", errors="ignore")


def _index(data: bytes, how: str, depth: int, budget: Budget) -> Iterator[Part]:
    """What follows Pagefind's prefix: a fragment (JSON), an index (CBOR) or its program."""
    if data.startswith((b"{", b"[")):
        yield from _parts(data, how, depth + 1, budget)
    elif data.startswith(b"\x00asm"):
        yield from (Part(seen, how, exact=False) for seen in _glimpses(data))
    else:
        try:
            yield Part(BREAK.join(_cbor_strings(data)), how)
        except ValueError:
            raise UnpackingError("it holds a search index that cannot be read") from None


_SHORT = re.compile(
    rb"(?:[\x00-\x17\x1f\x20-\x37\x3f\x80-\x97\x9f\xa0-\xb7\xbf\xc0-\xd7\xdf\xe0-\xf7\xff]|[\x18\x38\x98\xb8\xd8\xf8].)*+",
    re.DOTALL,
)
"""Numbers, and beginnings of lists and the like, of one byte or two: most of an index is such, and none of it a string."""


def _skip_short(data: bytes, position: int) -> int:
    found = _SHORT.match(data, position) if position < len(data) else None
    return found.end() if found else position


def _cbor_strings(data: bytes) -> Iterator[str]:
    """Every string of CBOR, keys too, in order; how they are nested does not matter here."""
    position, end = 0, len(data)
    while (position := _skip_short(data, position)) < end:
        major, size = data[position] >> 5, data[position] & 31
        position += 1
        if 24 <= size <= 27:
            width = 1 << (size - 24)
            size = int.from_bytes(data[position : position + width])
            position += width
        elif 28 <= size <= 30:
            raise ValueError
        elif size == 31:
            size = 0
        if major in (2, 3):
            yield data[position : position + size].decode("utf-8", errors="replace")
            position += size
    if position != end:
        raise ValueError
