"""statement.md: what a family wrote, and asked to have published with the review of the case; optional.

It becomes a section of the review, so it is redacted, checked and signed with the rest.
"""

from __future__ import annotations

from pathlib import Path

from publishing import prose
from publishing.intake.lost_words import find_lost_words
from publishing.intake.source_text import SourceText
from publishing.reviews import Section
from publishing.vocabulary import terms
from redaction.strict_files import plain_text
from redaction.strict_files.faults import Fault, FaultsError

_SECTION = "family-statement"
STATEMENT = str(terms("sections")[_SECTION].file)


def load_statement(folder: Path) -> tuple[tuple[Section, ...], list[Fault]]:
    """The statement as a section, and the file's faults; nothing where there is no file."""
    path = folder / STATEMENT
    if not path.is_symlink() and not path.exists():
        return (), []
    try:
        text = plain_text.read_utf8(path)
    except FaultsError as error:
        return (), list(error.faults)
    written = SourceText(text, STATEMENT)
    if faults := [*written.oversizes()] or find_lost_words(written):
        return (), faults
    blocks = prose.blocks(text)
    if not blocks:
        return (), [Fault(STATEMENT, None, "is empty: write what the family said, or delete the file")]
    if any(prose.is_heading(block.text) or prose.note_label(block.text) for block in blocks):
        return (), [
            Fault(STATEMENT, None, "has a heading or a footnote: a statement is plain paragraphs, so take it out")
        ]
    return (Section(key=_SECTION, blocks=blocks),), []
