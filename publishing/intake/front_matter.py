"""What the front matter of review.md may say, format 1: the one source of validation, of JSON Schemas and of `candour new`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from publishing.intake.field_types import (
    Agency,
    Choice,
    Day,
    InformedOn,
    LessonReferences,
    Month,
    Number,
    OneOf,
    PublicId,
    Restriction,
    Text,
    Theme,
    WithoutRepeats,
    Year,
)
from publishing.intake.strict_model import StrictModel


class UpdateEntry(StrictModel):
    """What was said of a lesson on a day."""

    date: Day = Field(description="the day it was said")
    status: Annotated[str, Choice("lesson_statuses")] = Field(description="how far it was by then")
    note: Text | None = Field(None, description="a sentence about it; redacted and published")


class LessonEntry(StrictModel):
    """One lesson."""

    id: Number = Field(description="its number, for ever: part of its public address")
    text: Text = Field(description="what must be done; redacted and published")
    why: Text | None = Field(None, description="what contributed; redacted and published")
    themes: Annotated[tuple[Theme, ...], WithoutRepeats] = Field((), description="what it is about")
    level: Annotated[str, Choice("levels")] = Field(description="for whom it is")
    owner: Text | None = Field(None, description="who is to do it; redacted and published")
    response: Annotated[str, Choice("responses")] | None = Field(None, description="what the owner answered")
    due: Month | None = Field(None, description="the month by which it is promised, such as 2025-09")
    updates: tuple[UpdateEntry, ...] = Field((), description="what was said since; the newest is its status")
    same_as: LessonReferences = Field(
        (), description="lessons of other reviews that are the same lesson, such as 2024-001/3; published"
    )
    not_same_as: LessonReferences = Field(
        (), description="lessons of other reviews that only look alike: not proposed again; never published"
    )


class DisclosureEntry(StrictModel):
    """What was weighed before anyone outside sees a word. A field left empty means: not done yet."""

    proceedings: Annotated[str, Choice("proceedings")] = Field(
        description="appeals, co-defendants, inquest and family court included; pending is not published"
    )
    restrictions: Annotated[tuple[Restriction, ...], WithoutRepeats] = Field(
        min_length=1, description="what the law forbids to publish; [none] is refused for sexual offences"
    )
    victims_informed: Annotated[dt.date | str, InformedOn()] | None = Field(
        None, description='the day victims and families were told, or "not-applicable: why"'
    )
    considered_by: Text | None = Field(None, description="who weighed the harm; never published")
    considered_on: Day | None = Field(None, description="the day of it, not after publish_on")


class FrontMatter(StrictModel):
    """The front matter of review.md, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    public_id: PublicId = Field(description='the permanent public reference, in quotes, such as "2025-001"')
    status: Annotated[str, OneOf(("draft", "approved", "withdrawn"))] = Field(
        description="draft, approved or withdrawn"
    )
    approved_by: Text | None = Field(None, description="who approved it, by post; never published; a draft has none")
    approved_on: Day | None = Field(None, description="the day of the approval; a draft has none")
    publish_on: Day = Field(description="the embargo: before that day it is not published")
    outcome: Annotated[str, Choice("outcomes")] = Field(description="how the case ended in court")
    offence: Annotated[str, Choice("offences")] = Field(description="the offence of the conviction")
    offence_year: Year = Field(description="the year of the offence")
    region: Annotated[str, Choice("regions")] = Field(description="the probation region")
    provider: Annotated[str, Choice("providers")] | None = Field(None, description="who supervised then")
    supervision: Annotated[str, Choice("supervision")] = Field(description="the kind of supervision")
    anchor: Day | None = Field(None, description="release or sentence, private: dates are told relative to it")
    risk_of_serious_harm: Annotated[str, Choice("risk_of_serious_harm")] = Field(description="the assessed level")
    mappa_level: Annotated[int, OneOf((1, 2, 3))] | None = Field(None, description="1, 2 or 3")
    agencies: Annotated[tuple[Agency, ...], WithoutRepeats] = Field(min_length=1, description="the agencies involved")
    themes: Annotated[tuple[Theme, ...], WithoutRepeats] = Field(min_length=1, description="what the review is about")
    reasonable_steps: Annotated[str, Choice("reasonable_steps")] = Field(description="the review's judgement")
    quality_rating: Annotated[str, Choice("quality_ratings")] | None = Field(
        None, description="the inspectorate's rating"
    )
    notified: Month | None = Field(None, description="the month of the notification, private")
    completed: Month | None = Field(None, description="the month of completion, private")
    reassess_by: Day | None = Field(None, description="the day by which it is looked at again, private")
    disclosure: DisclosureEntry = Field(description="what was weighed before publication")
    content_notes: Annotated[tuple[Text, ...], WithoutRepeats] = Field((), description="what readers are warned of")
    lessons: tuple[LessonEntry, ...] = Field((), description="the lessons, each with an id and a text")
