"""The letters that a PDF shows, where its strings hold them as they are (ISO 32000-1, 7.3.4 and 9.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from redaction.leaks.archives import streams_in
from redaction.leaks.budget import Budget
from redaction.leaks.encodings import as_text
from redaction.leaks.printed_pdf import read_printed

_PLAIN = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_STRING = re.compile(rb"(%s)|<([0-9A-Fa-f\s]*)>" % _PLAIN, re.DOTALL)
_KERNING = re.compile(rb"[\s\d.+-]*\Z")
"""What stands between two strings that are shown as one."""
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r?\n|(.))", re.DOTALL)
_SPECIAL = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}
_OPAQUE = re.compile(
    rb"/(?:Encrypt|LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|Crypt|Type0|Type3|Identity-[HV]|Differences)\b"
)
"""What encrypts a PDF, packs it in a way that is not undone here, or has letters stand for others."""


def is_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF."""
    return data.startswith(b"%PDF")


def is_readable_pdf(data: bytes, budget: Budget) -> bool:
    """Whether bytes are a PDF whose letters are what its strings hold, or one that Chromium printed."""
    return is_pdf(data) and (
        read_printed(data, budget) is not None
        or not any(_OPAQUE.search(text) for text in (data, *streams_in(data, budget)))
    )


def letters_of_pdf(contents: Iterable[bytes]) -> str:
    """The strings of a PDF and its streams, kerned ones as one, others a line each."""
    return "\n".join(_letters(content) for content in contents)


def _letters(content: bytes) -> str:
    found: list[str] = []
    end = 0
    for match in _STRING.finditer(content):
        between = content[end : match.start()]
        found.append("" if end and _KERNING.match(between) else "\n")
        found.append(_read(_unescaped(match[1][1:-1]) if match[1] is not None else _from_hex(match[2])))
        end = match.end()
    return "".join(found)


def _unescaped(string: bytes) -> bytes:
    return _ESCAPE.sub(_character, string)


def _character(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    return _SPECIAL.get(match[2], match[2]) if match[2] else b""


def _from_hex(digits: bytes) -> bytes:
    whole = b"".join(digits.split())
    return bytes.fromhex((whole + b"0" * (len(whole) % 2)).decode())


def _read(string: bytes) -> str:
    return as_text(string) or string.decode("cp1252", errors="replace")
