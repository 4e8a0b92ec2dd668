"""The two files of a signature: signed.json, which may be public, and signoff.yml, which may not.

What is read here is not believed yet: `Stored.check` holds it against the signatures.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from publishing.checking.canonical_json import canonical_json, sha256
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
    `by_two` is how many decisions and changed passages of the text two people made: it is published when both have signed.
    `covers` is "text", or "update" where the signer vouched for the newest update alone and the text stayed as it was.
    Where the reviews folder lists its signers, `key` is the fingerprint of the signer's, `before` the hash of the signature
    before it in the file, and `seal` the signature itself, over `sealed_bytes`; all three are empty where it does not.
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
    by_two: int = 0
    warnings: tuple[str, ...] = ()
    key: str = ""
    before: str = ""
    seal: str = ""

    def sealed_bytes(self, case: str) -> bytes:
        """What the key signs: the case, the hash of the text, and everything that is kept of this signature but its state."""
        said = {name: value for name, value in self.entry().items() if name not in ("state", "seal")}
        return canonical_json({"purpose": "candour: a review is signed", "case": case, **said})

    def hash(self) -> str:
        """What the next signature in the file names as the one before it."""
        return sha256({name: value for name, value in self.entry().items() if name != "state"})

    def entry(self) -> dict[str, Any]:
        """As signoff.yml has it."""
        sealed = {"key": self.key, "before": self.before, "seal": self.seal}
        return {
            "by": self.by,
            "at": self.at.isoformat(),
            "sha256": self.sha256,
            "last_number": self.last_number,
            "updates": list(self.updates),
            "checklist": list(self.checklist),
            **({"covers": self.covers} if self.covers != "text" else {}),
            **({"undecided": dict(self.undecided)} if self.undecided else {}),
            **({"by_two": self.by_two} if self.by_two else {}),
            **(sealed if self.key else {}),
            "state": "signed" if self.complete else "signing",
        }


def update_sha256(public_id: str, said: Mapping[str, Any]) -> str:
    """The hash of a lesson's update; the review's reference is in it, so that it cannot be moved to another."""
    return sha256({"public_id": public_id, **said})


# --- signed.json


@dataclass(frozen=True)
class Stored:
    """The content of signed.json, not yet verified. `updates` are what is said of lessons beside the text."""

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
        same: dict[int, tuple[str, ...]] = {}
        for entry in self.updates:
            if "same_as" in entry:
                # the newest is last, and takes the place of those before
                same[entry["lesson"]] = tuple(entry["same_as"])
                continue
            update = Update.model_validate_json(canonical_json({name: entry[name] for name in Update.model_fields}))
            if update.date <= as_of:
                said[entry["lesson"]].append(update)
        lessons = [
            lesson.model_copy(
                update={
                    "updates": tuple(sorted(said[lesson.id], key=lambda update: update.date)),
                    "same_as": same.get(lesson.id, ()),
                }
            )
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
    by_two: Count = 0
    key: Text = ""
    before: str = ""
    seal: Text = ""
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
    return _parse_history(plain_text.read_utf8(path))


@lru_cache(maxsize=10_000)
def _parse_history(text: str) -> tuple[Signature, ...]:
    # a build asks four times for each case; the file is read each time
    document = strict_yaml.parse(text, SIGNOFF)
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
        by_two=entry.by_two,
        key=entry.key,
        before=entry.before,
        seal=entry.seal,
    )


def write_history(folder: Path, signatures: Sequence[Signature]) -> None:
    """Write signoff.yml."""
    entries = [signature.entry() for signature in signatures]
    text = yaml.safe_dump({"format": 1, "signatures": entries}, allow_unicode=True, sort_keys=False, width=120)
    atomic_writes.write(folder / SIGNOFF, (_NOTE + text).encode())


def write_text(folder: Path, sha256: str, text: Mapping[str, Any], updates: Sequence[Mapping[str, Any]]) -> None:
    """Write signed.json."""
    data = {"format": 1, "sha256": sha256, "text": text, "updates": updates}
    atomic_writes.write(
        folder / SIGNED, (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    )
