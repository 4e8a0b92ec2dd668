"""A .docx for review writers: every standard heading and what belongs under it. The same bytes every time."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from publishing.errors import PublishingError
from publishing.files import new_files
from publishing.files.shipped_data import load_shipped_yaml
from publishing.intake.word.plain_file import write_plain_file
from publishing.vocabulary import section_headings


def write_template(file: Path) -> None:
    """Write the template where there is nothing yet.

    Raises:
        PublishingError: the name is no Word file's, something is there already, or it cannot be written.
    """
    if file.suffix.casefold() != ".docx":
        raise PublishingError("The template is a Word file: give it a name that ends in .docx.")
    new_files.write_new(file, template_bytes(), 0o666)


def template_bytes() -> bytes:
    """The template's bytes."""
    return write_plain_file(
        "".join(
            f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{escape(term.title)}</w:t></w:r></w:p>'
            f"<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>{escape(guidance()[key])}</w:t></w:r></w:p>"
            for key, term in section_headings().items()
        )
    )


@cache
def guidance() -> dict[str, str]:
    """The guidance that the template gives under each standard heading, by the section's key."""
    told: dict[str, str] = load_shipped_yaml("publishing.intake", "templates", "word.yml")
    return told
