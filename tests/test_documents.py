"""The documents that lead a newcomer through the code name files that are there."""

from __future__ import annotations

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
