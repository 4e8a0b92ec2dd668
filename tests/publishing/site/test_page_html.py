"""What a page's Markdown becomes: notes numbered as a reader meets them, levels without gaps, HTML without old attributes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from mkdocs.config import load_config

from publishing.reviews import RedactedReview
from publishing.settings import project_root
from publishing.site import mkdocs
from publishing.site.review_blocks import review_blocks

SITE = load_config(str(project_root() / "mkdocs.yml"), docs_dir=str(project_root() / "site_src"))
TODAY = dt.date(2025, 11, 3)
PLACES = (
    "A paragraph{}.",
    "- An item{}.\n- Another.",
    "1. An item.\n\n    - One within it{}.",
    "> Words of somebody{}.",
    '<div class="scroll" markdown>\n\n| When | What |\n|---|---:|\n| 2018 | Recall{} |\n\n</div>',
    "### A heading\n\n*It was **late**{}.*",
)


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from("abcdef")), min_size=1, max_size=8),
    st.permutations("abcdef"),
)
@settings(max_examples=60)
def test_notes_are_numbered_in_the_order_of_the_page(marks: list[tuple[str, str]], defined: list[str]) -> None:
    """Wherever a mark stands and in whatever order the notes are written; each number leads to its own note."""
    used = [label for _, label in marks]
    text = "\n\n".join(place.format(f"[^{label}]") for place, label in marks)
    notes = "\n\n".join(f"[^{label}]: Note {label}." for label in defined if label in used)
    page = markdown(f"{text}\n\n{notes}", extensions=SITE.markdown_extensions, extension_configs=SITE.mdx_configs)
    order = list(dict.fromkeys(used))
    told = [(target, int(number)) for target, number in re.findall(r'href="#fn:(\w)">(\d+)</a></sup>', page)]
    assert told == [(label, order.index(label) + 1) for label in used]
    assert re.findall(r'<li id="fn:(\w)">\s*<p>Note (\w)\.', page) == [(label, label) for label in order]
    assert [int(n) for n in re.findall(r'title="Back to where this note is marked \((\d+)\)"', page)] == sorted(
        order.index(label) + 1 for label in used
    )


def test_cells_and_breaks_are_those_of_html_now() -> None:
    """An alignment is a class, which a strict policy lets be; nothing ends with a slash."""
    page = mkdocs.convert("One  \ntwo\n\n| a | b |\n|---|---:|\n| c | 5 |\n\n***\n", TODAY)
    assert '<td class="right">5</td>' in page
    assert '<th class="right">b</th>' in page
    assert "align=" not in page
    assert "style=" not in page
    assert "One<br>\ntwo" in page
    assert "/>" not in page


def test_a_sub_heading_never_leaves_a_level_out(make_review: Callable[..., RedactedReview]) -> None:
    """One of the lower level is of the upper where none of the upper stands before it in its section."""
    texts = ("#### First", "Nobody asked.", "### Second", "#### Third", "\\#### no heading")
    sections = tuple(
        {"key": key, "blocks": tuple({"text": text} for text in texts)} for key in ("summary", "assessment")
    )
    review = RedactedReview.model_validate({**make_review().model_dump(), "sections": sections})
    for blocks in review_blocks(review).values():
        assert [str(block.markdown) for block in blocks] == [
            "### First",
            "Nobody asked.",
            "### Second",
            "#### Third",
            "\\#### no heading",
        ]
