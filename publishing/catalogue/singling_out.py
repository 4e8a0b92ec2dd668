"""Singling out: how many national cases are left to somebody who knows some facts of a review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publishing.catalogue.coarse_terms import NOT_GIVEN, exact_terms_within, years_within
from publishing.catalogue.national_counts import FURTHER, Further, NationalCount
from publishing.catalogue.national_tables import Bounds, NationalTables, tables_of
from publishing.reviews import KeyFacts
from publishing.vocabulary import counted, exact_terms, title

K = 5
"""As many cases at least must share a review's key facts, where the national count is known."""


@dataclass(frozen=True)
class AnonymitySet:
    """What somebody may know of a case, and how many cases nationally they are left with.

    `level` is "safe" (k or more surely), "short" (fewer than k) or "unknown"; `words` says it in a sentence.
    """

    knows: str
    bounds: Bounds
    level: str
    words: str


def anonymity_sets(
    facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()
) -> tuple[AnonymitySet, ...]:
    """How many cases are left to somebody who knows the facts, from the offence and year alone to all that is counted.

    Args:
        facts: as they are to be published.
        national: every national count there is.
        k: as many cases at least should be left.
        content: the content notes; with the themes they are what is notable in a review.
    """
    tables = tables_of(tuple(national))
    everywhere = tables.bounds_for(facts.offence, years_possible(facts), tuple(exact_terms("regions")), ())
    found = [_describe_set("the offence and the year", everywhere, k)]
    known = bounds_by_knowledge(facts, tables, content)
    for further in sorted(known, key=lambda f: (len(f), order_of_facts(f))):
        knows = ["the offence", "the year", "the region", *(describe_fact(pair) for pair in further)]
        found.append(_describe_set(f"{', '.join(knows[:-1])} and {knows[-1]}", known[further], k))
    return tuple(found)


def is_singled_out(facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()) -> bool:
    """Whether it is known that fewer than k cases share some of the facts as they are to be published."""
    return any(known.level == "short" for known in anonymity_sets(facts, national, k, content))


def further_facts(facts: KeyFacts, content: Sequence[str]) -> Further:
    """What a page tells beyond offence, year and region, as national.csv names it; what is held back is not told."""
    pairs = [("supervision", facts.supervision), ("provider", facts.provider or NOT_GIVEN)]
    pairs += [("agency", agency) for agency in facts.agencies]
    pairs += [("content", word.casefold()) for word in (*content, *facts.themes)]
    return tuple(pair for pair in dict.fromkeys(pairs) if pair[1] != NOT_GIVEN)


def years_possible(facts: KeyFacts) -> Sequence[int]:
    """The years of a period in which what is published beside it was in use; all of them where the two contradict."""
    years = years_within(facts.offence_year)
    dated = [exact_terms(words).get(key) for words, key in _dated_facts(facts).values()]
    left = [
        year
        for year in years
        if all(term is None or (term.from_ or 0) <= year <= (term.until or 9999) for term in dated)
    ]
    return left or years


def facts_narrowing_period(facts: KeyFacts) -> Iterator[tuple[str, str]]:
    """The provider and the supervision, where they were not in use in every year of the period."""
    for name, (_, key) in _dated_facts(facts).items():
        without = facts.model_copy(update={name: NOT_GIVEN})
        if key != NOT_GIVEN and len(years_possible(without)) > len(years_possible(facts)):
            yield name, key


def _dated_facts(facts: KeyFacts) -> dict[str, tuple[str, str]]:
    """Facts that may have begun or ended: the vocabulary's list, and the term."""
    return {"provider": ("providers", facts.provider or NOT_GIVEN), "supervision": ("supervision", facts.supervision)}


def describe_fact(pair: tuple[str, str]) -> str:
    """A further fact in words: the supervision (Licence)."""
    name, value = pair
    words = FURTHER[name]
    return f"the {name} ({title(words, value) if words else value})"


def order_of_facts(further: Further) -> tuple[tuple[int, str], ...]:
    """A sort key: further facts in the order of national.csv's columns."""
    return tuple((list(FURTHER).index(name), value) for name, value in further)


def _describe_set(knows: str, bounds: Bounds, k: int) -> AnonymitySet:
    least, most = bounds.least, bounds.most
    if most is None:
        left = f"at least {_cases(least)}" if least else "an unknown number of cases"
    else:
        left = _cases(least) if least == most else f"between {least:,} and {_cases(most)}"
    level, so = "unknown", f": no count says whether they are {k} or more."
    if least >= k:
        level, so = "safe", "."
    elif most is not None and most < k:
        level, so = "short", f": fewer than {k}."
    return AnonymitySet(knows, bounds, level, f"Somebody who knows {knows} is left with {left} nationally{so}")


def _cases(number: int) -> str:
    return counted(number, "case", thousands=",")


def bounds_by_knowledge(facts: KeyFacts, tables: NationalTables, content: Sequence[str]) -> dict[Further, Bounds]:
    """How many cases share the offence, year and region alone, and with each combination of further facts that is counted.

    Fewer cases share more facts: what is known of a combination bounds those with fewer facts, and with more.
    """
    where = (facts.offence, years_possible(facts), exact_terms_within("regions", facts.region))
    told = {f: tables.bounds_for(*where, f) for f in tables.narrowed_by(further_facts(facts, content))}
    return {
        further: Bounds(
            max(bounds.least for other, bounds in told.items() if set(other) >= set(further)),
            min(
                (b.most for other, b in told.items() if set(other) <= set(further) and b.most is not None),
                default=None,
            ),
        )
        for further in told
    }
