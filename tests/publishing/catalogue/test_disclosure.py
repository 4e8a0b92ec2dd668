"""Attacks on what is published: no hidden count is solved for, no key facts single somebody out where counts can tell."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.catalogue import singling_out, small_counts, statistics
from publishing.catalogue.coarsening import coarsen, keep_as_coarse
from publishing.catalogue.lessons import ReviewLesson
from publishing.catalogue.national_counts import NationalCount
from publishing.catalogue.national_tables import Bounds
from publishing.catalogue.repeated_lessons import RepeatedLesson
from publishing.catalogue.singling_out import anonymity_sets
from publishing.catalogue.small_counts import suppress, suppress_row
from publishing.reviews import KeyFacts, Lesson, RedactedReview
from publishing.vocabulary import terms

HIDDEN = None

EXAMPLES = 80
"""Random corpora: with `< k` made `< k - 1` in coarsening one of thirteen shows it, so that 80 miss it once in 500 runs; each takes a tenth of a second."""

Table = list[list[int | None]]


# --- the attacker: shares no code with the module


def with_totals(counts: list[list[int]]) -> list[list[int]]:
    """The table as protect shows it, with nothing hidden."""
    rows = [[*row, sum(row)] for row in counts]
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def equations(rows: int, columns: int) -> list[list[tuple[tuple[int, int], int]]]:
    """Every sum that a reader can make: cells with their signs, each adding up to nothing."""
    last = columns - 1
    found = [[*(((i, j), 1) for j in range(last)), ((i, last), -1)] for i in range(rows)]
    if rows > 1:
        found += [[*(((i, j), 1) for i in range(rows - 1)), ((rows - 1, j), -1)] for j in range(columns)]
    return found


def bounds(shown: Table) -> dict[tuple[int, int], tuple[int, int | None]]:
    """What interval arithmetic over all sums says of each hidden count, until it says no more."""
    known: dict[tuple[int, int], tuple[int, int | None]] = {
        (i, j): (0, None) if value is None else (value, value)
        for i, row in enumerate(shown)
        for j, value in enumerate(row)
    }
    sums = equations(len(shown), len(shown[0]))
    changed = True
    while changed:
        changed = False
        for terms_ in sums:
            for cell, sign in terms_:
                others = [(known[c], s * -sign) for c, s in terms_ if c != cell]
                low = sum((b[0] if s > 0 else -b[1]) if (s > 0 or b[1] is not None) else -(10**9) for b, s in others)
                high: int | None = 0
                for (least, most), s in others:
                    part = most if s > 0 else -least
                    high = None if part is None or high is None else high + part
                old = known[cell]
                new = (max(old[0], low), high if old[1] is None else old[1] if high is None else min(old[1], high))
                if new != old:
                    known[cell] = new
                    changed = True
    return {cell: known[cell] for cell in known if shown[cell[0]][cell[1]] is HIDDEN}


def another_solution(shown: Table, truth: list[list[int]], cell: tuple[int, int], value: int) -> list[list[int]] | None:
    """A table of whole numbers that agrees with everything shown and has this value in a cell: found by search.

    Moves along closed ways of alternating rows and columns of hidden cells, the only changes that keep every sum.
    """
    rows, columns = len(truth), len(truth[0])
    sums = equations(rows, columns)
    table = [list(row) for row in truth]
    step = 1 if value > table[cell[0]][cell[1]] else -1
    while table[cell[0]][cell[1]] != value:
        changes = _mend(shown, table, sums, {cell: step})
        if changes is None:
            return None
        for (i, j), change in changes.items():
            table[i][j] += change
    return table


def _mend(
    shown: Table,
    table: list[list[int]],
    sums: list[list[tuple[tuple[int, int], int]]],
    changes: dict[tuple[int, int], int],
) -> dict[tuple[int, int], int] | None:
    """Complete a change of one so that every sum holds again, by depth-first search over hidden cells."""
    broken = next((s for s in sums if sum(sign * changes.get(c, 0) for c, sign in s)), None)
    if broken is None:
        return changes
    off = sum(sign * changes.get(c, 0) for c, sign in broken)
    for (i, j), sign in broken:
        change = -off * sign
        if shown[i][j] is HIDDEN and (i, j) not in changes and abs(change) == 1 and table[i][j] + change >= 0:
            found = _mend(shown, table, sums, {**changes, (i, j): change})
            if found is not None:
                return found
    return None


def check(counts: list[list[int]], threshold: int) -> None:
    """Everything that must hold of a protected table."""
    truth = with_totals(counts)
    shown: Table = [list(row) for row in suppress(counts, threshold)]
    assert [len(row) for row in shown] == [len(row) for row in truth]
    found = bounds(shown)
    for i, j in itertools.product(range(len(truth)), range(len(truth[0]))):
        if shown[i][j] is not HIDDEN:
            assert shown[i][j] == truth[i][j] >= threshold
            continue
        least, most = found[i, j]
        assert most is None or most > least, "interval arithmetic solves a hidden count"
        if truth[i][j] < threshold:
            # arithmetic cannot show that it is small, and a whole table exists in which it is not
            assert most is None or most >= threshold
            other = another_solution(shown, truth, (i, j), threshold)
            assert other is not None
            _agrees(other, shown, truth)
        else:
            moved = [another_solution(shown, truth, (i, j), truth[i][j] + step) for step in (1, -1)]
            assert any(moved), "a hidden count has one value alone"
    assert suppress(counts, threshold) == suppress(counts, threshold)


def _agrees(other: list[list[int]], shown: Table, truth: list[list[int]]) -> None:
    for row, shown_row in zip(other, shown, strict=True):
        assert all(b is None or a == b for a, b in zip(row, shown_row, strict=True))
    assert all(sum(sign * other[i][j] for (i, j), sign in s) == 0 for s in equations(len(truth), len(truth[0])))
    assert min(itertools.chain(*other)) >= 0


small = st.one_of(st.integers(0, 6), st.integers(0, 40))


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(small, min_size=n, max_size=n), min_size=1, max_size=5)),
    st.sampled_from([2, 3, 5, 10]),
)
def test_no_hidden_count_is_solved_for(counts: list[list[int]], threshold: int) -> None:
    """Sums, differences and intervals over all that is shown recover nothing, in 200 random tables."""
    check(counts, threshold)


@settings(max_examples=200, deadline=None)
@given(st.lists(small, min_size=1, max_size=15))
def test_no_hidden_count_of_a_list_is_solved_for(counts: list[int]) -> None:
    """One row and its total: the shape of the national counts."""
    check([counts], 5)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 20], (10, 20, 30)),
        ([3, 20, 6, 9], (None, 20, None, 9, 38)),
        ([3, 20], (None, None, 23)),
        ([2, 2], (None, None, None)),
        ([4, 4], (None, None, 8)),
        ([0, 50], (None, None, 50)),
    ],
)
def test_lists_hide_as_little_as_they_can(counts: list[int], shown: tuple[int | None, ...]) -> None:
    """The smallest other count goes with a small one; a total is hidden only if it is small itself."""
    assert suppress_row(counts) == shown


def test_a_single_small_count_takes_its_total_with_it() -> None:
    """A count that is its own total cannot be hidden beside it."""
    assert suppress_row([3]) == (None, None)
    assert suppress_row([30]) == (30, 30)


def test_a_count_that_nobody_shows_is_hidden_first() -> None:
    """It costs nothing, so that no other need be."""
    assert suppress_row([3, 20, 90], unseen=[2]) == (None, 20, None, 113)


# --- singling out

FACTS = {
    "outcome": "convicted",
    "offence": "murder",
    "offence_year": 2018,
    "region": "london",
    "supervision": "licence",
    "risk_of_serious_harm": "high",
    "agencies": ("probation",),
    "themes": ("recall",),
    "reasonable_steps": "not-taken",
}
ENGLAND = [key for key, term in terms("regions").items() if term.within == "england"]


def facts(**changes: object) -> KeyFacts:
    """Key facts of an invented review."""
    return KeyFacts.model_validate({**FACTS, **changes})


def told(offence: str, year: int, count: int, region: str | None = None, *further: tuple[str, str]) -> NationalCount:
    """One national count."""
    return NationalCount(offence, year, count, "invented", region, further)


LICENCE, NPS = ("supervision", "licence"), ("provider", "national-probation-service")
HEALTH = ("agency", "health")


def test_unknown_counts_change_nothing_and_warn() -> None:
    """Nothing is assumed where a cell is not known."""
    known, warnings = coarsen(facts(), [told("murder", 2018, 114), told("all", 2018, 493)])
    assert known == facts()
    assert "not known whether 5 cases" in warnings[0]
    assert "supervision, agencies and content: read" in warnings[1]


def test_enough_cases_change_nothing() -> None:
    """Five cases in one region and year are enough."""
    assert coarsen(facts(), [told("murder", 2018, 5, "london")])[0] == facts()


def test_facts_are_coarsened_in_the_stated_order() -> None:
    """First the year, then the region, then the offence, and no further than it takes."""
    alone = told("murder", 2018, 1, "london")
    years = [told("murder", year, 1, "london") for year in (2015, 2016, 2017, 2019)]
    assert coarsen(facts(), [alone, *years])[0] == facts(offence_year="2015-2019")
    regions = [told("murder", 2018, 1, region) for region in ENGLAND]
    assert coarsen(facts(), regions)[0] == facts(offence_year="2015-2019", region="england")
    offences = [told("murder", 2018, 1, "london"), told("manslaughter", 2018, 4, "london")]
    assert coarsen(facts(), offences)[0] == facts(offence_year="2015-2019", region="england", offence="homicide")


def test_a_small_whole_means_a_small_part() -> None:
    """Three murders nationally are at most three in London; and all offences bound each."""
    for counts in ([told("murder", 2018, 3)], [told("all", 2018, 4)], [told("all", 2018, 2, "london")]):
        known, warnings = coarsen(facts(), counts)
        assert known.offence_year == "2015-2019"
        assert "even so it is not known" in warnings[0]


def test_the_rest_of_a_whole_counts() -> None:
    """A region's count that follows from the whole and the other regions is known."""
    others = [told("murder", 2018, 1, region) for region in (*ENGLAND, "wales") if region != "london"]
    assert coarsen(facts(), [told("murder", 2018, 20), *others])[0] == facts()
    assert coarsen(facts(), [told("murder", 2018, 12), *others])[0].offence_year == "2015-2019"


