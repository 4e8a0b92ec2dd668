"""Languages and peoples where they stand as such, and as somebody's name: through the public face."""

from functools import cache

import pytest

from redaction import Redactor, Register

AS_SUCH = [
    # told to the checker, and left as they are
    ("The interpreter of {Lingala} was booked late.", "Lingala"),
    ("She spoke {Tigrinya} at home.", "Tigrinya"),
    ("A {Polish-speaking} practitioner was found.", "Polish-speaking"),
    ("The letters in {Urdu} were not translated.", "Urdu"),
    ("A {Kurdish} {Sorani} interpreter was asked for.", "Kurdish Sorani"),
    ("The {Kurdish} ({Sorani}) interpreter came.", "Kurdish Sorani"),
    ("He speaks {Kinyarwanda} and some {Swahili}.", "Kinyarwanda Swahili"),
    ("The letter was translated into {Dari} and {Pashto}.", "Dari Pashto"),
    ("His first language is {Shona}.", "Shona"),
    ("{Shona} is his first language.", "Shona"),
    ("The language needed was {Bambara}.", "Bambara"),
    ("Interpreter: {Tigrinya}", "Tigrinya"),
    ("| Language | {Lingala} |", "Lingala"),
    ("The session was held in {Twi} through a telephone interpreter.", "Twi"),
    ("She explained it to him in {Wolof}.", "Wolof"),
    ("No {Oromo} telephone interpreter could be found.", "Oromo"),
    ("A {Wolof speaker} helped.", "Wolof speaker"),
    ("The {Roma} family moved in.", "Roma"),
    ("He understands only {Ewe}.", "Ewe"),
    ("{Tamil} was spoken at home.", "Tamil"),
    ("She spoke {Shona} as a child.", "Shona"),
]

AS_A_NAME = [
    "{Shona} missed her appointment.",
    "On arrival {Shona} told her brother.",
    "He was looked after by {Shona}'s mother.",
    "She spoke to {Shona} about it.",
    "She confided in {Shona} that winter.",
    "He said he believed in {Shona}.",
    "She bumped into {Shona} in the shop.",
    "Ms {Shona} rang.",
    "{Shona Ndlovu} rang the office.",
    "He gave {Shona} lessons in reading.",
    "She spoke Urdu and {Shona} listened.",
    "He speaks {Shona}'s name with care.",
    "Mr {Tamil} rang his officer.",
    "{Tamil} rang his officer.",
    "He left {Shona} speaking to her mother.",
    "{Shona} was spoken to at once.",
    "Before he learns {Shona} is gone, somebody must tell him.",
    "He spoke Urdu, {Shona} and Jack came in.",
    "When he spoke {Shona} cried.",
    "The note in {Shona}'s file is not signed.",
]


def words(marked: str) -> tuple[str, list[str]]:
    """The text without marks, and what is marked in it."""
    return marked.replace("{", "").replace("}", ""), [part.split("}")[0] for part in marked.split("{")[1:]]


@pytest.mark.parametrize(("marked", "shown"), AS_SUCH)
def test_a_language_in_its_place_is_nobody(redactor: Redactor, marked: str, shown: str) -> None:
    """It stays, and the checker is told of it."""
    text, _ = words(marked)
    redaction = redactor.redact([text])
    assert redaction.texts[0] == text
    flagged = [text[f.start : f.end] for f in redaction.flags if f.source == "demographics:people"]
    assert " ".join(flagged) == shown


@pytest.mark.parametrize("marked", AS_A_NAME)
def test_the_same_words_are_masked_where_they_are_somebody(redactor: Redactor, marked: str) -> None:
    """A subject, an owner, behind a title, before a surname, or simply where no language stands."""
    text, names = words(marked)
    redacted = redactor.redact([text]).texts[0]
    assert not any(word in redacted for name in names for word in name.split())


@cache
def rules() -> Redactor:
    """The engine without the tagger."""
    return Redactor(without=frozenset({"tagger"}))


DOING = ["Shona missed her appointment.", "Tamil rang his officer.", "It was Shona's mother.", "Shona Ndlovu rang."]
NOT_DOING = [
    "A Somali came to the office.",
    "The Tamil said so.",
    "Urdu was asked for.",
    "Polish trained staff came.",
    "The Roma left.",
]


@pytest.mark.parametrize("text", DOING)
def test_rules_alone_know_whoever_does_something(text: str) -> None:
    """Without the tagger, too."""
    assert "[Person 1]" in rules().redact([text]).texts[0]


@pytest.mark.parametrize("text", NOT_DOING)
def test_rules_alone_leave_a_people(text: str) -> None:
    """An article, or what nobody does, shows that no one person is meant."""
    assert rules().redact([text]).texts[0] == text


def test_the_register_wins_over_every_place(redactor: Redactor) -> None:
    """A declared name is masked everywhere, though a language be meant."""
    register = Register.parse("format: 1\npeople: [{role: victim, names: [Shona Ndlovu]}]")
    text = "Shona spoke Shona with a Shona interpreter, and the letters in Shona were hers."
    assert "Shona" not in redactor.redact([text], register).texts[0]
