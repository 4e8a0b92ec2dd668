"""Whether signatures hold: their days follow each other and, where the reviews folder lists its signers, their keys vouch.

A signature of a text vouches for it with every update there was; one of an update vouches for that update alone, so the
signature before it, of the same text with the updates before it, must hold too, back to that of the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from publishing.checking import decisions, signature_files
from publishing.checking.signature_files import Signature, Stored
from publishing.checking.signers import SignerList, is_signed, load_signers, newest_seen
from publishing.errors import TamperedSignatureError
from publishing.settings import day_of

_SECOND = (
    "two people decided about somebody who is protected for life, and only one has signed the text: "
    "the other signs it too (candour sign-off {case} --by NAME)"
)


def refusal_for_date(history: Sequence[Signature], now: dt.datetime) -> str | None:
    """Why nothing may be signed at a moment: a signature is dated later. None where none is."""
    newest = max((day_of(signature.at) for signature in history), default=dt.date.min)
    if day_of(now) >= newest:
        return None
    return (
        f"its newest signature is dated {newest}, and today would be {day_of(now)}: is this machine's date right? If it is, that "
        "signature was made with a wrong one: put signoff.yml and signed.json back as they were before it"
    )


def check_signatures(folder: Path, history: Sequence[Signature], stored: Stored) -> None:
    """Raise unless whoever signed what is stored could, and did.

    Raises:
        TamperedSignatureError: with the reason.
        SignersError: the list of signers does not hold.
    """
    place = _place(history, stored)
    if refusal := refusal_for_date(history[:place], history[place].at):
        raise TamperedSignatureError(folder.name, refusal)
    listed = load_signers(folder.parent)
    if listed is None:
        if history[place].key:
            raise TamperedSignatureError(
                folder.name, "it is signed with a key, and signers.yml, which says whose, is gone"
            )
        return
    if reason := _fault_of(folder.name, history, place, listed):
        raise TamperedSignatureError(folder.name, reason)
    seen = newest_seen(folder.parent, folder.name)
    if seen and history[place].at < seen:
        raise TamperedSignatureError(folder.name, "a newer signature was there before: these are older files put back")


def _place(history: Sequence[Signature], stored: Stored) -> int:
    """Where in the history the newest signature of what is stored is; `stored.check` found that there is one."""
    said = (stored.sha256, tuple(update["sha256"] for update in stored.updates))
    first = len(history) - len(signature_files.newest_signatures(history))
    return max(p for p in range(first, len(history)) if (history[p].sha256, history[p].updates) == said)


def load_standing_signature(folder: Path) -> Signature:
    """The newest signature of a text that was loaded and held."""
    history = signature_files.read_history(folder)
    return history[_place(history, Stored.read(folder))]


def _fault_of(case: str, history: Sequence[Signature], place: int, listed: SignerList) -> str | None:
    """Why a signature, or one that it builds upon, does not hold; None where all do."""
    while True:
        signature = history[place]
        before = history[place - 1].hash() if place else ""
        if reason := fault_of_signature(case, signature, listed):
            return reason
        if signature.before != before:
            return "the signatures before the newest are not those that were there when it was made"
        if signature.covers == "text":
            return None
        earlier = (signature.sha256, signature.updates[:-1])
        places = [p for p in range(place) if (history[p].sha256, history[p].updates) == earlier]
        if not places:
            return "an update is signed, and the text that it belongs to is not"
        place = places[-1]


def fault_of_signature(case: str, signature: Signature, listed: SignerList) -> str | None:
    """Why one signature does not hold by itself; None where it does."""
    if not signature.key:
        return "it was signed without a key, and the reviews folder lists who may sign"
    signer = listed.find(signature.key)
    if signer is None:
        return "it was signed with a key that is not on the list of signers"
    if not is_signed(signer.key, signature.seal, signature.sealed_bytes(case)):
        return "its signature is not one that its signer made for this case"
    if signature.by != signer.name:
        return "it names another signer than the one whose key it is"
    if not signer.may_sign(signature.at):
        return "it was signed with a key that did not count then: its signer was retired, or not there yet"
    return None


def refusal_for_missing_second(folder: Path) -> str | None:
    """Why a signed text may not be published yet: two people decided in it, and the text has one signer's key.

    Raises:
        CaseError: decisions.yml has faults.
        SignersError: the list of signers does not hold.
    """
    listed = load_signers(folder.parent)
    if listed is None:
        return None
    text = load_standing_signature(folder).sha256
    needs_two = decisions.count_by_two(folder) > 0
    return None if has_its_signers(folder, text, listed, needs_two=needs_two) else _SECOND.format(case=folder.name)


def has_its_signers(folder: Path, text: str, listed: SignerList, *, needs_two: bool = False) -> bool:
    """Whether a text, by its hash, is signed with a key, or with two where that is needed or two people decided in it."""
    held = [
        signature
        for signature in signature_files.read_history(folder)
        if signature.sha256 == text and fault_of_signature(folder.name, signature, listed) is None
    ]
    keys = {signature.key for signature in held if signature.covers == "text"}
    return bool(keys) and (len(keys) > 1 or not (needs_two or any(signature.by_two for signature in held)))
