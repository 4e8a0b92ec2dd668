"""The labels that take the place of what is replaced, and how to recognise one."""

from __future__ import annotations

import regex

from redaction.entities import ROLES

REFERENCE = "[reference removed]"

CONTACT_REMOVED = "[contact removed]"

ADDRESS = "[address removed]"

FAMILY = "[family]"

SOMEBODY = "[person]"
"""Of somebody where the text does not tell which of several people is meant."""

ANOTHER_NAME = "[another name]"
"""Of a name that the text tells as one: "known as Daz"."""


def family_of(label: str) -> str:
    """The label of the family of whoever has a label: "[Victim 1]" → "[family of Victim 1]"."""
    return f"[family of {label[1:-1]}]"


def is_of_family(label: str) -> bool:
    """Whether a label is that of a family, and so nobody's own."""
    return label.startswith("[family") and label.endswith("]")


ORGANISATIONS = (
    "Prison",
    "Court",
    "Police force",
    "Probation office",
    "Probation provider",
    "Approved premises",
    "School",
    "College",
    "Hospital",
    "Health service",
    "Council",
    "Housing provider",
    "Hostel",
    "Care home",
    "Place of worship",
    "Pub",
    "Club",
    "Employer",
    "Solicitors",
    "Charity",
    "Newspaper",
    "Public body",
    "Organisation",
)
"""The kinds of organisation a label may name."""

_ROLES = sorted({role.label for role in ROLES.values()}, key=lambda n: (-len(n), n))
_NUMBERED = sorted({*_ROLES, *ORGANISATIONS, "Town", "Area"}, key=lambda n: (-len(n), n))
_REMOVED = r"(?:reference|contact|address|date|date of birth|detail|name|age|number) removed"
_BAND = r"(?:aged|under|over) [\w ]+|(?:\d+|one) to \w+ (?:years|months|weeks|hours)|\d+ (?:years|months|hours) or more|more than one"
_RELATIVE_DATE = (
    r"the day (?:of|before|after) [a-z ]+|(?:about )?\d+ (?:days?|weeks?|months?|years?) (?:after|before) [a-z ]+|"
    r"(?:week|month|year|day) \d+ (?:or \d+ )?[a-z ]+"
)

SCHEMES = ("disclosure scheme", "law")
"""What a law called after somebody is said to be, where the name is declared."""

_PSEUDONYM = rf"(?:{'|'.join(_NUMBERED)})(?: \d+)?|family(?: of (?:{'|'.join(_ROLES)})(?: \d+)?)?|person|another name"

PSEUDONYM = regex.compile(rf"\[(?:{_PSEUDONYM})\]")
"""Labels that take the place of a name."""

LABEL = regex.compile(
    rf"\[(?:{_PSEUDONYM}|child|adult|sum of money|{'|'.join(SCHEMES)}|{_REMOVED}|{_BAND}|{_RELATIVE_DATE}|life)\]"
)
"""Labels of ours, wherever they are already: never redacted again."""

ANCHORED_DATE = regex.compile(rf"\[(?:{_RELATIVE_DATE})\]")
"""Labels that tell a date relative to release or sentence."""
