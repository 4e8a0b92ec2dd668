"""The page of five questions: each way that it shows is run on the samples' data, and gives the answer that it shows."""

from __future__ import annotations

import csv
import gzip
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from publishing.catalogue.open_data.questions import Answer, Question, answer, questions
from tests.support.datasette_pages import ask_datasette
from tests.support.samples import Sample

SSCONVERT = shutil.which("ssconvert") or ""
MISSING = "no Gnumeric here (Debian: apt-get install --no-install-recommends gnumeric)"
ASKED = pytest.mark.parametrize("asked", questions(), ids=lambda question: question.key)


@pytest.fixture(scope="module")
def data(sample: Sample) -> Path:
    """The open data of the samples' site."""
    return sample.out / "site/data"


@pytest.fixture(scope="module")
def answers(data: Path) -> dict[str, Answer]:
    """The answers that the page shows."""
    return {asked.key: answer(asked, (data / "candour.db").read_bytes()) for asked in questions()}


def shown(data: Path) -> list[str]:
    """Every program on the page, as a reader copies it."""
    page = (data / "questions/index.html").read_text(encoding="utf-8")
    return [html.unescape(found) for found in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


@ASKED
def test_the_page_shows_each_way_and_the_answer(data: Path, answers: dict[str, Answer], asked: Question) -> None:
    """Word for word, and the first rows of the answer; there is one in every case."""
    ways = [asked.sql.rstrip(), asked.duckdb.rstrip(), asked.pandas.rstrip(), asked.shown_formula]
    programs = shown(data)
    place = programs.index(ways[0])
    assert programs[place : place + 4] == ways
    page = (data / "questions/index.html").read_text(encoding="utf-8")
    cells = [html.unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page)]
    assert answers[asked.key].rows
    for row in answers[asked.key].rows[:10]:
        assert row[0] in cells
        assert {str(value) for value in row[1:] if isinstance(value, int)} <= {*cells}


@ASKED
def test_duckdb_gives_the_answer(
    data: Path, answers: dict[str, Answer], asked: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the CSV files, without fetching anything."""
    monkeypatch.chdir(data)
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        found = connection.execute(asked.duckdb)
        assert [column[0] for column in found.description] == list(answers[asked.key].columns)
        assert found.fetchall() == list(answers[asked.key].rows)


def test_duckdb_makes_parquet(data: Path, tmp_path: Path) -> None:
    """As the page says, and docs/decisions/0025."""
    page = html.unescape((data / "questions/index.html").read_text(encoding="utf-8"))
    (said,) = re.findall(r"<code>(COPY .*?)</code>", page)
    shutil.copy(data / "lessons.csv", tmp_path)
    with duckdb.connect() as connection:
        made = said.replace("'lessons.", f"'{tmp_path}/lessons.")
        connection.execute(made)
        (count,) = connection.execute(f"SELECT COUNT(*) FROM '{tmp_path}/lessons.parquet'").fetchone() or (0,)
    assert count == len(json.loads((data / "lessons.json").read_text(encoding="utf-8"))["lessons"])


def test_pandas_gives_the_answers(data: Path, answers: dict[str, Answer]) -> None:
    """Each program by itself, in one process that has nothing but pandas."""
    programs = {asked.key: asked.pandas for asked in questions()}
    told = f"""
import json
found = {{}}
for key, program in {programs!r}.items():
    told = {{}}
    exec(program, told)
    found[key] = json.loads(told["answer"].to_json(orient="split"))
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", told], cwd=data, capture_output=True, text=True, check=True)
    for key, found in json.loads(done.stdout).items():
        assert tuple(found["columns"]) == answers[key].columns
        assert [tuple(row) for row in found["data"]] == list(answers[key].rows)


def test_datasette_gives_the_answers(data: Path, answers: dict[str, Answer]) -> None:
    """By the queries that its metadata names."""
    addresses = {asked.key: f"/candour/{asked.key}.json?_shape=array" for asked in questions()}
    told = ask_datasette(data, addresses.values())
    for key, found in answers.items():
        assert [tuple(row.values()) for row in told[addresses[key]].json()] == list(found.rows)


@pytest.mark.skipif(not SSCONVERT and os.environ.get("CANDOUR_REQUIRE_BROWSER") != "1", reason=MISSING)
def test_a_spreadsheet_gives_the_answers(data: Path, answers: dict[str, Answer], tmp_path: Path) -> None:
    """Gnumeric reads the CSV files as a person opens them, and works the formulas out."""
    assert SSCONVERT, MISSING
    for asked in questions():
        found = answers[asked.key]
        rows = _worked_out(data, asked, tmp_path)
        if asked.column:
            chosen = [row[0] for row in rows[1:] if row[-1] == "1"]
            assert chosen == [row[0] for row in found.rows]
            assert {row[-1] for row in rows[1:]} == {"0", "1"}
            continue
        told = dict(asked.formula_is or {})
        values = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        column = told.pop("column")
        expected = sum(value[column] for value in values if told.items() <= value.items())
        assert expected > 0
        assert rows[1][-1] == str(expected)


def _worked_out(data: Path, asked: Question, folder: Path) -> list[list[str]]:
    """The rows of the question's first sheet, with what its formula gives in the first free column."""
    names = [f"{sheet}.csv" for sheet in asked.sheets]
    for name in names:
        shutil.copy(data / name, folder / name)
    if len(names) > 1:
        _convert(folder, "--merge-to=book.gnumeric", *names)
    else:
        _convert(folder, *names, "book.gnumeric")
    book = gzip.decompress((folder / "book.gnumeric").read_bytes()).decode()
    # a sheet's name is that of its file without .csv, as on a person's screen
    book = re.sub(r"(<gnm:(?:Sheet)?Name[^>]*>\w+)\.csv<", r"\1<", book)
    cells = []
    with (data / names[0]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for number in range(2, len(rows) + 1):
        formula = re.sub(r"\b([A-Z])2\b", rf"\g<1>{number}", asked.shown_formula)
        cells.append(
            f'<gnm:Cell Row="{number - 1}" Col="{len(rows[0])}">{html.escape(formula, quote=False)}</gnm:Cell>'
        )
    book = book.replace("</gnm:Cells>", "".join(cells) + "</gnm:Cells>", 1)
    (folder / "asked.gnumeric").write_text(book, encoding="utf-8")
    _convert(folder, "--recalc", "asked.gnumeric", "told.csv")
    return list(csv.reader((folder / "told.csv").read_text(encoding="utf-8").splitlines()))


def _convert(folder: Path, *arguments: str) -> None:
    subprocess.run([SSCONVERT, *arguments], cwd=folder, capture_output=True, check=True, timeout=60)
