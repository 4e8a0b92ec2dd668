"""Write: the source with its edits applied, and the edits as detections in the texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from redaction.results import Detection
from redaction.stages.state import BREAK, Edit


@dataclass(frozen=True)
class Written:
    """A source with its edits applied, and the way back."""

    text: str
    edits: Sequence[Edit]

    def edit_at(self, place: int) -> Edit | None:
        """The edit to whose words a place of the written text belongs."""
        index = bisect_right(self._starts, place) - 1
        edit = self.edits[index] if index >= 0 else None
        return edit if edit and place < self._starts[index] + len(edit.words) else None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Where a span that meets no edit is in the source."""
        shift = self._shifts[bisect_left(self._starts, start)]
        return start - shift, end - shift

    @cached_property
    def _shifts(self) -> list[int]:
        """How much longer the text has become before each edit, and after the last."""
        return [0, *accumulate(len(edit.words) - (edit.end - edit.start) for edit in self.edits)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each edit is in the written text."""
        return [edit.start + shift for edit, shift in zip(self.edits, self._shifts, strict=False)]


def write(source: str, edits: Sequence[Edit]) -> Written:
    """Apply edits, which are sorted and do not overlap."""
    pieces, position = [], 0
    for edit in edits:
        pieces += [source[position : edit.start], edit.words]
        position = edit.end
    return Written("".join([*pieces, source[position:]]), edits)


def detections_of(edits: Sequence[Edit], texts: Sequence[str]) -> list[Detection]:
    """The edits of the joined source as detections in its texts; one across a border is cut there."""
    detections: list[Detection] = []
    start, index = 0, 0
    for part, text in enumerate(texts):
        end = start + len(text)
        while index < len(edits) and edits[index].end <= start:
            index += 1
        for edit in (edits[number] for number in range(index, len(edits))):
            if edit.start >= end:
                break
            first, last, found = max(edit.start, start) - start, min(edit.end, end) - start, edit.finding
            if first < last:
                detections.append(
                    Detection(part, first, last, found.entity, round(found.score, 2), str(found.source), edit.words)
                )
        start = end + len(BREAK)
    return detections
