"""Safe text in, a public site out: Markdown, HTML, search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from publishing.catalogue.national_counts import NationalCount
from publishing.files.cache import Cache
from publishing.files.reuse import Reuse
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.site import downloads, headers, mkdocs, pages, readability, site_options
from publishing.site.kept_texts import KeptTexts
from publishing.site.search import indexing

__all__ = ["Publisher", "publish", "readability"]


class Publisher(Protocol):
    """What writes a whole site, as `publish` does."""

    def __call__(
        self,
        reviews: Sequence[RedactedReview],
        withdrawals: Sequence[Withdrawal],
        staging: Path,
        as_of: dt.date,
        *,
        national: Sequence[NationalCount] = (),
        editions: Sequence[Edition] = (),
        kept_pages: Cache | None = None,
    ) -> Reuse | None:
        """Write markdown/ and site/ into a staging folder."""


def publish(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    staging: Path,
    as_of: dt.date,
    *,
    national: Sequence[NationalCount] = (),
    editions: Sequence[Edition] = (),
    kept_pages: Cache | None = None,
) -> Reuse | None:
    """Write the whole site into staging/markdown and staging/site; which pages were converted anew, where they are kept.

    Args:
        reviews: every review to publish, signed.
        withdrawals: every review that was taken down; a review that is in both is withdrawn.
        staging: a private folder, or one that exists; what it held under markdown/ and site/ must be gone.
        as_of: the day of the build.
        national: counts of all cases, to set what is published beside.
        editions: annual reports that stay as they were published.
        kept_pages: what the site before was made of; what is the same is not made again, and what is of no page any more is dropped.

    Raises:
        BuildError: a step failed; what is in staging is not to be used.
    """
    kept = KeptTexts(kept_pages)
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    shown = [review for review in reviews if review.public_id not in gone]
    pages.write_pages(shown, withdrawals, staging / "markdown", as_of, national, editions, kept)
    options = site_options.load_site_options()
    mkdocs.build_html(staging / "markdown", staging / "site", as_of, options.contacts, kept)
    downloads.write_downloads(staging / "site", shown, options.address, kept)
    indexing.build_index(staging / "site", shown, as_of, kept)
    headers.write_headers(staging / "site")
    kept.keep_used()
    return kept.reuse_of_pages()
