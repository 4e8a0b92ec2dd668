"""A decision, or a passage in other words, that a person asks for in the workbench; and decisions.yml as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from publishing.checking.signers import are_two_names
from publishing.errors import FormRefusedError, PublishingError
from publishing.intake import decisions_file, rewrites
from publishing.settings import today
from redaction import Entity, fold_text
from redaction.strict_files.faults import FaultsError
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
        if second and not are_two_names(by, second):
            raise RefusedEditError("Two people decide this: say who you are (above), and who the other one is.")
        fields = {"action": self.action, "text": text, "entity": self.entity, "replacement": replacement}
        fields["withheld"] = "kept" if self.knowing else None
        people = {"label": "own" if self.apart else None, "same_as": self.same_as, "by": by, "second": second}
        return {**{name: said for name, said in {**fields, **people}.items() if said}, "on": today()}


@dataclass(frozen=True)
class RequestedRewrite:
    """Other words for a passage of the review, as decisions.yml has them."""

    passage: str
    words: str
    by: str
    reason: str
    second: str = ""

    def entry(self) -> dict[str, Any]:
        """As decisions.yml has it.

        Raises:
            FormRefusedError: it cannot be one; with the words for each field of the form.
        """
        words = "\n".join(line.rstrip() for line in self.words.splitlines()).strip()
        by, second, reason = (" ".join(said.split()) for said in (self.by, self.second, self.reason))
        faults: dict[str, str] = {}
        if CONTROL.search(words):
            faults["words"] = "These words hold signs that no text has: type them again."
        elif not words:
            faults["words"] = "Write what is to stand here."
        elif why := rewrites.explain_refused(self.passage, words):
            faults["words"] = f"These words cannot stand here: {why.partition(': ')[2]}."
        if not reason or len(reason) > _LENGTH_LIMIT or CONTROL.search(reason):
            faults["reason"] = "Say in a sentence why, for whoever signs."
        if not by:
            faults["by"] = "Say who you are, at the top of the page: it is kept with the change."
        elif second and not are_two_names(by, second):
            faults["second"] = "The second person is somebody else than you."
        if faults:
            raise FormRefusedError(faults)
        said = {"passage": self.passage, "words": words, "by": by, "second": second, "on": today(), "reason": reason}
        return {name: value for name, value in said.items() if value}


def decisions_yaml(decisions: Sequence[Mapping[str, Any]], rewritten: Sequence[Mapping[str, Any]]) -> bytes:
    """decisions.yml with these entries.

    Raises:
        RefusedEditError: what is written could not be read back, such as for its length.
    """
    data: dict[str, Any] = {"format": 1, "decisions": [dict(entry) for entry in decisions]}
    if rewritten:
        data["rewrites"] = [dict(entry) for entry in rewritten]
    text = _HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    try:
        _, faults = decisions_file.parse_decisions(text)
    except FaultsError as error:
        faults = list(error.faults)
    if faults:
        raise RefusedEditError(
            "Nothing was written: decisions.yml could not be read back with it. Write less at a time."
        )
    return text.encode()
