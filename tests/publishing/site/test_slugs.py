"""Headings' anchors never take an address that is promised to something else."""

from __future__ import annotations

import re

import pytest
from markdown import markdown
from mkdocs.config import load_config

from publishing.settings import project_root
from publishing.site.slugs import slug

SITE = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(project_root() / "site_src"))


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("The first month", "the-first-month"),
        ("Life at [Town 1]", "life-at-town-1"),
        ("Lesson 1", "section-lesson-1"),
        ("P12", "section-p12"),
        ("Lessons", "lessons"),
        ("Search", "section-search"),
        ("…", "section-"),
        ("fn:1", "section-fn1"),
        ("Main", "section-main"),
        ("Copied", "section-copied"),
        ("Cite text", "section-cite-text"),
        ("Mains", "mains"),
        ("Cite this review", "cite-this-review"),
    ],
)
def test_anchors(heading: str, anchor: str) -> None:
    """A heading's anchor is its words, unless they are a promised one."""
    assert slug(heading, "-") == anchor


def test_no_heading_takes_an_id_of_the_templates() -> None:
    """Whatever a template calls a part of the page, no heading is called."""
    root = project_root()
    sources = [
        path
        for folder in ("templates/theme", "templates/pages", "site_src")
        for path in (root / folder).rglob("*")
        if path.suffix in (".html", ".j2", ".md")
    ]
    ids = {name for path in sources for name in re.findall(r'\bid="([\w-]+)"', path.read_text(encoding="utf-8"))}
    assert {"exit", "cite-text", "search-form"} <= ids
    assert {name for name in ids if slug(name, "-") == name} == set()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Summary\n\n### Changes since publication\n\n## Changes since publication", ["summary", "changes-since-publication_1", "changes-since-publication"]),
        ("# A review\n\n### Findings\n\n#### Findings\n\n## Findings", ["a-review", "findings_1", "findings_2", "findings"]),
        ("## Findings\n\n### Then", ["findings", "then"]),
        ("### Lesson 1\n\n### P12", ["section-lesson-1", "section-p12"]),
    ],
)  # fmt: skip
def test_a_page_keeps_its_own_anchors(text: str, ids: list[str]) -> None:
    """A sub-heading of a review is numbered where a heading of the page has its words, before or after it."""
    made = markdown(text, extensions=SITE.markdown_extensions, extension_configs=SITE.mdx_configs)
    assert re.findall(r'<h\d id="([^"]+)"', made) == ids
