"""A publisher that writes three pages, for tests of order, refusal and swap; and a house of two published cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path

from publishing import site
from publishing.catalogue import statistics
from publishing.catalogue.national_counts import NationalCount
from publishing.files.cache import Cache
from publishing.release.build import build
from publishing.release.withdrawal import withdraw
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.settings import project_root
from publishing.site import public_record, site_options
from publishing.site.pages import trends
from redaction import Redactor
from tests.support.cases import sign_case, write_case, write_other_case

AS_OF = dt.date(2025, 3, 1)
"""The day of most builds: both cases of a house are out of their embargo."""


def publish_small(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    staging: Path,
    as_of: dt.date,
    *,
    national: Sequence[NationalCount] = (),
    editions: Sequence[Edition] = (),
    kept_pages: Cache | None = None,
) -> None:
    """Write a home page and a page for each review or its notice, with the real public record and no MkDocs or Pagefind."""
    del as_of, kept_pages
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    shown = [review for review in reviews if review.public_id not in gone]
    markdown, html = staging / "markdown", staging / "site"
    public_record.write_public_record(shown, withdrawals, markdown)
    beside = statistics.compare_with_national(national, shown, site_options.load_site_options().threshold)
    public_record.write_national_record(beside, markdown)
    public_record.write_edition_records([trends.public_edition(edition, shown) for edition in editions], markdown)
    for source in (project_root() / "site_src").rglob("*.md*"):
        # a build measures how hard each hand-written page is to read
        page = markdown / source.relative_to(project_root() / "site_src").with_suffix("")
        _write(page.with_suffix(".md"), "A page.")
    _write(html / "index.html", " ".join(review.public_id for review in shown))
    for review in shown:
        _write(html / "reviews" / review.public_id / "index.html", "\n".join(map(escape, review.strings())))
    for withdrawal in withdrawals:
        notice = f"{withdrawal.public_id} has been withdrawn: {withdrawal.reason}"
        _write(html / "reviews" / withdrawal.public_id / "index.html", notice)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


build_small = partial(build, publish=publish_small)
"""A whole build, and a withdrawal, but for the site that they write."""
withdraw_small = partial(withdraw, publish=publish_small)


def planting(put: Callable[[Path], object], publish: site.Publisher = publish_small) -> site.Publisher:
    """A publisher after which something is put into the site that it wrote."""

    def publish_and_plant(
        reviews: Sequence[RedactedReview],
        withdrawals: Sequence[Withdrawal],
        staging: Path,
        as_of: dt.date,
        *,
        national: Sequence[NationalCount] = (),
        editions: Sequence[Edition] = (),
        kept_pages: Cache | None = None,
    ) -> None:
        publish(reviews, withdrawals, staging, as_of, national=national, editions=editions, kept_pages=kept_pages)
        put(staging / "site")

    return publish_and_plant


def make_house(folder: Path, redactor: Redactor, publish: site.Publisher) -> None:
    """Make reviews/ (two signed cases) and build/ (their published site) in a folder."""
    sign_case(write_case(folder / "reviews"), redactor)
    sign_case(write_other_case(folder / "reviews"), redactor)
    build(folder / "reviews", folder / "build", AS_OF, publish=publish)
