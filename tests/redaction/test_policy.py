"""What decides a redaction is in the fingerprint under which its result is remembered."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions, version

import pytest

from redaction import Policy
from redaction.policy import LIBRARIES, _hash_engine
from tests.support.paths import ROOT


def imported() -> set[str]:
    """The distributions that the engine imports: the gate and the measurements decide no redaction."""
    paths = [p for p in (ROOT / "redaction").rglob("*.py") if not {"leaks", "evaluation"} & set(p.parts)]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_bytes()))]
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"redaction", ""}
    found = packages_distributions()
    return {re.sub(r"[._-]+", "-", found[module][0]).lower() for module in modules}


def test_every_library_of_the_engine_is_in_the_fingerprint() -> None:
    """None is imported that could change a redaction unnoticed."""
    assert imported() <= set(LIBRARIES)


@pytest.fixture
def another_process() -> Iterator[Callable[[], None]]:
    """Forget what a process works out once; nothing of what a test makes of it stays."""
    yield _hash_engine.cache_clear
    _hash_engine.cache_clear()


@pytest.mark.parametrize("library", LIBRARIES)
def test_another_version_of_a_library_is_another_fingerprint(
    library: str, monkeypatch: pytest.MonkeyPatch, another_process: Callable[[], None]
) -> None:
    """What was remembered before it is worked out again."""
    before = Policy.load().fingerprint
    monkeypatch.setattr("redaction.policy.version", lambda name: "0" if name == library else version(name))
    another_process()
    assert Policy.load().fingerprint != before
