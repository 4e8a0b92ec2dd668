"""A name that is told as a name gets no label of who bears it: nobody is "known as" himself."""

from __future__ import annotations

import pytest

from redaction import Decision, Entity, Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock, Daz]}
  - {role: victim, names: [Verna Baptiste, Joseph]}
  - {role: family-member, names: [Keisha Moorhouse, Keish]}
"""
)
POP, VICTIM, KIN = "[Person on probation]", "[Victim 1]", "[Family member 1]"

NAMES = [
    (
        "Darren Whitlock, known to family and associates as Daz, left.",
        f"{POP}, known to family and associates as [another name], left.",
    ),
    ("Darren Whitlock is usually called “Daz”.", f"{POP} is usually called “[another name]”."),
    ("Darren Whitlock, aka Daz, left.", f"{POP}, aka [another name], left."),
    ("He is called Daz.", "He is called [another name]."),
    ("Colleagues and family call him Daz.", "Colleagues and family call him [another name]."),
    ("She is known at work as Keish.", "She is known at work as [another name]."),
    ("Verna Baptiste (née Joseph) rang.", f"{VICTIM} (née [another name]) rang."),
    ("Darren Whitlock goes by Daz.", f"{POP} goes by [another name]."),
    (
        "Darren Whitlock, called Daz by those who know him, left.",
        f"{POP}, called [another name] by those who know him, left.",
    ),
    ("It was Darren Whitlock, whom she always called Daz.", f"It was {POP}, whom she always called [another name]."),
]

PEOPLE = [
    ("Verna Baptiste was Emma Holt's manager. Emma Holt left.", f"{VICTIM} was [Person 1]'s manager. [Person 1] left."),
    ("Verna Baptiste called Gemma Green. Gemma Green left.", f"{VICTIM} called [Person 1]. [Person 1] left."),
    ("Darren Whitlock prefers Peter Marsden. Peter Marsden agreed.", f"{POP} prefers [Person 1]. [Person 1] agreed."),
    ("The Judge and Mr Whitlock spoke.", f"The Judge and {POP} spoke."),
    # who is meant, and not how they are called
    ("A man known as Daz rang.", f"A man known as {POP} rang."),
    ("Verna Baptiste said a man known as Daz rang.", f"{VICTIM} said a man known as {POP} rang."),
    ("He called Daz.", f"He called {POP}."),
    ("Verna Baptiste, called Daz at noon.", f"{VICTIM}, called {POP} at noon."),
    (
        "Saw Darren Whitlock on Monday, called Daz on Friday.",
        f"Saw {POP} on [date removed], called {POP} on [date removed].",
    ),
    ("Wrote to Darren Whitlock, called Mr Whitlock twice.", f"Wrote to {POP}, called {POP} twice."),
    ("Darren Whitlock left. The victim is known as Joseph.", f"{POP} left. The victim is known as {VICTIM}."),
    ("Darren Whitlock was called by Keisha Moorhouse.", f"{POP} was called by {KIN}."),
    ("It is known that Daz left.", f"It is known that {POP} left."),
]


@pytest.mark.parametrize(("text", "expected"), NAMES + PEOPLE)
def test_nobody_is_known_as_himself(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact([text], REGISTER).texts[0] == expected


def test_a_decision_says_it_otherwise(redactor: Redactor) -> None:
    decision = Decision("add", "known as Daz", Entity.OTHER, "known by a nickname")
    redacted = redactor.redact(["Darren Whitlock, known as Daz, left."], REGISTER, decisions=[decision])
    assert redacted.texts[0] == f"{POP}, known by a nickname, left."
