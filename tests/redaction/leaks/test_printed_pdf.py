"""PDFs as Chromium writes them: read by their fonts' own tables; whatever departs from that form is refused."""

from __future__ import annotations

import re
import zlib

import pytest

from redaction import Register
from redaction.leaks.budget import UnpackingError
from redaction.leaks.search import LeakSearch
from redaction.leaks.unpacking import unpack

SEARCH = LeakSearch(
    {
        "umber-pantry-71": Register.parse(
            "format: 1\npeople: [{role: victim, names: [Darren Whitlock]}, {role: witness, names: [Griffin Zahra]}]\n"
        ).identities()
    }
)
FIRST = 3
"""The number of the letter A in the font below; others follow in the order of their code points."""


def glyphs(text: str) -> str:
    """The numbers of letters, as they are drawn."""
    return "".join(f"{ord(letter) - ord('A') + FIRST + 32:04X}" for letter in text)


def table(*lines: str) -> bytes:
    """The table of a font: what letters its numbers stand for."""
    return (
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + "".join(f"{line}\n" for line in lines)
    ).encode()


LETTERS = table(
    "1 beginbfrange", f"<{FIRST:04X}> <{FIRST + 90:04X}> <0021>", "endbfrange",
    "2 beginbfchar", "<0002> <0020>", "<0900> <FB03>", "endbfchar",
)  # fmt: skip


def printed(content: str, letters: bytes = LETTERS, more: bytes = b"") -> bytes:
    """A PDF of one page, as Chromium writes it."""
    packed, letters = zlib.compress(content.encode()), zlib.compress(letters)
    objects = (
        b"<</Title (A report)\n/Producer (Skia/PDF m150)>>",
        b"<</Type /Page\n/Resources <</Font <</F3 3 0 R>>>>\n/Contents 4 0 R>>",
        b"<</Type /Font\n/Subtype /Type0\n/BaseFont /AAAAAA+Sans\n/Encoding /Identity-H\n/DescendantFonts [6 0 R]\n/ToUnicode 5 0 R>>",
        b"<</Filter /FlateDecode\n/Length %d>> stream\n%s\nendstream" % (len(packed), packed),
        b"<</Filter /FlateDecode\n/Length %d>> stream\n%s\nendstream" % (len(letters), letters),
        b"<</Type /Font\n/Subtype /CIDFontType2\n/CIDToGIDMap /Identity>>" + more,
    )
    data, places = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return (
        data
        + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<</Size 7\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            listed,
            start,
        )
    )


def shown(text: str, font: str = "F3") -> str:
    """A text in one piece, its spaces as the font has them."""
    return f"BT\n/{font} 12 Tf\n1 0 0 -1 0 13 Tm\n<{'0002'.join(map(glyphs, text.split(' ')))}> Tj\nET\n"


NAMES = {
    "in one piece": shown("Darren Whitlock"),
    "letter by letter": "BT\n/F3 12 Tf\n" + "".join(f"5.9 0 Td <{glyphs(x)}> Tj\n" for x in "Whitlock") + "ET\n",
    "kerned": f"BT\n/F3 12 Tf\n[<{glyphs('Whit')}> -20 <{glyphs('lock')}>] TJ\nET\n",
    "on two lines": shown("Darren") + shown("Whitlock"),
    "half of it bold": shown("Whit") + shown("lock"),
    "with a ligature": f"BT\n/F3 12 Tf\n<{glyphs('Gri')}0900{glyphs('n')}0002{glyphs('Zahra')}> Tj\nET\n",
    "in a font that was set aside meanwhile": f"/F3 12 Tf\nq\nQ\nBT\n<{glyphs('Whitlock')}> Tj\nET\n",
    "in other words": shown("Nobody") + "/Span<</ActualText (Darren Whitlock) >> BDC\nEMC\n",
    "in other words, in UTF-16": shown("Nobody")
    + f"/Span<</ActualText <FEFF{'Darren Whitlock'.encode('utf-16-be').hex()}> >> BDC\nEMC\n",
}


