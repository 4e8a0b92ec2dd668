"""People by the way names are written, each shape with its near-misses."""

import pytest

from redaction.document import Document
from redaction.recognizers.people.name_shapes import ShapeRecognizer
from redaction.recognizers.people.recognizer import PeopleRecognizer

CASES = [
    # titles, ranks, roles, labels
    ("{Mr Trewhella} rang.", ""),
    ("told {PC} 4411 {Okafor} of it".replace("{PC}", "PC"), "the collar number is a code of its own"),
    ("{Mrs O'Dwyer} and {Dr van Houten} met.", ""),
    ("The Chief Inspector of Probation wrote.", "an office, nobody's name"),
    ("Name: {Ada Quillfeather}", ""),
    ("Victim: unknown", "no name"),
    ("{TREWHELLA, Martin} was released.", "surname first"),
    ("RISK, Level 2 applies.", "capitals, and no name behind them"),
    ("SHE TOOK THE PHONE, WOULD LIKE LETTERS IN POLISH", "a comma of a note in capitals"),
    ("FAMILY HAVE MOVED, DO NOT USE THE OLD NUMBER", ""),
    ("**LATE, Sun 8 July**", "a shift and its day"),
    ("RANG FROM ABROAD TWICE, LEFT NO NUMBER", ""),
    ("{CASE, Oluwaseun} was bailed.", "a surname that is a word"),
    ("Work mobile of {Bryony SEWELL}, PO", "a post behind a name"),
    ("{WALKER, SARA} is the victim.", "a forename, and a term of the trade"),
    ("{KHAN, Hafiz} was bailed.", ""),
    ("{LEWIS, DJ} was stabbed.", ""),
    ("{JONES, Major} was seen.", "a forename, and a rank"),
    ("{AL-DULAIMY}, CRN of this office", "what somebody has, and no forename"),
    ("{SMITH}, HV at noon", "letters of the trade"),
    ("{LAW, Kwabena} was bailed.", ""),
    ("VLO IS on leave. OM REPLY: none.", "a post and what goes on with it"),
    ("SPO COMMENT: none.", ""),
    ("{PC CASE} rang.", "a surname that is a word"),
    ("{DC ORDER} rang.", ""),
    # initials
    ("Entry by {A. Law}: no reply at the door.", "an ordinary word after an initial is a surname"),
    ("He wrote to {J. Case} that day.", ""),
    ("See plan A. Law is taught there.", "a letter that ends a sentence"),
    ("moved to B. Wing at noon".replace("B. Wing", "B Wing"), "a part of a prison"),
    ("{J.M.} said so.", ""),
    ("Seen in the UK by the NHS.", "abbreviations"),
    ("{K} said that he was late.", ""),
    ("Plan B said so.", "a plan"),
    # a name that its initials follow
    ("Present: {Debs Friend} (DF).", "a short form and a word"),
    ("Present: {Carla Park} (CP, minutes).", "a word that places end with"),
    ("{Miss Hope Law} (HL) rang.", "two words, and both initials"),
    ("Present: Jordan House (JH), Jordan Trust (JT).", "a building, a body"),
    # notes in small letters
    ("t/c from {will moody}, says cant come in.", "two ordinary words where notes name somebody"),
    ("visit to the sister of {rose chance}, very upset", ""),
    ("call from {drew strong} re rent", ""),
    ("t/c from will again, no answer", "one word, which the tagger reads"),
    ("letter from may onwards.", "a month"),
    ("call from mark up to the office", "a word that no name ends with"),
    ("contact with local police, no reply", "no forename"),
    ("{ms salter} very distressed", "behind a title that is nothing else an ordinary word is a surname"),
    ("sentd hastings mags by {dj orchard}", ""),
    ("{mr barker} not in, {mrs fisher} was", ""),
    ("mr and mrs at home", "a title alone"),
    ("told ms that it was late", ""),
    ("mr said no", ""),
    ("dr appointment kept, pc attended", "a post as well as a title"),
    ("he will miss work", "a word as well as a title"),
    # what no dictionary knows, and odd capitals
    ("I saw {Kwabena} at the hostel.", ""),
    ("Contact with {Summer} stopped.", "an ordinary word that never stands without its capital"),
    ("That summer contact with Summer stopped.", "the word stands in small letters too"),
    ("The Licence was read out.", "a term of the trade"),
    ("by their Agent, {Mr J. Brown}. It is said that the Agent wrote.", "who holds an office stands after it"),
    ("known as {Spanner} to his friends", ""),
    ("referred to throughout as {Bee}", ""),
    ("The case was referred to the Court.", "where something was sent"),
    ("the cousins {Imran Khokhar} and {Zia Khokhar} came", ""),
]


@pytest.mark.parametrize(("marked", "why"), CASES)
def test_finds_exactly_what_is_marked(marked: str, why: str) -> None:
    """Both recognizers of names by their shape, together."""
    text = marked.replace("{", "").replace("}", "")
    expected = {p for part in marked.split("{")[1:] for p in _positions(marked, part)}
    found = {
        p
        for recognizer in (PeopleRecognizer(), ShapeRecognizer())
        for f in recognizer.find(Document(text))
        for p in range(f.start, f.end)
    }
    assert {p for p in found if text[p].isalnum()} == {p for p in expected if text[p].isalnum()}, why


def _positions(marked: str, part: str) -> range:
    """Where the words of a mark stand in the text without marks."""
    at = marked.index("{" + part)
    start = at - marked[:at].count("{") - marked[:at].count("}")
    return range(start, start + len(part.split("}")[0]))
