"""Pieces of Word files as people make them: typed headings, fields, tables and boxes."""

from __future__ import annotations

from collections.abc import Sequence

import docx

from tests.support.documents import paragraph, raw

BOLD = "<w:rPr><w:b/></w:rPr>"


def heading(text: str, level: int = 1) -> str:
    """A heading in its style."""
    style = f"<w:pPr><w:pStyle w:val='Heading1'/><w:outlineLvl w:val='{level - 1}'/></w:pPr>"
    return f"<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>"


def bold(text: str) -> str:
    """A line in bold."""
    return paragraph(text, BOLD)


def lines(*texts: str, properties: str = "") -> bytes:
    """A file of lines that look like headings, each with the paragraph after it, and no heading's style."""
    return raw("".join(paragraph(text, "" if n % 2 else properties) for n, text in enumerate(texts)), heading="")


def told(*headings: str) -> docx.document.Document:
    """A document of bold lines, a paragraph under each."""
    document = docx.Document()
    for text in headings:
        document.add_paragraph().add_run(text).bold = True
        document.add_paragraph("Text.")
    return document


def simple_field(instruction: str, shown: str, *, nested: bool = False) -> str:
    """A field in its short form; what it shows may be another field."""
    inner = shown if nested else f"<w:r><w:t>{shown}</w:t></w:r>"
    return f"<w:fldSimple w:instr=' {instruction} '>{inner}</w:fldSimple>"


def complex_field(instruction: str, shown: str) -> str:
    """A field in its long form."""
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    return (
        f"{mark('begin')}<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r>{mark('separate')}"
        f"<w:r><w:t xml:space='preserve'>{shown}</w:t></w:r>{mark('end')}"
    )


def cells(rows: Sequence[Sequence[str]]) -> str:
    """A table; a cell may hold another."""
    filled = (
        "".join(
            f"<w:tc>{cell if cell.startswith('<w:') else paragraph(cell)}{'<w:p/>' if cell.startswith('<w:') else ''}</w:tc>"
            for cell in row
        )
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in filled)}</w:tbl>"


def box(text: str) -> str:
    """A paragraph that only holds a text box."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return f"<w:p><w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r></w:p>"
