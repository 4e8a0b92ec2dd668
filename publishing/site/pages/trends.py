"""The pages of trends: all years together, and the annual report of each."""

from __future__ import annotations

from collections.abc import Sequence

from publishing.catalogue.annual_report import AnnualReport, annual_reports
from publishing.catalogue.cross_tables import publication_years
from publishing.catalogue.recommendations import overall_rate, recommendations_on
from publishing.catalogue.repeated_lessons import RepeatedLesson
from publishing.catalogue.statistics import NationalComparison, trends_report
from publishing.catalogue.taught_again import find_taught_again
from publishing.site.pages.writer import PageWriter

HEADINGS = (
    "What keeps going wrong",
    "Taught again after being called implemented",
    "What was promised, and what was done",
    "Who must act now",
    "Which agencies had a part",
    "What the reviews judged",
    "How long it took",
    "What changed",
    "Five lessons of the year",
    "What cannot be said, and why",
    "The figures",
)
"""The parts of an annual report, in order; a contents list leads to them."""

_MOST_GROUPS = 5
_MOST_ROWS = 20


def write_trends(writer: PageWriter, groups: Sequence[RepeatedLesson], national: Sequence[NationalComparison]) -> None:
    """What all reviews add up to, and a report on each year of publication."""
    years = publication_years(writer.reviews)
    writer.write_page(
        "trends",
        "trends.md.j2",
        report=trends_report(writer.reviews),
        years=years,
        rates=overall_rate(recommendations_on(writer.lessons, writer.as_of)),
        found_again=find_taught_again(groups),
        most=_MOST_GROUPS,
        national=national,
        sources=list(dict.fromkeys(row.source for row in national)),
    )
    for report in annual_reports(writer.reviews, groups, writer.as_of):
        _write_report(writer, report, years)


def _write_report(writer: PageWriter, report: AnnualReport, years: Sequence[int]) -> None:
    writer.write_page(
        f"trends/{report.year}",
        "annual_report.md.j2",
        report=report,
        years=years,
        headings=HEADINGS,
        most=_MOST_GROUPS,
        rows=_MOST_ROWS,
    )
