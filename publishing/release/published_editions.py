"""The annual reports that a build keeps as they were published, and those of which the words must go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from publishing.checking import edition_files
from publishing.errors import BuildError
from publishing.reviews import Edition, RedactedReview, Withdrawal
from publishing.site import public_record


def load_editions_to_keep(reviews: Path, out: Path) -> tuple[Edition, ...]:
    """Every edition of the reviews folder.

    Raises:
        BuildError: one cannot be read or was changed, or one that stands published would be lost.
    """
    editions = edition_files.load_editions(reviews)
    standing = {edition.year for edition in public_record.load_edition_records(out / "markdown")}
    if lost := sorted(standing - {edition.year for edition in editions}):
        names = ", ".join(edition_files.edition_path(reviews, year).name for year in lost)
        raise BuildError(f"{names}: gone from the reviews folder, and the report stands published: restore the file")
    return editions


def take_out_fallen(
    reviews: Path | None,
    editions: Iterable[Edition],
    published: Sequence[RedactedReview],
    withdrawals: Iterable[Withdrawal],
) -> tuple[str, ...]:
    """Take the words out of the files of editions that know a review which was withdrawn or corrected; what hindered it, in words."""
    gone = {withdrawal.public_id for withdrawal in withdrawals}
    fallen = [edition for edition in editions if edition_files.has_fallen(edition, published, gone)]
    return edition_files.take_words_out(reviews, fallen) if reviews else ()
