"""What a recognizer, a register or propagation finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redaction.entities import Entity
from redaction.spans import Span

DECLARED = 1.0
"""The score of what a register declares or a person decides: nothing beats it."""


BIRTH = "birth"
"""The subtype of a date of birth."""


KNOWN_PHRASE = "known-phrase"
"""The rule by which a law called after somebody is said generally; the subtype is what it is said to be."""


EXPLAINED = "explained"
"""The rule by which initials are found of which the text itself says whose they are."""


class Origin(StrEnum):
    """Who found a span: a person, a later stage of the engine, or a family of rules."""

    REGISTER = "register"
    DECISION = "decision"
    PROPAGATION = "propagation"
    PROTECTED = "protected"
    TAGGER = "tagger"
    PEOPLE = "people"
    PLACES = "places"
    ADDRESSES = "addresses"
    ORGANISATIONS = "organisations"
    STATES = "states"
    CODE = "code"
    CONTACT = "contact"
    DATE = "date"
    AGE = "age"
    QUANTITY = "quantity"
    MONEY = "money"
    DEMOGRAPHICS = "demographics"
    DETAILS = "details"


@dataclass(frozen=True)
class Source:
    """Who found a span, and by which of its rules ("" where it has but one); written "people:title" in JSON."""

    origin: Origin
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.origin}:{self.rule}" if self.rule else str(self.origin)


@dataclass(frozen=True)
class Finding:
    """A span of text that may identify somebody.

    `start` and `end` are code-point offsets into the analysed text. `subtype` says what the replacement needs to know: the kind of an
    organisation or place, the role of a person, that a date is a birth date. `canonical` is the name of which the words are a short
    form, `person` the id of the person in the text whom they name; both where that is known.
    """

    start: int
    end: int
    entity: Entity
    score: float
    source: Source
    subtype: str = ""
    canonical: str = ""
    person: int | None = None

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)
