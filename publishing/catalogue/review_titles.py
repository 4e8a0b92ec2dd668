"""What a review and a lesson are called, in words of the vocabulary alone."""

from __future__ import annotations

from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import RedactedReview
from publishing.vocabulary import title


def lower_first(words: str) -> str:
    """A term in the middle of a sentence: its first letter small, unless it is a name or an abbreviation."""
    first, *rest = words.split()
    name = any(word[0].isupper() for word in rest) or (len(first) > 1 and first.isupper())
    return words if name else words[:1].lower() + words[1:]


def review_title(review: RedactedReview) -> str:
    """A review's title, from the vocabulary alone: Review 2025-001: murder, Greater Manchester, 2018."""
    facts = review.facts
    offence = lower_first(title("offences", facts.offence))
    return f"Review {review.public_id}: {offence}, {title('regions', facts.region)}, {facts.offence_year}"


def lesson_title(taught: ReviewLesson) -> str:
    """A lesson's title: Lesson 1 of review 2025-001."""
    return f"Lesson {taught.lesson.id} of review {taught.review.public_id}"
