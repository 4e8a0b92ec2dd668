"""Where somebody may hide what is declared: a name, a code, an address and an organisation in each hiding place."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import quopri
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing

import pytest

from redaction import Register
from redaction.leaks.budget import UnpackingError
from redaction.leaks.search import LeakSearch
from redaction.leaks.unpacking import unpack

SEARCH = LeakSearch(
    {
        "umber-pantry-71": Register.parse(
            "format: 1\n"
            "people: [{role: person-on-probation, names: [Darren Whitlock]}, {role: victim, names: [Łukasz Świerczyński]}]\n"
            'places: ["27 Tennyson Road, Swinton"]\n'
            "organisations: [St Ambrose Barlow Primary]\n"
            "codes: [A4821CK]\n"
        ).identities()
    }
)
DECLARED = {
    "name": "Darren Whitlock",
    "code": "A4821CK",
    "address": "27 Tennyson Road",
    "organisation": "St Ambrose Barlow Primary",
}
ACCENTED = "Łukasz Świerczyński"


def is_found(data: bytes) -> bool:
    """Whether an identity is seen; a file that is refused besides does not count."""
    try:
        for part in unpack(data):
            if SEARCH.part(part):
                return True
    except UnpackingError:
        pass
    return False


def b64(text: str | bytes) -> str:
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def cut(text: str, joint: str) -> str:
    """The text with something in the middle of its first long word and of its last."""
    return f"{text[:2]}{joint}{text[2:-3]}{joint}{text[-3:]}"


def page(text: str) -> bytes:
    return f"<p>Then {text} came.</p>\n".encode()


def script(text: str) -> bytes:
    return f"const a = 1; let b = {text}; f(b);\n".encode()


def svg(inner: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg"><text>{inner}</text></svg>'.encode()


def pdf(content: bytes, *, packed: bool = False) -> bytes:
    stream = zlib.compress(content) if packed else content
    kind = b"/Filter /FlateDecode" if packed else b""
    return b"%%PDF-1.4\n%%\xe2\xe3\xcf\xd3\n1 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (
        kind, len(stream), stream)  # fmt: skip


def kerned(text: str) -> bytes:
    return b"BT [" + b" ".join(f"({letter}) {-20 * n}".encode() for n, letter in enumerate(text, 1)) + b"] TJ ET"


def zipped(data: bytes, name: str = "a.bin") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def tarred(data: bytes, mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("a.bin")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    every = ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in every)
    return b"\x89PNG\r\n\x1a\n" + body


def a_database(*statements: tuple[str, list[object]], encoding: str = "UTF-8") -> bytes:
    """An SQLite database with a table `t`, written anew after the statements."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute(f"PRAGMA encoding = '{encoding}'")
        made.execute("CREATE TABLE t (a, b INTEGER)")
        for statement, values in statements:
            made.execute(statement, values)
        made.execute("VACUUM")
        return made.serialize()


def codes_of(text: str, form: str, joint: str) -> str:
    return joint.join(form.format(ord(letter)) for letter in text)