@pytest.mark.parametrize("content", NAMES.values(), ids=NAMES)
def test_a_name_that_is_drawn_is_found(content: str) -> None:
    """However its letters are put on the page; other words are no leak."""
    assert SEARCH.bytes(printed(content))
    assert SEARCH.bytes(printed(shown("Somebody else"))) == ()


SOUND = printed(shown("Nothing here"))
OTHER = {
    "another program's": SOUND.replace(b"Skia/PDF m150", b"LibreOffice 7"),
    "another version": SOUND.replace(b"%PDF-1.4", b"%PDF-1.7"),
    "a letter without a name": printed("BT\n/F3 12 Tf\n<0901> Tj\nET\n"),
    "a font that is no longer set": printed(f"q\n/F3 12 Tf\nQ\nBT\n<{glyphs('A')}> Tj\nET\n"),
    "half a letter": printed("BT\n/F3 12 Tf\n<00> Tj\nET\n"),
    "a font that is not there": printed(shown("Nothing", "F9")),
    "a font by another name": SOUND.replace(b"/F3 3 0 R", b"/F3 4 0 R"),
    "a font without a table": SOUND.replace(b"/ToUnicode 5 0 R", b"/ToUnicode 7 0 R"),
    "a table that names a list": printed(
        shown("A"), LETTERS + b"1 beginbfrange\n<0001> <0002> [<0041> <0042>]\nendbfrange\n"
    ),
    "an encoding of its own": SOUND.replace(b"/Identity-H", b"/Identity-V"),
    "glyphs that are drawings": printed(shown("A"), more=b"<</Type /Font\n/Subtype /Type3>>"),
    "a picture": printed(shown("A"), more=b"<</Subtype /Image>>"),
    "a picture by another spelling": printed(shown("A"), more=b"<</Subtype /Im#61ge>>"),
    "a font that comes with a state": printed(shown("A"), more=b"<</Type /ExtGState\n/Font [3 0 R 12]>>"),
    "letters counted from others": printed(shown("A"), more=b"<</DecodeParms <</Predictor 12>>>>"),
    "another way to pack": SOUND.replace(b"/FlateDecode", b"/LZWDecode00"[:12], 1),
    "strings of another operator": printed(shown("A").replace("> Tj", "> '")),
    "letters as they are": printed("BT\n/F3 12 Tf\n(Nothing) Tj\nET\n"),
    "a picture within a page": printed("BI\n/W 1 ID\nEI\n"),
    "letters never drawn": printed(f"BT\n/F3 12 Tf\n<{glyphs('A')}>\n"),
    "something between objects": SOUND.replace(b"\n3 0 obj", b"\n% more\n3 0 obj"),
    "something at its end": SOUND + b"more",
    "an object twice": SOUND.replace(b"\n2 0 obj", b"\n3 0 obj"),
    "an object listed elsewhere": re.sub(rb"\d{9}(\d) 00000 n", rb"000000001\1 00000 n", SOUND),
    "locked": SOUND.replace(b"/Info 1 0 R", b"/Encrypt 1 0 R"),
}


def test_the_form_itself_can_be_read() -> None:
    """Of which the others are near misses."""
    assert SEARCH.bytes(SOUND) == ()


def test_an_address_with_a_sign_of_numbers_is_no_spelling() -> None:
    """Links of a page lead to its parts."""
    assert SEARCH.bytes(printed(shown("A"), more=b"<</URI (https://example.org/lessons/#risk)>>")) == ()


def test_numbers_of_letters_are_not_read_as_letters() -> None:
    """Else they would be somebody's initials: a build of the samples was stopped by twenty such."""
    told = [part.text.split() for part in unpack(SOUND) if part.how == "in a PDF"]
    assert told == [["A", "report", "Skia/PDF", "m150"]]


@pytest.mark.parametrize("data", OTHER.values(), ids=OTHER)
def test_whatever_departs_from_the_form_is_refused(data: bytes) -> None:
    """Its letters might not be what its table says."""
    assert data != SOUND
    with pytest.raises(UnpackingError):
        SEARCH.bytes(data)
