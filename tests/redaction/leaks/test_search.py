"""The search for identities in bytes: what it sees through, and what it lets pass."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import struct
import time
import zipfile
import zlib

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Register
from redaction.leaks.budget import UnpackingError
from redaction.leaks.search import Leak, LeakSearch
from redaction.leaks.unpacking import unpack
from redaction.leaks.views import folded
from redaction.lexicon.gate_words import gate_common_words
from redaction.names.surface_forms import Strength
from redaction.text.folding import fold_text

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock, Daz, "WHITLOCK, Darren Lee"]}
  - {role: victim, names: [Kelly-Ann Moorhouse], published_as: Anna}
  - {role: victim, names: [Łukasz Świerczyński]}
  - {role: other, names: [Amy Court]}
  - {role: other, names: [Delroy P]}
  - {role: witness, names: [Grace Young]}
  - {role: other, names: [Poppy Doyle]}
places: ["27 Tennyson Road, Swinton", Salford, Greater Manchester, Manchester]
organisations: [St Ambrose Barlow Primary]
codes: [A4821CK, X412398, 98/40217E, "5127", "17734", 07700 900418]
"""
)
SEARCH = LeakSearch(
    {"umber-pantry-71": REGISTER.identities()},
    names={"umber-pantry-71": ["umber-pantry-71"]},
    public=["Greater Manchester", "Court and allocation"],
)
CASE = "umber-pantry-71"


def found_in(search: LeakSearch, data: bytes, own: str | None = None) -> tuple[Leak, ...]:
    """What is found in bytes before they are refused, if they are."""
    found: list[Leak] = []
    try:
        for part in unpack(data):
            found.extend(search.part(part, own))
    except UnpackingError:
        pass
    return tuple(found)


def strong(found: tuple[object, ...]) -> bool:
    return any(getattr(leak, "strength", None) is Strength.STRONG for leak in found)


HIDDEN_IN_TEXT = [
    "Darren Whitlock",
    "DARREN  WHITLOCK",
    "darren-whitlock",
    "darren_whitlock",
    "darren.whitlock",
    "DarrenWhitlock",
    "photoDarrenWhitlock2.jpg",
    "Whitlock, Darren",
    "D. Whitlock",
    "D Whitlock",
    "Darren\nWhitlock",
    "Darren\u00a0Whitlock",
    "Dar\u200bren Whit\u00adlock",
    "Dаrren Whitlосk",
    "Dárren Whitlöck",
    "Ｄａｒｒｅｎ Ｗｈｉｔｌｏｃｋ",
    "<b>Dar</b>ren Whit<i>lock</i>",
    "<td>Darren</td><td>Whitlock</td>",
    "<span>Darren</span><span>Whitlock</span>",
    "Dar<!-- -->ren Whitlock",
    "Dar<wbr>ren Whitlock",
    "**Dar**ren Whitlock",
    "D&#97;rren Whitlock",
    "D&#x61;rren&#32;Whitlock",
    "D&#97rren Whitlock",
    "D&#0000097;rren Whitlock",
    "D&amp;#97;rren Whitlock",
    "D&amp;amp;#97;rren Whitlock",
    "Darren&nbsp;Whitlock",
    "Dar&shy;ren Whit&ZeroWidthSpace;lock",
    "Darren%20Whitlock",
    "%44arren+Whitlock",
    "%2544arren Whitlock",
    "\\u0044arren Whitlock",
    "\\u{44}arren Whitlock",
    "\\x44arren Whitlock",
    "\\44 arren Whitlock",
    "\\000044arren Whitlock",
    '{"text": "Darren\\nWhitlock"}',
    '{"text": "\\u003cb\\u003eDar\\u003c/b\\u003eren Whitlock"}',
    "&lt;b&gt;Dar&lt;/b&gt;ren Whitlock",
    "<b>Dar</b>&#114;en Whitlock",
    "Łukasz Świerczyński",
    "Lukasz Swierczynski",
    "Lukasz &Sacute;wierczy&nacute;ski",
    "Kelly-Ann Moorhouse",
    "kellyann moorhouse",
    "A4821CK",
    "a4821ck",
    "A4821 CK",
    "A-4821-CK",
    "CRNA4821CK",
    "A4821<b>CK</b>",
    "98/40217E",
    "98-40217e",
    "9840217E",
    "07700900418",
    "077 009 00418",
    "17734",
    "27 Tennyson Road",
    "27-tennyson-road-swinton",
    "St. Ambrose Barlow Primary",
    "umber-pantry-71",
    "Umber Pantry 71",
    "Mr A. Court said",
]


