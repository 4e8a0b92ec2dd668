"""Addresses by shape; towns and areas by gazetteer and by where they stand."""

import pytest

from redaction.document import Document
from redaction.entities import Entity
from redaction.recognizers.places.addresses import AddressRecognizer
from redaction.recognizers.places.recognizer import PlaceRecognizer

NAMES = [
    (
        "He lived at Flat 3, 14 Tennyson Road, Swinton, M27 4XX with her.",
        {"Flat 3, 14 Tennyson Road, Swinton, M27 4XX": "ADDRESS"},
    ),
    ("Address: 14 Tennyson Road,\nSwinton,\nM27 4XX\n\nHe left.", {"14 Tennyson Road,\nSwinton,\nM27 4XX": "ADDRESS"}),
    ("at Flat 12, Marlpit Court, Thamesmead SE28 8YQ.", {"Flat 12, Marlpit Court, Thamesmead SE28 8YQ": "ADDRESS"}),
    ("He went to 44 Calder Brow, Blackburn BB2 9QW at noon.", {"44 Calder Brow, Blackburn BB2 9QW": "ADDRESS"}),
    ("a flat in Larkhill Terrace, Oldham", {"Larkhill Terrace, Oldham": "ADDRESS"}),
    (
        "at 41 Alma Mount, Ashton-under-Lyne OL6 8ZQ. Neighbours on Alma Mount heard.",
        {"41 Alma Mount, Ashton-under-Lyne OL6 8ZQ": "ADDRESS", "Alma Mount": "ADDRESS"},
    ),
    ("33 Maes-y-Deri, Llanelli SA15 9XD", {"33 Maes-y-Deri, Llanelli SA15 9XD": "ADDRESS"}),
    ("a house in Rhes y Ffynnon", {"Rhes y Ffynnon": "ADDRESS"}),
    ("seen on Heol y Felin", {"Heol y Felin": "ADDRESS"}),
    ("the shop on Kersal Lane", {"Kersal Lane": "ADDRESS"}),
    ("12a Station Road", {"12a Station Road": "ADDRESS"}),
    ("12-14 Bury New Road", {"12-14 Bury New Road": "ADDRESS"}),
    ("at 12 The Paddocks.", {"12 The Paddocks": "ADDRESS"}),
    ("the Kersal estate", {"Kersal estate": "ADDRESS"}),
    ("seen in Heaton Park", {"Heaton Park": "ADDRESS"}),
    ("near Bolton bus station", {"Bolton bus station": "ADDRESS"}),
    ("beside the River Irwell", {"River Irwell": "ADDRESS"}),
    ("a postcode of M27 4XX", {"M27 4XX": "ADDRESS"}),
    ("in the M27 area", {"M27": "ADDRESS"}),
    ("on the A6 north of Loughborough", {"A6": "ADDRESS", "Loughborough": "Town"}),
    ("off the M62", {"M62": "ADDRESS"}),
    ("He lived at Flat 2.", {"Flat 2": "ADDRESS"}),
    ("Flat 3, Chy Kensa, Redruth", {"Flat 3, Chy Kensa, Redruth": "ADDRESS"}),
    ("He moved to Swinton.", {"Swinton": "Town"}),
    ("from Denton, Sale and Bury", {"Denton": "Town", "Sale": "Town", "Bury": "Town"}),
    ("a tyre fitter in Bury.", {"Bury": "Town"}),
    ("He grew up in Reading.", {"Reading": "Town"}),
    ("a cottage near Hope", {"Hope": "Town"}),
    ("born in Kumasi", {"Kumasi": "Town"}),
    ("worked in Rzeszów for a year", {"Rzeszów": "Town"}),
    ("an aunt in Llanfihangel", {"Llanfihangel": "Town"}),
    ("She lived in Werneth.", {"Werneth": "Town"}),
    ("a friend in Trenwillow Cross", {"Trenwillow Cross": "Town"}),
    ("He came to Cardiff's centre", {"Cardiff": "Town"}),
    ("across Greater Manchester", {"Greater Manchester": "Area"}),
    ("in Rhondda Cynon Taf", {"Rhondda Cynon Taf": "Area"}),
    ("the North West", {"North West": "Area"}),
    ("He was covering Wisbech and March alone.", {"Wisbech": "Town", "March": "Town"}),
    ("He lived in March, Cambridgeshire", {"March": "Town", "Cambridgeshire": "Area"}),
    ("Newcastle upon Tyne", {"Newcastle upon Tyne": "Town"}),
    ("in Caerdydd", {"Caerdydd": "Town"}),
    ("in London", {"London": "Area"}),
    ("in Newham", {"Newham": "Area"}),
]
"""(text, {the name as it stands: "ADDRESS", "Town" or "Area"}): nothing else may be found."""

NEAR_MISSES = [
    "In March 2019 he moved.",
    "from March to June",
    "Reading the file took an hour.",
    "He had hope.",
    "The sale of knives.",
    "the street outside",
    "He was in custody in England and Wales.",
    "born in Poland",
    "She is Polish.",
    "came from Sri Lanka",
    "fluent in Kurdish",
    "in OASys",
    "in MAPPA",
    "On Monday he rang.",
    "the Crown Court",
    "the Youth Court",
    "Section 20 of the Act",
    "at 14 January",
    "3 May",
    "within 28 days",
    "level 2",
    "Mr Bolton wrote.",
    "He was recalled.",
    "in Easter week",
    "10 RAR days",
    "a way out",
    "Community Order",
    "Suspended Sentence Order",
    "at 9 GPs",
    "the bank on the corner",
    "on Facebook",
    "Risk Management Plan",
    "Domestic Abuse Act 2021",
    "at 12 RAR appointments",
    "He drove a Vauxhall.",
    "high risk of serious harm",
    "his green park bench",
    "in Christmas week",
    "an A4 sheet",
    "the M form",
    "A&E",
    "Room for Improvement",
]
"""Texts in which nothing is a place."""


def found(text: str) -> dict[str, str]:
    """What the recognizers find in a text; of what overlaps, the longest."""
    findings = [f for r in (AddressRecognizer(), PlaceRecognizer()) for f in r.find(Document(text))]
    longest = [
        f
        for f in findings
        if not any((g.start, -g.end) != (f.start, -f.end) and g.start <= f.start and f.end <= g.end for g in findings)
    ]
    return {
        text[f.start : f.end]: str(f.entity) if f.entity is Entity.ADDRESS else f.subtype
        for f in sorted(longest, key=lambda f: f.score)
    }


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_places_are_found_whole(text: str, expected: dict[str, str]) -> None:
    """Each address in one span, each town and area with its kind."""
    assert found(text) == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_is_no_place_is_left(text: str) -> None:
    """Everyday words, peoples, countries, titles and terms of the trade are no findings."""
    assert found(text) == {}


def test_a_surname_that_is_a_street_stays_a_person() -> None:
    """A forename before "Lane" scores lower than a person does."""
    text = "Then Kelly Lane rang the office."
    assert all(f.score < 0.7 for f in AddressRecognizer().find(Document(text)))


def test_a_town_beside_another_capital_scores_lower() -> None:
    """Such as "Mark Burnley" is a person when anything says so."""
    text = "Then Mark Burnley rang."
    assert all(f.score < 0.5 for f in PlaceRecognizer().find(Document(text)))


def test_a_long_line_is_read_in_linear_time() -> None:
    """Numbers and capitals without end are no trap."""
    text = "14 Tennyson, " * 20_000
    assert len(list(AddressRecognizer().find(Document(text)))) < 2
