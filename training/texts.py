"""The marked texts that the tagger learns from: the benchmark's, the tuning half of our own gold, and texts written for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from redaction.evaluation.marked import FLAGGED, parse_marked, part_of
from redaction.ner.tag_labels import TagLabel

_OF_MARK = {
    "P": TagLabel.PERSON,
    "C": TagLabel.CODE,
    "L": TagLabel.PLACE,
    "O": TagLabel.ORGANISATION,
    "D": TagLabel.DATE,
    "A": TagLabel.AGE,
    "N": TagLabel.QUANTITY,
    "Q": TagLabel.FLAG,
}
_OF_TYPE = {
    "PERSON": TagLabel.PERSON,
    "CODE": TagLabel.CODE,
    "LOC": TagLabel.PLACE,
    "ORG": TagLabel.ORGANISATION,
    "DATETIME": TagLabel.DATE,
    "QUANTITY": TagLabel.QUANTITY,
    "DEM": TagLabel.FLAG,
    "MISC": TagLabel.FLAG,
}


@dataclass(frozen=True)
class Span:
    """Marked words: what they are (None: nobody said) and the share of annotators who masked them."""

    start: int
    end: int
    kind: TagLabel | None
    mask: float


@dataclass(frozen=True)
class Text:
    """One text to learn from; `own` says that it is in the manner of our reviews."""

    name: str
    text: str
    spans: tuple[Span, ...]
    own: bool

    @property
    def validates(self) -> bool:
        """Whether it is held back to choose thresholds on: a hash of its name says so; only where kinds are told."""
        told = any(span.kind for span in self.spans)
        return told and int(hashlib.sha256(f"v{self.name}".encode()).hexdigest(), 16) % 100 < (22 if self.own else 12)


def read(data: Path, root: Path) -> list[Text]:
    """Every text there is: `data` is the folder with tab/, `root` the project's.

    The held-aside half of our gold and the benchmark's dev part are never among them.

    Raises:
        OSError, ValueError: a file is missing or not in its format.
    """
    held = {document["doc_id"] for document in json.loads((data / "tab" / "dev.json").read_text(encoding="utf-8"))}
    texts = [
        text
        for name in ("train.json", "masks.json")
        for text in _benchmark(json.loads((data / "tab" / name).read_text(encoding="utf-8")))
    ]
    if any(text.name in held for text in texts):
        raise ValueError("a document of dev.json is among those to train on")
    return texts + read_own(root)


def read_own(root: Path) -> list[Text]:
    """The tuning half of our gold, and the texts written to teach with; none of those set aside to measure on."""
    gold = [p for p in sorted((root / "tests" / "gold").glob("*.md")) if part_of(p.stem) == "tuned on"]
    return [_own(path) for path in [*gold, *sorted((root / "training" / "texts").glob("*.md"))]]


def _own(path: Path) -> Text:
    written = path.read_text(encoding="utf-8")
    body = written.split("\n---\n", 1)[1] if written.startswith("---\n") else written
    text, marks = parse_marked(body)
    spans = (Span(m.start, m.end, _OF_MARK[m.kind], 1.0) for m in marks if m.counts or m.kind == FLAGGED)
    return Text(path.stem, text, tuple(spans), own=True)


def _benchmark(documents: Sequence[dict[str, object]]) -> Iterator[Text]:
    for document in documents:
        annotations = document["annotations"]
        assert isinstance(annotations, dict)
        shares: dict[tuple[int, int], float] = {}
        kinds: dict[tuple[int, int], TagLabel | None] = {}
        for annotation in annotations.values():
            for mention in annotation["entity_mentions"]:
                where = mention["start_offset"], mention["end_offset"]
                masked = mention["identifier_type"] != "NO_MASK"
                shares[where] = shares.get(where, 0.0) + masked / len(annotations)
                kinds[where] = _OF_TYPE.get(mention["entity_type"])
        spans = [Span(start, end, kinds[start, end], share) for (start, end), share in sorted(shares.items())]
        yield Text(str(document["doc_id"]), str(document["text"]), tuple(spans), own=False)
