"""One name in pieces, with a nickname, surname first; two names run together."""

import pytest

from redaction import Redactor, Register

# text, what is told
ONE_PERSON = [
    ("Dale Anthony Winter, Olumide Bakare spoke.", "[Person 1], [Person 2] spoke."),
    ('OLUMIDE "LUMI" ADEBAYO-FRANKS spoke. Lumi left.', "[Person 1] spoke. [Person 1] left."),
    ("Oluwaseun “Seun” Bakare spoke. Mr Bakare left.", "[Person 1] spoke. [Person 1] left."),
    ("Mrs Bozarslan (Hevi) was there. Hevi left.", "[Person 1] was there. [Person 1] left."),
    ("Pritchard, Zoe, agreed.", "[Person 1], agreed."),
    ("PRITCHARD, Zoe agreed. Zoe Pritchard left.", "[Person 1] agreed. [Person 1] left."),
    ("HALSZKA MALINOWSKA spoke. Halszka left.", "[Person 1] spoke. [Person 1] left."),
    ("Osvaldo Pires, known as Vado, came. Vado left.", "[Person 1], known as [another name], came. [Person 1] left."),
    ("Kirandip Ubhi (née Sahota) came. Ms Ubhi left.", "[Person 1] (née [another name]) came. [Person 1] left."),
    ("Jevaughn Tulloch came. Jev left.", "[Person 1] came. [Person 1] left."),
    # near-misses
    ("Pritchard, Zoe and Emeka agreed.", 3),
    ("Halszka Malinowska and Jagoda Wrzosek came.", 2),
]


@pytest.mark.parametrize("text,told", ONE_PERSON)
def test_one_label_a_person(redactor: Redactor, text: str, told: str | int) -> None:
    """However a name is written; and two people stay two (a number: so many labels)."""
    redacted = redactor.redact([text]).texts[0]
    if isinstance(told, int):
        assert len({f"[Person {n}]" for n in range(1, 9) if f"[Person {n}]" in redacted}) == told
    else:
        assert redacted == told


REGISTER = """format: 1
people:
- {role: family-member, names: [Halszka Malinowska]}
- {role: victim, names: [Jagoda Wrzosek]}
"""


@pytest.mark.parametrize(
    "text,told",
    [
        ("HALSZKAJAGODA BOTH SPOKE.", "[Family member 1][Victim 1] BOTH SPOKE."),
        ("He rang halszkajagoda twice.", "He rang [Family member 1][Victim 1] twice."),
        # near-miss: one person's two names
        ("He rang HalszkaMalinowska twice.", "He rang [Family member 1] twice."),
    ],
)
def test_two_names_run_together_are_two_people(redactor: Redactor, text: str, told: str) -> None:
    """Each has a label."""
    assert redactor.redact([text], Register.parse(REGISTER)).texts[0] == told
