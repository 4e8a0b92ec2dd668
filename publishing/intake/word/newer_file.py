"""A newer Word file of a case that is there: its text comes in place of the old one, under the head that the case has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import CaseError, PublishingError, WordRefusedError
from publishing.intake.body import Body
from publishing.intake.case_files import REVIEW
from publishing.intake.cases import split_front_matter
from publishing.intake.register import load_register
from publishing.intake.word.importer import read_document
from redaction import fold_text
from redaction.strict_files import plain_text
from redaction.strict_files.faults import FaultsError, describe_faults


@dataclass(frozen=True, repr=False)
class NewerText:
    """review.md with the newer text. `notes` are what to look at; `undeclared` the names of the file's properties that nobody declared."""

    review: str
    notes: tuple[str, ...]
    undeclared: tuple[str, ...]


def read_newer_file(data: bytes, name: str, folder: Path, headings: Mapping[int, str] | None = None) -> NewerText:
    """What review.md would be with the text of a newer Word file; nothing is written.

    Its facts and lessons stay as they are, and so do the register and whatever was decided.

    Args:
        data: the file's bytes.
        name: the file's name.
        folder: the case's folder.
        headings: what the headings of those numbers are: keys of sections, or WITHIN.

    Raises:
        WordRefusedError: with everything that must be done to the file first.
        UnmappedHeadingsError: with every heading that names no section.
        CaseError: review.md is not such that its text could be exchanged.
        PublishingError: the file's text is the one that is there.
        RegisterError: the register cannot be read.
    """
    read = read_document(data, name, headings)
    try:
        head, body, _ = split_front_matter(plain_text.read_utf8(folder / REVIEW))
    except FaultsError as error:
        raise CaseError(folder.name, describe_faults(error.faults)) from None
    lost = [fault.text for fault in Body(read.body, REVIEW, 1).faults if not fault.unfilled]
    if lost:
        raise WordRefusedError(lost)
    if read.body.strip() == body.strip():
        raise PublishingError(
            f"{folder.name}: nothing was changed: the text of this file is the one that is there already."
        )
    known = set(head.splitlines())
    fresh = [line for line in read.comments.splitlines() if line and line not in known]
    # a heading of notes without any note of its own would only puzzle
    comments = "\n".join(fresh) if any(line.startswith("#   ") for line in fresh) else ""
    register = load_register(folder)
    declared = {fold_text(name) for one in (register.identities() if register else ()) for name in one.names}
    return NewerText(
        "\n".join(("---", head, *([comments] if comments else []), "---", read.body)),
        read.notes,
        tuple(name for name in (*read.named.people, *read.named.companies) if fold_text(name) not in declared),
    )
