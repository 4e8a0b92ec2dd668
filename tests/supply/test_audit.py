"""An audit that was not made, or not of every package, is never told as a clean one."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from supply.audit import UNREACHED, audit

SOUND: dict[str, Any] = {"name": "jinja2", "version": "3.1.6", "vulns": []}
HIT: dict[str, Any] = {"name": "lxml", "version": "6.1.3", "vulns": [{"id": "PYSEC-1", "fix_versions": ["6.1.4"]}]}
OPEN: dict[str, Any] = {"name": "zict", "version": "3.0.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
SKIPPED: dict[str, Any] = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}

TOLD: dict[str, tuple[list[dict[str, Any]], int, list[str]]] = {
    "all sound": ([SOUND], 0, ["Packages looked up: 1. None has a known vulnerability."]),
    "one is vulnerable": ([SOUND, HIT], 1, ["lxml 6.1.3: PYSEC-1; mended in 6.1.4"]),
    "nothing mends it yet": ([OPEN], 1, ["zict 3.0.0: PYSEC-2; mended in no version yet"]),
    "one was left out": ([SOUND, SKIPPED], 1, ["NOT AUDITED, because the index does not know them: numpy"]),
    "every one was left out": ([SKIPPED], 1, [UNREACHED]),
    "no package at all": ([], 1, [UNREACHED]),
}


def saying(text: str, code: int = 0) -> list[str]:
    """A command that prints what pip-audit would, in its JSON, whatever it is asked."""
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({code})"]


@pytest.mark.parametrize("what", TOLD)
def test_what_was_found_is_told(what: str) -> None:
    """In pip-audit's own format; it exits with 0 where it left a package out."""
    packages, code, lines = TOLD[what]
    got, said = audit(saying(json.dumps({"dependencies": packages, "fixes": []}), code))
    assert (got, said[: len(lines)]) == (code, lines)


@pytest.mark.parametrize("printed", ["", "Traceback", "[]", "{}", "null"])
def test_no_answer_is_no_clean_audit(printed: str) -> None:
    """Whatever it printed instead, and even where it ended well."""
    assert audit(saying(printed)) == (1, [UNREACHED])
