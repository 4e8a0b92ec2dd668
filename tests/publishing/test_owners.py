"""Whom lessons are for: one spelling a post, and the agencies that its words tell."""

from __future__ import annotations

import pytest

from publishing.checking import same_text
from publishing.owners import known_owners, owner_agencies, spell_owner
from publishing.reviews import Lesson
from publishing.vocabulary import terms
from tests.support.redacted_reviews import make_review


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HMPPS", "HM Prison and Probation Service"),
        ("the HM Prison & Probation Service.", "HM Prison and Probation Service"),
        ("head of  probation delivery unit", "Head of the Probation Delivery Unit"),
        ("National Police Chiefs’ Council", "National Police Chiefs' Council"),
        ("SPO", "Senior Probation Officers"),
        ("Head of Operations", "Head of Operations"),
        ("Head of [Town 1] PDU", "Head of [Town 1] PDU"),
        ("HMPPS and the police", "HMPPS and the police"),
    ],
)
def test_a_post_has_one_spelling(written: str, spelled: str) -> None:
    """Whatever way it is written; what is not listed, or only begins like it, stays."""
    assert spell_owner(written) == spelled
    assert spell_owner(spelled) == spelled


@pytest.mark.parametrize(
    ("owner", "agencies"),
    [
        ("HM Prison and Probation Service", ("probation", "prisons")),
        ("[Police force 3]", ("police",)),
        ("Head of [Town 2] LDU", ("probation",)),
        ("Governor of [Prison]", ("prisons",)),
        ("Trafford Children’s Services", ("childrens-services",)),
        ("Ministry of Justice", ()),
        ("Policy team", ()),
        ("College of Policing", ()),
        ("HM Inspectorate of Probation", ()),
        ("Prisons and Probation Ombudsman", ()),
        ("The College of Policing and [Police force 1]", ("police",)),
        ("Royal College of Psychiatrists", ()),
        ("[School 1], a voluntary aided school", ("education",)),
        ("National Health Service", ("health",)),
        (None, ()),
    ],
)
def test_whose_lessons_an_owners_are(owner: str | None, agencies: tuple[str, ...]) -> None:
    """By whole words; a policy is no police."""
    assert owner_agencies(owner) == agencies


def test_the_list_is_sound() -> None:
    """No spelling is two posts', and every agency is the vocabulary's."""
    written = [word.casefold() for title, others in known_owners().spellings.items() for word in (title, *others)]
    assert len(written) == len(set(written))
    assert known_owners().agencies.keys() <= {key for key, term in terms("agencies").items() if not term.coarse}


def test_another_spelling_is_no_other_text() -> None:
    """What was signed before a spelling was listed has not changed; another owner is another text."""
    one, two, three = (
        make_review(lessons=(Lesson(id=1, text="Ask.", level="local", owner=owner),))
        for owner in ("Head of PDU", "Head of the Probation Delivery Unit", "Head of Operations")
    )
    assert same_text(one, two)
    assert not same_text(two, three)
