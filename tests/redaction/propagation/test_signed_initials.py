"""Initials that the trade uses too are somebody's where they stand as a person does."""

from __future__ import annotations

import pytest

from redaction import Redactor, Register

# text, what is told
CASES = [
    # who speaks in minutes, signs an entry, owns an action beside others
    ("Bethan Jarrold came.\n\nBJ: yes, she had asked.", "[Person 1] came.\n\n[Person 1]: yes, she had asked."),
    ("Bethan Jarrold keeps this log.\n\nQuiet night. BJ", "[Person 1] keeps this log.\n\nQuiet night. [Person 1]"),
    (
        "Gavin Kohl and Bethan Jarrold met.\n\n| Action | Owner |\n|---|---|\n| Ring back | GK |\n| Write | BJ |",
        "[Person 1] and [Person 2] met.\n\n| Action | Owner |\n|---|---|\n| Ring back | [Person 1] |\n| Write | [Person 2] |",
    ),
    # letters of the trade may be a post, an hour or a result, whoever has these initials
    ("Penelope Oakes came.\n\nPO: yes, she had asked.", "[Person 1] came.\n\nPO: yes, she had asked."),
    ("Andrew Moss came.\n\nAppointment at 10.30 AM", "[Person 1] came.\n\nAppointment at 10.30 AM"),
    ("Dan Noble Asher came.\n\nOffice. DNA\n\nOffice. DNA", "[Person 1] came.\n\nOffice. DNA\n\nOffice. DNA"),
    # whom a list of staff names, though nobody says who it is
    ("Staff initials: HB GC MS\n\nQuiet night. MS", "Staff initials: [Person 1] [Person 2] [Person 3]\n\nQuiet night. [Person 3]"),
    # near-misses: nobody has the letters, an answer, a way to be in touch
    ("Bethan Jarrold came.\n\nSO: yes, she had asked.", "[Person 1] came.\n\nSO: yes, she had asked."),
    (
        "Nadia Orrell and Bethan Jarrold met.\n\n| Seen | By |\n|---|---|\n| NO | BJ |",
        "[Person 1] and [Person 2] met.\n\n| Seen | By |\n|---|---|\n| NO | [Person 2] |",
    ),
    ("Tegen Curnow came.\n\nTC: mum says he is out.", "[Person 1] came.\n\nTC: mum says he is out."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CASES)
def test_letters_that_stand_as_a_person_does_are_the_persons(redactor: Redactor, text: str, told: str) -> None:
    """The same letters stay where they are a term."""
    assert redactor.redact([text]).texts[0] == told


def test_letters_that_a_forename_may_begin_are_nobodys_in_particular(redactor: Redactor) -> None:
    """Mirela may have a surname with an S: the letters go, and nobody is named."""
    text = "Mihaela Stroe visited. Mirela was on.\n\nQuiet night. MS"
    assert redactor.redact([text]).texts[0].endswith("Quiet night. [person]")


def test_a_list_of_staff_has_no_victims_initials(redactor: Redactor) -> None:
    """Somebody else of the same letters, whoever it is."""
    register = Register.parse("format: 1\npeople:\n- {role: victim, names: [Amy Marsh]}\n")
    told = redactor.redact(["Amy Marsh died.\n\nStaff initials: AM BJ\n\nAM: rang."], register).texts[0]
    assert told.count("[Victim 1]") == 1
