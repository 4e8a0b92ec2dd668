"""The front matter of a case as a form: only the fields that changed are rewritten, and notes beside them stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import PublishingError
from publishing.intake import strict_yaml
from publishing.intake.plain_text import CONTROL
from publishing.vocabulary import terms
from publishing.workbench.front import Head, quoted, with_field

_SHORT, _LONG = 500, 5000
_FORMS = {
    "day": "a day such as 2025-01-14",
    "month": "a month such as 2025-09",
    "number": "a year of four digits",
}


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
    def many(self) -> bool:
        """Whether it holds a list."""
        return self.kind in ("choices", "lines")

    def value(self, said: Sequence[str]) -> str | list[str]:
        """What a form said of it, with its spaces in order."""
        if self.kind == "lines":
            said = "\n".join(said).splitlines()
        values = [" ".join(value.split()) for value in said]
        return [value for value in values if value] if self.many else (values or [""])[0]

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
    Field(("notified",), "Notified", "month", "Optional and private: a month such as 2018-10."),
    Field(("completed",), "Completed", "month", "Optional and private. Only how long it took is published."),
    Field(("content_notes",), "What readers are warned of", "lines", "Optional, one a line: fatal violence."),
    Field(
        ("reassess_by",),
        "Look at it again by",
        "day",
        "Optional and private: on that day the case comes back to the top of the list. Inquests, trials and the press "
        "tell the world more than it knew when a review was signed.",
    ),
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
    return _all(Head(folder))


def changed(folder: Path, fields: Sequence[Field], said: Mapping[str, Sequence[str]]) -> str:
    """review.md with what was said in the form.

    Raises:
        PublishingError: it cannot be written here.
    """
    head = Head(folder)
    now = _all(head)
    wanted: dict[str, str | list[str]] = {}
    for field in fields:
        value = field.value(said.get(field.name, ()))
        if value != now[field.name]:
            wanted[field.name] = value
            head.lines = with_field(head.lines, field.path, as_yaml(field, value))
    head.reread()
    if _all(head) != {**now, **wanted}:
        raise head.by_hand()
    return head.written()


def _all(head: Head) -> dict[str, str | list[str]]:
    return {field.name: shown(head.data, field) for field in (*FACTS, *DISCLOSURE)}


def shown(data: strict_yaml.Value, field: Field) -> str | list[str]:
    """What a field says, as its form shows it; empty where it cannot be understood."""
    value: strict_yaml.Value = data
    for name in field.path:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, dict | strict_yaml.Unclear):
        return [] if field.many else ""
    return [str(value)] if field.many else str(value)


def as_yaml(field: Field, value: str | list[str]) -> str:
    """A value as YAML; raises PublishingError where it is none that the field can have."""
    if isinstance(value, list):
        if field.kind == "lines":
            return f"[{', '.join(_quoted(field, item) for item in value)}]"
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
    if field.kind == "month" and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value, re.ASCII):
        return value
    if field.kind in _FORMS:
        raise PublishingError(f"{field.label}: write {_FORMS[field.kind]}.")
    return _quoted(field, value)


def _quoted(field: Field, value: str) -> str:
    if CONTROL.search(value) or len(value) > (_LONG if field.kind == "long" else _SHORT):
        raise PublishingError(f"{field.label}: that is too long, or holds signs that no text has.")
    return quoted(value)
