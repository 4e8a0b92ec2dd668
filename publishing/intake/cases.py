"""A case folder becomes a Review, or a list of everything that is wrong with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.errors import CaseError, PublishingError, UnfilledCaseError, UnreadableRegisterError
from publishing.intake import front_matter, rewrites, rules, statements, strict_model, updates
from publishing.intake.body import Body
from publishing.intake.case_files import REVIEW
from publishing.intake.decisions_file import DECISIONS, NOTHING_DECIDED, DecisionsFile, read_decisions
from publishing.intake.front_matter import FrontMatter
from publishing.intake.kept_cases import KeptCases, SoundCase
from publishing.intake.register import load_register
from publishing.intake.slow_cases import name_while_slow
from publishing.owners import spell_owner
from publishing.progress import track
from publishing.reviews import Disclosure, KeyFacts, Lesson, Review, ReviewText, Update
from redaction import REGISTER, Register, RegisterError
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import Fault, FaultsError, describe_faults

_NAME = re.compile(r"[^\W_][\w .-]*(?<![ .])|_[\w .-]*(?<![ .])")

_LONGEST = 200
"""Characters of a name that every file system takes."""

_NOT_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)

_FENCE = "---"


@dataclass(frozen=True)
class Intake:
    """Every case of a reviews folder: those that can be used, those that can't, and every register.

    `unfilled` are drafts with which nothing is wrong but that fields of them are still empty: they are no hindrance.
    `decided` are the decisions of those that can be used, by case. `registers` holds the faulty cases' too, by the folder's
    name: their names must be guarded against although nothing else of them is used.
    """

    reviews: tuple[Review, ...]
    unfilled: tuple[CaseError, ...]
    faulty: tuple[CaseError, ...]
    decided: Mapping[str, DecisionsFile]
    registers: Mapping[str, Register]


def case_folders(reviews: Path) -> list[Path]:
    """Every case's folder, by name. Hidden folders, and plain files beside the cases, are none.

    Raises:
        PublishingError: there is no such folder.
    """
    if (reviews / REVIEW).is_file():
        raise PublishingError(
            "The reviews folder that was given is the folder of one case: give the folder that holds it, with --reviews DIR"
        )
    try:
        return sorted(path for path in reviews.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        raise PublishingError(
            "The reviews folder is not there or cannot be read: "
            "make it with candour new CASE, or name another with --reviews DIR"
        ) from None


def is_case_name(name: str) -> bool:
    """Whether a name may be a case's: letters, digits, spaces, hyphens, underscores, dots; on every system."""
    return (
        len(name) <= _LONGEST and bool(_NAME.fullmatch(name)) and name.split(".")[0].casefold() not in _NOT_ON_WINDOWS
    )


def load_case(folder: Path) -> Review:
    """Read one case.

    Raises:
        CaseError: with every fault of it; UnfilledCaseError where it is a draft and all of them are empty fields.
        RegisterError: its register cannot be read.
    """
    read = _read_case(folder, load_register(folder))
    if read.review is None:
        raise _case_error(folder.name, read)
    return read.review


def load_text(folder: Path) -> ReviewText:
    """What of a case can be read and decided about, whatever is still missing at its head.

    Raises:
        CaseError: with every fault of it, where there is no text, or it or what was decided cannot be understood whole.
        RegisterError: its register cannot be read.
    """
    read = _read_case(folder, load_register(folder))
    if read.text is None:
        raise _case_error(folder.name, read)
    return read.text


