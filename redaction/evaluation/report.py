"""What an evaluation found, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from redaction.evaluation.figures import Figure
from redaction.evaluation.gold import Slip

MEASURES: dict[str, str] = {
    "recall.people_and_codes": "people and codes found",
    "recall.all": "everything to replace found",
    "precision": "of what was replaced, rightly",
    "survives": "of unmarked text, kept",
    "characters.people_and_codes": "people and codes, by characters",
    "characters.all": "everything, by characters",
    "precision_flagged_wrong": "rightly replaced, where replacing flagged words is wrong",
    "declared": "declared identities found",
    "recall.P": "people",
    "recall.C": "codes and contacts",
    "recall.L": "places and addresses",
    "recall.O": "organisations",
    "recall.D": "dates",
    "recall.A": "ages",
    "recall.N": "quantities",
    "masked.Q": "flagged details that were replaced",
    "pointed.Q": "details to flag that are flagged, or replaced",
    "flags": "flags to decide, per 1,000 words",
    "false.people": "mentions told as somebody else",
    "split.people": "people under several labels",
    "false.dates": "dates told wrongly",
    "false.kinds": "people told as places or the like, or the other way round",
    "destroyed.numbers": "other numbers changed",
    "roles": "declared people told in their role",
    "ER_di": "direct identifiers masked at every mention (ER_di)",
    "ER_qi": "quasi-identifiers masked at every mention (ER_qi)",
    "R": "words to mask that were masked (R)",
    "P": "masked words that were to be masked (P)",
    "F1": "F1 of R and P",
}
"""Every measure in the order shown, and what it says in plain words."""


@dataclass(frozen=True)
class MeasureRow:
    """One system on one part of the data."""

    system: str
    part: str
    register: bool
    documents: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class EvaluationReport:
    """Every row, and the worst slips of ours on texts that may be tuned on (never on those held aside)."""

    dataset: str
    rows: tuple[MeasureRow, ...]
    misses: tuple[Slip, ...] = ()
    false_alarms: tuple[Slip, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The whole report as plain lists and objects, for `json.dumps`."""
        return asdict(self)

    def as_text(self, shown: int = 10) -> str:
        """A plain table for each row, then the worst slips."""
        blocks = [_row_text(row) for row in self.rows]
        for title, slips in (("Worst misses", self.misses), ("Worst false alarms", self.false_alarms)):
            if slips:
                lines = [f"  {slip.times:3} × {slip.kind}  {slip.context}" for slip in slips[:shown]]
                blocks.append("\n".join((f"{title} (in the texts that may be tuned on)", *lines)))
        return "\n\n".join(blocks) + "\n"

    def row(self, system: str, part: str, register: bool = False) -> MeasureRow:
        """The row of a system on a part of the data.

        Raises:
            KeyError: there is no such row.
        """
        for row in self.rows:
            if (row.system, row.part, row.register) == (system, part, register):
                return row
        raise KeyError((system, part, register))


def _row_text(row: MeasureRow) -> str:
    documents = f"{row.documents} text" + ("" if row.documents == 1 else "s")
    register = ", registers given" if row.register else ""
    lines = [f"{row.system}: {row.part}, {documents}{register}"]
    width = max((len(text) for name, text in MEASURES.items() if name in row.figures), default=0)
    for name, text in MEASURES.items():
        if name in row.figures:
            figure = row.figures[name]
            counts = f"  {figure.hits} of {figure.of}" if figure.of and name != "flags" else ""
            lines.append(f"  {text:{width}}  {figure}{counts}")
    return "\n".join(lines)


def table(rows: Sequence[tuple[str, Mapping[str, Figure]]], measures: Sequence[str], intervals: bool = True) -> str:
    """A Markdown table: a line a row, a column a measure; "–" where a row has no such figure."""
    head = "| | " + " | ".join(MEASURES[name] for name in measures) + " |"
    rule = "|---|" + "---|" * len(measures)
    lines = [
        f"| {title} | " + " | ".join(_cell(figures.get(name), intervals) for name in measures) + " |"
        for title, figures in rows
    ]
    return "\n".join((head, rule, *lines))


def _cell(figure: Figure | None, intervals: bool) -> str:
    if figure is None:
        return "–"
    return str(figure) if intervals else f"{figure.value:.3f}"
