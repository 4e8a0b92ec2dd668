"""A .docx for review writers: every standard heading and what belongs under it. The same bytes every time."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

from publishing.errors import PublishingError
from publishing.files import disk_room
from publishing.vocabulary import section_headings

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def write_template(file: Path) -> None:
    """Write the template where there is nothing yet.

    Raises:
        PublishingError: the name is no Word file's, something is there already, or it cannot be written.
    """
    if file.suffix.casefold() != ".docx":
        raise PublishingError("The template is a Word file: give it a name that ends in .docx.")
    try:
        with file.open("xb") as opened:
            opened.write(template_bytes())
    except FileExistsError:
        raise PublishingError(
            "There is a file of that name already: nothing was changed; choose another name."
        ) from None
    except OSError as error:
        unwritten = PublishingError("The template cannot be written there: choose a folder that you may write to.")
        raise disk_room.explain_write_error(error, unwritten, "the folder that you chose") from None


def template_bytes() -> bytes:
    """The template's bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts().items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, _XML + text)
    return held.getvalue()


def _parts() -> dict[str, str]:
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "word/styles.xml": _styles(),
        "word/document.xml": _document(),
    }


def _styles() -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="120"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, before, size in ((1, 480, 36), (2, 360, 30), (3, 240, 26))
    )
    return (
        f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        '<w:sz w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" '
        'w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        f'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>{headings}</w:styles>'
    )


@cache
def guidance() -> dict[str, str]:
    """The guidance that the template gives under each standard heading, by the section's key."""
    text = files("publishing.intake").joinpath("templates", "word.yml").read_text(encoding="utf-8")
    told: dict[str, str] = yaml.safe_load(text)
    return told


def _document() -> str:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{escape(term.title)}</w:t></w:r></w:p>'
        f"<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>{escape(guidance()[key])}</w:t></w:r></w:p>"
        for key, term in section_headings().items()
    )
    return (
        f'<w:document {_W}><w:body>{paragraphs}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" '
        'w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )
