"""Disclosure control: what is not on a page, and is small, is not told, nor can it be worked out from what is told.

Two things live here. `protect` hides small counts in a table with totals, and as many others as it takes that no
hidden one can be solved for. `coarsen` makes a review's key facts less exact until enough cases share them.
docs/decisions/0005-disclosure-control.md says why; site_src/about/disclosure-control.md tells readers.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from publishing.catalogue.national import ALL, FURTHER, Further, NationalCount
from publishing.reviews import KeyFacts
from publishing.vocabulary import terms, title

THRESHOLD = 5
"""Counts below this, of what is not on a page, are not shown."""

K = 5
"""As many cases at least must share a review's key facts, where the national count is known."""


# --- small counts -----------------------------------------------------------------------------------------------------

Cell = tuple[int, int]
Shown = tuple[tuple[int | None, ...], ...]
_Node = tuple[str, int]
_ENDLESS = 10**12
_EACH = 1000
"""What hiding one count more costs: one large count is hidden rather than two small ones."""


def protect(counts: Sequence[Sequence[int]], threshold: int = THRESHOLD, unseen: Collection[Cell] = ()) -> Shown:
    """A table of counts with its totals, the small ones hidden and none of the hidden ones to be worked out.

    Args:
        counts: rows of counts, all of one length; nothing of them is on a page.
        threshold: counts below it, zero included, are hidden.
        unseen: counts that nobody shows though they follow from the others: hiding these costs nothing.

    Returns:
        The rows, each with its total at the end, and (for two rows or more) the row of totals; None is hidden. By sums
        and differences of what is shown, each count that was hidden for being small may still be the threshold or
        more, and every other hidden count may have more than one value.
    """
    table = _with_totals(counts)
    cells = list(product(range(len(table)), range(len(table[0]))))
    hidden = {cell for cell in cells if table[cell[0]][cell[1]] < threshold}
    flow = _Flow(table, frozenset(unseen))
    for cell in sorted(hidden, key=lambda cell: (table[cell[0]][cell[1]], cell)):
        # each pass hides at least one count more, so it ends
        while flow.most(cell, hidden) < threshold:
            hidden |= flow.cover(cell, hidden, threshold)
    return tuple(
        tuple(None if (i, j) in hidden else value for j, value in enumerate(row)) for i, row in enumerate(table)
    )


def protect_list(
    counts: Sequence[int], threshold: int = THRESHOLD, unseen: Collection[int] = ()
) -> tuple[int | None, ...]:
    """The same for one row of counts; the last of the result is the total."""
    return protect([counts], threshold, [(0, place) for place in unseen])[0] if counts else (None,)


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    # a table of one row is its own row of totals
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


