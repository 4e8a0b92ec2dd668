"""Taking a review down. It works on the published site, and needs no other case to be sound."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from publishing import audit_log, intake, site
from publishing.errors import BuildError, FullDiskError, LeakError, PublishingError, SigningRefusedError
from publishing.release import gate, kept_releases, manifest, published_editions, removal, reserve, swap
from publishing.release.withdrawal_record import (
    NOT_STATED,
    load_withdrawals,
    load_withdrawals_if_readable,
    merge_withdrawals,
    record_withdrawal,
    store_withdrawals,
    withdrawal_reasons,
)
from publishing.reviews import RedactedReview, Withdrawal
from publishing.settings import PUBLIC_ID, WITHDRAWALS
from publishing.site import public_record
from publishing.vocabulary import title
from redaction import Identity, RegisterError

_PUBLIC_ID_LINE = re.compile(rf"^public_id:\s*[\"']?({PUBLIC_ID})\b", re.MULTILINE | re.ASCII)


@dataclass(frozen=True)
class WithdrawalResult:
    """What was taken down, what that means now, in words, and what somebody should look at."""

    public_id: str
    message: str
    warnings: tuple[str, ...]


def withdraw(
    case_or_public_id: str,
    reason: str,
    reviews: Path | None,
    out: Path,
    on: dt.date,
    publish: site.Publisher = site.publish,
) -> WithdrawalResult:
    """Take a review down: a notice in its place, gone from lists, search, feeds and data; no build brings it back.

    Args:
        case_or_public_id: the case's name, or its public reference where there is no reviews folder.
        reason: a key of the vocabulary's withdrawal_reasons.
        reviews: the reviews folder, if there is one; nothing in it needs to be sound.
        out: where the site is.
        on: the day.
        publish: what writes the site without the review.

    Raises:
        PublishingError: nothing is known of the review, the reason is none, or its page is published and nothing is left to write the
            site from; the withdrawal is recorded then, so that the next build takes the page down.
        LeakError: the site without the review would show an identity that it does not show already.
    """
    choices = [key for key in withdrawal_reasons() if key != NOT_STATED]
    if reason not in choices:
        raise PublishingError(f"{reason} is not a reason; reasons are: " + ", ".join(choices))
    reviews = reviews if reviews and reviews.is_dir() else None
    with reserve.release_reserve(out, reviews), ExitStack() as stack:
        try:
            stack.enter_context(swap.lock_site(out))
        except FullDiskError as error:
            raise PublishingError(
                f"{case_or_public_id}: IT WAS NOT TAKEN DOWN. The disk is so full that nothing at all can be done: {error.needed}. "
                "Make room and withdraw it again; until then take its page off the web server by hand."
            ) from None
        return _withdraw_locked(case_or_public_id, reason, reviews, out, on, publish)


def _withdraw_locked(
    name: str, reason: str, reviews: Path | None, out: Path, on: dt.date, publish: site.Publisher
) -> WithdrawalResult:
    """Take a review down, with the right to change <out>."""
    published, gone = public_record.load_public_record(out / "markdown")
    pages = public_record.published_page_ids(out / "site")
    known = {r.public_id for r in published} | {w.public_id for w in gone} | pages
    public_id = _find_public_id(name, reviews, known)
    new = Withdrawal(public_id=public_id, on=on, reason=reason)
    withdrawal = next((w for w in (*load_withdrawals_if_readable(reviews), *gone) if w.public_id == public_id), new)
    warnings = [] if withdrawal.reason == reason else [_another_reason(withdrawal)]
    unrecorded = record_withdrawal(reviews, withdrawal)
    # first, since what goes there may make the room that is needed here
    if not swap.drop_kept_pages(out):
        warnings.append(swap.explain_stuck_pages(out))
    stuck = kept_releases.purge(out, {public_id, *(known.public_id for known in gone)})
    is_notice = public_id not in {r.public_id for r in published} and public_id in {w.public_id for w in gone}
    if is_notice:
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
        merged = merge_withdrawals([withdrawal], gone)
        try:
            warnings += _rewrite_site(published, merged, reviews, out, on, publish)
            message = (
                f"Withdrawn: {public_id}. Its page is now a notice, and it is gone from lists, search and data. "
                "Publish the site folder again now, and remove from the web server what is gone from it."
            )
        except FullDiskError as error:
            message = removal.take_review_away(out, withdrawal, merged, published)
            warnings.append(f"{removal.MISSING}: {error.needed}.")
            # what was taken away made room
            unrecorded = record_withdrawal(reviews, withdrawal)
        except BuildError as error:
            raise PublishingError(
                f"{public_id}: IT WAS NOT TAKEN DOWN. {error} Until then take its page off the web server by hand."
            ) from None
    if reviews and not is_notice:
        warnings += audit_log.record(reviews, "withdrew", review=public_id, more=withdrawal.reason)
    if stuck:
        raise PublishingError("\n".join([message, *unrecorded, *warnings, *map(kept_releases.explain_stuck, stuck)]))
    return WithdrawalResult(public_id, message, (*unrecorded, *warnings))


def _rewrite_site(
    published: Iterable[RedactedReview],
    gone: Sequence[Withdrawal],
    reviews: Path | None,
    out: Path,
    on: dt.date,
    publish: site.Publisher,
) -> list[str]:
    """Write the site without what is gone and put it in the old one's place; what somebody should look at.

    Raises:
        FullDiskError: there is no room for it.
        LeakError: it would show an identity that the site does not show already.
    """
    left_out = {withdrawal.public_id for withdrawal in gone}
    left = [review for review in published if review.public_id not in left_out]
    guard, warnings = _tolerant_guard(reviews)
    with swap.make_private_folder(out) as staging:
        try:
            counts = public_record.load_national_record(out / "markdown")
        except BuildError:
            # a table of counts must not prevent a page from being taken down
            counts = ()
            warnings.append(
                "The national counts that stood published cannot be read: trends lack them until the next build."
            )
        try:
            editions = public_record.load_edition_records(out / "markdown")
        except BuildError:
            # what cannot be read is not shown: it may tell of the review
            editions = ()
            warnings.append(
                "A report that stood as it was published cannot be read: it is left out until the next build."
            )
        publish(left, gone, staging, on, national=counts, editions=editions)
        swap.carry_over(out, staging)
        warnings += _check_staging(staging, out, guard)
        manifest.write_manifest(staging)
        swap.swap(staging, out)
    return [*warnings, *published_editions.take_out_withdrawn(reviews, editions, left, gone)]


def prepare_withdrawals(
    reviews: Path, out: Path, withdrawals: Sequence[Withdrawal], report: Callable[[str], None]
) -> None:
    """Record the withdrawals beside the cases, and keep room in reserve for the next one; whatever prevents it is reported."""
    try:
        store_withdrawals(reviews, withdrawals)
    except PublishingError as error:
        # the published record holds them too: the next build tries again
        report(f"{WITHDRAWALS} was not written: {error}")
    keep_room(reviews, out, report)


def keep_room(reviews: Path, out: Path, report: Callable[[str], None]) -> None:
    """Keep room in reserve for the next withdrawal; whatever prevents it is reported."""
    if not reserve.keep_reserve(out, reviews):
        report("no room could be kept back for withdrawals on a full disk: make room, and build again")


def _another_reason(withdrawal: Withdrawal) -> str:
    return (
        f"{withdrawal.public_id} was withdrawn before, and the reason given then stands "
        f"({title('withdrawal_reasons', withdrawal.reason).lower()}); to give another, change it in {WITHDRAWALS} of the "
        "reviews folder and build"
    )


def refuse_withdrawn(reviews: Path, case: str, public_id: str, out: Path | None) -> None:
    """Refuse any signature for a review that was taken down.

    Raises:
        SigningRefusedError: a record says that it was; `out` is where the site is, if that is known.
        BuildError: a record cannot be read.
    """
    gone = public_record.load_public_record(out / "markdown")[1] if out else ()
    if public_id in {withdrawal.public_id for withdrawal in merge_withdrawals(load_withdrawals(reviews), gone)}:
        raise SigningRefusedError(
            case,
            [
                f"{public_id} is withdrawn and no build publishes it; what is to be published after all needs a new "
                "public_id in review.md"
            ],
        )


def public_id_of(folder: Path) -> str | None:
    """The public reference of a case folder, however broken the case is."""
    return next(iter(references_of(folder)), None)


def references_of(folder: Path) -> tuple[str, ...]:
    """Every public reference that a case folder gives, however broken the case is: the signed one first, then the source's."""
    found = []
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        signed = json.loads((folder / "signed.json").read_text(encoding="utf-8"))
        public_id = str(signed["text"]["public_id"])
        if re.fullmatch(PUBLIC_ID, public_id, re.ASCII):
            found.append(public_id)
    with suppress(OSError):
        match = _PUBLIC_ID_LINE.search((folder / "review.md").read_text(encoding="utf-8", errors="replace"))
        found += [match[1]] if match else []
    return tuple(dict.fromkeys(found))


