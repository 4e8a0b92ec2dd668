"""Changes to the list of signers: asked for, confirmed and ended by people, each signed by one who is on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from publishing.checking.signers import signer_list
from publishing.checking.signers.names import has_letters, names_a_post, same_person
from publishing.checking.signers.private_keys import make_key, open_key
from publishing.checking.signers.signer_list import EMPTY, Signer, SignerList, WaitingSigner
from publishing.checking.signers.trust import load_signers, refuse_other_first, remember
from publishing.errors import SignersError

Ask = Callable[[], str]
"""Asks a person for a passphrase."""


@dataclass(frozen=True)
class Retirement:
    """What retiring a key changed. `also` are those whom it had confirmed and who do not stay: nothing they signed counts.

    `stay` may sign because these keys confirmed them; `retired_before` are those whom these keys had retired themselves.
    """

    signer: Signer
    also: tuple[Signer, ...]
    stay: tuple[Signer, ...]
    retired_before: tuple[Signer, ...]


def add_signer(reviews: Path, name: str, ask: Ask, now: dt.datetime) -> tuple[WaitingSigner, bool]:
    """Make a key for somebody and put its public half on the list; whether it counts already: only the first one's does.

    Raises:
        SignersError: the name is none, or is there already, the list does not hold, or the key cannot be made.
    """
    name = " ".join(name.split())
    if not has_letters(name) or names_a_post(name):
        raise SignersError("A signer is a person: give their own name, not the name of a post.")
    if not reviews.is_dir():
        raise SignersError("There is no such reviews folder: name it with --reviews.")
    listed = load_signers(reviews) or EMPTY
    taken = [*(signer.name for signer in listed.current), *(known.name for known in listed.waiting)]
    if any(same_person(known, name) for known in taken):
        raise SignersError("Somebody of that name is on the list, or waits to be: candour signer list")
    passphrase = ask()
    asked = WaitingSigner(name=name, key=make_key(passphrase))
    if listed.entries:
        signer_list.write(reviews, replace(listed, waiting=(*listed.waiting, asked)))
        return asked, False
    sealer = open_key(name, asked.fingerprint, passphrase)
    _store(reviews, listed.with_entry(sealer, name=name, key=asked.key, since=now.replace(microsecond=0)))
    return asked, True


def confirm_signer(reviews: Path, own_fingerprint: str, by: str, ask: Ask, now: dt.datetime) -> WaitingSigner:
    """Let a key that waits sign from now on; the fingerprint is what its owner read out.

    Raises:
        SignersError: nobody with that fingerprint waits, who confirms it is no signer, their key is not here, or the passphrase is wrong.
    """
    listed = _load(reviews)
    asked = next((known for known in listed.waiting if known.fingerprint == own_fingerprint), None)
    if asked is None:
        raise SignersError(
            "Nobody with this fingerprint waits to be confirmed: let them read it to you again (candour signer list)."
        )
    sealer = open_key(*_voucher(listed, by), ask())
    _store(reviews, listed.with_entry(sealer, name=asked.name, key=asked.key, since=now.replace(microsecond=0)))
    return asked


def retire_signer(
    reviews: Path,
    own_fingerprint: str,
    by: str,
    ask: Ask,
    now: dt.datetime,
    until: dt.datetime | None = None,
    stays: Callable[[Signer], bool] = lambda signer: False,
) -> Retirement:
    """Let a key sign no more. Signatures before that moment still count.

    Args:
        reviews: the reviews folder.
        own_fingerprint: the key's.
        by: the name of the signer who retires it.
        ask: asks them for their passphrase.
        now: the time, with its zone.
        until: the moment from which the key was not safe; None where it always was, and its owner leaves. Whoever had the key may have
            confirmed others with it, under any day: each of those is asked about, and goes unless they stay.
        stays: whether somebody whom the key confirmed, or who was confirmed through those, stays.

    Raises:
        SignersError: there is no such signer (now, where no day is given), nobody would be left, who retires them is no signer, their key is not here, the
            passphrase is wrong, or the list was changed meanwhile.
    """
    listed = _load(reviews)
    signer = listed.find(own_fingerprint)
    # whoever stole a key may have retired it, so that nobody would ask whom it confirmed
    if signer is None or (signer.until and until is None):
        raise SignersError("No signer has this fingerprint: candour signer list")
    if listed.current == (signer,):
        raise SignersError("This is the only signer: let somebody else be one first (candour signer add).")
    sealer = open_key(*_voucher(listed, by), ask())
    also = (
        listed.confirmed_through(own_fingerprint, lambda known: known.fingerprint == sealer.fingerprint or stays(known))
        if until
        else ()
    )
    after = listed
    for known in also:
        after = after.with_entry(sealer, name=known.name, key=known.key, until=known.since)
    ends = (until or now).replace(microsecond=0)
    if signer.until is None or ends < signer.until:
        after = after.with_entry(sealer, name=signer.name, key=signer.key, until=ends)
    if not after.current:
        raise SignersError("Nobody would be left to sign: let somebody else be a signer first (candour signer add).")
    _store(reviews, after)
    gone = {own_fingerprint, *(known.fingerprint for known in also)}
    stay = tuple(known for known in after.current if (by_whom := after.voucher(known)) and by_whom.fingerprint in gone)
    return Retirement(signer, also, stay, listed.retired_by(gone))


def trust_list(reviews: Path, first_fingerprint: str) -> SignerList:
    """Have this account trust the list that is there, whatever it knew before; the fingerprint is that of the first signer on it.

    Raises:
        SignersError: there is no list, it does not hold, or begins with another signer.
    """
    if not signer_list.is_there(reviews):
        raise SignersError("The reviews folder has no list of signers.")
    listed = signer_list.read(reviews)
    refuse_other_first(listed)
    if listed.signers[0].fingerprint != first_fingerprint:
        raise SignersError(
            "The first signer on this list has another fingerprint: it is not trusted. Ask the signers whose list this is."
        )
    remember(reviews, listed, {}, anew=True)
    return listed


def _load(reviews: Path) -> SignerList:
    listed = load_signers(reviews)
    if listed is None:
        raise SignersError("The reviews folder has no list of signers: candour signer add --name NAME begins one.")
    return listed


def _voucher(listed: SignerList, by: str) -> tuple[str, str]:
    """The name and fingerprint of a signer who vouches for a change."""
    signer = listed.called(by)
    if signer is None or signer.until is not None:
        raise SignersError("No signer of that name is on the list: candour signer list")
    return signer.name, signer.fingerprint


def _store(reviews: Path, listed: SignerList) -> None:
    there = signer_list.read(reviews).hashes if signer_list.is_there(reviews) else ()
    if listed.hashes[: len(there)] != there:
        raise SignersError(
            "Somebody else changed the list of signers meanwhile: nothing was changed. Look at it, and try again."
        )
    signer_list.write(reviews, listed)
    remember(reviews, listed, {})
