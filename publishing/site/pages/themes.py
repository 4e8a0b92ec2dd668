"""The page of each theme, with what teams need to talk about it, and the pack of two sheets that they print."""

from __future__ import annotations

from functools import partial

from publishing.catalogue.good_practice import PracticePoint, practice_points
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.review_titles import lower_first
from publishing.catalogue.themes import theme_words
from publishing.reviews import RedactedReview
from publishing.site.browsing import BrowseBy
from publishing.site.pages.writer import PageWriter
from publishing.site.phrasing import page_address
from publishing.site.theme_packs import theme_pack

_MOST_REVIEWS = 10
"""The good practice of so many reviews is on a theme's page, the newest of them."""


def write_themes(writer: PageWriter, way: BrowseBy, keys: list[str]) -> None:
    """A page and a pack for each of the themes."""
    lessons, reviews = way.group(writer.lessons), way.group(writer.reviews)
    # a review has several themes, and is read for its good practice once
    points = {review.public_id: practice_points([review]) for review in writer.reviews}
    for key in keys:
        practice = [(review, found) for review in reviews.get(key, ()) if (found := points[review.public_id])]
        _write_theme(writer, way, key, keys, lessons.get(key, ()), reviews.get(key, ()), practice)


def pack_heading(way: BrowseBy, key: str) -> str:
    """The heading of a theme's pack."""
    return f"Theme pack: {lower_first(way.title(key))}"


def _write_theme(
    writer: PageWriter,
    way: BrowseBy,
    key: str,
    keys: list[str],
    lessons: tuple[ReviewLesson, ...],
    reviews: tuple[RedactedReview, ...],
    practice: list[tuple[RedactedReview, tuple[PracticePoint, ...]]],
) -> None:
    words, folder = theme_words()[key], f"{way.folder}/{key}"
    points = tuple(point for _, found in practice for point in found)
    writer.write_list(
        folder,
        "theme.md.j2",
        [*lessons, *reviews],
        practice=practice[:_MOST_REVIEWS],
        practice_left=len(practice[_MOST_REVIEWS:]),
        near=[other for other in words.near if other in keys],
        heading=way.page_heading(key),
        words=words,
        key=key,
        up=way.heading,
    )
    writer.write_page(
        f"{folder}/pack",
        "theme_pack.md.j2",
        pack=partial(theme_pack, words, lessons, points, writer.as_of),
        heading=pack_heading(way, key),
        words=words,
        address=page_address(writer.address, f"{folder}/pack/"),
        whole_address=page_address(writer.address, f"{folder}/"),
    )
