"""How a case's files are validated: strict models, and every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from redaction.strict_files.faults import Fault
from redaction.strict_files.strict_yaml import ValuePath, YamlDocument, describe_path
from redaction.strict_files.suggestions import explain_wrong_field


class StrictModel(BaseModel):
    """Strict and immutable; a field nobody knows is an error.

    Fields that were understood are put into the context: rules across them are checked although others are wrong.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @field_validator("*", mode="after")
    @classmethod
    def _understood(cls, value: Any, info: ValidationInfo) -> Any:
        if info.context is not None:
            info.context[cls.__name__, info.field_name] = value
        return value


Model = TypeVar("Model", bound=StrictModel)

UnderstoodFields = Mapping[tuple[str, str], Any]
"""Each field that was understood, by its model's name and its own."""


def validate(model: type[Model], document: YamlDocument) -> tuple[Model | None, list[Fault], UnderstoodFields]:
    """Validate a document; every fault has its line. The third part holds the fields that were understood all the same."""
    understood: dict[tuple[str, str], Any] = {}
    if not isinstance(document.data, dict):
        return None, [document.fault((), "must hold fields, such as `format: 1`, a line each")], understood
    try:
        return model.model_validate(document.data, context=understood), [], understood
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        return None, [_fault(model, document, e["loc"], e["type"], e["msg"]) for e in found], understood


def _fault(model: type[StrictModel], document: YamlDocument, path: ValuePath, kind: str, message: str) -> Fault:
    if kind == "extra_forbidden":
        around, fields = describe_path(path[:-1]), _model_at(model, path[:-1]).model_fields
        words = explain_wrong_field(str(path[-1]), fields)
        return document.fault(path, f"{around}: {words}" if around else words)
    unfilled = False
    if kind == "missing":
        unfilled = path in document.lines
        words = f"{'is empty' if unfilled else 'is missing'}: {_model_at(model, path[:-1]).model_fields[str(path[-1])].description}"
    elif kind == "too_short":
        unfilled = True
        words = "is empty: it needs at least one"
    elif kind == "tuple_type":
        words = "must be a list, such as [a, b], or a line with a hyphen for each"
    elif kind == "model_type":
        words = "must hold fields, each on a line of its own"
    else:
        words = message if kind == "fault" else "is not right"
    return replace(document.fault(path, f"{describe_path(path)}: {words}"), unfilled=unfilled)


def _model_at(model: type[StrictModel], path: Iterable[str | int]) -> type[StrictModel]:
    for part in path:
        if isinstance(part, str):
            model = _model_within(model.model_fields[part].annotation) or model
    return model


def _model_within(annotation: Any) -> type[StrictModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrictModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)
