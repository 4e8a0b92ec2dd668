"""A letter in plain words for victim liaison to start from, as a Word file: what is known is filled in, the rest is marked."""

from __future__ import annotations

import datetime as dt
import re
from xml.sax.saxutils import escape

from jinja2 import Environment

from publishing.intake.word.plain_file import write_plain_file
from publishing.site import phrasing, site_options
from publishing.site.environments import make_environment
from publishing.site.support import load_support

_GAP = re.compile(r"(\[\[.*?\]\])")
_STYLES = {"# ": "Heading2", "## ": "Heading3"}
_LIST = '<w:pPr><w:spacing w:after="80"/><w:ind w:left="425" w:hanging="425"/></w:pPr>'
_HINT = "<w:pPr><w:pBdr>{}</w:pBdr></w:pPr>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="6" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right")
    )
)


def write_letter(public_id: str, publish_on: dt.date, today: dt.date) -> bytes:
    """The letter as a .docx. It is told the reference and the day alone: nothing of a review or a register can be in it."""
    options = site_options.load_site_options()
    contact = options.contacts.get("corrections")
    text = (
        _environment()
        .get_template("letter.txt.j2")
        .render(
            public_id=public_id,
            publish_on=publish_on,
            today=today,
            contact=contact.text if contact else "",
            support=load_support(),
        )
    )
    return write_plain_file("".join(_paragraph(line) for line in text.splitlines() if line.strip()))


def _paragraph(line: str) -> str:
    mark, space, rest = line.partition(" ")
    start = mark + space
    if start in _STYLES:
        return f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[start]}"/></w:pPr>{_runs(rest)}</w:p>'
    if start == "- ":
        return f"<w:p>{_LIST}<w:r><w:t>•</w:t><w:tab/></w:r>{_runs(rest)}</w:p>"
    if start == "! ":
        return f"<w:p>{_HINT}{_runs(rest)}</w:p>"
    return f"<w:p>{_runs(line)}</w:p>"


def _runs(text: str) -> str:
    """Words, and gaps to fill in: in brackets and in yellow, so that they stand out on screen and on paper."""
    found = []
    for piece in filter(None, _GAP.split(text)):
        gap = piece.startswith("[[")
        words = piece[1:-1] if gap else piece
        shade = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>' if gap else ""
        found.append(f'<w:r>{shade}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>')
    return "".join(found)


def _environment() -> Environment:
    # the text is no HTML; every word of it is escaped as it is written
    found = make_environment("templates/family", autoescape=False)
    found.filters["day"] = phrasing.format_day
    return found