def test_wales_stays_wales() -> None:
    """A nation has no coarser one."""
    known, _ = coarsen(facts(region="wales"), [told("murder", 2018, 1, "wales")])
    assert known.region == "wales"
    assert known.offence == "homicide"


def test_facts_never_get_more_exact_again() -> None:
    """What was coarsened once stays so, though counts now say that it need not; corrected facts do not."""
    before = facts(offence_year="2015-2019", region="england", offence="homicide")
    assert keep_as_coarse(facts(), before) == before
    assert keep_as_coarse(before, before) == before
    assert keep_as_coarse(facts(offence_year=2021), before).offence_year == 2021
    assert keep_as_coarse(facts(region="wales"), before).region == "wales"


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 8))
@pytest.mark.slow
def test_no_key_facts_have_fewer_than_k_known_cases(seed: int, k: int) -> None:
    """With every national case known, each published combination has k behind it, in random corpora.

    The cases are counted one by one here; in the module they are sums of cells.
    """
    chance = random.Random(seed)
    offences = ["murder", "manslaughter", "rape", "kidnap"]
    years, regions = range(2015, 2025), [*ENGLAND, "wales"]
    cases = [
        (chance.choice(offences), chance.choice(years), chance.choice(regions[:: chance.choice((1, 4))]))
        for _ in range(chance.choice((20, 200, 800)))
    ]
    counts = Counter(cases)
    exact = [key for key, term in terms("offences").items() if not term.coarse]
    national = [
        told(offence, year, counts[offence, year, region], region)
        for offence in exact for year in years for region in regions
    ]  # fmt: skip
    for offence, year, region in chance.sample(cases, 10):
        public, warnings = coarsen(facts(offence=offence, offence_year=year, region=region), national, k)
        behind = [
            case
            for case in cases
            if public.offence in (case[0], terms("offences")[case[0]].within)
            and (case[1] == public.offence_year or _within(case[1], public.offence_year))
            and public.region in (case[2], terms("regions")[case[2]].within)
        ]
        assert (offence, year, region) in behind
        if len(behind) < k:
            # nothing coarser is left to give: the signer is told
            assert "even so" in warnings[0]
            assert public.offence == (terms("offences")[offence].within or offence)


