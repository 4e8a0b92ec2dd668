"""What a register declares is found as letters and in small letters too, and what else the same letters mean stays."""

from __future__ import annotations

import pytest

from redaction import Redactor, Register

REGISTER = Register.parse(
    """
format: 1
people:
- {role: victim, names: [Bill Lee Hart, Bill]}
- {role: professional, names: [Shona Wragg, SW]}
- {role: probation-practitioner, names: [Tess Cole, tc]}
- {role: senior-probation-officer, names: [Pyotr Oram, PO]}
- {role: manager, names: [Ann Parr, AP]}
places: [Reading, Ryde]
codes: ['S:\\MASH\\2024\\Hart_Bill\\form1.docx']
"""
)
SW, TC, PO, AP = "[Professional 1]", "[Probation practitioner 1]", "[Senior probation officer 1]", "[Manager 1]"
TOLD = (
    ("**12/03/18** SW DNA.", f"**2018** {SW} DNA."),
    ("Seen TC after me. TC agrees.", f"Seen {TC} after me. {TC} agrees."),
    ("AP on leave, PO signed.", f"{AP} on leave, {PO} signed."),
    ("Saved to S:\\MASH\\2024\\Hart_Bill\\form1.docx today.", "Saved to [contact removed] today."),
    # a log in small letters
    (
        "ov today, spoke w bill, then bill left for ryde.",
        "ov today, spoke w [Victim 1], then [Victim 1] left for [Town 1].",
    ),
    ("seen by tc, who wrote to po and sw.", f"seen by {TC}, who wrote to {PO} and {SW}."),
    ("drove here from reading, late again.", "drove here from [Town 1], late again."),
)
STAYS = (
    "TC to mum, no reply.",
    "No TC place and no AP bed was free.",
    "Tell his PO. The SW rang, and an AP was asked.",
    "The probation officer (PO) rang.",
    "The bill was paid. He will go on reading.",
    "was reading the file when the bill came, so no pay.",
    "the bill of sale was paid, he is reading on.",
    "The sw of the town was mild.",
)


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_declared_letters_and_small_letters_are_found(redactor: Redactor, text: str, told: str) -> None:
    """Under the label of whoever is declared so."""
    assert redactor.redact([text], REGISTER).texts[0] == told


@pytest.mark.parametrize("text", STAYS)
def test_the_same_letters_and_words_stay_where_they_mean_something_else(redactor: Redactor, text: str) -> None:
    """Terms of the trade, posts, and words of English."""
    assert redactor.redact([text], REGISTER).texts[0] == text


def test_letters_that_the_trade_does_not_use_are_no_post(redactor: Redactor) -> None:
    """Behind "as" and "a" they are somebody's all the same; "T/C" is a call, whatever somebody's T stands for."""
    register = Register.parse(
        "format: 1\npeople:\n- {role: victim, names: [Rosa Delgado, RD]}\n- {role: person-on-probation, names: [Mr T]}\n"
    )
    text = "I refer to her as RD. Brief as RD was. Mr T came, T/C to him."
    told = "I refer to her as [Victim 1]. Brief as [Victim 1] was. [Person on probation] came, T/C to him."
    assert redactor.redact([text], register).texts[0] == told


def test_a_single_letter_that_is_declared_is_no_word(redactor: Redactor) -> None:
    """ "I" may be how an interview marks who speaks; it is everybody's word for themselves all the same."""
    register = Register.parse("format: 1\npeople: [{role: manager, names: [Innes Parr, I]}]")
    text = "I visited. I'd 51 cases, and I'm not moaning."
    assert redactor.redact([text], register).texts[0] == text
