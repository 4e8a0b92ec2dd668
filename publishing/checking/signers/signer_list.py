"""signers.yml in the reviews folder: who may sign, since when, and until when.

It is a list of entries that only grows. The first names the first signer and is signed with their own key; each one after it
adds or retires somebody, and is signed by a signer of that moment over itself and the hash of the entry before it. So
whoever may write the folder cannot add, take out, reorder or change an entry; `trust` notices an end that was cut off, and
another list in its place. `waiting` are keys that nobody has confirmed: they may sign nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BeforeValidator, Field

from publishing.checking.canonical_json import canonical_json
from publishing.checking.signers.names import has_letters, same_person
from publishing.checking.signers.private_keys import Sealer, fingerprint
from publishing.errors import SignersError
from publishing.files import atomic_writes
from publishing.intake import strict_model
from publishing.intake.field_types import OneOf, Text, wrong_value
from publishing.intake.strict_model import StrictModel
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import FaultsError, describe_faults

SIGNERS = "signers.yml"
_NOTE = (
    "# Who may sign, since when and until when. Private. Written by candour signer, each entry signed by a signer: "
    "one changed by hand\n# does not hold, and stops every build. The newest is last.\n"
)
_CHANGED = "was changed by hand, or does not fit what stands before it: restore the file"


def _parse_moment(value: object) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, dt.datetime) or moment.tzinfo is None:
        raise wrong_value("must be a moment with its zone, in quotes")
    return moment


def _hexadecimal(length: int) -> BeforeValidator:
    def check(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{length}}}", value, re.ASCII):
            raise wrong_value(f"must be {length} of the signs 0 to 9 and a to f, in quotes")
        return value

    return BeforeValidator(check)


Moment = Annotated[dt.datetime, BeforeValidator(_parse_moment)]


class WaitingSigner(StrictModel):
    """A key that nobody has confirmed yet."""

    name: Text = Field(description="whose key it is")
    key: Annotated[str, _hexadecimal(64)] = Field(description="the public key")

    @property
    def fingerprint(self) -> str:
        """The key's."""
        return fingerprint(self.key)


class ListEntry(WaitingSigner):
    """Somebody was added (`since`) or retired (`until`)."""

    since: Moment | None = Field(None, description="from when on signatures of this key count")
    until: Moment | None = Field(None, description="from when on they count no more")
    by: Text = Field(description="the fingerprint of the signer who vouches for this entry")
    signature: Annotated[str, _hexadecimal(128)] = Field(description="their signature")

    def signed_bytes(self, before: str) -> bytes:
        """What the entry's signature covers: its fields, and the hash of the entry before it."""
        fields = self.model_dump(mode="json", exclude={"signature"}, exclude_none=True)
        return canonical_json({"purpose": "candour: who may sign", "before": before, **fields})

    def hash(self, before: str) -> str:
        """The hash of the entry with its signature, and so of every entry before it."""
        return hashlib.sha256(self.signed_bytes(before) + bytes.fromhex(self.signature)).hexdigest()


