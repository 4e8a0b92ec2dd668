"""Where things are, what day it is, and who is logged in."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from zoneinfo import ZoneInfo

PUBLIC_ID = r"\d{4}-\d{3}"
"""The form of a public reference, such as 2025-001: a year and a number."""

WITHDRAWALS = "withdrawals.yml"
"""In the reviews folder: every withdrawal, so that no later build brings a page back. Holds nothing private."""

_HERE = Path(__file__).resolve().parent


def project_root() -> Path:
    """The folder that holds mkdocs.yml, templates/ and site_src/: the checkout, or the copy inside a wheel."""
    checkout = _HERE.parent
    return checkout if (checkout / "mkdocs.yml").is_file() else _HERE / "project"


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