Places = dict[str, Callable[[str], bytes]]
BY_NUMBER: Places = {
    "base64": lambda t: page(b64(t)),
    "base64 in a script": lambda t: script(f'atob("{b64(t)}")'),
    "base64 of base64": lambda t: page(b64(b64(t))),
    "base64 of base64 of base64": lambda t: page(b64(b64(b64(t)))),
    "base64 for addresses": lambda t: page(f'<a href="?q={base64.urlsafe_b64encode(t.encode()).decode().rstrip("=")}">x</a>'),
    "base64 in JSON": lambda t: json.dumps({"a": b64("?>" + t)}).replace("/", "\\/").encode(),
    "base64 beside a hash": lambda t: page(b64(bytes(range(120, 152))) + " " + b64(t)),
    "base64 in pieces": lambda t: script(f'atob("{b64(t)[:5]}" + "{b64(t)[5:]}")'),
    "base64 of UTF-16": lambda t: page(b64(t.encode("utf-16-le"))),
    "base64 in lines": lambda t: (b64("They say that nobody knows it, but in truth it was surely " + t + " who did it.") + "\n").encode(),
    "hex": lambda t: page(t.encode().hex()),
    "hex in capitals": lambda t: page(t.encode().hex().upper()),
    "hex with spaces": lambda t: page(t.encode().hex(" ")),
    "hex with colons": lambda t: page(t.encode().hex(":")),
    "hex in an array": lambda t: script("[" + codes_of(t, "0x{:02x}", ", ") + "]"),
    "hex of hex": lambda t: page(t.encode().hex().encode().hex()),
    "hex of base64": lambda t: page(b64(t).encode().hex()),
    "fromCharCode": lambda t: script(f"String.fromCharCode({codes_of(t, '{}', ',')})"),
    "fromCharCode with spaces": lambda t: script(f"String.fromCharCode( {codes_of(t, '{}', ' , ')} )"),
    "numbers in a list": lambda t: json.dumps({"a": [ord(letter) for letter in t]}, indent=1).encode(),
    "quoted-printable": lambda t: "".join(f"={ord(c):02X}" for c in t).encode(),
    "quoted-printable, cut lines": lambda t: quopri.encodestring(("é " + cut(t, "=\n")).encode()).replace(b"=3D\n", b"=\n"),
    "octal in a script": lambda t: script('"' + codes_of(t, "\\{:03o}", "") + '"'),
    "hex in a script": lambda t: script('"' + codes_of(t, "\\x{:02x}", "") + '"'),
    "code points in a script": lambda t: script('"' + codes_of(t, "\\u{{{:x}}}", "") + '"'),
    "code points in a style": lambda t: f".a::before {{ content: \"{codes_of(t, chr(92) + '{:06x}', '')}\" }}".encode(),
    "entities": lambda t: page(codes_of(t, "&#{};", "")),
    "entities in entities": lambda t: page(codes_of(t, "&amp;#x{:x};", "")),
    "percent": lambda t: page(codes_of(t, "%{:02X}", "")),
    "percent with u": lambda t: script('unescape("' + codes_of(t, "%u{:04x}", "") + '")'),
    "entities of base64": lambda t: page(codes_of(b64(t), "&#{};", "")),
    "strings joined by a sign": lambda t: script("'" + cut(t, "' + '") + "'"),
    "strings joined over lines": lambda t: script('"' + cut(t, '" +\n   "') + '"'),
}  # fmt: skip
"""Letters by number: base64, hex, octal, entities."""

BY_BROWSER: Places = {
    "bidi override": lambda t: page("\u202e" + t[::-1] + "\u202c"),
    "bidi override, only a word": lambda t: page("\u202d\u202e" + t[::-1] + "\u202c\u202c and"),
    "bdo": lambda t: page(f'<bdo dir="rtl">{t[::-1]}</bdo>'),
    "a style that turns": lambda t: page(f'<span style="unicode-bidi:bidi-override;direction: rtl">{t[::-1]}</span>'),
    "bidi override by entity": lambda t: page(f"&#x202E;{t[::-1]}&#x202C;"),
    "ruby": lambda t: page(f"<ruby>{cut(t, '<rt>ab</rt>')}</ruby>"),
    "ruby between words": lambda t: page("<ruby>" + (t[:3] + "<rp>(</rp><rt>ab</rt><rp>)</rp>" + t[3:]) + "</ruby>"),
    "a hidden span in a word": lambda t: page(cut(t, "<span hidden>zz</span>")),
    "a hidden span before a space": lambda t: page(t.replace(" ", "<span hidden>zz</span> ") if " " in t else cut(t, "<i hidden>z</i>")),
    "a span without display": lambda t: page(cut(t, '<span style="display: none">zz</span>')),
    "a span of no size": lambda t: page(cut(t, "<span style='font-size:0'>zz</span>")),
    "a span hidden by its class": lambda t: page(cut(t, '<span class="q">zz</span>')),
    "a hidden span with tags": lambda t: page(cut(t, "<span hidden>z<b>z</b></span>")),
    "a script in a word": lambda t: page(cut(t, "<script>1</script>")),
    "a style in a word": lambda t: page(cut(t, "<style>a{}</style>")),
    "a tag with a sign in it": lambda t: page(cut(t, '<b title="a>b"></b>')),
    "a comment": lambda t: page(cut(t, "<!-- > -->")),
    "a comment without end": lambda t: page(cut(t, "<!-->")),
    "tags of letters": lambda t: page("".join(f"<i>{c}</i>" for c in t)),
    "SVG entities": lambda t: svg(f"&a;{t[3:]}", f'<!DOCTYPE svg [<!ENTITY a "{t[:3]}">]>'),
    "SVG entities in entities": lambda t: svg("&b;", f"<!DOCTYPE svg [<!ENTITY a '{t[:3]}'><!ENTITY b '&a;{t[3:]}'>]>"),
    "split CDATA": lambda t: svg(f"{t[:3]}<![CDATA[{t[3:6]}]]><![CDATA[{t[6:]}]]>"),
    "CDATA whole": lambda t: svg(f"<![CDATA[{t}]]>"),
    "tspan": lambda t: svg("".join(f'<tspan x="{n}">{c}</tspan>' for n, c in enumerate(t))),
    "SVG metadata": lambda t: svg(f"<metadata>{t}</metadata>"),
    "Markdown signs": lambda t: cut(t, "**").encode(),
    "backslash in Markdown": lambda t: cut(t, "\\").encode(),
}  # fmt: skip
"""What a browser, or who reads Markdown, leaves out or puts together."""

