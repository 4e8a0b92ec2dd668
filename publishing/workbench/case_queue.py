"""The cases as the workbench shows them: their states, their texts before and after, and their findings."""

from __future__ import annotations

import datetime as dt
import threading
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.catalogue.national_counts import FILE as NATIONAL
from publishing.catalogue.national_counts import NationalCount, NationalCountsError, load_national_counts
from publishing.checking import decisions, load_signed_text
from publishing.checking.withheld_facts import point_out_withheld
from publishing.errors import CaseError, PublishingError, TamperedSignatureError
from publishing.files.cache import Cache
from publishing.intake.case_files import fingerprint
from publishing.redacting.jobs import (
    RedactionJob,
    assemble,
    draft_job,
    job_for,
    load_cached,
    redact,
    start_engine,
    store_cached,
)
from publishing.release.comparison import review_as_signed
from publishing.release.signed_facts import coarsen_facts
from publishing.release.signoff import case_folder
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.reviews import RedactedReview, Review
from publishing.settings import today
from publishing.workbench.case_edits import CaseEditor
from publishing.workbench.case_states import Outside, QueueEntry, entry_of
from publishing.workbench.case_summaries import CaseSummary, FindRedaction
from publishing.workbench.checklist_progress import ChecklistProgress
from publishing.workbench.drafts import Drafts
from publishing.workbench.family_copy import FamilyCopies
from publishing.workbench.kept_summaries import CaseSummaries, Readers
from publishing.workbench.open_case import OpenCase, OpenText
from publishing.workbench.page_preview import PagePreviews
from publishing.workbench.presence import Opening, Presence
from publishing.workbench.published_reviews import PublishedReviews
from publishing.workbench.signed_words import SignedWords
from redaction import Policy, Redaction

if TYPE_CHECKING:
    from redaction import Proposal, Redactor

_OPEN_LIMIT = 16
"""Cases that are kept in memory as their files have them."""

_PROCESSOR_LIMIT, _WAITING_LIMIT = 0.15, 1.0
"""Seconds of processor, and on the clock, that a list takes to work out what it misses; the rest is told as being read."""

_HEAD_START = 3.0
"""Seconds that the first list has to itself before cases are read behind the scenes."""


class _Patience:
    """The time that one list has."""

    def __init__(self) -> None:
        self._processor = time.thread_time() + _PROCESSOR_LIMIT
        self._clock = time.monotonic() + _WAITING_LIMIT

    @property
    def is_spent(self) -> bool:
        """Whether it has to make do with what is known."""
        return time.thread_time() > self._processor or time.monotonic() > self._clock


