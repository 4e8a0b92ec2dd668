"""The cases as the workbench shows them: their states, their texts before and after, and their findings."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.checking import (
    decisions,
    embargo_day,
    explain_unpublishable,
    intruder,
    load_signatures,
    load_signed_text,
    press_check,
    same_text,
    signature_files,
    vouching,
)
from publishing.checking.undecided import describe_undecided, find_undecided
from publishing.errors import CaseError, PublishingError, TamperedSignatureError, UnfilledCaseError
from publishing.redacting.cache import Cache
from publishing.redacting.jobs import RedactionJob, assemble, job_for, load_cached, redact, store_cached
from publishing.redacting.proposing import draft_job
from publishing.release.signoff import case_folder, is_changed, text_hash
from publishing.release.withdrawal import public_id_of
from publishing.release.withdrawal_record import gather_withdrawals
from publishing.reviews import RedactedReview, Review
from publishing.settings import day_of, today
from publishing.site import public_record as public_records
from publishing.workbench.case_edits import CaseEditor, fingerprint
from publishing.workbench.checklist_progress import ChecklistProgress
from publishing.workbench.drafts import Drafts
from publishing.workbench.open_case import OpenCase
from publishing.workbench.page_preview import PagePreviews
from redaction import Policy, Proposal, Redaction, RegisterError, propose_register

if TYPE_CHECKING:
    from redaction import Redactor

STATES = {
    "faulty": "To mend",
    "draft": "Draft",
    "to-check": "To check",
    "changed": "Changed since signed",
    "reassess": "To look at again",
    "reading": "Being read",
    "signed": "Signed",
    "embargoed": "Embargoed",
    "published": "Published",
    "withdrawn": "Withdrawn",
}
"""Every state of a case, as people read it."""

_ENOUGH_TEXTS = 10
_FINISHED = ("published", "withdrawn")


@dataclass(frozen=True)
class QueueEntry:
    """A case in the queue. `why` says what keeps it from being published, if anything does."""

    case: str
    public_id: str | None
    state: str
    deadline: dt.date | None
    why: str = ""

    @property
    def title(self) -> str:
        """Its state in words."""
        return STATES[self.state]


class CaseQueue:
    """Every case of one reviews folder, and the one Redactor that reads them; `user` is the person at the workbench, `keys_on` whether single letters decide there."""

    def __init__(self, reviews: Path, out: Path, redactor: Redactor | None = None) -> None:
        self.reviews = reviews
        self.out = out
        self.editor = CaseEditor(reviews)
        self.progress = ChecklistProgress(reviews)
        self.previews = PagePreviews(reviews)
        self.drafts = Drafts(reviews)
        self.user = ""
        self.keys_on = True
        self._cache = Cache(reviews)
        self._redactor = redactor
        self._reading = threading.Lock()
        self._loaded: dict[str, tuple[str, Review, RedactionJob]] = {}

    # --- the redactor

    @property
    def redactor(self) -> Redactor:
        """The Redactor, built when it is first asked for."""
        if self._redactor is None:
            from redaction import Redactor

            self._redactor = Redactor()
        return self._redactor

    @cached_property
    def policy(self) -> Policy:
        """What becomes of each kind of detail, and what holds a signature back."""
        return Policy.load()

    def warm(self) -> None:
        """Read every case that can be read, so that its page opens at once; what fails is told when it is opened."""
        for folder in intake.case_folders(self.reviews) if self.reviews.is_dir() else ():
            try:
                self._redacted(self._load(folder)[2])
            except Exception:  # noqa: BLE001  a thread's error is printed, and its text may quote the review
                continue

    def _redacted(self, job: RedactionJob) -> Redaction:
        key = job.key(self.policy.fingerprint)
        found = load_cached(self._cache, key)
        if found is None:
            with self._reading:
                found = load_cached(self._cache, key)
                if found is None:
                    found = redact(job, self.redactor)
                    store_cached(self._cache, key, found)
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
        before, tampered = self._signed(folder)
        return OpenCase(
            folder, review, job, redaction, assemble(review, redaction), before, tampered, seen, self.policy
        )

    def propose(self, case: str) -> tuple[tuple[str, ...], Proposal]:
        """The texts of a case, and what its register would have to declare beside what it declares; its facts may be missing.

        Raises:
            PublishingError: there is no such case, or its text has faults.
            RegisterError: its register cannot be read.
        """
        folder = self.folder(case)
        try:
            job = self._load(folder)[2]
        except CaseError:
            job = draft_job(folder)
        return job.texts, propose_register(job.texts, self._redacted(job), job.register)

    def _load(self, folder: Path) -> tuple[str, Review, RedactionJob]:
        """A case as its files have it, read anew only when one of them changed."""
        seen = fingerprint(folder)
        kept = self._loaded.get(folder.name)
        if kept is None or kept[0] != seen:
            review = intake.load_case(folder)
            kept = self._loaded[folder.name] = (seen, review, job_for(review, decisions.load(folder)))
        return kept

    def _signed(self, folder: Path) -> tuple[RedactedReview | None, str]:
        """The text as signed, and why what is stored is not believed, if it is not."""
        try:
            return load_signed_text(folder, dt.date.max), ""
        except TamperedSignatureError as error:
            return None, error.reason

    # --- the queue

    def entries(self) -> tuple[QueueEntry, ...]:
        """Every case; what waits for someone first, the nearest day first."""
        if not self.reviews.is_dir():
            return ()
        standing, gone = public_records.load_public_record(self.out / "markdown")
        public = {review.public_id: review for review in standing}
        withdrawn = {w.public_id for w in gather_withdrawals(self.reviews, gone, (), today())}
        entries = [self._entry(folder, public, withdrawn) for folder in intake.case_folders(self.reviews)]
        return tuple(sorted(entries, key=lambda e: (e.state in _FINISHED, e.deadline or dt.date.min, e.case)))

    def _entry(self, folder: Path, public: dict[str, RedactedReview], withdrawn: set[str]) -> QueueEntry:
        try:
            _, review, job = self._load(folder)
        except CaseError as error:
            return _entry_with_faults(folder, error)
        except RegisterError:
            why = "its register cannot be read: nothing can be built"
            return QueueEntry(folder.name, public_id_of(folder), "faulty", None, why)
        entry = QueueEntry(folder.name, review.public_id, "draft", review.publish_on)
        if review.status == "withdrawn" or review.public_id in withdrawn:
            return _with_state(entry, "withdrawn")
        if review.status == "draft":
            return _with_state(entry, "draft", "nobody has approved it")
        before, tampered = self._signed(folder)
        if tampered:
            return _with_state(entry, "changed", f"{tampered}: sign it again")
        redaction = load_cached(self._cache, job.key(self.policy.fingerprint))
        if before is None:
            why = (explain_unpublishable(review, None, review.publish_on) or "").partition(": candour ")[0]
            return _with_state(entry, "to-check", "; ".join((why, *_describe_undecided(job, redaction))))
        if redaction is None:
            return _with_state(entry, "reading", "it is being read: show the list again in a moment")
        text = assemble(review, redaction)
        if is_changed(text, before):
            why = "what is signed stays published until it is signed again"
            return _with_state(entry, "changed", "; ".join((why, *_describe_undecided(job, redaction))))
        if why := self._reassessment_reason(folder, review, text):
            return replace(_with_state(entry, "reassess", why), deadline=review.reassess_by or entry.deadline)
        if second := vouching.refusal_for_missing_second(folder):
            return _with_state(entry, "to-check", second.partition(" (candour ")[0])
        return _signed_entry(entry, review, before, public.get(review.public_id))

    def _reassessment_reason(self, folder: Path, review: Review, text: RedactedReview) -> str:
        """Why a signed case comes back; empty where nothing brings it."""
        try:
            if any(intruder.refusals_for_right_guess(folder, text_hash(text))):
                return "a second person guessed right from its text"
            signatures = load_signatures(folder)
        except PublishingError:
            return f"{intruder.GUESSES} or its signatures cannot be read"
        day = review.reassess_by
        if day and day <= today() and not any(day_of(s.at) >= day and s.covers == "text" for s in signatures):
            return "its day has come: read it again with what is known now, then sign, or move the day"
        return ""

    # --- what is known outside

    def usual_words(self, folder: Path) -> frozenset[str]:
        """The words of every other case's signed text; none where there are too few texts to say what is usual."""
        texts = [
            signature_files.load_unverified_text(other)
            for other in intake.case_folders(self.reviews)
            if other.name != folder.name
        ]
        known = [text for text in texts if text]
        return (
            press_check.comparable_words([s for text in known for s in text.strings()])
            if len(known) >= _ENOUGH_TEXTS
            else frozenset()
        )


