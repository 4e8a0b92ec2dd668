"""What is published, as data: CSV described by CSVW, JSON with its schema, Atom feeds. Feeds never hold a review's text.

Every table is one list of columns; files, metadata, schemas and the data dictionary on the page are made from it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from publishing.catalogue import lessons as catalogue
from publishing.catalogue import statistics
from publishing.catalogue.recommendations import Recommendation, recommendations
from publishing.catalogue.titles import lesson_title, review_title
from publishing.reviews import RedactedReview, Withdrawal
from publishing.vocabulary import terms, title

FORMAT = 1
"""Goes up when a column goes away or changes its meaning; new columns leave it."""

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PUBLISHER = "Ministry of Justice"
IDS = uuid.uuid5(uuid.NAMESPACE_URL, "candour:serious-further-offence-reviews")
"""Feeds name things by UUIDs within this one: they stay when the site moves to another address."""

MOST_ENTRIES = 500
"""No feed has more: readers ask for it again and again."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATOR = "; "

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column. `kind` is string, integer, boolean, date, month or text (people's own words); `words` its terms."""

    name: str
    about: str
    kind: str = "string"
    words: str | None = None
    required: bool = True
    many: bool = False
    pattern: str | None = None


@dataclass(frozen=True)
class Dataset:
    """One table of the open data: `key` are the columns that name a row; `refers` is a column and whose it is."""

    name: str
    heading: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[str, str, str] | None = None


_REVIEW = Column("review", "The review's permanent reference", pattern=r"[0-9]{4}-[0-9]{3}")
_LESSON = Column(
    "id", "The lesson's permanent name: its review and its number", pattern=r"[0-9]{4}-[0-9]{3}/lesson-[0-9]+"
)
_ADDRESS = Column("address", "Its page; relative to the home page of this site unless it begins with https:")
_PUBLISHED = Column("published", "The day the review was published", "date")
_OWNER = Column("owner", "Who is to do it, as redacted; empty where nobody is named", "text", required=False)
_STATUS = Column("status", "The newest status", words="lesson_statuses")

DATASETS = (
    Dataset(
        "reviews", "Reviews", "One row for each published review: the facts that its page shows.",
        (
            _REVIEW,
            Column("title", "The title of its page"),
            _ADDRESS,
            _PUBLISHED,
            Column("outcome", "How the case ended in court", words="outcomes"),
            Column("offence", "The offence of the conviction, or its group where it is not given, to protect identity",
                   words="offences"),
            Column("offence_year", "The year of the offence, or a period where it is not given, to protect identity",
                   pattern=r"[0-9]{4}(-[0-9]{4})?"),
            Column("region", "Where the person was supervised, or the nation where it is not given, to protect identity",
                   words="regions"),
            Column("provider", "Who supervised then", words="providers", required=False),
            Column("supervision", "The kind of supervision", words="supervision"),
            Column("risk_of_serious_harm", "The assessed level of risk", words="risk_of_serious_harm"),
            Column("mappa_level", "The MAPPA level", "integer", required=False),
            Column("agencies", "The agencies involved", words="agencies", many=True),
            Column("themes", "What the review is about", words="themes", many=True),
            Column("reasonable_steps", "The review's judgement", words="reasonable_steps"),
            Column("quality_rating", "The inspectorate's rating of the review", words="quality_ratings", required=False),
            Column("took", "From the notification to the completion of the review", words="durations", required=False),
            Column("lessons", "How many lessons it has", "integer"),
        ),
        ("review",),
    ),
    Dataset(
        "lessons", "Lessons", "One row for each lesson, with its text.",
        (
            _LESSON,
            _REVIEW,
            Column("lesson", "The lesson's number within its review", "integer"),
            _ADDRESS,
            Column("text", "What must be done, as redacted", "text"),
            Column("why", "What contributed, as redacted", "text", required=False),
            Column("themes", "What the lesson is about; its review's themes where it names none", words="themes", many=True),
            Column("level", "Whom it is for", words="levels"),
            _OWNER,
            Column("response", "What the owner answered", words="responses", required=False),
            Column("due", "The month by which it was promised", "month", required=False),
            _STATUS,
        ),
        ("id",), ("review", "reviews", "review"),
    ),
    Dataset(
        "recommendations", "Recommendations", "One row for each lesson: what became of it, as of the day of this version.",
        (
            _LESSON,
            _REVIEW,
            Column("lesson", "The lesson's number within its review", "integer"),
            _PUBLISHED,
            Column("text", "What must be done, as redacted", "text"),
            Column("themes", "What the lesson is about; its review's themes where it names none", words="themes", many=True),
            Column("level", "Whom it is for", words="levels"),
            _OWNER,
            Column("response", "What the owner answered", words="responses", required=False),
            Column("due", "The month by which it was promised", "month", required=False),
            _STATUS,
            Column("overdue", "Whether that month is over and it is neither implemented nor rejected", "boolean"),
            Column("unanswered", "Whether nobody has accepted or rejected it, nor said anything since", "boolean"),
            Column("months_silent", "Whole months since anything was said, or since publication; empty where it is closed",
                   "integer", required=False),
        ),
        ("id",), ("id", "lessons", "id"),
    ),
    Dataset(
        "updates", "Updates", "One row for each thing that was said of a lesson: its history.",
        (
            _LESSON,
            Column("date", "The day it was said", "date"),
            Column("status", "The status it gave", words="lesson_statuses"),
            Column("note", "What was said, as redacted", "text", required=False),
        ),
        ("id", "date"), ("id", "lessons", "id"),
    ),
    Dataset(
        "trends", "Trends", "One row for each number of the trends pages.",
        (
            Column("year", "The year of publication, or all", pattern=r"[0-9]{4}|all"),
            Column("table", "The table: its heading's name in lower case", pattern=r"[a-z0-9-]+"),
            Column("row", "The term that is counted"),
            Column("column", "What is counted"),
            Column("count", "How many", "integer"),
        ),
        ("year", "table", "row", "column"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Feed:
    """One Atom feed: its path below data/feeds/, and its title."""

    path: str
    title: str


def write(
    reviews: Sequence[RedactedReview],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
    as_of: dt.date,
    address: str = "",
) -> tuple[Feed, ...]:
    """Write every file of the open data into folder/data.

    Args:
        reviews: what is published.
        withdrawals: what was taken down.
        folder: the site's Markdown folder.
        as_of: the day of this version.
        address: the site's own address, ending with a slash; "" where it is not known.

    Returns:
        The feeds, for the page that lists them.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    tables = records(reviews, as_of, address)
    for dataset in DATASETS:
        rows = tables[dataset.name]
        _put(data / f"{dataset.name}.csv", csv_text(dataset, rows))
        _put(
            data / f"{dataset.name}.json", _json({**about(as_of), dataset.name: [_full(dataset, row) for row in rows]})
        )
        _put(data / f"{dataset.name}.schema.json", _json(schema(dataset)))
    _put(data / "csv-metadata.json", _json(metadata(as_of)))
    return tuple(_feeds(reviews, withdrawals, data / "feeds", as_of, address))


def in_words(column: Column) -> str:
    """What a column may hold, for the data dictionary."""
    if column.words:
        return f"{'several of' if column.many else 'one of'} the terms: {column.words.replace('_', ' ')}"
    return {"string": "text", "text": "people's own words", "integer": "a whole number", "boolean": "true or false",
            "date": "a day, 2025-02-03", "month": "a month, 2025-09"}[column.kind]  # fmt: skip


def word_lists() -> dict[str, str]:
    """Every list of terms that a column uses, with its heading."""
    used = [column.words for dataset in DATASETS for column in dataset.columns if column.words]
    return {words: words.replace("_", " ").capitalize() for words in dict.fromkeys(used)}


@cache
def example() -> str:
    """Ten lines of Python that use the data; a test runs them."""
    return files("publishing.catalogue").joinpath("example.py.txt").read_text(encoding="utf-8").rstrip()


def about(as_of: dt.date) -> dict[str, Any]:
    """What each JSON file says of itself."""
    return {"format": FORMAT, "date": as_of.isoformat(), "licence": LICENCE, "publisher": PUBLISHER}


# --- rows


def records(reviews: Sequence[RedactedReview], as_of: dt.date, address: str = "") -> dict[str, list[Record]]:
    """The rows of every dataset, in an order that adding a review does not change for the others."""
    ordered = sorted(reviews, key=lambda review: review.public_id)
    taught = [catalogue.Taught(review, lesson) for review in ordered for lesson in review.lessons]
    return {
        "reviews": [_review(review, address) for review in ordered],
        "lessons": [_lesson(entry, address) for entry in taught],
        "recommendations": [_recommendation(found) for found in recommendations(taught, as_of)],
        "updates": [
            {"id": _id(entry), "date": update.date.isoformat(), "status": update.status, "note": update.note}
            for entry in taught
            for update in sorted(entry.lesson.updates, key=lambda update: update.date)
        ],
        "trends": [
            {"year": str(report.year or "all"), "table": table.key, "row": row.key, "column": column, "count": count}
            for report in statistics.reports(reviews)
            for table in report.tables.values()
            for row in table.rows
            for column, count in zip(table.columns, row.counts, strict=True)
        ],
    }


def _id(entry: catalogue.Taught) -> str:
    return f"{entry.review.public_id}/lesson-{entry.lesson.id}"


def _review(review: RedactedReview, address: str) -> Record:
    facts = review.facts.model_dump()
    return {
        "review": review.public_id,
        "title": review_title(review),
        "address": f"{address}reviews/{review.public_id}/",
        "published": review.publish_on.isoformat(),
        **facts,
        "offence_year": str(review.facts.offence_year),
        "took": review.took,
        "lessons": len(review.lessons),
    }


def _lesson(entry: catalogue.Taught, address: str) -> Record:
    lesson = entry.lesson
    return {
        "id": _id(entry),
        "review": entry.review.public_id,
        "lesson": lesson.id,
        "address": f"{address}reviews/{entry.review.public_id}/#lesson-{lesson.id}",
        "text": lesson.text,
        "why": lesson.why,
        "themes": entry.themes,
        "level": lesson.level,
        "owner": lesson.owner,
        "response": lesson.response,
        "due": lesson.due,
        "status": lesson.status,
    }


def _recommendation(found: Recommendation) -> Record:
    lesson = _lesson(found.taught, "")
    return {
        **{name: value for name, value in lesson.items() if name not in ("address", "why")},
        "published": found.taught.review.publish_on.isoformat(),
        "overdue": found.overdue,
        "unanswered": found.unanswered,
        "months_silent": found.silent,
        "history": [
            {"date": update.date.isoformat(), "status": update.status}
            for update in sorted(found.taught.lesson.updates, key=lambda update: update.date)
        ],
    }


# --- CSV


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
    text = value if isinstance(value, str) else _SEPARATOR.join(value)
    # a spreadsheet would run such text as a formula; the page of the data says so
    return f"'{text}" if text.startswith(_FORMULA) else text


_DATATYPES: dict[str, Any] = {
    "integer": {"base": "integer", "minimum": 0},
    "boolean": "boolean",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "month": "gYearMonth",
    "text": "string",
}


def metadata(as_of: dt.date) -> dict[str, Any]:
    """CSVW metadata of every CSV file; processors find it by its name, csv-metadata.json."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Serious further offence reviews",
        "dc:publisher": PUBLISHER,
        "dc:license": {"@id": LICENCE},
        "dc:modified": {"@value": as_of.isoformat(), "@type": "xsd:date"},
        "dc:hasVersion": f"{FORMAT}, {as_of.isoformat()}",
        "tables": [_table(dataset) for dataset in DATASETS],
    }


def _table(dataset: Dataset) -> dict[str, Any]:
    described: dict[str, Any] = {
        "columns": [_described(column) for column in dataset.columns],
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


def _described(column: Column) -> dict[str, Any]:
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
    return {**described, "separator": _SEPARATOR} if column.many else described


# --- JSON


def _full(dataset: Dataset, row: Record) -> dict[str, Any]:
    """A row with its columns in their order; what only JSON can hold comes last."""
    ordered = {column.name: row[column.name] for column in dataset.columns}
    return {**ordered, "history": row["history"]} if "history" in row else ordered


def schema(dataset: Dataset) -> dict[str, Any]:
    """The JSON Schema of a dataset's JSON file."""
    properties = {column.name: _property(column) for column in dataset.columns}
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


def _property(column: Column) -> dict[str, Any]:
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


# --- Atom


@dataclass(frozen=True)
class _Entry:
    name: str
    title: str
    address: str
    published: dt.date
    updated: dt.date
    categories: tuple[tuple[str, str], ...] = ()


def _feeds(
    reviews: Sequence[RedactedReview], withdrawals: Sequence[Withdrawal], folder: Path, as_of: dt.date, address: str
) -> Iterable[Feed]:
    newest = catalogue.newest_first(reviews)
    found: list[tuple[Feed, list[_Entry]]] = [
        (Feed("all.xml", "Every review and its lessons"), [e for review in newest for e in _of_review(review)])
    ]
    for folder_name, words, of in (("themes", "Theme", catalogue.by_theme), ("regions", "Region", catalogue.by_region)):
        groups = of(newest)
        # a feed stands for every term, so that an address that somebody follows does not come and go
        for key, term in terms(folder_name).items():
            entries = [_entry(review) for review in groups.get(key, ())]
            if entries or not term.coarse:
                found.append((Feed(f"{folder_name}/{key}.xml", f"{words}: {term.title}"), entries))
    gone = sorted(withdrawals, key=lambda w: (w.on, w.public_id), reverse=True)
    found.append((Feed("withdrawals.xml", "Corrections and withdrawals"), [_withdrawn(w) for w in gone]))
    for feed, entries in found:
        _put(folder / feed.path, _atom(feed, entries[:MOST_ENTRIES], as_of, address))
        yield feed


def _entry(review: RedactedReview) -> _Entry:
    said = [update.date for lesson in review.lessons for update in lesson.updates]
    facts = review.facts
    categories = [("offence", facts.offence), ("region", facts.region), *(("theme", theme) for theme in facts.themes)]
    return _Entry(
        f"reviews/{review.public_id}",
        review_title(review),
        f"reviews/{review.public_id}/",
        review.publish_on,
        max([review.publish_on, *said]),
        tuple((f"{name}:{key}", title(f"{name}s", key)) for name, key in categories),
    )


def _of_review(review: RedactedReview) -> Iterable[_Entry]:
    yield _entry(review)
    for lesson in review.lessons:
        name = f"reviews/{review.public_id}/lesson-{lesson.id}"
        said = [update.date for update in lesson.updates]
        label = lesson_title(catalogue.Taught(review, lesson))
        place = f"reviews/{review.public_id}/#lesson-{lesson.id}"
        yield _Entry(name, label, place, review.publish_on, max([review.publish_on, *said]))


def _withdrawn(withdrawal: Withdrawal) -> _Entry:
    name = f"reviews/{withdrawal.public_id}"
    words = f"Review {withdrawal.public_id} has been withdrawn"
    return _Entry(f"{name}/withdrawal", words, f"{name}/", withdrawal.on, withdrawal.on)


def _atom(feed: Feed, entries: Sequence[_Entry], as_of: dt.date, address: str) -> str:
    # imported here: it brings an XML library that most commands do not need
    from feedgen.feed import FeedGenerator

    path = f"data/feeds/{feed.path}"
    base = address or "../" * path.count("/")
    atom = FeedGenerator()
    atom.id(_urn(path))
    atom.title(f"Candour: {feed.title}")
    atom.author({"name": PUBLISHER})
    atom.rights(f"© Crown copyright. Open Government Licence v3.0: {LICENCE}")
    atom.language("en-GB")
    atom.link(href=f"{base}{path}" if address else feed.path.split("/")[-1], rel="self", type="application/atom+xml")
    atom.link(href=address or base, rel="alternate", type="text/html")
    atom.updated(_midnight(max((entry.updated for entry in entries), default=as_of)))
    atom.generator("Candour")
    for entry in entries:
        item = atom.add_entry(order="append")
        item.id(_urn(entry.name))
        item.title(entry.title)
        item.link(href=f"{base}{entry.address}", rel="alternate", type="text/html")
        item.published(_midnight(entry.published))
        item.updated(_midnight(entry.updated))
        for term, label in entry.categories:
            item.category(term=term, label=label)
    text: str = atom.atom_str(pretty=True).decode("utf-8")
    return text if text.endswith("\n") else f"{text}\n"


def _urn(name: str) -> str:
    return uuid.uuid5(IDS, name).urn


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
