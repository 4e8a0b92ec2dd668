"""National counts held against each other: at least and at most how many cases share some facts.

A case has one offence, one region, one kind of supervision and one provider alone, so that these complement each other: of 20
cases, 18 of them on licence, two are left for every other supervision, whether or not anybody counted those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from publishing.catalogue.coarse_terms import exact_terms_within
from publishing.catalogue.national_counts import ALL, EXCLUSIVE, Further, NationalCount
from publishing.vocabulary import exact_terms

_COLUMNS = ("offence", "region", *EXCLUSIVE)
"""Of each a case has one value alone: one of the vocabulary, but that a provider may be none of them."""
_VOCABULARY = {"offence": "offences", "region": "regions", "supervision": "supervision"}

_OTHERS, _ANY = "", ALL
"""In place of a value: every value that no count of the table names; any at all."""

_Cell = tuple[str, ...]
_Table = dict[_Cell, int]
_Numbers = npt.NDArray[np.float64]
_MOST_ROUNDS = 50


@dataclass(frozen=True)
class Bounds:
    """How many national cases share some facts: at least, and at most (None where no count says)."""

    least: int
    most: int | None


class NationalTables:
    """National counts: for each year a table of all cases, and one for each set of agencies and contents that is counted."""

    def __init__(self, national: Iterable[NationalCount]) -> None:
        self._further = dict.fromkeys(count.further for count in national)
        self._counts: defaultdict[tuple[int, Further], _Table] = defaultdict(dict)
        for count in national:
            cell, shared = _cell_of(count)
            self._counts[count.year, shared][cell] = count.count
        self._table = cache(self._solve_table)

    def _solve_table(self, year: int, shared: Further) -> _SolvedTable | None:
        among = [table for (y, some), table in self._counts.items() if y == year and {*some} >= {*shared}]
        return _SolvedTable(self._counts[year, shared], among) if (year, shared) in self._counts else None

    def bounds_for(self, offence: str, years: Sequence[int], regions: Sequence[str], further: Further) -> Bounds:
        """How many cases there were of an offence, or of a group of them, in some years and regions, with further facts."""
        offences = exact_terms_within("offences", offence)
        shared = tuple(pair for pair in further if pair[0] not in EXCLUSIVE)
        named = dict(further)
        choice = (offences, regions, *((named[name],) if name in named else (_ANY,) for name in EXCLUSIVE))
        tables = (self._table(year, shared) for year in years)
        found = [table.bounds(choice) if table else Bounds(0, None) for table in tables]
        most = [bounds.most for bounds in found]
        known = None if None in most else sum(number for number in most if number is not None)
        return Bounds(sum(bounds.least for bounds in found), known)

    def narrowed_by(self, own: Further) -> tuple[Further, ...]:
        """Combinations of a review's further facts of which counts say anything.

        Those that are counted; and those of which others are counted that exclude them: a kind of supervision that no
        line names is among what the kinds that are named leave.
        """
        found = dict.fromkeys(further for further in ((), *self._further) if set(further) <= set(own))
        for name, value in (pair for pair in own if pair[0] in EXCLUSIVE):
            others = [
                {p for p in f if p[0] != name} for f in self._further if name in dict(f) and (name, value) not in f
            ]
            for further in [*found]:
                rest = {pair for pair in further if pair[0] != name}
                if others and (dict(rest).keys() <= {*EXCLUSIVE} or any(rest <= other for other in others)):
                    found[tuple(pair for pair in own if pair in {*rest, (name, value)})] = None
        return tuple(found)


@lru_cache(maxsize=4)
def tables_of(national: tuple[NationalCount, ...]) -> NationalTables:
    """The tables of some counts; every case of a folder is held against the same."""
    return NationalTables(national)


class _SolvedTable:
    """The counts of one year, and what their sums and differences say of every cell."""

    def __init__(self, counts: _Table, among: Sequence[Mapping[_Cell, int]]) -> None:
        """`among`: the tables of which each count is a part of the same cell here, this one among them."""
        named = [sorted({cell[place] for cell in counts} - {_ANY}) for place in range(len(_COLUMNS))]
        self._places = [{value: n for n, value in enumerate([*values, _OTHERS, _ANY])} for values in named]
        self._unnamed = [_unnamed(axis, places) for axis, places in enumerate(self._places)]
        shape = [len(places) for places in self._places]
        self._least: _Numbers = np.zeros(shape)
        self._most: _Numbers = np.full(shape, np.inf)
        for cell, count in counts.items():
            self._most[self._at(cell)] = count
        for table in among:
            for cell, count in table.items():
                if all(value in places for value, places in zip(cell, self._places, strict=True)):
                    self._least[self._at(cell)] = max(count, self._least[self._at(cell)])
        for axis, unnamed in enumerate(self._unnamed):
            if unnamed == frozenset():
                _along(self._most, axis)[-2] = 0
        self._solve()

    def bounds(self, choice: Sequence[Sequence[str]]) -> Bounds:
        """At least and at most how many cases have one of some values in each column."""
        least, most = self._least, self._most
        for values, places, unnamed in zip(choice, self._places, self._unnamed, strict=True):
            least, most = _keep(least, most, places, unnamed, values)
        return Bounds(int(least.item()), None if np.isinf(most.item()) else max(0, int(most.item())))

    def _at(self, cell: _Cell) -> tuple[int, ...]:
        return tuple(places[value] for value, places in zip(cell, self._places, strict=True))

    def _solve(self) -> None:
        """Hold each whole against its parts and each part against the rest of them, until nothing more follows.

        Counts of several sources may contradict each other: what follows from a contradiction is not taken.
        """
        for _ in range(_MOST_ROUNDS):
            before = self._least.copy(), self._most.copy()
            for axis in range(len(_COLUMNS)):
                _hold_against_parts(_along(self._least, axis), _along(self._most, axis))
            if (self._least > self._most).any():
                self._least, self._most = before
                break
            if all(map(np.array_equal, before, (self._least, self._most))):
                break


def _hold_against_parts(least: _Numbers, most: _Numbers) -> None:
    """The last is the whole of the others; both are changed in place."""
    least[-1] = np.maximum(least[-1], least[:-1].sum(axis=0))
    most[-1] = np.minimum(most[-1], most[:-1].sum(axis=0))
    for place in range(len(least) - 1):
        others = [other for other in range(len(least) - 1) if other != place]
        least[place] = np.maximum(least[place], least[-1] - most[others].sum(axis=0))
        most[place] = np.minimum(most[place], most[-1] - least[others].sum(axis=0))


def _keep(
    least: _Numbers, most: _Numbers, places: Mapping[str, int], unnamed: frozenset[str] | None, values: Sequence[str]
) -> tuple[_Numbers, _Numbers]:
    """Tables without the first of their columns: cases that have one of some values in it."""
    if _ANY in values:
        return least[-1], most[-1]
    inside = [n for value, n in places.items() if value in values]
    outside = [n for value, n in places.items() if value not in (*values, _OTHERS, _ANY)]
    # the values that nobody counts are all wanted, none of them, or only some
    wanted = [] if {*values} <= places.keys() else [places[_OTHERS]]
    left = [] if wanted and unnamed is not None and unnamed <= {*values} else [places[_OTHERS]]
    surely = [*inside, *wanted] if not left else inside
    return (
        np.maximum(least[surely].sum(axis=0), least[-1] - most[[*outside, *left]].sum(axis=0)),
        np.minimum(most[[*inside, *wanted]].sum(axis=0), most[-1] - least[outside].sum(axis=0)),
    )


def _unnamed(axis: int, places: Mapping[str, int]) -> frozenset[str] | None:
    """The values that no count names, None where that may be none of the vocabulary's."""
    words = _VOCABULARY.get(_COLUMNS[axis])
    return frozenset(exact_terms(words).keys() - places.keys()) if words else None


def _along(numbers: _Numbers, axis: int) -> _Numbers:
    """A view with one axis first."""
    return np.moveaxis(numbers, axis, 0)


def _cell_of(count: NationalCount) -> tuple[_Cell, Further]:
    named = {"offence": count.offence, "region": count.region or _ANY, **dict(count.further)}
    shared = tuple(pair for pair in count.further if pair[0] not in EXCLUSIVE)
    return tuple(named.get(name, _ANY) for name in _COLUMNS), shared
