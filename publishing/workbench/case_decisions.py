"""A decision that a person asks for in the workbench, and decisions.yml as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from publishing.checking.signers import is_named, same_person
from publishing.errors import PublishingError
from publishing.settings import today
from redaction import Entity, fold_text
from redaction.strict_files.plain_text import CONTROL

_HEADER = (
    "# What a person decided about words of this review, wherever they stand in it. Private. The newest is last.\n"
)
_LENGTH_LIMIT = 1000


class RefusedEditError(PublishingError):
    """What was asked for cannot be written down."""


@dataclass(frozen=True)
class RequestedDecision:
    """A decision to write: as in decisions.yml. `second` is the other person without whom it does not count.

    `apart` and `same_as` say whose label `replacement` holds: one of somebody's own, or that of other words. `knowing`: the words may
    tell what the key facts hold back.
    """

    action: str
    text: str
    entity: str | None = None
    replacement: str | None = None
    by: str = ""
    second: str = ""
    apart: bool = False
    same_as: str = ""
    knowing: bool = False

    def entry(self) -> dict[str, Any]:
        """As decisions.yml has it.

        Raises:
            RefusedEditError: it cannot be one.
        """
        text, replacement = self.text.strip(), (self.replacement or "").strip()
        by, second = (" ".join(name.split()) for name in (self.by, self.second))
        if self.action not in ("accept", "reject", "add"):
            raise RefusedEditError("That is not a decision.")
        if not fold_text(text).strip() or len(text) > _LENGTH_LIMIT or CONTROL.search(text + replacement + by + second):
            raise RefusedEditError("Nothing was decided: write the words as the review has them, a few at a time.")
        if self.entity and self.entity not in Entity.__members__:
            raise RefusedEditError("That is not a kind of detail.")
        if len(replacement) > _LENGTH_LIMIT:
            raise RefusedEditError("What stands in their place is too long.")
        if second and (not is_named(by) or not is_named(second) or same_person(by, second)):
            raise RefusedEditError("Two people decide this: say who you are (above), and who the other one is.")
        fields = {"action": self.action, "text": text, "entity": self.entity, "replacement": replacement}
        fields["withheld"] = "kept" if self.knowing else None
        people = {"label": "own" if self.apart else None, "same_as": self.same_as, "by": by, "second": second}
        return {**{name: said for name, said in {**fields, **people}.items() if said}, "on": today()}


def decisions_yaml(entries: Sequence[Mapping[str, Any]]) -> bytes:
    """decisions.yml with these entries."""
    data = {"format": 1, "decisions": [dict(entry) for entry in entries]}
    return (_HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)).encode()
