"""The page of one review as readers would see it if it were published now: the real site, of that one review, kept private."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
import threading
from pathlib import Path

from publishing.catalogue import national_counts
from publishing.checking.paragraph_numbers import last_number, number_paragraphs
from publishing.errors import PublishingError
from publishing.files import disk_room
from publishing.release.signed_facts import coarsen_facts
from publishing.reviews import RedactedReview
from publishing.settings import project_root, today
from publishing.site import mkdocs, pages
from publishing.workbench.open_case import OpenCase

_NEEDED = 6_000_000
"""Bytes on the disk that a site of one review takes while it is made."""


class PagePreviews:
    """Sites of one review each, in `.candour/` of the reviews folder; each is kept until it would be another."""

    def __init__(self, reviews: Path) -> None:
        self.folder = reviews / ".candour" / "pages"
        self._reviews = reviews
        self._lock = threading.Lock()

    def site(self, open_case: OpenCase) -> Path:
        """The folder of the site, built if it is not there; its name says nothing of the review.

        Raises:
            PublishingError: it cannot be built, or the reviews folder cannot be written to.
        """
        counts = national_counts.load_national_counts(self._reviews / national_counts.FILE)
        text, _ = coarsen_facts(open_case.text, open_case.before, counts)
        text = number_paragraphs(text, open_case.before, last_number(open_case.before) if open_case.before else 0)
        day = max(today(), text.publish_on)
        place = self.folder / open_case.folder.name
        site = place / _site_name(text, day)
        with self._lock:
            if site.is_dir():
                return site
            try:
                for made in (self.folder.parent, self.folder, place):
                    made.mkdir(mode=0o700, exist_ok=True)
                for old in place.iterdir():
                    shutil.rmtree(old, ignore_errors=True)
                with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as name:
                    self._build(text, day, Path(name))
                    (Path(name) / "site").rename(site)
            except OSError as error:
                unshown = PublishingError("The page cannot be shown: the reviews folder cannot be written to.")
                raise disk_room.explain_write_error(error, unshown, need=_NEEDED) from None
        return site

    def _build(self, text: RedactedReview, day: dt.date, place: Path) -> None:
        """Write the site of a text."""
        pages.write_pages([text], [], place / "markdown", day)
        mkdocs.build_html(place / "markdown", place / "site", day)


def _site_name(text: RedactedReview, day: dt.date) -> str:
    """The name of a site: a hash of the text as it would be signed, the day that is told on it, and what pages are made with."""
    return hashlib.sha256(f"{text.model_dump_json()}\n{day}\n{_newest_change()}".encode()).hexdigest()[:16]


def _newest_change() -> int:
    """When templates, styles or settings changed last."""
    root = project_root()
    made_with = [root / "mkdocs.yml", *(root / "templates").rglob("*"), *(root / "site_src").rglob("*")]
    return max(path.stat().st_mtime_ns for path in made_with)
