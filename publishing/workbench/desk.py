"""The cases as the workbench shows them: their states, their texts before and after, and their findings."""

from __future__ import annotations

import datetime as dt
import difflib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import intake
from publishing.checking import as_numbered, decisions, same_text, signed, unpublishable
from publishing.errors import CaseError, PublishingError, TamperedSignatureError
from publishing.release.cache import Cache
from publishing.release.redacting import Job, assembled, job_of, recalled, redact, remember
from publishing.release.signoff import case_folder
from publishing.release.withdrawal import gather, public_id_of
from publishing.reviews import RedactedReview, Review
from publishing.settings import today
from publishing.site import records
from publishing.workbench.deciding import Decider, fingerprint
from redaction import Decision, Policy, Redaction, RegisterError
from redaction.forms import fold_text

if TYPE_CHECKING:
    from redaction import Redactor

STATES = {
    "faulty": "To mend",
    "draft": "Draft",
    "to-check": "To check",
    "changed": "Changed since signed",
    "reading": "Being read",
    "signed": "Signed",
    "embargoed": "Embargoed",
    "published": "Published",
    "withdrawn": "Withdrawn",
}
"""Every state of a case, as people read it."""

UNSURE = 0.6
"""A finding with a lower score is on the list of what to look at first."""

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


@dataclass(frozen=True)
class Finding:
    """Detections of the same words of one kind; `first` stands for them."""

    name: str
    words: str
    entity: str
    source: str
    score: float
    replacement: str
    count: int
    decided: str

    @property
    def declared(self) -> bool:
        """Whether the register declares it: then it is always removed."""
        return self.source == "register"

    @property
    def unsure(self) -> bool:
        """Whether the engine was not sure, and nobody has decided."""
        return self.score < UNSURE and not self.decided


@dataclass(frozen=True)
class Decided:
    """A decision, and whether its words still stand in the review."""

    decision: Decision
    fits: bool


@dataclass(frozen=True, repr=False)
class Opened:
    """A case that can be checked: everything that its pages show."""

    folder: Path
    review: Review
    job: Job
    redaction: Redaction
    text: RedactedReview
    before: RedactedReview | None
    tampered: bool
    seen: str

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
        said = {fold_text(d.text): d.action for d in self.job.decisions}
        numbers: dict[tuple[str, str], int] = {}
        counts: dict[int, int] = {}
        firsts: dict[int, tuple[str, int]] = {}
        names: list[str] = []
        for place, found in enumerate(self.redaction.detections):
            words = self.job.texts[found.part][found.start : found.end]
            number = numbers.setdefault((fold_text(words), str(found.entity)), len(numbers) + 1)
            counts[number] = counts.get(number, 0) + 1
            firsts.setdefault(number, (words, place))
            names.append(f"finding-{number}")
        findings = []
        for number, (words, place) in firsts.items():
            found = self.redaction.detections[place]
            decided = said.get(fold_text(words), "")
            findings.append(
                Finding(
                    f"finding-{number}",
                    words,
                    str(found.entity),
                    found.source,
                    found.score,
                    found.replacement,
                    counts[number],
                    decided,
                )
            )
        return tuple(names), tuple(findings)

    @property
    def names(self) -> tuple[str, ...]:
        """For each detection the id of its finding."""
        return self._groups[0]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the text."""
        return self._groups[1]

    @property
    def decided(self) -> tuple[Decided, ...]:
        """Every decision; those that no longer fit are there too."""
        whole = fold_text("\n\n".join(self.job.texts))
        return tuple(Decided(d, f" {fold_text(d.text).strip()} " in whole) for d in self.job.decisions)

    @property
    def is_changed(self) -> bool:
        """Whether what would be signed now is not what is signed."""
        return self.before is not None and not same_text(self.before, as_numbered(self.text, self.before))

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """What is signed and what would be, for every passage that differs."""
        old = tuple(self.before.strings()) if self.before else ()
        new = tuple(self.text.strings())
        if self.before:
            old = old[: len(old) - len(self.before.changes)]
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        return tuple(
            ("\n\n".join(old[a:b]), "\n\n".join(new[c:d]))
            for kind, a, b, c, d in matcher.get_opcodes()
            if kind != "equal"
        )


class Desk:
    """Every case of one reviews folder, and the one Redactor that reads them."""

    def __init__(self, reviews: Path, out: Path, redactor: Redactor | None = None) -> None:
        self.reviews = reviews
        self.out = out
        self.decider = Decider(reviews)
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
    def _fingerprint(self) -> str:
        return Policy.load().fingerprint

    def warm(self) -> None:
        """Read every case that can be read, so that its page opens at once; what fails is told when it is opened."""
        for folder in intake.case_folders(self.reviews) if self.reviews.is_dir() else ():
            try:
                self._redacted(self._load(folder)[2])
            except (PublishingError, RegisterError):
                continue

    def _redacted(self, job: Job) -> Redaction:
        key = job.key(self._fingerprint)
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
        return Opened(folder, review, job, redaction, assembled(review, redaction), before, tampered, seen)

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
        standing, gone = records.load(self.out / "markdown")
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
            words = f"{faults} {'thing' if faults == 1 else 'things'} to fill in or mend"
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
        if before is None:
            return _as(entry, "to-check", unpublishable(review, True, review.publish_on) or "nobody has signed it")
        redaction = recalled(self._cache, job.key(self._fingerprint))
        if redaction is None:
            return _as(entry, "reading", "it is being read: show the list again in a moment")
        text = assembled(review, redaction)
        if not same_text(before, as_numbered(text, before)):
            return _as(entry, "changed", "what is signed stays published until it is signed again")
        if review.publish_on > today():
            return _as(entry, "embargoed")
        stands = public.get(review.public_id)
        if stands is not None and same_text(stands, before):
            return _as(entry, "published")
        return _as(entry, "signed", unpublishable(review, True, today()) or "the next build publishes it")


def _as(entry: Entry, state: str, why: str = "") -> Entry:
    return Entry(entry.case, entry.public_id, state, entry.deadline, why)


def labels(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Every label that stands in a case's public text, each once: giving one to other words makes them one person."""
    return tuple(dict.fromkeys(f.replacement for f in findings if f.replacement.startswith("[")))