def test_what_coarser_facts_do_not_help_is_held_back() -> None:
    """Supervision, provider, an agency: that alone which singles out, and the exact year, region and offence stay."""
    plenty = told("murder", 2018, 50, "london")
    given = facts(provider="national-probation-service", agencies=("probation", "health", "police"))
    few = told("murder", 2018, 2, "london", LICENCE)
    known, warnings = coarsen(given, [plenty, few])
    assert known == given.model_copy(update={"supervision": "not-given"})
    assert "less exactly: the supervision (Licence)" in warnings[0]
    known, _ = coarsen(given, [plenty, told("murder", 2018, 4, "london", NPS)])
    assert known == given.model_copy(update={"provider": "not-given"})
    known, _ = coarsen(given, [plenty, told("murder", 2018, 1, "london", HEALTH)])
    assert known == given.model_copy(update={"agencies": ("probation", "police", "not-given")})
    assert coarsen(given, [plenty, told("murder", 2018, 5, "london", LICENCE)])[0] == given
    assert coarsen(given, [plenty, told("murder", 2018, 2, "wales", LICENCE)])[0] == given
    assert coarsen(given, [plenty, told("murder", 2018, 2, "london", ("supervision", "rotl"))])[0] == given


def test_coarser_facts_go_before_what_is_held_back() -> None:
    """Where a period of five years has enough of the kind of supervision, that is told."""
    years = [told("murder", year, 2, "london", LICENCE) for year in range(2015, 2020)]
    known, _ = coarsen(facts(), [told("murder", 2018, 50, "london"), *years])
    assert known == facts(offence_year="2015-2019")


