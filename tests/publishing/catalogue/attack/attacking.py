"""What follows from everything that was read: unpublished cases that are few, and cases that facts single out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .nation import Case
from .reading import VOCABULARY, Evidence
from .solving import Equation, System


def members(words: str, key: str) -> set[str]:
    """The exact terms that a term may stand for."""
    terms = VOCABULARY[words]
    return {name for name, term in terms.items() if key in (name, term.get("within")) and not term.get("coarse")}


def years(value: str) -> set[int]:
    """The years that a year or a period may stand for."""
    first, _, last = value.partition("-")
    return set(range(int(first), int(last or first) + 1))


# --- facts


@dataclass(frozen=True)
class Known:
    """What somebody knows of one review who has read everything."""

    offences: frozenset[str]
    years: frozenset[int]
    regions: frozenset[str]
    further: frozenset[tuple[str, str]]

    def fits(self, case: Case) -> bool:
        """Whether a case may be the one."""
        return (
            case.offence in self.offences and case.year in self.years and case.region in self.regions
            and self.further <= set(case.further)
        )  # fmt: skip


def known(found: Evidence, review: str) -> Known:
    """Everything told of a review, put together: what one file says less exactly another may say more exactly."""
    told = found.told[review]
    further = {
        (kind, value) for kind in ("supervision", "provider", "agency") for value in told[kind] if value != "not-given"
    }
    return Known(
        frozenset.intersection(*(frozenset(members("offences", value)) for value in told["offence"])),
        frozenset.intersection(*(frozenset(years(value)) for value in told["year"])),
        frozenset.intersection(*(frozenset(members("regions", value)) for value in told["region"])),
        frozenset(further),
    )


def add_differences(found: Evidence) -> None:
    """What a count says of reviews whose own facts are less exact: counts less those who are known to be counted."""
    kinds = {"offences": "offence", "regions": "region", "supervision": "supervision", "agencies": "agency"}
    for (year, table, row), numbers in list(found.counts.items()):
        kind = kinds.get(table)
        if kind is None or row == "not-given" or VOCABULARY[table][row].get("coarse"):
            continue
        counted = [review for review, published in found.years.items() if year in ("all", published)]
        exact = [review for review in counted if row in found.told[review][kind]]
        if max(numbers) > len(exact):
            for review in counted:
                if _may_be(found, review, kind, row):
                    found.tell(review, kind, row, f"the difference of {table} and the pages, {year}")


def _may_be(found: Evidence, review: str, kind: str, row: str) -> bool:
    told = found.told[review][kind]
    if kind in ("supervision", "agency"):
        return "not-given" in told and row not in told
    return row not in told and all(row in members(f"{kind}s", value) for value in told)


# --- counts


Cell = tuple[str, int]


def unpublished(found: Evidence) -> Iterator[tuple[Cell, int, int | None]]:
    """For each offence and year, and for all offences of a year: how many unpublished cases there can be.

    Published reviews that tell a group or a period are somewhere among their cells, and nobody knows in which.
    """
    exact: Counter[Cell] = Counter()
    coarse: Counter[tuple[frozenset[str], frozenset[int]]] = Counter()
    for review in found.years:
        facts = known(found, review)
        if len(facts.offences) == len(facts.years) == 1:
            exact[min(facts.offences), min(facts.years)] += 1
        else:
            coarse[facts.offences, facts.years] += 1
    every = members("offences", "") | {o for o in VOCABULARY["offences"] if not VOCABULARY["offences"][o].get("coarse")}
    cells = [(offence, year) for year in sorted({year for _, year in found.national}) for offence in sorted(every)]
    parts = {
        cell: [place for place, group in enumerate(coarse) if cell[0] in group[0] and cell[1] in group[1]]
        for cell in cells
    }
    equations: list[Equation] = []
    for (offence, year), numbers in found.national.items():
        inside = [cell for cell in cells if cell[1] == year and offence in ("all", cell[0])]
        factors = {("left", cell): 1 for cell in inside}
        factors |= {("coarse", place, cell): 1 for cell in inside for place in parts[cell]}
        equations += [(factors, number - sum(exact[cell] for cell in inside)) for number in numbers]
    for place, (group, number) in enumerate(coarse.items()):
        inside = [cell for cell in cells if place in parts[cell]]
        elsewhere = {("elsewhere", place): 1} if group[1] - {year for _, year in cells} else {}
        if inside:
            equations.append(({**{("coarse", place, cell): 1 for cell in inside}, **elsewhere}, number))
    for year in sorted({year for _, year in cells}):
        total = {("left", cell): 1 for cell in cells if cell[1] == year}
        equations.append(({**total, ("left", ("all", year)): -1}, 0))
    system = System(equations)
    # of all offences that nothing is said of, one is as good as another
    told = {*found.national, *(cell for cell in cells if parts[cell] or exact[cell])}
    silent = next((cell for cell in cells if cell not in told), None)
    everything = {("all", year) for _, year in cells}
    for cell in sorted(told | everything | ({silent} if silent else set())):
        yield cell, *system.bounds(("left", cell))


def truth(cases: Sequence[Case], published: Sequence[Case]) -> Counter[Cell]:
    """How many unpublished cases there are."""
    left: Counter[Cell] = Counter()
    for sign, some in ((1, cases), (-1, published)):
        for case in some:
            left[case.offence, case.year] += sign
            left["all", case.year] += sign
    return left