class CaseQueue:
    """Every case of one reviews folder, and the one Redactor that reads them; `user` is the person at the workbench, `keys_on` whether single letters decide there."""

    def __init__(self, reviews: Path, out: Path, redactor: Redactor | None = None) -> None:
        self.reviews = reviews
        self.out = out
        self.editor = CaseEditor(reviews)
        self.progress = ChecklistProgress(reviews)
        self.previews = PagePreviews(reviews)
        self.drafts = Drafts(reviews)
        self.keys_on = True
        self.published = PublishedReviews(out)
        self.family = FamilyCopies(reviews, self.published)
        self.presence = Presence(reviews)
        self.signed_words = SignedWords(reviews)
        self.summaries = CaseSummaries(reviews)
        self._cache = Cache.of_reviews(reviews)
        self._redactor = redactor
        self._reading = threading.Lock()
        self._wanted = threading.Event()
        self._unreadable: dict[str, str] = {}
        self._loaded: dict[str, tuple[str, Review, RedactionJob]] = {}

    @property
    def user(self) -> str:
        """The person at the workbench, as they say; empty where nobody said."""
        return self.presence.who

    @user.setter
    def user(self, name: str) -> None:
        self.presence.who = name

    # --- the redactor

    @property
    def redactor(self) -> Redactor:
        """The Redactor, built when it is first asked for."""
        if self._redactor is None:
            self._redactor = start_engine()
        return self._redactor

    @cached_property
    def policy(self) -> Policy:
        """What becomes of each kind of detail, and what holds a signature back."""
        return Policy.load()

    def keep_reading(self) -> None:
        """Read what is to be read, once the first list is there and whenever one misses something; it never ends."""
        self._wanted.wait(_HEAD_START)
        while True:
            self._wanted.clear()
            self.warm()
            self._wanted.wait()

    def warm(self) -> None:
        """Work out every case that can be read, so that the list tells it and its page opens at once.

        What was read before comes first, and what the Redactor has still to read afterwards. What fails is told in the list.
        """
        try:
            folders, by = intake.case_folders(self.reviews), self._readers()
        except PublishingError:
            return
        for folder in folders:
            self._work_out(folder, by, self._cached)
        for folder in folders:
            if self._unreadable.get(folder.name) != fingerprint(folder):
                self._work_out(folder, by, self._redacted)
        self.summaries.sweep()

    def _work_out(self, folder: Path, by: Readers, find: FindRedaction) -> CaseSummary | None:
        """What is known of a case, worked out if nobody did; None where a redaction is not there, or something went wrong."""
        try:
            found = self.summaries.find(folder, by)
            if found is None:
                found = self.summaries.work_out(folder, find, by.engine)
        except Exception:  # noqa: BLE001  a thread's error is printed, and its text may quote the review
            self._unreadable[folder.name] = fingerprint(folder)
            return None
        return found

    def _readers(self) -> Readers:
        return Readers.load(self.reviews, self.policy.fingerprint)

    def _cached(self, job: RedactionJob) -> Redaction | None:
        return load_cached(self._cache, job.key(self.policy.fingerprint))

    def _redacted(self, job: RedactionJob) -> Redaction:
        found = self._cached(job)
        if found is None:
            with self._reading:
                found = self._cached(job)
                if found is None:
                    found = redact(job, self.redactor)
                    store_cached(self._cache, job.key(self.policy.fingerprint), found)
        return found

    # --- cases

    def folder(self, case: str) -> Path:
        """The folder of a case by its name, which is never a path.

        Raises:
            PublishingError: there is none.
        """
        return case_folder(self.reviews, case)

    def open(self, case: str) -> OpenCase:
        """A case with its text before and after.

        Raises:
            PublishingError: there is no such case, or it has faults.
            RegisterError: its register cannot be read.
        """
        folder = self.folder(case)
        seen, review, job = self._load(folder)
        redaction = self._redacted(job)
        text = comparable = assemble(review, redaction)
        before, tampered = self._signed(folder)
        as_signed = review_as_signed(folder, review) if before else review
        if as_signed is not review:
            comparable = assemble(as_signed, self._redacted(job_for(as_signed, decisions.load(folder))))
        redaction = point_out_withheld(redaction, text.facts, coarsen_facts(text, before, self._counts())[0].facts)
        return OpenCase(folder, review, job, redaction, seen, self.policy, text, before, tampered, comparable)

    def forget(self, case: str) -> None:
        """Keep nothing of a case in memory: it has another name now, or is gone."""
        self._loaded.pop(case, None)
        self._unreadable.pop(case, None)

    def open_text(self, case: str) -> OpenText:
        """The text of a case before and after, whatever is still missing at its head.

        Raises:
            PublishingError: there is no such case, or its text has faults.
            RegisterError: its register cannot be read.
        """
        try:
            return self.open(case)
        except CaseError:
            folder = self.folder(case)
            seen = fingerprint(folder)
            text = intake.load_text(folder)
            job = draft_job(text, decisions.load(folder))
            return OpenText(folder, text, job, self._redacted(job), seen, self.policy)

    def missing(self, case: str) -> tuple[str, ...]:
        """What a case still lacks, or what is wrong with it, before it can be signed.

        Raises:
            RegisterError: its register cannot be read.
        """
        try:
            self._load(self.folder(case))
        except CaseError as error:
            return error.faults
        return ()

    def _counts(self) -> tuple[NationalCount, ...]:
        """The national counts; none where they cannot be read, since a case can be checked, and not signed, without."""
        try:
            return load_national_counts(self.reviews / NATIONAL)
        except NationalCountsError:
            return ()

    def propose(self, case: str) -> tuple[tuple[str, ...], Proposal]:
        """The texts of a case, and what its register would have to declare beside what it declares; its facts may be missing.

        Raises:
            PublishingError: there is no such case, or its text has faults.
            RegisterError: its register cannot be read.
        """
        from redaction import propose_register

        known = self.open_text(case)
        return known.job.texts, propose_register(known.job.texts, known.redaction, known.job.register)

    def _load(self, folder: Path) -> tuple[str, Review, RedactionJob]:
        """A case as its files have it, read anew only when one of them changed."""
        seen = fingerprint(folder)
        kept = self._loaded.get(folder.name)
        if kept is None or kept[0] != seen:
            review = intake.load_case(folder)
            kept = self._loaded[folder.name] = (seen, review, job_for(review, decisions.load(folder)))
            for name in list(self._loaded)[:-_OPEN_LIMIT]:
                self._loaded.pop(name, None)
        return kept

    def _signed(self, folder: Path) -> tuple[RedactedReview | None, str]:
        """The text as signed, and why what is stored is not believed, if it is not."""
        try:
            return load_signed_text(folder, dt.date.max), ""
        except TamperedSignatureError as error:
            return None, error.reason

    # --- the queue

    def entries(self) -> tuple[QueueEntry, ...]:
        """Every case; what waits for someone first, the nearest day first. What is not worked out yet is, behind the scenes.

        Raises:
            PublishingError: what is published, the record of withdrawals or the list of signers cannot be read or does not hold.
        """
        if not self.reviews.is_dir():
            return ()
        standing = self.published.load()
        gone = {w.public_id for w in gather_withdrawals(self.reviews, standing.withdrawals, (), today())}
        outside = Outside(today(), standing.texts, gone)
        openings = self.presence.everywhere()
        by, patience = self._readers(), _Patience()
        entries = []
        for folder in intake.case_folders(self.reviews):
            summary = self._summary(folder, by, patience)
            opened = openings.get(folder.name, ())
            if summary is None:
                entries.append(self._unread_entry(folder, opened))
            else:
                entries.append(entry_of(folder.name, summary, outside, opened))
        if any(entry.state == "reading" for entry in entries):
            self._wanted.set()
        return tuple(sorted(entries, key=lambda entry: entry.urgency))

    def _summary(self, folder: Path, by: Readers, patience: _Patience) -> CaseSummary | None:
        """What is known of a case, worked out here while there is time; None where it is not."""
        if patience.is_spent and not self.summaries.is_seen(folder, by):
            return None
        return self._work_out(folder, by, self._cached)

    def _unread_entry(self, folder: Path, openings: tuple[Opening, ...]) -> QueueEntry:
        if self._unreadable.get(folder.name) == fingerprint(folder):
            return QueueEntry(folder.name, "faulty", "it could not be read: open it to see what hinders it")
        return QueueEntry(folder.name, "reading", "it is being read: the list says more in a moment", openings=openings)
