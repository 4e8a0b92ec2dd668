"""What a period gives away by what stands beside it, and by the rule that made it."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.catalogue.coarsening import coarsen
from publishing.catalogue.national_counts import NationalCount
from publishing.reviews import KeyFacts
from tests.publishing.catalogue.test_disclosure import facts, told

YEARS = range(2015, 2020)


@pytest.mark.parametrize("year", YEARS)
def test_a_period_is_told_for_every_year_of_it_or_for_none(year: int) -> None:
    """2018 alone is short: a case of 2016 gets the period as well, so that the period does not say 2018."""
    counts = [told("murder", y, 2 if y == 2018 else 50, "london") for y in YEARS]
    known, warnings = coarsen(facts(offence_year=year), counts)
    assert known == facts(offence_year="2015-2019")
    assert "in its year or in one beside it" in warnings[0]
    assert coarsen(facts(offence_year=2020), counts)[0].offence_year == 2020
    assert coarsen(facts(offence_year=year, region="wales"), counts)[0].offence_year == year


def test_a_year_without_a_case_hides_nothing() -> None:
    """A period cannot stand for a year in which there was no such case."""
    counts = [told("murder", y, 0 if y == 2016 else 50, "london") for y in YEARS]
    assert coarsen(facts(), counts)[0] == facts()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
@pytest.mark.slow
def test_whoever_has_every_count_and_the_rule_cannot_tell_the_year(seed: int) -> None:
    """The attacker tries every case of the nation by the very rule: a period may be any year in which there is such a case."""
    chance = random.Random(seed)
    kinds = ("licence", "rotl")
    cases = [(chance.choice(YEARS), chance.choice(kinds)) for _ in range(chance.choice((8, 30, 90)))]
    counts = Counter(cases)
    national = [told("murder", y, sum(counts[y, kind] for kind in kinds), "london") for y in YEARS]
    national += [told("murder", y, counts[y, kind], "london", ("supervision", kind)) for y in YEARS for kind in kinds]
    public = {case: coarsen(facts(offence_year=case[0], supervision=case[1]), national)[0] for case in counts}
    for (year, kind), page in public.items():
        if page.offence_year != year:
            alike = {y for (y, k), other in public.items() if k == kind and other == page}
            assert alike == {y for y, k in counts if k == kind}


@pytest.mark.parametrize(
    ("year", "beside", "held"),
    [
        (2014, {"provider": "national-probation-service"}, True),
        (2014, {"provider": "probation-trust"}, False),
        (2021, {"provider": "national-probation-service"}, True),
        (2018, {"provider": "national-probation-service"}, False),
        (2014, {"supervision": "licence"}, False),
    ],
)
def test_a_provider_that_began_or_ended_in_the_period_does_not_tell_the_year(
    year: int, beside: dict[str, str], held: bool
) -> None:
    """“2010-2014” beside a service that began in 2014 is 2014: the service is held back, and the region stays."""
    first = year - year % 5
    counts = [told("murder", y, 2, "london") for y in range(first, first + 5)]
    known, warnings = coarsen(facts(offence_year=year, **beside), counts)
    assert (known.offence_year, known.region) == (f"{first}-{first + 4}", "london")
    assert (known.provider == "not-given") is held
    assert ("the provider" in warnings[0]) is held
    assert coarsen(known, counts)[0] == known


def test_a_supervision_that_began_in_the_period_does_not_tell_the_year() -> None:
    """Post-sentence supervision began in 2015: beside 2015-2019 it tells nothing, and orders of 2005 beside 2005-2009 neither."""
    counts: list[NationalCount] = [told("murder", y, 2, "london") for y in YEARS]
    given_: KeyFacts = facts(supervision="post-sentence-supervision")
    assert coarsen(given_, counts)[0] == given_.model_copy(update={"offence_year": "2015-2019"})