@pytest.mark.parametrize("text", HIDDEN_IN_TEXT)
def test_a_strong_identity_is_seen_however_it_is_written(text: str) -> None:
    """Letter case, accents, look-alikes, hidden characters, escapes, tags, separators."""
    assert strong(SEARCH.bytes(f"<p>Before {text} after.</p>".encode()))


@pytest.mark.parametrize("text", HIDDEN_IN_TEXT)
def test_no_finding_repeats_the_identity(text: str) -> None:
    """A finding says whose and how, and no more."""
    for leak in SEARCH.text(text):
        said = fold_text(f"{leak.strength} {leak.how} {leak.what}")
        assert all(word not in said for word in (" darren ", " whitlock ", " lukasz ", " tennyson ", " a4821ck "))


@pytest.mark.parametrize(
    "text",
    [
        "A court heard that the young person will mark the grace period.",
        "Another young man and his court date.",
        "The Darrens met near Whitlocked doors.",
        "d p, D&P, <d><p>",
        "Anna asked that her name be used.",
        "Greater Manchester",
        "path d='M12.17734,5 L9 8.402'",
        "0.98402 17",
        "A4821C",
        "The probation practitioner did what was asked.",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    """Common words, a chosen name, a region's title and coordinates are no identities."""
    assert SEARCH.text(text) == ()


WEAK_ON_OWN_PAGE = ["Whitlock", "whitlock", "WHITLOCK", "the Whitlocks", "Daz was there", "daz", "Salford", "5127", "DW",
                    "Whit<b>lock</b>", "Whit&#108;ock", '<img alt="Whitlock">', '<a href="/whitlock/">x</a>',
                    "<!-- Whitlock -->", "Manchester", "met Court there", "and Grace said"]  # fmt: skip


@pytest.mark.parametrize("text", WEAK_ON_OWN_PAGE)
def test_a_single_word_stops_on_the_cases_own_page(text: str) -> None:
    """Surnames, nicknames, one-word places, short numbers, initials."""
    assert SEARCH.text(f"<p>Then {text} came.</p>", CASE)


@pytest.mark.parametrize(
    "text",
    [
        "Court was adjourned.",
        "the court",
        "the Crown Court sat",
        "Court and allocation",
        "[Court 2]",
        "a grace period",
        "Grace period: five days.",
        "Greater Manchester",
        "the dw element",
        '<p class="daz">x</p>',
        "whitlocking",
        "Anna",
        "about 5,127 people",
    ],
)
def test_ordinary_words_pass_on_the_cases_own_page(text: str) -> None:
    """A name that is a common word counts only where it stands as a name."""
    assert SEARCH.text(text, CASE) == ()


BORN = LeakSearch(
    {CASE: Register.parse("people: [{role: child, names: [Poppy Doyle], born: 2012-04-03}]").identities()}
)


@pytest.mark.parametrize(
    "text",
    [
        "3 April 2012", "3rd April 2012", "03rd of April, 2012", "April 3 2012", "3 Apr 2012", "3 Apr '12", "3-APR-12", "03Apr2012",
        "03/04/2012", "3/4/2012", "3.4.2012", "03-04-2012", "3 / 4 / 2012", "03 04 2012", "03042012", "20120403", "2012-04-03", "2012/04/03",
        "3&#32;April&nbsp;2012", "<b>3</b> April <i>2012</i>", "03%2F04%2F2012", "born-03-04-2012.jpg", '{"text": "2012-04-03"}',
    ],
)  # fmt: skip
def test_a_declared_day_of_birth_stops_anywhere(text: str) -> None:
    """In every notation with the whole year, or with the month's name, on whatever page."""
    assert strong(BORN.text(f"<p>Then {text} was told.</p>"))


@pytest.mark.parametrize("text", ["3/4/12", "03.04.12", "3-4-12", "03/4/12"])
def test_a_day_in_six_figures_stops_on_the_cases_own_page(text: str) -> None:
    """On other pages it may be a count or a version."""
    assert BORN.text(f"<p>Then {text} was told.</p>", CASE)
    assert BORN.text(f"<p>Then {text} was told.</p>") == ()


@pytest.mark.parametrize(
    "text",
    [
        "2012", "April 2012", "3 April", "4 April 2012", "3 April 2013", "3, 4, 2012", "3 4 2012", "2012,04,03", "<td>2012</td><td>4</td><td>3</td>",
        "1.03.04.2012", "03.04.2012.7", "103042012", "path d='m3.4.12 2-3-4-12z'", "3,4,12", "version 3.4.12.1",
    ],
)  # fmt: skip
def test_other_days_and_numbers_pass(text: str) -> None:
    """The year or the month alone, figures in a row, and parts of longer numbers are no day of birth."""
    assert BORN.text(f"<p>Then {text} was told.</p>", CASE) == ()


def test_the_menus_of_a_page_are_not_its_own_text() -> None:
    """The same word in the site's furniture passes by the rule for other pages, and stops in the article."""
    page = "<nav><a>Salford</a></nav><article><p>{}</p></article><footer>doyle</footer>"
    assert SEARCH.text(page.format("Nothing."), CASE) == ()
    assert SEARCH.text(page.format("doyle"), CASE)
    assert SEARCH.text("<title>doyle</title>" + page.format(""), CASE)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("It was then that Doyle left.", True),
        ("<p>It was then\nthat <b>Doyle</b> left.</p>", True),
        ("They asked Mr. Doyle in.", True),
        ("They went to Salford.", True),
        ("Doyle left.", False),
        ("<td>Doyle</td>", False),
        ("It ended. Doyle left.", False),
        ("- Doyle", False),
        ("a doyle of hair", False),
        ("They saw Court there.", False),
        ("In all of Greater Manchester.", False),
        ("press DW", False),
        ("it had 5127 pages", False),
    ],
)
def test_on_other_pages_a_single_word_counts_as_a_name_alone(text: str, stops: bool) -> None:
    """Capitalised, not at a sentence's start, not a common word."""
    assert bool(SEARCH.text(text)) is stops


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("with a SARA", False),
        ("the layers.css beneath", False),
        ("A. Sara came", True),
        ("by L Ayers", True),
        ("/people/a-sara/", True),
        ("/people/layers/", False),
    ],
)
def test_an_initial_before_a_name_is_no_article(text: str, stops: bool) -> None:
    """A one-letter forename that is a word, and a handle that is one."""
    people = "format: 1\npeople: [{role: other, names: [Amy Sara]}, {role: other, names: [Lee Ayers]}]"
    search = LeakSearch({"one": Register.parse(people).identities()})
    assert strong(search.text(text)) is stops


