"""Every page of the site, as Markdown that a person can read, and the public record it was written from."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

from publishing.catalogue import lessons, repeated_lessons, statistics
from publishing.catalogue.national_counts import NationalCount
from publishing.catalogue.open_data import files
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.settings import project_root
from publishing.site import public_record, redirects, site_options, styles
from publishing.site.kept_texts import KeptTexts
from publishing.site.pages.browse import write_browse, write_notices_at_emptied_lists
from publishing.site.pages.lessons import RepeatedLessons, write_lessons, write_repeated_lessons
from publishing.site.pages.reports import (
    write_changes,
    write_data,
    write_hand_written,
)
from publishing.site.pages.reviews import write_reviews, write_withdrawals
from publishing.site.pages.saved_searches import write_saved_searches
from publishing.site.pages.trends import public_edition, write_trends
from publishing.site.pages.writer import PageWriter
from publishing.site.search import synonyms


def write_pages(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
    as_of: dt.date,
    national: Sequence[NationalCount] = (),
    editions: Sequence[Edition] = (),
    kept: KeptTexts | None = None,
) -> None:
    """Write the whole site's Markdown, and its public record, into a folder.

    Args:
        reviews: what is published; a review that was withdrawn is left out, even if it is here.
        withdrawals: what was taken down; each address keeps a notice.
        folder: made if need be; the hand-written pages of site_src are copied into it first.
        as_of: the day that the pages are written for.
        national: counts of all cases, to set what is published beside.
        editions: annual reports that stay as they were published.
        kept: pages that were rendered before, those that are the same are not rendered again.
    """
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    standing = [review for review in reviews if review.public_id not in gone]
    shown = lessons.newest_first(repeated_lessons.name_published_alone(standing))
    options = site_options.load_site_options()
    compared = statistics.compare_with_national(national, shown, options.threshold)
    _lay_out(folder)
    kept = kept or KeptTexts()
    writer = PageWriter(folder, shown, as_of, options.address, kept)
    repeated = RepeatedLessons(writer.lessons)
    write_hand_written(writer, options.contacts)
    write_reviews(writer, repeated, options)
    write_withdrawals(writer, withdrawals)
    write_lessons(writer)
    write_repeated_lessons(writer, repeated)
    write_browse(writer)
    write_saved_searches(writer)
    public = [public_edition(edition, shown) for edition in editions if edition.as_of <= as_of]
    write_trends(writer, repeated.groups, compared, public)
    write_data(writer, files.write_open_data(shown, withdrawals, folder, as_of, options.address, kept.rendered))
    write_changes(writer, withdrawals)
    if withdrawals or any(review.changes for review in shown):
        write_notices_at_emptied_lists(writer)

    redirects.write_redirects(folder)
    public_record.write_public_record(shown, withdrawals, folder)
    public_record.write_national_record(compared, folder)
    public_record.write_edition_records(public, folder)


def _lay_out(folder: Path) -> None:
    """What tells of no review: the hand-written pages, styles, and what search knows of words."""
    shutil.copytree(
        project_root() / "site_src",
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*.j2", styles.PARTS.name),
    )
    styles.write_stylesheet(folder)
    synonyms.write_search_words(folder)
