"""What an SQLite database holds: every row of every table, as JSON, and the statements that made them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from redaction.leaks.budget import LIMIT, Budget, UnpackingError

_MAGIC = b"SQLite format 3\x00"
_COUNTERS = ((24, 28), (40, 44), (92, 100))
"""Of the header: what goes up with each writing, and who wrote last (https://www.sqlite.org/fileformat2.html, 1.3)."""


def is_database(data: bytes) -> bool:
    """Whether bytes say that they are an SQLite database."""
    return data.startswith(_MAGIC)


def tables_of(data: bytes, budget: Budget) -> Iterator[bytes]:
    """The rows of each table as one JSON list, the schema's first; then what is packed in a value.

    Raises:
        UnpackingError: it cannot be read, has tables that keep their rows in a manner of their own, or holds more than its
            rows: what was deleted, or written between them.
    """
    budget.spend(len(data))
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LIMIT)
            database.execute("PRAGMA trusted_schema = OFF")
            database.deserialize(data)
            database.row_factory = sqlite3.Row
            schema = database.execute("SELECT * FROM sqlite_schema").fetchall()
            if any(row["sql"] and row["rootpage"] == 0 and row["type"] == "table" for row in schema):
                raise UnpackingError("it holds a database with tables that cannot be read")
            packed: list[bytes] = []
            for name in ("sqlite_schema", *(row["name"] for row in schema if row["type"] == "table")):
                yield _as_json(database.execute(f"SELECT * FROM {_quoted(name)}"), packed, budget)
            yield from packed
            # written anew a database has its rows and nothing else
            database.execute("VACUUM")
            if _without_counters(database.serialize()) != _without_counters(data):
                raise UnpackingError("it holds a database with more in it than its rows")
    except (sqlite3.Error, UnicodeDecodeError):
        raise UnpackingError("it holds a database that cannot be read") from None


def _as_json(rows: Iterable[sqlite3.Row], packed: list[bytes], budget: Budget) -> bytes:
    """Rows as a list of objects; what is bytes goes to `packed`."""
    found = []
    for row in rows:
        budget.spend(sum(len(value) for value in row if isinstance(value, str | bytes)))
        packed += [value for value in row if isinstance(value, bytes)]
        found.append({name: row[name] for name in row.keys() if not isinstance(row[name], bytes)})  # noqa: SIM118
    return json.dumps(found, ensure_ascii=False).encode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _without_counters(data: bytes) -> bytes:
    kept = bytearray(data)
    for start, end in _COUNTERS:
        kept[start:end] = bytes(end - start)
    return bytes(kept)
