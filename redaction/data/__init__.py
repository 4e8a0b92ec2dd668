"""Every word list of redaction, and the one way to load them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C where PyYAML has it, which reads the same eight times as fast."""


def load_text(name: str) -> str:
    """A list as it is written."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def load_yaml(name: str) -> Any:
    """A list written as YAML."""
    return yaml.load(load_text(name), Loader=_LOADER)


def load_lines(name: str) -> Iterator[str]:
    """The entries of a plain list, one a line; notes begin with #."""
    return (line for line in load_text(name).splitlines() if line and not line.startswith("#"))
