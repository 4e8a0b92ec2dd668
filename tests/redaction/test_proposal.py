"""A register proposed from a text: who is in it, every way they are written, who they may be, and what only a person can say."""

from __future__ import annotations

import pytest

from redaction import Detection, Entity, Proposal, Redaction, Redactor, Register, propose_register

TEXT = """Osric Penhale was released on licence in March. Mr Penhale reported to Gwenda Ashmole, his officer. Osric missed two
appointments at the Saltmarsh Hub in Tavistock.

He was convicted of the murder of Ilse Varga. His mother, Beryl Penhale, had rung DC Tobin Marsh twice. Ilse's file was K204417."""


def proposal(redactor: Redactor, text: str = TEXT, register: Register | None = None) -> Proposal:
    """What a register would have to declare of a text."""
    return propose_register([text], redactor.redact([text], register), register)


def names(found: Proposal) -> dict[str, tuple[str, list[str]]]:
    """The longest name of everybody: their role, and all ways of writing."""
    return {p.names[0].words: (p.role, [name.words for name in p.names]) for p in found.people}


def test_everybody_found_is_proposed_with_every_way_of_writing(redactor: Redactor) -> None:
    """Most mentioned first, the longest way first, each with how often and where."""
    found = proposal(redactor)
    people = names(found)
    assert people["Osric Penhale"] == ("person-on-probation", ["Osric Penhale", "Mr Penhale", "Osric"])
    assert people["Ilse Varga"] == ("victim", ["Ilse Varga", "Ilse"])
    assert people["Beryl Penhale"][0] == "family-member"
    assert people["DC Tobin Marsh"][0] == "police-officer"
    assert people["Gwenda Ashmole"][0] in ("", "probation-practitioner")
    assert found.people[0].label == "[Person 1]"
    for person in found.people:
        for name in person.names:
            part, start, end = name.first
            assert part == 0
            assert TEXT[start:end] == name.words
    assert [one.words for one in found.places] == ["Tavistock"]
    assert [one.words for one in found.codes] == ["K204417"]


def test_whom_a_review_is_about_and_who_was_hurt_is_said_by_a_person(redactor: Redactor) -> None:
    """They are suggested in words, with why; other roles may be chosen beforehand."""
    people = {p.names[0].words: p for p in proposal(redactor).people}
    assert people["Osric Penhale"].preset_role == ""
    assert people["Osric Penhale"].hint.startswith("Perhaps the person on probation: named 3 times, more than others")
    assert people["Ilse Varga"].hint == "Perhaps the victim: beside the name: “murder of”."
    assert people["Beryl Penhale"].preset_role == "family-member"
    assert people["Beryl Penhale"].hint == ""


def test_a_post_behind_a_name_suggests_a_role(redactor: Redactor) -> None:
    """Whatever else the words beside them say of a practitioner; a mother with the victim's surname is no victim turned round."""
    text = """Osric Penhale was on licence when he murdered Ilse Varga. Ngozi Bright was allocated the case. He
told Ngozi Bright, his probation officer, of it. Tom Yardley, prison offender manager, wrote first. Gwenda Ashmole, Head of the Tavistock office, agreed.

Ruth Varga, Ilse's mother, asked why. Her grandson, Alfie Varga, aged 6, was at school."""
    people = names(proposal(redactor, text))
    assert people["Ngozi Bright"][0] == "probation-practitioner"
    assert people["Tom Yardley"][0] == "prison-offender-manager"
    assert people["Gwenda Ashmole"][0] == "manager"
    assert people["Alfie Varga"][0] == "child"
    assert people["Ruth Varga"] == ("family-member", ["Ruth Varga"])
    assert people["Ilse Varga"] == ("victim", ["Ilse Varga", "Ilse"])


def test_what_is_declared_is_not_proposed(redactor: Redactor) -> None:
    """Nobody again whom a register names in full, and no second person on probation."""
    text = """format: 1
people:
  - {role: person-on-probation, names: [Osric Penhale, Osric, Mr Penhale]}
  - {role: victim, names: [Ilse Varga]}
places: [Tavistock]
codes: [K204417]
"""
    found = proposal(redactor, register=Register.parse(text))
    assert {"Osric Penhale", "Ilse Varga"}.isdisjoint(names(found))
    assert "person-on-probation" not in {p.role for p in found.people}
    assert (found.places, found.codes) == ((), ())


def test_a_slip_of_somebody_declared_is_a_further_name_of_theirs(redactor: Redactor) -> None:
    """It is offered to the person of the register whom it was taken for."""
    register = Register.parse(
        "format: 1\npeople:\n  - {role: witness, names: [A. Nother]}\n  - {role: victim, names: [Ilse Vargason]}\n"
    )
    found = proposal(redactor, "Ilse Vargason rang. Then Ilse Vargasen rang again.", register)
    assert [(p.declared, p.role, [n.words for n in p.names]) for p in found.people] == [(1, "", ["Ilse Vargasen"])]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Tamsin Pascoe", "Lowenna Pascoe", ""),
        ("Tamsin Pascoe", "Harry Trew", ""),
        ("Tamsin Pascoe", "Ms Pascoe", "both bear the name Pascoe"),
        ("Stuart Wharton", "SW", "the letters are the other's initials"),
        ("Stuart Wharton", "S", ""),
        ("Stuart Wharton", "Stuart Wharten", "the names differ by a slip, a short form or an initial"),
        ("I. Khokhar", "Imran Khokhar", "the names differ by a slip, a short form or an initial"),
        ("Rebecca Thurlow", "Becky", "one name is a part of the other, with a slip or in short"),
        ("Becky", "Rebecca", "one name is the other with a slip or in short"),
        ("Kazlauskas", "Kazluskas", "one name is the other with a slip or in short"),
    ],
)
def test_names_that_may_be_one_persons_are_told(one: str, other: str, why: str) -> None:
    """Two full names of a family are two people; a part, a slip, a short form or initials may be one."""
    text = f"{one}, {other}"
    spans = ((0, len(one)), (len(one) + 2, len(text)))
    detections = tuple(
        Detection(0, start, end, Entity.PERSON, 0.8, "people:title", f"[Person {number}]")
        for number, (start, end) in enumerate(spans, start=1)
    )
    found = propose_register([text], Redaction(("[Person 1], [Person 2]",), detections))
    assert [likeness.why for likeness in found.likenesses] == ([why] if why else [])
    assert all({likeness.one, likeness.other} == {"[Person 1]", "[Person 2]"} for likeness in found.likenesses)


def test_words_that_can_mean_several_are_asked_about(redactor: Redactor) -> None:
    """Each question once, with whom it can mean and how often."""
    text = "Mr Joel Ashby and Mr Idris Ashby came in May.\n\nMr Ashby left early.\n\nMr Ashby said nothing."
    found = proposal(redactor, text)
    assert [(w.words, w.count, len(labels)) for w, labels in found.unsure] == [("Mr Ashby", 2, 2)]
    place = found.unsure[0][0].first
    assert text[place[1] : place[2]] == "Mr Ashby"


def test_nobody_is_proposed_where_nobody_is_named(redactor: Redactor) -> None:
    """An empty proposal, and no suggestion about anybody."""
    found = proposal(redactor, "The order was late. Nobody asked why.")
    assert found == Proposal((), (), (), (), (), (), {})
