"""Known phrases of the trade keep their words, whoever is declared; one that gives a declared name away is said generally."""

from functools import cache

import pytest

from redaction import Redactor, Register


@cache
def _redactor() -> Redactor:
    return Redactor()


def _told(text: str, name: str = "") -> str:
    declared = Register.parse(f"format: 1\npeople: [{{role: witness, names: [{name}]}}]") if name else None
    return _redactor().redact([text], declared).texts[0]


PHRASES = (
    ("Hannah Mills", "HM Prison and Probation Service accepted the lesson."),
    ("Karl Bail", "He was remanded under the Bail Act 1976 and bailed."),
    ("Max Justice", "The Ministry of Justice agreed."),
    ("Rose Parole", "The Parole Board met."),
    ("Hannah Court", "It was sent to the High Court."),
    ("Tim Cole", "TC to mum, no reply."),
    ("Sue White", "SW informed."),
)


@pytest.mark.parametrize(("name", "text"), PHRASES)
def test_a_known_phrase_loses_no_word_to_a_declared_name(name: str, text: str) -> None:
    """Neither to a surname nor to initials."""
    assert _told(text, name) == text


NAMES = (
    ("Hannah Mills", "HM said that she saw it.", "HM"),
    ("Karl Bail", "Mr Bail gave evidence.", "Bail"),
    ("Tim Cole", "TC said that he rang.", "TC"),
    ("Tim Cole", "T.C. was seen.", "T.C"),
    ("Sue White", "Key: SW = Sue White. Told SW the same day.", "SW"),
    ("Sue White", "Sue White (SW) holds the case. Flagged to SW.", "SW"),
    ("Clare Doyle", "Clare asked under Clare's Law.", "Clare"),
)


@pytest.mark.parametrize(("name", "text", "gone"), NAMES)
def test_the_name_itself_goes(name: str, text: str, gone: str) -> None:
    """Where it stands as a person does."""
    assert gone not in _told(text, name)


def test_a_law_called_after_somebody_declared_is_said_generally() -> None:
    """No label is left inside the phrase; redacting twice changes nothing."""
    told = _told("An application under Clare's Law was made.", "Clare Doyle")
    assert told == "An application under [disclosure scheme] was made."
    assert _told(told, "Clare Doyle") == told


def test_a_medicine_is_flagged_as_health() -> None:
    """It stays, and a person looks at it."""
    text = "He was prescribed Olanzapine."
    assert [text[f.start : f.end] for f in _redactor().redact([text]).flags] == ["Olanzapine"]
