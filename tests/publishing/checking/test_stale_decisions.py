"""Decisions and people of the register that stand nowhere in the review."""

from __future__ import annotations

import pytest

from publishing.checking.stale_decisions import compare_decisions, warnings_for_stale_decisions
from redaction import Decision, Detection, Entity, Redaction, Register

TEXTS = ("Mrs Banks saw Daz. Is he well?", "Sobers, the dog, barked.")
BANKS = Detection(0, 0, 9, Entity.PERSON, 0.9, "names", "[Person 1]")
DAZ = Detection(0, 14, 17, Entity.PERSON, 1.0, "decision", "[Person 1]")
REDACTION = Redaction(TEXTS, (BANKS, DAZ), (), ())


@pytest.mark.parametrize(
    ("decision", "stands", "joined"),
    [
        (Decision("reject", "sobers"), True, True),
        (Decision("reject", "Sober"), False, True),
        (Decision("add", "Daz", Entity.PERSON, "[Person 1]", same_as="Mrs Banks"), True, True),
        (Decision("add", "Daz", Entity.PERSON, "[Person 1]", same_as="Sobers"), True, False),
    ],
)
def test_a_decision_fits_while_its_words_stand(decision: Decision, stands: bool, joined: bool) -> None:
    """Whole words, in any case; words that it was joined with must still be found."""
    (decided,) = compare_decisions(TEXTS, REDACTION, [decision])
    assert (decided.is_present, decided.joined, decided.fits) == (stands, joined, stands and joined)


@pytest.mark.parametrize(
    ("decision", "replacement", "done"),
    [
        # whatever label it has now, and however it is fitted into its sentence
        (Decision("add", "Mrs Banks", Entity.PERSON, "[Victim 1]", same_as="Daz"), "[Person 1]", True),
        (Decision("add", "Mrs Banks", Entity.PERSON, "a friend of [Victim 1]"), "A friend of [Victim 1]", True),
        (Decision("add", "Mrs Banks", Entity.DATE, "[month 2 of the order]"), "in [month 2 of the order]", True),
        (Decision("add", "Banks", Entity.PERSON, "somebody"), "somebody", True),
        # the words of another decision, or what is replaced of itself, are there instead
        (Decision("add", "Mrs Banks", Entity.PERSON, "his sister"), "[Victim 1]", False),
        (Decision("add", "Banks saw", Entity.PERSON, "somebody saw"), "[Victim 1]", False),
        # two people's word is done, and what is left is no replacement
        (Decision("add", "Mrs Banks", Entity.PERSON, "his sister", seconded=True), "[Victim 1]", True),
        (Decision("reject", "Mrs Banks"), "[Victim 1]", True),
    ],
)
def test_a_decision_that_something_else_overrules_is_not_done(decision: Decision, replacement: str, done: bool) -> None:
    """A signer is told so by its number, and that somebody protected by law takes two people."""
    redaction = Redaction(TEXTS, (Detection(0, 0, 9, Entity.PERSON, 1.0, "register", replacement), DAZ), (), ())
    assert compare_decisions(TEXTS, redaction, [decision])[0].is_done is done
    register = Register.parse("people: [{role: victim, names: [Mrs Banks], protected: sexual-offence}]")
    told = list(warnings_for_stale_decisions(TEXTS, redaction, [decision], register))
    assert [line.partition(":")[0] for line in told] == ([] if done else ["decision no. 1 is not done"])
    assert done or "a second person decides it too" in told[0]


def test_what_stands_nowhere_is_told_by_its_number() -> None:
    """No word of a decision and no name is said."""
    decisions = [Decision("reject", "Sobers"), Decision("reject", "Zebedee")]
    register = Register.parse(
        "people:\n"
        "  - {role: victim, names: [Ida Smith]}\n"  # whose initials, IS, are a word of the review
        "  - {role: witness, names: [Dawn Banks]}\n"
        "  - {role: witness, names: [Daz]}\n"
        "places: [Swinton]\n"
    )
    told = list(warnings_for_stale_decisions(TEXTS, REDACTION, decisions, register))
    assert [line.partition(":")[0] for line in told] == [
        "decision no. 2 stands nowhere in the review",
        "people no. 1 of the register",
    ]
    assert not any(word in line for line in told for word in ("Zebedee", "Ida", "Smith"))


def test_nothing_written_is_nothing_to_tell() -> None:
    """A case without decisions and register."""
    assert list(warnings_for_stale_decisions(TEXTS, REDACTION, (), None)) == []
