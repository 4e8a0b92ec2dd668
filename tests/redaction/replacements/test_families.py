"""Whose family "the Whitlocks" are is told where one of those whom a review is about has the name, and never guessed."""

from __future__ import annotations

import pytest

from redaction import Decision, Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock]}
  - {role: family-member, names: [Keisha Whitlock]}
  - {role: victim, names: [Rosa Marsh]}
  - {role: victim, names: [Ellen Ames], protected: sexual-offence}
  - {role: previous-victim, names: [Joan Ridley]}
  - {role: victim, names: [Una Ridley]}
  - {role: police-officer, names: [Ian Tallis]}
  - {role: victim, names: [Moira Penhale]}
  - {role: probation-practitioner, names: [Carol Penhale]}
"""
)

FAMILIES = [
    (
        "Darren Whitlock left. The Whitlocks have moved.",
        "[Person on probation] left. The [family of Person on probation] have moved.",
    ),
    ("Rosa Marsh rang. It was kept from the Marshes.", "[Victim 1] rang. It was kept from the [family of Victim 1]."),
    # nobody of that label is on the page
    ("The Whitlocks have moved.", "The [family] have moved."),
    # more would be told of somebody who is protected for life
    ("Ellen Ames rang the Ameses.", "[Victim 1] rang the [family]."),
    # two have the name, or nobody whom the review is about
    (
        "Joan Ridley and Una Ridley came. The Ridleys left.",
        "[Previous victim 1] and [Victim 1] came. The [family] left.",
    ),
    ("PC Ian Tallis rang. The Tallises left.", "[Police officer 1] rang. The [family] left."),
    # somebody at work in the case has the name too
    ("Moira Penhale rang. The Penhales left.", "[Victim 1] rang. The [family] left."),
    # a couple may be the very people
    ("Rosa Marsh rang. Mr and Mrs Marsh came.", "[Victim 1] rang. [family] came."),
]


@pytest.mark.parametrize(("text", "expected"), FAMILIES)
def test_whose_family_it_is(redactor: Redactor, text: str, expected: str) -> None:
    redacted = redactor.redact([text], REGISTER).texts[0]
    assert redacted == expected
    assert redactor.redact([redacted], REGISTER).texts[0] == redacted


def test_a_family_is_nobodys_whose_label_people_decided(redactor: Redactor) -> None:
    """The label that the engine would give is on no page then."""
    decision = Decision("add", "Rosa Marsh", replacement="[Victim 1]", same_as="Ellen Ames")
    text = "Ellen Ames rang. Rosa Marsh rang. The Marshes left."
    redacted = redactor.redact([text], REGISTER, decisions=[decision]).texts[0]
    assert redacted == "[Victim 1] rang. [Victim 1] rang. The [family] left."
