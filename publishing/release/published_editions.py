"""The annual reports that a build keeps as they were published, and those of which the words must go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from publishing.checking import edition_files
from publishing.errors import BuildError, PublishingError
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.site import public_record


def load_editions_to_keep(
    reviews: Path, out: Path, published: Sequence[RedactedReview], as_of: dt.date
) -> tuple[Edition, ...]:
    """Every edition of the reviews folder, for a site of some reviews on a day.

    Raises:
        BuildError: one cannot be read, does not hold, has figures of a later day or of no review of its year, or one that stands
            published would be lost.
    """
    standing = public_record.load_edition_records(out / "markdown")
    editions = edition_files.load_editions(reviews, standing)
    if lost := sorted({edition.year for edition in standing} - {edition.year for edition in editions}):
        names = ", ".join(edition_files.edition_path(reviews, year).name for year in lost)
        raise BuildError(f"{names}: gone from the reviews folder, and the report stands published: restore the file")
    for edition in editions:
        name = edition_files.edition_path(reviews, edition.year).name
        if edition.as_of > as_of:
            raise BuildError(
                f"{name}: its figures are of {edition.as_of}, and this site is of {as_of}, which is earlier. If that day has not come, sign "
                f"the report anew: candour report {edition.year}"
            )
        if edition_files.reports_on_nothing(edition, published):
            raise BuildError(
                f"{name}: it counts no review of {edition.year}: sign the report anew (candour report {edition.year})"
            )
    return editions


def take_out_fallen(
    reviews: Path | None,
    editions: Iterable[Edition],
    published: Sequence[RedactedReview],
    withdrawals: Iterable[Withdrawal],
) -> tuple[str, ...]:
    """Take the words out of the files of editions that stand no more; what hindered it, in words."""
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    fallen = [edition for edition in editions if edition_files.has_fallen(edition, published, gone)]
    return edition_files.take_words_out(reviews, fallen) if reviews else ()


def take_out_withdrawn(
    reviews: Path | None,
    standing: Sequence[Edition],
    published: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
) -> tuple[str, ...]:
    """The same for a withdrawal, and for reports that were signed and not built yet, if they can be read."""
    if reviews is None:
        return ()
    signed: tuple[Edition, ...] = ()
    hindered: tuple[str, ...] = ()
    try:
        signed = edition_files.load_editions(reviews, standing)
    except PublishingError as error:
        hindered = (f"A signed report may still have words of the review: {error}",)
    except OSError:
        hindered = ("Signed reports cannot be read, and may still have words of the review.",)
    return (
        *hindered,
        *take_out_fallen(reviews, standing, published, withdrawals),
        # what these know may be newer than what is published, so only a withdrawal counts
        *take_out_fallen(reviews, signed, (), withdrawals),
    )
