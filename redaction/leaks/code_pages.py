"""Bytes and letters of other code pages than UTF-8."""

from __future__ import annotations

import re

_CODE_PAGES = (
    "cp1252",
    "cp1250",
    "iso8859_2",
    "cp1257",
    "mac_roman",
    "mac_latin2",
    "cp850",
    "cp852",
    "cp1251",
    "gb18030",
    "cp037",
)
"""What people and machines wrote before UTF-8, of western, middle and eastern Europe, China, and EBCDIC."""


def read_in_code_pages(data: bytes) -> tuple[str, ...]:
    """Bytes that are no UTF-8, as each code page reads them."""
    return tuple(dict.fromkeys(data.decode(page, errors="replace") for page in _CODE_PAGES))


_LATER_BYTES = {chr(byte): byte for byte in range(0x80, 0xC0)}
_LATER_BYTES |= {bytes([byte]).decode("cp1252", errors="ignore") or chr(byte): byte for byte in range(0x80, 0xC0)}
"""The later bytes of a letter of UTF-8, by what cp1252 or Latin-1 shows for each; its first byte is the same in both."""
_MOJIBAKE = re.compile(f"[\xc2-\xf4][{re.escape(''.join(_LATER_BYTES))}]{{1,3}}")


def mend_mojibake(text: str) -> str:
    """Text with UTF-8 that was read as cp1252 or Latin-1 read as UTF-8 after all."""
    return text if text.isascii() else _MOJIBAKE.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    data = bytes([ord(match[0][0]), *(_LATER_BYTES[letter] for letter in match[0][1:])])
    for end in range(len(data), 1, -1):
        try:
            return data[:end].decode() + match[0][end:]
        except UnicodeDecodeError:
            continue
    return match[0]
