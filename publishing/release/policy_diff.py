"""What today's engine and policy would write otherwise than what is signed: counts and paragraph numbers, never a word."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import as_signed_after, decisions
from publishing.files.cache import Cache
from publishing.redacting.jobs import assemble, job_for
from publishing.redacting.workers import redact_all
from publishing.release.comparison import is_changed, review_as_signed
from publishing.release.loaded_cases import load_cases
from publishing.release.signed_facts import keep_coarse_facts
from publishing.reviews import RedactedReview
from publishing.vocabulary import counted


@dataclass(frozen=True)
class CaseDiff:
    """A signed case whose files would be redacted otherwise today.

    `paragraphs` are the permanent numbers of those that would read otherwise or go, `new` how many would come; `elsewhere` counts
    lessons, headings, notes and the like; `facts` is whether a key fact differs.
    """

    case: str
    public_id: str
    paragraphs: tuple[int, ...]
    new: int
    elsewhere: int
    facts: bool

    def __str__(self) -> str:
        """A line for a person, without a word of the review."""
        numbers = ", ".join(map(str, self.paragraphs))
        said = [f"paragraph{'s' if len(self.paragraphs) > 1 else ''} {numbers}"] if self.paragraphs else []
        said += [counted(self.new, "new paragraph")] if self.new else []
        said += [f"{counted(self.elsewhere, 'text')} elsewhere (lessons, headings, notes)"] if self.elsewhere else []
        said += ["key facts"] if self.facts else []
        return f"{self.case} ({self.public_id}): {'; '.join(said) or 'the count of what was replaced'}"


@dataclass(frozen=True)
class PolicyDiff:
    """How many signed cases were redacted again, and those that would read otherwise."""

    read: int
    changed: tuple[CaseDiff, ...]


def diff_policy(reviews: Path, as_of: dt.date, workers: int | None = None) -> PolicyDiff:
    """Redact every signed case again as its files are now, and hold it against what is signed. Nothing is written but the cache.

    Raises:
        PublishingError: the folder or a register cannot be read, or redaction failed.
    """
    whole = load_cases(reviews, as_of)
    signed_ones = (review for review in whole.cases.reviews if review.case in whole.signed)
    cases = [review_as_signed(reviews / review.case, review) for review in signed_ones]
    jobs = [job_for(review, decisions.load(reviews / review.case)) for review in cases]
    done = redact_all(jobs, workers=workers, cache=Cache.of_reviews(reviews))
    found = []
    for review, redaction in zip(cases, done, strict=True):
        signed, today = whole.signed[review.case], assemble(review, redaction)
        if is_changed(today, signed):
            found.append(_diff(review.case, signed, today))
    return PolicyDiff(len(cases), tuple(found))


def _diff(case: str, signed: RedactedReview, today: RedactedReview) -> CaseDiff:
    today = as_signed_after(keep_coarse_facts(today, signed), signed)
    before, after = dict(_paragraphs(signed)), dict(_paragraphs(today))
    elsewhere = (Counter(_other_texts(signed)) - Counter(_other_texts(today))).total()
    come = (Counter(_other_texts(today)) - Counter(_other_texts(signed))).total()
    return CaseDiff(
        case=case,
        public_id=signed.public_id,
        paragraphs=tuple(number for number, text in sorted(before.items()) if after.get(number) != text),
        new=len(after.keys() - before.keys()),
        elsewhere=max(elsewhere, come),
        facts=today.facts != signed.facts,
    )


def _paragraphs(review: RedactedReview) -> Iterator[tuple[int, str]]:
    for section in review.sections:
        yield from ((block.number, block.text) for block in section.blocks if block.number)


def _other_texts(review: RedactedReview) -> Iterator[str]:
    """Every public text that has no paragraph number; updates of lessons are signed on their own."""
    for section in review.sections:
        yield from (block.text for block in section.blocks if not block.number)
    for lesson in review.lessons:
        yield from filter(None, (lesson.text, lesson.why, lesson.owner))
    yield from review.content_notes
