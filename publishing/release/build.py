"""The steps of a build in their order: approved reviews in, a whole site out, or nothing at all."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from publishing import audit_log, intake, site
from publishing.catalogue import coarsening, national_counts
from publishing.checking import signing
from publishing.errors import CaseError, LostPageError, SignersError
from publishing.files.reuse import Reuse
from publishing.release import gate, kept_releases, manifest, published_editions, swap
from publishing.release.explanation import Explanation
from publishing.release.gate_verdicts import GateVerdicts
from publishing.release.gathered_cases import GatheredCases
from publishing.release.notices import Notices, find_notices
from publishing.release.second_reading import SecondReading, read_again
from publishing.release.unchanged import LastRelease, Standing
from publishing.release.withdrawal import keep_room, prepare_withdrawals, public_id_of
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.settings import day_of
from publishing.site import chromium, public_record, report_pdfs, site_options
from publishing.site.kept_texts import PRINTED, KeptTexts
from publishing.vocabulary import counted
from redaction import Policy


@dataclass(frozen=True)
class BuildResult:
    """What a build did.

    `left_out` are (case, reason); `doubts` are (case, how many details of which kinds today's engine would not leave);
    `notices` are what somebody should know before the next signature; `explanation` says what was done again, None where the site was left as it stands.
    """

    published: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    faulty: tuple[CaseError, ...]
    doubts: tuple[tuple[str, str], ...]
    notices: Notices
    withdrawn: tuple[str, ...]
    explanation: Explanation | None


@dataclass(frozen=True)
class _Task:
    """What one build is of, what it is for, and who is told of its steps."""

    reviews: Path
    out: Path
    as_of: dt.date
    options: site_options.SiteOptions
    report: Callable[[str], None]


@dataclass(frozen=True)
class _Release:
    """What is to be published: texts by their references, and what stands withdrawn; `left_out` are the other cases."""

    texts: tuple[RedactedReview, ...]
    withdrawals: tuple[Withdrawal, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def withdrawn(self) -> set[str]:
        """References of what stands withdrawn."""
        return {withdrawal.public_id for withdrawal in self.withdrawals}


_COLLECTING = (100_000, 10, 10)
"""How many objects are made before Python looks for those in circles that nobody needs, of the newest, of older and of all."""


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Have Python look through its objects less often: a build keeps nearly all that it reads, and half its time went into looking."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_collecting_seldom()
def build(
    reviews: Path,
    out: Path,
    as_of: dt.date,
    workers: int | None = None,
    scheduler: str | None = None,
    report: Callable[[str], None] = lambda line: None,
    publish: site.Publisher = site.publish,
) -> BuildResult:
    """Build the site of every review that may be published on a day, and put it in <out>'s place.

    Raises:
        PublishingError: readers could reach nobody, a register cannot be read, a signature does not hold, an identity is left, a published page
            would be lost, a step failed. Nothing was swapped: the old site is unchanged.
    """
    task = _Task(reviews, out, as_of, site_options.load_site_options(), report)
    _check_options(task.options, report)
    last = LastRelease(reviews, out, as_of) if publish is site.publish else None
    with swap.lock_site(out):
        if last and (standing := last.find()):
            return _leave_standing(task, standing)
        kept_releases.make_room(out)
    with swap.staging(out, len(intake.case_folders(reviews))) as staging:
        lines: list[str] = []
        result, is_finished = _make(task, staging, workers, scheduler, publish, lines)
        if last and is_finished and not result.faulty:
            told = {name: value for name, value in vars(result).items() if name not in ("faulty", "explanation")}
            last.store(Standing(**told, lines=tuple(lines)), as_of)
        return result


def _leave_standing(task: _Task, standing: Standing) -> BuildResult:
    """Nothing changed since the site was made that stands: it is what would be made."""
    task.report("nothing has changed since the last release: the site is left as it stands")
    for line in standing.lines:
        task.report(line)
    for name in kept_releases.purge(task.out, standing.withdrawn):
        task.report(kept_releases.explain_stuck(name))
    keep_room(task.reviews, task.out, task.report)
    _note_built(task, len(standing.published), len(standing.withdrawn))
    told = {name: value for name, value in standing if name != "lines"}
    return BuildResult(faulty=(), explanation=None, **told)


def _make(
    task: _Task,
    staging: Path,
    workers: int | None,
    scheduler: str | None,
    publish: site.Publisher,
    lines: list[str],
) -> tuple[BuildResult, bool]:
    """Make the site in the staging folder and put it in <out>'s place; what somebody should know of it goes into `lines` too.

    False where something is left for the next build to try again.
    """
    reviews, report = task.reviews, task.report
    cases = GatheredCases.read(reviews, task.as_of, report)
    report(f"{counted(len(cases.reviews), 'case')} read, {len(cases.faulty)} faulty")
    reading = read_again(cases, reviews, workers, scheduler, report)
    verdicts = cases.guard.verdicts(reviews)
    release = _select(task, cases, {case for case, _ in reading.doubts}, verdicts)
    failures: list[str] = []
    note, note_failure = _keeping(lines, report), _keeping(failures, report)
    try:
        editions, pages = _write(replace(task, report=note), release, staging, publish, note_failure)
        _check(task, cases.guard, verdicts, staging)
    except BaseException:
        # what did not get through is kept nowhere
        swap.drop_kept_pages(task.out)
        raise
    notices = find_notices(reviews, cases.reviews, cases.decisions, cases.signed, release.withdrawn)
    swap.swap(staging, task.out)
    _record(replace(task, report=note_failure), cases, release, editions, staging)
    result = BuildResult(
        published=tuple(review.public_id for review in release.texts),
        left_out=release.left_out,
        faulty=cases.faulty,
        doubts=reading.doubts,
        notices=notices,
        withdrawn=tuple(withdrawal.public_id for withdrawal in release.withdrawals),
        explanation=_explain(cases, reading, pages, verdicts),
    )
    return result, not failures


def _keeping(lines: list[str], report: Callable[[str], None]) -> Callable[[str], None]:
    """Report a line, and keep it."""

    def keep(line: str) -> None:
        lines.append(line)
        report(line)

    return keep


def _explain(cases: GatheredCases, reading: SecondReading, pages: Reuse | None, verdicts: GateVerdicts) -> Explanation:
    """What each step took as it was kept."""
    return Explanation(
        cases=cases.reuse,
        unkept=len(cases.guard.identities) - cases.reuse.kept - len(cases.reuse.again),
        redacted=reading.sources,
        second_read=reading.signed,
        pages=pages,
        files=verdicts.reuse_of_files(),
        declared=verdicts.reuse_of_cases(),
    )


def _check_options(options: site_options.SiteOptions, report: Callable[[str], None]) -> None:
    """Refuse a site whose readers could reach nobody, and tell what this one is made without."""
    options.contacts.refuse_faulty()
    if options.invented:
        report("every page says that its cases are invented; for real reviews set invented_cases: false in mkdocs.yml")
    if not options.address:
        report(
            "CANDOUR_SITE_URL is not set: there is no sitemap, and links in feeds and data files are relative, which many feed "
            "readers cannot follow"
        )


# --- what is to be published ------------------------------------------------------------------------------------------


def _select(task: _Task, cases: GatheredCases, doubted: Collection[str], verdicts: GateVerdicts) -> _Release:
    """Sort out what is published; raise where that would lose a page, or where an identity is left in a signed text."""
    held = doubted if Policy.load().second_reader == "hold" else ()
    standing, gone = public_record.load_public_record(task.out / "markdown")
    withdrawals = gather_withdrawals(task.reviews, gone, cases.withdrawn(standing), task.as_of)
    withdrawn = {withdrawal.public_id for withdrawal in withdrawals}
    for name in kept_releases.purge(task.out, withdrawn):
        task.report(kept_releases.explain_stuck(name))
    published, left_out = cases.sort_out(task.as_of, held, withdrawn)
    before = {review.public_id for review in standing} | public_record.published_page_ids(task.out / "site")
    if lost := _lost_pages(before, published.values(), withdrawals):
        for line in (*map(str, cases.faulty), *(f"{case}: {reason}" for case, reason in left_out)):
            task.report(line)
        raise _explain_lost_pages(task, cases, lost)
    gate.check_signed_texts(published, cases.guard, verdicts)
    task.report(f"{counted(len(published), 'review')} to publish, {len(left_out)} left out")
    texts = tuple(sorted(published.values(), key=lambda review: review.public_id))
    return _Release(texts, tuple(withdrawals), left_out)


def _lost_pages(standing: Iterable[str], published: Iterable[RedactedReview], gone: Iterable[Withdrawal]) -> list[str]:
    """Pages that are published now and would not be any more."""
    kept = {review.public_id for review in published} | {withdrawal.public_id for withdrawal in gone}
    return sorted(set(standing) - kept)


def _explain_lost_pages(task: _Task, cases: GatheredCases, lost: Sequence[str]) -> LostPageError:
    """The pages, whether it may be the day built for that loses them, and whether one waits for a second signature."""
    signed = [case for case, text in cases.signed.items() if text.public_id in lost]
    signatures = (signature for case in signed for signature in signing.load_signatures(task.reviews / case))
    signed_later = any(day_of(signature.at) > task.as_of for signature in signatures)
    waiting = any(public_id_of(task.reviews / case) in lost for case in cases.unseconded)
    return LostPageError(lost, task.as_of if signed_later else None, second_missing=waiting)


# --- from texts to a site ---------------------------------------------------------------------------------------------


def _write(
    task: _Task, release: _Release, staging: Path, publish: site.Publisher, note_failure: Callable[[str], None]
) -> tuple[Sequence[Edition], Reuse | None]:
    """Write the site into the staging folder; the annual reports that it keeps as they were published, and which pages were converted anew."""
    counts = national_counts.load_national_counts(task.reviews / national_counts.FILE)
    for review in _singled_out_now(release.texts, counts, task.options.k):
        task.report(
            f"{review.public_id}: {national_counts.FILE} tells now that too few cases share its facts: sign it again"
        )
    editions = published_editions.load_editions_to_keep(task.reviews, task.out, release.texts, task.as_of)
    cache = swap.kept_pages(task.out, len(release.texts))
    pages = publish(
        release.texts,
        release.withdrawals,
        staging,
        task.as_of,
        national=counts,
        editions=editions,
        kept_pages=cache,
    )
    # where there is a browser, a report without its PDF is tried again by the next build
    tell = note_failure if chromium.find_chromium() else task.report
    pdfs = KeptTexts(cache.part(PRINTED) if cache else None)
    for line in report_pdfs.write_report_pdfs(staging / "site", task.as_of, task.options, pdfs):
        tell(line)
    task.report(site.readability.readability_line(staging / "markdown"))
    return editions, pages


def _singled_out_now(
    reviews: Sequence[RedactedReview], counts: Sequence[national_counts.NationalCount], k: int
) -> Iterator[RedactedReview]:
    """The reviews whose signed facts are given more exactly than today's national counts allow."""
    for review in reviews:
        if coarsening.coarsen(review.facts, counts, k, review.content_notes)[0] != review.facts:
            yield review


def _check(task: _Task, guard: gate.DeclaredIdentities, verdicts: GateVerdicts, staging: Path) -> None:
    """Search all that would be published, what is carried over from the old site included, and take stock of it."""
    swap.carry_over(task.out, staging)
    task.report("searching every file for every declared identity")
    gate.check_folder(staging, guard, verdicts)
    manifest.write_manifest(staging)


# --- what is kept of a build ------------------------------------------------------------------------------------------


def _record(task: _Task, cases: GatheredCases, release: _Release, editions: Iterable[Edition], replaced: Path) -> None:
    """Remember what the new site is made of, keep the one that it replaced, and take out what is withdrawn."""
    reviews, out, report = task.reviews, task.out, task.report
    _remember_signatures(reviews, cases.signed, report)
    for line in kept_releases.keep(replaced, out, task.options.kept_releases, release.withdrawn):
        report(line)
    prepare_withdrawals(reviews, out, release.withdrawals, report)
    for line in published_editions.take_out_fallen(reviews, editions, release.texts, release.withdrawals):
        report(line)
    _note_built(task, len(release.texts), len(release.withdrawals))


def _note_built(task: _Task, published: int, withdrawn: int) -> None:
    more = f"{counted(published, 'review')} published, {withdrawn} withdrawn"
    for line in audit_log.record(task.reviews, "built", more=more):
        task.report(line)


def _remember_signatures(reviews: Path, cases: Iterable[str], report: Callable[[str], None]) -> None:
    """Know these signatures from now on, so that older ones put in their place are noticed; whatever prevents it is reported."""
    try:
        signing.remember_signatures(reviews, cases)
    except SignersError as error:
        report(str(error))
