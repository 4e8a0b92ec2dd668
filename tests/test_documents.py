"""The documents that lead a newcomer through the code, and those who assure it, name files and tests that are there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.paths import ROOT

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
_PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|yml|md|toml|txt)))`")
BASES = (ROOT, ROOT / "redaction", ROOT / "publishing", ROOT / "publishing" / "intake", ROOT / "publishing" / "checking",
         ROOT / "publishing" / "release", ROOT / "publishing" / "redacting")  # fmt: skip


def rows() -> list[tuple[str, ...]]:
    """The rows of the table: what is to be changed, and the paths to open."""
    table = ARCHITECTURE.split("## To change X, open Y")[1]
    cells = (line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ") and "`" in line)
    return [(change, *_PATH.findall(where)) for change, where in cells]


def test_thirty_everyday_changes_are_told() -> None:
    """Enough to begin with."""
    assert len(rows()) >= 30


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_is_to_be_opened_is_there(row: tuple[str, ...]) -> None:
    """From the top of the tree, for every row."""
    assert len(row) > 1
    assert [path for path in row[1:] if not (ROOT / path).exists()] == []


def test_every_other_path_is_there() -> None:
    """Named from the top of the tree or of the package that a paragraph is about."""
    case_files = {"review.md", "register.yml", "decisions.yml", "updates.yml", "statement.md", "pyproject.toml"}
    paths = set(_PATH.findall(ARCHITECTURE.split("## To change X, open Y")[0])) - case_files
    assert [path for path in sorted(paths) if not any((base / path).exists() for base in BASES)] == []


# --- what is promised -------------------------------------------------------------------------------------------------

THREATS = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def promises() -> list[tuple[str, str]]:
    """The promises of the threat model, each with the words that name what holds it."""
    table = THREATS.split("## What is promised")[1].split("## What is not promised")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    return [(promise, held_by) for promise, held_by in rows]


@pytest.mark.parametrize(("promise", "held_by"), promises(), ids=[promise for promise, _ in promises()])
def test_each_promise_is_held_by_tests_that_there_are(promise: str, held_by: str) -> None:
    """Named by file and function; one that is not told by name holds nothing."""
    named = _TEST.findall(held_by)
    assert named
    assert _TEST.sub("", held_by).strip(", ") == ""
    for path, name in named:
        functions = ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        assert name in {node.name for node in functions if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_there_are_promises_and_what_is_not_promised_is_said() -> None:
    """A threat model without either is none."""
    assert len(promises()) > 20
    assert THREATS.split("## What is not promised")[1].count("\n- **") > 5
