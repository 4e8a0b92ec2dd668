"""What this user's account knows of a reviews folder's list of signers and signatures: kept outside that folder.

Whoever may write the reviews folder can put another list, or older files, in the place of what is there. So an account
remembers which list it was told to trust, how far it had grown, and how new the newest signature of each case was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from publishing.checking.signers import signer_list
from publishing.checking.signers.private_keys import Sealer, is_fingerprint, open_key, settings_folder
from publishing.checking.signers.signer_list import SIGNERS, SignerList
from publishing.errors import SignersError, SigningRefusedError
from publishing.files import atomic_writes, locks
from publishing.settings import first_signer

_FILE = "known-signers.json"
_PATIENCE = 10.0


class _Known(BaseModel):
    """Of one list: its length and the hash of its newest entry when last seen; and the newest signature of each case."""

    model_config = ConfigDict(extra="forbid")
    entries: int
    newest: str
    cases: dict[str, AwareDatetime] = {}


class _Memory(BaseModel):
    """The lists that this account knows, by the reviews folder's place."""

    model_config = ConfigDict(extra="forbid")
    format: int = 1
    lists: dict[str, _Known] = {}


def load_signers(reviews: Path) -> SignerList | None:
    """The list of a reviews folder, believed; None where there is none, and people sign with their names.

    Raises:
        SignersError: it does not hold, this account does not know it, it is not the list that this account knows, or not one that begins
            as mkdocs.yml says.
    """
    known = _read().lists.get(_place(reviews))
    if not signer_list.is_there(reviews):
        if known:
            raise SignersError(
                f"{SIGNERS} is gone from the reviews folder. Nothing is signed or published without it: restore it."
            )
        refuse_other_first(None)
        return None
    listed = signer_list.read(reviews)
    refuse_other_first(listed)
    if known is None:
        raise SignersError(
            f"{SIGNERS}: this account does not know this list of signers yet. Ask a signer for the fingerprint of the first one on it, "
            "hold it against what candour signer list says, then: candour signer trust FINGERPRINT"
        )
    if listed.hashes[known.entries - 1 : known.entries] != (known.newest,):
        raise SignersError(
            f"{SIGNERS} is not the list of signers that this account knows, or an older one: nothing is signed or published. Restore the "
            "file. If it was meant, ask a signer for the fingerprint of the first one on it, then: candour signer trust FINGERPRINT"
        )
    return listed


def refuse_other_first(listed: SignerList | None) -> None:
    """Refuse a list that does not begin with the signer whom mkdocs.yml names, or a folder without a list where it names one.

    It stands outside the reviews folder, so that an account which has never seen the list cannot be shown a folder without it.

    Raises:
        SignersError: with what to do.
    """
    first = first_signer()
    if not first:
        return
    if not is_fingerprint(first):
        raise SignersError(
            "mkdocs.yml, extra, first_signer: is no fingerprint such as 9069-290c-5312-53b3-d044. Nothing is signed or published before it is "
            "mended: write the one that the first signer reads out to you"
        )
    if listed is None:
        raise SignersError(
            f"{SIGNERS} is missing: mkdocs.yml (first_signer) says that the list of signers begins with key {first}, and the reviews folder "
            "has no list. Nothing is signed or published: put the file back from a backup, and find out who took it away. Is it the right folder?"
        )
    if listed.signers[0].fingerprint != first:
        raise SignersError(
            f"{SIGNERS} begins with another signer than mkdocs.yml (first_signer) says, key {first}. Nothing is signed or published: put the "
            "right file back from a backup, and find out who changed it. Is it the right folder?"
        )


def newest_seen(reviews: Path, case: str) -> dt.datetime | None:
    """The moment of the newest signature of a case that this account has seen."""
    return moments_seen(reviews)(case)


def moments_seen(reviews: Path) -> Callable[[str], dt.datetime | None]:
    """The moment of the newest signature that this account has seen, for each case; read once for all of them."""
    known = _read().lists.get(_place(reviews))
    return lambda case: known.cases.get(_case_key(case)) if known else None


def remember(reviews: Path, listed: SignerList, cases: Mapping[str, dt.datetime], *, anew: bool = False) -> None:
    """Keep what was seen and found good: the list as it is, and the newest signature of some cases.

    Args:
        reviews: the reviews folder.
        listed: its list.
        cases: the moment of the newest signature, for each case.
        anew: forget what was known of this folder before.

    Raises:
        SignersError: it cannot be kept.
    """
    unkept = SignersError(
        "What was seen of the signers cannot be kept: check that you may write to your own settings folder"
    )
    path = settings_folder() / _FILE
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locks.hold_lock(path.with_suffix(".lock"), _PATIENCE):
            memory = _read()
            before = memory.lists.get(_place(reviews))
            seen = dict(before.cases) if before and not anew else {}
            seen |= {_case_key(case): at for case, at in cases.items()}
            known = _Known(entries=len(listed.hashes), newest=listed.hashes[-1], cases=seen)
            if known != before:
                memory = memory.model_copy(update={"lists": {**memory.lists, _place(reviews): known}})
                atomic_writes.write(path, memory.model_dump_json(indent=1).encode())
    except OSError:
        raise unkept from None


def unlock(reviews: Path, case: str, name: str, ask: Callable[[], str] | None) -> Sealer | None:
    """The key of somebody who is about to sign; None where the folder has no list.

    Args:
        reviews: the reviews folder.
        case: what is to be signed, for the message.
        name: who signs, however spelt.
        ask: asks for the passphrase; None where nobody can be asked.

    Raises:
        SignersError: the list does not hold.
        SigningRefusedError: no such signer, nobody to ask, the key is not here, or the passphrase is wrong.
    """
    listed = load_signers(reviews)
    if listed is None:
        return None
    signer = listed.called(name)
    if signer is None or signer.until is not None:
        raise SigningRefusedError(case, ["no signer of that name is on the list of signers: candour signer list"])
    if ask is None:
        raise SigningRefusedError(case, ["signatures here need a signer's passphrase"])
    try:
        return open_key(signer.name, signer.fingerprint, ask())
    except SignersError as error:
        raise SigningRefusedError(case, [str(error)]) from None


def what_is_known() -> bytes:
    """Everything that this account knows of lists and signatures, as it is kept; nothing where it knows of none."""
    path = settings_folder() / _FILE
    return path.read_bytes() if path.is_file() else b""


def _read() -> _Memory:
    path = settings_folder() / _FILE
    try:
        return _parse(path.read_bytes())
    except FileNotFoundError:
        return _Memory()
    except (OSError, ValidationError):
        raise SignersError(
            f"{_FILE} in your own settings folder cannot be read: restore it, or delete it and trust each list anew "
            "(candour signer trust)"
        ) from None


@lru_cache(maxsize=1)
def _parse(data: bytes) -> _Memory:
    # asked for several times for each case, and as long as there are cases
    return _Memory.model_validate_json(data)


def _place(reviews: Path) -> str:
    return str(reviews.resolve())


def _case_key(case: str) -> str:
    """A case without its name, which is private."""
    return hashlib.sha256(case.encode()).hexdigest()[:32]
