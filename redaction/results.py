"""What goes into a redaction beside the text, and what comes out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from redaction.entities import Entity


@dataclass(frozen=True)
class Anchor:
    """The day that dates are told relative to; `event` is "release" or "sentence".

    `until` is the day by which what a review tells had happened, where that is known: a date without a year lies before it.
    `may_have_ended`: the licence or order may have ended meanwhile, so days are told as after the event, not as days of it.
    """

    date: dt.date
    event: Literal["release", "sentence"] = "release"
    until: dt.date | None = None
    may_have_ended: bool = False


@dataclass(frozen=True)
class Decision:
    """What a person decided about words, wherever they appear in the review.

    accept: the finding is right. reject: leave these words alone. add: replace them, as `entity` or by `replacement`.
    `seconded`: two people decided it; without that nothing around a protected person is left alone or put in other words.
    `apart`: the words are somebody of their own, so no one else is given the number in `replacement`.
    `same_as`: other words of the same person or place; the label in `replacement` is whichever these have now.
    `knowing`: whoever decided knew that the words tell what is held back elsewhere; it changes no redaction.
    """

    action: Literal["accept", "reject", "add"]
    text: str
    entity: Entity | None = None
    replacement: str | None = None
    seconded: bool = False
    apart: bool = False
    same_as: str | None = None
    knowing: bool = False


@dataclass(frozen=True)
class Detection:
    """A span of texts[part] (code-point offsets) and what takes its place."""

    part: int
    start: int
    end: int
    entity: Entity
    score: float
    source: str
    replacement: str


@dataclass(frozen=True)
class Flag:
    """A span of texts[part] (code-point offsets) that stays as it is until a person decides; `reason` says why it is shown.

    `probability`: how likely the tagger holds it to identify somebody, 0 to 1; None where the tagger did not read along.
    """

    part: int
    start: int
    end: int
    entity: Entity
    source: str
    reason: str
    probability: float | None = None


@dataclass(frozen=True)
class Doubt:
    """A span of texts[part] that the tagger does not mask but is not sure of; `kind` is an entity, `probability` 0 to 1."""

    part: int
    start: int
    end: int
    kind: Entity
    probability: float


@dataclass(frozen=True)
class Question:
    """A span of texts[part] (code-point offsets) that can mean several people: the labels that these have, in order."""

    part: int
    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Redaction:
    """The redacted texts and every replacement, sorted, none overlapping; and what a person should look at besides."""

    texts: tuple[str, ...]
    detections: tuple[Detection, ...]
    flags: tuple[Flag, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    questions: tuple[Question, ...] = ()

    def __repr__(self) -> str:
        """Counts alone: no word of a review in a log or a traceback."""
        return f"Redaction({len(self.texts)} texts, {len(self.detections)} detections)"
