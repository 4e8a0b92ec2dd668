"""The second reader: every approved case redacted as if it were new, and every signed text read again with today's engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.files.cache import Cache
from publishing.files.reuse import Causes, Reuse
from publishing.redacting.jobs import KEY_MADE_OF, RedactionJob, job_for
from publishing.redacting.workers import redact_all
from publishing.release.comparison import review_as_signed
from publishing.release.gathered_cases import GatheredCases
from publishing.release.kept_readings import KeptReadings
from publishing.vocabulary import counted
from redaction import Entity, Policy, Redaction, fold_text

_TELLING = frozenset({Entity.PERSON, Entity.CODE, Entity.CONTACT, Entity.ADDRESS, Entity.PLACE, Entity.ORGANISATION})


@dataclass(frozen=True)
class SecondReading:
    """Which signed texts today's engine would not leave as they are: (case, how many details of which kinds).

    `sources` are the cases that were redacted, `signed` those whose signed texts were read: which again, and why.
    """

    doubts: tuple[tuple[str, str], ...]
    sources: Reuse
    signed: Reuse


def read_again(
    cases: GatheredCases, reviews: Path, count: int | None, scheduler: str | None, report: Callable[[str], None]
) -> SecondReading:
    """Redact every approved case and read every signed text again; what was done before is not done twice."""
    approved = cases.approved
    signed_ones = [review for review in approved if review.case in cases.signed]
    first = {review.case: job_for(review, cases.decisions[review.case]) for review in approved}
    again = {r.case: job_for(r, cases.decisions[r.case], cases.signed[r.case].strings()) for r in signed_ones}
    as_signed = ((review, review_as_signed(reviews / review.case, review)) for review in signed_ones)
    compared = {text.case: job_for(text, cases.decisions[text.case]) for r, text in as_signed if text is not r}
    report(f"redacting {counted(len(first), 'approved case')} and reading {counted(len(again), 'signed text')} again")
    kept, cache, fingerprint = KeptReadings(reviews), Cache.of_reviews(reviews), Policy.load().fingerprint
    keys = {case: [jobs[case].key(fingerprint) for jobs in (first, again, compared) if case in jobs] for case in again}
    words = {case: kept.find(case, [], keys[case]) for case in again}
    todo = [{case: job for case, job in jobs.items() if words.get(case) is None} for jobs in (first, again, compared)]
    done = redact_all([job for jobs in todo for job in jobs.values()], workers=count, scheduler=scheduler, cache=cache)
    cache.sweep()
    sources, texts = dict(zip(todo[0], done, strict=False)), dict(zip(todo[1], done[len(todo[0]) :], strict=False))
    for case, job in todo[1].items():
        left = _left_in_signed_text(job, texts[case]) | _still_there(job, first[case], sources[case])
        words[case] = _count_kinds(left)
        kept.put(case, [], keys[case], _count_kinds(left))
    doubts = tuple((case, told) for case, told in words.items() if told)
    causes = cache.find_causes(KEY_MADE_OF)
    sources_again = _reuse([*first.values(), *compared.values()], causes)
    return SecondReading(doubts, sources_again, _reuse(list(again.values()), causes))


def _reuse(jobs: Sequence[RedactionJob], causes: Mapping[str, Causes]) -> Reuse:
    """Of which cases a job was done, by the keys of those that were."""
    fingerprint, done = Policy.load().fingerprint, {key.rpartition("/")[0] for key in causes}
    keys = ((job.case, job.key(fingerprint)) for job in jobs if job.case in done)
    again = {case: causes[key] for case, key in keys if key in causes}
    return Reuse(len({job.case for job in jobs}) - len(again), again)


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
