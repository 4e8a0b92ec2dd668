"""Passages that a person put into other words: why a review may not be signed with them, and what a signer is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publishing.checking.decisions import are_two_people
from publishing.checking.stale_decisions import is_mentioned
from publishing.reviews import Review, ReviewText
from publishing.vocabulary import counted
from redaction import Register, fold_text


def misfits(text: ReviewText) -> Iterator[str]:
    """The rewrites whose passage is not in the review any more: numbers, never words."""
    for number, rewrite in enumerate(text.rewrites, start=1):
        if not rewrite.places:
            yield (
                f"rewrite no. {number} of decisions.yml no longer fits: its passage is not in the review any more, so the review's "
                "own words stand: take it back under “Check the text”, and write it again where it is still needed"
            )


def refusals_for_rewrites(review: Review, reviews: Path) -> Iterator[str]:
    """Why a review of a reviews folder may not be signed with its rewrites: numbers, never words.

    Raises:
        SignersError: the list of signers does not hold.
    """
    yield from misfits(review)
    for number, rewrite in enumerate(review.rewrites, start=1):
        alone = not rewrite.second or not are_two_people(reviews, rewrite.by, rewrite.second)
        if rewrite.places and alone and names_protected(f"{rewrite.passage}\n\n{rewrite.words}", review.declared):
            yield (
                f"rewrite no. {number} of decisions.yml is of a passage that names somebody protected for life, and one person "
                "wrote it: two people decide that, so write it again with the second"
            )


def warnings_for_rewrites(review: Review) -> Iterator[str]:
    """What a signer is told about passages whose words are not the review's own."""
    if count := sum(bool(rewrite.places) for rewrite in review.rewrites):
        yield (
            f"{counted(count, 'passage')} in words of the publishing team and not of the review: read both under “Read and sign”, "
            "or in decisions.yml (rewrites)"
        )


def names_protected(text: str, register: Register | None) -> bool:
    """Whether a text names somebody who is protected for life."""
    whole = fold_text(text)
    return any(one.protected and is_mentioned(one, whole) for one in (register.identities() if register else ()))
