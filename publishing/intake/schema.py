"""What a case's own files may say: front matter of review.md, and decisions.yml, both format 1.

The models are the single source: validation, the JSON Schemas for editors and what `candour new` explains.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from publishing.intake.faults import Fault
from publishing.intake.nearest import wrong_field, wrong_term
from publishing.intake.plain_text import CONTROL
from publishing.intake.strict_yaml import Document, Path
from publishing.settings import PUBLIC_ID
from publishing.vocabulary import written
from redaction import Entity, Register
from redaction.entities import ROLES

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_INFORMED = re.compile(r"not-applicable:\s*\S.*", re.DOTALL)


def _wrong(words: str) -> PydanticCustomError:
    return PydanticCustomError("fault", "{words}", {"words": words})


# --- kinds of value


@dataclass(frozen=True)
class Choice:
    """A key of one list of the vocabulary."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate by the list."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The list as an enumeration."""
        return {"type": "string", "enum": list(written(self.name))}

    def check(self, value: object) -> str:
        """The term itself, or the nearest one named."""
        if isinstance(value, str) and value in written(self.name):
            return value
        raise _wrong(wrong_term(value, self.name))


@dataclass(frozen=True)
class OneOf:
    """One of a few fixed values."""

    values: tuple[str | int, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate by the values."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The values as an enumeration."""
        return {"enum": list(self.values)}

    def check(self, value: object) -> str | int:
        """The value itself; 1.0 and "1" are not 1."""
        for known in self.values:
            if type(value) is type(known) and value == known:
                return known
        raise _wrong("must be " + _or(map(str, self.values)))


@dataclass(frozen=True)
class InformedOn:
    """When victims and families were told: a day, or why that does not apply."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as a day, else as words."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Text: editors read days as text."""
        return {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d|not-applicable:\s*\S.*)$"}

    def check(self, value: object) -> dt.date | str:
        """A day, or text that begins with "not-applicable:" and says why."""
        if isinstance(value, str) and _INFORMED.fullmatch(value):
            return value
        try:
            return _day(value)
        except PydanticCustomError:
            raise _wrong('must be a day such as 2024-12-02, or "not-applicable: why" in quotes') from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong("must be text: put it in quotes")
    if not value.strip():
        raise _wrong("is empty")
    if CONTROL.search(value):
        raise _wrong("holds a control character, which no text has: type it again")
    return value.strip()


