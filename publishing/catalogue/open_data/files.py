"""What is published, as data: CSV described by CSVW and as a data package, JSON with its schema, and feeds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from publishing.catalogue.open_data import feeds
from publishing.catalogue.open_data.catalogue_record import catalogue_record
from publishing.catalogue.open_data.data_package import data_package
from publishing.catalogue.open_data.database import NAME, database, datasette_metadata
from publishing.catalogue.open_data.record_schemas import record_schemas
from publishing.catalogue.open_data.records import Record, all_records
from publishing.catalogue.open_data.schemas import csvw_metadata, json_schema
from publishing.catalogue.open_data.tables import DATASETS, FORMAT, LICENCE, PUBLISHER, SEPARATOR, Column, Dataset
from publishing.files.indented_json import indented_json
from publishing.reviews import RedactedReview, Withdrawal

_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@]|[\t\r]")
"""What a spreadsheet takes for a formula, spaces and signs that nobody sees before it included:
https://owasp.org/www-community/attacks/CSV_Injection."""


def write_open_data(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
    as_of: dt.date,
    address: str = "",
    keep: feeds.Keep = feeds.make_anew,
) -> tuple[feeds.Feed, ...]:
    """Write every file of the open data into folder/data.

    Args:
        reviews: what is published.
        withdrawals: what was taken down.
        folder: the site's Markdown folder.
        as_of: the day of this version.
        address: the site's own address, ending with a slash; "" where it is not known.
        keep: as for `feeds.write_feeds`.

    Returns:
        The feeds, for the page that lists them.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    tables = all_records(reviews, withdrawals, as_of, address)
    for dataset in DATASETS:
        rows = tables[dataset.name]
        (data / f"{dataset.name}.csv").write_bytes(csv_text(dataset, rows).encode())
        rows_told = [_json_row(dataset, row) for row in rows]
        _write_json(data / f"{dataset.name}.json", {**file_header(as_of), dataset.name: rows_told})
        _write_json(data / f"{dataset.name}.schema.json", json_schema(dataset))
    for name, schema in record_schemas().items():
        _write_json(data / f"{name}.schema.json", schema)
    _write_json(data / "csv-metadata.json", csvw_metadata(as_of))
    _write_json(data / "datapackage.json", data_package(data, as_of, address))
    (data / f"{NAME}.db").write_bytes(database(tables, as_of))
    _write_json(data / "datasette.json", datasette_metadata(as_of, address))
    _write_json(data / "catalogue.jsonld", catalogue_record(as_of, address))
    _write_json(data / "feeds/feed.schema.json", feeds.json_feed_schema())
    return tuple(feeds.write_feeds(reviews, withdrawals, data / "feeds", as_of, address, keep))


@cache
def python_example() -> str:
    """Ten lines of Python that use the data; a test runs them."""
    return files("publishing.catalogue").joinpath("example.py.txt").read_text(encoding="utf-8").rstrip()


def file_header(as_of: dt.date) -> dict[str, Any]:
    """What each JSON file says of itself."""
    return {"format": FORMAT, "date": as_of.isoformat(), "licence": LICENCE, "publisher": PUBLISHER}


def csv_text(dataset: Dataset, rows: Iterable[Record]) -> str:
    """A dataset as RFC 4180 has it: quoted where need be, lines ended by CR and LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in dataset.columns])
    for row in rows:
        writer.writerow([_cell(column, row[column.name]) for column in dataset.columns])
    return out.getvalue()


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = value if isinstance(value, str) else SEPARATOR.join(value)
    # some programs take a fullwidth, small or superscript sign for the plain one; the page of the data says so
    return f"'{text}" if _FORMULA.match(unicodedata.normalize("NFKC", text)) else text


def _json_row(dataset: Dataset, row: Record) -> dict[str, Any]:
    """A row with its columns in their order; what only JSON can hold comes last."""
    ordered = {column.name: row[column.name] for column in dataset.columns}
    return {**ordered, "history": row["history"]} if "history" in row else ordered


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(indented_json(value))
