"""The page of one review as readers would see it if it were published now: the real site, of that one review, kept private."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from publishing.checking.numbering import last_number, numbered
from publishing.errors import PublishingError
from publishing.release import signoff
from publishing.settings import today
from publishing.site import mkdocs, pages
from publishing.workbench.opened import Opened


class WholePages:
    """Sites of one review each, in `.candour/` of the reviews folder; each is kept until the text is another."""

    def __init__(self, reviews: Path) -> None:
        self.folder = reviews / ".candour" / "pages"
        self._reviews = reviews
        self._lock = threading.Lock()

    def site(self, opened: Opened) -> Path:
        """The folder of the site, built if it is not there; its name says nothing of the review.

        Raises:
            PublishingError: it cannot be built, or the reviews folder cannot be written to.
        """
        place = self.folder / opened.folder.name
        site = place / signoff.seen_as(opened.text)[:16]
        with self._lock:
            if site.is_dir():
                return site
            try:
                for made in (self.folder.parent, self.folder, place):
                    made.mkdir(mode=0o700, exist_ok=True)
                for old in place.iterdir():
                    shutil.rmtree(old, ignore_errors=True)
                with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as name:
                    self._build(opened, Path(name))
                    (Path(name) / "site").rename(site)
            except OSError:
                raise PublishingError("The page cannot be shown: the reviews folder cannot be written to.") from None
        return site

    def _build(self, opened: Opened, place: Path) -> None:
        """Write the site of a text as it would be signed."""
        text, _ = signoff.coarsened(opened.text, opened.before, self._reviews)
        text = numbered(text, opened.before, last_number(opened.before) if opened.before else 0)
        day = max(today(), text.publish_on)
        pages.write([text], [], place / "markdown", day)
        mkdocs.build(place / "markdown", place / "site", day)
