"""Suppression: small counts of a table are hidden, and as many others as it takes that none of them can be worked out.

docs/decisions/0005-disclosure-control.md says why; site_src/about/disclosure-control.md tells readers.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

THRESHOLD = 5
"""Counts below this, of what is not on a page, are not shown."""

Cell = tuple[int, int]
"""A row and a column."""

SuppressedTable = tuple[tuple[int | None, ...], ...]

_Node = tuple[str, int]
_UNLIMITED = 10**12
_COST_OF_SUPPRESSING = 1000
"""Added to each count that is hidden with others: one large count is hidden rather than two small ones."""


def suppress(
    counts: Sequence[Sequence[int]], threshold: int = THRESHOLD, unseen: Collection[Cell] = ()
) -> SuppressedTable:
    """A table of counts with its totals, in which small ones are hidden and no hidden one can be worked out.

    Args:
        counts: rows of counts, all of one length; none of them is on a page.
        threshold: counts below it, zero included, are hidden.
        unseen: counts that nobody shows though they follow from the others: hiding these costs nothing.

    Returns:
        The rows, each with its total at the end, and (for two rows or more) the row of totals; None is hidden. By sums
        and differences of what is shown, each count that was hidden for being small may still be the threshold or
        more, and every other hidden count may have more than one value.
    """
    table = _add_totals(counts)
    cells = list(product(range(len(table)), range(len(table[0]))))
    hidden = {cell for cell in cells if table[cell[0]][cell[1]] < threshold}
    flow = _CountFlow(table, frozenset(unseen))
    for cell in sorted(hidden, key=lambda cell: (table[cell[0]][cell[1]], cell)):
        # each pass hides at least one count more, so it ends
        while flow.greatest_value(cell, hidden) < threshold:
            hidden |= flow.cells_to_hide_with(cell, hidden, threshold)
    return tuple(
        tuple(None if (i, j) in hidden else value for j, value in enumerate(row)) for i, row in enumerate(table)
    )


def suppress_row(
    counts: Sequence[int], threshold: int = THRESHOLD, unseen: Collection[int] = ()
) -> tuple[int | None, ...]:
    """The same for one row of counts; the last of the result is the total."""
    return suppress([counts], threshold, [(0, place) for place in unseen])[0] if counts else (None,)


def _add_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    # a table of one row is its own row of totals
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


class _CountFlow:
    """A table with totals as a circulation: hidden counts may change along a cycle through them, and only so.

    Rows and columns are the nodes, counts the edges between them: each row's counts flow into columns, each column's
    total flows to the last row, the whole flows from there to the last column, and row totals flow back into rows.
    """

    def __init__(self, table: Sequence[Sequence[int]], unseen: Collection[Cell]) -> None:
        self.table = table
        self.unseen = unseen
        self.last_row, self.last_column = len(table) - 1, len(table[0]) - 1
        self.cells = list(product(range(len(table)), range(len(table[0]))))

    def value(self, cell: Cell) -> int:
        """The count of a cell."""
        return self.table[cell[0]][cell[1]]

    def ends(self, cell: Cell) -> tuple[_Node, _Node]:
        """The nodes that a count flows from, and to."""
        if not self.last_row:
            # one row: its counts flow out of it and come back as their total
            row, rest = ("row", 0), ("column", 0)
            return (rest, row) if cell[1] == self.last_column else (row, rest)
        row, column = ("row", cell[0]), ("column", cell[1])
        is_total = (cell[0] == self.last_row) != (cell[1] == self.last_column)
        return (column, row) if is_total else (row, column)

    def greatest_value(self, cell: Cell, hidden: Iterable[Cell]) -> int:
        """The greatest value that a hidden count may have, by everything that is shown (a maximum flow)."""
        start, end = self.ends(cell)
        capacity: defaultdict[_Node, defaultdict[_Node, int]] = defaultdict(lambda: defaultdict(int))
        for other in hidden:
            if other != cell:
                a, b = self.ends(other)
                capacity[a][b] += _UNLIMITED
                capacity[b][a] += self.value(other)
        found = 0
        while found < _UNLIMITED and (path := _shortest_path(capacity, end, start)):
            step = min(capacity[a][b] for a, b in path)
            for a, b in path:
                capacity[a][b] -= step
                capacity[b][a] += step
            found += step
        return min(self.value(cell) + found, _UNLIMITED)

    def cells_to_hide_with(self, cell: Cell, hidden: set[Cell], threshold: int) -> set[Cell]:
        """The counts to hide with a hidden one so that it may be the threshold or more: few and small ones."""
        start, end = self.ends(cell)
        need = threshold - self.value(cell)
        edges: defaultdict[_Node, list[tuple[_Node, int, Cell]]] = defaultdict(list)
        for other in self.cells:
            if other == cell:
                continue
            a, b = self.ends(other)
            cost = 0 if other in hidden or other in self.unseen else _COST_OF_SUPPRESSING + self.value(other)
            edges[a].append((b, cost, other))
            if self.value(other) >= need:
                edges[b].append((a, cost, other))
        return _cells_on_cheapest_path(edges, end, start)


def _shortest_path(
    capacity: Mapping[_Node, Mapping[_Node, int]], start: _Node, end: _Node
) -> list[tuple[_Node, _Node]]:
    """The shortest path with capacity on every edge; empty where there is none."""
    previous: dict[_Node, _Node] = {start: start}
    queue = deque([start])
    while queue and end not in previous:
        node = queue.popleft()
        for neighbour, left in list(capacity[node].items()):
            if left > 0 and neighbour not in previous:
                previous[neighbour] = node
                queue.append(neighbour)
    path = []
    while end in previous and end != start:
        path.append((previous[end], end))
        end = previous[end]
    return path[::-1]


def _cells_on_cheapest_path(
    edges: Mapping[_Node, Sequence[tuple[_Node, int, Cell]]], start: _Node, end: _Node
) -> set[Cell]:
    """The counts on the cheapest path."""
    best: dict[_Node, int] = {start: 0}
    cells: dict[_Node, tuple[Cell, ...]] = {start: ()}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node == end:
            break
        if cost > best[node]:
            continue
        for neighbour, more, cell in edges[node]:
            if cost + more < best.get(neighbour, _UNLIMITED):
                best[neighbour] = cost + more
                cells[neighbour] = (*cells[node], cell)
                heapq.heappush(queue, (best[neighbour], neighbour))
    return set(cells[end])
