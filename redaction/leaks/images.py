"""Images whose every byte has its place: what is more than pixels in them is text that can be searched, and nothing follows them."""

from __future__ import annotations

import re

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT tIME tEXt zTXt iTXt eXIf cICP".split()
)
_SCAN = 0xDA
_AFTER_SCAN = re.compile(rb"\xff+(?![\x00\xd0-\xd7\xff])")


def is_whole_image(data: bytes) -> bool:
    """Whether bytes are one PNG or JPEG from the first to the last (PNG specification, 5.2; ITU-T T.81, B.1)."""
    if data.startswith(_PNG):
        return _ends_as_png(data)
    return data.startswith(_JPEG) and _ends_as_jpeg(data)


def _ends_as_png(data: bytes) -> bool:
    """Whether chunks of known kinds, each of a length, a kind, content and a checksum, lead to an IEND that ends the file."""
    place = len(_PNG)
    while place + 12 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        place += 12 + size
        if kind not in _CHUNKS:
            return False
        if kind == b"IEND":
            return size == 0 and place == len(data)
    return False


def _ends_as_jpeg(data: bytes) -> bool:
    """Whether segments and scans lead to an end-of-image mark that ends the file."""
    place = 2
    while data[place : place + 1] == b"\xff" and place + 4 <= len(data):
        kind = data[place + 1]
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
        if kind == _SCAN:
            mark = _AFTER_SCAN.search(data, place)
            place = mark.start() if mark else len(data)
        if data[place:] == b"\xff\xd9":
            return True
    return False
