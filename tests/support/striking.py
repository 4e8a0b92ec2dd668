"""Commands to strike, a house for them to work in, and what must hold after any blow: nothing half done, nothing told, nothing back."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

import redaction
from publishing import audit_log
from publishing.checking import load_signed_text
from publishing.cli import main
from publishing.files import atomic_writes
from publishing.release import manifest
from publishing.release.rollback import roll_back
from publishing.release.signoff import sign_off
from publishing.site import public_record
from redaction import Redactor
from tests.support.building import build_small, publish_small, withdraw_small
from tests.support.cases import CASE, OTHER, edit_case, sign_case, write_case, write_other_case
from tests.support.faults import CHANGING, Call, Ended, changing_calls, reading_calls, run_struck
from tests.support.paths import contents

GONE, GONE_ID = "copper-thistle-03", "2025-003"
"""A case that was withdrawn before anything is struck."""
GONE_LESSON = "Nobody rang the hostel back"
PRIVATE = ("Whitlock", "Moorhouse", "A4821CK", "Wołkowski", "Cadwaladr", "X412398", "Brackenbury", "Tennyson")
"""Words of the originals, which are nowhere but in reviews/."""

OTHER_LESSON = "A handover needs a spoken briefing"

FIRST, LATER = dt.date(2025, 3, 1), dt.date(2025, 3, 5)
NEXT = dt.date(2025, 3, 6)
SIGNED_BEFORE, SIGNED_NOW = "The court was told late.", "The court was told too late."


_SETTLE_ALL = atomic_writes.settle_all


@dataclass(frozen=True)
class Deed:
    """A command to strike. `withdraws` is the review that it takes down."""

    arguments: tuple[str, ...]
    withdraws: str = ""


DAY = ("--as-of", LATER.isoformat())
DEEDS = {
    "build": Deed(("build", *DAY)),
    "withdrawal": Deed(("withdraw", OTHER, "--reason", "legal", *DAY), withdraws="2025-002"),
    "sign-off": Deed(("sign-off", CASE, "--by", "Another Checker")),
    "rollback": Deed(("rollback", *DAY)),
    "rollback after a withdrawal": Deed(("rollback", *DAY)),
}


def make_struck_house(folder: Path, redactor: Redactor, deed: str) -> None:
    """Make the house that a deed finds: three cases of which one is withdrawn, a site, and a release kept from before."""
    reviews, out = folder / "reviews", folder / "build"
    sign_case(write_case(reviews), redactor)
    sign_case(write_other_case(reviews), redactor)
    third = {"person": "Odalys Brackenbury", "victim": "Perran Tolliver", "code": "A9914DK"}
    sign_case(write_case(reviews, GONE, public_id=GONE_ID, lesson=f"{GONE_LESSON}.", **third), redactor)
    build_small(reviews, out, FIRST)
    withdraw_small(GONE, "legal", reviews, out, FIRST)
    edit_case(folder, "The court was not told.", SIGNED_BEFORE)
    sign_off(reviews, CASE, "A Checker", redactor=redactor)
    build_small(reviews, out, FIRST)
    if deed == "rollback after a withdrawal":
        withdraw_small(OTHER, "legal", reviews, out, LATER)
    if deed in ("build", "sign-off"):
        edit_case(folder, SIGNED_BEFORE, SIGNED_NOW)
        _redact_now(reviews, redactor, keep_signature=deed == "build")


def _redact_now(reviews: Path, redactor: Redactor, *, keep_signature: bool) -> None:
    """Sign and build once aside, so that the cache has what the engine makes of it: no copy of this process may redact."""
    with tempfile.TemporaryDirectory() as aside:
        unsigned = shutil.copytree(reviews, Path(aside, "reviews"))
        sign_off(reviews, CASE, "Another Checker", redactor=redactor)
        build_small(reviews, Path(aside, "build"), LATER)
        if not keep_signature:
            shutil.copytree(reviews / ".candour/cache", unsigned / ".candour/cache", dirs_exist_ok=True)
            shutil.rmtree(reviews)
            shutil.copytree(unsigned, reviews)


class Struck:
    """A deed in its house, to be struck again and again, each time afresh."""

    def __init__(self, place: Path, deed: str, redactor: Redactor) -> None:
        self.deed, self.name = DEEDS[deed], deed
        self._made, self._redactor = place / "made", redactor
        self._logs, self.house = place / "logs", place / "house"
        self._logs.mkdir()
        self.reviews, self.out = self.house / "reviews", self.house / "build"
        self.before = contents(self._made / "build")
        ended = self.strike("-e", f"trace={CHANGING}")
        assert (ended.code, ended.err) == (0, ""), ended
        self.calls: list[Call] = changing_calls(self._logs / "calls.log", self.house)
        self.log = shutil.copy(self._logs / "calls.log", place / "unharmed.log")
        self.reads: list[Call] = reading_calls(self._logs / "calls.log", self.house)
        self.after = contents(self.out)

    def strike(self, *strace: str) -> Ended:
        """Do the deed in a fresh copy of its house."""
        shutil.rmtree(self.house, ignore_errors=True)
        shutil.copytree(self._made, self.house)
        return run_struck(self._candour, self._logs, *strace)

    def kill(self, call: Call) -> Ended:
        """Do it, and kill it before a call is carried out."""
        return self.strike("-e", f"trace={call.name}", "-e", f"inject={call.name}:signal=KILL:when={call.number}")

    def refuse(self, call: Call, error: str) -> Ended:
        """Do it, and have a call fail with an error (ENOSPC, EIO)."""
        return self.strike("-e", f"trace={call.name}", "-e", f"inject={call.name}:error={error}:when={call.number}")

    def _candour(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            # other tests do not wait for the disk
            patch.setattr(atomic_writes, "settle_all", _SETTLE_ALL)
            patch.setattr("publishing.release.build.build", build_small)
            patch.setattr("publishing.release.withdrawal.withdraw", withdraw_small)
            patch.setattr("publishing.release.rollback.roll_back", partial(roll_back, publish=publish_small))
            patch.setattr(redaction, "Redactor", lambda: self._redactor)
            patch.setattr(
                sys, "argv", ["candour", *self.deed.arguments, "--reviews", f"{self.reviews}", "--out", f"{self.out}"]
            )
            main()

    def faults(self) -> Iterator[str]:
        """What does not hold as things stand, and after the build that comes next."""
        yield from self._faults_of_what_stands()
        yield from self._faults_of_privacy(built=False)
        text = load_signed_text(self.reviews / CASE, dt.date.max)
        try:
            result = build_small(self.reviews, self.out, NEXT)
        except Exception as error:  # noqa: BLE001
            yield f"the next build fails: {error}"
            return
        yield from self._faults_of_privacy(built=True)
        if GONE_ID not in result.withdrawn:
            yield "the next build brings a withdrawn review back"
        if text is None or not text.strings():
            yield "no signed text is left"
        left = {path.name for path in self.house.iterdir()}
        if left - {"reviews", "build", ".build.candour-reserve", ".build.candour-releases"}:
            yield f"left behind: {left}"
        if broken := audit_log.read_log(self.reviews).broken:
            yield broken

    def _faults_of_what_stands(self) -> Iterator[str]:
        stands = contents(self.out)
        if stands not in (self.before, self.after) and not self.is_taken_away():
            yield "what stands is neither the old site nor the new"
        try:
            manifest.compare_with_manifest(self.out / manifest.NAME, self.out / "site")
        except Exception as error:  # noqa: BLE001
            yield f"what stands is not what its manifest says: {error}"

    def is_taken_away(self) -> bool:
        """Whether a page was taken away in place, as a withdrawal does where there is no room."""
        gone = {withdrawal.public_id for withdrawal in public_record.load_public_record(self.out / "markdown")[1]}
        texts = [data.decode(errors="replace") for data in contents(self.out).values()]
        return self.deed.withdraws in gone and not any(OTHER_LESSON in text for text in texts)

    def _faults_of_privacy(self, *, built: bool) -> Iterator[str]:
        """Words of originals outside reviews/; words of what is withdrawn in what stands, and after a build in anything."""
        withdrawn = [GONE_LESSON, *([OTHER_LESSON] if built and "2025-002" in _recorded(self.reviews) else [])]
        for path in self.house.rglob("*"):
            if not path.is_file() or path.is_relative_to(self.reviews):
                continue
            text = path.read_bytes().decode("utf-8", errors="replace")
            if any(word in text for word in PRIVATE):
                yield f"a private word is in {path.relative_to(self.house)}"
            if any(lesson in text for lesson in withdrawn):
                yield f"a word of a withdrawn review is in {path.relative_to(self.house)}"
        if (self.reviews / ".candour").stat().st_mode & 0o077:
            yield "the private folder can be read by others"
        for path in self.reviews.rglob("*.part"):
            if path.stat().st_mode & 0o077 and not path.name.startswith(".withdrawals.yml."):
                yield f"others can read {path.name}"


def _recorded(reviews: Path) -> str:
    return (reviews / "withdrawals.yml").read_text(encoding="utf-8")


UNCHANGED = ("was not changed", "Nothing was published", "What stood before stands", "could not be put in its place")
"""What a command says only where the old site stands."""


def faults_of_message(struck: Struck, ended: Ended) -> Iterator[str]:
    """What is wrong with how a command ended that was told of an error, and with what it said."""
    if ended.code not in (0, 1):
        yield f"it ended with {ended.code}"
    if ended.code == 1 and not ended.err.strip():
        yield "it says nothing"
    stands = contents(struck.out)
    if ended.code == 1 and any(word in ended.err for word in UNCHANGED) and stands != struck.before:
        yield "it says that nothing was changed, and the new site stands"
    if (
        ended.code == 0
        and struck.deed.arguments[0] != "sign-off"
        and stands != struck.after
        and not struck.is_taken_away()
    ):
        yield "it says that it is done, and the old site stands"
    for word in ("Traceback", "Something went wrong inside", str(struck.reviews), *PRIVATE):
        if word in ended.err:
            yield f"it says {word!r}"
