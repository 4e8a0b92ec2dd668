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
    embargo,
    history,
    intruder,
    press,
    records,
    same_text,
    signed,
    unpublishable,
)
from publishing.checking.undecided import in_words, undecided
from publishing.errors import CaseError, PublishingError, TamperedSignatureError, UnfilledCaseError
from publishing.release.cache import Cache
from publishing.release.redacting import Job, assembled, job_of, recalled, redact, remember
from publishing.release.signoff import case_folder, is_changed, seen_as
from publishing.release.withdrawal import gather, public_id_of
from publishing.reviews import RedactedReview, Review
from publishing.settings import day_of, today
from publishing.site import records as public_records
from publishing.workbench.deciding import Decider, fingerprint
from publishing.workbench.opened import Opened
from publishing.workbench.ticks import Ticks
from publishing.workbench.whole_page import WholePages
from redaction import Policy, Redaction, RegisterError

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

_ENOUGH = 10
_DONE = ("published", "withdrawn")


@dataclass(frozen=True)
class Entry:
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


class Desk:
    """Every case of one reviews folder, and the one Redactor that reads them; `who` is the person at the desk."""

    def __init__(self, reviews: Path, out: Path, redactor: Redactor | None = None) -> None:
        self.reviews = reviews
        self.out = out
        self.decider = Decider(reviews)
        self.ticks = Ticks(reviews)
        self.pages = WholePages(reviews)
        self.who = ""
        self._cache = Cache(reviews)
        self._kept = redactor
        self._reading = threading.Lock()
        self._loaded: dict[str, tuple[str, Review, Job]] = {}

    # --- the redactor

    @property
    def redactor(self) -> Redactor:
        """The Redactor, built when it is first asked for."""
        if self._kept is None:
            from redaction import Redactor

            self._kept = Redactor()
        return self._kept

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

    def _redacted(self, job: Job) -> Redaction:
        key = job.key(self.policy.fingerprint)
        found = recalled(self._cache, key)
        if found is None:
            with self._reading:
                found = recalled(self._cache, key)
                if found is None:
                    found = redact(job, self.redactor)
                    remember(self._cache, key, found)
        return found

    # --- cases

    def folder(self, case: str) -> Path:
        """The folder of a case by its name, which is never a path.

        Raises:
            PublishingError: there is none.
        """
        return case_folder(self.reviews, case)

    def open(self, case: str) -> Opened:
        """A case with its text before and after.

        Raises:
            PublishingError: there is no such case, or it has faults.
            RegisterError: its register cannot be read.
        """
        folder = self.folder(case)
        seen, review, job = self._load(folder)
        redaction = self._redacted(job)
        before, tampered = self._signed(folder)
        return Opened(folder, review, job, redaction, assembled(review, redaction), before, tampered, seen, self.policy)

    def _load(self, folder: Path) -> tuple[str, Review, Job]:
        """A case as its files have it, read anew only when one of them changed."""
        seen = fingerprint(folder)
        kept = self._loaded.get(folder.name)
        if kept is None or kept[0] != seen:
            review = intake.load(folder)
            kept = self._loaded[folder.name] = (seen, review, job_of(review, decisions.load(folder)))
        return kept

    def _signed(self, folder: Path) -> tuple[RedactedReview | None, bool]:
        try:
            return signed(folder, dt.date.max), False
        except TamperedSignatureError:
            return None, True

    # --- the queue

    def queue(self) -> tuple[Entry, ...]:
        """Every case; what waits for someone first, the nearest day first."""
        if not self.reviews.is_dir():
            return ()
        standing, gone = public_records.load(self.out / "markdown")
        public = {review.public_id: review for review in standing}
        withdrawn = {w.public_id for w in gather(self.reviews, gone, (), today())}
        entries = [self._entry(folder, public, withdrawn) for folder in intake.case_folders(self.reviews)]
        return tuple(sorted(entries, key=lambda e: (e.state in _DONE, e.deadline or dt.date.min, e.case)))

    def _entry(self, folder: Path, public: dict[str, RedactedReview], withdrawn: set[str]) -> Entry:
        case = folder.name
        try:
            _, review, job = self._load(folder)
        except CaseError as error:
            faults = len(error.faults)
            things = f"{faults} {'thing' if faults == 1 else 'things'}"
            if isinstance(error, UnfilledCaseError):
                return Entry(case, public_id_of(folder), "draft", None, f"{things} to fill in")
            words = f"{things} to mend"
            return Entry(case, public_id_of(folder), "faulty", None, words)
        except RegisterError:
            return Entry(
                case, public_id_of(folder), "faulty", None, "its register cannot be read: nothing can be built"
            )
        entry = Entry(case, review.public_id, "draft", review.publish_on)
        if review.status == "withdrawn" or review.public_id in withdrawn:
            return _as(entry, "withdrawn")
        if review.status == "draft":
            return _as(entry, "draft", "nobody has approved it")
        before, tampered = self._signed(folder)
        if tampered:
            return _as(entry, "changed", "signed.json was changed by hand: sign it again")
        redaction = recalled(self._cache, job.key(self.policy.fingerprint))
        if before is None:
            why = (unpublishable(review, None, review.publish_on) or "").partition(": candour ")[0]
            return _as(entry, "to-check", "; ".join((why, *_to_decide(job, redaction))))
        if redaction is None:
            return _as(entry, "reading", "it is being read: show the list again in a moment")
        text = assembled(review, redaction)
        if is_changed(text, before):
            why = "what is signed stays published until it is signed again"
            return _as(entry, "changed", "; ".join((why, *_to_decide(job, redaction))))
        if why := self._to_look_at(folder, review, text):
            return replace(_as(entry, "reassess", why), deadline=review.reassess_by or entry.deadline)
        if embargo(review, before) > today():
            return _as(entry, "embargoed")
        stands = public.get(review.public_id)
        if stands is not None and same_text(stands, before):
            return _as(entry, "published")
        return _as(entry, "signed", unpublishable(review, before, today()) or "the next build publishes it")

    def _to_look_at(self, folder: Path, review: Review, text: RedactedReview) -> str:
        """Why a signed case comes back; empty where nothing brings it."""
        try:
            if any(intruder.against(folder, seen_as(text))):
                return "a second person guessed right from its text"
            signatures = history(folder)
        except PublishingError:
            return f"{intruder.GUESSES} or its signatures cannot be read"
        day = review.reassess_by
        if day and day <= today() and not any(day_of(s.at) >= day and s.covers == "text" for s in signatures):
            return "its day has come: read it again with what is known now, then sign, or move the day"
        return ""

    # --- what is known outside

    def usual(self, folder: Path) -> frozenset[str]:
        """The words of every other case's signed text; none where there are too few texts to say what is usual."""
        texts = [records.readable(other) for other in intake.case_folders(self.reviews) if other.name != folder.name]
        known = [text for text in texts if text]
        return press.words_of([s for text in known for s in text.strings()]) if len(known) >= _ENOUGH else frozenset()


def _to_decide(job: Job, redaction: Redaction | None) -> Iterator[str]:
    """How many details of a case that is to be signed are still to be decided, once it has been read."""
    left = undecided(job.texts, redaction, job.decisions) if redaction else None
    if left:
        yield f"to decide: {in_words(left)}"


def _as(entry: Entry, state: str, why: str = "") -> Entry:
    return Entry(entry.case, entry.public_id, state, entry.deadline, why)
