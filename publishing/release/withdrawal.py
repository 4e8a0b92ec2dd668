"""Taking a review down. It works on what stands published, and needs no other case to be sound."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from publishing import intake, room, site
from publishing.checking import storage
from publishing.errors import BuildError, FullDiskError, LeakError, PublishingError, SigningRefusedError
from publishing.release import gate, removal, reserve, swap
from publishing.reviews import RedactedReview, Withdrawal
from publishing.settings import PUBLIC_ID, WITHDRAWALS
from publishing.site import records
from publishing.vocabulary import terms, title
from redaction import Identity, RegisterError

_NOT_STATED = "not-stated"
_PUBLIC_ID_LINE = re.compile(rf"^public_id:\s*[\"']?({PUBLIC_ID})\b", re.MULTILINE | re.ASCII)


@dataclass(frozen=True)
class WithdrawalResult:
    """What was taken down, what that means now, in words, and what somebody should look at."""

    public_id: str
    message: str
    warnings: tuple[str, ...]


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
            if not re.fullmatch(PUBLIC_ID, withdrawal.public_id, re.ASCII) or withdrawal.reason not in _reasons():
                raise ValueError("a public reference or a reason is none")
        return withdrawals


def withdraw(case_or_public_id: str, reason: str, reviews: Path | None, out: Path, on: dt.date) -> WithdrawalResult:
    """Take a review down: a notice in its place, gone from lists, search, feeds and data; no build brings it back.

    Args:
        case_or_public_id: the case's name, or its public reference where there is no reviews folder.
        reason: a key of the vocabulary's withdrawal_reasons.
        reviews: the reviews folder, if there is one; nothing in it needs to be sound.
        out: where the site stands.
        on: the day.

    Raises:
        PublishingError: nothing is known of the review, the reason is none, or its page stands and nothing is left to write the
            site from; the withdrawal is recorded then, so that the next build takes the page down.
        LeakError: the site without the review would show an identity that it does not show already.
    """
    choices = [key for key in _reasons() if key != _NOT_STATED]
    if reason not in choices:
        raise PublishingError(f"{reason} is not a reason; reasons are: " + ", ".join(choices))
    reviews = reviews if reviews and reviews.is_dir() else None
    with reserve.released(out, reviews), ExitStack() as stack:
        try:
            stack.enter_context(swap.working(out))
        except FullDiskError as error:
            raise PublishingError(
                f"{case_or_public_id}: IT WAS NOT TAKEN DOWN. The disk is so full that nothing at all can be done: {error.needed}. "
                "Make room and withdraw it again; until then take its page off the web server by hand."
            ) from None
        return _withdrawn(case_or_public_id, reason, reviews, out, on)


def _withdrawn(name: str, reason: str, reviews: Path | None, out: Path, on: dt.date) -> WithdrawalResult:
    """Take a review down, with the right to change <out>."""
    published, gone = records.load(out / "markdown")
    pages = records.pages(out / "site")
    known = {r.public_id for r in published} | {w.public_id for w in gone} | pages
    public_id = _find(name, reviews, known)
    new = Withdrawal(public_id=public_id, on=on, reason=reason)
    withdrawal = next((w for w in (*_recorded_before(reviews), *gone) if w.public_id == public_id), new)
    warnings = [] if withdrawal.reason == reason else [_another_reason(withdrawal)]
    unrecorded = _recorded(reviews, withdrawal)
    if public_id not in {r.public_id for r in published} and public_id in {w.public_id for w in gone}:
        message = f"{public_id} was withdrawn before; its notice stands."
    elif not published and not gone:
        if pages:
            raise PublishingError(
                f"{public_id}: IT WAS NOT TAKEN DOWN. {out.name}/site has pages and {out.name}/markdown has no record of them, "
                f"so the site cannot be written without it. Run candour build now: it leaves {public_id} out. Until then take "
                f"{out.name}/site/reviews/{public_id} off the web server by hand."
            )
        message = f"Nothing stands published in {out.name}: no later build will publish {public_id}."
    else:
        merged = _merged([withdrawal], gone)
        try:
            warnings += _written_again(published, merged, reviews, out, on)
            message = (
                f"Withdrawn: {public_id}. Its page is now a notice, and it is gone from lists, search and data. "
                "Publish the site folder again now."
            )
        except FullDiskError as error:
            message = removal.take_away(out, withdrawal, merged, published)
            warnings.append(f"{removal.MISSING}: {error.needed}.")
            # what was taken away made room
            unrecorded = _recorded(reviews, withdrawal)
    return WithdrawalResult(public_id, message, (*unrecorded, *warnings))


def _written_again(
    published: Iterable[RedactedReview], gone: Sequence[Withdrawal], reviews: Path | None, out: Path, on: dt.date
) -> list[str]:
    """Write the site without what is gone and put it in the old one's place; what somebody should look at.

    Raises:
        FullDiskError: there is no room for it.
        LeakError: it would show an identity that the site does not show already.
    """
    left_out = {withdrawal.public_id for withdrawal in gone}
    left = [review for review in published if review.public_id not in left_out]
    guard, warnings = _tolerant_guard(reviews)
    with swap.fresh(out) as staging:
        try:
            counts = records.load_national(out / "markdown")
        except BuildError:
            # a table of counts must not stand in the way of taking a page down
            counts = ()
            warnings.append(
                "The national counts that stood published cannot be read: trends lack them until the next build."
            )
        site.publish(left, gone, staging, on, national=counts)
        swap.carry_over(out, staging)
        warnings += _gate(staging, out, guard)
        swap.swap(staging, out)
    return warnings


def _another_reason(withdrawal: Withdrawal) -> str:
    return (
        f"{withdrawal.public_id} was withdrawn before, and the reason given then stands "
        f"({title('withdrawal_reasons', withdrawal.reason).lower()}); to give another, change it in {WITHDRAWALS} of the "
        "reviews folder and build"
    )


def gather(reviews: Path, published: Iterable[Withdrawal], cases: Iterable[str], on: dt.date) -> tuple[Withdrawal, ...]:
    """Every withdrawal that any record knows of, by public reference.

    Args:
        reviews: the reviews folder, with its own record.
        published: what the site that stands says.
        cases: references of cases whose front matter says that they are withdrawn.
        on: the day for those of which no record says it.

    Raises:
        BuildError: the reviews folder's record cannot be read: a page could come back.
    """
    unsaid = (Withdrawal(public_id=public_id, on=on, reason=_NOT_STATED) for public_id in cases)
    return _merged(_load(reviews), published, unsaid)


def refuse_withdrawn(reviews: Path, case: str, public_id: str, out: Path | None = None) -> None:
    """Let nothing be signed of a review that was taken down.

    Raises:
        SigningRefusedError: a record says that it was; `out` is where the site stands, if that is known.
        BuildError: a record cannot be read.
    """
    gone = records.load(out / "markdown")[1] if out else ()
    if public_id in {withdrawal.public_id for withdrawal in _merged(_load(reviews), gone)}:
        raise SigningRefusedError(
            case,
            [
                f"{public_id} is withdrawn and no build publishes it; what is to be published after all needs a new "
                "public_id in review.md"
            ],
        )


def store(reviews: Path, withdrawals: Sequence[Withdrawal]) -> None:
    """Add to the reviews folder's record what only the published record knew.

    Raises:
        PublishingError: the record cannot be read or written.
    """
    known = _load(reviews)
    merged = _merged(known, withdrawals)
    if set(merged) != set(known):
        _write(reviews, merged)


def public_id_of(folder: Path) -> str | None:
    """The public reference of a case folder, however broken the case is."""
    try:
        signed = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
        public_id = str(signed["text"]["public_id"])
        if re.fullmatch(PUBLIC_ID, public_id, re.ASCII):
            return public_id
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    try:
        match = _PUBLIC_ID_LINE.search((folder / "review.md").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    return match[1] if match else None


def _reasons() -> list[str]:
    return list(terms("withdrawal_reasons"))


def _find(name: str, reviews: Path | None, known: set[str]) -> str:
    """The public reference that a case's name or the reference itself stands for."""
    if reviews and intake.is_case_name(name) and (reviews / name).is_dir():
        public_id = public_id_of(reviews / name)
        if public_id:
            return public_id
        raise PublishingError(f"{name}: its public reference cannot be read. Give the reference, such as 2025-001.")
    ids = {public_id_of(folder) for folder in intake.case_folders(reviews)} if reviews else set()
    if name in known | ids:
        return name
    raise PublishingError(f"{name} is neither a case of the reviews folder nor the reference of a published review.")