class _Flow:
    """A table with totals as a circulation: what may change about hidden counts is a way round through them.

    Rows and columns are the places, counts the pipes between them: each row's counts flow into columns, each column's
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
        """Where a count flows from, and to."""
        if not self.last_row:
            # one row: its counts flow out of it and come back as their total
            row, rest = ("row", 0), ("column", 0)
            return (rest, row) if cell[1] == self.last_column else (row, rest)
        row, column = ("row", cell[0]), ("column", cell[1])
        is_total = (cell[0] == self.last_row) != (cell[1] == self.last_column)
        return (column, row) if is_total else (row, column)

    def most(self, cell: Cell, hidden: Iterable[Cell]) -> int:
        """The greatest value of a hidden count that everything shown allows."""
        start, end = self.ends(cell)
        room: defaultdict[_Node, defaultdict[_Node, int]] = defaultdict(lambda: defaultdict(int))
        for other in hidden:
            if other != cell:
                a, b = self.ends(other)
                room[a][b] += _ENDLESS
                room[b][a] += self.value(other)
        found = 0
        while found < _ENDLESS and (way := _way(room, end, start)):
            step = min(room[a][b] for a, b in way)
            for a, b in way:
                room[a][b] -= step
                room[b][a] += step
            found += step
        return min(self.value(cell) + found, _ENDLESS)

    def cover(self, cell: Cell, hidden: set[Cell], threshold: int) -> set[Cell]:
        """Counts to hide with a hidden one so that it may be the threshold or more: few and small ones."""
        start, end = self.ends(cell)
        need = threshold - self.value(cell)
        pipes: defaultdict[_Node, list[tuple[_Node, int, Cell]]] = defaultdict(list)
        for other in self.cells:
            if other == cell:
                continue
            a, b = self.ends(other)
            cost = 0 if other in hidden or other in self.unseen else _EACH + self.value(other)
            pipes[a].append((b, cost, other))
            if self.value(other) >= need:
                pipes[b].append((a, cost, other))
        return _cheapest(pipes, end, start)


def _way(room: Mapping[_Node, Mapping[_Node, int]], start: _Node, end: _Node) -> list[tuple[_Node, _Node]]:
    """The shortest way with room in every pipe, or nothing."""
    before: dict[_Node, _Node] = {start: start}
    todo = deque([start])
    while todo and end not in before:
        here = todo.popleft()
        for there, left in list(room[here].items()):
            if left > 0 and there not in before:
                before[there] = here
                todo.append(there)
    way = []
    while end in before and end != start:
        way.append((before[end], end))
        end = before[end]
    return way[::-1]


def _cheapest(pipes: Mapping[_Node, Sequence[tuple[_Node, int, Cell]]], start: _Node, end: _Node) -> set[Cell]:
    """The counts on the cheapest way."""
    best: dict[_Node, int] = {start: 0}
    cells: dict[_Node, tuple[Cell, ...]] = {start: ()}
    todo = [(0, start)]
    while todo:
        cost, here = heapq.heappop(todo)
        if here == end:
            break
        if cost > best[here]:
            continue
        for there, more, cell in pipes[here]:
            if cost + more < best.get(there, _ENDLESS):
                best[there] = cost + more
                cells[there] = (*cells[here], cell)
                heapq.heappush(todo, (best[there], there))
    return set(cells[end])


# --- singling out -----------------------------------------------------------------------------------------------------

HELD = "not-given"
"""The coarse term of supervision, providers and agencies that stands in the place of one held back."""

Counts = Mapping[tuple[str, int, str | None], int]


@dataclass(frozen=True)
class Bounds:
    """How many national cases share some facts: at least, and at most (None where no count says)."""

    least: int
    most: int | None


@dataclass(frozen=True)
class Standing:
    """What somebody may know of a case, and how many cases nationally they are left with.

    `level` is "safe" (k or more surely), "short" (fewer than k) or "unknown"; `words` says it in a sentence.
    """

    knows: str
    bounds: Bounds
    level: str
    words: str


def standing(
    facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()
) -> tuple[Standing, ...]:
    """Who would be singled out by what: how many cases are left to somebody who knows more and more of the facts.

    Args:
        facts: as they are to be published.
        national: every national count there is.
        k: as many cases at least should be left.
        content: the content notes; with the themes they are what is notable in a review.
    """
    tables = _Tables(national)
    everywhere = tables.shared(facts, (), _exact("regions"))
    found = [_standing("the offence and the year", everywhere, k)]
    known = _bounded(facts, tables, content)
    for further in sorted(known, key=lambda f: (len(f), _place(f))):
        knows = ["the offence", "the year", "the region", *(_in_words(pair) for pair in further)]
        found.append(_standing(f"{', '.join(knows[:-1])} and {knows[-1]}", known[further], k))
    return tuple(found)


def singled_out(facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()) -> bool:
    """Whether it is known that fewer than k cases share some of the facts as they are to be published."""
    return any(known.level == "short" for known in standing(facts, national, k, content))


def coarsen(
    facts: KeyFacts, national: Iterable[NationalCount], k: int = K, content: Sequence[str] = ()
) -> tuple[KeyFacts, tuple[str, ...]]:
    """Key facts that k national cases share at least, where the counts can tell; and what a signer should know.

    Steps, one after another until k cases share the facts: the year becomes a period, the region a nation, the offence
    its group. What these do not help is held back: the supervision, the provider, an agency. Where the counts cannot
    tell that the facts as they are single somebody out, they stay as they are.
    """
    tables = _Tables(national)
    known = _bounded(facts, tables, content)
    short = {further for further, bounds in known.items() if bounds.most is not None and bounds.most < k}
    if not short:
        others = _others(facts, known, k, content)
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
        for coarser, done in _stepped(begun):
            now = _bounded(coarser, tables, content)
            left = {further for further in short if further in now and now[further].least < k}
            if not left:
                return coarser, (_less_exactly(k, [*done, *held]), _others(coarser, now, k, content))
        pair = next((pair for further in sorted(left, key=_place) for pair in further if pair[0] != "content"), None)
        if pair is None:
            return coarser, (
                f"{_less_exactly(k, [*done, *held])}; even so it is not known that {k} cases share them: weigh whether "
                "it may be published",
                _others(coarser, now, k, content),
            )
        begun, held = _held_back(begun, pair), [*held, _in_words(pair)]


def coarsest(facts: KeyFacts, before: KeyFacts) -> KeyFacts:
    """Facts no more exact than they were signed before, where they tell of the same offence, year and region."""
    changes: dict[str, object] = {}
    for name, words in (("offence", "offences"), ("region", "regions")):
        old, new = getattr(before, name), getattr(facts, name)
        if old != new and terms(words)[new].within == old:
            changes[name] = old
    if isinstance(before.offence_year, str) and before.offence_year == period(facts.offence_year):
        changes["offence_year"] = before.offence_year
    changes |= {name: HELD for name in ("supervision", "provider") if getattr(before, name) == HELD}
    if HELD in before.agencies:
        changes["agencies"] = (*(key for key in facts.agencies if key in before.agencies and key != HELD), HELD)
    return facts.model_copy(update=changes)


# what is known of a review beyond its offence, year and region


def _further(facts: KeyFacts, content: Sequence[str]) -> Further:
    """Every further fact that a page tells, as national.csv names it; what is held back is not told."""
    pairs = [("supervision", facts.supervision), ("provider", facts.provider or HELD)]
    pairs += [("agency", agency) for agency in facts.agencies]
    pairs += [("content", word.casefold()) for word in (*content, *facts.themes)]
    return tuple(pair for pair in dict.fromkeys(pairs) if pair[1] != HELD)


def _held_back(facts: KeyFacts, pair: tuple[str, str]) -> KeyFacts:
    name, value = pair
    if name != "agency":
        return facts.model_copy(update={name: HELD})
    kept = (agency for agency in facts.agencies if agency not in (value, HELD))
    return facts.model_copy(update={"agencies": (*kept, HELD)})


def _in_words(pair: tuple[str, str]) -> str:
    name, value = pair
    words = FURTHER[name]
    return f"the {name} ({title(words, value) if words else value})"


def _place(further: Further) -> tuple[tuple[int, str], ...]:
    return tuple((list(FURTHER).index(name), value) for name, value in further)


def _others(facts: KeyFacts, known: Mapping[Further, Bounds], k: int, content: Sequence[str]) -> str:
    """What to tell the signer of the further facts: which of them no count settles."""
    settled = {pair for further, bounds in known.items() if bounds.least >= k for pair in further}
    names = {"supervision": "supervision", "provider": "provider", "agency": "agencies", "content": "content"}
    unsettled = {name for name, value in _further(facts, content) if (name, value) not in settled}
    missing = [word for name, word in names.items() if name in unsettled]
    read = "read them as somebody would who looks for this case"
    if not missing:
        return f"counts tell of each of its facts that {k} cases share it, and not of all of them together: {read}"
    listed = f"{', '.join(missing[:-1])} and {missing[-1]}" if missing[1:] else missing[0]
    return f"no national counts tell that {k} cases share its {listed}: {read}"


def _less_exactly(k: int, done: Sequence[str]) -> str:
    return (
        f"fewer than {k} cases nationally share its facts, so these are given less exactly: {', '.join(done) or 'none'}"
    )


def _standing(knows: str, bounds: Bounds, k: int) -> Standing:
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
    return Standing(knows, bounds, level, f"Somebody who knows {knows} is left with {left} nationally{so}")


def _cases(n: int) -> str:
    return f"{n:,} case{'' if n == 1 else 's'}"


# counts


class _Tables:
    """National counts, one table for each combination of further facts that counts are narrowed by."""

    def __init__(self, national: Iterable[NationalCount]) -> None:
        self.further: dict[Further, dict[tuple[str, int, str | None], int]] = defaultdict(dict)
        for count in national:
            self.further[count.further][count.offence, count.year, count.region] = count.count

    def shared(self, facts: KeyFacts, further: Further, regions: Sequence[str]) -> Bounds:
        """What one table says of a review's offence and year, as exactly as its facts tell them, in some regions."""
        counts = self.further.get(further, {})
        found = [
            _bounds(counts, offence, year, regions)
            for offence in members("offences", facts.offence)
            for year in years(facts.offence_year)
        ]
        most = [bounds.most for bounds in found]
        return Bounds(
            sum(bounds.least for bounds in found), None if None in most else sum(m for m in most if m is not None)
        )


