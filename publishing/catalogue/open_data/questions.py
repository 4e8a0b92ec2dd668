"""Five questions that the open data answers: each as SQL, in pandas and in a spreadsheet (questions.yml), and its answer now."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from publishing.catalogue.open_data.tables import DATASETS
from publishing.files.shipped_data import load_shipped_yaml

_PLACE = re.compile(r"\{(?:(\w+)\.)?(\w+)\}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Question(BaseModel):
    """A question and its ways. `formula` is for one cell; `column` for a whole column, and then there is no formula.

    `formula_is` says which value of the answer the formula gives: a column, and the row by another's value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    question: str
    sql: str
    pandas: str
    sheets: tuple[str, ...]
    formula_about: str
    formula: str = ""
    column: str = ""
    formula_is: dict[str, str] | None = None

    @property
    def duckdb(self) -> str:
        """The SQL with the CSV files in the places of the tables."""
        return re.sub(r"\b(FROM|JOIN) (\w+)", r"\1 '\2.csv'", self.sql)

    @property
    def shown_formula(self) -> str:
        """What is typed into a spreadsheet, with the letters of its columns."""
        return _PLACE.sub(lambda place: _cells(place[1], place[2], self.sheets[0]), self.formula or self.column)


@dataclass(frozen=True)
class Answer:
    """The columns and rows of an answer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order of the page."""
    return tuple(
        Question.model_validate(told) for told in load_shipped_yaml("publishing.catalogue.open_data", "questions.yml")
    )


def answer(question: Question, data: bytes) -> Answer:
    """What a database says to a question."""
    with closing(sqlite3.connect(":memory:")) as read:
        read.deserialize(data)
        found = read.execute(question.sql)
        return Answer(tuple(column[0] for column in found.description), tuple(found.fetchall()))


def _cells(sheet: str | None, name: str, own: str) -> str:
    """A whole column of a sheet, or the cell of its second row on the formula's own sheet."""
    dataset = next(dataset for dataset in DATASETS if dataset.name == (sheet or own))
    letter = _LETTERS[[column.name for column in dataset.columns].index(name)]
    return f"{sheet}!{letter}:{letter}" if sheet else f"{letter}2"
