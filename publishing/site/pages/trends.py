"""The pages of trends: all years together, the annual report of each, and those that stay as they were published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from markupsafe import Markup

from publishing.catalogue.annual_report import LESSONS_CHOSEN, AnnualReport, annual_report, annual_reports
from publishing.catalogue.cross_tables import publication_years
from publishing.catalogue.lessons import all_lessons
from publishing.catalogue.recommendations import overall_rate, recommendations_on
from publishing.catalogue.repeated_lessons import RepeatedLesson, find_repeated_lessons
from publishing.catalogue.review_titles import lower_first
from publishing.catalogue.statistics import NationalComparison, trends_report
from publishing.catalogue.taught_again import find_taught_again
from publishing.checking.edition_files import stands, text_hashes
from publishing.reviews import Edition, RedactedReview
from publishing.site.pages.writer import PageWriter, render
from publishing.site.phrasing import page_address

_LESSONS = "Lessons of the year"
_HEADINGS = (
    "What keeps going wrong",
    "Taught again after being called implemented",
    "What was promised, and what was done",
    "Who must act now",
    "Which agencies had a part",
    "What the reviews judged",
    "How long it took",
    "What changed",
    _LESSONS,
    "What cannot be said, and why",
    "The figures",
)
"""The parts of an annual report, in order; a contents list leads to them."""

_MOST_GROUPS = 5
_LIMITS = {"most": _MOST_GROUPS, "rows": 20}
"""How many groups of lessons, and how many of those that are waited for, a report names."""


def write_trends(
    writer: PageWriter,
    groups: Sequence[RepeatedLesson],
    national: Sequence[NationalComparison],
    editions: Sequence[Edition] = (),
) -> None:
    """What all reviews add up to, a report on each year of publication, and the reports that stay as they were published."""
    years = publication_years(writer.reviews)
    writer.write_page(
        "trends",
        "trends.md.j2",
        report=trends_report(writer.reviews),
        years=years,
        editions=editions,
        rates=overall_rate(recommendations_on(writer.lessons, writer.as_of)),
        found_again=find_taught_again(groups),
        most=_MOST_GROUPS,
        national=national,
        sources=list(dict.fromkeys(row.source for row in national)),
    )
    by_year = {edition.year: edition for edition in editions}
    for report in annual_reports(writer.reviews, groups, writer.as_of):
        folder = f"trends/{report.year}"
        writer.write_page(
            folder,
            "annual_report.md.j2",
            address=page_address(writer.address, f"{folder}/"),
            report=report,
            years=years,
            edition=by_year.get(report.year),
            headings=_headings(report),
            kept=False,
            counted_again=False,
            **_LIMITS,
        )
    for edition in editions:
        _write_edition(writer, edition)


def edition_of(reviews: Sequence[RedactedReview], year: int, as_of: dt.date, foreword: str) -> Edition:
    """The report of a year as it stands on a day, to be kept as it is.

    Args:
        reviews: what is published on that day.
        year: one in which a review was published.
        as_of: the day; what is said of a lesson later is left out.
        foreword: plain text, with an empty line between paragraphs.
    """
    known = [_up_to(review, as_of) for review in reviews if review.publish_on.year <= year]
    return Edition(
        year=year,
        as_of=as_of,
        reviews=text_hashes(known),
        same=_told_same(_report(known, year, as_of)),
        page=_report_body(known, year, as_of, kept=True),
        foreword=foreword,
    )


def public_edition(edition: Edition, published: Sequence[RedactedReview]) -> Edition:
    """An edition as it may be shown and kept in the public record: of one that stands no more, nothing that tells of what is gone."""
    if stands(edition, published):
        return edition
    left = [review for review in published if review.public_id in edition.reviews]
    return edition.model_copy(update={"reviews": text_hashes(left), "same": None, "page": "", "foreword": ""})


def _write_edition(writer: PageWriter, edition: Edition) -> None:
    folder = _edition_folder(edition.year)
    body = edition.page
    if not body:
        left = [_up_to(review, edition.as_of) for review in writer.reviews if review.public_id in edition.reviews]
        if not any(review.publish_on.year == edition.year for review in left):
            heading = f"Trends and lessons, {edition.year}: as published"
            writer.write_page(folder, "vanished.md.j2", heading=heading, up="Trends")
            return
        body = _report_body(left, edition.year, edition.as_of, kept=False)
    writer.write_page(
        folder,
        "edition.md.j2",
        address=page_address(writer.address, f"{folder}/"),
        edition=edition,
        body=Markup(body),
        counted_again=not edition.page,
    )


def _edition_folder(year: int) -> str:
    return f"trends/{year}/edition"


def _report_body(reviews: Sequence[RedactedReview], year: int, as_of: dt.date, *, kept: bool) -> str:
    """What an edition says: to be `kept`, or counted again at each build."""
    report = _report(reviews, year, as_of)
    return render(
        _edition_folder(year),
        "_annual_report.md.j2",
        report=report,
        as_of=as_of,
        headings=_headings(report),
        kept=kept,
        counted_again=not kept,
        **_LIMITS,
    )


def _report(reviews: Sequence[RedactedReview], year: int, as_of: dt.date) -> AnnualReport:
    return annual_report(reviews, find_repeated_lessons(all_lessons(reviews)), year, as_of)


def _told_same(report: AnnualReport) -> tuple[tuple[str, ...], ...]:
    """The groups of lessons that a report tells as the same, by their references."""
    told = (*(group.lessons for group in report.repeated), *((one.taught, *one.later) for one in report.again))
    return tuple(sorted({tuple(sorted(taught.reference for taught in lessons)) for lessons in told}))


def _headings(report: AnnualReport) -> list[str]:
    """The parts' headings; how many lessons there are is said where there are as many as were to be."""
    whole = len(report.chosen) == LESSONS_CHOSEN
    return [f"Five {lower_first(_LESSONS)}" if whole and heading == _LESSONS else heading for heading in _HEADINGS]


def _up_to(review: RedactedReview, as_of: dt.date) -> RedactedReview:
    """A review with what was said of its lessons up to a day."""
    lessons = tuple(
        lesson.model_copy(update={"updates": tuple(update for update in lesson.updates if update.date <= as_of)})
        for lesson in review.lessons
    )
    return review.model_copy(update={"lessons": lessons})
