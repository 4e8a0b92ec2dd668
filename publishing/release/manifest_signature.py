"""The signature of a release's manifest: who saw this release, and no other, stand where it was built.

It stands beside the manifest (`manifest.txt.sig`), covers its bytes and so every file of the site, and tells its signer by the key
alone. A person signs after a build: builds run unattended, and a key that a script can open protects nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from publishing import audit_log
from publishing.checking.canonical_json import canonical_json
from publishing.checking.signers import SignerList, fingerprint, is_signed, load_signers, unlock
from publishing.errors import ManifestSignatureError, SignersError
from publishing.files import atomic_writes, disk_room
from publishing.release import manifest, swap
from publishing.settings import in_london
from publishing.vocabulary import counted
from redaction.strict_files import plain_text
from redaction.strict_files.faults import FaultsError


class _File(BaseModel):
    """manifest.txt.sig, format 1: one JSON object. `key` is the public key, `signature` over `signed_bytes`; both hexadecimal."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    at: AwareDatetime
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]

    def signed_bytes(self, manifest_sha256: str) -> bytes:
        """What the key signs: the hash of the manifest, whose key it is, and the moment."""
        said = self.model_dump(mode="json", include={"key", "at"})
        return canonical_json({"purpose": "candour: a release is signed", "manifest": manifest_sha256, **said})


@dataclass(frozen=True)
class ManifestSignature:
    """A signature that holds. `name` is the signer's, or "" where no list of signers was there to tell whose key it is."""

    fingerprint: str
    at: dt.datetime
    name: str = ""

    @property
    def moment(self) -> str:
        """When it was made, for a person to read."""
        when = in_london(self.at)
        return f"{when.day} {when:%B %Y, %H:%M}"


def sign_manifest(
    reviews: Path, out: Path, name: str, ask: Callable[[], str], now: dt.datetime
) -> tuple[ManifestSignature, tuple[str, ...]]:
    """Sign the manifest of the site that stands, once it is the site's; the signature, and what hindered recording it.

    Args:
        reviews: the reviews folder, whose list says who may sign.
        out: where the site is.
        name: who signs, however spelt.
        ask: asks for the passphrase.
        now: the time, with its zone.

    Raises:
        PublishingError: there is no list of signers, no manifest, or none that is the site's; the key may not sign; a build is at work.
    """
    path = out / manifest.NAME
    sealer = unlock(reviews, path.name, name, ask)
    listed = load_signers(reviews)
    if sealer is None or listed is None:
        raise SignersError(
            "A manifest is signed with a signer's key, and this reviews folder has no list of signers: "
            "candour signer add --name NAME begins one."
        )
    with swap.lock_site(out):
        count = manifest.compare_with_manifest(path, out / "site")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        key = sealer.key.public_key().public_bytes_raw().hex()
        unsigned = _File(key=key, at=now.replace(microsecond=0), signature="0" * 128)
        if reason := _fault_of(unsigned, listed):
            raise ManifestSignatureError(f"{path.name}: not signed: {reason}: is this machine's date right?")
        file = unsigned.model_copy(update={"signature": sealer.seal(unsigned.signed_bytes(digest))})
        try:
            atomic_writes.write(
                manifest.signature_path(path), f"{file.model_dump_json(indent=1)}\n".encode(), mode=0o644
            )
        except OSError as error:
            unwritten = ManifestSignatureError(f"{path.name}: the signature cannot be written beside it")
            raise disk_room.explain_write_error(error, unwritten, f"the folder {out.name}") from None
        more = f"{counted(count, 'file')}, manifest {digest}"
        unlogged = audit_log.record(reviews, "signed-release", by=sealer.name, more=more)
    return ManifestSignature(sealer.fingerprint, file.at, sealer.name), unlogged


def verify_signature(path: Path, reviews: Path) -> ManifestSignature | None:
    """The signature of a manifest, held against the list of signers where there is a reviews folder with one; None where it is not signed.

    Raises:
        ManifestSignatureError: it is none, not of this manifest, or by a key that may not sign.
        SignersError: the list of signers does not hold.
    """
    there = manifest.signature_path(path)
    if not (there.is_symlink() or there.exists()):
        return None
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        file = _File.model_validate(json.loads(plain_text.read_bytes(there)))
    except (OSError, FaultsError, ValidationError, ValueError, RecursionError):
        raise ManifestSignatureError(
            f"{there.name} is not a signature as candour sign-manifest writes it, or there is no manifest beside it. Nothing was compared."
        ) from None
    own = fingerprint(file.key)
    if not is_signed(file.key, file.signature, file.signed_bytes(digest)):
        raise ManifestSignatureError(
            f"The signature is not of this manifest: {path.name} or {there.name} was changed, or they are of two releases. Nothing was "
            "compared: get both files as they were kept when the site was published."
        )
    listed = load_signers(reviews) if reviews.is_dir() else None
    if listed is None:
        return ManifestSignature(own, file.at)
    if reason := _fault_of(file, listed):
        raise ManifestSignatureError(
            f"The signature of {path.name} does not count: {reason} (key {own}). Nothing was compared: have a signer look at what was "
            "released and sign it: candour sign-manifest --by NAME"
        )
    return ManifestSignature(own, file.at, next(s.name for s in listed.signers if s.key == file.key))


def _fault_of(file: _File, listed: SignerList) -> str | None:
    """Why a key may not have signed a manifest; None where it may.

    Nothing dates a release but its signer's own word, so a retired key counts for none, whatever day it names.
    """
    signer = next((known for known in listed.signers if known.key == file.key), None)
    if signer is None:
        return "its key is not on the list of signers"
    if signer.until is not None:
        return "its signer was retired"
    return None if signer.may_sign(file.at) else "its signer was none yet on that day"
