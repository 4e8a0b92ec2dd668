"""Going back to a kept release: every later withdrawal holds, nobody's page is lost, and the gate searches it as it does a build."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publishing import audit_log, intake, site
from publishing.checking import load_signatures, load_signed_text, signature_files, text_sha256
from publishing.checking.same_lessons import keep_same_as, leave_out_contradicted, said_same
from publishing.checking.signers import SignerList, load_signers
from publishing.checking.vouching import fault_of_signature, has_its_signers
from publishing.errors import PublishingError, TamperedSignatureError
from publishing.release import gate, kept_releases, manifest, published_editions, swap
from publishing.release.gathered_cases import gather_declared
from publishing.release.kept_releases import KeptRelease
from publishing.release.withdrawal import prepare_withdrawals, public_id_of
from publishing.release.withdrawal_record import gather_withdrawals, merge_withdrawals
from publishing.reviews import RedactedReview, Review, Withdrawal
from publishing.site import public_record, site_options
from publishing.vocabulary import counted


@dataclass(frozen=True)
class RollbackResult:
    """What stands now.

    `newer` are reviews that the release did not have and that stay as they were published since; `rewritten` is whether the site was
    written again from the release's records, because something was withdrawn or published since, a report included, or lessons are no longer called the same.
    """

    release: KeptRelease
    published: tuple[str, ...]
    withdrawn: tuple[str, ...]
    newer: tuple[str, ...]
    rewritten: bool
    warnings: tuple[str, ...]


def roll_back(
    reviews: Path, out: Path, name: str | None, as_of: dt.date, publish: site.Publisher = site.publish
) -> RollbackResult:
    """Put a kept release in <out>'s place, without what was withdrawn since.

    Args:
        reviews: the reviews folder: whom to guard, who signed what, and what was withdrawn.
        out: where the site is.
        name: the release; None for the newest from which nobody went back.
        as_of: the day, for a site that has to be written again.
        publish: what writes it then.

    Raises:
        PublishingError: there is no such release, a register or record cannot be read, nobody signed a text of it, or an identity is
            in it. Nothing was swapped: the site is unchanged.
    """
    with swap.lock_site(out):
        release = kept_releases.find_release(out, name)
        found = intake.load_every_case(reviews)
        guard = gather_declared(reviews, found)
        goal = _choose(reviews, out, release, found.reviews, as_of)
        # read now: what cannot be read after the exchange would be told as if nothing had changed
        limit = site_options.load_site_options().kept_releases
        with swap.make_private_folder(out) as staging:
            if goal.as_it_was:
                for part in kept_releases.FOLDERS:
                    shutil.copytree(release.folder / part, staging / part, symlinks=True)
            else:
                _write_again(reviews, out, goal, staging, as_of, publish)
            swap.carry_over(out, staging)
            gate.check_folder(staging, guard)
            manifest.write_manifest(staging)
            swap.swap(staging, out)
            warnings = _record(reviews, out, goal, staging, limit)
    return RollbackResult(
        release=release,
        published=tuple(review.public_id for review in goal.texts),
        withdrawn=tuple(sorted(goal.withdrawn)),
        newer=goal.newer,
        rewritten=not goal.as_it_was,
        warnings=warnings,
    )


@dataclass(frozen=True)
class _Goal:
    """What is to stand: the release's texts and newer ones, without what is withdrawn.

    `as_it_was`: that is the site of the release to the letter; `stuck` are releases of which what is withdrawn could not be removed.
    """

    release: KeptRelease
    texts: tuple[RedactedReview, ...]
    withdrawals: tuple[Withdrawal, ...]
    newer: tuple[str, ...]
    as_it_was: bool
    stuck: tuple[str, ...]

    @property
    def withdrawn(self) -> set[str]:
        """References of what stands withdrawn."""
        return {withdrawal.public_id for withdrawal in self.withdrawals}


def _choose(reviews: Path, out: Path, release: KeptRelease, cases: Sequence[Review], as_of: dt.date) -> _Goal:
    """What is to stand once a release is gone back to; raise where nobody signed a text of it."""
    standing, gone = public_record.load_public_record(out / "markdown")
    then, gone_then = _read_release(release)
    public = {review.public_id for review in (*standing, *then)}
    unsaid = [case.public_id for case in cases if case.status == "withdrawn" and case.public_id in public]
    withdrawals = gather_withdrawals(reviews, merge_withdrawals(gone, gone_then), unsaid, as_of)
    left_out = {withdrawal.public_id for withdrawal in withdrawals}
    stuck = kept_releases.purge(out, left_out)
    had = {review.public_id for review in then}
    newer = [review for review in standing if review.public_id not in had | left_out]
    left = [review for review in then if review.public_id not in left_out]
    then_same = sorted((*newer, *left), key=lambda review: review.public_id)
    _refuse_unsigned(reviews, then_same)
    texts = _with_signed_same_lessons(reviews, then_same, cases)
    # a report that was published since stays as it was published
    reports_then, reports = (public_record.load_edition_records(at / "markdown") for at in (release.folder, out))
    as_it_was = (
        release.whole
        and public_record.tells_same_lessons(release.folder / "markdown")
        and not newer
        and texts == then_same
        and set(withdrawals) == set(gone_then)
        and reports_then == reports
    )
    return _Goal(release, tuple(texts), withdrawals, tuple(review.public_id for review in newer), as_it_was, stuck)


def _write_again(reviews: Path, out: Path, goal: _Goal, staging: Path, as_of: dt.date, publish: site.Publisher) -> None:
    """Write the site from the release's records, since it is not what is to stand."""
    counts = public_record.load_national_record(goal.release.folder / "markdown")
    editions = published_editions.load_editions_to_keep(reviews, out, goal.texts, as_of)
    publish(goal.texts, goal.withdrawals, staging, as_of, national=counts, editions=editions)


