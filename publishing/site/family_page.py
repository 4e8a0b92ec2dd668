"""What a family is shown before publication: the public text of a review and a note to begin with, in one file."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from publishing.reviews import RedactedReview
from publishing.settings import project_root
from publishing.site import mkdocs, outgoing, phrasing, site_options
from publishing.site.environments import make_environment
from publishing.site.glossary import FirstUses, glossary_entries
from publishing.site.review_blocks import review_blocks
from publishing.site.support import load_support
from publishing.site.templating import page_templates

_INNER = {"support/": "#cover:support", "words/#": "#cover:word-"}
"""Where links to other pages of the site lead in the file; no heading of a review can have an id with a colon."""


@dataclass(frozen=True)
class FamilyPage:
    """A page as one file: HTML with its styles. `mark` tells it from a copy with another text."""

    html: bytes
    mark: str


def write_family_page(
    text: RedactedReview, signed_on: dt.date, publish_on: dt.date, today: dt.date, *, replaces: bool
) -> FamilyPage:
    """The page of a signed review, with a note in plain words before it and support after it.

    Args:
        text: as it is signed.
        signed_on: the day of its signature.
        publish_on: the first day on which it may be published.
        today: the day that the page names as its own.
        replaces: whether an earlier text of the review stands published.

    Raises:
        BuildError: the page cannot be made.
    """
    article = _article(text, max(today, publish_on))
    mark = _mark(article)
    options = site_options.load_site_options()
    support = [{"title": kind.title, "html": _own_html(kind.markdown)} for kind in load_support()]
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            style=Markup((project_root() / "templates" / "family" / "page.css").read_text(encoding="utf-8")),
            article=Markup(article),
            contact=options.contacts.get("corrections"),
            has_statement=any(section.key == "family-statement" for section in text.sections),
            invented=options.invented,
            made_on=today,
            mark=mark,
            notes=text.content_notes,
            public_id=text.public_id,
            publish_on=publish_on,
            replaces=replaces,
            signed_on=signed_on,
            support=support,
            today=today,
            words=[entry for entry in glossary_entries() if f'href="#cover:word-{entry.anchor}"' in article],
        )
    )
    return FamilyPage(page.encode(), mark)


def _article(text: RedactedReview, as_of: dt.date) -> str:
    """The text of a review as its public page has it; links lead to other places of the file, and nowhere else."""
    markdown = (
        page_templates()
        .get_template("family.md.j2")
        .render(review=text, blocks=review_blocks(text, FirstUses("words/")), root="", as_of=as_of)
    )
    return outgoing.detach(mkdocs.convert(markdown, as_of), _INNER)


def _mark(article: str) -> str:
    """Eight signs of the hash of a text, to be read aloud."""
    found = hashlib.sha256(article.encode()).hexdigest()[:8]
    return f"{found[:4]}-{found[4:]}"


def _own_html(markdown: str) -> Markup:
    """HTML of our own Markdown."""
    return Markup(outgoing.detach(MarkdownIt("commonmark").render(markdown), {}))


@cache
def _environment() -> Environment:
    found = make_environment("templates/family")
    found.filters["day"] = phrasing.format_day
    return found
