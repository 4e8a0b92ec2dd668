"""Options that several commands share, and what their values may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from publishing.settings import today

Case = Annotated[
    str, typer.Argument(metavar="CASE", help="The case folder's name, or its public reference (2025-001).")
]
Reviews = Annotated[Path, typer.Option("--reviews", metavar="DIR", help="The private folder of case folders.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the public site goes: DIR/markdown and DIR/site.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Build as if today were this day (2025-02-03). Default: today in London."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, help="How many processes redact side by side. Default: as this machine has cores."
    ),
]

REASONS = ("victim-request", "legal", "identification-risk", "error")
"""Why a review is taken down."""
STATUSES = ("not-started", "in-progress", "implemented", "partly-implemented", "rejected")
"""How far a lesson is."""


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    """A check that an option's value is one of a few; wrong usage where it is none."""

    def check(value: str) -> str:
        if value not in choices:
            raise typer.BadParameter("it is none of: " + ", ".join(choices))
        return value

    return check


def parse_day(text: str | None, option: str = "--as-of") -> dt.date:
    """The day a command works for; wrong usage where it is no date."""
    if text is None:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("is not a day written like 2025-02-03", param_hint=option) from None
