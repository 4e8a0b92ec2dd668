"""Commands that keep the reviews folder safe: backup, restore, forget, audit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from publishing.cli.options import Case, Out, Reviews
from publishing.cli.output import megabytes, refuse, say

_OUT_OF_REACH = (
    "Candour cannot reach, and you must: backups and other copies of the folder, the Word file that it came from, printed sheets and "
    "packs, e-mails, and whatever was put on the web server. A page that was withdrawn keeps its notice, which names nobody."
)

BackupFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The backup: a zip file. PRIVATE, as the reviews are.")
]


def backup(file: BackupFile, reviews: Reviews = Path("reviews"), out: Out = Path("build")) -> None:
    """Write the reviews folder into one private file, and read it back."""
    from publishing.safekeeping.backup import back_up

    made = back_up(reviews, file, out)
    for warning in made.warnings:
        say(f"to check: {warning}")
    say(
        f"Backed up: {made.files} files, {megabytes(made.size)}. The backup was read back, and every file in it is the same."
    )
    say(f"Its checksum (SHA-256): {made.checksum}. Note it elsewhere: candour restore tells it again.")
    say("It holds original reviews and the names in them: keep it as you keep the reviews, and away from this machine.")


def restore(file: BackupFile, reviews: Reviews = Path("reviews"), out: Out = Path("build")) -> None:
    """Put the reviews folder of a backup where there is none, and prove that it is the same."""
    from publishing.checking.signers import SIGNERS
    from publishing.safekeeping.restoring import restore as put_back

    done = put_back(file, reviews, out)
    for warning in done.warnings:
        say(f"to check: {warning}")
    say(f"Restored: {done.files} files, {megabytes(done.size)}, each as the backup has it.")
    say(f"The checksum of the backup (SHA-256): {done.checksum}")
    if done.withdrawn:
        say(f"Withdrawn since the backup was made, and withdrawn now: {', '.join(done.withdrawn)}")
    if (reviews / SIGNERS).exists():
        say(
            "This folder lists its signers. Ask one for the fingerprint of the first on it, then have this account trust the list: "
            "candour signer trust FINGERPRINT. No backup holds anybody's key: those are in each signer's own settings folder."
        )
    say("Look what the next build would do (candour doctor), then build: candour build")


def forget(
    case: Case,
    yes_forget: Annotated[
        str | None,
        typer.Option(
            "--yes-forget", metavar="REFERENCE", help="Its reference, so that nothing is asked. There is no way back."
        ),
    ] = None,
    reviews: Reviews = Path("reviews"),
    out: Out = Path("build"),
) -> None:
    """Remove every private trace of a case that is not published, and search what is left for its names."""
    from publishing.cli.case_names import find_case
    from publishing.safekeeping.forgetting import forget as remove
    from publishing.safekeeping.forgetting import reference_to_type

    case = find_case(reviews, case)
    reference = reference_to_type(reviews, case)
    if yes_forget is None:
        say(
            f"Everything of {case} will be deleted: its text, its names, who signed it. There is no way back but a backup."
        )
    typed = typer.prompt(f"Type {reference} to go on") if yes_forget is None else yes_forget
    done = remove(reviews, case, typed, out)
    for warning in done.warnings:
        say(f"to check: {warning}")
    say(f"Forgotten: {reference}. Its folder is gone, and whatever was kept of it beside.")
    if done.shared:
        say(
            f"Some of what it declared is declared by {', '.join(done.shared)} too: that stays there, and was not searched for."
        )
    what = (
        "for everything else that it declared"
        if done.declared
        else "for the name of its folder alone, as it had no register"
    )
    say(f"{done.searched} files that are left (the reviews folder, .candour, kept releases) were searched {what}.")
    say(_OUT_OF_REACH)
    if done.under_version_control:
        say("The reviews folder is under version control (.git): its history still holds the case. Clear that too.")
    if done.left:
        lines = "\n".join(done.left)
        refuse(f"It is not wholly forgotten. Look here, and take out what is of this case:\n{lines}")
    say("Nothing of it was found.")


def audit(reviews: Reviews = Path("reviews")) -> None:
    """Tell who signed, built, withdrew and so on, and whether the log is whole. Private: it names signers."""
    from publishing.audit_log import read_log, tell

    log = read_log(reviews)
    for line in tell(log):
        say(line)
    if log.broken:
        refuse(
            f"{log.broken}. What stands before it holds; hold the rest against a backup (candour restore into another folder)."
        )
