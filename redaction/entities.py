"""The kinds of identifying detail, as data: entities, the marks of gold texts, and roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Entity(StrEnum):
    """What a detection may be; the names are public in `candour redact --json`."""

    PERSON = "PERSON"
    CODE = "CODE"
    CONTACT = "CONTACT"
    ADDRESS = "ADDRESS"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    DATE = "DATE"
    AGE = "AGE"
    QUANTITY = "QUANTITY"
    DEMOGRAPHIC = "DEMOGRAPHIC"
    OTHER = "OTHER"


MARKS: dict[str, frozenset[Entity]] = {
    "P": frozenset({Entity.PERSON}),
    "C": frozenset({Entity.CODE, Entity.CONTACT}),
    "L": frozenset({Entity.PLACE, Entity.ADDRESS}),
    "O": frozenset({Entity.ORGANISATION}),
    "D": frozenset({Entity.DATE}),
    "A": frozenset({Entity.AGE}),
    "N": frozenset({Entity.QUANTITY}),
    "Q": frozenset({Entity.DEMOGRAPHIC, Entity.OTHER}),
}
"""The letter of an inline mark in gold text (`{P|Ada}`) and the entities that it means."""


@dataclass(frozen=True)
class Role:
    """Who somebody is in a review: the public label, and whether they worked on the case."""

    label: str
    staff: bool = False


ROLES: dict[str, Role] = {
    "person-on-probation": Role("Person on probation"),
    "victim": Role("Victim"),
    "previous-victim": Role("Previous victim"),
    "partner": Role("Partner"),
    "family-member": Role("Family member"),
    "child": Role("Child"),
    "witness": Role("Witness"),
    "probation-practitioner": Role("Probation practitioner", staff=True),
    "senior-probation-officer": Role("Senior probation officer", staff=True),
    "manager": Role("Manager", staff=True),
    "reviewing-manager": Role("Reviewing manager", staff=True),
    "victim-liaison-officer": Role("Victim liaison officer", staff=True),
    "prison-offender-manager": Role("Prison offender manager", staff=True),
    "police-officer": Role("Police officer", staff=True),
    "professional": Role("Professional", staff=True),
    "judge": Role("Judge", staff=True),
    "other": Role("Person"),
}
"""Roles a register may give; `other` and people nobody declared share the label "Person"."""