IN_BYTES: Places = {
    "UTF-16": lambda t: ("a " + t).encode("utf-16-le"),
    "UTF-32": lambda t: ("a " + t).encode("utf-32-le"),
    "UTF-32, other order": lambda t: ("a " + t).encode("utf-32-be"),
    "EBCDIC": lambda t: ("said of " + t).encode("cp037"),
    "UTF-7": lambda t: "".join(f"+{b64(c.encode('utf-16-be')).rstrip('=')}-" if c.isalnum() else c for c in t).encode(),
    "lzma": lambda t: lzma.compress(t.encode(), format=lzma.FORMAT_ALONE),
    "xz": lambda t: lzma.compress(t.encode()),
    "xz in a binary": lambda t: b"\x00\x01" + lzma.compress(t.encode()),
    "bzip2 in a binary": lambda t: b"\x00\x01" + bz2.compress(t.encode()),
    "lzma in a binary": lambda t: b"\x00\x01" + lzma.compress(t.encode(), format=lzma.FORMAT_ALONE),
    "bzip2 in two pieces": lambda t: bz2.compress(b"one") + bz2.compress(t.encode()),
    "xz in two pieces": lambda t: lzma.compress(b"one") + lzma.compress(t.encode()),
    "tar": lambda t: tarred(t.encode()),
    "tar in gzip": lambda t: tarred(t.encode(), "w:gz"),
    "zip in tar": lambda t: tarred(zipped(t.encode())),
    "zip in zip": lambda t: zipped(zipped(zipped(t.encode()))),
    "xz in zip in gzip": lambda t: gzip.compress(zipped(lzma.compress(t.encode()))),
    "zip, four deep in base64": lambda t: page(b64(zipped(gzip.compress(zipped(t.encode()))))),
    "zip with a comment in base64": lambda t: zipped(b64(t).encode()),
    "PNG tEXt": lambda t: png((b"tEXt", b"Author\x00" + t.encode())),
    "PNG, base64": lambda t: png((b"tEXt", b"a\x00" + b64("x: " + t + ".").encode())),
    "PNG, hex as ImageMagick writes": lambda t: png((b"tEXt", b"Raw profile\x00\nexif\n 20\n" + t.encode().hex().encode())),
    "PNG, behind its end": lambda t: png() + bz2.compress(t.encode()),
    "database": lambda t: a_database(("INSERT INTO t VALUES (?, 1)", [t])),
    "database, over the border of pages": lambda t: a_database(("INSERT INTO t VALUES (?, 1)", ["x " * 2040 + t])),
    "database in UTF-16": lambda t: a_database(
        ("INSERT INTO t VALUES (?, 1)", ["x " * 2040 + t]), encoding="UTF-16le"
    ),
    "database, packed in a value": lambda t: a_database(("INSERT INTO t VALUES (?, 1)", [gzip.compress(t.encode())])),
    "database, name of a table": lambda t: a_database((f'CREATE TABLE "{t}" (a)', [])),
    "database, name of a column": lambda t: a_database((f'CREATE TABLE o ("{t}")', [])),
    "database, comment in a view": lambda t: a_database((f"CREATE VIEW v AS SELECT 1 /* {t} */", [])),
    "database in a zip": lambda t: zipped(a_database(("INSERT INTO t VALUES (?, 1)", [t]))),
}  # fmt: skip
"""Other encodings, packed files, archives and pictures."""

