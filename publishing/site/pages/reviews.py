"""The pages of single reviews, the lists of them, and notices of withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from publishing.catalogue.lessons import RelatedReviews, group_by_year
from publishing.progress import track
from publishing.reviews import RedactedReview, Withdrawal
from publishing.site.glossary import FirstUses
from publishing.site.pages.lessons import RepeatedLessons
from publishing.site.pages.writer import PageWriter
from publishing.site.phrasing import page_address
from publishing.site.review_blocks import ReviewBlock, review_blocks
from publishing.site.site_options import SiteOptions


def write_reviews(writer: PageWriter, repeated: RepeatedLessons, options: SiteOptions) -> None:
    """Every review, what to learn from it on one page, and the lists of reviews."""
    related = RelatedReviews(writer.reviews)
    for review in track("writing reviews", writer.reviews):
        _write_review(writer, review, repeated, related.of(review), options)
    years = {year: len(group) for year, group in group_by_year(writer.reviews).items()}
    writer.write_list("reviews", "reviews.md.j2", writer.reviews, years=years)


def _write_review(
    writer: PageWriter,
    review: RedactedReview,
    repeated: RepeatedLessons,
    related: Sequence[RedactedReview],
    options: SiteOptions,
) -> None:
    folder = f"reviews/{review.public_id}"
    again = repeated.taught_elsewhere(review)
    same = repeated.reviews_sharing_lessons(review)
    taught = {other.public_id for other, _ in same}
    writer.write_page(
        folder,
        "review.md.j2",
        review=review,
        again=again,
        same=same,
        near=[other for other in related if other.public_id not in taught],
        blocks=partial(_blocks_with_links, review),
        address=writer.address and page_address(writer.address, f"{folder}/"),
        contacts=options.contacts,
        is_listed="review" not in options.unlisted,
    )
    learning = f"{folder}/learning"
    writer.write_page(
        learning,
        "learning.md.j2",
        review=review,
        again=again,
        blocks=partial(review_blocks, review, only=["good-practice"]),
        address=page_address(writer.address, f"{learning}/"),
    )


def _blocks_with_links(review: RedactedReview) -> Mapping[str, Sequence[ReviewBlock]]:
    return review_blocks(review, FirstUses("../../about/glossary.md"))


def write_withdrawals(writer: PageWriter, withdrawals: Sequence[Withdrawal]) -> None:
    """A notice at the address of each review that was taken down."""
    for withdrawal in withdrawals:
        for folder in (f"reviews/{withdrawal.public_id}", f"reviews/{withdrawal.public_id}/learning"):
            writer.write_page(folder, "withdrawn.md.j2", withdrawal=withdrawal)
