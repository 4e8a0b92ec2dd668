"""Making an annual report that stays as it was published: counted from the signed texts, searched for every identity, signed."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from publishing import audit_log, intake
from publishing.checking import edition_files, publishability
from publishing.checking.signers import unlock
from publishing.errors import PublishingError
from publishing.release import gate
from publishing.release.gathered_cases import gather_declared, published_texts
from publishing.reviews import Edition, RedactedReview
from publishing.settings import today
from publishing.site import public_record
from publishing.site.pages import trends

_LONGEST = 10_000


def make_edition(
    reviews: Path,
    year: int,
    by: str,
    foreword: str,
    out: Path,
    as_of: dt.date,
    *,
    report: Callable[[str], None] = lambda line: None,
    ask_passphrase: Callable[[], str] | None = None,
) -> tuple[str, ...]:
    """Make the report of a year as it stands on a day, with a foreword, and sign it; the next build publishes it.

    Args:
        reviews: the reviews folder.
        year: a year that is over.
        by: who signs.
        foreword: plain text, with an empty line between paragraphs; may be empty.
        out: where the site is, to know whether there is such a report already.
        as_of: the day that is written for; not one to come.
        report: told what is being done.
        ask_passphrase: asks for the signer's passphrase; only where the reviews folder lists its signers.

    Returns:
        What somebody should know.

    Raises:
        PublishingError: the year is not over or has no review, the report was published already and stands, a signature does not
            hold, an identity is left, or nothing can be written.
    """
    name = edition_files.edition_path(reviews, year).name
    sealer = unlock(reviews, name, by, ask_passphrase)
    if not (by := publishability.normalise_name(by)):
        raise PublishingError("Nothing was signed: say who signs it (--by NAME).")
    _refuse_untimely(year, as_of)
    if len(foreword) > _LONGEST:
        raise PublishingError(f"The foreword has more than {_LONGEST:,} characters: shorten it.")
    published = _published_reviews(reviews, year, out, as_of, report)
    public = {edition.year: edition for edition in public_record.load_edition_records(out / "markdown")}
    _refuse_to_replace(reviews, public.get(year), published)
    paragraphs = "\n\n".join(filter(None, map(_one_line, foreword.split("\n\n"))))
    edition = trends.edition_of(published, year, as_of, paragraphs)
    _search(edition, reviews)
    signed = edition_files.sign_edition(reviews, edition, by, dt.datetime.now(dt.UTC), sealer)
    return audit_log.record(reviews, "reported", by=signed.by, more=str(year))


def _refuse_untimely(year: int, as_of: dt.date) -> None:
    """Refuse a day that nobody knows, and a year that may have more reviews."""
    if as_of > today():
        raise PublishingError(f"{as_of} has not come yet, so nobody knows its figures: give a day up to today.")
    if as_of.year <= year:
        raise PublishingError(f"{year} is not over: its report is made from 1 January {year + 1} on.")


def _published_reviews(
    reviews: Path, year: int, out: Path, as_of: dt.date, report: Callable[[str], None]
) -> list[RedactedReview]:
    """The texts that stand published and may; raise where none is of the year."""
    standing = {review.public_id for review in public_record.load_public_record(out / "markdown")[0]}
    published = [text for text in published_texts(reviews, as_of, report) if text.public_id in standing]
    if not any(review.publish_on.year == year for review in published):
        raise PublishingError(
            f"No review of {year} stands published in {out.name}: there is nothing to report. Say where the site is (--out DIR), or build it first."
        )
    return published


def _search(edition: Edition, reviews: Path) -> None:
    """Look in it for whoever is declared in any case before anybody signs, as in every release."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.md").write_bytes(edition.page.encode())
        Path(folder, "foreword.md").write_bytes(edition.foreword.encode())
        gate.check_folder(Path(folder), gather_declared(reviews, intake.load_every_case(reviews)))


def _refuse_to_replace(reviews: Path, standing: Edition | None, published: Sequence[RedactedReview]) -> None:
    """Refuse another report in the place of one that stands published, unless its figures or its signature never counted."""
    if standing is None or not edition_files.stands(standing, published) or standing.as_of > today():
        return
    if edition_files.must_be_signed_anew(reviews, standing.year):
        return
    raise PublishingError(
        f"The report of {standing.year} was published on the figures of {standing.as_of} and stays as it is. It can be made again once a review "
        f"that it counts has been withdrawn or corrected, or lessons that it calls the same are called so no more. If {edition_files.edition_path(reviews, standing.year).name} was lost or changed, "
        "restore the file from a backup."
    )


def _one_line(paragraph: str) -> str:
    return " ".join(paragraph.split())
