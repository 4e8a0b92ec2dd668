"""Headings' anchors never take an address that is promised to something else."""

from __future__ import annotations

import pytest

from publishing.site.slugs import slug


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
    ],
)
def test_anchors(heading: str, anchor: str) -> None:
    """A heading's anchor is its words, unless they are a promised one."""
    assert slug(heading, "-") == anchor
