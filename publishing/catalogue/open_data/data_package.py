"""datapackage.json: the CSV files as a tabular data package, https://specs.frictionlessdata.io/tabular-data-package/."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from publishing.catalogue.open_data.tables import (
    ABOUT,
    DATASETS,
    FORMAT,
    LICENCE,
    PUBLISHER,
    TITLE,
    Column,
    Dataset,
)
from publishing.vocabulary import terms

_TYPES = {"integer": "integer", "boolean": "boolean", "date": "date", "month": "yearmonth"}


def data_package(folder: Path, as_of: dt.date, address: str) -> dict[str, Any]:
    """Describe the CSV files of a folder, each with its size and its SHA-256."""
    home = {"homepage": f"{address}data/"} if address else {}
    return {
        "profile": "tabular-data-package",
        "name": "serious-further-offence-reviews",
        "title": TITLE,
        "description": ABOUT,
        **home,
        "version": f"{FORMAT}.{as_of:%Y%m%d}.0",
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE, "title": "Open Government Licence v3.0"}],
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "resources": [_resource(dataset, (folder / f"{dataset.name}.csv").read_bytes()) for dataset in DATASETS],
    }


def _resource(dataset: Dataset, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in dataset.columns], "primaryKey": list(dataset.key)}
    if dataset.refers:
        own, other, theirs = dataset.refers
        schema["foreignKeys"] = [{"fields": own, "reference": {"resource": other, "fields": theirs}}]
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "path": f"{dataset.name}.csv",
        "title": dataset.heading,
        "description": dataset.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words and not column.many:
        constraints["enum"] = list(terms(column.words))
    if column.pattern:
        constraints["pattern"] = column.pattern
    kind = _TYPES.get(column.kind, "string")
    return {"name": column.name, "type": kind, "description": column.about, "constraints": constraints}
