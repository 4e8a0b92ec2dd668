"""Word files for tests: by python-docx, and by hand where it cannot write what Word does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Berschrift2"><w:name w:val="Kapitel"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)
HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Summary</w:t></w:r></w:p>'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def part(name: str, inner: str) -> str:
    """A whole XML part of WordprocessingML."""
    return f'<?xml version="1.0"?><w:{name} {_NAMES}>{inner}</w:{name}>'


def raw(
    body: str = paragraph("Words."), *, parts: Mapping[str, str | bytes] | None = None, heading: str = HEADING
) -> bytes:
    """A .docx by hand: a body under the heading Summary, and whatever other parts."""
    held = io.BytesIO()
    rels = "".join(
        f'<Relationship Id="r{number}" Type="{R}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(("styles", "footnotes", "endnotes", "settings", "numbering"))
        if kind == "styles" or f"word/{kind}.xml" in (parts or {})
    )
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_P}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": (
            f'<Relationships xmlns="{_P}/relationships"><Relationship Id="r1" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_P}/relationships">{rels}</Relationships>',
        "word/styles.xml": part("styles", STYLES),
        "word/document.xml": part("document", f"<w:body>{heading}{body}</w:body>"),
        **(parts or {}),
    }
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in whole.items():
            package.writestr(name, text)
    return held.getvalue()


def made(document: docx.document.Document) -> bytes:
    """A python-docx document's bytes, without the hundred styles of tables that its template has and nothing uses."""
    used = {used.get(f"{{{W}}}val") for used in document.element.iter(f"{{{W}}}tblStyle")}
    styles = {style.get(f"{{{W}}}styleId"): style for style in document.styles.element.iter(f"{{{W}}}style")}
    for name in list(used):
        while name in styles and (based := styles[name].find(f"{{{W}}}basedOn")) is not None:
            used.add(name := based.get(f"{{{W}}}val"))
    for name, style in styles.items():
        if style.get(f"{{{W}}}type") == "table" and not style.get(f"{{{W}}}default") and name not in used:
            document.styles.element.remove(style)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def element(xml: str) -> Any:
    """An element for a python-docx document, with the namespaces that Word uses."""
    name, end, rest = xml.partition(">")
    return parse_xml(f"{name.removesuffix('/')} {_NAMES}{'/' if name.endswith('/') else ''}{end}{rest}")
