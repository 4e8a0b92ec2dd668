"""The tables of the open data, each one list of columns: files, metadata, schemas and the data dictionary are made from it."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = 1
"""Goes up when a column goes away or changes its meaning; new columns leave it."""

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PUBLISHER = "Ministry of Justice"
TITLE = "Serious further offence reviews"
ABOUT = "What was learned from serious further offences: published reviews, their lessons and what became of them, redacted."
SEPARATOR = "; "
"""Between the terms of one field of a CSV file."""


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
_TEXT = Column("text", "What must be done, as redacted", "text")
_LEVEL = Column("level", "Whom it is for", words="levels")
_RESPONSE = Column("response", "What the owner answered", words="responses", required=False)
_DUE = Column("due", "The month by which it was promised", "month", required=False)
_NUMBER = Column("lesson", "The lesson's number within its review", "integer")
_THEMES = Column(
    "themes", "What the lesson is about; its review's themes where it names none", words="themes", many=True
)
_THEME = Column("theme", "One of its themes", words="themes")
_STATUS = Column(
    "status", "The newest status; no-response where no progress was ever reported", words="lesson_statuses"
)

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
            Column("offence_year_from", "The year of the offence, or the first of its period", "integer"),
            Column("offence_year_to", "The year of the offence, or the last of its period", "integer"),
        ),
        ("review",),
    ),
    Dataset(
        "review_themes", "Themes of reviews", "One row for each theme of each review, in place of a list in a cell.",
        (_REVIEW, _THEME), ("review", "theme"), ("review", "reviews", "review"),
    ),
    Dataset(
        "review_agencies", "Agencies of reviews", "One row for each agency involved in each review, in place of a list in a cell.",
        (_REVIEW, Column("agency", "An agency that was involved", words="agencies")),
        ("review", "agency"), ("review", "reviews", "review"),
    ),
    Dataset(
        "lessons", "Lessons", "One row for each lesson, with its text.",
        (
            _LESSON,
            _REVIEW,
            _NUMBER,
            _ADDRESS,
            _TEXT,
            Column("why", "What contributed, as redacted", "text", required=False),
            _THEMES,
            _LEVEL,
            _OWNER,
            _RESPONSE,
            _DUE,
            _STATUS,
            Column("same_as", "Lessons of other reviews, by their names, that a person called the same; what is the same as one is the same as all of these",
                   required=False, many=True),
        ),
        ("id",), ("review", "reviews", "review"),
    ),
    Dataset(
        "lesson_themes", "Themes of lessons", "One row for each theme of each lesson, in place of a list in a cell.",
        (_LESSON, _THEME), ("id", "theme"), ("id", "lessons", "id"),
    ),
    Dataset(
        "recommendations", "Recommendations", "One row for each lesson: what became of it, as of the day of this version.",
        (
            _LESSON,
            _REVIEW,
            _NUMBER,
            _PUBLISHED,
            _TEXT,
            _THEMES,
            _LEVEL,
            _OWNER,
            _RESPONSE,
            _DUE,
            _STATUS,
            Column("overdue", "Whether that month is over and it is neither implemented, rejected nor not accepted; not where"
                   " the outcome is not known", "boolean"),
            Column("unanswered", "Whether nobody has accepted or rejected it, nor reported any progress", "boolean"),
            Column("months_silent", "Whole months since anything was said, or since publication; empty where it is closed",
                   "integer", required=False),
            Column("outcome_unknown", "Whether that month was over before its review was published, and nobody has said since"
                   " whether it was done", "boolean"),
            Column("owner_group", "Whom it is for as the page counts owners: in one spelling, and bodies of one kind together where"
                   " names were removed"),
            Column("progress", "What the page says has become of it"),
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
            Column("table", "The table, by a name of its own: the page of open data lists them", pattern=r"[a-z0-9-]+"),
            Column("row", "The term that is counted"),
            Column("column", "What is counted"),
            Column("count", "How many", "integer"),
        ),
        ("year", "table", "row", "column"),
    ),
    Dataset(
        "changes", "Change log", "One row for each publication, correction and withdrawal; of a withdrawn review its withdrawal alone.",
        (
            Column("id", "The change’s permanent name", pattern=r"[0-9]{4}-[0-9]{3}/(published|correction-[0-9]+|withdrawn)"),
            Column("date", "The day of it", "date"),
            _REVIEW,
            Column("event", "What happened to the review", pattern="published|corrected|withdrawn"),
            Column("correction", "Which of the review’s corrections it was; its page says what was changed", "integer", required=False),
            Column("reason", "Why it was withdrawn", words="withdrawal_reasons", required=False),
        ),
        ("id",),
    ),
)  # fmt: skip


def column_values(column: Column) -> str:
    """What a column may hold, for the data dictionary."""
    if column.words:
        return f"{'several of' if column.many else 'one of'} the terms: {column.words.replace('_', ' ')}"
    return {"string": "text", "text": "people's own words", "integer": "a whole number", "boolean": "true or false",
            "date": "a day, 2025-02-03", "month": "a month, 2025-09"}[column.kind]  # fmt: skip


def term_lists() -> dict[str, str]:
    """Every list of terms that a column uses, with its heading."""
    used = [column.words for dataset in DATASETS for column in dataset.columns if column.words]
    return {words: words.replace("_", " ").capitalize() for words in dict.fromkeys(used)}
