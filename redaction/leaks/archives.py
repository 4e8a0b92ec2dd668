"""What archives and compressed data hold, wherever in a file they stand."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from redaction.leaks.budget import LIMIT, Budget, UnpackingError

_UNREADABLE = {
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
}

_ZLIB = re.compile(rb"[\x48\x58\x68\x78][\x01\x5e\x9c\xda]|\x1f\x8b\x08")

_OTHER_STREAMS: tuple[tuple[re.Pattern[bytes], Callable[[], object]], ...] = (
    (re.compile(rb"BZh[1-9]1AY&SY"), bz2.BZ2Decompressor),
    (re.compile(rb"\xfd7zXZ\x00|\x5d\x00\x00[\x00-\xff]{2}"), lambda: lzma.LZMADecompressor(memlimit=2 * LIMIT)),
)

_WHOLE_STREAMS: tuple[tuple[bytes, Callable[[], object]], ...] = (
    (b"\x1f\x8b\x08", lambda: zlib.decompressobj(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(memlimit=2 * LIMIT)),
    (b"\x5d\x00\x00", lambda: lzma.LZMADecompressor(memlimit=2 * LIMIT)),
)
"""Files that are compressed data and nothing else, by how they begin."""


def refuse_unreadable(data: bytes) -> None:
    """Raises UnpackingError where binary data holds what nothing here can decompress."""
    for magic, kind in _UNREADABLE.items():
        if magic in data:
            raise UnpackingError(f"it holds {kind}, which cannot be read")


def members_of(data: bytes, budget: Budget) -> list[bytes] | None:
    """What a file holds that is one archive, or compressed data from end to end; None if it is neither.

    Raises:
        UnpackingError: an archive is locked or broken, or holds too much.
    """
    if data.startswith(b"PK") and b"PK\x05\x06" in data[-65600:]:
        return list(_unzipped(data, budget))
    if data[257:262] == b"ustar":
        return list(_untarred(data, budget))
    for magic, stream in _WHOLE_STREAMS:
        if data.startswith(magic):
            return _pieces(data, stream, budget)
    return None


def _pieces(data: bytes, new_stream: Callable[[], object], budget: Budget) -> list[bytes] | None:
    """What streams hold that follow one another to the end of a file, or None if anything else follows."""
    found: list[bytes] = []
    while data:
        stream = new_stream()
        piece = _inflated(stream, data, budget)
        if not stream.eof or len(stream.unused_data) >= len(data):  # type: ignore[attr-defined]
            return None
        found.append(piece)
        data = stream.unused_data  # type: ignore[attr-defined]
    return [b"".join(found)]


def streams_in(data: bytes, budget: Budget) -> Iterator[bytes]:
    """What is compressed anywhere in binary data: archives behind programs, streams in images and documents, bare deflate."""
    if data.startswith(b"PK") or b"PK\x05\x06" in data[-65600:]:
        yield from _unzipped(data, budget)
    view = memoryview(data)
    for magic, new_stream in _OTHER_STREAMS:
        for match in magic.finditer(data):
            found = _inflated(new_stream(), data[match.start() :], budget)
            if len(found) > 3:
                yield found
    end = 0
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
    found = _inflated(zlib.decompressobj(-15), data, budget)
    if len(found) > 3:
        yield found


def _unzipped(data: bytes, budget: Budget) -> Iterator[bytes]:
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
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        raise UnpackingError("it holds an archive that cannot be read") from None


def _untarred(data: bytes, budget: Budget) -> Iterator[bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                yield "\n".join([member.name, member.linkname, member.uname, member.gname]).encode(errors="replace")
                budget.spend(member.size)
                file = archive.extractfile(member) if member.isfile() else None
                if file is not None:
                    yield file.read()
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError):
        raise UnpackingError("it holds an archive that cannot be read") from None


def _inflated(stream: object, data: bytes | memoryview, budget: Budget) -> bytes:
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
