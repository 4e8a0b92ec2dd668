"""The two files of a signature: signed.json, which may be public, and signoff.yml, which may not.

What is read here is not believed yet: `Stored.check` holds it against the signatures.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from publishing.files import atomic_writes
from publishing.intake import strict_model
from publishing.intake.field_types import Count, OneOf, Text
from publishing.intake.strict_model import StrictModel
from publishing.reviews import RedactedReview, Update
from redaction.strict_files import plain_text, strict_yaml
from redaction.strict_files.faults import FaultsError

SIGNED = "signed.json"
SIGNOFF = "signoff.yml"

# whatever junk in either file can raise; pydantic's, json's and Unicode's errors are ValueErrors
UNBELIEVABLE = (FaultsError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_NOTE = "# Private: who signed which text, when, and what they confirmed. Written by Candour; the newest is last.\n"


@dataclass(frozen=True)
class Signature:
    """One signature. `updates` are the hashes of the lesson updates it covers; `warnings` are not stored.

    `undecided` are the details that the engine flagged and the signer left in the text: (kind, how many).
    `covers` is "text", or "update" where the signer vouched for the newest update alone and the text stayed as it was.
    """

    by: str
    at: dt.datetime
    sha256: str
    last_number: int
    updates: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    complete: bool = True
    covers: str = "text"
    undecided: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()


def canonical_json(value: object) -> bytes:
    """The bytes that are hashed: sorted keys, UTF-8, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sha256(value: object) -> str:
    """The hash of a value's canonical JSON."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def update_sha256(public_id: str, said: Mapping[str, Any]) -> str:
    """The hash of a lesson's update; the review's reference is in it, so that it cannot be moved to another."""
    return sha256({"public_id": public_id, **said})


# --- signed.json


@dataclass(frozen=True)
class Stored:
    """The content of signed.json, not yet verified."""

    sha256: str
    text: Mapping[str, Any]
    updates: Sequence[Mapping[str, Any]]

    @classmethod
    def read(cls, folder: Path) -> Stored:
        """Read it; raises one of UNBELIEVABLE for anything that is not format 1."""
        data = json.loads(plain_text.read_bytes(folder / SIGNED))
        if set(data) != {"format", "sha256", "text", "updates"} or data["format"] != 1:
            raise ValueError("not format 1")
        return cls(data["sha256"], data["text"], data["updates"])

    def check(self, newest: Sequence[Signature]) -> None:
        """Raise ValueError unless this is what one of the signatures covers, whole."""
        hashes = []
        for update in self.updates:
            said = {name: value for name, value in update.items() if name != "sha256"}
            hashes.append(update_sha256(self.text["public_id"], said))
        if hashes != [update["sha256"] for update in self.updates] or self.sha256 != sha256(self.text):
            raise ValueError("a hash does not fit")
        if (self.sha256, tuple(hashes)) not in {(signature.sha256, signature.updates) for signature in newest}:
            raise ValueError("nobody signed it")

    def review(self, as_of: dt.date) -> RedactedReview:
        """The text with its updates up to a day, oldest first."""
        text = RedactedReview.model_validate_json(canonical_json(self.text))
        said: defaultdict[int, list[Update]] = defaultdict(list)
        for entry in self.updates:
            update = Update.model_validate_json(canonical_json({name: entry[name] for name in Update.model_fields}))
            if update.date <= as_of:
                said[entry["lesson"]].append(update)
        lessons = [
            lesson.model_copy(update={"updates": tuple(sorted(said[lesson.id], key=lambda update: update.date))})
            for lesson in text.lessons
        ]
        return text.model_copy(update={"lessons": tuple(lessons)})


def load_unverified_text(folder: Path) -> RedactedReview | None:
    """The stored text, verified or not: its paragraph numbers are in addresses that people have kept."""
    try:
        return Stored.read(folder).review(dt.date.min)
    except UNBELIEVABLE:
        return None


# --- signoff.yml


class SignatureEntry(StrictModel):
    """One signature in signoff.yml."""

    by: Text
    at: Text
    sha256: Text
    last_number: Count
    updates: tuple[Text, ...] = ()
    checklist: tuple[Text, ...] = ()
    covers: Annotated[str, OneOf(("text", "update"))] = "text"
    undecided: dict[str, Count] = Field(default_factory=dict)
    state: Annotated[str, OneOf(("signing", "signed"))]


class SignoffFile(StrictModel):
    """signoff.yml, format 1."""

    format: Annotated[int, OneOf((1,))]
    signatures: tuple[SignatureEntry, ...]


def newest_signatures(history: Sequence[Signature]) -> tuple[Signature, ...]:
    """The signatures whose text signed.json may hold: the newest, back to the newest that was written to the end."""
    newest: list[Signature] = []
    for signature in reversed(history):
        newest.append(signature)
        if signature.complete:
            break
    return tuple(newest)


def read_history(folder: Path) -> tuple[Signature, ...]:
    """Every signature, the newest last; raises FaultsError where signoff.yml cannot be read."""
    path = folder / SIGNOFF
    if not path.is_symlink() and not path.exists():
        return ()
    document = strict_yaml.parse(plain_text.read_utf8(path), SIGNOFF)
    file, faults, _ = strict_model.validate(SignoffFile, document)
    if file is None or faults or document.faults:
        raise FaultsError(*document.faults, *faults)
    return tuple(_signature(entry, document) for entry in file.signatures)


def _signature(entry: SignatureEntry, document: strict_yaml.YamlDocument) -> Signature:
    try:
        at = dt.datetime.fromisoformat(entry.at)
    except ValueError:
        raise FaultsError(document.fault(("signatures",), "a time is not readable")) from None
    return Signature(
        by=entry.by,
        at=at,
        sha256=entry.sha256,
        last_number=entry.last_number,
        updates=entry.updates,
        checklist=entry.checklist,
        complete=entry.state == "signed",
        covers=entry.covers,
        undecided=tuple(sorted(entry.undecided.items())),
    )


def write_history(folder: Path, signatures: Sequence[Signature]) -> None:
    """Write signoff.yml."""
    entries = [
        {
            "by": signature.by,
            "at": signature.at.isoformat(),
            "sha256": signature.sha256,
            "last_number": signature.last_number,
            "updates": list(signature.updates),
            "checklist": list(signature.checklist),
            **({"covers": signature.covers} if signature.covers != "text" else {}),
            **({"undecided": dict(signature.undecided)} if signature.undecided else {}),
            "state": "signed" if signature.complete else "signing",
        }
        for signature in signatures
    ]
    text = yaml.safe_dump({"format": 1, "signatures": entries}, allow_unicode=True, sort_keys=False, width=120)
    atomic_writes.write(folder / SIGNOFF, (_NOTE + text).encode())


def write_text(folder: Path, sha256: str, text: Mapping[str, Any], updates: Sequence[Mapping[str, Any]]) -> None:
    """Write signed.json."""
    data = {"format": 1, "sha256": sha256, "text": text, "updates": updates}
    atomic_writes.write(
        folder / SIGNED, (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    )