class SignersFile(StrictModel):
    """signers.yml, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    entries: tuple[ListEntry, ...] = Field((), description="the oldest first")
    waiting: tuple[WaitingSigner, ...] = Field((), description="keys that no signer has confirmed")


@dataclass(frozen=True)
class Signer:
    """Somebody who may sign, or might until a moment."""

    name: str
    key: str
    since: dt.datetime
    until: dt.datetime | None = None

    @property
    def fingerprint(self) -> str:
        """Their key's."""
        return fingerprint(self.key)

    def may_sign(self, at: dt.datetime) -> bool:
        """Whether a signature of that moment counts."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class SignerList:
    """The list, every entry of it verified. `hashes` are those of its entries."""

    entries: tuple[ListEntry, ...]
    waiting: tuple[WaitingSigner, ...]
    signers: tuple[Signer, ...]
    hashes: tuple[str, ...]

    @property
    def current(self) -> tuple[Signer, ...]:
        """Those who were not retired."""
        return tuple(signer for signer in self.signers if signer.until is None)

    def find(self, own_fingerprint: str) -> Signer | None:
        """Whose key it is."""
        return next((signer for signer in self.signers if signer.fingerprint == own_fingerprint), None)

    def called(self, name: str) -> Signer | None:
        """The signer of a name, however it is spelt."""
        named = [signer for signer in self.signers if same_person(signer.name, name)]
        return next((signer for signer in named if signer.until is None), named[-1] if named else None)

    def are_two(self, one: str, other: str) -> bool:
        """Whether two names are those of two signers with a key each."""
        first, second = self.called(one), self.called(other)
        return first is not None and second is not None and first.key != second.key

    def voucher(self, signer: Signer) -> Signer | None:
        """Who confirmed somebody; None for the first signer."""
        by = next(entry.by for entry in self.entries if entry.key == signer.key)
        return None if by == signer.fingerprint else self.find(by)

    def confirmed_through(self, own_fingerprint: str, stays: Callable[[Signer], bool]) -> tuple[Signer, ...]:
        """Whose signatures count because of a key: whom it confirmed, and whom those confirmed, but for those who stay.

        Also who was retired: the key may have retired them itself, so that nobody would ask.
        """
        through, found = {own_fingerprint}, []
        for signer in self.signers:
            voucher = self.voucher(signer)
            if voucher is None or voucher.fingerprint not in through or signer.fingerprint in through:
                continue
            if signer.until is None or signer.since < signer.until:
                if stays(signer):
                    continue
                found.append(signer)
            through.add(signer.fingerprint)
        return tuple(found)

    def retired_by(self, fingerprints: Collection[str]) -> tuple[Signer, ...]:
        """Whom some keys retired."""
        gone = {entry.key for entry in self.entries if entry.until and entry.by in fingerprints}
        return tuple(signer for signer in self.signers if signer.key in gone)

    def with_entry(self, sealer: Sealer, **fields: Any) -> SignerList:
        """The list with one more entry, signed; a key that waited waits no more.

        Raises:
            SignersError: it does not fit.
        """
        unsigned = ListEntry(**fields, by=sealer.fingerprint, signature="0" * 128)
        before = self.hashes[-1] if self.hashes else ""
        entry = unsigned.model_copy(update={"signature": sealer.seal(unsigned.signed_bytes(before))})
        return verify((*self.entries, entry), [known for known in self.waiting if known.key != entry.key])


EMPTY = SignerList((), (), (), ())


def is_there(reviews: Path) -> bool:
    """Whether a reviews folder has a list, of whatever kind."""
    path = reviews / SIGNERS
    return path.is_symlink() or path.exists()


def read(reviews: Path) -> SignerList:
    """The list of a reviews folder that has one, every entry verified.

    Raises:
        SignersError: it cannot be read, or an entry does not hold.
    """
    try:
        return _parse(plain_text.read_utf8(reviews / SIGNERS))
    except FaultsError as error:
        raise SignersError("\n".join(describe_faults(error.faults))) from None


@lru_cache(maxsize=4)
def _parse(text: str) -> SignerList:
    document = strict_yaml.parse(text, SIGNERS)
    file, faults, _ = strict_model.validate(SignersFile, document)
    if file is None or faults or document.faults:
        raise FaultsError(*document.faults, *faults)
    if not file.entries:
        raise SignersError(f"{SIGNERS}: it names nobody: restore the file")
    return verify(file.entries, file.waiting)


def verify(entries: Sequence[ListEntry], waiting: Sequence[WaitingSigner]) -> SignerList:
    """A list of entries that each hold.

    Raises:
        SignersError: one does not; which, and why.
    """
    known: dict[str, Signer] = {}
    hashes: list[str] = []
    for number, entry in enumerate(entries, start=1):
        before = hashes[-1] if hashes else ""
        if fault := _fault_of(entry, before, known):
            raise SignersError(f"{SIGNERS}: entry no. {number} {fault}")
        if entry.since:
            known[entry.fingerprint] = Signer(entry.name, entry.key, entry.since)
        else:
            known[entry.fingerprint] = replace(known[entry.fingerprint], until=entry.until)
        hashes.append(entry.hash(before))
    return SignerList(tuple(entries), tuple(waiting), tuple(known.values()), tuple(hashes))


def _fault_of(entry: ListEntry, before: str, known: Mapping[str, Signer]) -> str | None:
    """What is wrong with an entry, after those who are known by then."""
    current = {key: signer for key, signer in known.items() if signer.until is None}
    voucher = entry.key if not known and entry.since else current[entry.by].key if entry.by in current else ""
    if not voucher or not is_signed(voucher, entry.signature, entry.signed_bytes(before)):
        return _CHANGED
    if (entry.since is None) == (entry.until is None):
        return "must say either since when somebody signs, or until when"
    if entry.until:
        signer = known.get(entry.fingerprint)
        # a later day would bring back somebody who was retired
        if signer and (signer.until is None or entry.until < signer.until):
            return None
        return "retires somebody who is no signer then"
    if entry.fingerprint in known:
        return "adds a key that is there already"
    if not has_letters(entry.name):
        return "names nobody"
    if any(same_person(entry.name, signer.name) for signer in current.values()):
        return "adds a second key for somebody who has one: retire the first"
    return None


def is_signed(public_key: str, signature: str, data: bytes) -> bool:
    """Whether a signature of some bytes is that of a key; all in hexadecimal but the bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def write(reviews: Path, listed: SignerList) -> None:
    """Write signers.yml.

    Raises:
        SignersError: it cannot be written; the old file is unchanged.
    """
    data = {
        "format": 1,
        "entries": [entry.model_dump(mode="json", exclude_none=True) for entry in listed.entries],
        "waiting": [known.model_dump() for known in listed.waiting],
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200)
    try:
        atomic_writes.write(reviews / SIGNERS, (_NOTE + text).encode())
    except OSError:
        raise SignersError(f"{SIGNERS} cannot be written: check that you may write to the reviews folder") from None