def _bounded(facts: KeyFacts, tables: _Tables, content: Sequence[str]) -> dict[Further, Bounds]:
    """How many cases share the offence, year and region alone, and with each combination of further facts that is counted.

    Fewer cases share more facts: what is known of a combination bounds those with fewer facts, and with more.
    """
    own = set(_further(facts, content))
    regions = members("regions", facts.region)
    told = {f: tables.shared(facts, f, regions) for f in ((), *tables.further) if own.issuperset(f)}
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


def _stepped(facts: KeyFacts) -> Iterator[tuple[KeyFacts, list[str]]]:
    """The facts as they are, then less exact by one step more each time, with the steps done."""
    done: list[str] = []
    yield facts, done
    for name, step in _STEPS:
        stepped = step(facts)
        if stepped != facts:
            facts, done = stepped, [*done, name]
            yield facts, done


def _coarser_year(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"offence_year": period(facts.offence_year)})


def _coarser_region(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"region": terms("regions")[facts.region].within or facts.region})


def _coarser_offence(facts: KeyFacts) -> KeyFacts:
    return facts.model_copy(update={"offence": terms("offences")[facts.offence].within or facts.offence})


_STEPS = (("the year", _coarser_year), ("the region", _coarser_region), ("the offence", _coarser_offence))


