"""The least and the most that a quantity can be, exactly: linear equations over quantities that are zero or more.

The simplex method with fractions and Bland's rule. The equations here are sums of counts, each count in few of them,
so that what it finds are whole numbers; it says so if they are not.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Quantity = Hashable
Equation = tuple[Mapping[Quantity, int], int]
"""Quantities with their factors, and what they add up to."""


class System:
    """Everything an attacker has written down."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self.equations = [(dict(factors), total) for factors, total in equations]
        self.names = list(dict.fromkeys(name for factors, _ in self.equations for name in factors))
        self._start()

    def bounds(self, wanted: Quantity) -> tuple[int, int | None]:
        """The least and the most that a quantity can be; the most is None if nothing bounds it.

        Raises:
            ValueError: the equations contradict each other, or a bound is no whole number.
        """
        if wanted not in self.names:
            return 0, None
        least = self._most({wanted: -1})
        assert least is not None
        most = self._most({wanted: 1})
        return -_whole(least), None if most is None else _whole(most)

    def most_whole(self, wanted: Quantity) -> int | None:
        """No more than this whole number; fractions of a case that a sum would leave room for are none."""
        most = self._most({wanted: 1})
        return None if most is None else math.floor(most)

    def _start(self) -> None:
        """A first solution: each equation has a helper of its own, and the helpers are driven to nothing."""
        width, height = len(self.names), len(self.equations)
        self.table = []
        for place, (factors, total) in enumerate(self.equations):
            sign = -1 if total < 0 else 1
            row = [Fraction(sign * factors.get(name, 0)) for name in self.names]
            row += [Fraction(int(other == place)) for other in range(height)]
            self.table.append([*row, Fraction(sign * total)])
        self.basis = [width + place for place in range(height)]
        left = _climb(self.table, self.basis, [Fraction(0)] * width + [Fraction(-1)] * height, width + height)
        if left is None or left != 0:
            raise ValueError("the equations contradict each other")
        self._drop_helpers(width)

    def _drop_helpers(self, width: int) -> None:
        for place in reversed(range(len(self.table))):
            if self.basis[place] < width:
                continue
            column = next((c for c in range(width) if self.table[place][c] != 0), None)
            if column is None:
                # it follows from the others
                del self.table[place], self.basis[place]
            else:
                _pivot(self.table, self.basis, place, column)
        self.table = [[*row[:width], row[-1]] for row in self.table]

    def _most(self, wanted: Mapping[Quantity, int]) -> Fraction | None:
        table, basis = [row[:] for row in self.table], self.basis[:]
        gains = [Fraction(wanted.get(name, 0)) for name in self.names]
        return _climb(table, basis, gains, len(self.names))


def _climb(table: list[list[Fraction]], basis: list[int], gains: list[Fraction], width: int) -> Fraction | None:
    """From corner to corner for as long as it gains; None if there is no end to it."""
    while True:
        # what a step along each column would gain
        prices = [gains[name] for name in basis]
        worth = [
            gains[c] - sum((p * row[c] for p, row in zip(prices, table, strict=True) if p), Fraction(0))
            for c in range(width)
        ]
        column = next((c for c in range(width) if worth[c] > 0), None)
        if column is None:
            return sum((p * row[-1] for p, row in zip(prices, table, strict=True)), Fraction(0))
        steps = [(row[-1] / row[column], basis[r], r) for r, row in enumerate(table) if row[column] > 0]
        if not steps:
            return None
        _pivot(table, basis, min(steps)[2], column)


def _pivot(table: list[list[Fraction]], basis: list[int], place: int, column: int) -> None:
    row = table[place]
    divisor = row[column]
    table[place] = row = [value / divisor if value else value for value in row]
    for other, values in enumerate(table):
        factor = values[column]
        if other != place and factor:
            table[other] = [v - factor * r if r else v for v, r in zip(values, row, strict=True)]
    basis[place] = column


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError("a bound is no whole number: another attacker is needed")
    return int(value)