RARE = LeakSearch(
    {
        "one": Register.parse(
            "format: 1\npeople: [{role: witness, names: [Ada Whitlock]}, {role: other, names: [Jo Rais, Ann Oduw]},"
            " {role: victim, names: [Ed Munnow], published_as: Munnow}]"
        ).identities(),
        "two": Register.parse("format: 1\npeople: [{role: witness, names: [Sam Kerrowby]}]").identities(),
    },
    public=["Kerrowby House"],
)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("Whitlock left.", True),
        ("It ended. Whitlock left.", True),
        ("<h2>Whitlock</h2>", True),
        ("<td>Whitlock</td>", True),
        ("- Whitlock", True),
        ("the whitlock file", True),
        ("WHITLOCK", True),
        ("the Whitlocks", True),
        ('{"who": "whitlock"}', True),
        ('{"whitlock": 1}', True),
        ("id,who\n1,whitlock\n", True),
        ('<img alt="whitlock">', True),
        ('<p class="whitlock">', True),
        ('<a href="/img/whitlock-2.png">', True),
        ("<!-- whitlock -->", True),
        ("Whit<b>lock</b>", True),
        ("oduw", True),
        ("Oduw was there", True),
        ("oDUw+x/9", False),
        # words around it, parts of words, words of the dictionary and beginnings of them
        ("whitlocking", False),
        ("They met at Kerrowby House.", False),
        ("They met at Kerrowby.", True),
        ("rais", False),
        # a name that a family chose is public
        ("Munnow laughed", False),
    ],
)
def test_a_rare_surname_stops_wherever_it_stands(text: str, stops: bool) -> None:
    """No dictionary knows it, so that it is a name at a sentence's start, in a cell, in lower case and in data too."""
    assert strong(RARE.text(text)) is stops


