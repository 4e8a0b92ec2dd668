"""Pages across all reviews: hand-written ones, open data and the change log."""

from __future__ import annotations

from collections.abc import Sequence

from publishing.catalogue import statistics
from publishing.catalogue.open_data import database, files, questions, tables
from publishing.catalogue.open_data.feeds import MOST_ENTRIES, Feed
from publishing.catalogue.public_events import public_events
from publishing.reviews import Withdrawal
from publishing.settings import project_root
from publishing.site.browsing import BROWSE_BY
from publishing.site.contacts import Contacts
from publishing.site.glossary import glossary_entries
from publishing.site.pages.saved_searches import saved_searches
from publishing.site.pages.writer import PageWriter, paginate
from publishing.site.search import facets
from publishing.site.support import load_support

_ANSWERS_SHOWN = 10
"""Rows of an answer on the page of questions."""


def write_hand_written(writer: PageWriter, contacts: Contacts) -> None:
    """Home, the list of search filters, and whatever else site_src keeps as a template."""
    source = project_root() / "site_src"
    offered = facets.options(facets.tell([*writer.reviews, *writer.lessons], writer.as_of))
    for path in sorted(source.rglob("*.md.j2")):
        name = path.relative_to(source)
        writer.write_page(
            name.parent.as_posix().removeprefix("."),
            name.as_posix(),
            name.stem,
            glossary=glossary_entries(),
            reviews=writer.reviews,
            lessons=writer.lessons,
            by_theme=writer.term_counts(BROWSE_BY[0]),
            facets=offered,
            years=facets.years_from_to(offered["year"]),
            saved=saved_searches(),
            contacts=contacts,
            support=load_support(),
        )


def write_data(writer: PageWriter, feeds: Sequence[Feed]) -> None:
    """What the open data is, and how to use it."""
    writer.write_page(
        "data",
        "data.md.j2",
        datasets=tables.DATASETS,
        feeds=feeds,
        format=tables.FORMAT,
        limit=MOST_ENTRIES,
        lists=tables.term_lists(),
        tables=statistics.trends_report(writer.reviews).tables,
        values=tables.column_values,
        python=files.python_example(),
    )
    data = (writer.folder / "data" / f"{database.NAME}.db").read_bytes()
    writer.write_page(
        "data/questions",
        "questions.md.j2",
        questions=questions.questions(),
        answers={question.key: questions.answer(question, data) for question in questions.questions()},
        shown=_ANSWERS_SHOWN,
    )


def write_changes(writer: PageWriter, withdrawals: Sequence[Withdrawal]) -> None:
    """The public change log: publications, corrections and withdrawals, newest first."""
    events = public_events(writer.reviews, withdrawals)
    for page in paginate("about/changes", events):
        writer.write_page(
            page.folder,
            "changes.md.j2",
            events=page.entries,
            total=len(events),
            number=page.number,
            pages=page.pages,
            list_root=page.list_root,
        )
