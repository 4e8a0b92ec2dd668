"""A review's prose goes through the Redactor as one, and comes back into its places."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast

from publishing.catalogue.statistics import duration_band
from publishing.files.cache import Cache, telling_key
from publishing.files.reuse import Cause
from publishing.reviews import Block, Lesson, RedactedReview, Review, ReviewText, Section
from publishing.vocabulary import terms
from redaction import Anchor, Decision, Detection, Doubt, Entity, Flag, Question, Redaction, Register

if TYPE_CHECKING:
    from redaction import Redactor

_BY_YEAR = frozenset({"lessons", "action-plan"})
"""Sections whose dates are told by their year alone: what is due, and when, is published beside them."""

KEY_MADE_OF = (Cause.PROGRAM, Cause.TEXT, Cause.DECLARED, Cause.ANCHOR, Cause.DECISIONS)
"""What a change of each part of a job's key means."""

FEW = 5
"""A count below this is not shown: it could tell who somebody is."""


@dataclass(frozen=True, repr=False)
class RedactionJob:
    """The texts of one review that are to be redacted, and everything that decides how. PRIVATE."""

    case: str
    texts: tuple[str, ...]
    register: Register | None
    anchor: Anchor | None
    decisions: tuple[Decision, ...]
    by_year: tuple[int, ...] = ()
    """Positions of the texts whose dates are told by their year alone: of lessons, their owners, updates and action plans."""

    def __repr__(self) -> str:
        """Only the case: clusters write what they are given into their logs."""
        return f"Job({self.case!r})"

    def key(self, fingerprint: str) -> str:
        """Name of the result in the cache: the case's, and a hash of everything that decides it."""
        return f"{self.case}/" + telling_key(
            determined_by={
                "engine": [6, fingerprint],
                "texts": [self.texts, self.by_year],
                "register": self.register.model_dump(mode="json") if self.register else None,
                "anchor": [str(self.anchor.date), self.anchor.event, str(self.anchor.until), self.anchor.may_have_ended]
                if self.anchor
                else None,
                # what changes no redaction is left out
                "decisions": [
                    {name: said for name, said in vars(decision).items() if name != "knowing"}
                    for decision in self.decisions
                ],
            }
        )


def job_for(review: Review, decisions: Sequence[Decision], texts: Iterable[str] | None = None) -> RedactionJob:
    """What the Redactor needs for a review; `texts` in place of the review's own, such as those that were signed."""
    supervision = terms("supervision")[review.facts.supervision]
    event = supervision.anchor
    anchor = (
        Anchor(
            review.anchor,
            cast(Literal["release", "sentence"], event),
            _latest_month(review),
            supervision.may_have_ended,
        )
        if review.anchor and event
        else None
    )
    return _job(review, decisions, anchor, _prose(review) if texts is None else ((text, False) for text in texts))


def draft_job(text: ReviewText, decisions: Sequence[Decision]) -> RedactionJob:
    """What the Redactor needs for a case of which facts are still missing: there is no anchor to tell dates from."""
    return _job(text, decisions, None, _prose(text))


def _job(
    review: ReviewText, decisions: Sequence[Decision], anchor: Anchor | None, prose: Iterable[tuple[str, bool]]
) -> RedactionJob:
    prose = tuple(prose)
    return RedactionJob(
        review.case,
        tuple(text for text, _ in prose),
        review.declared,
        anchor,
        tuple(decisions),
        tuple(position for position, (_, by_year) in enumerate(prose) if by_year),
    )


def _latest_month(review: Review) -> dt.date:
    """The month by which the offence had happened: of its notification, else the last of its year."""
    year = str(review.facts.offence_year)[-4:]
    return dt.date.fromisoformat(f"{review.notified or f'{year}-12'}-01")


def start_engine() -> Redactor:
    """A Redactor: slow to build, and slow to import too."""
    from redaction import Redactor

    return Redactor()


def redact(job: RedactionJob, redactor: Redactor) -> Redaction:
    """Redact a job's texts."""
    return redactor.redact(job.texts, job.register, anchor=job.anchor, decisions=job.decisions, by_year=job.by_year)


def redact_cached(job: RedactionJob, redactor: Redactor, cache: Cache | None = None) -> Redaction:
    """A job's result, from the cache if it is there."""
    key = job.key(redactor.policy.fingerprint)
    found = load_cached(cache, key) if cache else None
    if found is None:
        found = redact(job, redactor)
        if cache:
            store_cached(cache, key, found)
    return found


def assemble(review: Review, redaction: Redaction) -> RedactedReview:
    """Redacted texts back in the places that a review's prose came from."""
    texts = iter(redaction.texts)

    def put(text: str | None) -> str | None:
        return next(texts) if text else text

    def block(old: Block) -> Block:
        return Block(text=next(texts), number=old.number)

    notes = tuple(next(texts) for _ in review.content_notes)
    sections = tuple(Section(key=s.key, blocks=tuple(map(block, s.blocks))) for s in _in_page_order(review.sections))
    lessons = tuple(
        lesson.model_copy(
            update={
                "text": next(texts),
                "why": put(lesson.why),
                "owner": put(lesson.owner),
                "updates": tuple(update.model_copy(update={"note": put(update.note)}) for update in lesson.updates),
            }
        )
        for lesson in review.lessons
    )
    return RedactedReview(
        public_id=review.public_id,
        publish_on=review.publish_on,
        facts=review.facts,
        content_notes=notes,
        sections=sections,
        lessons=lessons,
        redactions=_counts(redaction.detections),
        took=duration_band(review.notified, review.completed),
    )


def load_cached(cache: Cache, key: str) -> Redaction | None:
    """A redaction from the cache, or None if it is not there whole."""
    value = cache.get(key)
    if value is None:
        return None
    try:
        return Redaction(
            tuple(value["texts"]),
            tuple(Detection(**{**d, "entity": Entity(d["entity"])}) for d in value["detections"]),
            tuple(Flag(**{**f, "entity": Entity(f["entity"])}) for f in value["flags"]),
            tuple(Doubt(**{**d, "kind": Entity(d["kind"])}) for d in value["doubts"]),
            tuple(Question(**{**q, "labels": tuple(q["labels"])}) for q in value["questions"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def store_cached(cache: Cache, key: str, redaction: Redaction) -> None:
    """Put a redaction in the cache."""
    cache.put(key, asdict(redaction))


def _prose(review: ReviewText) -> Iterator[tuple[str, bool]]:
    """Every text of a review in the order of its page, and whether its dates are told by their year alone."""
    yield from ((note, False) for note in review.content_notes)
    for section in _in_page_order(review.sections):
        yield from ((block.text, section.key in _BY_YEAR) for block in section.blocks)
    for lesson in review.lessons:
        yield from ((text, True) for text in _lesson_texts(lesson))


def _lesson_texts(lesson: Lesson) -> Iterator[str]:
    yield lesson.text
    yield from (text for text in (lesson.why, lesson.owner) if text)
    yield from (update.note for update in lesson.updates if update.note)


def _in_page_order(sections: Sequence[Section]) -> list[Section]:
    order = list(terms("sections"))
    return sorted(sections, key=lambda section: order.index(section.key))


def _counts(detections: Iterable[Detection]) -> dict[str, int | None]:
    """The counts of every kind; none is told as few."""
    counts = Counter(str(detection.entity) for detection in detections)
    return {kind: counts[kind] if counts[kind] >= FEW else None for kind in sorted(map(str, Entity))}