def test_words_that_tags_alone_divide_are_not_run_together() -> None:
    """A region's title stays one where only a tag stands before it."""
    text = "<p><a>What labels mean</a><span>Greater Manchester, 2018</span></p>"
    assert SEARCH.text(text, CASE) == ()


def test_a_name_a_family_chose_is_public_on_pages_of_others_too() -> None:
    """Anna was chosen by one family; another case's Anna does not stop the first one's page."""
    other = Register.parse("format: 1\npeople: [{role: other, names: [Anna Bellweather]}]").identities()
    search = LeakSearch({"one": REGISTER.identities(), "two": other})
    assert search.text("They remember that Anna laughed.", "one") == ()
    assert search.text("They remember that Anna laughed.", "two")


# --- bytes


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    every = ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\x00\x00")), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in every)
    return b"\x89PNG\r\n\x1a\n" + body


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def deflated(data: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


NAME = "Darren Whitlock"
FRAGMENT = b"pagefind_dcd" + json.dumps({"url": "/x/", "content": f"then {NAME} left"}).encode()

HIDDEN_IN_BYTES = {
    "utf-16 with a mark": NAME.encode("utf-16"),
    "utf-16-le": b"\x01" + NAME.encode("utf-16-le"),
    "utf-16-be": b"\x01" + "Łukasz Świerczyński".encode("utf-16-be"),
    "latin-1": "Dárren Whitlöck".encode("latin-1"),
    "gzip": gzip.compress(NAME.encode()),
    "gzip in gzip": gzip.compress(gzip.compress(NAME.encode())),
    "gzip inside a binary": b"\x00\x01\x02" + gzip.compress(NAME.encode()) + b"\xff",
    "two gzip members": gzip.compress(b"one") + gzip.compress(NAME.encode()),
    "zlib": b"\x00" + zlib.compress(NAME.encode()),
    "deflate": deflated(NAME.encode()),
    "bzip2": bz2.compress(NAME.encode()),
    "xz": lzma.compress(NAME.encode()),
    "zip": zipped("a.txt", NAME.encode()),
    "zip's own names": zipped("darren-whitlock.txt", b""),
    "zip behind a program": b"#!\x00" + zipped("a.txt", NAME.encode()),
    "fragment": gzip.compress(FRAGMENT),
    "index in CBOR": gzip.compress(b"pagefind_dcd" + cbor2.dumps([[["a4821ck", [[0, [-25, 3], []]], []]]])),
    "full name in CBOR": gzip.compress(b"pagefind_dcd" + cbor2.dumps({"k": [NAME, 1.5, -3, None]})),
    "key in CBOR": gzip.compress(b"pagefind_dcd" + cbor2.dumps({NAME: 1})),
    "PNG tEXt": png((b"tEXt", b"Author\x00Darren Whitlock")),
    "PNG zTXt": png((b"zTXt", b"Author\x00\x00" + zlib.compress(NAME.encode()))),
    "PNG iTXt": png((b"iTXt", b"Author\x00\x01\x00\x00\x00" + zlib.compress("Łukasz Świerczyński".encode()))),
    "JPEG EXIF": b"\xff\xd8\xff\xe1\x00\x30Exif\x00\x00" + NAME.encode("utf-16-le") + b"\xff\xd9",
    "JPEG XMP": b"\xff\xd8\xff\xe1\x00\x30<dc:creator>Darren Whitlock</dc:creator>\x00\xff\xd9",
    "PDF stream": b"%PDF-1.7\n\xe2\xe3\n1 0 obj\nstream\n" + zlib.compress(b"(Darren Whitlock) Tj") + b"\nendstream",
    "PDF kerning": b"%PDF-1.7\n\xe2\xe3\nstream\n[(Dar) -20 (ren Whit) 15 (lock)] TJ\nendstream",
    "data URI": b'<img src="data:image/svg+xml;base64,' + base64.b64encode(b"<text>Darren Whitlock</text>") + b'">',
    "base64 of gzip": base64.b64encode(gzip.compress(NAME.encode() * 3)),
    "base64 for addresses": base64.urlsafe_b64encode("?? Łukasz Świerczyński >>".encode()),
}


@pytest.mark.parametrize("data", HIDDEN_IN_BYTES.values(), ids=HIDDEN_IN_BYTES.keys())
def test_a_strong_identity_is_seen_however_it_is_packed(data: bytes) -> None:
    """Encodings, compression, archives, search indexes, images' and documents' insides."""
    assert strong(found_in(SEARCH, data))


CHINESE = LeakSearch(
    {"a": Register.parse("format: 1\npeople:\n- {role: victim, names: [Wong Chi Keung, Li Weiming]}\n").identities()}
)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.soak) for n in (1, 2))])
@pytest.mark.slow
def test_an_image_read_as_chinese_is_nobodys_name(seed: int) -> None:
    """Any bytes read as UTF-16 are Chinese for the most part, and romanised they hold every short name; Latin letters count."""
    noise = b"\x89PNG\r\n\x1a\n" + random.Random(seed).randbytes(400_000)
    assert not strong(found_in(CHINESE, noise + "黄志强 李伟明 王志强".encode("utf-16-le")))
    # a name is found in less noise as well, which takes a tenth of the time
    noise = noise[:40_000]
    assert strong(found_in(CHINESE, noise + b"\x00" + "Wong Chi Keung".encode("utf-16-le")))
    assert strong(found_in(CHINESE, noise + "Ｗｏｎｇ Ｃｈｉ Ｋｅｕｎｇ".encode("utf-16-le")))
    assert strong(found_in(CHINESE, "黄志 Wong Chi Keung".encode()))


