"""The environment that the pages' templates are rendered in: what they may call, and that nothing goes in unescaped."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from publishing import prose
from publishing.catalogue import (
    charts,
    lessons,
    recommendations,
    repeated_lessons,
    review_titles,
    taught_again,
    themes,
)
from publishing.catalogue.count_tables import Table, TableRow, counts_by_row
from publishing.catalogue.lessons import ReviewLesson
from publishing.reviews import RedactedReview
from publishing.site import phrasing, report_sentences, sentences, slugs
from publishing.site.environments import make_environment
from publishing.vocabulary import terms, title


def _escape_unless_safe(value: Any) -> Markup:
    """Whatever a template interpolates is plain text, escaped for Markdown, unless it was made safe before."""
    return value if isinstance(value, Markup) else Markup(prose.inline(str(value)))


def _without_line_breaks(text: str) -> Markup:
    """Words that no line breaks apart: a number and what it counts, a day."""
    return Markup(prose.inline(text).replace(" ", "&nbsp;"))


def _to_yaml(value: Any) -> Markup:
    """A value for a page's front matter: JSON is YAML."""
    return Markup(json.dumps(str(value), ensure_ascii=False))


def _group_by_kind(entries: Sequence[RedactedReview | ReviewLesson]) -> list[dict[str, Any]]:
    """A mixed list as its lessons and its reviews, each under its heading."""
    kinds = (("Lessons", ReviewLesson), ("Reviews", RedactedReview))
    groups = ({"title": title, "entries": [e for e in entries if isinstance(e, kind)]} for title, kind in kinds)
    return [group for group in groups if group["entries"]]


def _to_code(text: str) -> Markup:
    """Lines of a program for a `<pre>`: its lines are raw HTML, which Markdown would end at an empty line."""
    return Markup("&#10;").join(text.rstrip().split("\n"))


@cache
def page_templates() -> Environment:
    """Every template of pages, hand-written ones included. What they interpolate is escaped for Markdown."""
    environment = make_environment(
        "templates/pages", "site_src", finalize=_escape_unless_safe, keep_trailing_newline=True
    )
    environment.filters.update(_filters())
    environment.globals.update(_of_tables(), **_of_reviews())
    return environment


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "groupby_kind": _group_by_kind,
        "code": _to_code,
        "own": Markup,
        "yaml": _to_yaml,
        "day": phrasing.format_day,
        "month": phrasing.format_month,
        "month_of": lambda day: phrasing.format_month(day.isoformat()),
        "low": review_titles.lower_first,
        "figures": "{:,}".format,
        "capital": sentences.capitalise,
        "whole": _without_line_breaks,
    }


def _of_tables() -> dict[str, Any]:
    """What templates call for tables, their charts and the sentences that say what is in them."""
    return {
        "chart": _draw_chart,
        "draw_multiples": _draw_multiples,
        "row_in_words": _row_in_words,
        "totals": lambda table: counts_by_row(table, 0),
        "tell": report_sentences,
        "by_offence": taught_again.by_offence,
        "sources": repeated_lessons.sources,
        "number": sentences.number_word,
        "leading_rows": sentences.leading_rows_sentence,
        "every_row": sentences.every_row_sentence,
        "theme_changes": sentences.theme_changes_sentence,
        "repeated_themes": sentences.repeated_themes_sentence,
        "national_comparison": sentences.national_comparison_sentence,
        "rate": sentences.rate_sentence,
        "theme_counts": sentences.theme_counts_sentence,
        "share": sentences.share_of,
    }


def _of_reviews() -> dict[str, Any]:
    """What templates call for reviews and lessons, and for any page."""
    return {
        "br": Markup("<br>"),
        "anchor": lambda heading: slugs.slug(heading, "-"),
        "title": title,
        "terms": terms,
        "count": phrasing.counted_with_commas,
        "review_title": review_titles.review_title,
        "lesson_title": review_titles.lesson_title,
        "redaction_counts": phrasing.redaction_counts,
        "version": phrasing.version_day,
        "taught": ReviewLesson,
        "assess": recommendations.assess_lesson,
        "shared_themes": lessons.shared_themes,
        "theme_words": themes.theme_words(),
    }


def _draw_chart(table: Table, description: str) -> Markup:
    """A table's first column, drawn."""
    rows = [(row.label, row.counts[0]) for row in table.rows]
    return Markup(charts.draw_bars(f"chart-{table.key}", table.heading, description, rows))


_PANELS, _YEARS_DRAWN = 12, 6


def _draw_multiples(table: Table) -> Markup:
    """The rows that count most, each drawn over its last columns: a small chart a row."""
    rows = sorted(table.rows, key=lambda row: -sum(row.counts))[:_PANELS]
    heading = f"{table.heading}: the table has the numbers"
    drawn = [(row.label, row.counts[-_YEARS_DRAWN:]) for row in rows]
    return Markup(charts.draw_multiples(heading, table.columns[-_YEARS_DRAWN:], drawn))


def _row_in_words(table: Table, row: TableRow) -> str:
    """The columns that a row counts in, the most first: Recall (3), home visits (2); one each: recording, stalking."""
    found = sorted(zip(table.columns, row.counts, strict=True), key=lambda pair: -pair[1])
    named = {review_titles.lower_first(column): count for column, count in found if count}
    several = ", ".join(f"{column} ({count:,})" for column, count in named.items() if count > 1)
    once = ", ".join(column for column, count in named.items() if count == 1)
    return sentences.capitalise("; ".join(filter(None, (several, f"one each: {once}" if once else ""))))
