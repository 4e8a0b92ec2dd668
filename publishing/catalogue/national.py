"""National counts of serious further offences, as officials have published them: reviews/national.csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.vocabulary import terms

FILE = "national.csv"
ALL = "all"
"""In the column `offence`: every offence together."""

_COLUMNS = ("offence", "year", "count", "source")
_OPTIONAL = ("region",)
_LIMIT = 5_000_000


@dataclass(frozen=True)
class NationalCount:
    """How many cases there were, for one offence (or `all`), one year and one region (or None: everywhere)."""

    offence: str
    year: int
    count: int
    source: str
    region: str | None = None

    @property
    def cell(self) -> tuple[str, int, str | None]:
        """What it counts."""
        return self.offence, self.year, self.region


class NationalCountsError(PublishingError):
    """national.csv cannot be used: every fault of it, each with its line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{FILE}{' ' if fault.startswith('line') else ': '}{fault}" for fault in faults))


def load(path: Path) -> tuple[NationalCount, ...]:
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
    return _read(text)


def _read(text: str) -> tuple[NationalCount, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    counts: dict[tuple[str, int, str | None], NationalCount] = {}
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
            count = _count(row)
            if count.cell in counts:
                faults.append(f"line {line}: counts what an earlier line counts already: keep one of the two")
            counts[count.cell] = count
    except csv.Error:
        faults.append(f"line {reader.line_num}: is not CSV: a quotation mark is not closed")
    faults += _contradictions(counts)
    if faults:
        raise NationalCountsError(faults)
    return tuple(sorted(counts.values(), key=lambda c: (c.year, c.offence != ALL, c.offence, c.region or "")))


def _header_faults(header: list[str]) -> Iterator[str]:
    for name in _COLUMNS:
        if name not in header:
            yield f"line 1: lacks the column {name}; columns are {', '.join(_COLUMNS)} and, if known, region"
    if len(set(header)) < len(header) or set(header) - {*_COLUMNS, *_OPTIONAL}:
        yield f"line 1: has a column that is not one of {', '.join(_COLUMNS)}, region, or has one twice"


def _row_faults(row: Mapping[str, str]) -> Iterator[str]:
    if row["offence"] != ALL and row["offence"] not in terms("offences"):
        yield "offence: is neither all nor an offence of the vocabulary"
    if not re.fullmatch(r"(19|20)\d\d", row["year"], re.ASCII):
        yield "year: must be four digits, such as 2018"
    if not re.fullmatch(r"\d{1,9}", row["count"], re.ASCII):
        yield "count: must be a whole number without separators; leave the line out where it is not known"
    if row.get("region") and row["region"] not in terms("regions"):
        yield "region: is not a region of the vocabulary; leave it empty for the whole country"
    if not row["source"]:
        yield "source: is empty: say who published the count"


def _count(row: Mapping[str, str]) -> NationalCount:
    region = row.get("region") or None
    return NationalCount(row["offence"], int(row["year"]), int(row["count"]), row["source"], region)


def _contradictions(counts: Mapping[tuple[str, int, str | None], NationalCount]) -> list[str]:
    """Parts that add up to more than their whole."""
    faults = []
    for (offence, year, region), whole in counts.items():
        wholes = []
        if offence == ALL:
            wholes.append(
                ("offences", [c for c in counts.values() if c.offence != ALL and (c.year, c.region) == (year, region)])
            )
        if region is None:
            wholes.append(
                ("regions", [c for c in counts.values() if c.region and (c.offence, c.year) == (offence, year)])
            )
        for what, parts in wholes:
            if sum(part.count for part in parts) > whole.count:
                faults.append(f"{offence}, {year}: its {what} add up to more than it")
    return faults