REGIONS = LeakSearch(
    {
        "a": Register.parse(
            "format: 1\norganisations: [London Community Rehabilitation Company, Kent Region]\n"
        ).identities()
    },
    public=["London", "Kent, Surrey and Sussex", "Community Rehabilitation Company", "Region", "Wales"],
)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("2026-011,London,Community Rehabilitation Company,murder", False),
        ('"London"\t"Community Rehabilitation Company"', False),
        ("| London | Community Rehabilitation Company |", False),
        ('{"region": "London", "provider": "Community Rehabilitation Company"}', False),
        ("He left London\nCommunity Rehabilitation Company staff rang.", True),
        # in a sentence it is the body itself, and beside a word that is published nowhere too
        ("He was supervised by the London Community Rehabilitation Company.", True),
        ("London, Community Rehabilitation Company", True),
        ("2026-011,Kent,Region", False),
        ("the Kent Region", True),
    ],
)
def test_published_words_in_two_cells_are_no_declared_body(text: str, stops: bool) -> None:
    """A region's title beside a provider's, as tables have them, tells nothing that is not published."""
    assert bool(strong(REGIONS.text(text))) is stops


NAMESAKE = LeakSearch(
    {
        "a": Register.parse(
            """
format: 1
people: [{role: victim, names: [Ottoline Threlkeld]}, {role: witness, names: [Ottoline Marchbanks, Elowen Harris]}]
codes: [TRUST4471]
namesakes:
  - {words: Ottoline Threlkeld Trust, reason: The charity on the page of support.}
  - {words: Elowen Harrison Foundation TRUST4471, reason: Another charity.}
"""
        ).identities(),
        "b": Register.parse("format: 1\npeople: [{role: other, names: [Ottoline Threlkeld]}]").identities(),
    }
)


@pytest.mark.parametrize(
    ("text", "own", "stops"),
    [
        ("The Ottoline Threlkeld Trust helps.", None, False),
        ("The OTTOLINE THRELKELD TRUST helps.", "b", False),
        ("ottolinethrelkeldtrust.example", None, False),
        ("#OttolineThrelkeldTrust", None, False),
        # on the case's own pages it is guarded as ever
        ("The Ottoline Threlkeld Trust helps.", "a", True),
        ("the Threlkelds' house", "a", True),
        # the words themselves are let through, and neither one of them alone, nor in another order, nor with another behind
        ("Ottoline Threlkeld was killed.", None, True),
        ("Threlkeld, Ottoline: trust.", None, True),
        ("Mrs Threlkeld saw it.", None, True),
        ("Ottoline Threlkeld trusted him, and the Ottoline Threlkeld Trust helps.", None, True),
        ('{"words": ["threlkeld", "trust"]}', None, True),
        ("Elowen Harris was killed.", None, True),
        ("Ottoline Marchbanks", None, True),
        # and a reference is nobody else's
        ("Elowen Harrison Foundation TRUST4471", None, True),
    ],
)
def test_a_namesake_is_let_through_on_pages_of_others(text: str, own: str | None, stops: bool) -> None:
    """A person said that these words mean somebody else: where they stand, no leak of that case elsewhere than on its own pages."""
    assert ("a" in {leak.owner for leak in NAMESAKE.text(text, own)}) is stops


