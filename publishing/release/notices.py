"""What somebody should know about cases before the next signature: never a word of a review."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.checking import public_references
from publishing.checking.rewritten_passages import misfits
from publishing.checking.same_lessons import (
    describe_contradictions,
    find_contradictions,
    group_references,
    said_same,
    unsigned_same_as,
)
from publishing.files.cache import Cache
from publishing.intake.register import is_misnamed
from publishing.redacting.jobs import assemble, job_for, load_cached
from publishing.release.comparison import is_changed, review_as_signed
from publishing.release.kept_readings import KeptReadings
from publishing.reviews import RedactedReview, Review
from redaction import Decision, Policy

_NO_REGISTER = (
    "no register.yml: nobody has said who and what it must not name. Write one before it is signed; "
    "one that says only “format: 1” declares that there is nobody"
)
_MISNAMED = "no register.yml, but a file with a name much like it, which nothing reads: rename it to register.yml"
_CHANGED = (
    "today's redaction of the files differs from what is signed, because they or the engine changed since. "
    "Builds publish what is signed: to publish the change, check it and sign it again"
)


_UNSIGNED_SAME = "same_as says something else than what is signed: sign it in the workbench, under Lessons, or with candour sign-off {case} --same-as-only"


@dataclass(frozen=True)
class Notices:
    """`registers` are (case, what is wrong with it).

    `same` are (case, what is to do about what its lessons are the same as).

    `rewrites` are (case, which passage in other words no longer fits).
    `changed` are signed cases whose files give another text today; `unread` those that nobody has redacted as they are now.
    """

    registers: tuple[tuple[str, str], ...]
    rewrites: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    unread: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """What to check, for a person to read."""
        yield from (f"{case}: {words}" for case, words in (*self.registers, *self.rewrites, *self.same))
        if self.changed:
            # an upgraded engine changes many at once: one line for all
            yield f"{', '.join(self.changed)}: {_CHANGED}"


def find_notices(
    reviews: Path,
    cases: Iterable[Review],
    decided: Mapping[str, Sequence[Decision]],
    signed: Mapping[str, RedactedReview],
    gone: Collection[str],
) -> Notices:
    """Look at every case but those withdrawn (`gone` are their references); `decided` are each one's decisions. Nothing is redacted for it."""
    kept, fingerprint = KeptReadings(reviews), Policy.load().fingerprint
    registers: list[tuple[str, str]] = []
    rewrites: list[tuple[str, str]] = []
    same: list[tuple[str, str]] = []
    changed: list[str] = []
    unread: list[str] = []
    every = tuple(cases)
    known = said_same(every).keys()
    said = said_same(text for text in signed.values() if text.public_id not in gone)
    groups = group_references(said)
    for review in every:
        folder, text = reviews / review.case, signed.get(review.case)
        if review.status == "withdrawn" or public_references(review, text) & set(gone):
            continue
        if review.declared is None and is_misnamed(folder):
            registers.append((review.case, _MISNAMED))
        elif review.declared is None and text is None:
            registers.append((review.case, _NO_REGISTER))
        rewrites += [(review.case, words) for words in misfits(review)]
        same += [(review.case, words) for words in _about_same_lessons(review, text, known, said, groups)]
        same += [
            (review.case, f"{words}. Until then no page has it beside others")
            for words in describe_contradictions(find_contradictions(groups, review))
        ]
        if text is None:
            continue
        job = job_for(as_signed := review_as_signed(folder, review), decided[review.case])
        answer = _compare(reviews, as_signed, text, job.key(fingerprint), kept)
        if answer == _UNREAD:
            unread.append(review.case)
        elif answer == _OTHER:
            changed.append(review.case)
    kept.sweep()
    return Notices(tuple(registers), tuple(rewrites), tuple(same), tuple(changed), tuple(unread))


_UNREAD, _OTHER, _SAME = "unread", "other", "same"
"""What comparing a signed text with today's says."""


def _compare(reviews: Path, review: Review, text: RedactedReview, key: str, kept: KeptReadings) -> str:
    """Whether the files of a case, as they were signed, give another text today than what is signed.

    `key` is that of their redaction in the cache; `kept` are earlier answers.
    """
    decided_by = [hashlib.sha256(model.model_dump_json().encode()).hexdigest() for model in (review, text)]
    if answer := kept.find(review.case, decided_by, [key]):
        return answer
    redaction = load_cached(Cache.of_reviews(reviews), key)
    if redaction is None:
        return _UNREAD
    answer = _OTHER if is_changed(assemble(review, redaction), text) else _SAME
    kept.put(review.case, decided_by, [key], answer)
    return answer


def _about_same_lessons(
    review: Review,
    text: RedactedReview | None,
    known: Collection[str],
    said: Mapping[str, Sequence[str]],
    groups: Mapping[str, Collection[str]],
) -> Iterator[str]:
    """What is to do about them; `known` are the lessons of every case, `said` is what is signed of each that is not withdrawn, in `groups`."""
    if unsigned_same_as(review, text):
        yield _UNSIGNED_SAME.format(case=review.case)
    names = sorted({name for lesson in review.lessons for name in lesson.same_as})
    for reference in names:
        if reference not in known:
            yield f"same_as names {reference}, and no case here has that lesson: is it mistyped?"
        elif reference not in said and (others := _parted_by(reference, review, said, groups)):
            yield (
                f"same_as names {reference}, which is withdrawn or not signed, so nothing joins it to {', '.join(others)} any more. If they "
                f"are the same, write {', '.join(others)} in its place in review.md and sign that (candour sign-off {review.case} --same-as-only); "
                "doing so in one of these cases is enough"
            )


def _parted_by(
    reference: str, review: Review, said: Mapping[str, Sequence[str]], groups: Mapping[str, Collection[str]]
) -> list[str]:
    """The lessons of other cases that a case called one with its own by way of a lesson that is gone, and that nothing else joins to them."""
    named_by = [name for name, names in said.items() if reference in names]
    own = [name for name in named_by if name.startswith(f"{review.public_id}/")]
    return sorted(name for name in named_by if own and not any(name in groups[known] for known in own))