def _find_public_id(name: str, reviews: Path | None, known: set[str]) -> str:
    """The public reference that a case's name, or the reference itself, identifies."""
    if reviews and intake.is_case_name(name) and (reviews / name).is_dir():
        public_id = public_id_of(reviews / name)
        if public_id:
            return public_id
        raise PublishingError(f"{name}: its public reference cannot be read. Give the reference, such as 2025-001.")
    ids = {public_id_of(folder) for folder in intake.case_folders(reviews)} if reviews else set()
    if name in known | ids:
        return name
    raise PublishingError(f"{name} is neither a case of the reviews folder nor the reference of a published review.")


# --- the gate, with whoever can be read -------------------------------------------------------------------------------
def _tolerant_guard(reviews: Path | None) -> tuple[gate.DeclaredIdentities, list[str]]:
    """Everyone whom a readable register declares, and a warning for every other."""
    if reviews is None:
        return gate.DeclaredIdentities({}), ["No register could be read, so the gate searched for nobody."]
    identities: dict[str, Sequence[Identity]] = {}
    warnings = []
    folders = intake.case_folders(reviews)
    for folder in folders:
        try:
            register = intake.load_register(folder)
        except RegisterError:
            register = None
            warnings.append(f"{folder.name}: its register cannot be read, so the gate did not search for its names.")
        identities[folder.name] = register.identities() if register else ()
    claims = ((folder.name, public_id_of(folder)) for folder in folders)
    return gate.DeclaredIdentities(identities, gate.cases_by_reference(claims)), warnings


def _check_staging(staging: Path, out: Path, guard: gate.DeclaredIdentities) -> list[str]:
    """Stop at anything that would be shown anew; what is public already must not hinder taking something away."""
    found = list(gate.find_hits(staging, guard))
    if not found:
        return []
    standing = {_place_of_hit(hit) for hit in gate.find_hits(out, guard)}
    new = sorted({str(hit) for hit in found if _place_of_hit(hit) not in standing})
    if new:
        raise LeakError(new)
    return sorted({f"already public before this withdrawal, build again soon: {hit}" for hit in found})


def _place_of_hit(hit: gate.GateHit) -> tuple[str, str]:
    """Where something was found; the search index names its files anew with every change."""
    return hit.case, re.sub(r"(/pagefind)/.*", r"\1", hit.path)
