"""Files that are no review in Word, or of which something cannot be read: which words say so, and what to do."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from publishing.errors import WordRefusedError
from publishing.intake.word import importer
from publishing.intake.word.questions import UnmappedHeadingsError
from tests.support.documents import HEADING, made, paragraph, part, raw
from tests.support.word_files import BOLD, bold, cells, heading, lines, told

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SECRET = "Marigold Vexington"
EQUATION = f"<w:p><m:oMath><m:r><m:t>{SECRET}</m:t></m:r></m:oMath></w:p>"
RUBY = f"<w:p><w:ruby><w:rt><w:r><w:t>{SECRET}</w:t></w:r></w:rt></w:ruby></w:p>"


def archive(parts: Mapping[str, str]) -> bytes:
    """A zip of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return held.getvalue()


def stream(name: str) -> bytes:
    """A file of Office before 2007, or an encrypted one, with a stream of that name."""
    return OLE + name.encode("utf-16-le") + b"\0" * 600


def shape(
    wrap: str = "<wp:wrapNone/>",
    fill: str = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>',
    *,
    behind: str = "0",
    kind: str = "cNvSpPr",
) -> str:
    """A shape anchored in a paragraph, as Word draws it."""
    return (
        f'<w:p><w:r><w:t>{SECRET}</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="{behind}">{wrap}'
        f"<a:graphic><a:graphicData><wps:wsp><wps:{kind}/><wps:spPr>{fill}</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip


def old_shape(
    style: str = "position:absolute;z-index:251658240", attributes: str = 'fillcolor="black"', inner: str = ""
) -> str:
    """The same as an older Word draws it."""
    return f'<w:p><w:r><w:t>{SECRET}</w:t></w:r><w:r><w:pict><v:rect style="{style}" {attributes}>{inner}</v:rect></w:pict></w:r></w:p>'


AS_DOCX = "save it as Word Document (.docx)"

KINDS: dict[str, tuple[bytes, str, str]] = {
    "old Word": (stream("WordDocument"), "Word before 2007 (.doc)", AS_DOCX),
    "a password": (stream("EncryptedPackage"), "a password", "take the protection off"),
    "old Excel": (stream("Workbook"), "Excel", "choose the review's .docx"),
    "OpenDocument": (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), ".odt", AS_DOCX),
    "an OpenDocument sheet": (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet", "choose"),
    "rich text": (b"{\\rtf1\\ansi " + SECRET.encode() + b"}", ".rtf", AS_DOCX),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF", "ask whoever wrote the review for its Word file"),
    "nothing": (b"", "is empty (0 bytes)", "fetch it again"),
    "a renamed zip": (archive({"photo.jpg": "x", "review.docx": "x"}), "a zip archive", "unpack it"),
    "Excel": (archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "a spreadsheet", "choose"),
    "Pages": (archive({"Index/Document.iwa": "x"}), "Apple Pages", "Export To, Word"),
    "plain text": (SECRET.encode(), "plain text", "paste it"),
    "a web page": (b"\xef\xbb\xbf\n<html><p>" + SECRET.encode(), "a web page", AS_DOCX),
    "Word's own XML": (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<pkg:package>', "saved as XML", AS_DOCX),
    "a picture": (b"\x89PNG\r\n", "is a picture", "Ask whoever wrote it"),
    "half a file": (raw()[:-300], "is damaged", "open it in Word"),
    "no text": (raw("", heading=""), "no text in it", "scanned pictures"),
    "text without headings": (lines("He was seen each week and nobody asked him why."), "no line that looks like one", "Heading 1 or 2"),
    "headings in a table": (raw(cells([["Summary"], ["He was seen."]]), heading=""), "no line that looks like one", "Convert to Text"),
    "words in a cell that another one covers": (
        raw(f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{paragraph('a')}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph(SECRET)}</w:tc></w:tr></w:tbl>"),
        "could not be read",
        "Where: table 1, row 2, column 1",
    ),
    "an equation": (raw(paragraph("One.") + EQUATION), "could not be read", "Where: paragraph 2 under 'Summary' (heading no. 1)"),
    "an equation in a table": (raw(cells([["a"], ["b"]]) + cells([["a", "b"], ["c", "d"], ["e", RUBY]])), "could not be read", "Where: table 2, row 3, column 2"),
    "an equation in a note": (
        raw("<w:p><w:r><w:t>One</w:t><w:footnoteReference w:id='7'/></w:r></w:p>", parts={"word/footnotes.xml": part("footnotes", f"<w:footnote w:id='7'>{EQUATION}</w:footnote>")}),
        "could not be read",
        "Where: footnote 1",
    ),
    "a black shape": (raw(shape()), "drawn in front of the text (1)", "Where: paragraph 1 under 'Summary' (heading no. 1)"),
    "an old black shape": (raw(old_shape()), "drawn in front of the text (1)", "Where: paragraph 1 under 'Summary' (heading no. 1)"),
    "too many lines": (lines(*["Some line", "He was seen."] * 301, properties=BOLD), "too many to ask about", "Heading 1"),
    "200,000 paragraphs": (raw("<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>" * 200_000), "200,001 paragraphs", "import each as a file of its own"),
    "100,000 cells": (raw(cells([["a"] * 10] * 10_000)), "100,000 cells", "take them out"),
    "more than can be unpacked": (raw(paragraph("He was seen on that day. " * 4) * 200_000), "far more than a review can hold", "import each"),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_file_has_its_own_message_and_way_out(tmp_path: Path, name: str) -> None:
    """Within ten seconds; nothing is written, and no word of the file is repeated."""
    data, what, way = KINDS[name]
    began = time.process_time()
    with pytest.raises(WordRefusedError) as caught:
        importer.import_bytes(data, "review.docx", tmp_path, "cedar-lantern-07")
    assert time.process_time() - began < 10
    (reason,) = caught.value.reasons
    assert what in reason
    assert way in reason
    assert not any(word in str(caught.value) for word in SECRET.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "body",
    [
        shape(wrap="<wp:wrapSquare/>"),
        shape(behind="1"),
        shape(fill="<a:noFill/>"),
        shape(fill='<a:solidFill><a:srgbClr val="FFFF00"><a:alpha val="30000"/></a:srgbClr></a:solidFill>'),
        shape(kind="cNvCnPr"),
        old_shape(style="position:absolute;z-index:-251658240"),
        old_shape(style="width:20pt"),
        old_shape(attributes='filled="f"'),
        old_shape(inner='<w10:wrap xmlns:w10="urn:schemas-microsoft-com:office:word" type="square"/>'),
    ],
)  # fmt: skip
def test_a_shape_that_covers_nothing_passes(tmp_path: Path, body: str) -> None:
    """Beside the text, behind it, seen through, or a line."""
    case = importer.import_bytes(raw(body), "review.docx", tmp_path, "cedar-lantern-07")
    assert SECRET in (case.folder / "review.md").read_text(encoding="utf-8")


ASKED: dict[str, tuple[bytes, list[tuple[int, str]]]] = {
    "a line like the sections' that names none": (made(told("Summary", "Practice stuff", "Findings")), [(2, "")]),
    "lines within a section": (made(told("1. Summary", "Home visits", "2. Findings")), [(2, "within")]),
    "a cover": (made(told("OFFICIAL", "Summary", "Findings")), [(1, "text")]),
    "a plain line that names a section": (lines("Summary", "One.", "Findings", "Two."), [(1, ""), (2, "")]),
    "no line that names one": (lines("Practice stuff", "One.", "Other stuff", "Two.", properties=BOLD), [(1, ""), (2, "")]),
    "a bold line beside real headings": (raw(paragraph("One.") + bold("Findings") + paragraph("Two.")), [(2, "")]),
    "a real heading": (raw(heading("Practice stuff"), heading=HEADING), [(2, "")]),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_may_be_a_heading_is_asked(tmp_path: Path, name: str) -> None:
    """By its number, with the answer that is most likely where it is no section; nothing is written before."""
    data, wanted = ASKED[name]
    with pytest.raises(UnmappedHeadingsError) as caught:
        importer.import_bytes(data, "review.docx", tmp_path, "cedar-lantern-07")
    assert [(asked.number, asked.suggested) for asked in caught.value.questions] == wanted
    assert not list(tmp_path.iterdir())


def test_a_question_repeats_no_word_that_may_be_a_name(tmp_path: Path) -> None:
    """The workbench shows the line, which stays on this machine; a terminal and its scrollback do not."""
    with pytest.raises(UnmappedHeadingsError) as caught:
        importer.import_bytes(made(told("Summary", SECRET)), "review.docx", tmp_path, "cedar-lantern-07")
    (asked,) = caught.value.questions
    assert asked.text == SECRET
    assert not any(word in f"{caught.value!r} {caught.value} {asked!r}" for word in SECRET.split())