def _public_id(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong('must stand in quotes: a year, a hyphen and three digits, such as "2025-001"')
    if not re.fullmatch(PUBLIC_ID, value, re.ASCII):
        raise _wrong('must be a year, a hyphen and three digits, such as "2025-001"')
    return value


def _day(value: object) -> dt.date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise _wrong("is not a day of the calendar") from None
    if type(value) is not dt.date:
        raise _wrong("must be a day of the calendar, year first, such as 2025-01-14")
    return value


def _month(value: object) -> str:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise _wrong("must be a month, year first and without a day, such as 2018-10")


def _year(value: object) -> int:
    if type(value) is int and 1990 <= value <= 9999:
        return value
    raise _wrong("must be a year of four digits, 1990 or later, without quotes")


def _number(value: object) -> int:
    if type(value) is int and value >= 1:
        return value
    raise _wrong("must be a whole number from 1, without quotes")


def _count(value: object) -> int:
    if type(value) is int and value >= 0:
        return value
    raise _wrong("must be a whole number, without quotes")


def _entity(value: object) -> str:
    if isinstance(value, str) and value in Entity.__members__:
        return value
    raise _wrong("must be one of " + ", ".join(Entity.__members__))


Item = TypeVar("Item")


def _without_repeats(values: tuple[Item, ...]) -> tuple[Item, ...]:
    if len(set(values)) < len(values):
        raise _wrong("says the same thing twice: keep one")
    return values


Text = Annotated[str, BeforeValidator(_text)]
PublicId = Annotated[str, BeforeValidator(_public_id)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Month = Annotated[str, BeforeValidator(_month)]
Year = Annotated[int, BeforeValidator(_year)]
Number = Annotated[int, BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_count)]
EntityName = Annotated[str, BeforeValidator(_entity)]
Once = AfterValidator(_without_repeats)
Agency = Annotated[str, Choice("agencies")]
Theme = Annotated[str, Choice("themes")]
Restriction = Annotated[str, Choice("restrictions")]


# --- the files


class File(BaseModel):
    """Strict and immutable; a field nobody knows is an error.

    Fields that were understood are told to the context: rules across them are checked although others are wrong.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @field_validator("*", mode="after")
    @classmethod
    def _understood(cls, value: Any, info: ValidationInfo) -> Any:
        if info.context is not None:
            info.context[cls.__name__, info.field_name] = value
        return value


class UpdateEntry(File):
    """What was said of a lesson on a day."""

    date: Day = Field(description="the day it was said")
    status: Annotated[str, Choice("lesson_statuses")] = Field(description="how far it was by then")
    note: Text | None = Field(None, description="a sentence about it; redacted and published")


class LessonEntry(File):
    """One lesson."""

    id: Number = Field(description="its number, for ever: part of its public address")
    text: Text = Field(description="what must be done; redacted and published")
    why: Text | None = Field(None, description="what contributed; redacted and published")
    themes: Annotated[tuple[Theme, ...], Once] = Field((), description="what it is about")
    level: Annotated[str, Choice("levels")] = Field(description="for whom it is")
    owner: Text | None = Field(None, description="who is to do it; redacted and published")
    response: Annotated[str, Choice("responses")] | None = Field(None, description="what the owner answered")
    due: Month | None = Field(None, description="the month by which it is promised, such as 2025-09")
    updates: tuple[UpdateEntry, ...] = Field((), description="what was said since; the newest is its status")


class DisclosureEntry(File):
    """What was weighed before anyone outside sees a word. A field left empty means: not done yet."""

    proceedings: Annotated[str, Choice("proceedings")] = Field(
        description="appeals, co-defendants, inquest and family court included; pending is not published"
    )
    restrictions: Annotated[tuple[Restriction, ...], Once] = Field(
        min_length=1, description="what the law forbids to publish; [none] is refused for sexual offences"
    )
    victims_informed: Annotated[dt.date | str, InformedOn()] | None = Field(
        None, description='the day victims and families were told, or "not-applicable: why"'
    )
    considered_by: Text | None = Field(None, description="who weighed the harm; never published")
    considered_on: Day | None = Field(None, description="the day of it, not after publish_on")


class FrontMatter(File):
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
    agencies: Annotated[tuple[Agency, ...], Once] = Field(min_length=1, description="the agencies involved")
    themes: Annotated[tuple[Theme, ...], Once] = Field(min_length=1, description="what the review is about")
    reasonable_steps: Annotated[str, Choice("reasonable_steps")] = Field(description="the review's judgement")
    quality_rating: Annotated[str, Choice("quality_ratings")] | None = Field(
        None, description="the inspectorate's rating"
    )
    notified: Month | None = Field(None, description="the month of the notification, private")
    completed: Month | None = Field(None, description="the month of completion, private")
    reassess_by: Day | None = Field(None, description="the day by which it is looked at again, private")
    disclosure: DisclosureEntry = Field(description="what was weighed before publication")
    content_notes: Annotated[tuple[Text, ...], Once] = Field((), description="what readers are warned of")
    lessons: tuple[LessonEntry, ...] = Field((), description="the lessons, each with an id and a text")


class DecisionEntry(File):
    """What a person decided about words of the review, by the words themselves."""

    action: Annotated[str, OneOf(("accept", "reject", "add"))] = Field(
        description="accept a finding, reject it, or add what was missed"
    )
    text: Text = Field(description="the words, as the review has them")
    entity: EntityName | None = Field(None, description="the kind of detail")
    replacement: Text | None = Field(None, description="what stands in their place; published")
    label: Annotated[str, OneOf(("own",))] | None = Field(
        None, description="own: the number in replacement is theirs alone"
    )
    same_as: Text | None = Field(None, description="other words of the same person: the label is always theirs")
    by: Text | None = Field(None, description="who decided")
    second: Text | None = Field(None, description="the second person, where two decide")
    on: Day | None = Field(None, description="when")
    reason: Text | None = Field(None, description="why")


class DecisionsFile(File):
    """decisions.yml, format 1."""

    format: Annotated[int, OneOf((1,))] = Field(description="always 1")
    decisions: tuple[DecisionEntry, ...] = Field((), description="in the order they were made")


# --- reading them

Model = TypeVar("Model", bound=File)
Understood = Mapping[tuple[str, str], Any]
"""Each field that was understood, by its model's name and its own."""


def read(model: type[Model], document: Document) -> tuple[Model | None, list[Fault], Understood]:
    """Validate a document; every fault has its line. The third part is what could be understood all the same."""
    understood: dict[tuple[str, str], Any] = {}
    if not isinstance(document.data, dict):
        return None, [document.fault((), "must hold fields, such as `format: 1`, a line each")], understood
    try:
        return model.model_validate(document.data, context=understood), [], understood
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        return None, [_fault(model, document, e["loc"], e["type"], e["msg"]) for e in found], understood


def _fault(model: type[File], document: Document, loc: Path, kind: str, message: str) -> Fault:
    if kind == "extra_forbidden":
        around, fields = label(loc[:-1]), _model_at(model, loc[:-1]).model_fields
        words = wrong_field(str(loc[-1]), fields)
        return document.fault(loc, f"{around}: {words}" if around else words)
    unfilled = False
    if kind == "missing":
        unfilled = loc in document.lines
        words = f"{'is empty' if unfilled else 'is missing'}: {_model_at(model, loc[:-1]).model_fields[str(loc[-1])].description}"
    elif kind == "too_short":
        unfilled = True
        words = "is empty: it needs at least one"
    elif kind == "tuple_type":
        words = "must be a list, such as [a, b], or a line with a hyphen for each"
    elif kind == "model_type":
        words = "must hold fields, each on a line of its own"
    else:
        words = message if kind == "fault" else "is not right"
    return replace(document.fault(loc, f"{label(loc)}: {words}"), unfilled=unfilled)


def label(path: Path) -> str:
    """Where a value stands, in words: ("lessons", 1, "text") is "lessons no. 2, text"."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} no. {part + 1}" if words else f"no. {part + 1}"]
        else:
            words.append(part)
    return ", ".join(words)


def _model_at(model: type[File], path: Iterable[str | int]) -> type[File]:
    for part in path:
        if isinstance(part, str):
            model = _model_within(model.model_fields[part].annotation) or model
    return model


def _model_within(annotation: Any) -> type[File] | None:
    if isinstance(annotation, type) and issubclass(annotation, File):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


# --- for editors


def front_matter_schema() -> dict[str, Any]:
    """JSON Schema of review.md's front matter."""
    return FrontMatter.model_json_schema()


def decisions_schema() -> dict[str, Any]:
    """JSON Schema of decisions.yml."""
    return DecisionsFile.model_json_schema()


def register_schema() -> dict[str, Any]:
    """JSON Schema of register.yml, with the roles there are."""
    schema = Register.model_json_schema()
    schema["$defs"]["Person"]["properties"]["role"]["enum"] = list(ROLES)
    return schema