def test_a_namesake_is_let_through_for_its_case_alone() -> None:
    """Another case that declares the same name has not said so."""
    assert {leak.owner for leak in NAMESAKE.text("The Ottoline Threlkeld Trust helps.")} == {"b"}


def test_an_index_of_search_has_the_words_of_a_namesake_one_by_one() -> None:
    """Each is a line of what was packed; within a line, or of another name, it counts."""

    def owners(lines: str) -> set[str]:
        return {leak.owner for leak in NAMESAKE.bytes(gzip.compress(lines.encode()))}

    assert owners("trust\n0zq0\nthrelkeld\n0zq0\nthrow") == {"b"}
    assert owners("the threlkeld house\n0zq0\nthrow") == {"a", "b"}
    assert owners("march\n0zq0\nmarchbanks\n0zq0") == {"a"}


def test_neighbours_in_an_index_are_not_a_name() -> None:
    """Words that follow each other in an alphabetical index are not read as one."""
    words = [["poppy", []], ["doyle", []]]
    assert not strong(SEARCH.bytes(gzip.compress(b"pagefind_dcd" + cbor2.dumps([words]))))


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"0" * 200_000_000, 1),
        gzip.compress(b"pagefind_dcd\x9f\x7c"),
        b"wOF2\x00\x01",
        b"\x28\xb5\x2f\xfd\x00",
        b"PK\x03\x04 and then nothing",
        b"\x00\x01 nothing that is known",
        b"\x00" + zlib.compress(b"Nothing."),
        b"\x00\x28\xb5\x2f\xfd\x00",
        gzip.compress(b"Nothing.") + b"\x00rest",
        lzma.compress(b"Nothing." * 99)[:-9],
        png() + b"\x00",
        png((b"prVt", b"Nothing.")),
        b"\xff\xd8\xff\xe1\x00\x04ab\xff\xd9 rest",
        b"%PDF-1.7 /Type0 \xe2",
        b"%PDF-1.7 \xe2 " + zlib.compress(b"<< /Encoding << /Differences [1 /a] >> >>"),
    ],
    ids=[
        "bomb",
        "broken index",
        "font",
        "zstd",
        "broken zip",
        "unknown",
        "bare zlib",
        "zstd inside",
        "gzip and more",
        "cut xz",
        "PNG and more",
        "PNG with a chunk of its own",
        "JPEG and more",
        "PDF with glyphs for letters",
        "PDF with letters of its own",
    ],
)
def test_what_cannot_be_read_to_the_end_is_refused(data: bytes) -> None:
    """Bombs and unknown packing fail closed, without a word of what they hold."""
    with pytest.raises(UnpackingError):
        SEARCH.bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        png((b"tEXt", b"Title\x00Nothing.")),
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x04ab\x12\xff\x00\x34\xff\xd0\x56\xff\xd9",
        b"%PDF-1.4\n%\xe2\xe3\nstream\n" + zlib.compress(b"BT (Nothing.) Tj ET") + b"\nendstream",
        gzip.compress(b"one") + gzip.compress(b"two"),
        zipped("a.txt", lzma.compress(b"Nothing.")),
        gzip.compress(png()),
    ],
    ids=["PNG", "JPEG", "PDF", "gzip", "zip of xz", "PNG in gzip"],
)
def test_what_can_be_read_to_the_end_passes(data: bytes) -> None:
    """The near misses: the same kinds, sound and whole."""
    assert SEARCH.bytes(data) == ()


def test_packing_without_end_is_refused() -> None:
    """Depth has a limit."""
    data = NAME.encode()
    for _ in range(12):
        data = gzip.compress(data)
    with pytest.raises(UnpackingError):
        SEARCH.bytes(data)


def test_short_numbers_mean_nothing_in_an_image() -> None:
    """Five digits by accident among an image's bytes are no code; in its text they are."""
    assert not SEARCH.bytes(png((b"tEXt", b"\x00\xfe\x01 17734 \x00\x02")))
    assert SEARCH.bytes(b"see 17734 there")


@given(st.text())
def test_the_fast_folding_is_the_folding(text: str) -> None:
    """`folded` and `fold_text` agree on every text."""
    assert folded(text) == fold_text(text)


