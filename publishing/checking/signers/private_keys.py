"""Private keys: Ed25519, one a person and list, in their own settings folder, sealed by a passphrase that is kept nowhere.

A file is PKCS #8 as PEM, encrypted by the library (PBES2, AES-256). The library stretches a password by 2,048 rounds of
PBKDF2, which is little, so the passphrase goes through scrypt first (RFC 7914); the salt stands above the PEM.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from publishing.errors import SignersError
from publishing.files import atomic_writes

SHORTEST = 12
"""Signs that a passphrase has at least."""

_COST = 2**17
"""scrypt's N, with r = 8 and p = 1: 128 MB and about half a second for each guess (OWASP's first choice, 2024)."""

_SALT = re.compile(rb"scrypt ([0-9a-f]{32}) ([0-9]{1,7})\n")


@dataclass(frozen=True, repr=False)
class Sealer:
    """A signer whose key is open: what signs for them. Never stored and never shown."""

    name: str
    fingerprint: str
    key: Ed25519PrivateKey

    def seal(self, data: bytes) -> str:
        """The signature of some bytes, in hexadecimal."""
        return self.key.sign(data).hex()


def fingerprint(public_key: str) -> str:
    """What people hold against each other: the first 80 bits of a public key's SHA-256, in groups of four letters and digits."""
    digest = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:20]
    return "-".join(digest[at : at + 4] for at in range(0, 20, 4))


def is_fingerprint(value: object) -> bool:
    """Whether something is written as a fingerprint is."""
    return isinstance(value, str) and re.fullmatch(r"(?:[0-9a-f]{4}-){4}[0-9a-f]{4}", value, re.ASCII) is not None


def settings_folder() -> Path:
    """Where this user's own keys are, and what this machine knows of lists: outside every reviews folder."""
    return platformdirs.user_config_path("candour", appauthor=False)


def make_key(passphrase: str) -> str:
    """Make a key and put it away; its public half, in hexadecimal.

    Raises:
        SignersError: the passphrase is too short, or the file cannot be written.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise SignersError(
            f"The passphrase is too short: nothing was made. Take at least {SHORTEST} letters, such as three or four words."
        )
    key = Ed25519PrivateKey.generate()
    public_key = key.public_key().public_bytes_raw().hex()
    salt = os.urandom(16)
    pem = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(_stretch(passphrase, salt, _COST))
    )
    path = _path(fingerprint(public_key))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic_writes.write(path, f"scrypt {salt.hex()} {_COST}\n".encode() + pem)
    except OSError:
        raise SignersError(
            "The key cannot be kept: check that you may write to your own settings folder, and try again."
        ) from None
    return public_key


def open_key(name: str, own_fingerprint: str, passphrase: str) -> Sealer:
    """Open the key of a signer.

    Raises:
        SignersError: it is not on this machine, or the passphrase is not the right one.
    """
    wrong = SignersError(f"key {own_fingerprint}: the passphrase is not the right one: try again")
    try:
        data = _path(own_fingerprint).read_bytes()
    except OSError:
        raise SignersError(
            f"key {own_fingerprint}: it is not on this machine, or not under your account: sign where it was made"
        ) from None
    head = _SALT.match(data)
    try:
        if head is None:
            raise ValueError
        key = load_pem_private_key(
            data[head.end() :], _stretch(passphrase, bytes.fromhex(head[1].decode()), int(head[2]))
        )
    except (ValueError, TypeError):
        raise wrong from None
    if (
        not isinstance(key, Ed25519PrivateKey)
        or fingerprint(key.public_key().public_bytes_raw().hex()) != own_fingerprint
    ):
        raise wrong
    return Sealer(name, own_fingerprint, key)


def _path(own_fingerprint: str) -> Path:
    return settings_folder() / "keys" / f"{own_fingerprint}.pem"


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    """A password of 64 letters and digits, in hexadecimal, out of a passphrase."""
    typed = unicodedata.normalize("NFC", passphrase.strip()).encode()
    return Scrypt(salt, length=32, n=cost, r=8, p=1).derive(typed).hex().encode()
