"""candour.db: the tables of the CSV files as one SQLite database, and datasette.json, with which Datasette opens it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from publishing.catalogue.open_data.questions import questions
from publishing.catalogue.open_data.records import Record
from publishing.catalogue.open_data.tables import (
    ABOUT,
    DATASETS,
    FORMAT,
    LICENCE,
    PUBLISHER,
    SEPARATOR,
    TITLE,
    Column,
    Dataset,
)

NAME = "candour"
"""The database's own, in Datasette's addresses too."""


def database(tables: Mapping[str, Sequence[Record]], as_of: dt.date) -> bytes:
    """Every table as a database file; the same rows give the same bytes, whatever version of SQLite wrote them.

    It is written anew at the end (VACUUM): it holds its rows and nothing else, and the gate refuses one that does not.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("PRAGMA page_size = 4096")
        made.execute("PRAGMA encoding = 'UTF-8'")
        made.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        told = {
            "title": TITLE,
            "date": as_of.isoformat(),
            "format": str(FORMAT),
            "licence": LICENCE,
            "publisher": PUBLISHER,
        }
        made.executemany("INSERT INTO about VALUES (?, ?)", told.items())
        for dataset in DATASETS:
            made.execute(_definition(dataset))
            places = ", ".join("?" * len(dataset.columns))
            rows = ([_cell(row[column.name]) for column in dataset.columns] for row in tables[dataset.name])
            made.executemany(f"INSERT INTO {dataset.name} VALUES ({places})", rows)
        made.execute("VACUUM")
        data = made.serialize()
    # who wrote it, and how often it was written to (the file format's section 1.3)
    return data[:24] + bytes(4) + data[28:92] + bytes(8) + data[100:]


def datasette_metadata(as_of: dt.date, address: str) -> dict[str, Any]:
    """What Datasette shows of the database: https://docs.datasette.io/en/stable/metadata.html."""
    source = {"source": PUBLISHER, **({"source_url": f"{address}data/"} if address else {})}
    return {
        "title": TITLE,
        "description": f"{ABOUT} As of {as_of.isoformat()}.",
        "license": "Open Government Licence v3.0",
        "license_url": LICENCE,
        **source,
        "databases": {
            NAME: {
                "tables": {
                    dataset.name: {
                        "description": dataset.about,
                        "columns": {column.name: column.about for column in dataset.columns},
                    }
                    for dataset in DATASETS
                },
                "queries": {asked.key: {"title": asked.question, "sql": asked.sql} for asked in questions()},
            }
        },
    }


def _definition(dataset: Dataset) -> str:
    """The statement that makes a table; names are quoted, since some are words of SQL."""
    lines = [_column(column) for column in dataset.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, dataset.key))})")
    if dataset.refers:
        own, other, theirs = dataset.refers
        lines.append(f"FOREIGN KEY ({_quoted(own)}) REFERENCES {other} ({_quoted(theirs)})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {dataset.name} (\n  {body}\n)"


def _column(column: Column) -> str:
    kind = "INTEGER" if column.kind in ("integer", "boolean") else "TEXT"
    return f"{_quoted(column.name)} {kind}{' NOT NULL' if column.required else ''}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _cell(value: Any) -> str | int | None:
    """As in CSV, but for the apostrophe that spreadsheets need; true is 1."""
    return value if value is None or isinstance(value, str | int) else SEPARATOR.join(value)
