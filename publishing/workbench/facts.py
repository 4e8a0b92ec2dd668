"""The front matter of a case as a form: only the fields that changed are rewritten, and notes beside them stay."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.intake import plain_text, strict_yaml
from publishing.intake.faults import FaultsError
from publishing.intake.plain_text import CONTROL
from publishing.vocabulary import terms

_FENCE = "---"
_VALUE = re.compile(
    r"""^(?P<name>\s*[a-z_]+:)[ ]*(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|[^#\n]*?)(?P<note>\s+\#.*)?$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Field:
    """One field of the form: where it stands, how it is asked, and what to tell whoever fills it in."""

    path: tuple[str, ...]
    label: str
    kind: str
    help: str = ""
    choices: str | tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the form."""
        return ".".join(self.path)

    @property
    def options(self) -> dict[str, str]:
        """What may be chosen, and what people read."""
        if isinstance(self.choices, str):
            return {key: term.title for key, term in terms(self.choices).items()}
        return {key: key[:1].upper() + key[1:] for key in self.choices}


FACTS = (
    Field(("status",), "Status", "choice", "A draft is never published.", ("draft", "approved")),
    Field(("approved_by",), "Approved by", "text", "By post. Never published."),
    Field(("approved_on",), "Approved on", "day"),
    Field(("publish_on",), "Publish on", "day", "The embargo: before that day it is not published."),
    Field(("outcome",), "Outcome in court", "choice", "", "outcomes"),
    Field(("offence",), "Offence of the conviction", "choice", "", "offences"),
    Field(("offence_year",), "Year of the offence", "number"),
    Field(("region",), "Region", "choice", "", "regions"),
    Field(("provider",), "Who supervised", "choice", "Optional.", "providers"),
    Field(("supervision",), "Kind of supervision", "choice", "", "supervision"),
    Field(("anchor",), "Day of release or sentence", "day", "Optional and private: dates are told relative to it."),
    Field(("risk_of_serious_harm",), "Assessed risk of serious harm", "choice", "", "risk_of_serious_harm"),
    Field(("mappa_level",), "MAPPA level", "choice", "Optional.", ("1", "2", "3")),
    Field(("agencies",), "Agencies involved", "choices", "At least one.", "agencies"),
    Field(("themes",), "Themes", "choices", "At least one.", "themes"),
    Field(("reasonable_steps",), "The review's judgement", "choice", "", "reasonable_steps"),
    Field(("quality_rating",), "Inspectorate's rating", "choice", "Optional.", "quality_ratings"),
)
"""The facts of a case, in the order of review.md."""

DISCLOSURE = (
    Field(
        ("disclosure", "proceedings"),
        "Proceedings",
        "choice",
        "Appeals, co-defendants, an inquest and the family court included. While any is going on it is not published.",
        "proceedings",
    ),
    Field(
        ("disclosure", "restrictions"),
        "Reporting restrictions",
        "choices",
        "What the law forbids to publish. A complainant of a sexual offence has anonymity for life.",
        "restrictions",
    ),
    Field(
        ("disclosure", "victims_informed"),
        "Victims and families were told on",
        "text",
        "A day such as 2024-12-02, or not-applicable: and why. Inspectors found one victim in hospital after reading a "
        "review, and another left with the document while still living with the perpetrator: tell them in person, ask "
        "who else sees their post, and make sure that someone is with them.",
    ),
    Field(
        ("disclosure", "considered_by"),
        "Who weighed the harm of publishing",
        "text",
        "By post. Never published. Someone who knows the victims' situation now, such as the victim liaison lead.",
    ),
    Field(("disclosure", "considered_on"), "Weighed on", "day", "Not after the day of publication."),
)
"""What is weighed before anyone outside sees a word."""


def read(folder: Path) -> dict[str, str | list[str]]:
    """What the fields say now, as the form shows it; a field that cannot be understood is empty.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    front, _ = _split(folder)
    try:
        data = strict_yaml.parse(front, "review.md", first_line=2).data
    except FaultsError:
        raise _by_hand(folder) from None
    return {field.name: _shown(data, field.path) for field in (*FACTS, *DISCLOSURE)}


def changed(folder: Path, fields: Sequence[Field], said: Mapping[str, Sequence[str]]) -> str:
    """review.md with what was said in the form.

    Raises:
        PublishingError: it cannot be written here.
    """
    front, body = _split(folder)
    now = read(folder)
    lines = front.split("\n")
    wanted: dict[str, str | list[str]] = {}
    for field in fields:
        values = [" ".join(value.split()) for value in said.get(field.name, ())]
        value: str | list[str] = [v for v in values if v] if field.kind == "choices" else (values or [""])[0]
        if value != now[field.name]:
            wanted[field.name] = value
            lines = _set(lines, field, _yaml(field, value))
    text = "\n".join(lines)
    try:
        after = strict_yaml.parse(text, "review.md").data
    except FaultsError:
        raise _by_hand(folder) from None
    both = {field.name: _shown(after, field.path) for field in (*FACTS, *DISCLOSURE)}
    if both != {**now, **wanted}:
        raise _by_hand(folder)
    return f"{_FENCE}\n{text}\n{_FENCE}\n{body}"


def _by_hand(folder: Path) -> PublishingError:
    return PublishingError(
        f"{folder.name}: the head of review.md is written in a way that this form cannot change. Nothing was written; "
        "change it in a text editor."
    )


def _split(folder: Path) -> tuple[str, str]:
    try:
        text = plain_text.read(folder / "review.md")
    except FaultsError:
        raise PublishingError(f"{folder.name}: review.md cannot be read as text.") from None
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        raise PublishingError(f"{folder.name}: review.md has no front matter.")
    return "\n".join(lines[1 : ends[1]]), "\n".join(lines[ends[1] + 1 :])


def _shown(data: strict_yaml.Value, path: Sequence[str]) -> str | list[str]:
    value: strict_yaml.Value = data
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    many = path[-1] in ("agencies", "themes", "restrictions")
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, dict | strict_yaml.Unclear):
        return [] if many else ""
    return [str(value)] if many else str(value)


def _yaml(field: Field, value: str | list[str]) -> str:
    if isinstance(value, list):
        known = field.options
        if any(item not in known for item in value):
            raise PublishingError(f"{field.label}: that is not one of the choices.")
        return f"[{', '.join(value)}]"
    if not value:
        return ""
    if field.kind == "choice":
        if value not in field.options:
            raise PublishingError(f"{field.label}: that is not one of the choices.")
        return value
    if field.kind == "number" and re.fullmatch(r"[1-9]\d{3}", value, re.ASCII):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise PublishingError(f"{field.label}: that is not a day of the calendar.") from None
    if field.kind in ("day", "number"):
        form = "a day such as 2025-01-14" if field.kind == "day" else "a year of four digits"
        raise PublishingError(f"{field.label}: write {form}.")
    if CONTROL.search(value) or len(value) > 500:
        raise PublishingError(f"{field.label}: that is too long, or holds signs that no text has.")
    return json.dumps(value, ensure_ascii=False)


def _set(lines: list[str], field: Field, value: str) -> list[str]:
    """The lines with one field set; its note stays, and so do lines of notes under it."""
    first, last, indent = 0, len(lines), ""
    for name in field.path[:-1]:
        start = _find(lines, name, first, last, indent)
        if start is None:
            lines = [*lines, f"{indent}{name}:"]
            start = len(lines) - 1
        elif not re.fullmatch(rf"{name}:\s*(#.*)?", lines[start].strip()):
            return lines  # a field written on one line, which the check afterwards reports
        first, last = start + 1, _end(lines, start)
        indent += "  "
    name = field.path[-1]
    place = _find(lines, name, first, last, indent)
    if place is None:
        return [*lines[:last], f"{indent}{name}: {value}".rstrip(), *lines[last:]]
    match = _VALUE.match(lines[place])
    note = (match["note"] or "") if match else ""
    under = [
        line for line in lines[place + 1 : _end(lines, place)] if line.lstrip().startswith("#") or not line.strip()
    ]
    return [*lines[:place], f"{indent}{name}: {value}".rstrip() + note, *under, *lines[_end(lines, place) :]]


def _find(lines: Sequence[str], name: str, first: int, last: int, indent: str) -> int | None:
    return next((n for n in range(first, last) if re.match(rf"{indent}{name}:(\s|$)", lines[n])), None)


def _end(lines: Sequence[str], start: int) -> int:
    """Where a field's value ends: before the next line that is no deeper, notes and empty lines apart."""
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        deeper = len(line) - len(line.lstrip()) > depth
        if not deeper and not (line.lstrip().startswith("- ") and len(line) - len(line.lstrip()) == depth):
            break
        end = number + 1
    return end
