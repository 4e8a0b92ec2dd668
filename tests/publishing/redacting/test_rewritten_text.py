"""Other words are redacted like the review's own: no declared name gets through them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import intake, prose
from publishing.intake.rewrites import RewriteEntry, apply_rewrites, explain_refused
from publishing.reviews import Review
from redaction import LeakSearch, Redactor
from tests.support.cases import redacted, write_case

NAMES = (
    "Darren Whitlock", "Whitlock", "WHITLOCK, Darren", "Mr Whitlock's", "darren whitlock", "**Darren** Whitlock", "Darren\nWhitlock",
    "D. Whitlock", "&#68;arren Whitlock", "Dar\u200bren Whitlock", "Ｄａｒｒｅｎ Whitlock", "[Darren](x) *Whitlock*", "Darren-Whitlock",
    "Keisha Moorhouse", "Moorhouse", "Keisha", "A4821CK", "a4821ck", "A4821 CK", "27 Tennyson Road", "27, Tennyson  Road",
)  # fmt: skip
WORDS = (
    "and",
    "saw",
    "The",
    "told",
    "a",
    "risk",
    "plan",
    "in 2018.",
    "It",
    "with",
    "|",
    "#",
    "<b>",
    "—",
    "“",
    "(",
    ")",
    "1.",
    "*",
    "_",
    "[",
    "\\",
)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A case of which every passage may be put into other words."""
    return intake.load_case(write_case(tmp_path_factory.mktemp("mended") / "reviews"))


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_declared_name_gets_through_other_words(review: Review, redactor: Redactor, data: st.DataObject) -> None:
    """Whatever is written in place of whichever passages: the gate's own search finds nobody in any public string."""
    pieces = st.lists(st.sampled_from((*NAMES, *WORDS)), min_size=1, max_size=9).map(" ".join)
    entries = []
    for section in review.sections:
        for block in section.blocks:
            words = "So " + data.draw(pieces)
            if len(prose.blocks(words)) == 1 and not explain_refused(block.text, words):
                entries.append(
                    RewriteEntry(passage=block.text, words=words, by="A", on=dt.date(2025, 1, 20), reason="r")
                )
    sections, rewrites = apply_rewrites(review.sections, entries)
    assert all(rewrite.places for rewrite in rewrites)
    public = redacted(review.model_copy(update={"sections": sections}), redactor)
    assert review.declared
    search = LeakSearch({review.case: review.declared.identities()})
    assert not [text for text in public.strings() if search.text(text, review.case)]
