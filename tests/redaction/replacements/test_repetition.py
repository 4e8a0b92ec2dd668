"""A label says its kind once: words right beside it that say it again go, and no others."""

from __future__ import annotations

import pytest

from redaction import Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
  - {role: person-on-probation, names: [Darren Whitlock, Daz]}
  - {role: victim, names: [Keisha Moorhouse]}
  - {role: senior-probation-officer, names: [Sunita Rao]}
  - {role: victim-liaison-officer, names: [Carol Penhale]}
  - {role: probation-practitioner, names: [Tomasz Zielinski]}
organisations:
  - Hollin Lodge Approved Premises
  - Marlcombe School
codes: [TCS/19/20884]
"""
)
SPO, VLO, PP, PREMISES = (
    "[Senior probation officer 1]",
    "[Victim liaison officer 1]",
    "[Probation practitioner 1]",
    "[Approved premises]",
)

ONCE = [
    ("The senior probation officer, Sunita Rao, agreed.", f"{SPO} agreed."),
    ("It went to the Victim Liaison Officer Carol Penhale.", f"It went to {VLO}."),
    ("the victim liaison officer, Carol Penhale, who had left", f"{VLO}, who had left"),
    ("Tomasz Zielinski, the probation practitioner, rang.", f"{PP} rang."),
    ("It was Tomasz Zielinski, the probation practitioner.", f"It was {PP}."),
    ("Tomasz Zielinski (the probation practitioner) rang.", f"{PP} rang."),
    ("The victim, Keisha Moorhouse, rang.", "[Victim 1] rang."),
    ("Darren Whitlock (Daz), who had left, rang.", "[Person on probation], who had left, rang."),
    ("Darren Whitlock (“Daz”) rang.", "[Person on probation] rang."),
    ("- S.R.: Sunita Rao, who left", f"- {SPO}, who left"),
    ("Key: TZ = Tomasz Zielinski.", f"Key: {PP}."),
    ("He moved to Hollin Lodge Approved Premises.", f"He moved to {PREMISES}."),
    ("She left Marlcombe School.", "She left [School]."),
    ("A bed in Hollin Lodge approved premises was lost.", f"A bed in {PREMISES} was lost."),
    ("Darren Whitlock (date of birth 3 May 1981) left.", "[Person on probation] ([date of birth removed]) left."),
    ("Darren Whitlock, dob: 03/05/1981, left.", "[Person on probation], [date of birth removed], left."),
    ("He moved in with a Ms Moorhouse.", "He moved in with [Victim 1]."),
    ("A referral (reference TCS/19/20884) was made.", "A referral ([reference removed]) was made."),
    ("It has the reference number TCS/19/20884.", "It has the [reference removed]."),
]

APART = [
    # a list, or what is told of them
    ("He told the victim, Keisha Moorhouse, Sunita Rao and others.", f"He told [Victim 1], {SPO} and others."),
    ("Keisha Moorhouse, the victim, Sunita Rao and others came.", f"[Victim 1], {SPO} and others came."),
    ("The victim, Keisha Moorhouse, 34, rang.", "[Victim 1], [aged 25 to 34], rang."),
    # whose, which one, or what of theirs
    ("His probation practitioner, Tomasz Zielinski, rang.", f"His probation practitioner, {PP}, rang."),
    ("The new probation practitioner, Tomasz Zielinski, rang.", f"The new probation practitioner, {PP}, rang."),
    ("The probation practitioner told Tomasz Zielinski.", f"The probation practitioner told {PP}."),
    ("The victim liaison officer, Tomasz Zielinski, rang.", f"The victim liaison officer, {PP}, rang."),
    (
        "Tomasz Zielinski, the probation practitioner at Leeds, rang.",
        f"{PP}, the probation practitioner at [Town 1], rang.",
    ),
    ("Keisha Moorhouse Victim Support rang.", "[Victim 1] Victim Support rang."),
    ("Darren Whitlock (Keisha Moorhouse) rang.", "[Person on probation] ([Victim 1]) rang."),
    ("Darren Whitlock (Daz to friends) rang.", "[Person on probation] ([Person on probation] to friends) rang."),
    ("The victim's senior, Sunita Rao, rang.", f"The victim's senior, {SPO}, rang."),
    ("The victim liaison officer, Carol Penhale[^6], rang.", f"The victim liaison officer, {VLO}[^6], rang."),
    ("The senior Sunita Rao rang.", f"The senior {SPO} rang."),
    (
        "DW: Darren Whitlock says he left. SR: He did.",
        f"[Person on probation]: [Person on probation] says he left. {SPO}: He did.",
    ),
    ("He gave us a Ms Moorhouse letter.", "He gave us a [Victim 1] letter."),
    ("On Wing A Ms Moorhouse said so.", "On Wing A [Victim 1] said so."),
    ("Daz: Darren Whitlock is out.", "[Person on probation]: [Person on probation] is out."),
    ("He gave no reference.", "He gave no reference."),
    ("They need the date of birth.", "They need the date of birth."),
    ("It was a Moorhouse idea.", "It was a [Victim 1] idea."),
]


@pytest.mark.parametrize(("text", "expected"), ONCE + APART)
def test_a_kind_is_said_once(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact([text], REGISTER).texts[0] == expected
