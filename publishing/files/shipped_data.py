"""Tables that come with Candour: YAML beside the module that uses it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def load_shipped_yaml(package: str, *path: str) -> Any:
    """What a YAML file of a package holds."""
    return yaml.safe_load(files(package).joinpath(*path).read_text(encoding="utf-8"))
