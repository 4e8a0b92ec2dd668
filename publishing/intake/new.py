"""`candour new`: an empty case that explains itself."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from string import Template

from publishing import settings
from publishing.errors import CaseError
from publishing.files import disk_room
from publishing.files.shipped_data import load_shipped_yaml
from publishing.intake.case_files import REVIEW
from publishing.intake.cases import case_folders, is_case_name
from publishing.vocabulary import exact_terms, section_headings, vocabulary
from redaction import REGISTER, ROLES
from redaction.strict_files import plain_text
from redaction.strict_files.faults import FaultsError

Rewrite = Callable[[str, str], str]

_REFERENCE = re.compile(r"^public_id:\s*[\"']?(\d{4})-(\d{3})\b", re.MULTILINE | re.ASCII)


def create_case(reviews: Path, case: str, change: Rewrite = lambda name, text: text) -> Path:
    """Make a case folder with a commented review.md (a draft) and register.yml; returns the folder.

    Args:
        reviews: the reviews folder; made if need be.
        case: the new folder's name.
        change: what is done to each file's text, by its name, before it is written.

    Raises:
        CaseError: the name cannot be a case's, or there is something of that name already.
    """
    _refuse_impossible_name(case)
    folder = reviews / case
    texts: dict[str, str] = {}
    try:
        # whoever else uses this machine has no business in it
        reviews.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_taken_name(reviews, case)
        # the whole folder is written before the case is there: a killed process leaves no half of one
        with tempfile.TemporaryDirectory(prefix=".new-", dir=reviews) as place:
            made = Path(place) / case
            made.mkdir()
            texts = new_case_files(reviews, change)
            for name, text in texts.items():
                (made / name).write_text(text, encoding="utf-8", newline="\n")
            os.rename(made, folder)
    except FileExistsError:
        raise CaseError(case, [_TAKEN]) from None
    except OSError as error:
        unwritten = CaseError(case, ["its folder cannot be written: check that you may write to the reviews folder"])
        raise disk_room.explain_write_error(error, unwritten, need=sum(map(len, texts.values()))) from None
    return folder


_TAKEN = "there is a case of this name already: nothing was changed; choose another name"


def refuse_taken_name(reviews: Path, case: str, but: str = "") -> None:
    """Refuse a name that cannot be a case's, or that another case has than the one of the name `but`.

    Raises:
        CaseError: with the reason.
    """
    _refuse_impossible_name(case)
    if (reviews / case).exists() or (reviews / case).is_symlink():
        raise CaseError(case, [_TAKEN])
    # two names that differ in capitals alone are one folder on Windows and on a Mac
    others = [folder.name for folder in case_folders(reviews) if folder.name != but]
    if case.casefold() in map(str.casefold, others):
        raise CaseError(
            case,
            [
                "there is a case whose name differs in capitals alone, which is the same folder on Windows and on a Mac: "
                "choose another name"
            ],
        )


def _refuse_impossible_name(case: str) -> None:
    if not is_case_name(case):
        raise CaseError(
            "The new case",
            ["a name holds letters, digits, spaces, hyphens, underscores and dots, such as cedar-lantern-07"],
        )


def propose_name(reviews: Path) -> str:
    """A name for a new case that says nothing of it and that no case has, such as cedar-lantern-07."""
    words = load_shipped_yaml("publishing.intake", "case_names.yml")
    taken = {folder.name.casefold() for folder in case_folders(reviews)} if reviews.is_dir() else set()
    while True:
        name = f"{secrets.choice(words['first'])}-{secrets.choice(words['second'])}-{secrets.randbelow(99) + 1:02}"
        if name not in taken:
            return name


def new_case_files(reviews: Path, change: Rewrite = lambda name, text: text) -> dict[str, str]:
    """The two files of a new case: their names and texts."""
    words = {"public_id": _free_reference(reviews), "roles": ", ".join(ROLES), **_template_choices()}
    return {name: change(name, _fill_template(name, words)) for name in (REVIEW, REGISTER)}


def _fill_template(name: str, words: dict[str, str]) -> str:
    template = files("publishing.intake").joinpath("templates", name).read_text(encoding="utf-8")
    return Template(template).substitute(words)


def _template_choices() -> dict[str, str]:
    choices = {name: " | ".join(exact_terms(name)) for name in vocabulary()}
    return {**choices, "sections": ", ".join(term.title for term in section_headings().values())}


def _free_reference(reviews: Path) -> str:
    """A public reference of this year, drawn from those that no case has and no withdrawn review had.

    Drawn, since numbers in a row would tell by their gaps how many cases are not published. Faulty cases count too: they
    will be mended.
    """
    year = settings.today().year
    used = set(re.findall(rf"\b{year}-(\d{{3}})\b(?!-)", _withdrawals_text(reviews), re.ASCII))
    for folder in case_folders(reviews) if reviews.is_dir() else ():
        try:
            text = plain_text.read_utf8(folder / REVIEW)
        except FaultsError:
            continue
        used |= {number for of, number in _REFERENCE.findall(text) if int(of) == year}
    free = sorted({f"{number:03}" for number in range(1, 1000)} - used)
    if not free:
        raise CaseError("The new case", [f"every public reference of {year} is taken"])
    return f"{year}-{secrets.choice(free)}"


def _withdrawals_text(reviews: Path) -> str:
    """The record of withdrawals as it is, however broken."""
    try:
        return (reviews / settings.WITHDRAWALS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError:
        raise CaseError(
            "The new case",
            [f"{settings.WITHDRAWALS} cannot be read, so no reference is known to be free: check that you may read it"],
        ) from None