def _merged(*lists: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """One withdrawal a review: the first list that knows it is right."""
    found: dict[str, Withdrawal] = {}
    for withdrawal in (withdrawal for known in lists for withdrawal in known):
        found.setdefault(withdrawal.public_id, withdrawal)
    return tuple(found[public_id] for public_id in sorted(found))


# --- the record in the reviews folder ---------------------------------------------------------------------------------


def _load(reviews: Path) -> tuple[Withdrawal, ...]:
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


def _recorded_before(reviews: Path | None) -> tuple[Withdrawal, ...]:
    """What the record holds; nothing where it cannot be read, which is told when it is to be written."""
    try:
        return _load(reviews) if reviews else ()
    except BuildError:
        return ()


def _write(reviews: Path, withdrawals: Sequence[Withdrawal]) -> None:
    lines = "".join(
        f'  - {{public_id: "{w.public_id}", "on": {w.on.isoformat()}, reason: {w.reason}}}\n' for w in withdrawals
    )
    text = "# Reviews that were taken down: no build brings them back. Written by candour withdraw; public.\n"
    try:
        storage.write(reviews / WITHDRAWALS, f"{text}format: 1\nwithdrawals:\n{lines}".encode(), mode=0o644)
    except OSError as error:
        unwritten = BuildError(f"{WITHDRAWALS} in the reviews folder cannot be written ({error.strerror}).")
        raise room.told(error, unwritten) from None


def _recorded(reviews: Path | None, withdrawal: Withdrawal) -> list[str]:
    """Write a withdrawal into the reviews folder's record; what hinders that does not hinder taking the page down."""
    if reviews is None:
        return [
            "There is no reviews folder here, so only the published record knows of this withdrawal: "
            f"build once where the reviews folder is before anything restores an older {withdrawal.public_id}."
        ]
    try:
        store(reviews, [withdrawal])
    except FullDiskError:
        return [
            f"The disk of the reviews folder is full, so its {WITHDRAWALS} does not say yet that {withdrawal.public_id} was "
            "withdrawn, and the published record alone does: make room, and withdraw it again or build."
        ]
    except BuildError as error:
        return [str(error)]
    return []


# --- the gate, with whoever can be read -------------------------------------------------------------------------------


def _tolerant_guard(reviews: Path | None) -> tuple[gate.Guard, list[str]]:
    """Everyone whom a readable register declares, and a warning for every other."""
    if reviews is None:
        return gate.Guard({}), ["No register could be read, so the gate searched for nobody."]
    identities: dict[str, Sequence[Identity]] = {}
    warnings = []
    folders = intake.case_folders(reviews)
    for folder in folders:
        try:
            register = intake.register_of(folder)
        except RegisterError:
            register = None
            warnings.append(f"{folder.name}: its register cannot be read, so the gate did not search for its names.")
        identities[folder.name] = register.identities() if register else ()
    claims = ((folder.name, public_id_of(folder)) for folder in folders)
    return gate.Guard(identities, gate.claimed(claims)), warnings


def _gate(staging: Path, out: Path, guard: gate.Guard) -> list[str]:
    """Stop at anything that would be shown anew; what is public already must not hinder taking something away."""
    found = list(gate.hits(staging, guard))
    if not found:
        return []
    standing = {_place(hit) for hit in gate.hits(out, guard)}
    new = sorted({str(hit) for hit in found if _place(hit) not in standing})
    if new:
        raise LeakError(new)
    return sorted({f"already public before this withdrawal, build again soon: {hit}" for hit in found})


def _place(hit: gate.Hit) -> tuple[str, str]:
    """Where something stands; the search index names its files anew with every change."""
    return hit.case, re.sub(r"(/pagefind)/.*", r"\1", hit.path)
