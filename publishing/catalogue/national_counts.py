"""National counts of serious further offences, as officials have published them: reviews/national.csv."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.vocabulary import exact_terms

FILE = "national.csv"
ALL = "all"
"""In the column `offence`: every offence together."""

FURTHER: dict[str, str | None] = {
    "supervision": "supervision",
    "provider": "providers",
    "agency": "agencies",
    "content": None,
}
"""Columns by which a count may be narrowed further, and the vocabulary's list for each (content: in people's words)."""

_COLUMNS = ("offence", "year", "count", "source")
_OPTIONAL = ("region", *FURTHER)
EXCLUSIVE = ("supervision", "provider")
"""A case has one of these alone, so that counts by them add up; it may involve several agencies."""
_LIMIT = 5_000_000


Further = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NationalCount:
    """How many cases there were, for one offence (or `all`), one year and one region (or None: everywhere).

    `further` narrows it to cases of which more is true: pairs of a column of FURTHER and its value, in FURTHER's order.
    """

    offence: str
    year: int
    count: int
    source: str
    region: str | None = None
    further: Further = ()

    @property
    def cell(self) -> tuple[str, int, str | None, Further]:
        """What it counts."""
        return self.offence, self.year, self.region, self.further


class NationalCountsError(PublishingError):
    """national.csv cannot be used: every fault of it, each with its line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{FILE}{' ' if fault.startswith('line') else ': '}{fault}" for fault in faults))


def load_national_counts(path: Path) -> tuple[NationalCount, ...]:
    """Read the counts, ordered by year, offence and region; none where there is no file. What it lacks is not known.

    Raises:
        NationalCountsError: with every fault.
    """
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        text = data.decode("utf-8-sig")
    except OSError:
        raise NationalCountsError(["cannot be read: check that you may read it"]) from None
    except UnicodeDecodeError:
        raise NationalCountsError(["is not UTF-8 text: save it as CSV UTF-8"]) from None
    if len(data) > _LIMIT or "\0" in text:
        raise NationalCountsError(["is no table of counts: is it the right file?"])
    return _parse_counts(text)


def _parse_counts(text: str) -> tuple[NationalCount, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    counts: dict[tuple[str, int, str | None, Further], NationalCount] = {}
    faults: list[str] = []
    try:
        header = next(reader, [])
        if wrong := list(_header_faults(header)):
            raise NationalCountsError(wrong)
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                faults.append(
                    f"line {line}: has {len(cells)} fields, not {len(header)}; quote a source with a comma in it"
                )
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            if wrong := [f"line {line}: {fault}" for fault in _row_faults(row)]:
                faults += wrong
                continue
            count = _count_from(row)
            if count.cell in counts:
                faults.append(f"line {line}: counts what an earlier line counts already: keep one of the two")
            counts[count.cell] = count
    except csv.Error:
        faults.append(f"line {reader.line_num}: is not CSV: a quotation mark is not closed")
    faults += _contradiction_faults(tuple(counts.values()))
    if faults:
        raise NationalCountsError(faults)
    return tuple(sorted(counts.values(), key=_sort_key))


def _sort_key(count: NationalCount) -> tuple[int, bool, str, str, Further]:
    return count.year, count.offence != ALL, count.offence, count.region or "", count.further


def _header_faults(header: list[str]) -> Iterator[str]:
    for name in _COLUMNS:
        if name not in header:
            yield f"line 1: lacks the column {name}; columns are {', '.join(_COLUMNS)} and, if known, {', '.join(_OPTIONAL)}"
    if len(set(header)) < len(header) or set(header) - {*_COLUMNS, *_OPTIONAL}:
        yield f"line 1: has a column that is not one of {', '.join((*_COLUMNS, *_OPTIONAL))}, or has one twice"


def _row_faults(row: Mapping[str, str]) -> Iterator[str]:
    # exact terms alone, which exclude each other: the count of a group is the sum of others, and would give one away
    if row["offence"] != ALL and row["offence"] not in exact_terms("offences"):
        yield "offence: is neither all nor an offence of the vocabulary; groups of offences are not counted here"
    if not re.fullmatch(r"(19|20)\d\d", row["year"], re.ASCII):
        yield "year: must be four digits, such as 2018"
    if not re.fullmatch(r"\d{1,9}", row["count"], re.ASCII):
        yield "count: must be a whole number without separators; leave the line out where it is not known"
    if row.get("region") and row["region"] not in exact_terms("regions"):
        yield "region: is not a region of the vocabulary; leave it empty for the whole country"
    for name, words in FURTHER.items():
        if words and not exact_terms(words).keys() >= set(_values_in(name, row.get(name, ""))):
            yield f"{name}: is not one of the vocabulary's {words}; leave it empty for all of them together"
    if not row["source"]:
        yield "source: is empty: say who published the count"


def _count_from(row: Mapping[str, str]) -> NationalCount:
    further = tuple((name, value) for name in FURTHER for value in _values_in(name, row.get(name, "")))
    return NationalCount(
        row["offence"], int(row["year"]), int(row["count"]), row["source"], row.get("region") or None, further
    )


def _values_in(name: str, cell: str) -> tuple[str, ...]:
    """The values that a cell names; several agencies or contents, of cases that have them all, are parted by semicolons."""
    named = (cell,) if name in EXCLUSIVE else cell.split(";")
    return tuple(sorted({value.strip().casefold() for value in named if value.strip()}))


def _contradiction_faults(counts: Sequence[NationalCount]) -> list[str]:
    """Parts that add up to more than their whole."""
    by_offence: defaultdict[tuple[int, str], list[NationalCount]] = defaultdict(list)
    alike: defaultdict[tuple[int, str | None, Further], list[NationalCount]] = defaultdict(list)
    for count in counts:
        by_offence[count.year, count.offence].append(count)
        alike[count.year, count.region, count.further].append(count)
    faults = []
    for whole in counts:
        same = by_offence[whole.year, whole.offence]
        others = alike[whole.year, whole.region, whole.further] if whole.offence == ALL else ()
        for what, parts in _parts_of(whole, same, others):
            if sum(part.count for part in parts) > whole.count:
                faults.append(f"{whole.offence}, {whole.year}: its {what} add up to more than it")
    return list(dict.fromkeys(faults))


def _parts_of(
    whole: NationalCount, same: Sequence[NationalCount], others: Sequence[NationalCount]
) -> Iterator[tuple[str, list[NationalCount]]]:
    """Counts that are parts of a whole: those that exclude each other together, the others one by one.

    `same` are those of its year and offence; `others`, for all offences together, those of its year that tell as much besides.
    """
    yield "offences", [count for count in others if count.offence != ALL]
    if whole.region is None:
        yield "regions", [count for count in same if count.region and count.further == whole.further]
    narrower = [c for c in same if c.region == whole.region and set(whole.further) < set(c.further)]
    for name in EXCLUSIVE:
        kinds = [c for c in narrower if {other for other, _ in {*c.further} - {*whole.further}} == {name}]
        yield f"kinds of {name}", kinds
    yield from (("parts", [count]) for count in narrower)
