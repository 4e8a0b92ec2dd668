"""Initials that a text explains are the person's, also where the trade means something else by them."""

from __future__ import annotations

import pytest

from redaction import Redactor

CASES = [
    (
        "SW = Sunniva Wragg, ASB lead. Flagged to SW on the day.",
        "[Person 1], ASB lead. Flagged to [Person 1] on the day.",
    ),
    (
        "Sioned Wynne (SW), who held the case, wrote. SW did not reply.",
        "[Person 1], who held the case, wrote. [Person 1] did not reply.",
    ),
    (
        "Ruqiya Omar (she signs RO) was told. RO agreed.",
        "[Person 1] (she signs [Person 1]) was told. [Person 1] agreed.",
    ),
    ("TC is Tegen Curnow. Seen by TC.", "[Person 1] is [Person 1]. Seen by [Person 1]."),
    # of two who sign alike each is told beside her own name
    (
        "Tobias Arkell (TA) and Tessa Abbott (TA) were told.",
        "[Person 1] and [Person 2] were told.",
    ),
]
NOT_EXPLAINED = [
    # a post is a post, and initials that are not the name's explain nothing
    "A SW (social worker) rang, and the SW wrote.",
    "The RO was told, and TC to mum was tried.",
    "PSR: Pre-Sentence Report. The PSR was late.",
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_explained_initials_are_the_persons(redactor: Redactor, text: str, told: str) -> None:
    """Everywhere in the text, under the label of the name."""
    assert redactor.redact([text]).texts[0] == told


@pytest.mark.parametrize("text", NOT_EXPLAINED)
def test_letters_of_the_trade_stay(redactor: Redactor, text: str) -> None:
    """Nobody is called so here."""
    assert redactor.redact([text]).texts[0] == text


def test_a_post_stays_beside_somebody_with_its_letters(redactor: Redactor) -> None:
    """ "a SW on secondment" is what she is."""
    text = "Simone Wheelwright (SW), a SW on secondment, rang. SW was told by the SW."
    assert redactor.redact([text]).texts[0] == ("[Person 1], a SW on secondment, rang. [Person 1] was told by the SW.")