def load_every_case(
    reviews: Path, tell: Callable[[str], None] = lambda line: None, kept: KeptCases | None = None
) -> Intake:
    """Read every case of a folder; `tell` gets a line each minute that names a case which takes so long.

    With `kept`, a case whose files have not changed since is taken from there, and nothing else is left in it.

    Raises:
        PublishingError: there is no such folder.
        UnreadableRegisterError: a register cannot be read, with every such case and every fault of all cases.
    """
    problems: dict[str, str] = {}
    found: dict[str, Register] = {}
    cases: dict[str, _ReadCase] = {}
    for folder in track("reading cases", case_folders(reviews)):
        try:
            register = load_register(folder)
        except RegisterError as error:
            problems[_printable(folder.name)] = str(error)
            register = None
        if register is not None:
            found[folder.name] = register
        with name_while_slow(_printable(folder.name), tell):
            cases[folder.name] = _read_unless_kept(folder, register, kept) if kept else _read_case(folder, register)
    if kept:
        kept.drop_unused()
    cases = dict(_refuse_shared_ids(cases))
    left = {name: case for name, case in cases.items() if not case.review}
    faulty = tuple(_case_error(name, case) for name, case in left.items() if not case.unfilled)
    if problems:
        raise UnreadableRegisterError(problems, [str(error) for error in faulty])
    return Intake(
        reviews=tuple(case.review for case in cases.values() if case.review),
        unfilled=tuple(_case_error(name, case) for name, case in left.items() if case.unfilled),
        faulty=faulty,
        decided={name: case.decided for name, case in cases.items() if case.review},
        registers=found,
    )


def _read_unless_kept(folder: Path, register: Register | None, kept: KeptCases) -> _ReadCase:
    """A case as it was read before, if its files are what they were; else as it is read now, and kept if it has no fault."""
    if any(_folder_faults(folder)):
        return _read_case(folder, register)
    key = kept.key(folder)
    if sound := kept.find(key):
        review = sound.review.model_copy(update={"declared": register})
        return _ReadCase(review, (), review.public_id, review.status, decided=sound.decided)
    case = _read_case(folder, register)
    # what was written meanwhile is read again the next time
    if case.review and kept.key(folder) == key:
        kept.put(key, SoundCase(review=case.review, decided=case.decided))
    return case


def load_decisions(folder: Path) -> DecisionsFile:
    """What decisions.yml says; nothing where there is none.

    Raises:
        CaseError: with every fault of the file.
    """
    file, faults = read_decisions(folder)
    if faults:
        raise CaseError(_printable(folder.name), describe_faults(faults))
    return file


@dataclass(frozen=True)
class _ReadCase:
    """What could be read: a review, or faults; its text and the public reference wherever these could be understood."""

    review: Review | None
    faults: tuple[Fault, ...]
    public_id: str | None
    status: str | None = None
    text: ReviewText | None = None
    decided: DecisionsFile = NOTHING_DECIDED

    @property
    def unfilled(self) -> bool:
        """Whether it is a draft of which fields are still empty, and nothing else is wrong."""
        return self.status == "draft" and bool(self.faults) and all(fault.unfilled for fault in self.faults)


def _case_error(name: str, case: _ReadCase) -> CaseError:
    kind = UnfilledCaseError if case.unfilled else CaseError
    return kind(_printable(name), describe_faults(case.faults))


def _read_case(folder: Path, register: Register | None) -> _ReadCase:
    faults = list(_folder_faults(folder))
    decided, decision_faults = read_decisions(folder)
    faults += decision_faults
    try:
        front, body, body_line = split_front_matter(plain_text.read_utf8(folder / REVIEW))
    except FaultsError as error:
        return _ReadCase(None, (*faults, *error.faults), None)
    matter, matter_faults, understood = _read_front_matter(front)
    sections = Body(body, REVIEW, body_line)
    own_updates, update_faults = updates.load_updates(folder, matter.lessons) if matter else ((), [])
    statement, statement_faults = statements.load_statement(folder)
    faults += [*matter_faults, *sections.faults, *statement_faults, *update_faults]
    said: dict[str, Any] = {name: understood.get((FrontMatter.__name__, name)) for name in FrontMatter.model_fields}
    whole, rewritten = rewrites.apply_rewrites((*sections.sections, *statement), decided.rewrites)
    text = ReviewText(
        case=folder.name,
        content_notes=said["content_notes"] or (),
        sections=whole,
        lessons=updates.join_updates(map(_to_lesson, said["lessons"] or ()), own_updates),
        declared=register,
        rewrites=rewritten,
    )
    lost = [fault for fault in (*decision_faults, *sections.faults, *statement_faults) if not fault.unfilled]
    has_text = any(section.blocks for section in whole)
    review = _to_review(matter, text) if matter and not faults else None
    return _ReadCase(
        review, tuple(faults), said["public_id"], said["status"], text if has_text and not lost else None, decided
    )


