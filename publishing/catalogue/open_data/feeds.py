"""What is new, as Atom and as JSON Feed: titles and links, never a word of a review."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from publishing.catalogue import lessons, public_events
from publishing.catalogue.open_data.tables import LICENCE, PUBLISHER
from publishing.catalogue.review_titles import lesson_title, lower_first, review_title
from publishing.files.indented_json import indented_json
from publishing.reviews import RedactedReview, Withdrawal
from publishing.vocabulary import terms, title

IDS = uuid.uuid5(uuid.NAMESPACE_URL, "candour:serious-further-offence-reviews")
"""Feeds name things by UUIDs within this one: they stay when the site moves to another address."""

MOST_ENTRIES = 500
"""No feed has more: readers ask for it again and again."""


@dataclass(frozen=True)
class Feed:
    """One feed: the path of its Atom file below data/feeds/, where its JSON stands beside it, and its title."""

    path: str
    title: str

    @property
    def json_path(self) -> str:
        """The path of the same feed as JSON."""
        return f"{self.path.removesuffix('.xml')}.json"


@dataclass(frozen=True)
class _FeedEntry:
    name: str
    title: str
    address: str
    published: dt.date
    updated: dt.date
    categories: tuple[tuple[str, str], ...] = ()


Keep = Callable[[dict[str, Any], Callable[[], str]], str]
"""Makes a text, or finds the one that was made before and was determined by the same."""


def make_anew(determined_by: dict[str, Any], make: Callable[[], str]) -> str:
    """Keep nothing."""
    return make()


def write_feeds(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
    as_of: dt.date,
    address: str,
    keep: Keep = make_anew,
) -> Iterable[Feed]:
    """Write every feed into a folder, and tell of each.

    Args:
        reviews: what is published.
        withdrawals: what was taken down.
        folder: data/feeds of the site's Markdown folder.
        as_of: the day of the build; a feed without entries bears it.
        address: the site's own address, ending with a slash; "" where it is not known.
        keep: most feeds of a release are those of the one before.
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
        (folder / feed.path).parent.mkdir(parents=True, exist_ok=True)
        newest_entries = entries[:MOST_ENTRIES]
        (folder / feed.path).write_bytes(_atom_unless_kept(feed, newest_entries, as_of, address, keep).encode())
        (folder / feed.json_path).write_bytes(_json_feed(feed, newest_entries, address))
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


def _atom_unless_kept(feed: Feed, entries: Sequence[_FeedEntry], as_of: dt.date, address: str, keep: Keep) -> str:
    # of the day a feed says something only where it has no entry
    day = "" if entries else as_of.isoformat()
    made_from = {"feed": repr(feed), "entries": repr(entries), "address": address, "day": day}
    return keep(made_from, partial(_atom, feed, entries, as_of, address))


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


def _json_feed(feed: Feed, entries: Sequence[_FeedEntry], address: str) -> bytes:
    """The same as JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/; it has no place for the day of a feed."""
    path = f"data/feeds/{feed.json_path}"
    base = address or "../" * path.count("/")
    whole = {"home_page_url": address, "feed_url": f"{address}{path}"} if address else {}
    items = [
        {
            "id": _urn(entry.name),
            "url": f"{base}{entry.address}",
            "title": entry.title,
            # an item must have words; these are all that feeds tell
            "content_text": entry.title,
            "date_published": _midnight(entry.published).isoformat(),
            "date_modified": _midnight(entry.updated).isoformat(),
            **({"tags": [label for _, label in entry.categories]} if entry.categories else {}),
        }
        for entry in entries
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Candour: {feed.title}",
        **whole,
        "authors": [{"name": PUBLISHER}],
        "language": "en-GB",
        "items": items,
    }
    return indented_json(told)


def json_feed_schema() -> dict[str, Any]:
    """The JSON Schema of a JSON Feed as it is written here."""
    text, day = {"type": "string", "minLength": 1}, {"type": "string", "format": "date-time"}
    item = {
        **dict.fromkeys(("id", "url", "title", "content_text"), text),
        **dict.fromkeys(("date_published", "date_modified"), day),
    }
    feed = {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": text,
        "authors": {"type": "array", "items": {"type": "object", "properties": {"name": text}, "required": ["name"]}},
        "language": text,
    }
    items = {
        "type": "object",
        "properties": {**item, "tags": {"type": "array", "items": text}},
        "required": list(item),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Feed",
        "description": "What is new, as JSON Feed 1.1.",
        "type": "object",
        "properties": {**feed, "home_page_url": text, "feed_url": text, "items": {"type": "array", "items": items}},
        "required": [*feed, "items"],
        "additionalProperties": False,
    }


def _urn(name: str) -> str:
    return uuid.uuid5(IDS, name).urn


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