def _entry_with_faults(folder: Path, error: CaseError) -> QueueEntry:
    count = len(error.faults)
    things = f"{count} {'thing' if count == 1 else 'things'}"
    if isinstance(error, UnfilledCaseError):
        return QueueEntry(folder.name, public_id_of(folder), "draft", None, f"{things} to fill in")
    return QueueEntry(folder.name, public_id_of(folder), "faulty", None, f"{things} to mend")


def _signed_entry(
    entry: QueueEntry, review: Review, before: RedactedReview, published: RedactedReview | None
) -> QueueEntry:
    """A case of which the very text is signed: under embargo, published, or next to be."""
    if embargo_day(review, before) > today():
        return _with_state(entry, "embargoed")
    if published is not None and same_text(published, before):
        return _with_state(entry, "published")
    return _with_state(entry, "signed", explain_unpublishable(review, before, today()) or "the next build publishes it")


def _describe_undecided(job: RedactionJob, redaction: Redaction | None) -> Iterator[str]:
    """How many details of a case that is to be signed are still to be decided, once it has been read."""
    left = find_undecided(job.texts, redaction, job.decisions) if redaction else None
    if left:
        yield f"to decide: {describe_undecided(left)}"


def _with_state(entry: QueueEntry, state: str, why: str = "") -> QueueEntry:
    return QueueEntry(entry.case, entry.public_id, state, entry.deadline, why)
