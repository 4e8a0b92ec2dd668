"""What is new, as Atom: titles and links, never a word of a review."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.catalogue import lessons, public_events
from publishing.catalogue.open_data.tables import LICENCE, PUBLISHER
from publishing.catalogue.review_titles import lesson_title, lower_first, review_title
from publishing.reviews import RedactedReview, Withdrawal
from publishing.vocabulary import terms, title

IDS = uuid.uuid5(uuid.NAMESPACE_URL, "candour:serious-further-offence-reviews")
"""Feeds name things by UUIDs within this one: they stay when the site moves to another address."""

MOST_ENTRIES = 500
"""No feed has more: readers ask for it again and again."""


@dataclass(frozen=True)
class Feed:
    """One Atom feed: its path below data/feeds/, and its title."""

    path: str
    title: str


@dataclass(frozen=True)
class _FeedEntry:
    name: str
    title: str
    address: str
    published: dt.date
    updated: dt.date
    categories: tuple[tuple[str, str], ...] = ()


def write_feeds(
    reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal], folder: Path, as_of: dt.date, address: str
) -> Iterable[Feed]:
    """Write every feed into a folder, and tell of each.

    Args:
        reviews: what is published.
        withdrawals: what was taken down.
        folder: data/feeds of the site's Markdown folder.
        as_of: the day of the build; a feed without entries bears it.
        address: the site's own address, ending with a slash; "" where it is not known.
    """
    newest = lessons.newest_first(reviews)
    found: list[tuple[Feed, list[_FeedEntry]]] = [
        (
            Feed("all.xml", "Every review and its lessons"),
            [e for review in newest for e in _review_and_lesson_entries(review)],
        )
    ]
    for folder_name, words, of in (
        ("themes", "Theme", lessons.group_by_theme),
        ("regions", "Region", lessons.group_by_region),
    ):
        groups = of(newest)
        # every term has a feed, so that an address that somebody follows does not come and go
        for key, term in terms(folder_name).items():
            entries = [_review_entry(review) for review in groups.get(key, ())]
            if entries or not term.coarse:
                found.append((Feed(f"{folder_name}/{key}.xml", f"{words}: {term.title}"), entries))
    # the file keeps the name by which readers follow it
    found.append((Feed("withdrawals.xml", "Corrections and withdrawals"), _change_entries(reviews, withdrawals)))
    for feed, entries in found:
        path = folder / feed.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_atom(feed, entries[:MOST_ENTRIES], as_of, address).encode())
        yield feed


def _review_entry(review: RedactedReview) -> _FeedEntry:
    facts = review.facts
    categories = [("offence", facts.offence), ("region", facts.region), *(("theme", theme) for theme in facts.themes)]
    return _FeedEntry(
        f"reviews/{review.public_id}",
        review_title(review),
        f"reviews/{review.public_id}/",
        review.publish_on,
        max(
            [
                review.publish_on,
                *(change.date for change in review.changes),
                *(update.date for lesson in review.lessons for update in lesson.updates),
            ]
        ),
        tuple((f"{name}:{key}", title(f"{name}s", key)) for name, key in categories),
    )


def _review_and_lesson_entries(review: RedactedReview) -> Iterable[_FeedEntry]:
    yield _review_entry(review)
    for lesson in review.lessons:
        name = f"reviews/{review.public_id}/lesson-{lesson.id}"
        said = [update.date for update in lesson.updates]
        label = _lesson_words(lessons.ReviewLesson(review, lesson))
        place = f"reviews/{review.public_id}/#lesson-{lesson.id}"
        yield _FeedEntry(name, label, place, review.publish_on, max([review.publish_on, *said]))


def _lesson_words(taught: lessons.ReviewLesson) -> str:
    """What a lesson is about and how far it is, in words of the vocabulary alone: of its own, a feed has none."""
    themes = ", ".join(lower_first(title("themes", theme)) for theme in taught.themes)
    status = lower_first(title("lesson_statuses", taught.lesson.status))
    return f"{lesson_title(taught)}, on {themes}: {status}"


def _change_entries(reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal]) -> list[_FeedEntry]:
    """Corrections and withdrawals, the newest first: that and when; what was changed is on the page."""
    found = []
    for event in public_events.public_events(reviews, withdrawals):
        name = f"reviews/{event.public_id}"
        if event.what == "withdrawn":
            words = f"Review {event.public_id} has been withdrawn"
            found.append(_FeedEntry(f"{name}/withdrawal", words, f"{name}/", event.on, event.on))
        elif event.what == "corrected":
            words, place = f"Review {event.public_id} was corrected", f"{name}/#changes-since-publication"
            found.append(_FeedEntry(f"{name}/correction-{event.number}", words, place, event.on, event.on))
    return found


def _atom(feed: Feed, entries: Sequence[_FeedEntry], as_of: dt.date, address: str) -> str:
    # imported here: it brings an XML library that most commands do not need
    from feedgen.feed import FeedGenerator

    path = f"data/feeds/{feed.path}"
    base = address or "../" * path.count("/")
    atom = FeedGenerator()
    atom.id(_urn(path))
    atom.title(f"Candour: {feed.title}")
    atom.author({"name": PUBLISHER})
    atom.rights(f"© Crown copyright. Open Government Licence v3.0: {LICENCE}")
    atom.language("en-GB")
    atom.link(href=f"{base}{path}" if address else feed.path.split("/")[-1], rel="self", type="application/atom+xml")
    atom.link(href=address or base, rel="alternate", type="text/html")
    atom.updated(_midnight(max((entry.updated for entry in entries), default=as_of)))
    atom.generator("Candour")
    for entry in entries:
        item = atom.add_entry(order="append")
        item.id(_urn(entry.name))
        item.title(entry.title)
        item.link(href=f"{base}{entry.address}", rel="alternate", type="text/html")
        item.published(_midnight(entry.published))
        item.updated(_midnight(entry.updated))
        for term, label in entry.categories:
            item.category(term=term, label=label)
    text: str = atom.atom_str(pretty=True).decode("utf-8")
    return text if text.endswith("\n") else f"{text}\n"


def _urn(name: str) -> str:
    return uuid.uuid5(IDS, name).urn


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
