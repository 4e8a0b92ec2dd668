"""withdrawals.yml in the reviews folder: every review that was taken down, so that no build brings it back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from publishing.errors import BuildError, FullDiskError
from publishing.files import atomic_writes, disk_room
from publishing.reviews import Withdrawal
from publishing.settings import PUBLIC_ID, WITHDRAWALS
from publishing.vocabulary import terms

NOT_STATED = "not-stated"


class _Record(BaseModel):
    """withdrawals.yml, format 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    withdrawals: tuple[Withdrawal, ...]

    @field_validator("withdrawals", mode="before")
    @classmethod
    def _mend_on(cls, entries: object) -> object:
        """YAML takes a bare `on` for true."""
        if isinstance(entries, list):
            return [{"on" if k is True else k: v for k, v in e.items()} if isinstance(e, dict) else e for e in entries]
        return entries

    @field_validator("withdrawals")
    @classmethod
    def _are_sound(cls, withdrawals: tuple[Withdrawal, ...]) -> tuple[Withdrawal, ...]:
        for withdrawal in withdrawals:
            if (
                not re.fullmatch(PUBLIC_ID, withdrawal.public_id, re.ASCII)
                or withdrawal.reason not in withdrawal_reasons()
            ):
                raise ValueError("a public reference or a reason is none")
        return withdrawals


def gather_withdrawals(
    reviews: Path, published: Iterable[Withdrawal], cases: Iterable[str], on: dt.date
) -> tuple[Withdrawal, ...]:
    """Every withdrawal that is in any record, by public reference.

    Args:
        reviews: the reviews folder, with its own record.
        published: what the published site says.
        cases: references of cases whose front matter says that they are withdrawn.
        on: the day for those whose day no record gives.

    Raises:
        BuildError: the reviews folder's record cannot be read: a page could come back.
    """
    unsaid = (Withdrawal(public_id=public_id, on=on, reason=NOT_STATED) for public_id in cases)
    return merge_withdrawals(load_withdrawals(reviews), published, unsaid)


def store_withdrawals(reviews: Path, withdrawals: Sequence[Withdrawal]) -> None:
    """Add to the reviews folder's record what only the published record knew.

    Raises:
        PublishingError: the record cannot be read or written.
    """
    known = load_withdrawals(reviews)
    merged = merge_withdrawals(known, withdrawals)
    if set(merged) != set(known):
        _write(reviews, merged)


def withdrawal_reasons() -> list[str]:
    """Keys of every reason that a withdrawal may have."""
    return list(terms("withdrawal_reasons"))


def merge_withdrawals(*lists: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """One withdrawal a review: the first list that knows it is right."""
    found: dict[str, Withdrawal] = {}
    for withdrawal in (withdrawal for known in lists for withdrawal in known):
        found.setdefault(withdrawal.public_id, withdrawal)
    return tuple(found[public_id] for public_id in sorted(found))


def load_withdrawals(reviews: Path) -> tuple[Withdrawal, ...]:
    """Every withdrawal that the record holds.

    Raises:
        BuildError: it cannot be read, so that a withdrawn page could come back.
    """
    path = reviews / WITHDRAWALS
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        return _Record.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).withdrawals
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        raise BuildError(
            f"{WITHDRAWALS} in the reviews folder cannot be read, and a withdrawn page could come back. Mend it: "
            'format: 1, then withdrawals: a list of {public_id: "2025-001", on: 2025-02-03, reason: legal}.'
        ) from None


def load_withdrawals_if_readable(reviews: Path | None) -> tuple[Withdrawal, ...]:
    """What the record holds; nothing where it cannot be read, which is reported when it is to be written."""
    try:
        return load_withdrawals(reviews) if reviews else ()
    except BuildError:
        return ()


def _write(reviews: Path, withdrawals: Sequence[Withdrawal]) -> None:
    lines = "".join(
        f'  - {{public_id: "{w.public_id}", "on": {w.on.isoformat()}, reason: {w.reason}}}\n' for w in withdrawals
    )
    text = "# Reviews that were taken down: no build brings them back. Written by candour withdraw; public.\n"
    try:
        atomic_writes.write(reviews / WITHDRAWALS, f"{text}format: 1\nwithdrawals:\n{lines}".encode(), mode=0o644)
    except OSError as error:
        unwritten = BuildError(f"{WITHDRAWALS} in the reviews folder cannot be written ({error.strerror}).")
        raise disk_room.explain_write_error(error, unwritten) from None


def record_withdrawal(reviews: Path | None, withdrawal: Withdrawal) -> list[str]:
    """Write a withdrawal into the reviews folder's record; what hinders that does not hinder taking the page down."""
    if reviews is None:
        return [
            "There is no reviews folder here, so only the published record knows of this withdrawal: "
            f"build once where the reviews folder is before anything restores an older {withdrawal.public_id}."
        ]
    try:
        store_withdrawals(reviews, [withdrawal])
    except FullDiskError:
        return [
            f"The disk of the reviews folder is full, so its {WITHDRAWALS} does not say yet that {withdrawal.public_id} was "
            "withdrawn, and the published record alone does: make room, and withdraw it again or build."
        ]
    except BuildError as error:
        return [str(error)]
    return []