def test_facts_together_single_out_where_each_does_not() -> None:
    """Two facts that are counted together; what is not counted is not assumed."""
    enough = [told("murder", 2018, n, "london", *f) for n, f in ((50, ()), (20, (LICENCE,)), (20, (NPS,)))]
    given = facts(provider="national-probation-service")
    assert coarsen(given, enough)[0] == given
    known, _ = coarsen(given, [*enough, told("murder", 2018, 1, "london", LICENCE, NPS)])
    assert known == given.model_copy(update={"supervision": "not-given"})


def test_content_is_never_held_back_and_the_signer_is_told() -> None:
    """Its text tells it; a note or a theme, in whatever case."""
    counts = [told("murder", 2018, 50, "london"), told("murder", 2018, 1, "london", ("content", "crossbow"))]
    known, warnings = coarsen(facts(), counts, content=["Crossbow"])
    assert known == facts(offence_year="2015-2019", region="england", offence="homicide")
    assert "even so" in warnings[0]
    assert coarsen(facts(), counts, content=["fire"])[0] == facts()
    recall = told("murder", 2018, 1, "london", ("content", "recall"))
    assert "even so" in coarsen(facts(), [counts[0], recall])[1][0]


def test_what_was_held_back_stays_so() -> None:
    """By a later signature too, whatever counts say then."""
    before = facts(supervision="not-given", provider="not-given", agencies=("police", "not-given"))
    now = facts(provider="national-probation-service", agencies=("health", "police"))
    assert keep_as_coarse(now, before) == before
    assert keep_as_coarse(facts(), facts(agencies=("police", "not-given"))).agencies == ("not-given",)
    assert (
        coarsen(before, [told("murder", 2018, 50, "london"), told("murder", 2018, 1, "london", LICENCE)])[0] == before
    )