def _record(reviews: Path, out: Path, goal: _Goal, replaced: Path, limit: int) -> tuple[str, ...]:
    """Keep the site that was replaced, and record the withdrawals and the deed; what somebody should look at."""
    warnings = [
        *kept_releases.keep(replaced, out, limit, goal.withdrawn, left=True),
        *map(kept_releases.explain_stuck, goal.stuck),
    ]
    prepare_withdrawals(reviews, out, goal.withdrawals, warnings.append)
    said = f"{counted(len(goal.texts), 'review')} published, {len(goal.withdrawals)} withdrawn"
    return (*warnings, *audit_log.record(reviews, "rolled-back", more=f"to {goal.release.name}: {said}"))


def _read_release(release: KeptRelease) -> tuple[Sequence[RedactedReview], Sequence[Withdrawal]]:
    if not (release.folder / "markdown" / public_record.WITHDRAWN).is_file():
        raise PublishingError(
            f"{release.name}: its records are gone, so nobody can go back to it. Choose another: candour releases"
        )
    return public_record.load_public_record(release.folder / "markdown")


def _refuse_unsigned(reviews: Path, chosen: Iterable[RedactedReview]) -> None:
    """Refuse any text that no signature of its case covers: a kept release is a folder like any other, and may have been changed."""
    listed = load_signers(reviews)
    folders = {public_id_of(folder): folder for folder in intake.case_folders(reviews)}
    unsigned = [
        review.public_id
        for review in chosen
        if review.public_id not in folders or not _is_signed(folders[review.public_id], review, listed)
    ]
    if unsigned:
        raise PublishingError(
            f"Nothing was changed: nobody is known to have signed what the release has of {', '.join(unsigned)}. Choose another "
            "release (candour releases), or mend and build: candour build"
        )


def _with_signed_same_lessons(
    reviews: Path, chosen: Sequence[RedactedReview], cases: Iterable[Review]
) -> list[RedactedReview]:
    """Reviews whose lessons are called the same only where that is signed today: what was taken back since does not come back."""
    now: dict[str, tuple[str, ...]] = {}
    for folder in intake.case_folders(reviews):
        with suppress(TamperedSignatureError):
            text = load_signed_text(folder, dt.date.max)
            now |= said_same([text] if text else [])

    held = {review.public_id: keep_same_as(review, lambda own, name: name in now.get(own, ())) for review in chosen}
    return list(leave_out_contradicted(held, cases).values())


def _is_signed(folder: Path, review: RedactedReview, listed: SignerList | None) -> bool:
    """Whether signatures of a case cover a text and its updates; where signers are listed, those whose keys vouch for them.

    A text in which two people decided needs the keys of two.
    """
    signatures = [
        signature
        for signature in load_signatures(folder)
        if listed is None or fault_of_signature(folder.name, signature, listed) is None
    ]
    said = {
        signature_files.update_sha256(review.public_id, {"lesson": lesson.id, **update.model_dump(mode="json")})
        for lesson in review.lessons
        for update in lesson.updates
    }
    text = text_sha256(review)
    if listed is not None and not has_its_signers(folder, text, listed):
        return False
    return text in {signature.sha256 for signature in signatures} and said <= {
        update for signature in signatures for update in signature.updates
    }
