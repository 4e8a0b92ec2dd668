"""Coarsening: a review's key facts become less exact until enough national cases share them.

docs/decisions/0005-disclosure-control.md says why; site_src/about/disclosure-control.md tells readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from publishing.catalogue.coarse_terms import NOT_GIVEN, five_year_period, years_within
from publishing.catalogue.national_counts import Further, NationalCount
from publishing.catalogue.national_tables import Bounds, NationalTables, tables_of
from publishing.catalogue.singling_out import (
    K,
    bounds_by_knowledge,
    describe_fact,
    facts_narrowing_period,
    further_facts,
    order_of_facts,
)
from publishing.reviews import KeyFacts
from publishing.vocabulary import terms


def coarsen(
    facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()
) -> tuple[KeyFacts, tuple[str, ...]]:
    """Key facts that at least k national cases share, where the counts can tell; and what a signer should know.

    Steps, one after another until k cases share the facts: the year becomes a period, the region a nation, the offence
    its group. What these do not help is held back: the supervision, the provider, an agency. Where the counts cannot
    tell that the facts as they are single somebody out, they stay as they are. A year becomes a period too where another
    year of the same five is short: else whoever has the counts knows that a period stands for the one that is.
    """
    tables = tables_of(tuple(national))
    known = bounds_by_knowledge(facts, tables, content)
    short = _short_of_cases(known, k) | _short_in_another_year(facts, tables, content, k)
    if not short:
        others = _note_of_unsettled_facts(facts, known, k, content)
        if known[()].least >= k:
            return facts, (others,)
        return facts, (
            f"it is not known whether {k} cases nationally share this offence, year and region (national.csv does not "
            "say): weigh whether they single somebody out",
            others,
        )
    held: list[str] = []
    begun = facts
    while True:
        for coarser, done in _coarser_versions(begun):
            now = bounds_by_knowledge(coarser, tables, content)
            is_exact = isinstance(coarser.offence_year, int)
            left = {further for further in short if further in now and (is_exact or now[further].least < k)}
            if not left:
                return coarser, (
                    _note_of_coarsening(k, [*done, *held]),
                    _note_of_unsettled_facts(coarser, now, k, content),
                )
        pairs = (pair for further in sorted(left, key=order_of_facts) for pair in further if pair[0] != "content")
        # a provider that began or ended within the period says which of its years it may be
        pair = next(chain(pairs, facts_narrowing_period(coarser)), None)
        if pair is None:
            return coarser, (
                f"{_note_of_coarsening(k, [*done, *held])}; even so it is not known that {k} cases share them: weigh whether "
                "it may be published",
                _note_of_unsettled_facts(coarser, now, k, content),
            )
        begun, held = _hold_back(begun, pair), [*held, describe_fact(pair)]


def _short_of_cases(known: Mapping[Further, Bounds], k: int) -> set[Further]:
    """What is known to be shared by fewer than k cases."""
    return {further for further, bounds in known.items() if bounds.most is not None and bounds.most < k}


def _short_in_another_year(facts: KeyFacts, tables: NationalTables, content: Sequence[str], k: int) -> set[Further]:
    """What fewer than k cases share in another year of the same five; a year without any is none that a period hides."""
    if not isinstance(facts.offence_year, int):
        return set()
    short: set[Further] = set()
    for year in years_within(five_year_period(facts.offence_year)):
        known = bounds_by_knowledge(facts.model_copy(update={"offence_year": year}), tables, content)
        short |= {further for further in _short_of_cases(known, k) if known[further].most}
    return short


def keep_as_coarse(facts: KeyFacts, before: KeyFacts) -> KeyFacts:
    """Facts no more exact than those signed before, where these tell of the same offence, year and region."""
    changes: dict[str, object] = {}
    for name, words in (("offence", "offences"), ("region", "regions")):
        old, new = getattr(before, name), getattr(facts, name)
        if old != new and terms(words)[new].within == old:
            changes[name] = old
    if isinstance(before.offence_year, str) and before.offence_year == five_year_period(facts.offence_year):
        changes["offence_year"] = before.offence_year
    changes |= {name: NOT_GIVEN for name in ("supervision", "provider") if getattr(before, name) == NOT_GIVEN}
    if NOT_GIVEN in before.agencies:
        changes["agencies"] = (
            *(key for key in facts.agencies if key in before.agencies and key != NOT_GIVEN),
            NOT_GIVEN,
        )
    return facts.model_copy(update=changes)


def _hold_back(facts: KeyFacts, pair: tuple[str, str]) -> KeyFacts:
    """Facts without one that cannot be made less exact otherwise."""
    name, value = pair
    if name != "agency":
        return facts.model_copy(update={name: NOT_GIVEN})
    kept = (agency for agency in facts.agencies if agency not in (value, NOT_GIVEN))
    return facts.model_copy(update={"agencies": (*kept, NOT_GIVEN)})


def _note_of_unsettled_facts(facts: KeyFacts, known: Mapping[Further, Bounds], k: int, content: Sequence[str]) -> str:
    """What to tell the signer of the further facts: those of which no count says that k cases share them."""
    settled = {pair for further, bounds in known.items() if bounds.least >= k for pair in further}
    names = {"supervision": "supervision", "provider": "provider", "agency": "agencies", "content": "content"}
    unsettled = {name for name, value in further_facts(facts, content) if (name, value) not in settled}
    missing = [word for name, word in names.items() if name in unsettled]
    read = "read them as somebody would who looks for this case"
    if not missing:
        return f"counts tell of each of its facts that {k} cases share it, and not of all of them together: {read}"
    listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if missing[1:] else missing[0]
    return f"no national counts tell that {k} cases share its {listed}: {read}"


def _note_of_coarsening(k: int, done: Sequence[str]) -> str:
    return (
        f"fewer than {k} cases nationally share its facts, in its year or in one beside it, so these are given less exactly: "
        f"{', '.join(done) or 'none'}"
    )


def _coarser_versions(facts: KeyFacts) -> Iterator[tuple[KeyFacts, list[str]]]:
    """The facts as they are, then less exact by one step more each time, with the steps done."""
    done: list[str] = []
    yield facts, done
    for name, step in _STEPS:
        stepped = step(facts)
        if stepped != facts:
            facts, done = stepped, [*done, name]
            yield facts, done


def _coarser_year(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"offence_year": five_year_period(facts.offence_year)})


def _coarser_region(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"region": terms("regions")[facts.region].within or facts.region})


def _coarser_offence(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"offence": terms("offences")[facts.offence].within or facts.offence})


_STEPS = (("the year", _coarser_year), ("the region", _coarser_region), ("the offence", _coarser_offence))