IN_PDF: Places = {
    "PDF": lambda t: pdf(f"BT ({t}) Tj ET".encode()),
    "PDF hex": lambda t: pdf(f"BT <{t.encode().hex()}> Tj ET".encode()),
    "PDF hex with spaces": lambda t: pdf(f"BT < {t.encode().hex(' ', 3)} > Tj ET".encode()),
    "PDF hex, packed": lambda t: pdf(f"BT <{t.encode().hex().upper()}> Tj ET".encode(), packed=True),
    "PDF hex in pieces": lambda t: pdf(f"BT [<{t[:3].encode().hex()}> -5 <{t[3:].encode().hex()}>] TJ ET".encode()),
    "PDF octal": lambda t: pdf(("BT (" + codes_of(t, "\\{:03o}", "") + ") Tj ET").encode(), packed=True),
    "PDF kerned letters": lambda t: pdf(kerned(t), packed=True),
    "PDF kerned, octal and hex": lambda t: pdf(
        f"BT [(\\{ord(t[0]):o}) 3.5 ({t[1:3]})-12<{t[3:].encode().hex()}>] TJ ET".encode()),
    "PDF in several shows": lambda t: pdf(f"BT ({t[:3]}) Tj 2 0 Td ({t[3:]}) Tj ET".encode()),
    "PDF title in UTF-16": lambda t: pdf(b"<< /Title <FEFF" + t.encode("utf-16-be").hex().encode() + b"> >>"),
    "PDF line cut": lambda t: pdf(f"BT ({t[:4]}\\\n{t[4:]}) Tj ET".encode()),
}  # fmt: skip

KINDS = {"letters by number": BY_NUMBER, "by browser": BY_BROWSER, "in bytes": IN_BYTES, "in PDF": IN_PDF}
PLACES: Places = {place: hide for places in KINDS.values() for place, hide in places.items()}


@pytest.mark.parametrize("what", DECLARED)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_declared_is_seen_in_its_hiding_place(place: str, what: str) -> None:
    """A name, a code, an address and an organisation, wherever they hide."""
    assert is_found(PLACES[place](DECLARED[what]))


@pytest.mark.parametrize("place", PLACES)
def test_a_hiding_place_of_an_invented_name_is_passed(place: str) -> None:
    """The same places hold nothing if what hides there is nobody's."""
    assert not is_found(PLACES[place]("Marrin Bellweather"))


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2", "cp852", "mac_latin2", "utf-16-be", "utf-8"])
def test_a_name_with_accents_is_seen_in_other_code_pages(encoding: str) -> None:
    """As older machines of Poland wrote it, without a mark that tells."""
    assert is_found(f"Widziano, że {ACCENTED} wyszedł.".encode(encoding, errors="replace"))


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_mojibake_is_read_as_what_it_was(encoding: str, times: int) -> None:
    """UTF-8 that was taken for another code page, once and again."""
    text = f"Then {ACCENTED} came – “late”."
    for _ in range(times):
        text = "".join(_as_read(byte, encoding) for byte in text.encode())
    assert is_found(text.encode())
    assert is_found(html.escape(text).encode("ascii", "xmlcharrefreplace"))


def _as_read(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def after(*statements: str) -> bytes:
    """A database that was not written anew after some statements."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("CREATE TABLE t (a TEXT)")
        for statement in statements:
            made.execute(statement)
        return made.serialize()


SOUND = a_database(("INSERT INTO t VALUES ('Nothing.', 1)", []))
DELETED = ("INSERT INTO t VALUES ('Darren Whitlock')", "INSERT INTO t VALUES ('x')", "DELETE FROM t WHERE a != 'x'")


@pytest.mark.parametrize(
    "data",
    [
        after(*DELETED),
        after(*DELETED[:2], "DROP TABLE t"),
        after("CREATE VIRTUAL TABLE v USING fts5(words)", "INSERT INTO v VALUES ('Darren Whitlock')", "VACUUM"),
        SOUND + b"Darren Whitlock",
        SOUND[:-15] + b"Darren Whitlock",
        SOUND[:75] + b"Whitlock" + SOUND[83:],
        SOUND[:4096],
        SOUND[:18] + b"\x02\x02" + SOUND[20:],
        b"SQLite format 3\x00" + bytes(100),
        after("CREATE TABLE g (a, b AS (hex(zeroblob(100000000))))", "INSERT INTO g VALUES (1)", "VACUUM"),
    ],
    ids=[
        "a deleted row", "a dropped table", "search of its own making", "more behind it", "words over its last page",
        "words in its head", "a page missing", "writes kept in another file", "no database", "rows without end",
    ],
)  # fmt: skip
def test_a_database_that_holds_more_than_its_rows_is_refused(data: bytes) -> None:
    """What no query shows may still be read from the file."""
    with pytest.raises(UnpackingError, match="^it (holds a database|unpacks to more)"):
        list(unpack(data))


def test_a_sound_database_passes() -> None:
    """Written by another version of SQLite, and more often, too: that stands in its head alone."""
    assert not is_found(SOUND)
    for place in (24, 40, 92, 96):
        changed = bytearray(SOUND)
        changed[place : place + 4] = (77).to_bytes(4)
        list(unpack(bytes(changed)))
