"""The front matter of a case as a form: only the fields that changed are rewritten, and notes beside them stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publishing.errors import FormRefusedError, PublishingError
from publishing.vocabulary import exact_terms
from publishing.workbench.forms.front_matter_editing import FrontMatterLines, quote, set_field
from redaction.strict_files import strict_yaml
from redaction.strict_files.plain_text import CONTROL

_SHORT_LIMIT, _LONG_LIMIT = 500, 5000
_EXPECTED_FORMS = {
    "day": "a day such as 2025-01-14",
    "month": "a month such as 2025-09",
    "number": "a year of four digits",
}


@dataclass(frozen=True)
class FormField:
    """One field of the form: the way to it in the file, how it is asked, and what to tell whoever fills it in."""

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

    def value(self, submitted: Sequence[str]) -> str | list[str]:
        """The value that a form submitted for it, without superfluous spaces."""
        if self.kind == "lines":
            submitted = "\n".join(submitted).splitlines()
        values = [" ".join(value.split()) for value in submitted]
        return [value for value in values if value] if self.many else (values or [""])[0]

    @property
    def options(self) -> dict[str, str]:
        """What may be chosen, and what people read."""
        if isinstance(self.choices, str):
            return {key: term.title for key, term in exact_terms(self.choices).items()}
        return {key: key[:1].upper() + key[1:] for key in self.choices}


FACTS = (
    FormField(("status",), "Status", "choice", "A draft is never published.", ("draft", "approved")),
    FormField(("approved_by",), "Approved by", "text", "By post. Never published."),
    FormField(("approved_on",), "Approved on", "day"),
    FormField(("publish_on",), "Publish on", "day", "The embargo: before that day it is not published."),
    FormField(("outcome",), "Outcome in court", "choice", "", "outcomes"),
    FormField(("offence",), "Offence of the conviction", "choice", "", "offences"),
    FormField(("offence_year",), "Year of the offence", "number"),
    FormField(("region",), "Region", "choice", "", "regions"),
    FormField(("provider",), "Who supervised", "choice", "Optional.", "providers"),
    FormField(("supervision",), "Kind of supervision", "choice", "", "supervision"),
    FormField(("anchor",), "Day of release or sentence", "day", "Optional and private: dates are told relative to it."),
    FormField(("risk_of_serious_harm",), "Assessed risk of serious harm", "choice", "", "risk_of_serious_harm"),
    FormField(("mappa_level",), "MAPPA level", "choice", "Optional.", ("1", "2", "3")),
    FormField(("agencies",), "Agencies involved", "choices", "At least one.", "agencies"),
    FormField(("themes",), "Themes", "choices", "At least one.", "themes"),
    FormField(("reasonable_steps",), "The review's judgement", "choice", "", "reasonable_steps"),
    FormField(("quality_rating",), "Inspectorate's rating", "choice", "Optional.", "quality_ratings"),
    FormField(("notified",), "Notified", "month", "Optional and private: a month such as 2018-10."),
    FormField(("completed",), "Completed", "month", "Optional and private. Only how long it took is published."),
    FormField(("content_notes",), "What readers are warned of", "lines", "Optional, one a line: fatal violence."),
    FormField(
        ("reassess_by",),
        "Look at it again by",
        "day",
        "Optional and private: on that day the case comes back to the top of the list. Inquests, trials and the press "
        "tell the world more than it knew when a review was signed.",
    ),
)
"""The facts of a case, in the order of review.md."""

DISCLOSURE = (
    FormField(
        ("disclosure", "proceedings"),
        "Proceedings",
        "choice",
        "Appeals, co-defendants, an inquest and the family court included. While any is going on it is not published.",
        "proceedings",
    ),
    FormField(
        ("disclosure", "restrictions"),
        "Reporting restrictions",
        "choices",
        "What the law forbids to publish. A complainant of a sexual offence has anonymity for life.",
        "restrictions",
    ),
    FormField(
        ("disclosure", "victims_informed"),
        "Victims and families were told on",
        "text",
        "A day such as 2024-12-02, or not-applicable: and why. Inspectors found one victim in hospital after reading a "
        "review, and another left with the document while still living with the perpetrator: tell them in person, ask "
        "who else sees their post, and make sure that someone is with them.",
    ),
    FormField(
        ("disclosure", "considered_by"),
        "Who weighed the harm of publishing",
        "text",
        "By post. Never published. Someone who knows the victims' situation now, such as the victim liaison lead.",
    ),
    FormField(("disclosure", "considered_on"), "Weighed on", "day", "Not after the day of publication."),
)
"""What is weighed before anyone outside sees a word."""


def fact_values(folder: Path) -> dict[str, str | list[str]]:
    """What the fields say now, as the form shows it; a field that cannot be understood is empty.

    Raises:
        PublishingError: review.md cannot be read or has no front matter.
    """
    return _all_values(FrontMatterLines(folder))


def change_facts(folder: Path, fields: Sequence[FormField], submitted: Mapping[str, Sequence[str]]) -> str:
    """review.md with the values that a form submitted.

    Raises:
        FormRefusedError: values are none that their fields can have.
        PublishingError: it cannot be written here.
    """
    head = FrontMatterLines(folder)
    now = _all_values(head)
    typed = submitted_values(fields, submitted)
    wanted = {name: value for name, value in typed.items() if value != now[name]}
    changed = [field for field in fields if field.name in wanted]
    for field, written in zip(changed, to_yaml(changed, wanted), strict=True):
        head.lines = set_field(head.lines, field.path, written)
    head.reread()
    if _all_values(head) != {**now, **wanted}:
        raise head.unsupported_layout()
    return head.to_markdown()


def submitted_values(fields: Sequence[FormField], submitted: Mapping[str, Sequence[str]]) -> dict[str, str | list[str]]:
    """The value of each field as a form submitted it."""
    return {field.name: field.value(submitted.get(field.name, ())) for field in fields}


def _all_values(head: FrontMatterLines) -> dict[str, str | list[str]]:
    return {field.name: field_value(head.data, field) for field in (*FACTS, *DISCLOSURE)}


def field_value(data: strict_yaml.YamlValue, field: FormField) -> str | list[str]:
    """The value of a field, as its form shows it; empty where it cannot be understood."""
    value: strict_yaml.YamlValue = data
    for name in field.path:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, dict | strict_yaml.UnclearValue):
        return [] if field.many else ""
    return [str(value)] if field.many else str(value)


def to_yaml(fields: Sequence[FormField], values: Mapping[str, str | list[str]]) -> list[str]:
    """The values of fields as YAML.

    Raises:
        FormRefusedError: with every value that is none that its field can have.
    """
    written, faults = [], {}
    for field in fields:
        try:
            written.append(_value_to_yaml(field, values[field.name]))
        except PublishingError as error:
            faults[field.name] = str(error)
    if faults:
        raise FormRefusedError(faults)
    return written


def _value_to_yaml(field: FormField, value: str | list[str]) -> str:
    """A value as YAML; raises PublishingError where it is none that the field can have."""
    if isinstance(value, list):
        if field.kind == "lines":
            return f"[{', '.join(_quote_checked(field, item) for item in value)}]"
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
    if field.kind in _EXPECTED_FORMS:
        raise PublishingError(f"{field.label}: write {_EXPECTED_FORMS[field.kind]}.")
    return _quote_checked(field, value)


def _quote_checked(field: FormField, value: str) -> str:
    if CONTROL.search(value) or len(value) > (_LONG_LIMIT if field.kind == "long" else _SHORT_LIMIT):
        raise PublishingError(f"{field.label}: that is too long, or holds signs that no text has.")
    return quote(value)
