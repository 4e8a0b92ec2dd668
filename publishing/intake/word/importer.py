"""`candour import`: a review in Word becomes a case: review.md in standard sections, and register.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import WordRefusedError
from publishing.intake.new import create_case
from publishing.intake.word import package as word_package
from publishing.intake.word.fields import show_fields
from publishing.intake.word.front_sheet import read_front_sheet, with_facts
from publishing.intake.word.headings import mark_typed_headings
from publishing.intake.word.properties import NamedInProperties, read_properties
from publishing.intake.word.refusals import inspect
from publishing.intake.word.sections import Sections
from publishing.intake.word.styles import Styles
from publishing.intake.word.text import read_word_text
from publishing.vocabulary import counted
from redaction import REGISTER
from redaction.strict_files.plain_text import CONTROL


@dataclass(frozen=True)
class Imported:
    """A new case, and what whoever imported it should know; no word of the review is in a note."""

    folder: Path
    notes: tuple[str, ...]


def import_case(file: Path, reviews: Path, case: str, headings: Mapping[int, str] | None = None) -> Imported:
    """Make a case from a .docx: a draft whose facts are still to be filled in.

    Args:
        file: the Word file; its name matters for macros alone.
        reviews: the reviews folder; made if need be.
        case: the new case's name.
        headings: what the headings of those numbers are: keys of sections, WITHIN or TEXT; WITHIN or TEXT under OTHERS for
            all that are asked about and not named.

    Raises:
        WordRefusedError: with everything that must be done to the file first.
        UnmappedHeadingsError: with every heading that names no section, and every line that may be one.
        CaseError: the name cannot be a case's, or there is something of that name already.
    """
    return import_bytes(word_package.read_docx(file), file.name, reviews, case, headings)


def import_bytes(
    data: bytes, name: str, reviews: Path, case: str, headings: Mapping[int, str] | None = None
) -> Imported:
    """The same from a file's bytes."""
    read = read_document(data, name, headings)

    def change(file: str, text: str) -> str:
        if file == REGISTER:
            return read.named.declared_in(text)
        head, _, _ = text.rpartition("---\n## Summary\n")
        return f"{with_facts(head, read.facts)}{read.comments}---\n{read.body}"

    folder = create_case(reviews, case, change)
    return Imported(folder, (*read.notes, *read.named.notes(), *_note_facts(read.facts)))


@dataclass(frozen=True, repr=False)
class ReadDocument:
    """What a Word file says: the body of review.md, private notes for its head, what to look at, and whom its properties name.

    `facts` are those that its front sheet states, by their fields.
    """

    body: str
    comments: str
    notes: tuple[str, ...]
    named: NamedInProperties
    facts: Mapping[str, str]


def read_document(data: bytes, name: str, headings: Mapping[int, str] | None = None) -> ReadDocument:
    """Read a file's bytes; nothing is written.

    Raises:
        WordRefusedError: with everything that must be done to the file first.
        UnmappedHeadingsError: with every heading that names no section, and every line that may be one.
    """
    package = word_package.unpack(data)
    show_fields(package)
    mark_typed_headings(package, Styles(package))
    found = inspect(package, name)
    if found.refused:
        raise WordRefusedError(found.refused)
    named = read_properties(package)
    sections = Sections(read_word_text(package), dict(headings or {}))
    body = sections.markdown()
    comments = "".join(_comments(sections.cover, sections.text.around))
    return ReadDocument(body, comments, (*found.told, *sections.notes()), named, read_front_sheet(sections.cover))


def _note_facts(facts: Mapping[str, str]) -> Iterator[str]:
    if facts:
        yield f"{counted(len(facts), 'fact')} on its front sheet {'is' if len(facts) == 1 else 'are'} filled in already: check each under Facts"


def _comments(cover: Sequence[str], around: Sequence[str]) -> Iterator[str]:
    """Lines of the cover, headers and footers as notes in the front matter: private, and never part of the review."""
    for heading, lines in (("before its first section", cover), ("in its headers and footers", around)):
        plain = [" ".join(CONTROL.sub("", line).split()) for line in lines]
        if any(plain):
            yield f"\n# What the Word file says {heading}. Not part of the review; declare its names in register.yml:\n"
            yield from (f"#   {line}\n" for line in plain if line)
