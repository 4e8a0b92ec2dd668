"""The environment that the pages' templates are rendered in: what they may call, and that nothing goes in unescaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from publishing import prose
from publishing.catalogue import charts, recommendations, statistics
from publishing.catalogue import lessons as catalogue
from publishing.catalogue.lessons import Taught
from publishing.reviews import RedactedReview
from publishing.settings import project_root
from publishing.site import sentences, words
from publishing.vocabulary import terms, title


def _shown(value: Any) -> Markup:
    """Whatever a template interpolates is plain text, escaped for Markdown, unless it was made safe before."""
    return value if isinstance(value, Markup) else Markup(prose.inline(str(value)))


def _whole(text: str) -> Markup:
    """Words that no line breaks apart: a number and what it counts, a day."""
    return Markup(prose.inline(text).replace(" ", "&nbsp;"))


def _yaml(value: Any) -> Markup:
    """A value for a page's front matter: JSON is YAML."""
    return Markup(json.dumps(str(value), ensure_ascii=False))


def _by_kind(entries: Sequence[RedactedReview | Taught]) -> list[dict[str, Any]]:
    """A mixed list as its lessons and its reviews, each under its heading."""
    kinds = (("Lessons", Taught), ("Reviews", RedactedReview))
    groups = ({"title": title, "entries": [e for e in entries if isinstance(e, kind)]} for title, kind in kinds)
    return [group for group in groups if group["entries"]]


@cache
def themes() -> dict[str, dict[str, str]]:
    """What a page says of each theme."""
    text = files("publishing.catalogue").joinpath("themes.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


@cache
def templates() -> Environment:
    """Every template of pages, hand-written ones included. What they interpolate is escaped for Markdown."""
    root = project_root()
    environment = Environment(
        loader=FileSystemLoader([root / "templates" / "pages", root / "site_src"]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(groupby_kind=_by_kind, yaml=_yaml, day=words.day, month=words.month, low=words.low)
    environment.filters.update(capital=sentences.capital, whole=_whole)
    environment.globals.update(
        br=Markup("<br>"),
        chart=_chart,
        number=sentences.number,
        leading=sentences.leading,
        each=sentences.each,
        changes=sentences.changes,
        repeated=sentences.repeated,
        beside=sentences.beside,
        rate=sentences.rate,
        theme_counts=sentences.theme_counts,
        share=sentences.share,
    )
    environment.globals.update(
        title=title,
        terms=terms,
        count=words.count,
        review_title=words.review_title,
        lesson_title=words.lesson_title,
        redaction_counts=words.redaction_counts,
        version=words.version,
        is_overdue=recommendations.is_overdue,
        shared_themes=catalogue.shared_themes,
        theme_words=themes(),
    )
    return environment


def _chart(table: statistics.Table, description: str) -> Markup:
    """A table's first column, drawn."""
    rows = [(row.label, row.counts[0]) for row in table.rows]
    return Markup(charts.bars(f"chart-{table.key}", table.heading, description, rows))
