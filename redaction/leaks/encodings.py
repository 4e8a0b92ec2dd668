"""Bytes that a text spells out: base64, hexadecimal, numbers of letters."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import lru_cache

_SHORTEST = 8
"""Letters and digits of a run that is looked at: six letters of base64, four of hexadecimal."""
_SHORTEST_BINARY = 16
"""Characters of base64 that may be compressed data or an image, and no text."""
_OF_RUNS = bytes(byte if (chr(byte).isalnum() and byte < 128) or byte in b"+/-_" else 32 for byte in range(256))
_PARTS_OF_ADDRESSES = re.compile(r"[/_-]+")
_MIXED = re.compile(r"(?=.*[a-z])(?=.*[A-Z]).*[0-9+/_-]")
_PACKED_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,}")
_PARTED_HEX = re.compile(
    r"[2-7][0-9a-fA-F](?=(?P<gap>[\s,:;-]{1,3}(?:0x|\\x)?))(?:(?P=gap)[0-9a-fA-F]{2}(?![0-9a-zA-Z])){4,}"
)
"""Pairs of digits, each after the same gap; the first is a letter of ASCII, as few words of prose begin."""
_LIST = re.compile(
    r"[0-9]{2,3}(?:(?:\s{0,8}[,;]\s{0,8}|\s{1,8}|\s{0,8}\)\s{0,8}\+\s{0,8}[\w.$]{1,40}\(\s{0,8})[0-9]{2,3}){4,}(?![\w.])"
)


def spelled_out(text: str) -> Iterator[tuple[bytes, str]]:
    """What a text spells out, as bytes, with how: what is text in one piece, and what may be packed data in another."""
    runs = dict.fromkeys(text.encode("ascii", errors="replace").translate(_OF_RUNS).split())
    found = [_of_run(run.decode()) for run in runs if len(run) >= _SHORTEST]
    yield from _in_one(("\n\n".join(reads) for reads, _ in found if reads), "in base64 or hexadecimal data")
    if packed := [data for _, data in found if data]:
        yield b"\n\n".join(packed), "in base64 data"
    digits = (as_text(bytes.fromhex(re.sub(r"0x|[^0-9a-fA-F]", "", run[0]))) for run in _PARTED_HEX.finditer(text))
    yield from _in_one(filter(None, digits), "in hexadecimal data")
    numbers = ("".join(chr(int(n)) for n in re.findall("[0-9]+", run[0])) for run in _LIST.finditer(text))
    yield from _in_one((read for read in numbers if _NO_TEXT.search(read) is None), "in numbers of letters")


def _in_one(reads: Iterator[str], how: str) -> Iterator[tuple[bytes, str]]:
    if joined := "\n\n".join(reads):
        yield joined.encode(), how


@lru_cache(1 << 16)
def _of_run(run: str) -> tuple[tuple[str, ...], bytes]:
    """What a run of letters and digits is as base64 or hexadecimal, whole and between the signs of an address, and what is no text."""
    reads = []
    for part in dict.fromkeys((run, *_PARTS_OF_ADDRESSES.split(run))):
        if len(part) >= _SHORTEST:
            reads += [
                as_text(_from_base64(part)),
                *(as_text(bytes.fromhex(digits)) for digits in _PACKED_HEX.findall(part)),
            ]
    texts = tuple(read for read in reads if read)
    binary = not texts and len(run) >= _SHORTEST_BINARY and _MIXED.match(run) is not None
    return texts, _from_base64(run) if binary else b""


def _from_base64(run: str) -> bytes:
    whole = run.replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4))
    except binascii.Error:
        return b""


_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def as_text(data: bytes) -> str | None:
    """Bytes as UTF-8, or as UTF-16 where every other byte is null, or None if neither reads as text."""
    encoding = "utf-8"
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        encoding = "utf-16"
    elif b"\x00" in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text
