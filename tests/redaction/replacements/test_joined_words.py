"""Words that a person decided on with whom they mean (`same_as`): the label that these people have now, and nothing else of the words."""

from __future__ import annotations

import pytest

from redaction import Decision, Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: victim, names: [Ellen Ames]}
  - {role: police-officer, names: [Tom Field]}
  - {role: police-officer, names: [Una Gray]}
"""
)

JOINED = [
    # what is decided, what it becomes where the numbers of labels have changed since
    (
        "At 9.05am on 3 May PC Gray",
        "In [month 6 of the order] [Police officer 1]",
        "In [month 6 of the order] [Police officer 2]",
    ),
    ("The younger officer, 23,", "[Police officer 1], [aged 18 to 24],", "[Police officer 2], [aged 18 to 24],"),
    ("Mrs Ames and PC Gray", "[Victim 1] and [Police officer 1]", "[Victim 1] and [Police officer 2]"),
    ("The other one", "[Police officer 1]", "[Police officer 2]"),
    ("The other one", "[Witness 1]", "[Police officer 2]"),
    ("The other one", "somebody in uniform", "somebody in uniform"),
]


@pytest.mark.parametrize(("words", "wished", "told"), JOINED)
def test_only_the_label_of_the_one_who_is_meant_follows(redactor: Redactor, words: str, wished: str, told: str) -> None:
    """A date, an age and somebody else's label stay as they were decided."""
    decision = Decision("add", words, replacement=wished, same_as="Una Gray")
    text = f"PC Field rang. Una Gray rang. {words} came."
    redacted = redactor.redact([text], REGISTER, decisions=[decision]).texts[0]
    assert redacted == f"[Police officer 1] rang. [Police officer 2] rang. {told} came."