@given(st.binary(max_size=400))
def test_any_bytes_are_searched_or_refused(data: bytes) -> None:
    """Nothing else comes out of junk."""
    for junk in (data, b"pagefind_dcd" + data, b"PK" + data, b"\x1f\x8b\x08" + data, b"\x89PNG" + data):
        try:
            SEARCH.bytes(junk, CASE)
        except UnpackingError:
            continue


@given(st.text(alphabet="aDrenWhitlock <>&;#%\\x0123456789/\"'{}[],:=-"))
def test_any_text_is_searched(text: str) -> None:
    """No text makes the search fail."""
    SEARCH.text(text, CASE)


@pytest.mark.slow
def test_twenty_four_megabytes_take_well_under_a_minute() -> None:
    """Measured on a page of the size and make of a real one."""
    line = '<p id="p{}">The officer – <a href="/a/{}/">[Practitioner 2]</a> – said that “it’s &amp; was” known.</p>\n'
    page = "".join(line.format(n, n) for n in range(500)).encode()
    start = time.process_time()
    for _ in range(4_000_000 // len(page)):
        assert SEARCH.bytes(page, CASE) == ()
    assert time.process_time() - start < 10


def test_common_words_are_folded_single_words() -> None:
    """The reviewed list holds words as the search folds them."""
    assert all(fold_text(word).strip() == word for word in gate_common_words())
    assert list(unpack(b"")) is not None


def test_initials_with_a_small_c_are_found_on_the_own_page() -> None:
    """ "JMc" is Jean McAllister; "jmc" is nobody."""
    register = Register.parse("format: 1\npeople: [{role: victim, names: [Jean McAllister]}]")
    search = LeakSearch({"a": register.identities()})
    assert search.text("It was JMc who rang.", "a")
    assert not search.text("It was jmc that rang.", "a")


OTHERWISE = Register.parse(
    """
format: 1
places: ["Flat 2, 27 Tennyson Road, Swinton, M27 4QX"]
organisations: [HMP Stourwick, Harrow & Vine Ltd, Bramfield Police]
codes: [2014/0315580J]
"""
)
WRITTEN_OTHERWISE = [
    "He was moved to HM Prison Stourwick.",
    "He was moved to Stourwick prison.",
    "Harrow and Vine Ltd employed him.",
    '{"employer": "Harrow &amp; Vine Ltd"}',
    "Bramfield Constabulary replied.",
    "<td>M27 4QX</td>",
    "sent to m274qx",
    "the flat at 27, Tennyson Road",
    "PNC 14/315580J",
    "PNC 2014/315580J",
]
OTHERS_WRITTEN_ALIKE = [
    "He was moved to HM Prison Garth.",
    "The village of Stourwick has a fair.",
    "Vine Ltd employed him.",
    "The constabulary replied.",
    "M27 4QZ",
    "He lived in flat 2 of another house.",
    "PNC 1914/315580J",
    "section 315580",
    "He left Stourwick, prison staff said.",
    "Nobody went to Stourwick. Prison staff rang.",
]


@pytest.mark.parametrize("text", WRITTEN_OTHERWISE)
def test_what_is_declared_is_seen_in_other_spellings(text: str) -> None:
    """The gate sees what the redactor replaces: other words for a body, "&", a postcode alone, another year of a PNC number."""
    search = LeakSearch({CASE: OTHERWISE.identities()})
    assert strong(found_in(search, text.encode()))


@pytest.mark.parametrize("text", OTHERS_WRITTEN_ALIKE)
def test_another_body_or_code_in_such_a_spelling_is_no_leak(text: str) -> None:
    """Words that only look like another spelling stop nothing."""
    search = LeakSearch({CASE: OTHERWISE.identities()})
    assert not strong(found_in(search, text.encode()))


@pytest.mark.parametrize(
    "text,own,leaks", [("He was seen at Flat 2.", CASE, True), ("She lives in Flat 2.", None, False)]
)
def test_a_flat_tells_its_own_case_alone(text: str, own: str | None, leaks: bool) -> None:
    """Many live in a flat 2: the words alone are a leak on the page of the case that declares them, and nowhere else."""
    search = LeakSearch({CASE: OTHERWISE.identities()})
    assert bool(found_in(search, text.encode(), own)) is leaks
