"""Commands about one case: new, import, template, sign-off, respond, family, history, workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from publishing.cli.options import STATUSES, Case, Out, Reviews, one_of, parse_day
from publishing.cli.output import ask_name, ask_passphrase, say, write


def new(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The new case folder's name: private, never published.")],
    reviews: Reviews = Path("reviews"),
) -> None:
    """Make an empty case to fill in."""
    from publishing.intake.new import create_case

    folder = create_case(reviews, case)
    say(
        f"Made {folder / 'review.md'} and {folder / 'register.yml'}. Fill them in, here or in the browser (candour workbench)."
    )


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="The review in Word.")],
    case: Annotated[str, typer.Argument(metavar="CASE", help="The new case folder's name: private, never published.")],
    reviews: Reviews = Path("reviews"),
    heading: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER=SECTION",
            help="What a heading of that number is: a section, within or text; may be given often; others=… for the rest.",
        ),
    ] = None,
) -> None:
    """Make a case from a Word document."""
    from publishing.intake.word.importer import import_case
    from publishing.intake.word.sections import OTHERS

    if not file.is_file() and Path(case).suffix.casefold() == ".docx":
        raise typer.BadParameter(
            f"comes first, then the name of the case: candour import {case} {file}", param_hint="FILE.docx"
        )
    chosen: dict[int, str] = {}
    for said in heading or []:
        number, equals, section = said.partition("=")
        number = number.strip()
        if not equals or not (number.isdecimal() or number == "others"):
            raise typer.BadParameter("is not written like 4=findings", param_hint="--heading")
        chosen[OTHERS if number == "others" else int(number)] = section.strip()
    done = import_case(file, reviews, case, chosen)
    for note in done.notes:
        say(f"to check: {case}: {note}")
    say(
        f"Made {done.folder / 'review.md'} and {done.folder / 'register.yml'}. Fill in the facts at the head of review.md."
    )


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", help="Where to write it; nothing is overwritten.")],
) -> None:
    """Write a Word template for review writers: every standard heading, with what belongs under it."""
    from publishing.intake.word.template import write_template

    write_template(file)
    say(f"Made {file}: write the review in it, then import it with candour import.")


def register(
    case: Case,
    propose: Annotated[
        bool, typer.Option("--propose", help="Print what its register would have to declare beside what it declares.")
    ] = False,
    reviews: Reviews = Path("reviews"),
) -> None:
    """Tell whom the register of a case does not name yet, or propose one from its text. Private: it names people."""
    from publishing import intake
    from publishing.checking.publishability import missing_roles
    from publishing.cli.case_names import find_case
    from publishing.redacting.proposing import propose_as_yaml
    from publishing.release.signoff import case_folder
    from publishing.vocabulary import counted
    from redaction import ROLES, Redactor

    folder = case_folder(reviews, find_case(reviews, case))
    if propose:
        write(propose_as_yaml(folder, Redactor()))
        return
    declared = intake.load_register(folder)
    for role in missing_roles(declared):
        say(f"Nobody has said who the {ROLES[role].label.lower()} is.")
    people = len(declared.people) if declared else 0
    told = counted(people, "person is", "people are")
    say(f"{told} declared. Who else is in the text: candour register {case} --propose")


def sign_off(
    case: Case,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who signs; asked if not given. Kept private; not the approver."),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(
            "--note", metavar="TEXT", help="What changed in a published text, for its readers; its page shows it."
        ),
    ] = None,
    same_as_only: Annotated[
        bool,
        typer.Option(
            "--same-as-only",
            help="Sign only which lessons of other reviews its lessons are the same as (same_as in review.md); the text stays as "
            "it was signed, and no question of the checklist is confirmed.",
        ),
    ] = False,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Sign the text of a case as it is redacted and decided now; that confirms every question of the checklist."""
    from publishing.cli.case_names import find_case
    from publishing.release.same_lessons import sign_same_as
    from publishing.release.signoff import sign_off as sign

    if same_as_only and note is not None:
        raise typer.BadParameter("is of a changed text, and --same-as-only changes none", param_hint="--note")
    case, who = find_case(reviews, case), by or ask_name()
    if same_as_only:
        signed = sign_same_as(reviews, case, who, lambda: ask_passphrase(who), out)
        for warning in signed.warnings:
            say(f"to check: {case}: {warning}")
        for line in signed.lines():
            say(line)
        say("The next build publishes it: candour build")
        return
    outcome = sign(reviews, case, who, note=note, out=out, ask_passphrase=lambda: ask_passphrase(who))
    for warning in outcome.warnings:
        say(f"to check: {case}: {warning}")
    say(outcome.message)


def respond(
    case: Case,
    lesson: Annotated[int, typer.Argument(metavar="LESSON", min=1, help="The lesson's number.")],
    status: Annotated[str, typer.Option(metavar="|".join(STATUSES), callback=one_of(STATUSES), help="How far it is.")],
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who signs the update; asked if not given. Kept private."),
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A sentence about it; redacted and published.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was said. Default: today.")] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Record what was said of a lesson; the signed review stays as it is."""
    from publishing.cli.case_names import find_case
    from publishing.release.responding import respond as record

    who = by or ask_name()
    told = record(
        reviews,
        find_case(reviews, case),
        lesson,
        status,
        note,
        who,
        parse_day(date, "--date") if date else None,
        ask_passphrase=lambda: ask_passphrase(who),
        out=out,
    )
    for warning in told.warnings:
        say(f"to check: {warning}")
    say(f"Recorded and signed: lesson {told.lesson} of {told.public_id}, {told.date}, {told.status}.")
    if told.note:
        say(f"The public note: {told.note}")
        say("Read the note as the family would.")
    say("The next build publishes it: candour build")


def family(
    case: Case,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to write it; its ending says what: .html or .pdf the page to read, .docx a letter to start from. Nothing is overwritten.",
        ),
    ],
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Write what a victim or family reads before publication: the signed text with a note, or the letter to go with it."""
    from publishing.cli.case_names import find_case
    from publishing.files import new_files
    from publishing.workbench.case_queue import CaseQueue
    from publishing.workbench.family_copy import KINDS

    kind = file.suffix.casefold().removeprefix(".")
    if kind not in KINDS:
        raise typer.BadParameter("ends in .html or .pdf for the page, or in .docx for the letter", param_hint="FILE")
    new_files.refuse_existing(file)
    queue = CaseQueue(reviews, out)
    _, data = queue.family.make(queue.open(find_case(reviews, case)), kind, "")
    new_files.write_new(file, data)
    if kind == "docx":
        say(f"Made {file}: fill in what is marked in yellow. It has no word of the review and no name.")
    else:
        say(f"Made {file}. It is not published yet: give it to the family alone. That it was made is in the audit log.")


def history(
    case: Case,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Tell what happened to a case: signatures, corrections, publication, withdrawal. Private: it names signers."""
    from publishing.cli.case_names import find_case
    from publishing.release.history import case_history as tell

    events = tell(reviews, find_case(reviews, case), out)
    for event in events:
        say(str(event))
    if not events:
        say("Nothing has happened to it yet: nobody has signed it.")


def workbench(
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port on this machine; 0 takes a free one.")
    ] = 8100,
    browser: Annotated[bool, typer.Option(help="Open it in your browser.")] = True,
) -> None:
    """Check, sign, build and withdraw in the browser, on this machine alone."""
    from publishing.workbench.server import run_workbench

    run_workbench(reviews, out, port, browser, say)
