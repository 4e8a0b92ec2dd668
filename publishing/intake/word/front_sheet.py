"""Facts of a case that the front sheet of a Word file states in so many words: they are proposed, and a person confirms them."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from publishing.files.shipped_data import load_shipped_yaml
from publishing.vocabulary import exact_terms
from redaction.strict_files.suggestions import simplify

_LISTS = {
    "offence": "offences",
    "region": "regions",
    "supervision": "supervision",
    "risk_of_serious_harm": "risk_of_serious_harm",
}


def read_front_sheet(lines: Sequence[str]) -> dict[str, str]:
    """The facts that lines before the first section state, by their fields, as review.md has them; without what two lines say differently."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for field, names in _names().items():
            for name in names:
                said = re.fullmatch(rf"{re.escape(name)}\s*:?\s+(.+)", " ".join(line.split()), re.IGNORECASE)
                if said and (value := _READERS.get(field, _term_of(field))(said[1].strip(" ."))):
                    found.setdefault(field, set()).add(value)
    return {field: values.pop() for field, values in found.items() if len(values) == 1}


def with_facts(review: str, facts: Mapping[str, str]) -> str:
    """The text of a new review.md with facts in its empty fields."""
    for field, value in facts.items():
        review = re.sub(rf"^{field}:(?=[ \t]*(?:#|$))", f"{field}: {value}", review, count=1, flags=re.MULTILINE)
    return review


@cache
def _names() -> dict[str, list[str]]:
    """What a front sheet calls each field."""
    return dict(load_shipped_yaml("publishing.intake.word", "front_sheet.yml"))


def _term_of(field: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        terms = exact_terms(_LISTS[field]).items()
        return next((key for key, term in terms if simplify(said) in (key, simplify(term.title))), "")

    return read


def _day(said: str) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", said).replace(".", "/")
    for written in ("%d %B %Y", "%d/%m/%Y"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(plain, written).date().isoformat()
    return ""


_READERS: dict[str, Callable[[str], str]] = {
    "anchor": _day,
    "approved_on": _day,
    "offence_year": lambda said: _day(said)[:4],
    "notified": lambda said: _day(said)[:7],
    "completed": lambda said: _day(said)[:7],
    "mappa_level": lambda said: said if said in ("1", "2", "3") else "",
}
