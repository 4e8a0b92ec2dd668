"""The letters of a PDF that Chromium printed, whose fonts number their letters: read to its last byte, or not at all.

Chromium's PDF writer (Skia) keeps to one simple form of ISO 32000-1. Whatever departs from that form is not read, so that the file
is refused as any other whose letters cannot be seen.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from redaction.leaks.budget import Budget

_HEAD = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n"
_MADE_BY = re.compile(rb"/Producer \(Skia/PDF m\d+\)")
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_DICTIONARY_END, _STREAM_END, _OBJECT_END = b">> stream\n", b"\nendstream\nendobj\n", b"\nendobj\n"
_TAIL = re.compile(
    rb"xref\n0 \d+\n0{10} 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<</Size \d+\n/Root \d+ 0 R\n/Info \d+ 0 R>>\nstartxref\n\d+\n%%EOF\n?\Z"
)
_UNREAD = re.compile(
    rb"/(?:Image|Type3|TrueType|Type1|MMType1|EmbeddedFile|Filespec|JavaScript|JS|XFA|DecodeParms)\b|/Font\s*\["
)
"""Pictures and fonts of other kinds, packed bytes that are counted from others, a font that comes with a state, and what a reader might be shown besides."""
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", re.DOTALL)
_SPELT_NAME = re.compile(rb"/[^\s/<>\[\]()]*#")
"""A name with a letter by its number: "/Im#61ge" is an image."""

_FONT = re.compile(
    rb"/Subtype /Type0\n/BaseFont /[\w+-]+\n/Encoding /Identity-H\n/DescendantFonts \[\d+ 0 R\]\n/ToUnicode (\d+) 0 R>>"
)
_FONT_FILE = re.compile(rb"/FontFile[23]? (\d+) 0 R")
_NAMED_FONT = re.compile(rb"/F(\d+) (\d+) 0 R")
_MAP = re.compile(rb"beginbf(char|range)\n(.*?)endbf\1\n", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-F]{4})> (?:<([0-9A-F]{4})> )?<([0-9A-F]+)>\n")
_TOKEN = re.compile(
    rb"[\s\x00]+|(?P<number>[-+]?[\d.]+)|/(?P<name>[^\s/<>\[\]()]*)|(?P<mark><<|>>|[\[\]])|<(?P<hex>[0-9A-Fa-f]*)>"
    rb"|(?P<word>[A-Za-z]+\*?)|\((?P<literal>[^()\\]*)\)|(?P<rest>.)",
    re.DOTALL,
)


class _UnknownFormError(Exception):
    """It is not of the form that Chromium writes."""


@dataclass(frozen=True)
class PrintedPDF:
    """What a PDF shows, a run of letters by itself each; its dictionaries, whose strings are letters as they are; its unpacked streams.

    There is no other byte in it than these, and their numbers.
    """

    runs: tuple[str, ...]
    dictionaries: bytes
    streams: tuple[bytes, ...]


def read_printed(data: bytes, budget: Budget) -> PrintedPDF | None:
    """What a PDF holds that Chromium printed; None if it is none.

    Raises:
        UnpackingError: it unpacks to too much.
    """
    if not (data.startswith(_HEAD) and _MADE_BY.search(data)):
        return None
    try:
        whole = _Printed(data, budget)
        return PrintedPDF(tuple(whole.runs()), b"\n".join(whole.bodies.values()), tuple(whole.streams.values()))
    except (_UnknownFormError, ValueError, zlib.error):
        return None


@dataclass
class _Printed:
    """Its objects by their numbers: what stands in their dictionaries, and what is unpacked from their streams."""

    data: bytes
    budget: Budget
    bodies: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, bytes] = field(default_factory=dict)

    def runs(self) -> Iterator[str]:
        """Everything that is drawn, each run of letters by itself, in the order of the objects."""
        self._read_objects()
        whole = b"\n".join(self.bodies.values())
        if _SPELT_NAME.search(_LITERAL.sub(b"", whole)):
            raise _UnknownFormError
        if _UNREAD.search(whole) or any(name != number for name, number in _NAMED_FONT.findall(whole)):
            raise _UnknownFormError
        maps = {number: int(found[1]) for number, body in self.bodies.items() if (found := _FONT.search(body))}
        if len(maps) != whole.count(b"/Type0"):
            raise _UnknownFormError
        fonts = {number: _read_map(self.streams[place]) for number, place in maps.items() if place in self.streams}
        no_page = {*maps.values(), *map(int, _FONT_FILE.findall(whole))}
        for number, stream in self.streams.items():
            if number not in no_page:
                yield from _drawn(stream, fonts)

    def _read_objects(self) -> None:
        """Read every object in its place, one after the other; nothing may stand between them or be listed elsewhere."""
        place, places = len(_HEAD), []
        while head := _OBJECT.match(self.data, place):
            number = int(head[1])
            if number in self.bodies:
                raise _UnknownFormError
            places.append(b"%010d" % place)
            place = self._read_object(number, head.end())
        tail = _TAIL.match(self.data, place)
        if not tail or sorted(places) != sorted(re.findall(rb"\d{10}", tail[1])):
            raise _UnknownFormError

    def _read_object(self, number: int, start: int) -> int:
        """Read the object that starts there; where the next one does."""
        end = self.data.index(_OBJECT_END, start)
        stream = self.data.find(_DICTIONARY_END, start, end)
        if stream < 0:
            self.bodies[number] = self.data[start:end]
            return end + len(_OBJECT_END)
        start_of_stream = stream + len(_DICTIONARY_END)
        self.bodies[number] = body = self.data[start:start_of_stream]
        length = re.search(rb"/Length (\d+)\b", body)
        if not length or set(re.findall(rb"/Filter\b ?(\S*)", body)) - {b"/FlateDecode"}:
            raise _UnknownFormError
        end = start_of_stream + int(length[1])
        if self.data[end : end + len(_STREAM_END)] != _STREAM_END:
            raise _UnknownFormError
        held = self.data[start_of_stream:end]
        self.streams[number] = self._unpacked(held) if b"/Filter" in body else held
        return end + len(_STREAM_END)

    def _unpacked(self, held: bytes) -> bytes:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(held, self.budget.left + 1)
        self.budget.spend(len(found))
        if not unpacking.eof or unpacking.unused_data:
            raise _UnknownFormError
        return found


def _read_map(table: bytes) -> dict[int, str]:
    """The letters of a font by their numbers."""
    found: dict[int, str] = {}
    for part in _MAP.finditer(table):
        if _MAPPED.sub(b"", part[2]):
            raise _UnknownFormError
        for first, last, letters in _MAPPED.findall(part[2]):
            text = bytes.fromhex(letters.decode()).decode("utf-16-be")
            start, end = int(first, 16), int(last or first, 16)
            found |= {start + n: text[:-1] + chr(ord(text[-1]) + n) for n in range(end - start + 1)}
    return found


def _drawn(content: bytes, fonts: Mapping[int, Mapping[int, str]]) -> Iterator[str]:
    """What a page draws, a run of letters at a time, and what it says in other words of what it draws."""
    font: Mapping[int, str] | None = None
    kept: list[Mapping[int, str] | None] = []
    name, shown, run, depth = "", "", "", 0
    in_other_words: list[str] = []
    for token in _TOKEN.finditer(content):
        kind, text = token.lastgroup, (token[token.lastgroup].decode("latin-1") if token.lastgroup else "")
        if kind == "mark":
            depth += {"<<": 1, ">>": -1}.get(text, 0)
        elif kind == "name":
            name = text
        elif kind == "hex" and depth:
            in_other_words.append(bytes.fromhex(text).decode("utf-16"))
        elif kind == "literal" and depth:
            in_other_words.append(text)
        elif kind == "hex":
            shown += text
        elif kind == "word" and text == "Tf":
            font = fonts.get(int(name.removeprefix("F")))
        elif kind == "word" and text == "q":
            kept.append(font)
        elif kind == "word" and text == "Q":
            font = kept.pop() if kept else None
        elif kind == "word" and text in ("Tj", "TJ"):
            run += _letters(shown, font)
            shown = ""
        elif kind == "word" and text == "ET":
            yield run
            run = ""
        elif kind in ("literal", "rest") or (kind == "word" and text in ("BI", "ID", "EI")):
            raise _UnknownFormError
    if shown or run:
        raise _UnknownFormError
    yield from in_other_words


def _letters(codes: str, font: Mapping[int, str] | None) -> str:
    """The letters of a font that four hexadecimal digits each stand for."""
    numbers = [int(codes[n : n + 4], 16) for n in range(0, len(codes), 4)]
    if font is None or len(codes) % 4 or not font.keys() >= set(numbers):
        raise _UnknownFormError
    return "".join(font[number] for number in numbers)
