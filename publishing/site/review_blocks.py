"""A review's text as its page shows it: every block as Markdown that is safe, with its permanent number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from publishing import prose
from publishing.reviews import RedactedReview, Section
from publishing.vocabulary import terms

_UPPER, _LOWER = "### ", "#### "
_TIME_WORDS = re.compile(r"\b(?:when|dates?|days?|times?|periods?|months?|years?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ReviewBlock:
    """A block of a review as its page shows it: Markdown that is already safe, and its permanent number.

    `when` is the column of a table that says when, counted from 1, if it is the first or the second.
    """

    markdown: Markup
    number: int | None
    table: bool
    when: int | None


def review_blocks(
    review: RedactedReview, link: prose.Link | None = None, only: Collection[str] | None = None
) -> dict[str, list[ReviewBlock]]:
    """A review's blocks by section, ready for the page, in the order in which the page has them.

    `link` says which words of the text the page links, and where to: see `prose.for_page`. `only` are the keys of the
    sections that are asked for, if not all.

    Footnotes are numbered through the review: sections number their own from 1. A note that nothing refers to is
    shown as a paragraph, since Markdown would leave it out or point back at nothing.
    """
    names = {
        (section.key, label): str(number)
        for number, (section, label) in enumerate(_footnotes(review.sections), start=1)
    }
    used = {
        _footnote_number(names, section.key, label)
        for section in review.sections
        for block in section.blocks
        for label in prose.note_references(block.text)
    }
    return {
        section.key: [
            ReviewBlock(
                markdown,
                block.number,
                table := prose.is_table(block.text),
                _time_column(block.text) if table else None,
            )
            for block, markdown in zip(section.blocks, _section_for_page(section, names, used, link), strict=True)
        ]
        for section in sorted(review.sections, key=lambda section: [*terms("sections")].index(section.key))
        if only is None or section.key in only
    }


def _section_for_page(
    section: Section, names: Mapping[tuple[str, str], str], used: set[str | None], link: prose.Link | None
) -> Iterator[Markup]:
    """The Markdown of a section's blocks; a sub-heading of the lower level with none of the upper before it is raised."""
    # a family's words are left as they are
    links = None if _has_file_of_its_own(section) else link
    has_upper = False
    for block in section.blocks:
        text = _markdown_for_page(block.text, section.key, names, used, links)
        has_upper = has_upper or text.startswith(_UPPER)
        # no other block begins so: a sign that would make a heading is escaped
        yield Markup(text[1:] if text.startswith(_LOWER) and not has_upper else text)


def _footnotes(sections: Sequence[Section]) -> Iterator[tuple[Section, str]]:
    for section in sections:
        for block in section.blocks:
            label = prose.note_label(block.text)
            if label is not None:
                yield section, label


def _footnote_number(names: Mapping[tuple[str, str], str], section: str, label: str) -> str | None:
    """The number that the page gives a footnote: that of the section's own, else the first of that label anywhere."""
    own = names.get((section, label))
    return own or next((name for (_, other), name in names.items() if other == label), None)


def _markdown_for_page(
    text: str,
    section: str,
    names: Mapping[tuple[str, str], str],
    used: set[str | None],
    link: prose.Link | None,
) -> str:
    labels = {*prose.note_references(text), *filter(None, [prose.note_label(text)])}
    notes = {label: name for label in labels if (name := _footnote_number(names, section, label)) in used and name}
    return prose.for_page(text, notes, link)


def _has_file_of_its_own(section: Section) -> bool:
    return terms("sections")[section.key].file is not None


def _time_column(table: str) -> int | None:
    """The column of a table that says when: the first, where no heading says which it is."""
    columns = table.split("\n")[0].strip("| ").split("|")
    named = [place for place, words in enumerate(columns, start=1) if _TIME_WORDS.search(words)]
    return (named[0] if named[0] <= 2 else None) if named else 1
