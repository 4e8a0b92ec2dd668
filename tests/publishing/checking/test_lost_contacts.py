"""Sentences that only tell how somebody can be reached are pointed out where the contact is removed; nothing else is, and nobody is held up."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.checking import load_signatures
from publishing.checking.lost_contacts import warnings_for_lost_contacts
from publishing.release.signoff import sign_off
from publishing.reviews import Block, Lesson, RedactedReview, Section
from redaction import Redactor
from tests.support.cases import CASE, write_case
from tests.support.redacted_reviews import make_review

HELPS_NOBODY = (
    "The victim liaison officer is [Victim liaison officer 1], on [contact removed].",
    "The VLO is [Victim liaison officer 1] on [contact removed].",
    "Any probs I’m on [contact removed].",
    "The leads are [Manager 1] and [Manager 2] on [contact removed].",
    "She was offered the scheme and has a named liaison officer, [Victim liaison officer 1], on [contact removed].",
    "The duty team is available on [contact removed].",
    "The hub can be reached by telephone on [contact removed].",
    "The guidance can be found at [contact removed].",
    "12.4 Concerns should be e-mailed to [contact removed].",
    "For advice, contact the team on [contact removed].",
    "Please ring [Professional 1] on [contact removed].",
    "If in doubt, write to the unit at [contact removed] without delay.",
    "The out-of-hours number is [contact removed].",
    "Tel: [contact removed]",
    "[Police officer 1], [contact removed]",
    "E-mail [contact removed].",
    "It made an order (enquiries to [contact removed]) and withdrew it.",
    "It rained. Contact [Manager 1] via [contact removed]. It stopped.",
    "- The plan was read.\n- Ring the line on [contact removed].",
)
TELLS_SOMETHING = (
    "In [month 3 on licence] she rang the office on [contact removed] and nobody answered.",
    "He was reached on [contact removed] and confirmed it by e-mail from [contact removed].",
    "An interpreting service was available on [contact removed] within ten minutes.",
    "It is recorded that he rang [Victim 1] on [contact removed].",
    "He is said to have telephoned [Witness 1] on [contact removed].",
    "The office has rung [Family member 3], on [contact removed], twice.",
    "The bill for his phone, [contact removed], shows two calls.",
    "The number held, [contact removed], was his mother's.",
    "The page ([contact removed]) was open to anybody.",
    "It took a single phone call to [contact removed].",
    "Contact with the police was made on [contact removed].",
    "Text sent to [contact removed] and not answered.",
    "A letter asked him to telephone [contact removed] and choose an appointment.",
    "He wrote “please ring me on [contact removed]” and was not rung.",
    '"Ring me on [contact removed]," she wrote, and nobody did.',
    "> From: [Police officer 1] [contact removed]\n>\n> Please call me on [contact removed].",
    "The victim liaison officer is [Victim liaison officer 1], in [Town 2].",
    "Anyone who is worried can be told to ring the police.",
)


def text(words: str, number: int | None = 12, key: str = "victims-and-families") -> RedactedReview:
    """A review with one block of such words."""
    return make_review(sections=(Section(key=key, blocks=(Block(text=words, number=number),)),), lessons=())


@pytest.mark.parametrize("words", HELPS_NOBODY)
def test_what_helps_nobody_is_pointed_out_by_its_place(words: str) -> None:
    """And never by its words: a warning may be kept in a log."""
    (told,) = warnings_for_lost_contacts(text(words))
    assert "in: Victims and families, paragraph 12." in told
    assert "contact removed" not in told
    assert not {"officer", "duty", "plan", "liaison"} & set(told.split())


@pytest.mark.parametrize("words", TELLS_SOMETHING)
def test_what_tells_something_all_the_same_is_left(words: str) -> None:
    """What happened, what somebody wrote, and what has no contact in it."""
    assert list(warnings_for_lost_contacts(text(words))) == []


def test_every_place_is_named_once() -> None:
    """Paragraphs without a number by their order, lessons by theirs, in one warning."""
    sections = (
        Section(key="summary", blocks=(Block(text="Short."), Block(text="Ring the hub on [contact removed]."))),
        Section(key="findings", blocks=(Block(text=f"{HELPS_NOBODY[0]} {HELPS_NOBODY[3]}", number=4),)),
    )
    lessons = (
        Lesson(id=1, text="Ask.", level="local"),
        Lesson(id=2, text="Ask.", why="The line is [contact removed].", level="local"),
    )
    (told,) = warnings_for_lost_contacts(make_review(sections=sections, lessons=lessons))
    assert "in: Summary, block 2; Findings, paragraph 4; lesson 2." in told


def test_a_signer_is_told_and_signs(tmp_path: Path, redactor: Redactor) -> None:
    """From the review's own words to the warning; another text has none."""
    reviews = tmp_path / "reviews"
    summary = (
        "Darren Whitlock killed Keisha Moorhouse. The victim liaison officer is Oona Prendergast, on 0161 496 0411."
    )
    write_case(reviews, summary=summary)
    told = sign_off(reviews, CASE, "A Checker", redactor=redactor).warnings
    assert [line.split(", in: ")[1].split(". ")[0] for line in told if "the contact is removed" in line] == [
        "Summary, block 1"
    ]
    assert len(load_signatures(reviews / CASE)) == 1
    write_case(reviews)
    again = sign_off(reviews, CASE, "A Checker", redactor=redactor).warnings
    assert not any("the contact is removed" in line for line in again)
