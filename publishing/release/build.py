"""The steps of a build in their order: approved reviews in, a whole site out, or nothing at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing import audit_log, intake, site
from publishing.catalogue import coarsening, national_counts
from publishing.checking import decisions, explain_unfilled, explain_unpublishable, public_references, signing
from publishing.checking.same_lessons import leave_out_contradicted
from publishing.checking.signers import load_signers
from publishing.errors import BuildError, CaseError, LostPageError, PublishingError, SignersError
from publishing.redacting.cache import Cache
from publishing.redacting.jobs import RedactionJob, job_for
from publishing.redacting.workers import redact_all
from publishing.release import browser, gate, kept_releases, manifest, published_editions, reserve, swap
from publishing.release.comparison import review_as_signed
from publishing.release.loaded_cases import load_cases
from publishing.release.notices import Notices, find_notices
from publishing.release.withdrawal import public_id_of
from publishing.release.withdrawal_record import gather_withdrawals, load_withdrawals, store_withdrawals
from publishing.reviews import RedactedReview, Review, Withdrawal
from publishing.settings import WITHDRAWALS, day_of, today
from publishing.site import public_record, report_pdfs, site_options
from publishing.vocabulary import counted
from redaction import Decision, Entity, Policy, Redaction, fold_text

_HELD = "today's engine finds details in its signed text that nobody decided on: check it and sign it again"
_TELLING = frozenset({Entity.PERSON, Entity.CODE, Entity.CONTACT, Entity.ADDRESS, Entity.PLACE, Entity.ORGANISATION})


@dataclass(frozen=True)
class BuildResult:
    """What a build did.

    `left_out` are (case, reason); `doubts` are (case, how many details of which kinds today's engine would not leave);
    `notices` are what somebody should know before the next signature.
    """

    published: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    faulty: tuple[CaseError, ...]
    doubts: tuple[tuple[str, str], ...]
    notices: Notices
    withdrawn: tuple[str, ...]


def build(
    reviews: Path,
    out: Path,
    as_of: dt.date,
    workers: int = 1,
    scheduler: str | None = None,
    report: Callable[[str], None] = lambda line: None,
    publish: site.Publisher = site.publish,
) -> BuildResult:
    """Build the site of every review that may be published on a day, and put it in <out>'s place.

    Raises:
        PublishingError: readers could reach nobody, a register cannot be read, a signature does not hold, an identity is left, a published page
            would be lost, a step failed. Nothing was swapped: the old site is unchanged.
    """
    options = site_options.load_site_options()
    options.contacts.refuse_faulty()
    if options.invented:
        report("every page says that its cases are invented; for real reviews set invented_cases: false in mkdocs.yml")
    if not options.address:
        report(
            "CANDOUR_SITE_URL is not set: there is no sitemap, and links in feeds and data files are relative, which many feed "
            "readers cannot follow"
        )
    with swap.lock_site(out):
        kept_releases.make_room(out)
    with swap.staging(out, len(intake.case_folders(reviews))) as staging:
        cases = _Cases.read(reviews, as_of, report)
        report(f"{counted(len(cases.reviews), 'case')} read, {len(cases.faulty)} faulty")
        doubts = _second_reading(cases, reviews, workers, scheduler, report)
        held = {case for case, _ in doubts} if Policy.load().second_reader == "hold" else set()
        standing, gone = public_record.load_public_record(out / "markdown")
        withdrawals = gather_withdrawals(reviews, gone, cases.withdrawn(standing), as_of)
        for name in kept_releases.purge(out, {withdrawal.public_id for withdrawal in withdrawals}):
            report(kept_releases.explain_stuck(name))
        published, left_out = cases.sort_out(as_of, held, {w.public_id for w in withdrawals})
        before = {r.public_id for r in standing} | public_record.published_page_ids(out / "site")
        if lost := _lost_pages(before, published.values(), withdrawals):
            for line in (*map(str, cases.faulty), *(f"{case}: {reason}" for case, reason in left_out)):
                report(line)
            waiting = any(public_id_of(reviews / case) in lost for case in cases.unseconded)
            raise LostPageError(
                lost, as_of if _signed_later(cases, reviews, lost, as_of) else None, second_missing=waiting
            )
        gate.check_signed_texts(published, cases.guard)
        report(f"{counted(len(published), 'review')} to publish, {len(left_out)} left out")
        chosen = sorted(published.values(), key=lambda review: review.public_id)
        counts = national_counts.load_national_counts(reviews / national_counts.FILE)
        for review in _singled_out_now(chosen, counts):
            report(
                f"{review.public_id}: {national_counts.FILE} tells now that too few cases share its facts: sign it again"
            )
        editions = published_editions.load_editions_to_keep(reviews, out, chosen, as_of)
        publish(chosen, withdrawals, staging, as_of, national=counts, editions=editions)
        for line in report_pdfs.write_report_pdfs(staging / "site", as_of, options):
            report(line)
        report(site.readability.readability_line(staging / "markdown"))
        swap.carry_over(out, staging)
        report("searching every file for every declared identity")
        gate.check_folder(staging, cases.guard)
        manifest.write_manifest(staging)
        swap.swap(staging, out)
        _remember_signatures(reviews, cases.signed, report)
        for line in kept_releases.keep(
            staging, out, options.kept_releases, {withdrawal.public_id for withdrawal in withdrawals}
        ):
            report(line)
        prepare_withdrawals(reviews, out, withdrawals, report)
        for line in published_editions.take_out_fallen(reviews, editions, chosen, withdrawals):
            report(line)
        more = f"{counted(len(chosen), 'review')} published, {len(withdrawals)} withdrawn"
        for line in audit_log.record(reviews, "built", more=more):
            report(line)
    return BuildResult(
        published=tuple(review.public_id for review in chosen),
        left_out=left_out,
        faulty=cases.faulty,
        doubts=doubts,
        notices=find_notices(reviews, cases.reviews, cases.signed, {w.public_id for w in withdrawals}),
        withdrawn=tuple(w.public_id for w in withdrawals),
    )


def _singled_out_now(
    reviews: Sequence[RedactedReview], counts: Sequence[national_counts.NationalCount]
) -> Iterator[RedactedReview]:
    """The reviews whose signed facts are given more exactly than today's national counts allow."""
    k = site_options.load_site_options().k
    for review in reviews:
        if coarsening.coarsen(review.facts, counts, k, review.content_notes)[0] != review.facts:
            yield review


def prepare_withdrawals(
    reviews: Path, out: Path, withdrawals: Sequence[Withdrawal], report: Callable[[str], None]
) -> None:
    """Record the withdrawals beside the cases, and keep room in reserve for the next one; whatever prevents it is reported."""
    try:
        store_withdrawals(reviews, withdrawals)
    except PublishingError as error:
        # the published record holds them too: the next build tries again
        report(f"{WITHDRAWALS} was not written: {error}")
    if not reserve.keep_reserve(out, reviews):
        report("no room could be kept back for withdrawals on a full disk: make room, and build again")


def published_texts(reviews: Path, as_of: dt.date, report: Callable[[str], None]) -> tuple[RedactedReview, ...]:
    """The signed texts that may be published on a day, by their references; raises what a build does."""
    cases = _Cases.read(reviews, as_of, report)
    published, _ = cases.sort_out(as_of, (), {withdrawal.public_id for withdrawal in load_withdrawals(reviews)})
    gate.check_signed_texts(published, cases.guard)
    return tuple(sorted(published.values(), key=lambda review: review.public_id))


def _remember_signatures(reviews: Path, cases: Iterable[str], report: Callable[[str], None]) -> None:
    """Know these signatures from now on, so that older ones put in their place are noticed; whatever prevents it is reported."""
    try:
        signing.remember_signatures(reviews, cases)
    except SignersError as error:
        report(str(error))


@dataclass(frozen=True)
class _Cases:
    """Everything of the reviews folder: what may be used, what was signed of it, and everyone to guard."""

    reviews: tuple[Review, ...]
    unfilled: tuple[CaseError, ...]
    faulty: tuple[CaseError, ...]
    signed: Mapping[str, RedactedReview]
    unseconded: Mapping[str, str]
    decisions: Mapping[str, tuple[Decision, ...]]
    guard: gate.DeclaredIdentities

    @classmethod
    def read(cls, reviews: Path, as_of: dt.date, report: Callable[[str], None]) -> _Cases:
        """Read everything; raise if a register cannot be read or a signature does not hold, with every fault there is."""
        whole = load_cases(reviews, as_of, report)
        found, texts = whole.cases, whole.signed
        if whole.tampered:
            raise BuildError(
                "\n".join(
                    [*whole.tampered.values(), *map(str, found.faulty), "Nothing was published: mend these first."]
                )
            )
        guard = gather_declared(reviews, found)
        decided = {r.case: decisions.load(reviews / r.case) for r in found.reviews if r.status == "approved"}
        return cls(found.reviews, found.unfilled, found.faulty, texts, whole.unseconded, decided, guard)

    @property
    def approved(self) -> list[Review]:
        """Cases that somebody approved."""
        return [review for review in self.reviews if review.status == "approved"]

    def withdrawn(self, standing: Iterable[RedactedReview]) -> list[str]:
        """References of cases that say themselves that they are withdrawn, and that were ever published."""
        public = {review.public_id for review in standing} | {text.public_id for text in self.signed.values()}
        return [r.public_id for r in self.reviews if r.status == "withdrawn" and r.public_id in public]

    def sort_out(
        self, as_of: dt.date, held: Iterable[str], gone: Iterable[str]
    ) -> tuple[dict[str, RedactedReview], tuple[tuple[str, str], ...]]:
        """What is published, by case, and every other case with the reason."""
        published: dict[str, RedactedReview] = {}
        left_out = [(draft.case, explain_unfilled(draft.faults)) for draft in self.unfilled]
        for review in self.reviews:
            text = self.signed.get(review.case)
            if public_references(review, text) & set(gone):
                left_out.append((review.case, "withdrawn"))
            elif reason := explain_unpublishable(review, text, as_of):
                left_out.append((review.case, reason))
            elif review.case in held:
                left_out.append((review.case, _HELD))
            elif reason := self.unseconded.get(review.case):
                left_out.append((review.case, reason))
            elif text is not None:
                published[review.case] = text
        _refuse_twins(published)
        return leave_out_contradicted(published, self.reviews), tuple(left_out)


def gather_declared(reviews: Path, found: intake.Intake) -> gate.DeclaredIdentities:
    """Everyone whom any case declares, faulty cases and drafts included, and whose each page may be."""
    folders = [folder.name for folder in intake.case_folders(reviews)]
    identities = {case: found.registers[case].identities() if case in found.registers else () for case in folders}
    claims = [(case, public_id_of(reviews / case)) for case in folders]
    claims += [(review.case, review.public_id) for review in found.reviews]
    return gate.DeclaredIdentities(identities, gate.cases_by_reference(claims))


@dataclass(frozen=True)
class SiteCheck:
    """How many files of a site were searched, and how many pages as a browser shows them; none where that was not asked for."""

    files: int
    pages: int = 0


def check_site(
    reviews: Path, site: Path, *, in_browser: bool = False, report: Callable[[str], None] = lambda line: None
) -> SiteCheck:
    """The gate alone, over a site already built.

    Where the reviews folder lists its signers, every signature is checked too.

    Args:
        reviews: the reviews folder: whom to look for.
        site: the site.
        in_browser: search every page as a browser shows it, too.
        report: is told what is done.

    Raises:
        PublishingError: there is no such site, a register cannot be read, an identity was found, a signature does not hold, or there is
            no browser.
    """
    if in_browser:
        browser.require_chromium()
    if not (site / "index.html").is_file():
        raise BuildError(f"There is no site in {site}. Build it first (candour build), or say where it is: --site DIR")
    if load_signers(reviews) is not None and (tampered := load_cases(reviews, today()).tampered):
        raise BuildError("\n".join(tampered.values()))
    guard = gather_declared(reviews, intake.load_every_case(reviews))
    gate.check_folder(site, guard)
    files = sum(path.is_file() for path in site.rglob("*"))
    return SiteCheck(files, browser.check_pages(site, guard, report) if in_browser else 0)


def _refuse_twins(published: Mapping[str, RedactedReview]) -> None:
    uses = Counter(text.public_id for text in published.values())
    for public_id, count in uses.items():
        if count > 1:
            cases = ", ".join(case for case, text in published.items() if text.public_id == public_id)
            raise BuildError(f"{cases}: signed under the same public reference, {public_id}. Sign one of them again.")


def _signed_later(cases: _Cases, reviews: Path, lost: Collection[str], as_of: dt.date) -> bool:
    """Whether a lost page was signed after the day that is built for: it may be the clock that lost it."""
    signed = [case for case, text in cases.signed.items() if text.public_id in lost]
    return any(day_of(signature.at) > as_of for case in signed for signature in signing.load_signatures(reviews / case))


def _lost_pages(standing: Iterable[str], published: Iterable[RedactedReview], gone: Iterable[Withdrawal]) -> list[str]:
    """Pages that are published now and would not be any more."""
    kept = {review.public_id for review in published} | {withdrawal.public_id for withdrawal in gone}
    return sorted(set(standing) - kept)


# --- the second reader ----------------------------------------------------------------------------------------------


def _second_reading(
    cases: _Cases, reviews: Path, count: int, scheduler: str | None, report: Callable[[str], None]
) -> tuple[tuple[str, str], ...]:
    """Redact every approved case as if it were new, and read every signed text again with today's engine."""
    approved = cases.approved
    signed_ones = [review for review in approved if review.case in cases.signed]
    first = [job_for(review, cases.decisions[review.case]) for review in approved]
    again = [
        job_for(review, cases.decisions[review.case], cases.signed[review.case].strings()) for review in signed_ones
    ]
    compared = [
        job_for(review_as_signed(reviews / review.case, review), cases.decisions[review.case]) for review in signed_ones
    ]
    report(f"redacting {counted(len(first), 'approved case')} and reading {counted(len(again), 'signed text')} again")
    cache = Cache(reviews)
    done = redact_all([*first, *again, *compared], workers=count, scheduler=scheduler, cache=cache)
    cache.sweep()
    sources = {job.case: (job, redaction) for job, redaction in zip(first, done, strict=False)}
    doubts = []
    for job, redaction in zip(again, done[len(first) :], strict=False):
        left = _left_in_signed_text(job, redaction) | _still_there(job, *sources[job.case])
        if left:
            doubts.append((job.case, _count_kinds(left)))
    return tuple(doubts)


def _left_in_signed_text(job: RedactionJob, redaction: Redaction) -> set[tuple[Entity, str]]:
    """What the engine would replace in a signed text by other words, but for words that a person put there."""
    found = ((d, job.texts[d.part][d.start : d.end]) for d in redaction.detections)
    chosen = fold_text("\n".join(decision.replacement or "" for decision in job.decisions))
    other = ((d.entity, fold_text(words)) for d, words in found if words != d.replacement)
    return {(kind, words) for kind, words in other if words not in chosen}


def _still_there(signed_text: RedactionJob, source: RedactionJob, redaction: Redaction) -> set[tuple[Entity, str]]:
    """What the engine replaces in today's source, which tells it more, and that the signed text says oftener than today's would."""
    said, today = (fold_text("\n".join(texts)) for texts in (signed_text.texts, redaction.texts))
    found = {(d.entity, fold_text(source.texts[d.part][d.start : d.end])) for d in redaction.detections}
    telling = ((kind, words) for kind, words in found if kind in _TELLING and len(words) > 4)
    return {(kind, words) for kind, words in telling if said.count(words) > today.count(words)}


def _count_kinds(left: Iterable[tuple[Entity, str]]) -> str:
    """How many details of each kind: never a word of the review."""
    counts = Counter(str(kind).lower() for kind, _ in left)
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
