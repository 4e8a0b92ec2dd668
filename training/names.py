"""The names of names.yml, by origin; those that training may use, and those held out to measure fairness with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Gender = Literal["female", "male"]


@cache
def lists() -> dict[str, Any]:
    """Everything in the file: origins, and lists of towns, streets, schools, …"""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def origins(*, held_out: bool) -> dict[str, dict[str, list[str]]]:
    """Origin → female, male, surnames: three names in ten are held out, by a hash of the name."""
    return {
        origin: {
            kind: [n for n in names if (int(hashlib.sha256(n.encode()).hexdigest(), 16) % 10 < 3) == held_out]
            for kind, names in groups.items()
        }
        for origin, groups in lists().items()
        if isinstance(groups, dict) and "surnames" in groups
    }
