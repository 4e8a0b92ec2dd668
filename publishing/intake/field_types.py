"""The types of the fields of a case's files: each says in plain words what is wrong with a value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from publishing.intake.wrong_terms import explain_wrong_term
from publishing.settings import LESSON_REFERENCE, PUBLIC_ID
from publishing.vocabulary import exact_terms
from redaction import Entity
from redaction.strict_files.plain_text import CONTROL, TURNS_DIRECTION

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_INFORMED = re.compile(r"not-applicable:\s*\S.*", re.DOTALL)


def wrong_value(words: str) -> PydanticCustomError:
    """A fault that is told in these words."""
    return PydanticCustomError("fault", "{words}", {"words": words})


@dataclass(frozen=True)
class Choice:
    """A key of one list of the vocabulary."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate by the list."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The list as an enumeration."""
        return {"type": "string", "enum": list(exact_terms(self.name))}

    def check(self, value: object) -> str:
        """The term itself, or the nearest one named."""
        if isinstance(value, str) and value in exact_terms(self.name):
            return value
        raise wrong_value(explain_wrong_term(value, self.name))


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
        raise wrong_value("must be " + _join_with_or(map(str, self.values)))


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
            return _parse_day(value)
        except PydanticCustomError:
            raise wrong_value('must be a day such as 2024-12-02, or "not-applicable: why" in quotes') from None


def _parse_text(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_value("must be text: put it in quotes")
    if not value.strip():
        raise wrong_value("is empty")
    if CONTROL.search(value):
        raise wrong_value("holds a control character, which no text has: type it again")
    if TURNS_DIRECTION.search(value):
        raise wrong_value("holds a hidden sign that turns the direction of the text around: type it again")
    return value.strip()


def _parse_public_id(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_value('must stand in quotes: a year, a hyphen and three digits, such as "2025-001"')
    if not re.fullmatch(PUBLIC_ID, value, re.ASCII):
        raise wrong_value('must be a year, a hyphen and three digits, such as "2025-001"')
    return value


def parse_lesson_reference(value: object) -> str:
    """A lesson's public reference, such as 2024-001/3; raises a fault in plain words."""
    if isinstance(value, str) and re.fullmatch(LESSON_REFERENCE, value.strip(), re.ASCII):
        return value.strip()
    raise wrong_value("must be a lesson's public reference: its review's, a stroke and its number, such as 2024-001/3")


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _parse_day(value: object) -> dt.date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise wrong_value("is not a day of the calendar") from None
    if type(value) is not dt.date:
        raise wrong_value("must be a day of the calendar, year first, such as 2025-01-14")
    return value


def _parse_month(value: object) -> str:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise wrong_value("must be a month, year first and without a day, such as 2018-10")


def _parse_year(value: object) -> int:
    if type(value) is int and 1990 <= value <= 9999:
        return value
    raise wrong_value("must be a year of four digits, 1990 or later, without quotes")


def _parse_number(value: object) -> int:
    if type(value) is int and value >= 1:
        return value
    raise wrong_value("must be a whole number from 1, without quotes")


def _parse_count(value: object) -> int:
    if type(value) is int and value >= 0:
        return value
    raise wrong_value("must be a whole number, without quotes")


def _parse_entity(value: object) -> str:
    if isinstance(value, str) and value in Entity.__members__:
        return value
    raise wrong_value("must be one of " + ", ".join(Entity.__members__))


Item = TypeVar("Item")


def _refuse_repeats(values: tuple[Item, ...]) -> tuple[Item, ...]:
    if len(set(values)) < len(values):
        raise wrong_value("says the same thing twice: keep one")
    return values


Text = Annotated[str, BeforeValidator(_parse_text)]
PublicId = Annotated[str, BeforeValidator(_parse_public_id)]
Day = Annotated[dt.date, BeforeValidator(_parse_day)]
LessonReference = Annotated[str, BeforeValidator(parse_lesson_reference)]
Month = Annotated[str, BeforeValidator(_parse_month)]
Year = Annotated[int, BeforeValidator(_parse_year)]
Number = Annotated[int, BeforeValidator(_parse_number)]
Count = Annotated[int, BeforeValidator(_parse_count)]
EntityName = Annotated[str, BeforeValidator(_parse_entity)]
WithoutRepeats = AfterValidator(_refuse_repeats)
_REFERENCE_SCHEMA = {"type": "string", "pattern": f"^{LESSON_REFERENCE}$"}
LessonReferences = Annotated[
    tuple[LessonReference, ...],
    BeforeValidator(_as_list),
    WithoutRepeats,
    WithJsonSchema({"anyOf": [_REFERENCE_SCHEMA, {"type": "array", "items": _REFERENCE_SCHEMA}]}),
]
"""One reference, or a list of them."""
Agency = Annotated[str, Choice("agencies")]
Theme = Annotated[str, Choice("themes")]
Restriction = Annotated[str, Choice("restrictions")]


def _join_with_or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
