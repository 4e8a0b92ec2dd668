"""The glossary: one list, shown, linked where a review first uses a term, and known to search."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from publishing import prose
from publishing.reviews import Block, RedactedReview, Section
from publishing.site import glossary, pages
from publishing.site.review_blocks import review_blocks

EXTENSIONS = ["tables", "footnotes", "md_in_html", "sane_lists", "def_list"]


class Text(HTMLParser):
    """What a reader reads, and the links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep addresses."""
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words += data


def shown(text: str, link: prose.Link | None = None) -> Text:
    """A text as the page shows it."""
    return Text(markdown.markdown(prose.for_page(text, {}, link), extensions=EXTENSIONS))


def first_uses() -> glossary.FirstUses:
    """As a review's page asks for them."""
    return glossary.FirstUses("../../about/glossary.md")


@pytest.mark.parametrize(
    "text",
    [
        "The SPO signed. The SPO had not read the OASys.",
        "Two SPOs met.\nMAPPA level 1!",
        "Stop!SPO and !MAPPA and \\!SPO and ![SPO](x) and [SPO](aged 25) and [SPO]: here.",
        "[SPO 1] told [Victim 1](aged) of the PSR.",
        "- SPO: a list\n- of MAPPA\n\n  1. and OASys (RoSH)",
        "| SPO | MAPPA |\n| --- | --- |\n| a \\| PSR | **OASys** *RoSH*_x_ |",
        "*SPO* **MAPPA** `PSR` <b>OASys</b> & RoSH_x SARA's",
        "MAPPA\n: RoSH\n\nPSR: SPO: POM",
        "SPO/MAPPA and pre-PSR, non-MAPPA-like, ASPOX",
        "# SPO\n\n> MAPPA said the letter.\n> From: PSR: x\n> Sent: SPO: y",
    ],
)
def test_a_link_changes_no_word(text: str) -> None:
    """Whatever a review writes, a reader reads the same with links as without."""
    blocks = [block.text for block in prose.blocks(text)]
    link = first_uses()
    for block in blocks:
        linked, plain = shown(block, link), shown(block)
        assert linked.words == plain.words
        assert all(re.fullmatch(r"\.\./\.\./about/glossary\.md#[a-z]+", address) for address in linked.links)


def test_an_abbreviation_is_linked_once() -> None:
    """At its first use; plural or not; and never within a label, a heading, a quotation or another word."""
    link = first_uses()
    assert shown("[SPO 2] and ASPO", link).links == []
    assert shown("### The SPO", link).links == []
    assert shown("> The SPO said no.", link).links == []
    assert shown("The SPOs met.", link).links == ["../../about/glossary.md#spo"]
    assert shown("The SPO met the POM.", link).links == ["../../about/glossary.md#pom"]


def test_the_first_use_is_the_pages_first(
    make_review: Callable[..., RedactedReview], tmp_path: Path, today: dt.date
) -> None:
    """Sections are read in the page's order, not the file's, and one review's uses are not another's."""
    keys = ("findings", "summary")
    sections = tuple(Section(key=key, blocks=(Block(text=f"The SPO, {key}.", number=1),)) for key in keys)
    pages.write_pages([make_review(sections=sections), make_review("2025-002", sections=sections)], [], tmp_path, today)
    for public_id in ("2025-001", "2025-002"):
        text = (tmp_path / f"reviews/{public_id}/index.md").read_text(encoding="utf-8")
        assert "The [SPO](../../about/glossary.md#spo), summary." in text
        assert "The SPO, findings." in text


def test_a_review_cannot_make_a_link(make_review: Callable[..., RedactedReview]) -> None:
    """Only the page writer links: a link that a review's text holds is text."""
    sections = (Section(key="summary", blocks=(Block(text="[here](https://example.org/) and the SPO.", number=1),)),)
    linked = review_blocks(make_review(sections=sections), first_uses())["summary"][0].markdown
    assert Text(markdown.markdown(linked)).links == ["../../about/glossary.md#spo"]


def test_every_entry_has_its_place(staging: Path) -> None:
    """Anchors are unique, and no address or description is missing."""
    anchors = [entry.anchor for entry in glossary.glossary_entries()]
    assert len(anchors) == len(set(anchors))
    html = (staging / "site/about/glossary/index.html").read_text(encoding="utf-8")
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert "<dt>SPO: senior probation officer</dt>" in html
    assert all(entry.about.endswith(".") for entry in glossary.glossary_entries())
