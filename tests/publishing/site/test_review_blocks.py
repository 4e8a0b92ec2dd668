"""A review's page shows the words that were written, all of them and nothing else, whatever Markdown the intake accepts."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown import markdown as python_markdown
from mkdocs.config import load_config

from publishing.intake.body import Body
from publishing.reviews import RedactedReview, Section
from publishing.settings import project_root
from publishing.site.review_blocks import review_blocks

SITE = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(project_root() / "site_src"))

BEGINNINGS = [
    "", "", "- ", "* ", "+ ", "1. ", "2. ", "1) ", "986. ", "40) ", "> ", "> - ", "> 986. ", "### ", "#### ", "    ", "  - ",
    "   ", "\t", "| ", "```", "~~~", "````", "===", "---", "***", ":   ", "!!! ", "{: ", "[^2]: ", "||",
]  # fmt: skip
WORDS = [
    "recall",
    "He",
    "was",
    "seen",
    "Ffion",
    "é",
    "T/C",
    "986",
    "986.",
    "40",
    "a_b",
    "[Victim",
    "1]",
    "x",
    "<b>",
    "p.40",
]
SIGNS = [
    "*", "**", "***", "_", "__", "`", "```", "|", " | ", "[", "]", "](", "(", ")", "![", "!", "\\*", "\\.", "\\|", "\\`", "$", "^", "~",
    "~~", "{", "}", "{{", "%}", "&", ";", ":", "=", "-", "+", "<", ">", "<!-- ", " -->", "[^1]", "[^2]", "[TOC]", "  \n", " ", " ",
    "\u00a0", "\u200b", "\u2028", "\x85",
]  # fmt: skip

LINES = st.tuples(
    st.sampled_from(BEGINNINGS),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.just(" ")), max_size=7).map("".join),
).map("".join)
TEXTS = st.lists(
    st.one_of(LINES, st.just(""), st.sampled_from(["|---|---|", "| a | b |", "```", "recall was seen"])), max_size=9
)
NOTES = st.sampled_from(["", "\n\n[^1]: The note seen."])


class Seen(HTMLParser):
    """The text of a page without footnotes' marks; the numbers of lists are no text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a mark."""
        self._mark = self._mark or dict(attrs).get("class") in ("footnote-ref", "footnote-backref")

    def handle_endtag(self, tag: str) -> None:
        """End a mark."""
        self._mark = self._mark and tag != "a"

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += "" if self._mark else data


def letters_of(text: str) -> str:
    """Every letter and digit in its order, without the digits that begin the lists of these texts."""
    return re.sub(r"[\W_12]", "", text)


def page_of(sections: tuple[Section, ...]) -> str:
    """The HTML of a review of these sections, as the page's template puts its blocks together."""
    facts = {
        "outcome": "convicted", "offence": "murder", "offence_year": 2018, "region": "wales", "supervision": "licence",
        "risk_of_serious_harm": "high", "agencies": ("police",), "themes": ("recall",), "reasonable_steps": "not-taken",
    }  # fmt: skip
    review = RedactedReview.model_validate({
        "public_id": "2025-001", "publish_on": dt.date(2025, 2, 3), "facts": facts, "content_notes": (), "sections": sections,
        "lessons": (), "redactions": {},
    })  # fmt: skip
    blocks = [block.markdown for shown in review_blocks(review).values() for block in shown]
    return python_markdown("\n\n".join(blocks), extensions=SITE.markdown_extensions, extension_configs=SITE.mdx_configs)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(TEXTS, NOTES)
@example(["986. He was seen"], "")
@example(["| a | b |", "|---|---|", "recall | was | seen"], "")
@example(["```", "* recall", "", "He was seen"], "")
@example(["He was seen[^1]", "```", "T/C 986.", "```"], "\n\n[^1]: The note seen.")
@example(["[Victim 1](986)"], "")
@example(["[^2]: He", "", "|---|---|", "|---|---|", "[^2]: recall"], "")
@pytest.mark.slow
def test_every_letter_is_on_the_page_in_its_order(lines: list[str], note: str) -> None:
    """For any Markdown that the intake accepts: each letter of the source outside its marks, in the same order, and no other.

    By letters, since a mark within a word, as in `re**call**`, is none on the page.
    """
    written = "\n".join(lines) + note
    body = Body(f"## Summary\n\n{written}\n", "review.md", 1)
    assume(not body.faults)
    said = re.sub(r"\[\^\d\]:?", "", written)
    shown, there = letters_of(Seen(page_of(body.sections)).text), letters_of(said)
    if any(line.startswith("[^") for line in lines):
        # the text of a footnote stands behind all others, wherever the source has it
        shown, there = "".join(sorted(shown)), "".join(sorted(there))
    assert shown == there


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("```\n09/02 T/C\n10/02 OV\n```", "<p>09/02 T/C<br>\n10/02 OV</p>"),
        ("~~~text\n09/02 T/C\n~~~", "<p>09/02 T/C</p>"),
        ("The log:\n```\n09/02 *T/C*\n```\nIt ends.", "<p>The log:<br>\n09/02 <em>T/C</em><br>\nIt ends.</p>"),
        ("    09/02 T/C", "<p>09/02 T/C</p>"),
        ("> ```\n> 09/02 T/C\n> ```", "<blockquote>\n<p>09/02 T/C</p>\n</blockquote>"),
        ("- ```\n  09/02 T/C\n  ```", "<ul>\n<li>09/02 T/C</li>\n</ul>"),
        ("It said ```no``` to `it`.", "<p>It said ```no``` to `it`.</p>"),
    ],
)
def test_fences_and_indented_lines_show_as_text(text: str, html: str) -> None:
    """A fence keeps its lines apart and shows no marks; what stands between is read as any other text."""
    body = Body(f"## Summary\n\n{text}\n", "review.md", 1)
    assert body.faults == []
    assert page_of(body.sections) == html
