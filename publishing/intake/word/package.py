"""A .docx file, opened with suspicion: sizes are bounded before anything is unpacked, and XML may declare nothing."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from publishing.errors import WordRefusedError
from publishing.intake.word.file_kinds import DAMAGED, LOCKED, explain_other_file, explain_other_zip
from publishing.intake.word.xml import local, word

FILE_LIMIT = 60_000_000
"""Bytes of the file; a review with photographs has some 20 million."""
XML_LIMIT = 16_000_000
"""Bytes of all its XML unpacked; a review of a hundred pages has some 3 million."""
UNPACKED_LIMIT = 400_000_000
"""Bytes that everything in it claims to have unpacked. Pictures are never unpacked at all."""
PARTS_LIMIT = 2_000
PARAGRAPHS_LIMIT = 10_000
CELLS_LIMIT = 10_000
"""A review of a hundred pages has some 2,000 paragraphs, those in cells counted too."""
DEPTH_LIMIT = 200
"""Levels of elements within elements; a table in a text box in a table has some 60."""

MAIN = "word/document.xml"

_SPLIT = (
    "If it is several reviews in one, import each as a file of its own; if it has sheets of data or records as annexes, take them "
    "out; if it is neither, ask whoever sent it for another file"
)
_BOMB = f"the file unpacks to far more than a review can hold, and was not opened. {_SPLIT}"
_TOO_LONG = f"the document has {{count:,}} {{words}}, and a review can have {{limit:,}}. {_SPLIT}"
_DECLARES = "the file's XML declares a document type or entities, which Word never writes, and was not read"


@dataclass(frozen=True, repr=False)
class Package:
    """The parts of a .docx: every name, and each XML part parsed and bounded."""

    names: tuple[str, ...]
    xml: Mapping[str, Element]

    def parts(self, start: str) -> Iterator[tuple[str, Element]]:
        """XML parts whose name begins so, in order."""
        return ((name, self.xml[name]) for name in sorted(self.xml) if name.startswith(start))


def read_docx(file: Path) -> bytes:
    """The bytes of a file that is no larger than a review's can be.

    Raises:
        WordRefusedError: it cannot be read, or is too large.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(FILE_LIMIT + 1)
    except OSError:
        is_folder = file.is_dir()
        why = "that is a folder" if is_folder else "the file is not there or cannot be read"
        raise WordRefusedError([f"{why}: give the path of a .docx"]) from None
    if len(data) > FILE_LIMIT:
        raise WordRefusedError([f"the file is larger than {FILE_LIMIT // 1_000_000} MB: take its pictures out"])
    return data


def unpack(data: bytes) -> Package:
    """Read the XML of a .docx.

    Raises:
        WordRefusedError: it is protected, damaged, no .docx, or made to exhaust whoever opens it.
    """
    if other := explain_other_file(data):
        raise WordRefusedError([other])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = opened.infolist()
            names = tuple(entry.filename for entry in entries)
            if MAIN not in names:
                raise WordRefusedError([explain_other_zip(names, _mimetype(opened, entries))])
            _check_sizes(entries)
            wanted = [entry for entry in entries if _is_xml(entry.filename)]
            xml = dict(_parse(opened, wanted))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise WordRefusedError([DAMAGED]) from None
    if MAIN not in xml or local(xml[MAIN]) != "document":
        raise WordRefusedError([DAMAGED])
    _check_length(xml[MAIN])
    return Package(names, xml)


def _mimetype(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bytes:
    """What an OpenDocument file says it is, in its first part."""
    if not entries or entries[0].filename != "mimetype" or entries[0].flag_bits & 1:
        return b""
    with opened.open(entries[0]) as part:
        return part.read(100)


def _check_length(document: Element) -> None:
    """Refuse a document with more in it than a person checks, before it is read word by word."""
    for kind, limit, words in (("tc", CELLS_LIMIT, "cells in its tables"), ("p", PARAGRAPHS_LIMIT, "paragraphs")):
        count = sum(word(element) == kind for element in document.iter())
        if count > limit:
            raise WordRefusedError([_TOO_LONG.format(count=count, words=words, limit=limit)])


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """The checks that are possible before anything is unpacked."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise WordRefusedError([LOCKED])
    if len(entries) > PARTS_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise WordRefusedError([_BOMB])
    if sum(entry.file_size for entry in entries if _is_xml(entry.filename)) > XML_LIMIT:
        raise WordRefusedError([_BOMB])
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise WordRefusedError([DAMAGED])


def _parse(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, Element]]:
    left = XML_LIMIT
    for entry in entries:
        with opened.open(entry) as part:
            # what the zip says of its sizes may be a lie, so no more is unpacked than is left
            text = part.read(left + 1)
        left -= len(text)
        if left < 0:
            raise WordRefusedError([_BOMB])
        try:
            root: Element = defusedxml.ElementTree.fromstring(text, forbid_dtd=True)
        except DefusedXmlException:
            raise WordRefusedError([_DECLARES]) from None
        except (ParseError, LookupError):
            raise WordRefusedError([DAMAGED]) from None
        if _depth(root) > DEPTH_LIMIT:
            raise WordRefusedError([_BOMB])
        yield entry.filename, root


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels"))


def _depth(root: Element) -> int:
    level, depth = [root], 0
    while level and depth <= DEPTH_LIMIT:
        level, depth = [child for element in level for child in element], depth + 1
    return depth
