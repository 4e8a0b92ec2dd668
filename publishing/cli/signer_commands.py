"""Commands about who may sign: add, confirm, retire, list, trust."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from publishing.cli.options import Reviews, parse_day
from publishing.cli.output import ask_new_passphrase, ask_passphrase, ask_yes, in_plain_words, say

if TYPE_CHECKING:
    from publishing.checking.signers.changes import Retirement
    from publishing.checking.signers.signer_list import Signer

Fingerprint = Annotated[
    str, typer.Argument(metavar="FINGERPRINT", help="The key's fingerprint, as its owner reads it out to you.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="You: a signer whose key is on this machine.")]


def add(
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Whose key it is: a person, not a post.")],
    reviews: Reviews = Path("reviews"),
) -> None:
    """Make a key, and ask for it to be confirmed; the very first key begins the list of signers."""
    from publishing.checking.signers import changes

    made, counts = changes.add_signer(reviews, name, lambda: ask_new_passphrase(name), _now())
    say(f"The key of {made.name} was made. Its fingerprint: {made.fingerprint}")
    if counts:
        say(
            "It is the first on the list: from now on every signature in this folder needs a key, so sign every case again. "
            "On other machines, and under other accounts: candour signer trust FINGERPRINT"
        )
        say(
            "So that nobody can pass this folder off without its list, write in mkdocs.yml, under extra: "
            f"first_signer: {made.fingerprint}"
        )
    else:
        say(
            "It may sign nothing yet: read the fingerprint to a signer, in person or on the telephone. They run: "
            "candour signer confirm FINGERPRINT --by NAME"
        )


def confirm(fingerprint: Fingerprint, by: By, reviews: Reviews = Path("reviews")) -> None:
    """Let a key that waits sign from now on. Take the fingerprint from its owner, never from the list."""
    from publishing.checking.signers import changes

    signer = changes.confirm_signer(reviews, fingerprint, by, lambda: ask_passphrase(by), _now())
    say(f"{signer.name} may sign from now on.")


def retire(
    fingerprint: Fingerprint,
    by: By,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The first day on which its signatures do not count; for a stolen key, the day from which it was not safe: then you are "
            "asked about each person whom it confirmed. Default: from this moment on.",
        ),
    ] = None,
    reviews: Reviews = Path("reviews"),
) -> None:
    """Let a key sign no more. What it signed before still counts."""
    from publishing.checking.signers import changes
    from publishing.settings import start_of

    moment = start_of(parse_day(until, "--until")) if until else None
    done = changes.retire_signer(reviews, fingerprint, by, lambda: ask_passphrase(by), _now(), moment, _stays)
    say(f"{done.signer.name} may sign no more.")
    for line in _told(done, stolen=moment is not None):
        say(line)


def _stays(signer: Signer) -> bool:
    """Whether somebody stays whom a key confirmed that was not safe. The day is what that key wrote, so it proves nothing."""
    from publishing.settings import day_of

    ended = f", and they were retired from {day_of(signer.until)} on" if signer.until else ""
    return ask_yes(
        f"That key confirmed {signer.name}, {signer.fingerprint}, by its own word on {day_of(signer.since)}{ended}. If they do not stay, nothing that "
        f"they signed counts.\nHas {signer.name} read this fingerprint to you, in person or on the telephone, and do they stay?"
    )


def _told(done: Retirement, stolen: bool) -> Iterator[str]:
    """What else came of it, and what is to be looked at."""
    for signer in done.also:
        yield f"{signer.name} ({signer.fingerprint}) may sign no more either, and nothing that they signed counts."
    for signer in done.stay:
        yield f"{signer.name} ({signer.fingerprint}), whom that key confirmed, stays."
    if stolen and done.retired_before:
        names = ", ".join(signer.name for signer in done.retired_before)
        yield f"to check: that key had itself retired {names}. Whoever was not meant to go makes a new key: candour signer add"


def list_(reviews: Reviews = Path("reviews")) -> None:
    """Tell who may sign, since when and until when, and who waits to be confirmed. Private: it names signers."""
    from publishing.checking.signers import signer_list
    from publishing.settings import day_of

    if not signer_list.is_there(reviews):
        say("No signers are listed here: people sign with their names. candour signer add --name NAME begins a list.")
        return
    listed = signer_list.read(reviews)
    for signer in listed.signers:
        ended = f" until {day_of(signer.until)}" if signer.until else ""
        voucher = listed.voucher(signer)
        by = f", confirmed by {voucher.name}" if voucher else ""
        say(f"{signer.fingerprint}  {signer.name}, since {day_of(signer.since)}{ended}{by}")
    for asked in listed.waiting:
        say(f"{asked.fingerprint}  {asked.name}, not confirmed: may sign nothing")


def trust(fingerprint: Fingerprint, reviews: Reviews = Path("reviews")) -> None:
    """Have this account trust the list of signers that begins with this key. Take the fingerprint from a signer, never from the list."""
    from publishing.checking.signers import changes

    listed = changes.trust_list(reviews, fingerprint)
    say(f"This account trusts the list that {listed.signers[0].name} began.")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


group = typer.Typer(
    help="Who may sign: make a key, confirm, retire and list them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_COMMANDS: dict[str, Callable[..., None]] = {
    "add": add,
    "confirm": confirm,
    "retire": retire,
    "list": list_,
    "trust": trust,
}
for _name, _command in _COMMANDS.items():
    group.command(_name)(in_plain_words(_command))
