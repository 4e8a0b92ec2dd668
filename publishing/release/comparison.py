"""What is signed, held against what a case's files give today: is it still the same text?

An answer to a lesson is signed by itself, and neither it nor what it does to the numbers of labels makes the text another.
"""

from __future__ import annotations

from pathlib import Path

from publishing.checking import signature_files, signed_text
from publishing.checking.signature_files import Stored
from publishing.release.signed_facts import keep_coarse_facts
from publishing.reviews import Lesson, RedactedReview, Review


def is_changed(text: RedactedReview, before: RedactedReview) -> bool:
    """Whether signing a text would change what is signed; facts that were made less exact then are no change.

    Args:
        text: what the files give today, of the review as `review_as_signed` has it.
        before: what is signed.
    """
    return not signed_text.same_text(before, signed_text.as_signed_after(keep_coarse_facts(text, before), before))


def review_as_signed(folder: Path, review: Review) -> Review:
    """A review with those updates of its lessons alone that were signed together with its text.

    The very same review where none came later, and where its signature cannot be read.
    """
    if not any(lesson.updates for lesson in review.lessons):
        return review
    try:
        stored, history = Stored.read(folder), signature_files.read_history(folder)
        covered = next(s.updates for s in reversed(history) if s.covers == "text" and s.sha256 == stored.sha256)
        with_text = {(u["lesson"], u["date"]) for u in stored.updates if "date" in u and u["sha256"] in covered}
    except (*signature_files.UNBELIEVABLE, StopIteration):
        return review

    def without_answers(lesson: Lesson) -> Lesson:
        kept = tuple(update for update in lesson.updates if (lesson.id, update.date.isoformat()) in with_text)
        return lesson if kept == lesson.updates else lesson.model_copy(update={"updates": kept})

    lessons = tuple(map(without_answers, review.lessons))
    return review if lessons == review.lessons else review.model_copy(update={"lessons": lessons})