def _folder_faults(folder: Path) -> Iterator[Fault]:
    if not is_case_name(folder.name):
        yield Fault(
            "the case's name",
            None,
            "may hold letters, digits, spaces, hyphens, underscores and dots: rename the folder",
        )
    if folder.is_symlink():
        yield Fault("the case's folder", None, "is a link to another folder: put the folder itself in its place")
        return
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_symlink() and not path.name.startswith("."))
    except OSError:
        yield Fault("the case's folder", None, "cannot be read")
        return
    if set(names) - {REVIEW, DECISIONS, REGISTER, statements.STATEMENT, updates.UPDATES}:
        yield Fault("the case's folder", None, "holds a link to something else: put the thing itself in its place")


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line on which the body begins.

    Raises:
        FaultsError: it has no front matter.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise FaultsError(
            Fault(
                REVIEW,
                1,
                "has no front matter: the first line must be three hyphens, then the fields, then three hyphens",
            )
        )
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FaultsError(
            Fault(REVIEW, 1, "the front matter is not closed: put three hyphens on a line after its last field")
        )
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _read_front_matter(text: str) -> tuple[FrontMatter | None, list[Fault], strict_model.UnderstoodFields]:
    try:
        document = strict_yaml.parse(text, REVIEW, first_line=2)
    except FaultsError as error:
        return None, list(error.faults), {}
    matter, faults, understood = strict_model.validate(FrontMatter, document)
    return matter, [*document.faults, *faults, *rules.broken_rules(document, understood)], understood


def _refuse_shared_ids(cases: Mapping[str, _ReadCase]) -> Iterator[tuple[str, _ReadCase]]:
    """The cases again; those that share a public reference are faulty."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for name, case in cases.items():
        if case.public_id:
            users[case.public_id].append(name)
    for name, case in cases.items():
        others = [other for other in users.get(case.public_id or "", ()) if other != name]
        if others:
            words = (
                f"public_id: {case.public_id} is also that of {_printable(', '.join(others))}: give each case its own"
            )
            case = _ReadCase(None, (*case.faults, Fault(REVIEW, None, words)), case.public_id)
        yield name, case


def _to_review(matter: FrontMatter, text: ReviewText) -> Review:
    written = matter.model_dump()
    return Review(
        **{name: getattr(text, name) for name in ReviewText.model_fields},
        facts=KeyFacts(**{name: written[name] for name in KeyFacts.model_fields}),
        disclosure=Disclosure(**written["disclosure"]),
        not_same_as={f"{matter.public_id}/{one.id}": one.not_same_as for one in matter.lessons if one.not_same_as},
        **{name: written[name] for name in _AS_WRITTEN},
    )


_AS_WRITTEN = (
    "public_id",
    "status",
    "approved_by",
    "approved_on",
    "publish_on",
    "anchor",
    "notified",
    "completed",
    "reassess_by",
)


def _to_lesson(entry: front_matter.LessonEntry) -> Lesson:
    ordered = sorted((Update(**update.model_dump()) for update in entry.updates), key=lambda update: update.date)
    owner = spell_owner(entry.owner) if entry.owner else None
    return Lesson(**{**entry.model_dump(exclude={"not_same_as"}), "owner": owner, "updates": tuple(ordered)})


def _printable(name: str) -> str:
    """A case's name for a message: nothing in it that a terminal could take for a command."""
    return "".join(c if c.isprintable() else "?" for c in name)
