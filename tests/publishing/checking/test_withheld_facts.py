"""Which words of a text tell what its key facts hold back."""

from __future__ import annotations

import pytest

from publishing.checking.withheld_facts import point_out_withheld, tells_withheld
from publishing.owners import known_owners, owner_agencies
from publishing.reviews import KeyFacts
from publishing.vocabulary import exact_terms
from redaction import Detection, Entity, Redaction
from tests.publishing.catalogue.test_disclosure import facts

EXACT = facts(
    offence="rape",
    supervision="life-licence",
    provider="community-rehabilitation-company",
    agencies=("police", "approved-premises"),
)
PUBLIC = EXACT.model_copy(
    update={
        "offence_year": "2015-2019", "offence": "sexual-offence", "region": "england", "supervision": "not-given",
        "provider": "not-given", "agencies": ("not-given",),
    }
)  # fmt: skip
YEAR, OFFENCE, REGION, SUPERVISION = "year of the offence", "offence", "region", "supervision"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The murder was in 2018.", YEAR), ("In 2017-18 and since", YEAR), ("in 2018/19", YEAR), ("the summer of ’18", YEAR),
        ("figures for 17/18", YEAR), ("In *2018*", YEAR), ("In 2017 and 2019.", ""), ("order 120185", ""), ("18 months", ""),
        ("on 17/18/2", ""), ("2018", YEAR), ("it was in 17-18.", YEAR), ("since FY18", YEAR), ("rooms 17-18", ""),
        ("He raped a woman", OFFENCE), ("She was raped by him", OFFENCE), ("the rapist", OFFENCE), ("therapeutic work", ""),
        ("a drape", ""), ("scraping by", ""),
        ("released on life licence", SUPERVISION), ("a Life-Licence", SUPERVISION), ("sentenced\nto life", SUPERVISION),
        ("two lifers", SUPERVISION), ("life *licence*", SUPERVISION), ("a licence for life skills", ""), ("his whole life", ""),
        ("the CRC", "provider"), ("two CRCs", "provider"), ("the crc", ""), ("community rehabilitation companies", "provider"),
        ("Police were told", "part of an agency"), ("[Police force 2]", "part of an agency"), ("the AP", "part of an agency"),
        ("ap", ""), ("policy", ""), ("in South London", REGION), ("Londonderry", ""),
    ],
)  # fmt: skip
def test_what_tells_a_withheld_fact(text: str, told: str) -> None:
    """The year and its short forms; titles and synonyms in any case, and words like them that are others."""
    assert tells_withheld(text, EXACT, PUBLIC) == ((told,) if told else ())
    assert tells_withheld(text, EXACT, EXACT) == ()


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        (field, words, key)
        for field, words in (("offence", "offences"), ("supervision", "supervision"), ("region", "regions"), ("provider", "providers"))
        for key in exact_terms(words)
    ],
)  # fmt: skip
def test_every_term_is_found_by_its_title_and_synonyms(field: str, words: str, value: str) -> None:
    """Whatever the vocabulary has; a star stands for the rest of a word."""
    exact: KeyFacts = facts(**{field: value})
    public = exact.model_copy(update={field: "something-coarser"})
    term = exact_terms(words)[value]
    for phrase in (term.title, *term.synonyms):
        for said in (phrase, phrase if phrase.isupper() else phrase.upper(), phrase.replace(" ", "-")):
            assert tells_withheld(f"It was, {said.replace('*', 'ing')}.", exact, public), said


@pytest.mark.parametrize("agency", exact_terms("agencies"))
def test_whatever_lists_a_lesson_with_an_agency_tells_that_agency(agency: str) -> None:
    """An owner by whose words a lesson stands on the agency's page."""
    exact: KeyFacts = facts(agencies=(agency,))
    public = exact.model_copy(update={"agencies": ("not-given",)})
    for words in known_owners().agencies.get(agency, ()):
        owner = f"Head of {words} in [Town 1]"
        assert agency in owner_agencies(owner)
        assert tells_withheld(owner, exact, public), owner


def test_the_place_is_that_of_the_words_that_were_replaced() -> None:
    """A year that a date became leads to the date; words behind it are where they were."""
    original = "On 3 June 2018, in Leeds, in 2018."
    detections = (
        Detection(0, 0, 14, Entity.DATE, 1.0, "dates", "In 2018"), Detection(0, 19, 24, Entity.PLACE, 1.0, "places", "[Town 1]"),
    )  # fmt: skip
    public = facts(offence_year="2015-2019")
    redaction = point_out_withheld(Redaction(("In 2018, in [Town 1], in 2018.",), detections), facts(), public)
    assert [original[flag.start : flag.end] for flag in redaction.flags] == ["On 3 June 2018", "2018"]
    assert {str(flag.entity) for flag in redaction.flags} == {"DATE"}
    assert {flag.source for flag in redaction.flags} == {"withheld:year of the offence"}