def period(year: int | str) -> str:
    """Five years: 2015-2019."""
    return year if isinstance(year, str) else f"{year - year % 5}-{year - year % 5 + 4}"


def years(year: int | str) -> range:
    """The years that a year or a period stands for."""
    if isinstance(year, int):
        return range(year, year + 1)
    first, last = map(int, year.split("-"))
    return range(first, last + 1)


def members(words: str, key: str) -> tuple[str, ...]:
    """The exact terms that a term stands for: itself, or those within it."""
    return tuple(name for name, term in terms(words).items() if key in (name, term.within) and not term.coarse)


def _bounds(counts: Counts, offence: str, year: int, regions: Sequence[str]) -> Bounds:
    """For one offence and one year, in some regions."""
    here = [counts.get((offence, year, region)) for region in regions]
    elsewhere = [counts.get((offence, year, region)) for region in _exact("regions") if region not in regions]
    whole = counts.get((offence, year, None))
    least = sum(count or 0 for count in here)
    if whole is not None and None not in elsewhere:
        least = max(least, whole - sum(count or 0 for count in elsewhere))
    most = [whole - sum(count or 0 for count in elsewhere)] if whole is not None else []
    parts = (here, [counts.get((ALL, year, region)) for region in regions])
    most += [sum(count or 0 for count in part) for part in parts if None not in part]
    if (everything := counts.get((ALL, year, None))) is not None:
        others = sum(counts.get((other, year, None)) or 0 for other in _exact("offences") if other != offence)
        most.append(everything - others)
    return Bounds(least, min(most) if most else None)


def _exact(words: str) -> tuple[str, ...]:
    return tuple(key for key, term in terms(words).items() if not term.coarse)
