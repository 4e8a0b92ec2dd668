"""Attacks by somebody who has national.csv and subtracts: a case has one offence, region, supervision and provider alone."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.catalogue.coarsening import coarsen
from publishing.catalogue.national_counts import ALL, NationalCount
from publishing.catalogue.national_tables import Bounds
from publishing.catalogue.singling_out import anonymity_sets, is_singled_out
from publishing.reviews import KeyFacts
from publishing.vocabulary import exact_terms
from tests.publishing.catalogue.test_disclosure import LICENCE, NPS, facts, told

from .solving import Equation, System

OTHER = "other"
"""Whatever the counts do not name."""
VALUES = {
    "offence": ("murder", OTHER),
    "region": ("london", OTHER),
    "supervision": ("licence", "rotl", OTHER),
    "provider": ("national-probation-service", "probation-trust", OTHER),
}
"""Few of each, as a case is told; a nation has others too."""
Kind = tuple[str, str, str, str]
K = 5


def nation(seed: int) -> tuple[Counter[Kind], list[NationalCount]]:
    """Every case of a year by what is true of it, most of them of few kinds, and some of the counts that officials have."""
    chance = random.Random(seed)
    kinds = list(itertools.product(*VALUES.values()))
    common = chance.sample(kinds, 4)
    cases: Counter[Kind] = Counter()
    for _ in range(chance.choice((20, 60, 200))):
        cases[chance.choice(common if chance.random() < 0.9 else kinds)] += 1
    counts = []
    for cell in itertools.product(*((ALL, *values[:-1]) for values in VALUES.values())):
        if chance.random() < 0.5:
            offence, region, *more = cell
            further = tuple(
                (name, value) for name, value in zip(("supervision", "provider"), more, strict=True) if value != ALL
            )
            counts.append(
                told(
                    offence,
                    2018,
                    sum(n for kind, n in cases.items() if fits(kind, cell)),
                    None if region == ALL else region,
                    *further,
                )
            )
    return cases, counts


def fits(kind: Kind, cell: Kind) -> bool:
    """Whether cases of a kind are counted in a cell."""
    return all(wanted in (ALL, is_) for wanted, is_ in zip(cell, kind, strict=True))


def cell_of(count: NationalCount) -> Kind:
    """What a count counts."""
    further = dict(count.further)
    return count.offence, count.region or ALL, further.get("supervision", ALL), further.get("provider", ALL)


def most_left(counts: list[NationalCount], cell: Kind) -> int | None:
    """The most cases that can be in a cell, by every way in which the counts can be put together."""
    kinds = list(itertools.product(*VALUES.values()))
    equations: list[Equation] = [
        ({kind: 1 for kind in kinds if fits(kind, cell_of(count))}, count.count) for count in counts
    ]
    equations.append(({**{kind: 1 for kind in kinds if fits(kind, cell)}, "wanted": -1}, 0))
    return System(equations).most_whole("wanted")


def review_of(kind: Kind) -> KeyFacts:
    """Facts of a review of a case; what no count names is something that no count names."""
    offence, region, supervision, provider = kind
    return facts(
        offence="kidnap" if offence == OTHER else offence,
        region="wales" if region == OTHER else region,
        supervision="community-order" if supervision == OTHER else supervision,
        provider="community-rehabilitation-company" if provider == OTHER else provider,
    )


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.slow
def test_whoever_puts_all_counts_together_finds_nobody_who_may_be_published(seed: int) -> None:
    """Where fewer than five can be left of what a review tells, it is known before it is signed."""
    cases, counts = nation(seed)
    for kind in sorted(cases, key=lambda kind: (cases[kind], kind))[:6]:
        most = most_left(counts, kind)
        if most is not None and most < K:
            assert is_singled_out(review_of(kind), counts, K), (kind, most)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_said_of_a_nation_is_true_of_it(seed: int) -> None:
    """No set of cases is said to be larger or smaller than it is, whatever counts there are."""
    cases, counts = nation(seed)
    for kind in cases:
        of, region, *_ = kind
        if OTHER in (of, region):
            continue
        found = anonymity_sets(review_of(kind), counts, K)
        # all that share the last set's facts share those of each other
        alike = sum(n for other, n in cases.items() if fits(other, kind))
        for known in found:
            told_of = tuple(
                value if words in known.knows else ALL
                for value, words in zip(kind, ("offence", "region", "supervision", "provider"), strict=True)
            )
            true = sum(n for other, n in cases.items() if fits(other, told_of))
            assert known.bounds.most is None or alike <= known.bounds.most
            if OTHER not in told_of:
                assert known.bounds.least <= true
                assert known.bounds.most is None or true <= known.bounds.most


def test_two_of_twenty_are_left_of_what_nobody_counted() -> None:
    """Twenty cases, eighteen of them on licence: whoever was not is one of two. So for a provider."""
    counts = [told("murder", 2018, 20, "london"), told("murder", 2018, 18, "london", LICENCE)]
    given_ = facts(supervision="community-order")
    found = anonymity_sets(given_, counts)[-1]
    assert found.bounds == Bounds(0, 2)
    assert "the supervision (Community order)" in found.knows
    assert is_singled_out(given_, counts)
    assert coarsen(given_, counts)[0] == given_.model_copy(update={"supervision": "not-given"})
    assert coarsen(facts(), counts)[0] == facts()
    counts = [told("murder", 2018, 20), told("murder", 2018, 17, None, NPS)]
    assert coarsen(facts(provider="probation-trust"), counts)[0].provider == "not-given"


def test_what_several_columns_leave_is_held_back_too() -> None:
    """Of 20 in London 15 are of the national service, and 4 of the 5 others on licence, all of them of a trust."""
    trust = ("provider", "probation-trust")
    counts = [
        told("murder", 2018, 20, "london"),
        told("murder", 2018, 15, "london", NPS),
        told("murder", 2018, 4, "london", LICENCE, trust),
    ]
    known, _ = coarsen(facts(provider="community-rehabilitation-company"), counts)
    assert known.provider == "not-given"
    assert coarsen(facts(provider="national-probation-service"), counts)[0].provider == "national-probation-service"


def test_another_offence_of_the_region_complements_too() -> None:
    """Twenty cases of all offences in London, nineteen of them rapes: one is left for murder, though nobody counted it."""
    counts = [told(ALL, 2018, 20, "london"), told("rape", 2018, 19, "london")]
    assert anonymity_sets(facts(), counts)[1].bounds == Bounds(0, 1)
    assert coarsen(facts(), counts)[0].offence_year == "2015-2019"


def test_counts_that_contradict_each_other_end_and_prove_nothing() -> None:
    """Two sources: more of a provider and a supervision together than a whole leaves room for."""
    counts = [
        told("murder", 2018, 20, "london"),
        *(told("murder", 2018, 15, "london", LICENCE, ("provider", key)) for key in exact_terms("providers")),
        told("murder", 2018, 9, "london", NPS),
    ]
    found = anonymity_sets(facts(provider="probation-trust"), counts)
    assert all(known.bounds.most is None or known.bounds.most <= 20 for known in found[1:])
