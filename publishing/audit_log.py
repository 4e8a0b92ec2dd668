"""The audit log: who did what, and when, one line each. PRIVATE: it names signers. Never a word of a review.

`.candour/audit.log` in the reviews folder holds one JSON object a line, each with the SHA-256 of the line before it. Nothing but
appending ever happens to it: each deed writes its line when it is done and before it lets go of its lock, so that a machine that
stops in between loses the newest line at most. A review goes by its public reference: what is forgotten leaves no name here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from publishing.errors import PublishingError
from publishing.files import atomic_writes, locks
from publishing.settings import in_london, login_name

LOG = "audit.log"
"""Its name in `.candour/`."""

DEEDS = {
    "signed": "signed",
    "answered": "an answer to a lesson was signed",
    "same-lesson": "it was signed which lessons are the same",
    "shown": "a copy was made for the family before publication",
    "reported": "an annual report was signed",
    "built": "built",
    "signed-release": "the manifest of a release was signed",
    "withdrew": "withdrawn",
    "rolled-back": "went back to a release before",
    "backed-up": "a backup was made",
    "restored": "restored from a backup",
    "deleted": "forgotten: every private trace was deleted",
}
"""What is recorded, as people read it."""

_LOCK = ".audit.lock"
"""No case's lock is called so: their names begin with a letter or digit."""
_FIRST = "0" * 64
_PATIENCE = 10.0


class Line(BaseModel):
    """A line of the log. `before` is the SHA-256 of the line before, `n` the number of this one, from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    n: int
    at: str
    did: str
    review: str
    by: str
    login: str
    more: str
    before: str

    def __str__(self) -> str:
        """For a person to read."""
        when = in_london(dt.datetime.fromisoformat(self.at))
        said = ": ".join(filter(None, (DEEDS.get(self.did, self.did), self.review)))
        who = f"{self.by} (login {self.login})" if self.by else f"login {self.login}"
        return f"{self.n}  {when.day} {when:%B %Y, %H:%M}  {said}, by {who}{f'; {self.more}' if self.more else ''}"


@dataclass(frozen=True)
class AuditLog:
    """Every line that can be read. `broken` says where the chain breaks, `torn` which lines a stopped machine left half written."""

    lines: tuple[Line, ...]
    broken: str
    torn: tuple[int, ...]
    checksum: str


def record(reviews: Path, did: str, *, review: str = "", by: str = "", more: str = "") -> tuple[str, ...]:
    """Append what was done; what hindered that, in words, because what was done is done all the same.

    Args:
        reviews: the reviews folder.
        did: a key of DEEDS.
        review: the public reference, if it is about one.
        by: the name that somebody signed with; the login is always recorded.
        more: counts, a reason or a checksum.
    """
    place = reviews / ".candour"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        with locks.hold_lock(place / _LOCK, _PATIENCE):
            _append(place / LOG, did, review, by, more)
    except OSError as error:
        why = error.strerror or "another program holds it"
        return (f"The audit log could not be written ({why}), so it does not have this. What was done is done.",)
    return ()


def read_log(reviews: Path) -> AuditLog:
    """Read the log and follow its chain.

    Raises:
        PublishingError: it cannot be read.
    """
    path = reviews / ".candour" / LOG
    try:
        data = path.read_bytes() if path.exists() or path.is_symlink() else b""
    except OSError as error:
        raise PublishingError(f"The audit log cannot be read ({error.strerror}).") from None
    return _follow(_rows(data))


def _append(path: Path, did: str, review: str, by: str, more: str) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        data = file.readall()
        rows = _rows(data)
        line = Line(
            n=len(rows) + 1,
            at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            did=did,
            review=review,
            by=by,
            login=login_name("unknown"),
            more=more,
            before=_checksum(rows[-1]) if rows else _FIRST,
        )
        # a line that a stopped machine left half written stays as it is, and the chain goes on behind it
        gap = b"\n" if data and not data.endswith(b"\n") else b""
        file.write(gap + json.dumps(line.model_dump(), ensure_ascii=False).encode() + b"\n")
        os.fsync(file.fileno())
    if not data:
        atomic_writes.settle(path.parent)


def _follow(rows: list[bytes]) -> AuditLog:
    """Read every line and hold each against the one before."""
    lines: list[Line] = []
    torn: list[int] = []
    broken = ""
    before = _FIRST
    for number, row in enumerate(rows, 1):
        line = _parse(row)
        if line is None:
            # a half-written line: whether somebody wrote over it is told by the next one
            torn.append(number)
        elif not broken and (line.n != number or line.before != before):
            broken = f"The chain breaks at line {number}: it does not follow from the line before, which was changed, taken out or put in"
        lines += [line] if line else []
        before = _checksum(row)
    return AuditLog(tuple(lines), broken, tuple(torn), before if rows else "")


def _rows(data: bytes) -> list[bytes]:
    return data.removesuffix(b"\n").split(b"\n") if data else []


def _parse(row: bytes) -> Line | None:
    try:
        line = Line.model_validate_json(row)
        dt.datetime.fromisoformat(line.at)
    except (ValidationError, ValueError):
        return None
    return line


def _checksum(row: bytes) -> str:
    return hashlib.sha256(row).hexdigest()


def tell(log: AuditLog) -> Iterator[str]:
    """For a person to read: every line, and whether the chain holds."""
    yield from map(str, log.lines)
    for number in log.torn:
        yield f"Line {number} is cut short: the machine stopped while it was written, or somebody changed it."
    if not log.lines:
        yield "Nothing is recorded yet."
    elif not log.broken:
        yield f"{len(log.lines)} lines, and each follows from the one before. Checksum of the last: {log.checksum}"
        yield "Whoever may write the reviews folder can cut off the end of the log or begin it anew: note this checksum elsewhere from time to time."
