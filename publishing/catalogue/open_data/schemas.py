"""What describes the open data to other programs: CSVW metadata of the CSV files, a JSON Schema of each JSON file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from publishing.catalogue.open_data.tables import (
    DATASETS,
    FORMAT,
    LICENCE,
    PUBLISHER,
    SEPARATOR,
    TITLE,
    Column,
    Dataset,
)
from publishing.vocabulary import terms

_DATATYPES: dict[str, Any] = {
    "integer": {"base": "integer", "minimum": 0},
    "boolean": "boolean",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "month": "gYearMonth",
    "text": "string",
}


def csvw_metadata(as_of: dt.date) -> dict[str, Any]:
    """CSVW metadata of every CSV file; processors find it by its name, csv-metadata.json."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:publisher": PUBLISHER,
        "dc:license": {"@id": LICENCE},
        "dc:modified": {"@value": as_of.isoformat(), "@type": "xsd:date"},
        "dc:hasVersion": f"{FORMAT}, {as_of.isoformat()}",
        "tables": [_csvw_table(dataset) for dataset in DATASETS],
    }


def _csvw_table(dataset: Dataset) -> dict[str, Any]:
    described: dict[str, Any] = {
        "columns": [_csvw_column(column) for column in dataset.columns],
        "primaryKey": list(dataset.key),
    }
    if dataset.refers:
        own, other, theirs = dataset.refers
        described["foreignKeys"] = [
            {"columnReference": own, "reference": {"resource": f"{other}.csv", "columnReference": theirs}}
        ]
    return {
        "url": f"{dataset.name}.csv",
        "dc:title": dataset.heading,
        "dc:description": dataset.about,
        "tableSchema": described,
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    datatype = _DATATYPES.get(column.kind)
    if datatype is None:
        allowed = column.pattern or ("|".join(terms(column.words)) if column.words else None)
        datatype = {"base": "string", "format": allowed} if allowed else "string"
    described = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about,
        "datatype": datatype,
        "required": column.required,
    }
    return {**described, "separator": SEPARATOR} if column.many else described


def json_schema(dataset: Dataset) -> dict[str, Any]:
    """The JSON Schema of a dataset's JSON file."""
    properties = {column.name: _json_property(column) for column in dataset.columns}
    if dataset.name == "recommendations":
        properties["history"] = _HISTORY
    row = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": dataset.heading,
        "description": dataset.about,
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "date": {"type": "string", "format": "date"},
            "licence": {"const": LICENCE},
            "publisher": {"type": "string"},
            dataset.name: {"type": "array", "items": row},
        },
        "required": ["format", "date", "licence", "publisher", dataset.name],
        "additionalProperties": False,
    }


_HISTORY = {
    "description": "What was said of it, the oldest first",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "date": {"type": "string", "format": "date"},
            "status": {"enum": list(terms("lesson_statuses"))},
        },
        "required": ["date", "status"],
        "additionalProperties": False,
    },
}


def _json_property(column: Column) -> dict[str, Any]:
    kind: dict[str, Any]
    if column.words:
        kind = {"enum": [*terms(column.words), *([] if column.required or column.many else [None])]}
    elif column.kind == "integer":
        kind = {"type": "integer", "minimum": 0}
    elif column.kind == "boolean":
        kind = {"type": "boolean"}
    elif column.kind == "date":
        kind = {"type": "string", "format": "date"}
    elif column.kind == "month":
        kind = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}
    else:
        kind = {"type": "string", **({"pattern": f"^({column.pattern})$"} if column.pattern else {})}
    if column.many:
        kind = {"type": "array", "items": kind}
    elif not column.required and "type" in kind:
        kind["type"] = [kind["type"], "null"]
    return {"description": column.about, **kind}
