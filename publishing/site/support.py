"""Where readers find support: support.yml, for the site's own page, for a family's copy and for the letter to a family."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from publishing.files.shipped_data import load_shipped_yaml
from publishing.site.phrasing import format_day

_WITHOUT_HOURS = "Hours are on their site."
_CHANGES = "Numbers and hours change. If nobody answers, look at the organisation’s own site."


@dataclass(frozen=True)
class Support:
    """One kind of support: for whom, and who helps; `markdown` is our own, `words` the same without marks and links."""

    title: str
    markdown: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its paragraphs as plain text."""
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", self.markdown).replace("**", "")
        return tuple(" ".join(paragraph.split()) for paragraph in bare.split("\n\n") if paragraph.strip())


def load_support() -> tuple[Support, ...]:
    """Every kind; the first has no title and is for whoever is in danger now, the last says how else to ring and how sure this is."""
    data = _data()
    return (
        Support("", data["danger"]),
        *(Support(kind["title"], "\n\n".join(map(_paragraph, kind["who"]))) for kind in data["kinds"]),
        Support(
            "If you use text relay, and before you ring", f"{data['relay']}\n\n{_explain_changes(data['checked'])}"
        ),
    )


def is_checked() -> bool:
    """Whether somebody has said on which day the numbers and hours were checked."""
    return _data()["checked"] is not None


def _explain_changes(checked: dt.date | None) -> str:
    return f"{_CHANGES} We last checked them on {format_day(checked)}." if checked else _CHANGES


@cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = load_shipped_yaml("publishing.site", "support.yml")
    return data


def _paragraph(who: Mapping[str, Any]) -> str:
    """An organisation: its name, what it does, when it is there, its numbers and its site."""
    numbers = " or ".join(f"[{number}](tel:{number.replace(' ', '')})" for number in who.get("telephones", ()))
    hours = who.get("hours") or (_WITHOUT_HOURS if numbers else "")
    address = urlsplit(who["site"])
    shown = f"{address.netloc.removeprefix('www.')}{address.path}".rstrip("/")  # on paper there is no link to follow
    said = [f"**{who['name']}** {who['helps']}", hours, f"{numbers}." if numbers else "", f"[{shown}]({who['site']})"]
    return " ".join(filter(None, said))
