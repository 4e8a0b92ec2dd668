"""What a page is made from, as data of which a hash can be made: the same data, the same page."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from types import FunctionType
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from publishing.files.cache import key_of


class Fingerprints:
    """Describes values by their content; a review that is in many pages is read once."""

    def __init__(self) -> None:
        self._models: dict[int, tuple[BaseModel, str]] = {}

    def describe(self, value: object) -> Any:
        """A value as JSON that no other value has.

        Raises:
            TypeError: it holds something that does not say what it is made of, so that nobody could tell whether it changed.
        """
        kind: Any = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        # what there is most of comes first, and what only an abstract class tells last, for that takes long
        if isinstance(value, BaseModel):
            return {"model": self._hash(value)}
        if isinstance(value, list | tuple):
            return [self.describe(within) for within in value]
        if (names := _fields_of(kind)) is not None:
            return {kind.__qualname__: [self.describe(getattr(value, name)) for name in names]}
        if isinstance(value, partial):
            return {"partial": self.describe([value.func, value.args, value.keywords])}
        if isinstance(value, FunctionType) and not value.__closure__:
            # its code is part of the program's hash
            return {"function": f"{value.__module__}.{value.__qualname__}"}
        if isinstance(value, Markup | Enum | dt.date | range):
            return {type(value).__qualname__: str(value)}
        if isinstance(value, Mapping):
            # in its own order: a template goes through it in that
            return {"map": [[self.describe(key), self.describe(within)] for key, within in value.items()]}
        if isinstance(value, Set):
            return {"set": sorted(key_of(determined_by={"": self.describe(within)}) for within in value)}
        raise TypeError(f"{type(value).__qualname__} does not say what it is made of")

    def _hash(self, model: BaseModel) -> str:
        known = self._models.get(id(model))
        if known is None:
            data = f"{type(model).__qualname__} {model.model_dump_json()}".encode()
            # the model is kept too: while it is there, no other has its place in memory
            known = self._models[id(model)] = (model, hashlib.sha256(data).hexdigest())
        return known[1]


@cache
def _fields_of(kind: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None where it is none."""
    return tuple(found.name for found in fields(kind)) if is_dataclass(kind) else None
