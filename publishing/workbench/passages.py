"""The passages of a review that may be put into other words, as the pages of the workbench know them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from publishing.intake.rewrites import may_be_rewritten
from publishing.reviews import ReviewText, Rewrite
from publishing.vocabulary import terms


@dataclass(frozen=True, repr=False)
class Passage:
    """A block of review.md. `source` is what the file says, `rewrite` what a person wrote in its place, `count` how often it is there."""

    place: str
    source: str
    rewrite: Rewrite | None
    count: int

    @property
    def words(self) -> str:
        """What is redacted."""
        return self.rewrite.words if self.rewrite else self.source


def passages(text: ReviewText) -> dict[int, Passage]:
    """Each passage by its position among the texts of the review, in the order in which they are redacted."""
    at = {place: rewrite for rewrite in text.rewrites for place in rewrite.places}
    order = list(terms("sections"))
    found: dict[int, tuple[str, str, Rewrite | None]] = {}
    number = len(text.content_notes)
    for section in sorted(text.sections, key=lambda section: order.index(section.key)):
        for position, block in enumerate(section.blocks):
            if may_be_rewritten(section):
                rewrite = at.get((section.key, position))
                found[number] = (
                    terms("sections")[section.key].title,
                    rewrite.passage if rewrite else block.text,
                    rewrite,
                )
            number += 1
    counts = Counter(source for _, source, _ in found.values())
    return {
        number: Passage(place, source, rewrite, counts[source]) for number, (place, source, rewrite) in found.items()
    }