def test_who_would_be_singled_out_by_what() -> None:
    """From the least that somebody may know to the most that is counted, in words."""
    counts = [
        told("murder", 2018, 114), told("murder", 2018, 9, "london"), told("murder", 2018, 1, "london", LICENCE),
        told("murder", 2019, 7, "london", NPS),
    ]  # fmt: skip
    assert [(s.level, s.words) for s in anonymity_sets(facts(), counts)] == [
        ("safe", "Somebody who knows the offence and the year is left with 114 cases nationally."),
        ("safe", "Somebody who knows the offence, the year and the region is left with 9 cases nationally."),
        ("short", "Somebody who knows the offence, the year, the region and the supervision (Licence) is left with 1 "
                  "case nationally: fewer than 5."),
    ]  # fmt: skip
    assert [(s.level, s.words) for s in anonymity_sets(facts(), [told("murder", 2018, 114)])][1:] == [
        ("unknown", "Somebody who knows the offence, the year and the region is left with between 0 and 114 cases "
                    "nationally: no count says whether they are 5 or more."),
    ]  # fmt: skip
    assert [s.bounds for s in anonymity_sets(facts(), [])] == [Bounds(0, None), Bounds(0, None)]
    assert "an unknown number of cases" in anonymity_sets(facts(), [])[0].words


def test_cases_that_share_more_facts_are_among_those_that_share_fewer() -> None:
    """The same three may be counted twice, so they are no six; and no more share a fact than are in the region."""
    given = facts(provider="national-probation-service")
    counts = [told("murder", 2018, 3, "london", LICENCE), told("murder", 2018, 3, "london", NPS)]
    assert anonymity_sets(given, counts)[1].bounds == Bounds(3, None)
    counts = [told("murder", 2018, 9, "london"), told("murder", 2018, 1, "north-east", LICENCE), *counts[1:]]
    counts.append(told("murder", 2018, 2, "london", LICENCE, NPS))
    # licences in London: the two that the last line counts at least, and of nine murders not the one other of the national service
    assert [s.bounds for s in anonymity_sets(given, counts)[1:]] == [
        Bounds(9, 9), Bounds(2, 8), Bounds(3, 3), Bounds(2, 2),
    ]  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 6))
@pytest.mark.slow
def test_no_combination_of_published_facts_has_fewer_than_k_cases_where_counts_tell(seed: int, k: int) -> None:
    """An intruder with the whole nation in hand, and every fact of the page; some counts are known and some are not.

    Whatever combination national.csv counts in every region and year of a review's facts has k cases behind it, or none
    of it is told; what is unknown is never counted as enough.
    """
    chance = random.Random(seed)
    people = [
        facts(
            offence=chance.choice(["murder", "manslaughter", "rape"]), offence_year=chance.choice([2015, 2017, 2018]),
            region=chance.choice(["london", "north-east", "wales"]), supervision=chance.choice(["licence", "rotl"]),
            provider=chance.choice([None, "probation-trust", "national-probation-service"]),
            agencies=tuple(chance.sample(["probation", "police", "health"], chance.randint(1, 3))),
        )
        for _ in range(chance.choice((10, 60, 300)))
    ]  # fmt: skip
    kinds: list[tuple[tuple[str, str], ...]] = [(), (LICENCE,), (NPS,), (HEALTH,), (LICENCE, NPS)]
    counted = [further for further in kinds if chance.random() < 0.7]
    counts = Counter(
        (p.offence, p.offence_year, p.region, further)
        for p in people for further in counted if all(has(p, *pair) for pair in further)
    )  # fmt: skip
    offences = [key for key, term in terms("offences").items() if term.within in ("homicide", "sexual-offence")]
    cells = list(itertools.product(offences, range(2015, 2020), (*ENGLAND, "wales"), counted))
    national = [
        told(offence, year, counts[offence, year, region, further], region, *further)
        for offence, year, region, further in cells
        if chance.random() < 0.9 or not further
    ]
    known = {count.cell for count in national}
    for person in chance.sample(people, 4):
        public, warnings = coarsen(person, national, k)
        assert coarsen(public, national, k)[0] == public
        for further in counted:
            within = [cell for cell in cells if cell[3] == further and covers(public, *cell[:3])]
            if all(has(public, *pair) for pair in further) and known.issuperset(within):
                assert sum(counts[cell] for cell in within) >= k or "even so" in warnings[0]


