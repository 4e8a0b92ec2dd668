"""What of a site was made before and is the same: a page as Markdown or as HTML, a text to take away, what the index of search says of a review.

Each is kept under a hash of everything that decides it, so that only what changed is made again.
docs/decisions/0039-pages-are-kept-whole.md says where they are kept, and why there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import version
from typing import Any

from publishing.files.cache import Cache, key_of, telling_key
from publishing.files.program import hash_program
from publishing.files.reuse import Cause, Reuse
from publishing.settings import project_root
from publishing.site.asked_day import AskedDay

PRINTED = "printed"
"""The part of what is kept that holds PDFs: these are made when all else is, and tidied up then."""

_LIBRARIES = ("Jinja2", "MarkupSafe", "feedgen", "lxml", "markdown-it-py", "vl-convert-python")
"""What templates are rendered with, the charts in them included, and feeds written."""

_PAGE_MADE_OF = (Cause.PROGRAM, Cause.TEXT)
"""What a change of each part of the key of an HTML page means, after the page's own."""


class KeptTexts:
    """What one site was made of last.

    Args:
        cache: where it is kept; without one everything is made anew.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._used: set[str] = set()
        self._pages: dict[str, str] = {}

    def find(self, key: str) -> dict[str, Any] | None:
        """What is kept under a key."""
        self._used.add(key)
        return self._cache.get(key) if self._cache else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Keep something for the next site."""
        if self._cache:
            self._cache.put(key, value)

    def rendered(self, determined_by: dict[str, Any], render: Callable[[], str]) -> str:
        """A text that one of the project's templates makes, or a feed: rendered only where nobody has yet.

        Args:
            determined_by: everything that decides the text but for this program and the templates.
            render: makes it.
        """
        return self.rendered_on(dt.date.min, determined_by, lambda _: render())

    def rendered_on(self, day: dt.date, determined_by: dict[str, Any], render: Callable[[AskedDay], str]) -> str:
        """The same of a text that may ask what day it is: it holds for every day on which it would be answered the same."""
        asked = AskedDay(day)
        if not self._cache:
            return render(asked)
        key = key_of(determined_by={"rule": self._rule, **determined_by})
        kept = self.find(key) or {}
        text = kept.get("text")
        if not isinstance(text, str) or not asked.is_one_of(kept.get("days")):
            text = render(asked)
            self.put(key, {"text": text, "days": asked.days_in_words()})
        return text

    def key_of_page(self, page: str, rule: str, markdown: str) -> str:
        """The key of a page as HTML, by its path, a hash of what it is made with and one of its Markdown."""
        key = telling_key(determined_by={"page": page, "rule": rule, "markdown": markdown})
        self._pages[key] = page
        return key

    def keep_used(self) -> None:
        """Drop what was not asked for: it is of no page of this site."""
        if self._cache:
            self._cache.keep_only(self._used, PRINTED)

    def reuse_of_pages(self) -> Reuse | None:
        """Which pages were made again as HTML, and why, once `keep_used` is done; None where nothing is kept."""
        if not self._cache:
            return None
        causes = self._cache.find_causes(_PAGE_MADE_OF)
        # a build that failed may have put pages here that this site has not
        again = {self._pages[key]: why for key, why in causes.items() if key in self._pages}
        return Reuse(len(self._pages) - len(again), again)

    @cached_property
    def _rule(self) -> str:
        """A hash of this program, of every template and of the libraries that render them."""
        root = project_root()
        templates = sorted([*root.glob("templates/pages/*.j2"), *root.glob("site_src/**/*.j2")])
        return key_of(
            determined_by={
                "program": hash_program(),
                "templates": {
                    path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                    for path in templates
                },
                "libraries": [version(name) for name in _LIBRARIES],
            }
        )
