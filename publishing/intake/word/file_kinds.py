"""What a file is that is no .docx, told by how it begins and what it holds, and the way from it to a .docx."""

from __future__ import annotations

import re
from collections.abc import Collection

_SAVE = "open it in Word or LibreOffice, save it as Word Document (.docx), and import that"
DAMAGED = "the file is damaged or is no .docx: open it in Word, save it as a new .docx, and try again"
LOCKED = (
    "the file is protected by a password or by rights management: in Word, File, Info, Protect Document, "
    "take the protection off, save it as .docx, and import that"
)
_EMPTY = (
    "the file is empty (0 bytes), so it was not copied or downloaded whole: fetch it again from where it is kept, and see "
    "that it opens in Word"
)
_OLD = f"the file is in the format of Word before 2007 (.doc): {_SAVE}"
_OTHER_OFFICE = "the file is an older Excel, PowerPoint or Outlook file, not a Word document: choose the review's .docx"
_PDF = (
    "the file is a PDF: ask whoever wrote the review for its Word file. If there is none, open the PDF in Word, compare every "
    "line with it, as Word may read some wrongly, and save it as .docx"
)
_RTF = f"the file is rich text (.rtf): {_SAVE}"
_ODT = f"the file is an OpenDocument text (.odt), as LibreOffice and Google Docs write it: {_SAVE}"
_WEB = f"the file is a web page (.html or .mht), whatever its name says: {_SAVE}"
_XML = f"the file is a Word document saved as XML: {_SAVE}"
_PICTURE = "the file is a picture: the text of the review is needed. Ask whoever wrote it for its Word file"
_TEXT = "the file is plain text, whatever its name says: paste it into a new Word document, give its headings a style, and save it"
_SHEET = "the file is a spreadsheet or a slide show, not a Word document: choose the review's .docx"
_PAGES = "the file is from Apple Pages: in Pages, File, Export To, Word, and import that"
_ARCHIVE = (
    "the file is a zip archive, not a Word document, whatever its name says: unpack it and choose the .docx in it"
)

_BEGINNINGS = (
    (rb"%PDF-", _PDF),
    (rb"\{\\rtf", _RTF),
    (rb"<\?xml[^>]*>\s*(<\?mso-application[^>]*>\s*)?<(pkg:package|w:wordDocument)", _XML),
    (rb"(<!doctype\s+html|<html|MIME-Version:|<\?xml[^>]*>\s*<!doctype\s+html)", _WEB),
    (rb"(\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*)", _PICTURE),
)
_OLE = b"\xd0\xcf\x11\xe0"
"""How every file of Office before 2007 begins, and every one that is encrypted (MS-CFB, 2.2)."""
_STREAMS = (("EncryptedPackage", LOCKED), ("WordDocument", _OLD), ("Workbook", _OTHER_OFFICE),
            ("PowerPoint Document", _OTHER_OFFICE), ("__properties_version1.0", _OTHER_OFFICE))  # fmt: skip
_PARTS = (("xl/workbook.xml", _SHEET), ("ppt/presentation.xml", _SHEET), ("Index/Document.iwa", _PAGES))
_START = 2_000
"""Bytes in which a file says what it is."""


def explain_other_file(data: bytes) -> str:
    """Why a file that is no zip cannot be imported, and what to do; nothing if it may be a .docx."""
    if not data:
        return _EMPTY
    if data.startswith(_OLE):
        return next((words for name, words in _STREAMS if name.encode("utf-16-le") in data), LOCKED)
    start = data[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    found = next((words for form, words in _BEGINNINGS if re.match(form, start, re.IGNORECASE)), "")
    return found or (_TEXT if _is_text(data) else "")


def explain_other_zip(names: Collection[str], mimetype: bytes) -> str:
    """Why a zip without a Word document in it cannot be imported; `mimetype` is what OpenDocument files begin with."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return _ODT
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return _SHEET
    found = next((words for part, words in _PARTS if part in names), "")
    return found or (DAMAGED if "[Content_Types].xml" in names else _ARCHIVE)


def _is_text(data: bytes) -> bool:
    try:
        text = data[: 100 * _START].decode("utf-8", errors="ignore" if len(data) > 100 * _START else "strict")
    except UnicodeDecodeError:
        return False
    return not data.startswith(b"PK") and "\0" not in text
