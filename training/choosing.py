"""Thresholds for a stated recall, and how far the probabilities can be believed; both on texts that were not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from redaction.ner.tag_labels import TAG_LABELS, TagLabel
from redaction.ner.tagger import TaggedWord, Tagger
from training.texts import Text

RECALL = {
    TagLabel.PERSON: 0.995,
    TagLabel.CODE: 0.99,
    TagLabel.PLACE: 0.97,
    TagLabel.ORGANISATION: 0.95,
    TagLabel.DATE: 0.97,
    TagLabel.AGE: 0.97,
    TagLabel.QUANTITY: 0.93,
    TagLabel.FLAG: 0.80,
}
"""The share of words of each kind that the threshold should let through."""
LEAST, MOST = 0.12, 0.2
BESIDES = {"beside": 0.5, "doubt": 0.08}
"""See redaction.recognizers.tagged.Thresholds."""
_PARAGRAPH = regex.compile(r"(?<=\n\n)")
_BINS = 10


@dataclass(frozen=True)
class Judged:
    """A word as the tagger sees it and as it is marked (the share of annotators, the kind if somebody said)."""

    word: TaggedWord
    share: float
    kind: TagLabel | None

    @property
    def probability(self) -> float:
        """Of being masked as what it is marked: flagged, or replaced."""
        return self.word.mask - self.word.replaced if self.kind is TagLabel.FLAG else self.word.replaced


def judged(tagger: Tagger, texts: Sequence[Text]) -> list[Judged]:
    """Every word of the texts."""
    return [found for text in texts for found in _judged(tagger, text)]


def _judged(tagger: Tagger, text: Text) -> Iterator[Judged]:
    start = 0
    for paragraph in _PARAGRAPH.split(text.text):
        for word in tagger.read(paragraph):
            first, last = start + word.start, start + word.end
            over = [s for s in text.spans if s.start < last and first < s.end]
            yield Judged(word, min(1.0, sum(s.mask for s in over)), next((s.kind for s in over if s.kind), None))
        start += len(paragraph)


def thresholds(words: Sequence[Judged]) -> dict[str, Any]:
    """The thresholds file: for each kind the highest that reaches the recall wanted, between LEAST and MOST."""
    chosen: dict[str, float] = {}
    for kind in TAG_LABELS:
        found = sorted(w.probability for w in words if w.kind is kind and w.share >= 0.5)
        at = found[int(len(found) * (1 - RECALL[kind]))] if found else LEAST
        chosen[str(kind)] = round(min(MOST, max(LEAST, at)), 2)
    return {"mask": chosen, **BESIDES}


def recall(words: Sequence[Judged], chosen: Mapping[str, float]) -> dict[str, tuple[float, int]]:
    """Kind → the share of its words that its threshold lets through, and how many there are."""
    found = {}
    for kind in TAG_LABELS:
        marked = [w.probability >= chosen[kind] for w in words if w.kind is kind and w.share >= 0.5]
        found[str(kind)] = (round(sum(marked) / len(marked), 3) if marked else 0.0, len(marked))
    return found


def reliability(words: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """For each tenth of the probabilities: their mean, the share that really is masked, how many words."""
    rows = []
    for step in range(_BINS):
        inside = [w for w in words if step / _BINS <= w.word.mask < (step + 1) / _BINS + (step == _BINS - 1)]
        if inside:
            mean = sum(w.word.mask for w in inside) / len(inside)
            rows.append((round(mean, 3), round(sum(w.share for w in inside) / len(inside), 3), len(inside)))
    return rows