def covers(public: KeyFacts, offence: str, year: int, region: str) -> bool:
    """Whether a cell is within what is published."""
    return (
        public.offence in (offence, terms("offences")[offence].within)
        and public.region in (region, terms("regions")[region].within)
        and (year == public.offence_year or _within(year, public.offence_year))
    )


def has(facts_: KeyFacts, name: str, value: str) -> bool:
    """Whether a fact stands among others."""
    return value in facts_.agencies if name == "agency" else getattr(facts_, name) == value


def _within(year: int, period: int | str) -> bool:
    if isinstance(period, int):
        return False
    first, last = period.split("-")
    return int(first) <= year <= int(last)


def test_thresholds_are_those_the_page_names() -> None:
    """The page for readers says five."""
    assert (small_counts.THRESHOLD, singling_out.K) == (5, 5)


def test_the_attack_works() -> None:
    """Small counts hidden alone are solved by it: the tests above would see that."""
    assert bounds([[None, 20, 6, 9, 38]]) == {(0, 0): (3, 3)}
    assert bounds([[None, 10, 13], [10, 10, 20], [13, 20, 33]]) == {(0, 0): (3, 3)}


# --- the national counts as the site shows them


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["murder", "rape", "kidnap", "manslaughter"]), st.integers(0, 12), min_size=1),
    st.one_of(st.none(), st.integers(0, 15)),
    st.integers(0, 2**32),
)
def test_no_number_of_unpublished_cases_is_recovered(parts: dict[str, int], rest: int | None, seed: int) -> None:
    """With national counts, published reviews and everything shown in hand, in 200 random corpora.

    The attacker knows each offence's published reviews, and that the offences add up to all.
    """
    chance = random.Random(seed)
    national = [told(offence, 2018, count) for offence, count in parts.items()]
    if rest is not None:
        national.append(told("all", 2018, sum(parts.values()) + rest))
    published = {offence: chance.randint(0, count) for offence, count in parts.items()}
    other = chance.randint(0, rest or 0)
    kinds = [*itertools.chain(*([offence] * n for offence, n in published.items())), *["terrorism-offence"] * other]
    reviews = [review(number, offence) for number, offence in enumerate(kinds)]
    shown = {row.offence: row for row in statistics.compare_with_national(national, reviews)}
    left = {offence: parts[offence] - published[offence] for offence in parts}
    seen = {o: None if shown[o].national is None else shown[o].national - published[o] for o in parts}
    for offence, value in seen.items():
        assert value in (None, left[offence])
        assert value is None or value >= 5
    if rest is None:
        return
    total = shown["all"].national
    row: list[int | None] = [*seen.values(), None, None if total is None else total - len(kinds)]
    truth = [*left.values(), rest - other]
    for (_, place), (least, most) in bounds([row]).items():
        actual = [*truth, sum(truth)][place]
        assert least <= actual
        assert most is None or actual <= most
        if actual < 5:
            assert most is None or most >= 5
        elif place < len(parts):
            assert most != least


def review(number: int, offence: str) -> RedactedReview:
    """An invented review of an offence of 2018."""
    return RedactedReview.model_validate(
        {
            "public_id": f"2025-{number:03}", "publish_on": "2025-02-03", "facts": FACTS | {"offence": offence},
            "content_notes": [], "sections": [], "lessons": [], "redactions": {},
        }
    )  # fmt: skip


def test_a_lesson_repeated_by_a_review_of_a_period_has_years() -> None:
    """Where a year was coarsened the period's ends stand for it."""
    lesson = Lesson(id=1, text="Ask.", level="local")
    exact, coarse = review(1, "murder"), review(2, "murder")
    coarse = coarse.model_copy(update={"facts": facts(offence_year="2015-2019")})
    group = RepeatedLesson((ReviewLesson(exact, lesson), ReviewLesson(coarse, lesson)))
    assert group.years == (2015, 2019)
