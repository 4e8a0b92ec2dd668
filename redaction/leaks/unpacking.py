"""Every text that bytes hold: what a file says, however it is packed, encoded or escaped."""

from __future__ import annotations

import base64
import binascii
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LIMIT = 128 * 1024 * 1024

"""Bytes that one file may unpack to; a real page, image or index holds far less."""

DEPTH = 6

"""How deep packing may be nested."""

BREAK = "\n0zq0\n"

"""Stands between texts that have nothing to do with each other, so that no name is read across them."""

_INDEX_PREFIX = b"pagefind_dcd"

_BARE_GZIP = b"\x1f\x8b\x08\x00"  # without a name or comment, which would have to be searched too

_PACKED_UNREADABLY = {
    b"wOF2": "a WOFF2 font",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}

_ZLIB = re.compile(rb"[\x48\x58\x68\x78][\x01\x5e\x9c\xda]|\x1f\x8b\x08")

_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2,3}={0,2})?|(?:[A-Za-z0-9_-]{4}){5,}(?:[A-Za-z0-9_-]{2,3})?"
)

_PRINTABLE = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff]{4,}")

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")

_KERNING = re.compile(r"\)\s*-?[\d.]+\s*\(")


class UnpackingError(Exception):
    """The bytes cannot be read to the end, so nothing can be said of them. Holds no word of them."""


@dataclass(frozen=True)
class Part:
    """A text that the bytes hold.

    `how` says in plain words how it was packed ("" for the file's own text); `exact` is False for what merely
    looks like text in an image or another binary, where short numbers mean nothing.
    """

    text: str
    how: str = ""
    exact: bool = True


@dataclass
class _Budget:
    left: int = field(default_factory=lambda: LIMIT)

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UnpackingError(f"it unpacks to more than {LIMIT // 2**20} MiB")


def unpack(data: bytes) -> Iterator[Part]:
    """Every text in the bytes: their own, and what is packed in them at any depth.

    Raises:
        UnpackingError: they unpack to too much, too deeply, or are of a kind that cannot be read.
    """
    yield from _parts(data, "", 0, _Budget())


def _parts(data: bytes, how: str, depth: int, budget: _Budget) -> Iterator[Part]:
    if depth > DEPTH:
        raise UnpackingError(f"it is packed more than {DEPTH} times over")
    for magic, kind in _PACKED_UNREADABLY.items():
        if data.startswith(magic):
            raise UnpackingError(f"it holds {kind}, which cannot be read")
    if data.startswith(_INDEX_PREFIX):
        yield from _index(data.removeprefix(_INDEX_PREFIX), how or "in a search index", depth, budget)
        return
    if data.startswith(_BARE_GZIP) and (inner := _gunzipped(data, budget)) is not None:
        yield from _parts(inner, how or "in compressed data", depth + 1, budget)
        return
    text = _text(data)
    if text is not None:
        yield Part(text, how)
        packed = _unbase64(text)
        if packed:
            budget.spend(len(packed))
            yield from _parts(packed, "in base64 data", depth + 1, budget)
        return
    yield from (Part(seen, how or "in binary data", exact=False) for seen in _glimpses(data))
    for inner in _unpacked(data, budget):
        yield from _parts(inner, "in compressed data", depth + 1, budget)


def _text(data: bytes) -> str | None:
    """The bytes as text, or None if they are not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in data or data.startswith((b"%PDF", b"PK\x03\x04")):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if _CONTROL.search(data) else data.decode("cp1252", errors="replace")


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
    yield data.decode("utf-8", errors="ignore")
    if data.startswith(b"%PDF"):
        yield _KERNING.sub("", latin)


def _unpacked(data: bytes, budget: _Budget) -> Iterator[bytes]:
    """What is compressed anywhere in binary data: archives, streams in images and documents, bare deflate."""
    if data.startswith(b"PK") or b"PK\x05\x06" in data[-65600:]:
        yield from _unzipped(data, budget)
    for magic, decompressor in ((b"BZh", bz2.BZ2Decompressor), (b"\xfd7zXZ", lzma.LZMADecompressor)):
        if data.startswith(magic):
            yield _inflated(decompressor(), data, budget)
    end, view = 0, memoryview(data)
    for match in _ZLIB.finditer(data):
        if match.start() < end:
            continue
        head = data[match.start() : match.start() + 2]
        if head != b"\x1f\x8b" and int.from_bytes(head) % 31:
            continue
        stream = zlib.decompressobj(47)
        found = _inflated(stream, view[match.start() :], budget)
        if stream.eof:
            end = len(data) - len(stream.unused_data)
        if len(found) > 3:
            yield found
    bare = zlib.decompressobj(-15)
    found = _inflated(bare, data, budget)
    if len(found) > 3:
        yield found


def _gunzipped(data: bytes, budget: _Budget) -> bytes | None:
    """What a file holds that is one gzip stream and nothing else, or None if it is not."""
    stream = zlib.decompressobj(31)
    inner = _inflated(stream, data, budget)
    return inner if stream.eof and not stream.unused_data else None


def _unzipped(data: bytes, budget: _Budget) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "\n".join([*archive.namelist(), archive.comment.decode("latin-1")]).encode()
            for member in archive.infolist():
                budget.spend(member.file_size)
                with archive.open(member) as file:
                    content = file.read(member.file_size + 1)
                # an archive may lie about sizes; what it really held counts
                budget.spend(max(0, len(content) - member.file_size))
                yield content
    except UnpackingError:
        raise
    except RuntimeError:
        raise UnpackingError("it holds a locked archive") from None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error):
        raise UnpackingError("it holds an archive that cannot be read") from None


def _inflated(stream: object, data: bytes | memoryview, budget: _Budget) -> bytes:
    """Decompress as far as the data goes; noise that only looks compressed ends early."""
    found: list[bytes] = []
    decompress: Callable[..., bytes] = stream.decompress  # type: ignore[attr-defined]
    rest: bytes | memoryview = data
    try:
        # a small first piece: most noise fails on it
        size = 1 << 16
        while piece := decompress(rest, size):
            budget.spend(len(piece))
            found.append(piece)
            if stream.eof:  # type: ignore[attr-defined]
                break
            # zlib hands back what it has not read yet; bz2 and lzma keep it
            rest, size = getattr(stream, "unconsumed_tail", b""), 1 << 22
    except (zlib.error, OSError, EOFError, lzma.LZMAError):
        pass
    return b"".join(found)


def _index(data: bytes, how: str, depth: int, budget: _Budget) -> Iterator[Part]:
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


def _cbor_strings(data: bytes) -> Iterator[str]:
    """Every string of CBOR, keys too, in order; how they are nested does not matter here."""
    position, end = 0, len(data)
    while position < end:
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


def _unbase64(text: str) -> bytes:
    """What long runs of base64 hold, one after another."""
    found = []
    for run in _BASE64.findall(text):
        try:
            run = run.rstrip("=").replace("-", "+").replace("_", "/")
            found.append(base64.b64decode(run + "=" * (-len(run) % 4)))
        except (binascii.Error, ValueError):
            continue
    return b"\n\n".join(found)
