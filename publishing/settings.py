"""Where things are, what mkdocs.yml says, what day it is, and who is logged in."""

from __future__ import annotations

import datetime as dt
import getpass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PUBLIC_ID = r"\d{4}-\d{3}"
"""The form of a public reference, such as 2025-001: a year and a number."""

LESSON_REFERENCE = rf"{PUBLIC_ID}/[1-9]\d{{0,3}}"
"""The form of a lesson's, such as 2025-001/3: its review's and its number there."""

WITHDRAWALS = "withdrawals.yml"
"""In the reviews folder: every withdrawal, so that no later build brings a page back. Holds nothing private."""

_HERE = Path(__file__).resolve().parent


def project_root() -> Path:
    """The folder that holds mkdocs.yml, templates/ and site_src/: the checkout, or the copy inside a wheel."""
    checkout = _HERE.parent
    return checkout if (checkout / "mkdocs.yml").is_file() else _HERE / "project"


def read_mkdocs_settings() -> dict[str, Any]:
    """mkdocs.yml as data; the names of Python objects in it stay text."""
    # imported here: MkDocs is slow to import, and most commands build nothing
    import yaml
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    loader = get_yaml_loader(yaml.SafeLoader)
    loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _, name, __: name)
    with (project_root() / "mkdocs.yml").open(encoding="utf-8") as file:
        settings: dict[str, Any] = yaml_load(file, loader)
    return settings


def first_signer() -> object:
    """What mkdocs.yml says under `extra`, `first_signer`; "" where it says nothing. It is asked once for each case, and read anew when changed."""
    return _first_signer((project_root() / "mkdocs.yml").read_bytes())


@lru_cache(maxsize=1)
def _first_signer(_: bytes) -> object:
    return (read_mkdocs_settings().get("extra") or {}).get("first_signer") or ""


def today() -> dt.date:
    """Today in London: the day that embargoes and due dates are held against."""
    return day_of(dt.datetime.now(dt.UTC))


def day_of(moment: dt.datetime) -> dt.date:
    """The day that it was in London at a moment."""
    return in_london(moment).date()


def start_of(day: dt.date) -> dt.datetime:
    """The moment at which a day begins in London."""
    return dt.datetime.combine(day, dt.time(), ZoneInfo("Europe/London")).astimezone(dt.UTC)


def in_london(moment: dt.datetime) -> dt.datetime:
    """A moment as clocks in London told it."""
    return moment.astimezone(ZoneInfo("Europe/London"))


def login_name(unknown: str) -> str:
    """Who runs this, as far as the machine knows; `unknown` where it does not."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return unknown
