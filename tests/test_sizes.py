"""What can be read in one go: no module is longer than 350 lines, and no function, tests among them, longer than 50."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.support.paths import ROOT

FOLDERS = ("benchmarks", "publishing", "redaction", "supply", "tests/support", "training")
MODULE, FUNCTION = 350, 50


def modules(folders: Iterable[str] = FOLDERS) -> Iterator[tuple[str, str]]:
    for folder in folders:
        found = sorted((ROOT / folder).rglob("*.py"))
        assert found, f"{folder} has no module"
        yield from ((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found)


def long_functions(source: str, most: int = FUNCTION) -> list[str]:
    """Functions and methods, nested ones too, with more lines from `def` to the last, the docstring's and empty ones among them."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds))
    return [node.name for node in found if (node.end_lineno or 0) - node.lineno + 1 > most]


def test_no_module_is_longer_than_350_lines() -> None:
    assert not {path: lines for path, text in modules() if (lines := text.count("\n")) > MODULE}


def test_no_function_is_longer_than_50_lines() -> None:
    assert not {path: names for path, text in modules((*FOLDERS, "tests")) if (names := long_functions(text))}


def test_a_long_function_is_told_wherever_it_is() -> None:
    """A method, one within another and one that waits; what decorates it does not count, its docstring and empty lines do."""
    body = '    """Say.\n\n    More.\n    """\n\n    return None\n'
    assert long_functions(f"def one() -> None:\n{body}", most=6) == ["one"]
    assert long_functions(f"@cache\n@other\ndef one() -> None:\n{body}", most=7) == []
    assert long_functions("class A:\n    async def two(self):\n        a = 1\n        return a\n", most=2) == ["two"]
    assert long_functions("def out():\n    def within():\n        a = 1\n        return a\n", most=2) == [
        "out",
        "within",
    ]
